extension PolicyReader {
  /// Finds fault with a character that the service cannot take in a policy.
  ///
  /// IAM and AWS STS API References, `PolicyDocument`, and AWS KMS API Reference, `PutKeyPolicy`:
  /// tab, line feed, carriage return, and U+0020 to U+00FF. What is written as an escape is plain
  /// text on its way there.
  mutating func checkCharacters(of statement: Node) {
    guard kind.isLimitedToLatin, let (string, character) = firstOtherCharacter(in: statement)
    else { return }
    findings.report(.otherCharacter(string, character, kind))
  }

  /// The first string with such a character, and where in its content the character stands.
  private func firstOtherCharacter(in node: Node) -> (string: Node, character: Range<Int>)? {
    let entry = node.entry
    let isPlain = node.tree.text[Int(entry.start)..<Int(entry.end)].allSatisfy {
      !isBeyondLatin($0)
    }
    // The text of an alias stands elsewhere.
    guard !isPlain || entry.flags.contains(.aliased) else { return nil }
    for index in node.index..<max(node.index, Int(entry.next)) {
      let value = Node(tree: node.tree, index: index)
      guard value.kind == .string, !value.entry.flags.contains(.decoded) else { continue }
      let character = value.withContent { bytes -> Range<Int>? in
        guard let start = bytes.firstIndex(where: isBeyondLatin) else { return nil }
        let rest = bytes[(start + 1)...].prefix { $0 & 0xC0 == 0x80 }
        return start - bytes.startIndex..<rest.endIndex - bytes.startIndex
      }
      if let character { return (value, character) }
    }
    return nil
  }
}

/// Whether a byte begins a character after U+00FF.
private func isBeyondLatin(_ byte: UInt8) -> Bool { byte >= 0xC4 }

extension PolicyKind {
  /// Whether the service that takes the policy takes characters up to U+00FF alone.
  fileprivate var isLimitedToLatin: Bool {
    switch self {
    case .identity, .trust, .boundary, .session, .key: true
    case .bucket, .serviceControl, .resourceControl, .resource: false
    }
  }
}

extension PolicyProblem {
  fileprivate static func otherCharacter(
    _ string: Node, _ character: Range<Int>, _ kind: PolicyKind
  ) -> Self {
    let text = string.withContent { bytes in
      String(decoding: bytes.dropFirst(character.lowerBound).prefix(character.count), as: UTF8.self)
    }
    return Self(
      "\(kind.noun) cannot hold the character \(quoted(text))",
      at: string.place(ofContent: character), help: "use characters up to U+00FF alone")
  }
}
