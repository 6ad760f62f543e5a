public import PolicyModel

/// Why a rule file cannot be used, and where; the program ends with exit code 2.
public struct RuleFileProblem: Error, Hashable, Sendable {
  /// What is wrong, in a finding's words.
  public var message: String
  /// Where it stands in the rule file.
  public var place: Place
  /// What to do; nil where the message says it all.
  public var help: String?

  package init(_ message: String, at place: Place, help: String? = nil) {
    self.message = message
    self.place = place
    self.help = help
  }
}
