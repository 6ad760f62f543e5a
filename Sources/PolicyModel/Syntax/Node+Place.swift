extension Node {
  /// The half-open range in the source, quotes and brackets included.
  public var range: Range<Int> {
    let entry = entry
    return tree.sourceRange(Int(entry.start)..<Int(entry.end))
  }

  /// Where the value stands.
  public var place: Place {
    Place(source: tree.source, range: range, pointer: pointer, address: address)
  }

  /// The resource's name in a template, or its address in a plan, that the value belongs to.
  public var address: String? {
    tree.address ?? derivedFrom?.address ?? outerString?.address
  }

  /// Where a part of a scalar stands, given as offsets of its decoded bytes: exactly where the
  /// text shows them one for one, else as little around them as can be told.
  package func place(ofContent part: Range<Int>) -> Place {
    var place = place
    guard kind != .object, kind != .array, kind != .reference else { return place }
    let length = withContent { $0.count }
    let start = min(max(part.lowerBound, 0), length)
    let end = min(max(part.upperBound, start), length)
    place.range = tree.sourceRange(contentOffsets[start..<end])
    return place
  }

  /// One RFC 6901 pointer in the file, then one for each document embedded as a string.
  public var pointer: [String] {
    if let derivation = tree.derivation, let copied = derivation.pointer {
      return derivation.tree.root.pointer.dropLast() + [copied + tree.pointer(to: index)]
    }
    return derivedFrom?.pointer ?? (outerString?.pointer ?? []) + [tree.pointer(to: index)]
  }

  /// The string that the value's document stands in.
  private var outerString: Node? {
    tree.outer.map { Node(tree: $0.tree, index: $0.index) }
  }

  /// The value of a template that this one was made from.
  private var derivedFrom: Node? {
    tree.derivation.map { Node(tree: $0.tree, index: Int($0.origins[index])) }
  }
}

extension Tree {
  /// The range in the source of a range of `text`.
  package func sourceRange(_ range: Range<Int>) -> Range<Int> {
    guard let offsets else { return range }
    return offsets[range]
  }

  /// The RFC 6901 pointer of an entry; a key has the pointer of its value.
  fileprivate func pointer(to target: Int) -> String {
    var pointer = ""
    var container = 0
    while container != target {
      let end = Int(entries[container].next)
      var child = container + 1
      var key = child
      var ordinal = 0
      if isFlat(container) {
        // Nothing to walk past: of a hundred thousand elements, the last is found like the first.
        child = target
        ordinal = target - container - 1
        if !ordinal.isMultiple(of: 2) { key = child - 1 }
      }
      while child < end, Int(entries[child].next) <= target {
        // Keys and values take turns, and a key holds nothing.
        if ordinal.isMultiple(of: 2) { key = child }
        child = Int(entries[child].next)
        ordinal += 1
      }
      guard child < end else { return pointer }
      if entries[container].kind == .object {
        let isKey = ordinal.isMultiple(of: 2)
        let name = Node(tree: self, index: isKey ? child : key).scalarText ?? ""
        pointer += "/" + Tree.escaped(name)
        if isKey { return pointer }
      } else {
        pointer += "/\(ordinal)"
      }
      container = child
    }
    return pointer
  }

  /// Whether every child of a container takes one entry, as scalars do.
  private func isFlat(_ container: Int) -> Bool {
    let entry = entries[container]
    let children = Int(entry.detail) * (entry.kind == .object ? 2 : 1)
    return Int(entry.next) - container - 1 == children
  }

  private static func escaped(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return name
    }
    var escaped = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
