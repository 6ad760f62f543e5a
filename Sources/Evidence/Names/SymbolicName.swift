import PolicyModel

/// What can be told of a fact's name with references of a template in it (`PolicyText.encoded`).
enum SymbolicName {
  /// U+FDD0 and U+FDD1: noncharacters, which a string literal cannot hold.
  private static let opening: UInt32 = 0xFDD0
  private static let closing: UInt32 = 0xFDD1

  /// Whether a text holds a reference.
  static func isSymbolic(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains { $0.value == opening }
  }

  /// Whether a text is one reference and nothing else.
  static func isOneReference(_ text: some StringProtocol) -> Bool {
    let scalars = text.unicodeScalars
    return scalars.first?.value == opening && scalars.count { $0.value == opening } == 1
      && scalars.reversed().first?.value == closing
  }

  /// The text with every reference replaced by another text.
  static func replacingReferences(in text: some StringProtocol, with other: String) -> String {
    var result = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
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
  var factName: String? {
    let isKnown = segments.allSatisfy { segment in
      if case .unknown = segment { false } else { true }
    }
    guard isKnown, literal.map({ !SymbolicName.isSymbolic($0) }) ?? true else { return nil }
    return encoded
  }
}
