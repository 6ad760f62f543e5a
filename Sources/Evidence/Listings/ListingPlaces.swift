import PolicyModel

/// Where things stand in a listing that passes by in pieces.
///
/// A listing that is kept whole has its own source; of any other, an excerpt is kept of each record
/// that is spoken of.
struct ListingPlaces {
  private let path: String
  /// The whole listing, where it is kept.
  private let whole: Source?
  /// Where the first byte of the present piece lies in the file.
  private var start = Source.Beginning.ofFile
  /// Until where lines were counted in the present piece.
  private var counted = 0
  private var position = Source.Beginning.ofFile

  init(path: String, whole: Source?) {
    self.path = path
    self.whole = whole
  }

  /// Makes a place of a range of the present piece that lies in a record.
  mutating func place(
    of range: Range<Int>, in record: Range<Int>, _ text: Span<UInt8>, pointer: [String] = []
  ) -> Place {
    if let whole {
      let offset = start.offset
      let moved = (range.lowerBound + offset)..<(range.upperBound + offset)
      return Place(
        source: whole, range: moved.clamped(to: 0..<whole.text.count), pointer: pointer)
    }
    count(to: record.lowerBound, text)
    let end = min(record.upperBound, record.lowerBound + Limits.excerptBytes)
    let bytes = Array(text.text(record.lowerBound..<max(record.lowerBound, end)).utf8)
    let excerpt = Source(path: path, text: bytes, beginning: position)
    let lower = range.lowerBound - record.lowerBound
    let upper = range.upperBound - record.lowerBound
    return Place(
      source: excerpt, range: (lower..<upper).clamped(to: 0..<bytes.count), pointer: pointer)
  }

  /// Goes on to the next piece, which begins so many bytes into the present one.
  mutating func advance(by length: Int, _ text: Span<UInt8>) {
    if whole == nil {
      count(to: length, text)
      counted = 0
    }
    start.offset += length
  }

  /// Counts lines up to an offset of the present piece; each byte is looked at once.
  private mutating func count(to end: Int, _ text: Span<UInt8>) {
    guard end > counted else { return }
    var newlines = 0
    for at in counted..<end { newlines &+= text[at] == UInt8(ascii: "\n") ? 1 : 0 }
    var lineStart = counted
    if newlines > 0 {
      lineStart = end
      while text[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
      position.line += newlines
      position.column = 1
    }
    var characters = 0
    for at in lineStart..<end { characters &+= text[at] & 0xC0 != 0x80 ? 1 : 0 }
    position.column += characters
    position.offset += end - counted
    counted = end
  }
}
