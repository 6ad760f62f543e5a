/// Where in the text a value of libyaml's begins and ends.
extension YAMLReader {
  /// Where a value begins behind its tag and anchor.
  func contentStart(from start: Int, hasTag: Bool, hasAnchor: Bool) -> Int {
    var properties = (hasTag ? 1 : 0) + (hasAnchor ? 1 : 0)
    guard properties > 0 else { return start }
    var at = start
    while properties > 0, at < text.count, isProperty(text[at]) {
      while at < text.count, !isSpace(text[at]) { at += 1 }
      at = spaceEnd(from: at)
      properties -= 1
    }
    return at
  }

  private func isProperty(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "!") || byte == UInt8(ascii: "&")
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    default: false
    }
  }

  /// Where space and comments end.
  private func spaceEnd(from start: Int) -> Int {
    var at = start
    while at < text.count {
      if isSpace(text[at]) {
        at += 1
      } else if text[at] == UInt8(ascii: "#") {
        while at < text.count, text[at] != UInt8(ascii: "\n"), text[at] != UInt8(ascii: "\r") {
          at += 1
        }
      } else {
        break
      }
    }
    return at
  }

  /// Where a scalar ends without the line ends that libyaml counts to a block scalar.
  func trimmedEnd(of range: Range<Int>, _ style: YAMLEvent.ScalarStyle) -> Int {
    guard style == .literal || style == .folded else { return range.upperBound }
    var end = range.upperBound
    while end > range.lowerBound, isSpace(text[end - 1]) { end -= 1 }
    return end
  }

  func isClosingBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }
}
