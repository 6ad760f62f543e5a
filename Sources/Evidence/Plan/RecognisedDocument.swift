public import PolicyModel

/// One document that was given, and what it was recognised as.
public struct RecognisedDocument: Sendable {
  /// The document's text.
  public var source: Source
  /// The option it was given with; nil for a positional one.
  public var option: String?
  /// What it is, in words that can follow "this is"; nil where nothing recognises it.
  public var name: String?

  /// Whether the text is what somebody wrote, so that it can be mended where it is.
  ///
  /// That is a policy by itself, or a template; an answer of AWS only shows what is there.
  package var isWritten: Bool { name.map(Shape.writtenNames.contains) ?? false }

  package init(source: Source, option: String?, name: String?) {
    self.source = source
    self.option = option
    self.name = name
  }
}
