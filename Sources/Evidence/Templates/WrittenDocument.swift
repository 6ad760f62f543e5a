import PolicyModel

extension TreeBuilder {
  /// Adds a value that stands in a string, all of it with the place of the string.
  mutating func write(_ node: Node, from text: Node) {
    switch node.kind {
    case .object:
      beginObject(from: text)
      for member in node.members {
        string(member.name, from: text)
        write(member.value, from: text)
      }
      end()
    case .array:
      beginArray(from: text)
      for element in node.elements { write(element, from: text) }
      end()
    case .string, .reference:
      self.text(PolicyText(encoded: node.scalarText ?? ""), from: text)
    case .number: number(node.scalarText ?? "", from: text)
    case .boolean: boolean(node.boolean ?? false, from: text)
    case .null: null(from: text)
    }
  }
}

extension Node {
  /// The policy that a template writes as a text: also one with references in it, whose places are
  /// then that of the text.
  func writtenPolicy() throws(SyntaxFailure) -> Node {
    guard kind == .reference, let text = policyText?.factName,
      text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"),
      let document = try? Tree.json(Array(text.utf8), from: Tree.Origin(source: tree.source))
    else { return try policyDocument() }
    var builder = TreeBuilder(resolving: tree)
    builder.write(document.root, from: self)
    return builder.finish().root
  }
}
