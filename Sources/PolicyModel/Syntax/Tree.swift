/// A parsed document: all of its values in one flat list, in the order of the text.
///
/// JSON and YAML give the same tree. A value is read through ``Node``, a cheap handle; strings are
/// slices of the text until somebody asks for them, so that parsing allocates next to nothing.
public final class Tree: Sendable {
  /// The file the document stands in.
  public let source: Source
  /// What was parsed: the source's text, or the decoded text of the string the document stood in.
  package let text: [UInt8]
  package let entries: [Entry]
  /// Contents that are not a slice of the text: escapes, folded lines.
  package let strings: StringTable
  /// Contents with references that a template left in them.
  package let references: [PolicyText]
  /// Tags such as `!Sub`; an entry names its tag by position plus one.
  package let tags: [String]
  /// From offsets of `text` to offsets of the source; nil where they are the same.
  package let offsets: OffsetMap?
  /// The string this document stood in; nil for a whole file.
  package let outer: OuterString?
  /// The resource's name in a template, or its address in a plan, that this document belongs to.
  package let address: String?
  /// The tree this one was made from, by resolving what a template left open; nil for one that was
  /// parsed.
  package let derivation: Derivation?

  /// Which value of another tree each value was made from.
  package struct Derivation: Sendable {
    package let tree: Tree
    /// One position in the other tree's entries for each entry.
    package let origins: [UInt32]
    /// Where the value stands of which the whole tree is a copy; nil where it is no mere copy.
    ///
    /// A list of thousands of resources would have to be walked through for each place in one.
    package let pointer: String?

    package init(tree: Tree, origins: [UInt32], pointer: String? = nil) {
      self.tree = tree
      self.origins = origins
      self.pointer = pointer
    }
  }

  package struct OuterString: Sendable {
    package let tree: Tree
    package let index: Int

    package init(tree: Tree, index: Int) {
      self.tree = tree
      self.index = index
    }
  }

  package init(
    source: Source, text: [UInt8], entries: [Entry], strings: StringTable = StringTable(),
    references: [PolicyText] = [], tags: [String] = [], offsets: OffsetMap? = nil,
    outer: OuterString? = nil, address: String? = nil, derivation: Derivation? = nil
  ) {
    precondition(!entries.isEmpty, "a tree has a root")
    precondition(
      derivation.map { $0.origins.count == entries.count } ?? true,
      "every derived value was made from one")
    self.source = source
    self.text = text
    self.entries = entries
    self.strings = strings
    self.references = references
    self.tags = tags
    self.offsets = offsets
    self.outer = outer
    self.address = address
    self.derivation = derivation
  }

  /// The document's value.
  public var root: Node { Node(tree: self, index: 0) }

  /// One value, or one key of an object, in the flat list.
  ///
  /// An object is followed by key, value, key, value …; an array by its elements. `next` is the
  /// position after the value and all that it holds.
  package struct Entry: Sendable {
    package var kind: Node.Kind
    package var flags: Flags
    /// Position plus one in `Tree.tags`; 0 for no tag.
    package var tag: UInt16
    /// Offsets in `Tree.text`: of a quoted string with its quotes, of a container with brackets.
    package var start: UInt32
    package var end: UInt32
    package var next: UInt32
    /// For a string that is no slice: its position in `Tree.strings`; for `.reference`: in
    /// `Tree.references`; for a container: how many elements or members it has.
    package var detail: UInt32

    package init(
      kind: Node.Kind, flags: Flags = [], tag: UInt16 = 0, start: Int, end: Int, next: Int = 0,
      detail: Int = 0
    ) {
      self.kind = kind
      self.flags = flags
      self.tag = tag
      self.start = UInt32(truncatingIfNeeded: start)
      self.end = UInt32(truncatingIfNeeded: end)
      self.next = UInt32(truncatingIfNeeded: next)
      self.detail = UInt32(truncatingIfNeeded: detail)
    }
  }

  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The content is in `Tree.strings`, not a slice of the text.
    package static let decoded = Flags(rawValue: 1)
    /// A slice is inside one pair of quote characters.
    package static let quoted = Flags(rawValue: 2)
    /// A YAML scalar without quotes.
    package static let plain = Flags(rawValue: 4)
    /// For a Boolean: true.
    package static let isTrue = Flags(rawValue: 8)
    /// Reached through a YAML alias or merge key: its range is where the anchor stands.
    package static let aliased = Flags(rawValue: 16)
    /// A slice with JSON's escapes in it, which are decoded whenever the content is asked for.
    package static let escaped = Flags(rawValue: 32)
  }
}
