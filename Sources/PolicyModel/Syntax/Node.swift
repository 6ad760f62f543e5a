/// One value of a parsed document.
public struct Node: Sendable {
  /// What a value is.
  ///
  /// A YAML scalar without quotes is `.boolean` for `true` and `false`, `.null` for `null`, `~`
  /// and nothing, else `.string`: IAM wants text where YAML would see dates, octal numbers or `yes`.
  public enum Kind: UInt8, Hashable, Sendable {
    case null
    case boolean
    /// A JSON number; its text is kept as written.
    case number
    case string
    /// Text with references that a template left in it.
    case reference
    case array
    case object
  }

  package let tree: Tree
  package let index: Int

  package init(tree: Tree, index: Int) {
    self.tree = tree
    self.index = index
  }

  package var entry: Tree.Entry { tree.entries[index] }

  /// What the value is.
  public var kind: Kind { entry.kind }

  /// The tag of a YAML value, such as `!Sub`.
  public var tag: String? {
    let tag = Int(entry.tag)
    return tag == 0 ? nil : tree.tags[tag - 1]
  }

  /// Whether the value is the same as that, element by element.
  ///
  /// Positions do not matter, nor does the order of an object's members with different names.
  package func hasSameValue(as other: Node) -> Bool {
    guard kind == other.kind else { return false }
    switch kind {
    case .null: return true
    case .boolean: return boolean == other.boolean
    case .number, .string: return withContent { left in other.withContent { left == $0 } }
    case .reference: return policyText == other.policyText
    case .array:
      return entry.detail == other.entry.detail
        && zip(elements, other.elements).allSatisfy { $0.hasSameValue(as: $1) }
    case .object:
      return entry.detail == other.entry.detail
        && zip(sortedMembers, other.sortedMembers).allSatisfy { left, right in
          left.key.hasSameValue(as: right.key) && left.value.hasSameValue(as: right.value)
        }
    }
  }

  /// The members by name, and duplicates in text order.
  private var sortedMembers: [Member] {
    members.sorted { left, right in
      left.key.withContent { name in
        right.key.withContent { other in
          name.elementsEqual(other)
            ? left.key.index < right.key.index : name.lexicographicallyPrecedes(other)
        }
      }
    }
  }
}

// MARK: - Content

extension Node {
  /// The bytes of a string, a key, a number or a YAML scalar, decoded.
  package func withContent<Result>(_ body: (ArraySlice<UInt8>) -> Result) -> Result {
    let entry = entry
    if entry.flags.contains(.decoded) {
      return body(tree.strings[Int(entry.detail)])
    }
    if entry.flags.contains(.escaped) {
      return body(JSONReader.decoded(tree.text[contentRange(of: entry)])[...])
    }
    return body(tree.text[contentRange(of: entry)])
  }

  package func contentRange(of entry: Tree.Entry) -> Range<Int> {
    let start = Int(entry.start)
    let end = Int(entry.end)
    return entry.flags.contains(.quoted) ? (start + 1)..<max(start + 1, end - 1) : start..<end
  }

  /// The text of a string or key; nil for every other value, a JSON number too.
  public var string: String? {
    guard kind == .string else { return nil }
    return scalarText
  }

  /// The text of any scalar as written: `"a"` gives a, `12` gives 12, `true` gives true.
  public var scalarText: String? {
    switch kind {
    case .array, .object, .reference: return nil
    case .null, .boolean, .number, .string:
      return withContent { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// A string as policy text, with the references a template left in it; nil for other values.
  public var policyText: PolicyText? {
    switch kind {
    case .reference: tree.references[Int(entry.detail)]
    case .string: scalarText.map(PolicyText.literal)
    case .null, .boolean, .number, .array, .object: nil
    }
  }

  /// The value of a Boolean; nil for every other value.
  public var boolean: Bool? {
    kind == .boolean ? entry.flags.contains(.isTrue) : nil
  }

  /// A whole number written as a number or as text; nil for everything else.
  public var integer: Int? {
    guard kind == .number || kind == .string else { return nil }
    return scalarText.flatMap { Int($0) }
  }

  /// Whether a string or key has exactly these bytes.
  package func hasContent(_ text: StaticString) -> Bool {
    let entry = entry
    guard entry.kind == .string, entry.mayHave(text.utf8CodeUnitCount) else { return false }
    return text.withUTF8Buffer { wanted in
      withContent { content in
        guard content.count == wanted.count else { return false }
        for position in 0..<wanted.count
        where unsafe wanted[position] != content[content.startIndex + position] {
          return false
        }
        return true
      }
    }
  }
}

extension Tree.Entry {
  /// Whether a string may have so many bytes: the length tells most names apart.
  fileprivate func mayHave(_ length: Int) -> Bool {
    if flags.contains(.decoded) { return true }
    let written = Int(end) - Int(start) - (flags.contains(.quoted) ? 2 : 0)
    // An escape of six bytes may stand for one.
    return flags.contains(.escaped) ? written <= 6 * length : written == length
  }
}

// MARK: - Children

extension Node {
  /// One member of an object.
  public struct Member: Sendable {
    /// The key; always a `.string`.
    public let key: Node
    /// The value.
    public let value: Node
    /// The key's text.
    public var name: String { key.scalarText ?? "" }
  }

  /// The elements of an array; none for other values.
  public var elements: Elements { Elements(tree: tree, parent: index, wanted: .array) }

  /// The members of an object in text order, duplicates included; none for other values.
  public var members: Members {
    Members(elements: Elements(tree: tree, parent: index, wanted: .object))
  }

  /// How many elements or members there are; 0 for other values.
  public var count: Int {
    kind == .array || kind == .object ? Int(entry.detail) : 0
  }

  /// The value of a member of an object.
  ///
  /// Of duplicates the last, as most readers take it.
  public subscript(name: StaticString) -> Node? {
    value(length: name.utf8CodeUnitCount) { content in
      name.withUTF8Buffer { wanted in unsafe content.elementsEqual(wanted) }
    }
  }

  /// The value of a member of an object, by a name known at run time.
  public subscript(named name: String) -> Node? { self[bytes: ArraySlice(name.utf8)] }

  package subscript(bytes name: ArraySlice<UInt8>) -> Node? {
    value(length: name.count) { $0 == name }
  }

  /// The value of the last member whose name is wanted, which has so many bytes.
  ///
  /// Makes no handle for the others: an object may have millions of members, and is asked for dozens
  /// of names.
  private func value(length: Int, _ isWanted: (ArraySlice<UInt8>) -> Bool) -> Node? {
    guard kind == .object else { return nil }
    let entries = tree.entries
    let end = Int(entries[index].next)
    var position = index + 1
    var found: Int?
    while position < end {
      let key = entries[position]
      let value = Int(key.next)
      if key.mayHave(length), Node(tree: tree, index: position).withContent(isWanted) {
        found = value
      }
      position = Int(entries[value].next)
    }
    return found.map { Node(tree: tree, index: $0) }
  }

  /// Follows member names from object to object.
  public subscript(path names: StaticString...) -> Node? {
    var node: Node? = self
    for name in names { node = node?[name] }
    return node
  }

  /// The value itself where it is no array, else its elements: IAM's "one or a list".
  package var oneOrMany: [Node] {
    kind == .array ? Array(elements) : [self]
  }

  /// The children of a container in text order; keys and values in turn for an object.
  public struct Elements: Sequence, IteratorProtocol, Sendable {
    private let tree: Tree
    private var position: Int
    private let end: Int

    fileprivate init(tree: Tree, parent: Int, wanted: Kind) {
      self.tree = tree
      let entry = tree.entries[parent]
      position = parent + 1
      end = entry.kind == wanted ? Int(entry.next) : parent + 1
    }

    /// The next child.
    public mutating func next() -> Node? {
      guard position < end else { return nil }
      defer { position = Int(tree.entries[position].next) }
      return Node(tree: tree, index: position)
    }
  }

  /// The members of an object in text order.
  public struct Members: Sequence, IteratorProtocol, Sendable {
    fileprivate var elements: Elements

    /// The next member.
    public mutating func next() -> Member? {
      guard let key = elements.next(), let value = elements.next() else { return nil }
      return Member(key: key, value: value)
    }
  }
}
