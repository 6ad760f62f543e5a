/// What a node says, however it is written: to find equal ones among many.
package struct NodeValue: Hashable {
  private let node: Node

  package init(of node: Node) { self.node = node }

  package static func == (left: NodeValue, right: NodeValue) -> Bool {
    left.node.hasSameValue(as: right.node)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(node.kind)
    switch node.kind {
    case .null, .boolean, .reference: break
    case .number, .string:
      node.withContent { content in
        unsafe content.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
      }
    case .array: for element in node.elements { NodeValue(of: element).hash(into: &hasher) }
    case .object:
      // The order of members says nothing.
      hasher.combine(
        node.members.reduce(0) { sum, member in
          var own = Hasher()
          NodeValue(of: member.key).hash(into: &own)
          NodeValue(of: member.value).hash(into: &own)
          return sum &+ own.finalize()
        })
    }
  }
}
