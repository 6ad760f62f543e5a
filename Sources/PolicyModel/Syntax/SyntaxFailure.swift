/// Why a text could not be parsed, where, and what was expected.
public struct SyntaxFailure: Error, Hashable, Sendable {
  /// What is wrong, in a finding's words: `expected a value after this colon`.
  public var message: String
  /// Where; for something unclosed, where it should have been closed.
  public var place: Place
  /// What stands at the place, in a few words.
  public var label: String?
  /// What to do.
  public var help: String?
  /// Other places, such as where an unclosed brace was opened.
  public var related: [Note]

  /// Makes a failure.
  public init(
    _ message: String, at place: Place, label: String? = nil, help: String? = nil,
    related: [Note] = []
  ) {
    self.message = message
    self.place = place
    self.label = label
    self.help = help
    self.related = related
  }
}

extension SyntaxFailure {
  static let compression = "not text: the file is compressed"

  /// Whether the file is compressed with gzip.
  package var isAboutCompression: Bool { message == Self.compression }

  /// The failure as a finding.
  public var finding: Finding {
    Finding("policy-syntax", .error, message, at: place, label: label, related: related, help: help)
  }
}
