import PolicyModel

/// A value of a document, with what it stands in.
struct Target {
  /// The value.
  let node: Node
  /// Its key, in an object.
  let key: Node?
  /// What holds it; nil for the whole document.
  let parent: Node?

  /// Finds the value that a place points at; nil where it is not there, or stands elsewhere too.
  init?(_ place: Place, in document: DocumentText) {
    guard place.pointer.count == 1, let pointer = place.pointer.first else { return nil }
    var node = document.tree.root
    var key: Node?
    var parent: Node?
    for token in Self.tokens(of: pointer) {
      // What an alias leads to is the text of another place too.
      guard !node.entry.flags.contains(.aliased) else { return nil }
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
    guard !node.entry.flags.contains(.aliased), key?.entry.flags.contains(.aliased) != true else {
      return nil
    }
    self.node = node
    self.key = key
    self.parent = parent
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
