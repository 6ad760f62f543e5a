import PolicyModel

/// A comment in a YAML document that says which findings do not count here, and why.
///
/// `# lint-copy: ignore[rule-a, rule-b] reason`, on a line of the finding or alone above it.
struct SuppressionComment {
  /// A rule that the comment names.
  struct Name: Hashable {
    var rule: RuleID
    /// Where its id stands.
    var range: Range<Int>
  }

  /// What a comment to this program that is no suppression lacks.
  struct Malformed: Error, Hashable {
    var message: String
    var range: Range<Int>
  }

  /// The rules whose findings do not count, at least one.
  var names: [Name]
  /// Why they do not count.
  var reason: String
  /// The line it stands on, from 0.
  var line: Int
  /// The line that follows a comment that is alone on its line, and further comments.
  var nextLine: Int?
}

extension SuppressionComment {
  /// What a comment is recognised by; without it none is looked for.
  private static let mark = Array("lint-copy:".utf8)

  /// How such a comment is written.
  static let form = "`# lint-copy: ignore[rule-id] reason`"

  /// All comments of a document that are meant for this program, and those that miss their form.
  static func all(
    in source: Source
  ) -> (comments: [SuppressionComment], malformed: [Malformed]) {
    // Most documents have none, and need not be parsed again.
    guard DocumentFormat(of: source) == .yaml, holds(mark, source.text) else { return ([], []) }
    let lines = LineIndex(source)
    let ranges = YAMLComments.ranges(in: source.text)
    let alone = Set(
      ranges.filter { isAlone($0, lines, source.text) }.map { lines.line(of: $0.lowerBound) })
    var comments: [SuppressionComment] = []
    var malformed: [Malformed] = []
    // From the end, so that the line after a run of comments is found once.
    var following: (line: Int, next: Int)?
    for range in ranges.reversed() {
      let line = lines.line(of: range.lowerBound)
      var next: Int?
      if alone.contains(line) {
        next = following.map { $0.line == line + 1 ? $0.next : line + 1 } ?? line + 1
        following = (line, next ?? line + 1)
      }
      do throws(Malformed) {
        if let (names, reason) = try parse(source.text, range) {
          comments.append(
            SuppressionComment(names: names, reason: reason, line: line, nextLine: next))
        }
      } catch {
        malformed.append(error)
      }
    }
    return (comments.reversed(), malformed.reversed())
  }

  private static func isAlone(_ range: Range<Int>, _ lines: LineIndex, _ text: [UInt8]) -> Bool {
    let start = lines.range(ofLine: lines.line(of: range.lowerBound) + 1).lowerBound
    return text[start..<range.lowerBound].allSatisfy(isSpace)
  }

  /// Reads a comment; nil for one that is not meant for this program.
  private static func parse(
    _ text: [UInt8], _ range: Range<Int>
  ) throws(Malformed) -> (names: [Name], reason: String)? {
    var cursor = Cursor(text: text, position: range.lowerBound, end: range.upperBound)
    cursor.skip { $0 == UInt8(ascii: "#") }
    cursor.skip(isSpace)
    guard cursor.take(mark) else { return nil }
    cursor.skip(isSpace)
    guard cursor.take(Array("ignore".utf8)) else {
      throw Malformed(message: "this comment suppresses nothing", range: range)
    }
    cursor.skip(isSpace)
    guard cursor.take([UInt8(ascii: "[")]),
      let close = text[cursor.position..<range.upperBound].firstIndex(of: UInt8(ascii: "]"))
    else { throw Malformed(message: "this suppression names no rules", range: range) }
    let names = names(in: text, cursor.position..<close)
    guard !names.isEmpty else {
      throw Malformed(message: "this suppression names no rules", range: range)
    }
    let reason = trimmed(text, close + 1..<range.upperBound)
    guard !reason.isEmpty else {
      throw Malformed(message: "this suppression gives no reason", range: range)
    }
    return (names, String(decoding: text[reason], as: UTF8.self))
  }

  private static func names(in text: [UInt8], _ range: Range<Int>) -> [Name] {
    text[range].split(separator: UInt8(ascii: ",")).compactMap { part in
      let range = trimmed(text, part.startIndex..<part.endIndex)
      guard !range.isEmpty else { return nil }
      return Name(rule: RuleID(String(decoding: text[range], as: UTF8.self)), range: range)
    }
  }

  private static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, isSpace(text[first]) { range = first + 1..<range.upperBound }
    while let last = range.last, isSpace(text[last]) { range = range.lowerBound..<last }
    return range
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func holds(_ words: [UInt8], _ text: [UInt8]) -> Bool {
    guard let first = words.first, text.count >= words.count else { return false }
    var position = 0
    while let found = text[position...].firstIndex(of: first) {
      if text[found...].starts(with: words) { return true }
      position = found + 1
    }
    return false
  }

  /// A position in a comment.
  private struct Cursor {
    let text: [UInt8]
    var position: Int
    let end: Int

    mutating func skip(_ isSkipped: (UInt8) -> Bool) {
      while position < end, isSkipped(text[position]) { position += 1 }
    }

    mutating func take(_ words: [UInt8]) -> Bool {
      guard text[position..<end].starts(with: words) else { return false }
      position += words.count
      return true
    }
  }
}
