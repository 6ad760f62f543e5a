import PolicyModel

extension TemplateResolver {
  /// A value of the template with its functions resolved, as a document of its own whose places are
  /// those of the template; nil of nothing.
  mutating func document(_ node: Node, address: String) -> Node? {
    let value = resolve(node)
    if case .nothing = value { return nil }
    var builder = TreeBuilder(resolving: node.tree, address: address)
    emit(value, from: node, into: &builder)
    return builder.finish().root
  }

  /// Adds a value in place of a node.
  private mutating func emit(
    _ value: TemplateValue, from place: Node, into builder: inout TreeBuilder
  ) {
    guard builder.count < Limits.templateEntries else {
      builder.text(
        .segments([.unknown(reason: "the template has more than \(Limits.templateEntries) values")]
        ), from: place)
      return
    }
    switch value {
    case .text(let text): builder.text(text, from: place)
    case .unknown(let reason): builder.text(.segments([.unknown(reason: reason)]), from: place)
    case .nothing: builder.null(from: place)
    case .list(let values):
      builder.beginArray(from: place)
      for value in values { emit(value, from: place, into: &builder) }
      builder.end()
    case .constant(let node): builder.copy(node)
    case .node(let node): emit(node, into: &builder)
    }
  }

  /// Adds a value as it is written, with the functions below it resolved.
  private mutating func emit(_ node: Node, into builder: inout TreeBuilder) {
    switch node.kind {
    case .object:
      builder.beginObject(from: node)
      for member in node.members {
        let value = resolve(member.value)
        if case .nothing = value { continue }
        builder.string(member.name, from: member.key)
        emit(value, from: member.value, into: &builder)
      }
      builder.end()
    case .array:
      builder.beginArray(from: node)
      for element in node.elements {
        let value = resolve(element)
        if case .nothing = value { continue }
        emit(value, from: element, into: &builder)
      }
      builder.end()
    case .string, .number:
      let text = node.scalarText ?? ""
      guard text.contains("{{resolve:") else { return builder.copy(node) }
      builder.text(Self.literal(text), from: node)
    case .null, .boolean, .reference: builder.copy(node)
    }
  }
}
