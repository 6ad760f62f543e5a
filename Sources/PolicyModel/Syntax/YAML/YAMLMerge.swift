/// Replaces merge keys (`<<`) by the members they stand for.
///
/// A mapping's own members win over merged ones, and of several merged mappings the first does
/// (yaml.org, "Merge Key Language-Independent Type for YAML"). Recursion is as deep as the tree,
/// which ``Limits/depth`` bounds, and no entry is visited twice.
package struct YAMLMerge {
  private let tree: Tree
  private var entries: [Tree.Entry] = []

  private struct Member {
    var key: Int
    var value: Int
    var isMerged: Bool
  }

  package init(_ tree: Tree) { self.tree = tree }

  /// The tree without merge keys.
  package consuming func resolved() throws(SyntaxFailure) -> Tree {
    entries.reserveCapacity(tree.entries.count)
    try copy(0, isMerged: false)
    return Tree(
      source: tree.source, text: tree.text, entries: entries, strings: tree.strings,
      references: tree.references, tags: tree.tags, offsets: tree.offsets, outer: tree.outer,
      address: tree.address)
  }

  private mutating func copy(_ position: Int, isMerged: Bool) throws(SyntaxFailure) {
    let index = entries.count
    var entry = tree.entries[position]
    if isMerged { entry.flags.insert(.aliased) }
    entries.append(entry)
    switch entry.kind {
    case .object:
      var members: [Member] = []
      var names: Set<String> = []
      try collect(&members, &names, from: position, isMerged: isMerged)
      for member in members {
        try copy(member.key, isMerged: member.isMerged)
        try copy(member.value, isMerged: member.isMerged)
      }
      entries[index].detail = UInt32(truncatingIfNeeded: members.count)
    case .array:
      for element in Node(tree: tree, index: position).elements {
        try copy(element.index, isMerged: isMerged)
      }
    case .null, .boolean, .number, .string, .reference:
      break
    }
    entries[index].next = UInt32(truncatingIfNeeded: entries.count)
  }

  /// Adds the members of a mapping, its own before those it merges, but for names that are there.
  private func collect(
    _ members: inout [Member], _ names: inout Set<String>, from position: Int, isMerged: Bool,
    isOutermost: Bool = true
  ) throws(SyntaxFailure) {
    let node = Node(tree: tree, index: position)
    let mergesKeys = !isOutermost || node.members.contains { isMergeKey($0.key) }
    for member in node.members where !isMergeKey(member.key) {
      // A duplicate stays where a person wrote it.
      if mergesKeys, !names.insert(member.name).inserted, !isOutermost { continue }
      members.append(
        Member(key: member.key.index, value: member.value.index, isMerged: isMerged))
    }
    for member in node.members where isMergeKey(member.key) {
      let merged = member.value.oneOrMany
      for mapping in merged {
        guard mapping.kind == .object else {
          throw SyntaxFailure(
            "merge key `<<` without a mapping", at: member.key.place,
            help:
              "give it a mapping or a list of mappings; put `<<` in quotes for a key of that name"
          )
        }
        try collect(
          &members, &names, from: mapping.index, isMerged: true, isOutermost: false)
      }
    }
  }

  private func isMergeKey(_ key: Node) -> Bool {
    let flags = key.entry.flags
    return flags.contains(.plain) && key.entry.tag == 0 && key.hasContent("<<")
  }
}
