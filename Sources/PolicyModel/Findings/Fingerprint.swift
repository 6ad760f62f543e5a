/// Names findings so that the same finding has the same name in a later run.
///
/// A fingerprint is made of what a finding is about, never of where in the file that stands: the
/// rule, the path, the copy, the way through the document by names (a statement by its `Sid`, never
/// by its number) and the flagged text without white space. Lines that are inserted above, other
/// indentation and statements in another order change nothing. Findings that are alike in all of
/// this are numbered.
package struct Fingerprints {
  /// Changes with what a fingerprint is made of.
  private static let version = "1"

  private let path: (String) -> String
  private var trees: [Source: Tree?] = [:]
  /// What was looked up once, so that many findings in one document take linear time.
  private var embedded: [NodeID: Tree?] = [:]
  private var members: [MemberID: Node?] = [:]
  private var elements: [NodeID: [Node]] = [:]
  private var counts: [UInt64: Int] = [:]

  /// Prepares for the findings of one report; `path` says how a path looks from a place that is the
  /// same in every run.
  package init(path: @escaping (String) -> String = { $0 }) { self.path = path }

  /// The fingerprint of the next finding: sixteen hexadecimal digits and the number among those
  /// that are alike.
  package mutating func next(_ finding: Finding) -> String {
    var hash = FowlerNollVoHash()
    hash.combine(Self.version)
    hash.combine(finding.rule.name)
    hash.combine(finding.copy ?? "")
    if let place = finding.place {
      hash.combine(path(place.source.path))
      hash.combine(place.address ?? "")
      for name in names(on: place) { hash.combine(name) }
      hash.combine(
        place.source.text[clamped(place.range, to: place.source)].lazy.filter { byte in
          !(byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D)
        })
    } else {
      hash.combine(finding.message)
    }
    let count = (counts[hash.value] ?? 0) + 1
    counts[hash.value] = count
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits + ":\(count)"
  }

  private func clamped(_ range: Range<Int>, to source: Source) -> Range<Int> {
    range.clamped(to: 0..<source.text.count)
  }

  // MARK: - The way through the document

  /// The steps of the place's pointers, elements of arrays by the name that they give themselves.
  private mutating func names(on place: Place) -> [String] { steps(on: place).map(\.name) }

  /// The name of the statement that a place stands in; nil where it stands in none, or in one
  /// without a name.
  package mutating func sid(at place: Place) -> String? {
    let steps = steps(on: place)
    guard let list = steps.lastIndex(where: { $0.name == "Statement" || $0.name == "statement" })
    else { return nil }
    let statement =
      steps[list].node?.kind == .array
      ? (steps.indices.contains(list + 1) ? steps[list + 1].node : nil) : steps[list].node
    return (statement?["Sid"] ?? statement?["sid"])?.string
  }

  /// One step of a place's pointers: its name, and the value that it leads to where there is one.
  private struct Step {
    var name: String
    var node: Node?
  }

  private mutating func steps(on place: Place) -> [Step] {
    var node = tree(of: place.source)?.root
    var steps: [Step] = []
    for (index, pointer) in place.pointer.enumerated() {
      if index > 0 {
        node = node.flatMap { document(in: $0) }?.root
        steps.append(Step(name: "document", node: node))
      }
      for step in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
        let name = Self.unescaped(step)
        guard let container = node else {
          steps.append(Step(name: Int(name) == nil ? name : "-"))
          continue
        }
        if container.kind == .array {
          let elements = elements(of: container)
          node = Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
          steps.append(Step(name: node?.ownName ?? "-", node: node))
        } else {
          node = member(name, of: container)
          steps.append(Step(name: name, node: node))
        }
      }
    }
    return steps
  }

  private mutating func tree(of source: Source) -> Tree? {
    if let known = trees[source] { return known }
    let tree = try? Tree.parse(source)
    trees[source] = .some(tree)
    return tree
  }

  private mutating func document(in node: Node) -> Tree? {
    let id = NodeID(node)
    if let known = embedded[id] { return known }
    let tree = try? node.embeddedDocument()
    embedded[id] = .some(tree)
    return tree
  }

  /// The value of a member: hundreds of findings may be about one of an object of millions.
  private mutating func member(_ name: String, of object: Node) -> Node? {
    let id = MemberID(object: NodeID(object), name: name)
    if let known = members[id] { return known }
    let found = object[named: name]
    members[id] = .some(found)
    return found
  }

  private struct MemberID: Hashable {
    var object: NodeID
    var name: String
  }

  private mutating func elements(of array: Node) -> [Node] {
    let id = NodeID(array)
    if let known = elements[id] { return known }
    let found = Array(array.elements)
    elements[id] = found
    return found
  }

  /// A value of a tree that is kept in `trees` or `embedded`.
  private struct NodeID: Hashable {
    private let tree: ObjectIdentifier
    private let index: Int

    init(_ node: Node) {
      tree = ObjectIdentifier(node.tree)
      index = node.index
    }
  }

  /// A step of an RFC 6901 pointer as the name that it stands for.
  private static func unescaped(_ step: Substring) -> String {
    step.split(separator: "~1", omittingEmptySubsequences: false).map {
      $0.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
    }.joined(separator: "/")
  }
}

extension Node {
  /// What an element of an array calls itself: a statement's `Sid`, the name of a policy or resource.
  fileprivate var ownName: String? {
    let names = [self["Sid"], self["PolicyName"], self["address"], self["name"], self["Name"]]
    return names.lazy.compactMap { $0?.string }.first
  }
}

/// The 64-bit hash FNV-1a: a few lines, and the same on every machine.
private struct FowlerNollVoHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ text: String) { combine(text.utf8) }

  /// Takes in a part, set apart from the next.
  mutating func combine(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { combine(byte) }
    combine(0xFF)
  }

  private mutating func combine(_ byte: UInt8) {
    value ^= UInt64(byte)
    value &*= 0x100_0000_01B3
  }
}
