/// The elements of an object by their names.
struct Elements {
  // A handful of short names: looking through them takes less time than hashing one.
  private var members: [(name: String, member: Node.Member)] = []
  private var doubled: [String] = []
  private var misspelled: [String] = []

  /// The element of a name; of doubled ones the last, as most readers take it.
  subscript(name: String) -> Node.Member? {
    for entry in members where entry.name == name { return entry.member }
    return nil
  }

  /// Whether an element is given more than once.
  func isDoubled(_ name: String) -> Bool { doubled.contains(name) }

  /// Whether an unknown element looks like this one, so that this one is not missing.
  func holdsMisspelled(_ name: String) -> Bool { misspelled.contains(name) }

  /// Adds an element; gives the one it takes the place of.
  fileprivate mutating func add(_ member: Node.Member, named name: String) -> Node.Member? {
    guard let position = members.firstIndex(where: { $0.name == name }) else {
      members.append((name, member))
      return nil
    }
    let first = members[position].member
    members[position].member = member
    if !doubled.contains(name) { doubled.append(name) }
    return first
  }

  fileprivate mutating func addMisspelled(_ name: String) {
    if !misspelled.contains(name) { misspelled.append(name) }
  }
}

extension PolicyReader {
  /// Sorts the members of an object by name; unknown and doubled ones are found fault with.
  ///
  /// Element names are case-sensitive: IAM answers "Unknown field statement" to `statement`.
  mutating func elements(of object: Node, known: [String], in owner: String) -> Elements {
    var elements = Elements()
    for member in object.members {
      let name = member.name
      if known.contains(name) {
        if let first = elements.add(member, named: name) {
          findings.report(.doubled(member, first: first))
        }
      } else {
        let meant = suggestion(for: name, among: known)
        if let meant { elements.addMisspelled(meant) }
        findings.report(.unknownElement(member, meant: meant, known: known, in: owner))
      }
    }
    return elements
  }

  /// The members of an object whose names are free.
  ///
  /// Doubled ones are found fault with, and of them the last counts, as most readers take it.
  mutating func uniqueMembers(of object: Node) -> [Node.Member] {
    var members: [Node.Member] = []
    members.reserveCapacity(object.count)
    var positions: [String: Int] = [:]
    // A hostile object has many members; with one there is nothing to compare.
    let isLonely = object.count < 2
    for member in object.members {
      guard !isLonely, let position = positions.updateValue(members.count, forKey: member.name)
      else {
        members.append(member)
        continue
      }
      positions[member.name] = position
      findings.report(.doubled(member, first: members[position]))
      members[position] = member
    }
    return members
  }
}

extension PolicyProblem {
  /// IAM User Guide, "Grammar of the IAM JSON policy language", section "Policy grammar notes":
  /// elements must not contain multiple instances of the same key.
  fileprivate static func doubled(_ member: Node.Member, first: Node.Member) -> Self {
    Self(
      "\(quoted(member.name)) is given twice", at: member.key.place,
      related: [Note("first given here", at: first.key.place)], help: "keep one of them")
  }

  fileprivate static func unknownElement(
    _ member: Node.Member, meant: String?, known: [String], in owner: String
  ) -> Self {
    let help: String
    if let meant {
      help =
        "did you mean `\(meant)`?"
        + (differOnlyInCase(meant, member.name) ? " (names of elements are case-sensitive)" : "")
    } else if owner == "a policy", PolicyReader.statementElements.contains(member.name) {
      help = "move it into a statement"
    } else {
      help = "\(owner) has only " + known.map { "`\($0)`" }.joined(separator: ", ")
    }
    return Self(
      "unknown element \(quoted(member.name)) in \(owner)", at: member.key.place, help: help)
  }

  static func wrongType(_ name: String, _ value: Node, wanted: String) -> Self {
    Self("`\(name)` takes \(wanted), not \(value.kind.noun)", at: value.place)
  }
}
