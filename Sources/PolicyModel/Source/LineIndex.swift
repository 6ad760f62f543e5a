/// The lines of a source: LF, CR LF and CR end a line, and nothing else does.
public struct LineIndex: Sendable {
  /// A position for people.
  public struct Position: Hashable, Sendable {
    /// From 1.
    public var line: Int
    /// From 1, in code points.
    public var column: Int
  }

  private let text: [UInt8]
  /// Where each line begins.
  private let starts: [Int]

  /// Finds the lines of a source.
  public init(_ source: Source) {
    let bytes = source.text
    text = bytes
    starts = Self.starts(in: bytes.span)
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

  /// The position of an offset; beyond the text, of its end.
  public func position(of offset: Int) -> Position {
    let offset = min(max(offset, 0), text.count)
    let line = line(of: offset)
    var column = 1
    for byte in text[starts[line]..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    return Position(line: line + 1, column: column)
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
  private func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
