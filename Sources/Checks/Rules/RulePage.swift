/// What a person reads about a rule: parsed only when it is shown.
package struct RulePage: Sendable, Hashable {
  /// Something AWS has written.
  package struct Reference: Sendable, Hashable {
    /// The guide, the page and its section.
    package var title: String
    /// Where it is; nil where the file does not say.
    package var url: String?
  }

  /// What happens, why it hurts and what to do instead: paragraphs and lists, code in backticks.
  package var explanation: String
  /// What `--fix` does about it, as a command; nil where nothing can be told.
  package var fix: String?
  /// Where AWS says so.
  package var sources: [Reference]
  /// Parts of copies that keep the rule.
  package var good: [RuleExample]
  /// Parts of copies that break it, each in one place.
  package var bad: [RuleExample]
}
