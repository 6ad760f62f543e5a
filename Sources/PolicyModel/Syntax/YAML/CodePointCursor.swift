/// Turns positions in code points into byte offsets, for positions that mostly grow.
package struct CodePointCursor {
  private let text: [UInt8]
  private let isASCII: Bool
  private var codePoints = 0
  private var offset = 0

  /// Makes a cursor at the beginning of a text.
  package init(_ text: [UInt8]) {
    self.text = text
    var bits: UInt8 = 0
    for byte in text { bits |= byte }
    isASCII = bits < 0x80
  }

  /// The byte offset of a code point; of one beyond the text, the text's end.
  package mutating func offset(of target: Int) -> Int {
    guard !isASCII else { return min(target, text.count) }
    while codePoints < target, offset < text.count {
      offset += 1
      while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
      codePoints += 1
    }
    while codePoints > target, offset > 0 {
      offset -= 1
      while offset > 0, text[offset] & 0xC0 == 0x80 { offset -= 1 }
      codePoints -= 1
    }
    return offset
  }
}
