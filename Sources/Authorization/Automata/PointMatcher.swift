/// A pattern without unknown parts, made ready for matching single texts.
///
/// Most patterns of policies are literal, or literal up to a `*`: comparing from the front decides
/// nearly every text at once, where the automaton of ``PatternReader`` would read all of it. Both
/// must always agree.
///
/// A class, because patterns are handed around and this is what they are handed around for.
final class PointMatcher: Sendable {
  /// What follows the literal beginning.
  private enum Rest: Sendable {
    case nothing
    /// `*` over everything, then a literal end.
    case anything(then: [Symbol])
    case pattern(PatternReader)
  }

  private let prefix: [Symbol]
  private let rest: Rest
  private let ignoresCase: Bool

  init(_ elements: [Pattern.Element], ignoresCase: Bool) {
    self.ignoresCase = ignoresCase
    prefix = Self.literals(elements[...], ignoresCase)
    let following = elements[prefix.count...]
    guard let first = following.first else {
      rest = .nothing
      return
    }
    let suffix = Self.literals(following.dropFirst(), ignoresCase)
    if first == .many(butColon: false), suffix.count == following.count - 1 {
      rest = .anything(then: suffix)
    } else {
      rest = .pattern(
        PatternReader(Array(following), ignoresCase: ignoresCase, bound: .must))
    }
  }

  /// The literals at the beginning of elements.
  private static func literals(
    _ elements: ArraySlice<Pattern.Element>, _ ignoresCase: Bool
  ) -> [Symbol] {
    var literals: [Symbol] = []
    for element in elements {
      guard case .literal(let symbol) = element else { break }
      literals.append(ignoresCase ? symbol.foldedASCII : symbol)
    }
    return literals
  }

  /// Whether the pattern matches a text; nil where that is not for literal text alone to tell.
  func matches(_ text: RequestText) -> Bool? {
    guard text.isPlain, !ignoresCase || text.isASCII else { return nil }
    return matches(text.head)
  }

  private func matches(_ text: [Symbol]) -> Bool {
    guard text.count >= prefix.count, equals(prefix, text, from: 0) else { return false }
    switch rest {
    case .nothing: return text.count == prefix.count
    case .anything(let suffix):
      let start = text.count - suffix.count
      return start >= prefix.count && equals(suffix, text, from: start)
    case .pattern(let reader): return reader.matches(text[prefix.count...])
    }
  }

  private func equals(_ literals: [Symbol], _ text: [Symbol], from start: Int) -> Bool {
    if ignoresCase {
      for position in literals.indices
      where literals[position] != text[start + position].foldedASCII { return false }
    } else {
      for position in literals.indices where literals[position] != text[start + position] {
        return false
      }
    }
    return true
  }
}
