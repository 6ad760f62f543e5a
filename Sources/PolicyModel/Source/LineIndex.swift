/// The lines of a source: LF, CR LF and CR end a line, and nothing else does.
public struct LineIndex: Sendable {
  /// A position for people.
  public struct Position: Hashable, Sendable {
    /// From 1.
    public var line: Int
    /// From 1, in code points.
    public var column: Int
  }

  /// How many bytes lie between two counts of code points.
  ///
  /// A minified file may be one line of megabytes with a finding every few bytes: counting each
  /// column from its start would take quadratic time.
  private static let stride = 1024

  private let text: [UInt8]
  private let beginning: Source.Beginning
  /// Where each line begins.
  private let starts: [Int]
  /// How many code points come before each multiple of `stride`; empty where all are ASCII.
  private let codePoints: [Int]

  /// Finds the lines of a source.
  public init(_ source: Source) {
    let bytes = source.text
    text = bytes
    beginning = source.beginning
    starts = Self.starts(in: bytes.span)
    codePoints = Self.codePoints(in: bytes.span)
  }

  private static func codePoints(in text: Span<UInt8>) -> [Int] {
    guard text.indices.contains(where: { text[$0] >= 0x80 }) else { return [] }
    var counts: [Int] = []
    var count = 0
    for offset in text.indices {
      if offset % stride == 0 { counts.append(count) }
      if text[offset] & 0xC0 != 0x80 { count += 1 }
    }
    return counts
  }

  private static func starts(in text: Span<UInt8>) -> [Int] {
    var starts = [0]
    for offset in text.indices {
      let byte = text[offset]
      guard byte <= UInt8(ascii: "\r") else { continue }
      let endsLine =
        byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
          && !(offset + 1 < text.count && text[offset + 1] == UInt8(ascii: "\n"))
      if endsLine { starts.append(offset + 1) }
    }
    return starts
  }

  /// How many lines there are; an empty text has one, and so has what follows the last line end.
  public var lineCount: Int { starts.count }

  /// The position of an offset in the file; beyond the text, of its end.
  public func position(of offset: Int) -> Position {
    let offset = min(max(offset, 0), text.count)
    let line = line(of: offset)
    let column = codePoints(before: offset) - codePoints(before: starts[line])
    return Position(
      line: beginning.line + line, column: column + (line == 0 ? beginning.column : 1))
  }

  private func codePoints(before offset: Int) -> Int {
    guard !codePoints.isEmpty else { return offset }
    let checkpoint = min(offset / Self.stride, codePoints.count - 1)
    var count = codePoints[checkpoint]
    for byte in text[(checkpoint * Self.stride)..<offset] where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The bytes of a line, counted from 1, without its line end; empty beyond the last line.
  public func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else { return text.count..<text.count }
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : text.count
    if line < starts.count {
      end -= 1
      if end > start, text[end] == UInt8(ascii: "\n"), text[end - 1] == UInt8(ascii: "\r") {
        end -= 1
      }
    }
    return start..<end
  }

  /// The last line that begins at or before an offset, from 0.
  package func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
