package import PolicyModel

/// A pattern as a policy writes it, with variables that each request fills in.
package struct PatternTemplate: Sendable, Hashable {
  /// How a text of a policy is read.
  package enum Syntax: Sendable, Hashable {
    /// `*` and `?` are literal: StringEquals.
    case literal
    /// `*` and `?` match anywhere: StringLike, actions.
    case wildcards
    /// By the parts of a resource ARN: a `*` that ends a part may run on past the colon
    /// (IAM User Guide, "IAM JSON policy elements: Resource", "Using wildcards in resource ARNs").
    case resource
    /// By the six parts of an ARN, each by itself (IAM User Guide, "Amazon Resource Name (ARN)
    /// condition operators").
    case arn
  }

  private enum Element: Sendable, Hashable {
    case pattern(Pattern.Element)
    case variable(name: String, fallback: [Symbol]?)
  }

  private let elements: [Element]
  private let ready: Pattern?
  /// The matcher of literal text, where no variable has to be filled in for it.
  var point: PointMatcher? { ready?.point }
  private let ignoresCase: Bool
  /// Whether ARNs are compared, of six parts each.
  let comparesARNs: Bool
  /// An ARN pattern with fewer than six parts: what it matches is not documented.
  package let hasTooFewParts: Bool
  /// The condition keys its variables name.
  package var variables: [String] {
    elements.compactMap { if case .variable(let name, _) = $0 { name } else { nil } }
  }

  package init(
    _ text: PolicyText, syntax: Syntax, ignoresCase: Bool = false, allowsVariables: Bool,
    references: inout ReferenceTable
  ) {
    var reader = TemplateReader(syntax: syntax, allowsVariables: allowsVariables)
    for segment in text.segments {
      switch segment {
      case .literal(let literal): reader.read(literal)
      case .symbol(let symbol): reader.append(.literal(references.number(of: symbol)))
      case .unknown: reader.append(.unknown)
      }
    }
    var parts = reader.finish()
    if parts.count > Limits.patternElements { parts = [.pattern(.unknown)] }
    self.ignoresCase = ignoresCase
    comparesARNs = syntax == .arn
    hasTooFewParts = syntax == .arn && reader.part < 5
    if parts.contains(where: { if case .variable = $0 { true } else { false } }) {
      elements = parts.map { part in
        switch part {
        case .pattern(let element): .pattern(element)
        case .variable(let name, let fallback): .variable(name: name, fallback: fallback)
        }
      }
      ready = nil
    } else {
      elements = []
      ready = Pattern(
        parts.compactMap { if case .pattern(let element) = $0 { element } else { nil } },
        ignoresCase: ignoresCase)
    }
  }

  /// The pattern for a request; nil where a variable has no value, so that it matches nothing.
  ///
  /// A value's own `*` and `?` are literal (IAM User Guide, "IAM policy elements: Variables and
  /// tags"). A value that is not known matches nothing for certain and anything perhaps.
  func pattern(in context: RequestContext) -> Pattern? {
    if let ready { return ready }
    var result: [Pattern.Element] = []
    for element in elements {
      switch element {
      case .pattern(let element): result.append(element)
      case .variable(let name, let fallback):
        let value = context[name]
        switch value.presence {
        case .unknown: result.append(.unknown)
        case .absent:
          guard let fallback else { return nil }
          result += fallback.map(Pattern.Element.literal)
        case .present:
          // Only keys with a single value can be variables.
          if value.isMultivalued { return nil }
          guard case .exactly(let texts) = value.values, texts.count == 1, let text = texts.first,
            !text.isFree
          else {
            result.append(.unknown)
            continue
          }
          result += text.head.map { $0 == .unknownText ? .unknown : .literal($0) }
        }
      }
    }
    return Pattern(result, ignoresCase: ignoresCase)
  }
}

/// Reads the wildcards and variables of a policy's text.
private struct TemplateReader {
  enum Part {
    case pattern(Pattern.Element)
    case variable(name: String, fallback: [Symbol]?)
  }

  private let syntax: PatternTemplate.Syntax
  private let allowsVariables: Bool
  private var parts: [Part] = []
  /// How many colons have been read, up to five: the part of an ARN this is.
  private(set) var part = 0

  init(syntax: PatternTemplate.Syntax, allowsVariables: Bool) {
    self.syntax = syntax
    self.allowsVariables = allowsVariables
  }

  mutating func append(_ element: Pattern.Element) { parts.append(.pattern(element)) }

  mutating func read(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var index = 0
    let lastEnd = scalars.lastIndex(of: "}") ?? -1
    while index < scalars.count {
      let scalar = scalars[index]
      if allowsVariables, scalar == "$", index + 1 < lastEnd, scalars[index + 1] == "{",
        let end = scalars[index...].firstIndex(of: "}")
      {
        readVariable(scalars[(index + 2)..<end])
        index = end + 1
        continue
      }
      switch scalar {
      case "*" where syntax != .literal: append(.many(butColon: isInEarlyPart))
      case "?" where syntax != .literal: append(.one(butColon: isInEarlyPart))
      case ":":
        endPart()
        append(.literal(.colon))
        part = min(part + 1, 5)
      default: append(.literal(scalar.value))
      }
      index += 1
    }
  }

  private var isInEarlyPart: Bool {
    switch syntax {
    case .literal, .wildcards: false
    case .resource, .arn: part < 5
    }
  }

  /// A `*` at the end of a resource ARN's part may run on past the colon.
  private mutating func endPart() {
    guard syntax == .resource, case .pattern(.many(butColon: true))? = parts.last else { return }
    parts[parts.count - 1] = .pattern(.many(butColon: false))
  }

  private mutating func readVariable(_ content: ArraySlice<Unicode.Scalar>) {
    // `${*}`, `${?}` and `${$}` are the characters themselves.
    if content.count == 1, let only = content.first, only == "*" || only == "?" || only == "$" {
      return append(.literal(only.value))
    }
    // Variables stand in the last part of a resource ARN only; before, what they do is not documented.
    if syntax == .resource, part < 5 { return append(.unknown) }
    let name: ArraySlice<Unicode.Scalar>
    var fallback: [Symbol]?
    if let comma = content.firstIndex(of: ",") {
      name = content[..<comma]
      var text = content[(comma + 1)...]
      while text.first == " " { text = text.dropFirst() }
      while text.last == " " { text = text.dropLast() }
      if text.count >= 2, text.first == "'", text.last == "'" {
        fallback = text.dropFirst().dropLast().map(\.value)
      }
    } else {
      name = content
    }
    var key = String.UnicodeScalarView()
    // A tag's name may hold spaces, but none around it.
    let trimmed = name.drop { $0 == " " }
    let end = trimmed.lastIndex { $0 != " " }.map { $0 + 1 } ?? trimmed.endIndex
    key.append(contentsOf: trimmed[..<end])
    parts.append(.variable(name: String(key), fallback: fallback))
  }

  mutating func finish() -> [Part] {
    endPart()
    return parts
  }
}
