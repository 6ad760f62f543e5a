/// Puts a tree together, value by value in the order of the text.
///
/// The YAML reader builds with it, and so does whoever resolves what a template left open: such a
/// builder is made with ``init(resolving:address:)``, and every value is made *from* a node of that
/// tree, so that its range and pointer stay those of the text the person has.
package struct TreeBuilder {
  private let text: [UInt8]
  private let origin: Tree.Origin
  private let base: Tree?
  private let pointer: String?
  private var entries: [Tree.Entry] = []
  private var strings = StringTable()
  private var references: [PolicyText] = []
  private var tags: [String] = []
  private var tagNumbers: [String: UInt16] = [:]
  private var origins: [UInt32] = []
  private var open: [Open] = []

  private struct Open {
    var position: Int
    /// Keys and values of an object count one each.
    var count = 0
  }

  /// Makes a builder for a tree of a text; ranges are offsets in it.
  package init(text: [UInt8], from origin: Tree.Origin) {
    self.text = text
    self.origin = origin
    base = nil
    pointer = nil
  }

  /// Makes a builder for a tree that resolves a template's.
  ///
  /// - Parameter pointer: where the value stands in the template, where nothing but a copy of that
  ///   value is made.
  package init(resolving tree: Tree, address: String? = nil, copying pointer: String? = nil) {
    self.pointer = pointer
    text = tree.text
    origin = Tree.Origin(
      source: tree.source, offsets: tree.offsets, outer: tree.outer, address: address)
    base = tree
  }

  /// How many values and keys there are so far.
  package var count: Int { entries.count }
  /// How many containers are open.
  package var depth: Int { open.count }

  /// Makes room for so many values and keys.
  package mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

  package func entry(at position: Int) -> Tree.Entry { entries[position] }

  /// Ends building.
  ///
  /// There must be one value, and all that was begun must have been ended.
  package consuming func finish() -> Tree {
    precondition(open.isEmpty, "what was begun is ended")
    precondition(entries.first.map { $0.next == entries.count } ?? false, "a tree has one root")
    return Tree(
      source: origin.source, text: text, entries: entries, strings: strings,
      references: references, tags: tags, offsets: origin.offsets, outer: origin.outer,
      address: origin.address,
      derivation: base.map { Tree.Derivation(tree: $0, origins: origins, pointer: pointer) })
  }
}

// MARK: - By range

extension TreeBuilder {
  /// Adds an entry; a container's is open until ``end(at:)``.
  @discardableResult
  package mutating func append(_ entry: Tree.Entry, from node: Node? = nil) -> Int {
    precondition((node == nil) == (base == nil), "a resolved value is made from a node")
    let position = entries.count
    if !open.isEmpty { open[open.count - 1].count += 1 }
    entries.append(entry)
    if entry.kind == .object || entry.kind == .array {
      open.append(Open(position: position))
    } else {
      entries[position].next = UInt32(truncatingIfNeeded: position + 1)
    }
    if let node { origins.append(UInt32(truncatingIfNeeded: node.index)) }
    return position
  }

  /// Ends the innermost container at an offset of the text.
  package mutating func end(at offset: Int) {
    guard let container = open.popLast() else { preconditionFailure("nothing is open") }
    let isObject = entries[container.position].kind == .object
    entries[container.position].end = UInt32(truncatingIfNeeded: offset)
    entries[container.position].next = UInt32(truncatingIfNeeded: entries.count)
    entries[container.position].detail = UInt32(
      truncatingIfNeeded: isObject ? container.count / 2 : container.count)
  }

  /// Gives a text that is no slice of the tree's its place in an entry's `detail`.
  package mutating func content(_ bytes: some Sequence<UInt8>) -> Int { strings.append(bytes) }

  /// The number of a tag in an entry, 0 for none; nil where there are more tags than numbers.
  package mutating func number(ofTag tag: String?) -> UInt16? {
    guard let tag else { return 0 }
    if let number = tagNumbers[tag] { return number }
    guard tags.count < Int(UInt16.max) else { return nil }
    tags.append(tag)
    let number = UInt16(tags.count)
    tagNumbers[tag] = number
    return number
  }

  /// Adds a copy of a value that was built before, with all it holds, as reached through an alias.
  package mutating func repeatEntries(from position: Int) {
    let end = Int(entries[position].next)
    let shift = UInt32(truncatingIfNeeded: entries.count - position)
    if !open.isEmpty { open[open.count - 1].count += 1 }
    entries.reserveCapacity(entries.count + end - position)
    for index in position..<end {
      var entry = entries[index]
      entry.next &+= shift
      entry.flags.insert(.aliased)
      entries.append(entry)
    }
  }

  /// Turns the value at a position into a key.
  package mutating func makeKey(at position: Int) { entries[position].kind = .string }
}

// MARK: - From nodes of a template

extension TreeBuilder {
  /// Begins an object in place of a node.
  package mutating func beginObject(from node: Node) { begin(.object, from: node) }

  /// Begins an array in place of a node.
  package mutating func beginArray(from node: Node) { begin(.array, from: node) }

  private mutating func begin(_ kind: Node.Kind, from node: Node) {
    let entry = node.entry
    append(Tree.Entry(kind: kind, start: Int(entry.start), end: Int(entry.end)), from: node)
  }

  /// Ends the innermost container, at the end of the node it was begun with.
  package mutating func end() {
    guard let container = open.last else { preconditionFailure("nothing is open") }
    end(at: Int(entries[container.position].end))
  }

  /// Adds text, as a key or a value, in place of a node.
  package mutating func string(_ text: String, from node: Node) {
    scalar(.string, text, from: node)
  }

  /// Adds text with references in place of a node; text without them as a string.
  package mutating func text(_ text: PolicyText, from node: Node) {
    if let literal = text.literal { return string(literal, from: node) }
    references.append(text)
    let entry = node.entry
    append(
      Tree.Entry(
        kind: .reference, start: Int(entry.start), end: Int(entry.end),
        detail: references.count - 1),
      from: node)
  }

  /// Adds a Boolean in place of a node.
  package mutating func boolean(_ value: Bool, from node: Node) {
    scalar(.boolean, value ? "true" : "false", value ? .isTrue : [], from: node)
  }

  /// Adds a number, as its text, in place of a node.
  package mutating func number(_ text: String, from node: Node) {
    scalar(.number, text, from: node)
  }

  /// Adds nothing in place of a node.
  package mutating func null(from node: Node) { scalar(.null, "null", from: node) }

  private mutating func scalar(
    _ kind: Node.Kind, _ text: String, _ flags: Tree.Flags = [], from node: Node
  ) {
    let entry = node.entry
    let detail = content(text.utf8)
    append(
      Tree.Entry(
        kind: kind, flags: flags.union(.decoded), start: Int(entry.start), end: Int(entry.end),
        detail: detail),
      from: node)
  }

  /// Adds a node as it is, with all it holds.
  package mutating func copy(_ node: Node) {
    precondition(base.map { $0 === node.tree } ?? false, "a copy is from the tree that is resolved")
    let end = Int(node.entry.next)
    let shift = UInt32(truncatingIfNeeded: entries.count) &- UInt32(truncatingIfNeeded: node.index)
    if !open.isEmpty { open[open.count - 1].count += 1 }
    for index in node.index..<end {
      let source = Node(tree: node.tree, index: index)
      var entry = source.entry
      entry.next &+= shift
      if entry.flags.contains(.decoded) {
        entry.detail = UInt32(
          truncatingIfNeeded: source.withContent { content($0) })
      } else if entry.kind == .reference, let text = source.policyText {
        references.append(text)
        entry.detail = UInt32(truncatingIfNeeded: references.count - 1)
      }
      // A tree has at most as many tags as there are numbers, and a resolved tree no more.
      entry.tag = number(ofTag: source.tag) ?? 0
      entries.append(entry)
      origins.append(UInt32(truncatingIfNeeded: index))
    }
  }
}
