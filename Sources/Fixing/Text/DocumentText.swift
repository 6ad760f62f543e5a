import PolicyModel

/// The text of a document beside its tree: lines, columns, and where values stand in them.
struct DocumentText {
  let tree: Tree
  let text: [UInt8]
  let isJSON: Bool

  /// Parses a source anew; nil where it cannot be parsed.
  init?(_ source: Source) {
    guard let tree = try? Tree.parse(source) else { return nil }
    self.init(tree, isJSON: DocumentFormat(of: source) == .json)
  }

  init(_ tree: Tree, isJSON: Bool) {
    self.tree = tree
    text = tree.text
    self.isJSON = isJSON
  }

  // MARK: Lines

  /// Where the line of an offset begins.
  func lineStart(of offset: Int) -> Int {
    var at = min(offset, text.count)
    while at > 0, !isLineBreak(text[at - 1]) { at -= 1 }
    return at
  }

  /// Where the line of an offset ends, before its line end.
  func lineEnd(of offset: Int) -> Int {
    var at = offset
    while at < text.count, !isLineBreak(text[at]) { at += 1 }
    return at
  }

  /// The space that the line of an offset begins with.
  func indentation(ofLineAt offset: Int) -> String {
    let start = lineStart(of: offset)
    return string(start..<spaceEnd(from: start))
  }

  /// Whether nothing but space stands before an offset on its line.
  func beginsLine(_ offset: Int) -> Bool {
    spaceEnd(from: lineStart(of: offset)) >= offset
  }

  /// How many bytes stand before an offset on its line.
  func column(of offset: Int) -> Int { offset - lineStart(of: offset) }

  /// Where the spaces and tabs from an offset on end.
  func spaceEnd(from offset: Int) -> Int {
    var at = offset
    while at < text.count, isSpace(text[at]) { at += 1 }
    return at
  }

  func holdsLineBreak(_ range: Range<Int>) -> Bool { text[range].contains(where: isLineBreak) }

  func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

  func isLineBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  // MARK: Values

  /// Whether a container is written in brackets.
  func isFlow(_ node: Node) -> Bool {
    isJSON || first(node) == UInt8(ascii: "{") || first(node) == UInt8(ascii: "[")
  }

  /// The first byte of a value.
  func first(_ node: Node) -> UInt8 {
    let start = node.range.lowerBound
    return start < text.count ? text[start] : 0
  }

  /// What a container holds, as pieces of text: elements, or members from key to value; nil where
  /// an alias hides where one ends.
  func pieces(of node: Node) -> [Range<Int>]? {
    let range = node.range
    switch node.kind {
    case .array:
      let elements = Array(node.elements)
      guard elements.allSatisfy({ range.holds($0.range) }) else { return nil }
      return elements.map { elementStart($0)..<$0.range.upperBound }
    case .object:
      // What a merge key brings stands elsewhere.
      return node.members.filter { range.holds($0.key.range) }.map { member in
        let start = member.key.range.lowerBound
        let value = member.value.range
        return start..<(value.lowerBound > start ? value.upperBound : aliasEnd(behind: member.key))
      }
    case .null, .boolean, .number, .string, .reference: return []
    }
  }

  /// Where the alias ends that a key has for its value.
  private func aliasEnd(behind key: Node) -> Int {
    var at = spaceEnd(from: key.range.upperBound)
    if at < text.count, text[at] == UInt8(ascii: ":") { at = spaceEnd(from: at + 1) }
    while at < text.count, !isSpace(text[at]), !isLineBreak(text[at]),
      !",]}".utf8.contains(text[at])
    {
      at += 1
    }
    return at
  }

  /// Where an element begins with its tag or anchor.
  private func elementStart(_ node: Node) -> Int {
    let start = node.range.lowerBound
    guard node.tag != nil else { return start }
    var at = start
    while at > 0, isSpace(text[at - 1]) { at -= 1 }
    while at > 0, !isSpace(text[at - 1]), !isLineBreak(text[at - 1]),
      text[at - 1] != UInt8(ascii: ","),
      text[at - 1] != UInt8(ascii: "[")
    {
      at -= 1
    }
    return at
  }
}

extension Range<Int> {
  /// Whether another range lies within this one.
  fileprivate func holds(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
