extension Node {
  /// From offsets of a scalar's decoded content to offsets of the tree's text.
  package var contentOffsets: OffsetMap {
    let entry = entry
    let range = Int(entry.start)..<Int(entry.end)
    let content = contentRange(of: entry)
    guard entry.flags.contains(.decoded) else {
      var map = OffsetMap(emptyAt: content.lowerBound)
      map.append(content.count, from: content, isExact: true)
      return map
    }
    let length = withContent { $0.count }
    if entry.flags.contains(.quoted), let map = doubleQuotedOffsets(in: content),
      map.count == length
    {
      return map
    }
    var map = OffsetMap(emptyAt: range.lowerBound)
    map.append(length, from: range, isExact: false)
    return map
  }

  /// The map of a string with escapes; nil where it is written in another way.
  private func doubleQuotedOffsets(in content: Range<Int>) -> OffsetMap? {
    let bytes = tree.text
    let text = bytes.span
    var map = OffsetMap(emptyAt: content.lowerBound)
    var at = content.lowerBound
    while at < content.upperBound {
      guard text[at] == UInt8(ascii: "\\") else {
        map.append(1, from: at..<at + 1, isExact: true)
        at += 1
        continue
      }
      guard
        let escape = try? JSONEscape(in: text, at: at, until: content.upperBound, from: at)
      else { return nil }
      map.append(
        UTF8.width(escape.scalar), from: at..<at + escape.length, isExact: false)
      at += escape.length
    }
    return map
  }
}
