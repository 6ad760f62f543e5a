extension Node {
  /// From offsets of a scalar's decoded content to offsets of the tree's text.
  ///
  /// A string with escapes or with folded lines is laid beside its content: what is the same on
  /// both sides stands one for one, an escape and the space around a line's end as a whole. Where
  /// the two do not fit, the whole scalar stands for all of the content.
  package var contentOffsets: OffsetMap {
    let entry = entry
    let content = contentRange(of: entry)
    guard !entry.flags.isDisjoint(with: [.decoded, .escaped]) else {
      var map = OffsetMap(emptyAt: content.lowerBound)
      map.append(content.count, from: content, isExact: true)
      return map
    }
    return withContent { decoded in
      var alignment = ContentAlignment(text: tree.text, range: content, decoded: decoded)
      if alignment.run() { return alignment.map }
      let range = Int(entry.start)..<Int(entry.end)
      var map = OffsetMap(emptyAt: range.lowerBound)
      map.append(decoded.count, from: range, isExact: false)
      return map
    }
  }
}

/// Lays the text of a scalar beside its decoded content.
private struct ContentAlignment {
  private let text: [UInt8]
  private let end: Int
  private let decoded: ArraySlice<UInt8>
  private var at: Int
  private var inner: Int
  private let style: Style
  var map: OffsetMap

  private enum Style {
    case doubleQuoted
    case singleQuoted
    case plain
    case block
  }

  /// Takes the range of a scalar's text, without its quotes.
  init(text: [UInt8], range: Range<Int>, decoded: ArraySlice<UInt8>) {
    self.text = text
    self.decoded = decoded
    at = range.lowerBound
    end = range.upperBound
    inner = decoded.startIndex
    map = OffsetMap(emptyAt: range.lowerBound)
    let first = range.lowerBound < text.count ? text[range.lowerBound] : 0
    let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : 0
    if before == UInt8(ascii: "\"") {
      style = .doubleQuoted
    } else if before == UInt8(ascii: "'") {
      style = .singleQuoted
    } else {
      style = first == UInt8(ascii: "|") || first == UInt8(ascii: ">") ? .block : .plain
    }
  }

  /// Whether text and content fit.
  mutating func run() -> Bool {
    if style == .block { skipHeader() }
    while at < end {
      guard step() else { return false }
    }
    // What a block ends with lies behind its last line.
    let rest = spaceEnd(in: decoded, from: inner)
    guard rest == decoded.endIndex else { return false }
    map.append(rest - inner, from: end..<end, isExact: false)
    return true
  }

  /// Skips `|`, `>-` and a comment up to the line's end.
  private mutating func skipHeader() {
    while at < end, text[at] != UInt8(ascii: "\n"), text[at] != UInt8(ascii: "\r") { at += 1 }
  }

  private mutating func step() -> Bool {
    let spaceEnd = spaceEnd(in: text[..<end], from: at)
    if text[at..<spaceEnd].contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
    {
      let innerEnd = self.spaceEnd(in: decoded, from: inner)
      map.append(innerEnd - inner, from: at..<spaceEnd, isExact: false)
      (at, inner) = (spaceEnd, innerEnd)
      return true
    }
    switch (style, text[at]) {
    case (.doubleQuoted, UInt8(ascii: "\\")): return stepOverEscape()
    case (.singleQuoted, UInt8(ascii: "'")): return step(2, decoding: 1)
    default: return stepOverSame(max(1, spaceEnd - at))
    }
  }

  /// Steps over bytes that are the same on both sides; a run of space at once, so that nobody looks
  /// for its end again at each of its bytes.
  private mutating func stepOverSame(_ count: Int) -> Bool {
    guard
      inner + count <= decoded.endIndex,
      text[at..<at + count].elementsEqual(decoded[inner..<inner + count])
    else { return false }
    map.append(count, from: at..<at + count, isExact: true)
    at += count
    inner += count
    return true
  }

  private mutating func step(_ length: Int, decoding count: Int) -> Bool {
    guard at + length <= end, inner + count <= decoded.endIndex else { return false }
    map.append(count, from: at..<at + length, isExact: false)
    at += length
    inner += count
    return true
  }

  private mutating func stepOverEscape() -> Bool {
    if let escape = try? JSONEscape(in: text.span, at: at, until: end, from: at) {
      return step(escape.length, decoding: UTF8.width(escape.scalar))
    }
    guard at + 1 < end else { return false }
    switch text[at + 1] {
    case UInt8(ascii: "x"): return stepOverEscape(digits: 2)
    case UInt8(ascii: "U"): return stepOverEscape(digits: 8)
    case UInt8(ascii: "N"), UInt8(ascii: "_"): return step(2, decoding: 2)
    case UInt8(ascii: "L"), UInt8(ascii: "P"): return step(2, decoding: 3)
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      at = spaceEnd(in: text[..<end], from: at + 1)
      return true
    default: return step(2, decoding: 1)
    }
  }

  private mutating func stepOverEscape(digits: Int) -> Bool {
    guard at + 2 + digits <= end else { return false }
    var value: UInt32 = 0
    for offset in at + 2..<at + 2 + digits {
      guard let digit = hexadecimalDigit(text[offset]) else { return false }
      value = value << 4 | UInt32(digit)
    }
    guard let scalar = Unicode.Scalar(value) else { return false }
    return step(2 + digits, decoding: UTF8.width(scalar))
  }

  private func spaceEnd(in bytes: ArraySlice<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.endIndex {
      switch bytes[end] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): end += 1
      default: return end
      }
    }
    return end
  }
}
