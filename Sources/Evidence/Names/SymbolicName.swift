package import PolicyModel

/// A name with references of a template in it, as a fact holds it: `‹Role.Name›`.
///
/// Facts are plain strings. A reference that a template leaves open stands in them between
/// `‹` and `›`, which no name of AWS can hold; ``PolicyText/init(factName:)`` makes the text of it
/// that requests and policies are compared as.
enum SymbolicName {
  static let opening: Unicode.Scalar = "‹"
  static let closing: Unicode.Scalar = "›"

  /// Whether a text holds a reference.
  static func isSymbolic(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains(opening)
  }

  /// Whether a text is one reference and nothing else.
  static func isOneReference(_ text: some StringProtocol) -> Bool {
    let scalars = text.unicodeScalars
    return scalars.first == opening && scalars.count { $0 == opening } == 1
      && scalars.reversed().first == closing
  }

  /// The text with every reference replaced by another text.
  static func replacingReferences(in text: some StringProtocol, with other: String) -> String {
    var result = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case opening:
        isInside = true
        result += other
      case closing: isInside = false
      default: if !isInside { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  /// Whether two names may be one: the same, or one is literal and fits the other's literal parts.
  static func mayEqual(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    switch (isSymbolic(left), isSymbolic(right)) {
    case (true, false): return right.isMatched(by: replacingReferences(in: left, with: "*"))
    case (false, true): return left.isMatched(by: replacingReferences(in: right, with: "*"))
    case (false, false), (true, true): return false
    }
  }
}

extension PolicyText {
  /// The text as a fact's name; nil where a part of it is unknown.
  package var factName: String? {
    switch self {
    case .literal(let text): return SymbolicName.isSymbolic(text) ? nil : text
    case .segments(let segments):
      var name = ""
      for segment in segments {
        switch segment {
        case .literal(let text):
          guard !SymbolicName.isSymbolic(text) else { return nil }
          name += text
        case .symbol(let symbol):
          name.unicodeScalars.append(SymbolicName.opening)
          name += "\(symbol.resource).\(symbol.attribute)"
          name.unicodeScalars.append(SymbolicName.closing)
        case .unknown: return nil
        }
      }
      return name
    }
  }

  /// The text that a fact's name stands for.
  package init(factName name: String) {
    guard SymbolicName.isSymbolic(name) else {
      self = .literal(name)
      return
    }
    var segments: [Segment] = []
    var part = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case SymbolicName.opening:
        if !part.isEmpty { segments.append(.literal(part)) }
        part = ""
      case SymbolicName.closing:
        segments.append(.symbol(Symbol(factName: part)))
        part = ""
      default: part.unicodeScalars.append(scalar)
      }
    }
    if !part.isEmpty { segments.append(.literal(part)) }
    self = .segments(segments)
  }
}

extension PolicyText.Symbol {
  /// Reads `Resource.Attribute`; a Terraform address holds dots itself.
  fileprivate init(factName name: String) {
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    self.init(
      resource: String(name[..<dot]),
      attribute: dot == name.endIndex ? "" : String(name[name.index(after: dot)...]))
  }
}
