/// Finds the comments of a YAML document, which libyaml leaves out.
///
/// Libyaml says where every scalar is; a `#` that is in none of them begins a comment. A `#` in
/// quotes, in a block of text or within a word is text.
package enum YAMLComments {
  /// The ranges of all comments in the order of the text, from `#` to before the line's end.
  ///
  /// None where the text is no YAML: what cannot be read holds nothing that counts.
  package static func ranges(in text: [UInt8]) -> [Range<Int>] {
    guard let scalars = scalars(in: text) else { return [] }
    var comments: [Range<Int>] = []
    var position = 0
    for scalar in scalars {
      scan(text, position..<min(scalar.lowerBound, text.count), into: &comments)
      position = max(position, scalar.upperBound)
    }
    scan(text, min(position, text.count)..<text.count, into: &comments)
    return comments
  }

  /// Where the content of scalars is: without tags, anchors and the first line of a block, after
  /// which a comment may stand.
  private static func scalars(in text: [UInt8]) -> [Range<Int>]? {
    var parser = YAMLParser(text)
    var cursor = CodePointCursor(text)
    var ranges: [Range<Int>] = []
    while true {
      guard let event = try? parser.next() else { return nil }
      switch event.kind {
      case .streamEnd: return ranges
      case .scalar(let style):
        let start = cursor.offset(of: event.start)
        let end = max(start, cursor.offset(of: event.end))
        var content = contentStart(in: text, from: start, to: end)
        switch style {
        case .literal, .folded:
          while content < end, !isLineEnd(text, content), text[content] != UInt8(ascii: "#") {
            content += 1
          }
          content = lineEnd(in: text, from: content, to: end)
        case .plain, .singleQuoted, .doubleQuoted: break
        }
        if content < end { ranges.append(content..<end) }
      case .streamStart, .documentStart, .documentEnd, .alias, .sequenceStart, .sequenceEnd,
        .mappingStart, .mappingEnd:
        continue
      }
    }
  }

  /// Where a scalar begins behind its tag and anchor, and the space and comments after those.
  private static func contentStart(in text: [UInt8], from start: Int, to end: Int) -> Int {
    var position = start
    while position < end {
      switch text[position] {
      case UInt8(ascii: "!"), UInt8(ascii: "&"):
        while position < end, !isSpace(text[position]) { position += 1 }
      case UInt8(ascii: "#"): position = lineEnd(in: text, from: position, to: end)
      case let byte where isSpace(byte): position += 1
      default: return position
      }
    }
    return end
  }

  private static func scan(
    _ text: [UInt8], _ range: Range<Int>, into comments: inout [Range<Int>]
  ) {
    var position = range.lowerBound
    while position < range.upperBound {
      guard text[position] == UInt8(ascii: "#") else {
        position += 1
        continue
      }
      let end = lineEnd(in: text, from: position, to: range.upperBound)
      comments.append(position..<end)
      position = end
    }
  }

  private static func lineEnd(in text: [UInt8], from start: Int, to end: Int) -> Int {
    var position = start
    while position < end, !isLineEnd(text, position) { position += 1 }
    return position
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    default: false
    }
  }

  /// YAML 1.1, section 5.4, "Line Break Characters": LF, CR, NEL, LS and PS, as libyaml reads them.
  private static func isLineEnd(_ text: [UInt8], _ position: Int) -> Bool {
    switch text[position] {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    case 0xC2: position + 1 < text.count && text[position + 1] == 0x85
    case 0xE2:
      position + 2 < text.count && text[position + 1] == 0x80
        && (text[position + 2] == 0xA8 || text[position + 2] == 0xA9)
    default: false
    }
  }
}
