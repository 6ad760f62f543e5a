/// A rule's name: kebab-case, never reused for another rule.
public struct RuleID: Hashable, Sendable, Comparable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The name, such as `s3-get-object`.
  public let name: String

  /// Makes an id of its name.
  public init(_ name: String) { self.name = name }

  /// Makes an id of its name.
  public init(stringLiteral name: String) { self.name = name }

  /// The name.
  public var description: String { name }

  /// Orders ids by name.
  public static func < (left: RuleID, right: RuleID) -> Bool { left.name < right.name }
}

/// How much harm a finding says there is, least first.
public enum Severity: Int, Hashable, Sendable, Comparable, CaseIterable {
  case note
  case warning
  case error

  /// The word used in every output and in configuration.
  public var name: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// Reads the word used in configuration.
  public init?(name: String) {
    guard let severity = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = severity
  }

  /// Orders severities by harm.
  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// One finding about a document or a copy.
///
/// A finding holds offsets, never line numbers and never rendered text: reporters turn offsets
/// into lines and decide on colour, so a new output format cannot change what a rule says.
public struct Finding: Hashable, Sendable {
  /// The rule that found it.
  public var rule: RuleID
  /// The severity after configuration.
  public var severity: Severity
  /// The copy it belongs to; nil where it is about a document alone.
  public var copy: String?
  /// What is wrong: lower case, one line, no full stop, code in backticks.
  public var message: String
  /// Where; nil where the finding is about nothing written down.
  public var place: Place?
  /// What stands at the place, in a few words, printed at the caret.
  public var label: String?
  /// Other places that explain it, and why they matter.
  public var related: [Note]
  /// What to do, as a command; nil where nothing general can be said.
  public var help: String?
  /// Changes that would mend it.
  public var fixes: [Fix]
  /// What would mend it, in terms of the documents' values; `fixes` are made of them.
  package var remedies: [Remedy] = []
  /// Why the finding is suppressed; nil where it is not.
  public var suppression: Suppression?

  /// Makes a finding.
  public init(
    _ rule: RuleID, _ severity: Severity, _ message: String, at place: Place?,
    label: String? = nil, related: [Note] = [], help: String? = nil, fixes: [Fix] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.place = place
    self.label = label
    self.related = related
    self.help = help
    self.fixes = fixes
  }
}

/// A remark that explains a finding, at a place where it has one.
public struct Note: Hashable, Sendable {
  /// What the place has to do with the finding.
  public var message: String
  /// Where; nil for a remark about no place.
  public var place: Place?

  /// Makes a note.
  public init(_ message: String, at place: Place? = nil) {
    self.message = message
    self.place = place
  }
}

/// A change of text that mends a finding.
public struct Fix: Hashable, Sendable {
  /// Whether a fix may be made without asking.
  public enum Safety: Hashable, Sendable {
    /// It only adds what the copy needs or corrects a slip, and takes nothing away.
    case safe
    /// Everything else.
    case unsafe
  }

  /// The change as a command, such as "add `s3:GetObject`".
  public var title: String
  /// Whether it may be made without asking.
  public var safety: Safety
  /// The replacements, at least one.
  public var edits: [Edit]
  /// Whether nobody can make it in the documents themselves: they are answers of AWS or standard
  /// input, and what the edits give is to be put in its place by hand.
  package var isOffer = false

  /// Makes a fix.
  public init(title: String, safety: Safety, edits: [Edit]) {
    precondition(!edits.isEmpty, "a fix changes something")
    self.title = title
    self.safety = safety
    self.edits = edits
  }
}

/// One replacement of a range of a source.
public struct Edit: Hashable, Sendable {
  /// The text to change.
  public var source: Source
  /// Half-open UTF-8 offsets; empty for an insertion.
  public var range: Range<Int>
  /// What stands there afterwards.
  public var replacement: String

  /// Makes an edit.
  public init(source: Source, range: Range<Int>, replacement: String) {
    self.source = source
    self.range = range
    self.replacement = replacement
  }
}

/// Why a finding does not count.
public struct Suppression: Hashable, Sendable {
  /// Where the suppression stands.
  public enum Kind: Hashable, Sendable {
    /// A comment in the document.
    case inSource
    /// An entry in `lint-copy.yaml`.
    case configuration
    /// An entry in a baseline file.
    case baseline
  }

  /// Where the suppression stands.
  public var kind: Kind
  /// The reason somebody gave.
  public var reason: String

  /// Makes a suppression.
  public init(kind: Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }
}
