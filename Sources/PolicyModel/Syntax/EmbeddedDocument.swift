extension Node {
  /// Parses a string's content as JSON: a policy that a document carries as text.
  ///
  /// The AWS CLI prints bucket and key policies so; IAM's own API encodes the text with `%7B` and the
  /// like, which is undone once. Ranges of the tree's values are those in the file. `address` is the
  /// resource the document belongs to, where a plan or template says so.
  package func embeddedDocument(address: String? = nil) throws(SyntaxFailure) -> Tree {
    let content = withContent { Array($0) }
    let offsets = contentOffsets.composed(with: tree.offsets)
    let outer = Tree.OuterString(tree: tree, index: index)
    guard kind == .string else {
      throw SyntaxFailure("expected a document as text", at: place)
    }
    guard Self.isPercentEncoded(content) else {
      return try Tree.json(
        content,
        from: Tree.Origin(source: tree.source, offsets: offsets, outer: outer, address: address))
    }
    let (decoded, steps) = Self.percentDecoded(content)
    guard String(validating: decoded, as: UTF8.self) != nil else {
      throw SyntaxFailure("the text behind the percent signs is not UTF-8", at: place)
    }
    return try Tree.json(
      decoded,
      from: Tree.Origin(
        source: tree.source, offsets: steps.composed(with: offsets), outer: outer, address: address)
    )
  }

  /// Whether a text begins with `{` or `[` in percent-encoding.
  private static func isPercentEncoded(_ content: [UInt8]) -> Bool {
    guard content.count > 2, content[0] == UInt8(ascii: "%") else { return false }
    switch (content[1], content[2] | 0x20) {
    case (UInt8(ascii: "7"), UInt8(ascii: "b")), (UInt8(ascii: "5"), UInt8(ascii: "b")):
      return true
    default:
      return false
    }
  }

  private static func percentDecoded(_ content: [UInt8]) -> ([UInt8], OffsetMap) {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(content.count)
    var map = OffsetMap(emptyAt: 0)
    var at = 0
    while at < content.count {
      if content[at] == UInt8(ascii: "%"), at + 2 < content.count,
        let high = hexadecimalDigit(content[at + 1]), let low = hexadecimalDigit(content[at + 2])
      {
        decoded.append(high << 4 | low)
        map.append(1, from: at..<at + 3, isExact: false)
        at += 3
      } else {
        decoded.append(content[at])
        map.append(1, from: at..<at + 1, isExact: true)
        at += 1
      }
    }
    return (decoded, map)
  }
}
