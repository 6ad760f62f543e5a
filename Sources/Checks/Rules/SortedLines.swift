/// A text of lines sorted by their bytes in lower case, searched where it is.
///
/// The tables of AWS's actions and condition keys are part of the program; nothing of them is
/// copied or even read from disk but the few pages that a search touches.
struct SortedLines: Sendable {
  /// The text; each line ends in a line feed.
  let text: StaticString

  /// Whether there is a line that equals a word but for capitals.
  func contains(_ word: some Sequence<UInt8>) -> Bool {
    let word = Self.folded(word)
    return withBytes { bytes in
      let start = Self.lowerBound(of: word, in: bytes)
      let end = Self.end(ofLineAt: start, in: bytes)
      return start < bytes.count && end - start == word.count
        && Self.compare(bytes, start, end, with: word) == .same
    }
  }

  /// Whether a line begins with a text but for capitals.
  func hasLine(startingWith prefix: some Sequence<UInt8>) -> Bool {
    let prefix = Self.folded(prefix)
    return withBytes { bytes in
      let start = Self.lowerBound(of: prefix, in: bytes)
      return start < bytes.count && Self.line(at: start, in: bytes, hasPrefix: prefix)
    }
  }

  /// The first result that a body makes of the lines with a prefix, in order.
  func first<Result>(
    startingWith prefix: some Sequence<UInt8>, _ body: ([UInt8]) -> Result?
  ) -> Result? {
    let prefix = Self.folded(prefix)
    return withBytes { bytes in
      var start = Self.lowerBound(of: prefix, in: bytes)
      while start < bytes.count, Self.line(at: start, in: bytes, hasPrefix: prefix) {
        let end = Self.end(ofLineAt: start, in: bytes)
        if let result = body((start..<end).map { bytes[$0] }) { return result }
        start = end + 1
      }
      return nil
    }
  }

  /// The lines with a prefix.
  func lines(startingWith prefix: some Sequence<UInt8>) -> [String] {
    var lines: [String] = []
    let _: Never? = first(startingWith: prefix) { line in
      lines.append(String(decoding: line, as: UTF8.self))
      return nil
    }
    return lines
  }

  private func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    text.withUTF8Buffer { buffer in
      let bytes = unsafe buffer.span
      return body(bytes)
    }
  }
}

// MARK: - Searching

extension SortedLines {
  private enum Order {
    case before
    case same
    case after
  }

  /// The start of the first line that is not before a word.
  private static func lowerBound(of word: [UInt8], in bytes: Span<UInt8>) -> Int {
    // INVARIANT: both are starts of lines, or the end; lines before `low` are before the word, those
    // from `high` on are not.
    var low = 0
    var high = bytes.count
    while low < high {
      var start = (low + high) / 2
      while start > low, bytes[start - 1] != lineFeed { start -= 1 }
      let end = end(ofLineAt: start, in: bytes)
      if compare(bytes, start, end, with: word) == .before { low = end + 1 } else { high = start }
    }
    return low
  }

  private static func end(ofLineAt start: Int, in bytes: Span<UInt8>) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != lineFeed { end += 1 }
    return end
  }

  private static func compare(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, with word: [UInt8]
  ) -> Order {
    for offset in 0..<min(end - start, word.count) {
      let byte = folded(bytes[start + offset])
      if byte != word[offset] { return byte < word[offset] ? .before : .after }
    }
    if end - start == word.count { return .same }
    return end - start < word.count ? .before : .after
  }

  private static func line(at start: Int, in bytes: Span<UInt8>, hasPrefix prefix: [UInt8]) -> Bool
  {
    start + prefix.count <= bytes.count
      && prefix.indices.allSatisfy { folded(bytes[start + $0]) == prefix[$0] }
  }

  private static let lineFeed = UInt8(ascii: "\n")

  static func folded(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte + 32 : byte
  }

  static func folded(_ word: some Sequence<UInt8>) -> [UInt8] { word.map { folded($0) } }
}

/// Matching with `*` for any text and `?` for any character, blind to capitals.
enum Wildcard {
  /// Whether a text has any.
  static func isIn(_ text: some Sequence<UInt8>) -> Bool {
    text.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// Whether a pattern matches all of a text, the case of letters aside.
  static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
    matches(text, pattern, many: UInt8(ascii: "*"), one: UInt8(ascii: "?")) {
      SortedLines.folded($0) == SortedLines.folded($1)
    }
  }

  /// Whether a pattern matches all of a text, letter by letter.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    matches(
      Array(text.unicodeScalars), Array(pattern.unicodeScalars), many: "*", one: "?", isSame: ==)
  }

  /// Takes time in proportion to the product of both lengths, whatever the pattern.
  private static func matches<Element: Equatable>(
    _ text: [Element], _ pattern: [Element], many: Element, one: Element,
    isSame: (Element, Element) -> Bool
  ) -> Bool {
    var position = 0
    var next = 0
    var retry: (pattern: Int, text: Int)?
    while position < text.count {
      if next < pattern.count, pattern[next] == many {
        next += 1
        retry = (next, position)
      } else if next < pattern.count, pattern[next] == one || isSame(pattern[next], text[position])
      {
        next += 1
        position += 1
      } else if let last = retry {
        next = last.pattern
        position = last.text + 1
        retry = (next, position)
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == many }
  }
}
