import PolicyModel

/// A value of a document, with what it stands in.
struct Target {
  /// The value.
  let node: Node
  /// Its key, in an object.
  let key: Node?
  /// What holds it; nil for the whole document.
  let parent: Node?

  /// Whether an alias leads to it, so that its text is that of other places too.
  let isAliased: Bool

  /// Finds the value that the first of a place's pointers points at; nil where it is not there.
  init?(_ place: Place, in document: DocumentText) {
    guard let pointer = place.pointer.first else { return nil }
    var node = document.tree.root
    var key: Node?
    var parent: Node?
    var isAliased = false
    for token in Self.tokens(of: pointer) {
      isAliased = isAliased || node.entry.flags.contains(.aliased)
      parent = node
      switch node.kind {
      case .object:
        let members = node.members.filter { $0.name == token }
        guard
          let member = members.first(where: { Self.holds($0, place) }) ?? members.last
        else { return nil }
        key = member.key
        node = member.value
      case .array:
        guard let index = Int(token),
          let element = node.elements.dropFirst(index).first(where: { _ in true })
        else { return nil }
        key = nil
        node = element
      case .null, .boolean, .number, .string, .reference: return nil
      }
    }
    self.node = node
    self.key = key
    self.parent = parent
    self.isAliased =
      isAliased || node.entry.flags.contains(.aliased)
      || key?.entry.flags.contains(.aliased) == true
  }

  private static func holds(_ member: Node.Member, _ place: Place) -> Bool {
    member.key.range.lowerBound <= place.range.lowerBound
      && place.range.upperBound <= max(member.value.range.upperBound, member.key.range.upperBound)
  }

  /// The names and positions of an RFC 6901 pointer.
  private static func tokens(of pointer: String) -> [String] {
    pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { token in
      var text = ""
      var isEscape = false
      for scalar in token.unicodeScalars {
        switch (isEscape, scalar) {
        case (true, "0"): text += "~"
        case (true, "1"): text += "/"
        case (true, _): text.unicodeScalars.append(scalar)
        case (false, "~"): break
        case (false, _): text.unicodeScalars.append(scalar)
        }
        isEscape = !isEscape && scalar == "~"
      }
      return text
    }
  }
}
