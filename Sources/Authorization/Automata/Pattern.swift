/// A pattern of a policy: literal characters, `?` and `*`, with variables already put in.
package struct Pattern: Hashable, Sendable {
  /// One position of a pattern.
  package enum Element: Hashable, Sendable {
    case literal(Symbol)
    /// `?`: exactly one character; in the first five parts of an ARN, none that is a colon.
    case one(butColon: Bool)
    /// `*`: any characters; in the first five parts of an ARN, none that is a colon.
    case many(butColon: Bool)
    /// A variable or reference whose value nobody knows: any text in the best case, none in the worst.
    case unknown
  }

  package let elements: [Element]
  /// Whether ASCII letters match in either case.
  package let ignoresCase: Bool
  /// Whether it stands for text that nobody knows.
  package let holdsUnknown: Bool
  /// Whether ignoring case beyond ASCII might change what matches.
  package let holdsUnfoldable: Bool
  /// Whether it matches every text.
  package let matchesEverything: Bool
  /// The matcher of literal text; nil where that is not enough to tell what the pattern matches.
  let point: PointMatcher?

  package init(_ elements: [Element], ignoresCase: Bool = false) {
    self.elements = elements
    self.ignoresCase = ignoresCase
    holdsUnknown = elements.contains { element in
      switch element {
      case .unknown: true
      case .literal(let symbol): symbol.isReference
      case .one, .many: false
      }
    }
    holdsUnfoldable =
      ignoresCase
      && elements.contains { if case .literal(let symbol) = $0 { symbol > 0x7F } else { false } }
    matchesEverything =
      !elements.isEmpty && elements.allSatisfy { $0 == .many(butColon: false) }
    point =
      holdsUnknown || holdsUnfoldable ? nil : PointMatcher(elements, ignoresCase: ignoresCase)
  }

  /// Whether two patterns are written alike; all else follows from that.
  package static func == (left: Pattern, right: Pattern) -> Bool {
    left.ignoresCase == right.ignoresCase && left.elements == right.elements
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(elements)
    hasher.combine(ignoresCase)
  }

  /// How many characters a text has that it matches, and whether every longer text matches too.
  ///
  /// Nil where it has anything but wildcards that stand for any character.
  var wildcards: (least: Int, isOpen: Bool)? {
    var least = 0
    var isOpen = false
    for element in elements {
      switch element {
      case .one(butColon: false): least += 1
      case .many(butColon: false): isOpen = true
      case .literal, .one, .many, .unknown: return nil
      }
    }
    return (least, isOpen)
  }

  /// The pattern that matches at least as much as the true one: unknown text matches anything.
  var widened: Pattern {
    Pattern(
      elements.map { element in
        switch element {
        case .unknown: .many(butColon: false)
        case .literal(let symbol) where symbol.isReference: .many(butColon: false)
        case .literal, .one, .many: element
        }
      }, ignoresCase: ignoresCase)
  }
}
