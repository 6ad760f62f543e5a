import PolicyModel

/// Takes elements out of lists and members out of objects.
extension ChangeEditor {
  func removing(_ target: Target) -> [TextEdit]? {
    guard let parent = target.parent, let pieces = document.pieces(of: parent) else { return nil }
    // What would be left is an empty list, which says nothing or something else.
    guard pieces.count > 1,
      let index = pieces.firstIndex(where: {
        $0.lowerBound <= target.node.range.lowerBound
          && target.node.range.upperBound <= $0.upperBound
      })
    else { return nil }
    return document.isFlow(parent)
      ? removing(pieces, at: index) : removingLines(pieces, at: index, of: parent)
  }

  /// Takes a piece out together with the comma behind it, or before it where it is the last.
  private func removing(_ pieces: [Range<Int>], at index: Int) -> [TextEdit]? {
    let range =
      index + 1 < pieces.count
      ? pieces[index].lowerBound..<pieces[index + 1].lowerBound
      : pieces[index - 1].upperBound..<pieces[index].upperBound
    // A comment may be about what stays.
    let between =
      index + 1 < pieces.count
      ? pieces[index].upperBound..<pieces[index + 1].lowerBound
      : pieces[index - 1].upperBound..<pieces[index].lowerBound
    guard document.isJSON || !document.text[between].contains(UInt8(ascii: "#")) else { return nil }
    return [TextEdit(range, "")]
  }

  /// Takes the lines of a piece out of a YAML block.
  private func removingLines(
    _ pieces: [Range<Int>], at index: Int, of parent: Node
  ) -> [TextEdit]? {
    let start =
      parent.kind == .array ? dash(before: pieces[index].lowerBound) : pieces[index].lowerBound
    guard let start else { return nil }
    guard document.beginsLine(start) else {
      // The first of a block that begins behind a dash: the next takes its place.
      guard index + 1 < pieces.count, parent.kind == .object else { return nil }
      return [TextEdit(start..<pieces[index + 1].lowerBound, "")]
    }
    let lineStart = document.lineStart(of: start)
    let end = document.lineEnd(of: pieces[index].upperBound)
    guard lineStart > 0 else { return nil }
    // From the end of the line before: what is added behind the block's last line stays apart.
    var before = lineStart - 1
    if before > 0, document.text[before] == UInt8(ascii: "\n"),
      document.text[before - 1] == UInt8(ascii: "\r")
    {
      before -= 1
    }
    return [TextEdit(before..<end, "")]
  }

  /// The dash of an element on the same line.
  private func dash(before offset: Int) -> Int? {
    var at = offset
    while at > 0, document.isSpace(document.text[at - 1]) { at -= 1 }
    guard at > 0, document.text[at - 1] == UInt8(ascii: "-") else { return nil }
    return at - 1
  }
}
