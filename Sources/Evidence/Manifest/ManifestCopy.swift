import PolicyModel

extension ManifestReader {
  /// The settings of a copy that name documents.
  static let documentSettings = [
    "role", "trust", "bucket", "key", "boundary", "scp", "rcp", "caller-policy", "documents",
  ]

  /// All settings of a copy.
  static let copySettings =
    ["name"] + documentSettings + FactName.allCases.map(\.rawValue) + ["as-of", "parameter"]

  /// Settings of a copy that may be given once only; the others take one value or a list.
  private static let singleSettings: Set = ["trust", "bucket", "boundary"]

  mutating func readCopy(_ node: Node) {
    guard node.kind == .object else {
      report("a copy is a mapping of settings such as `name` and `role`", at: node)
      return
    }
    checkNames(of: node, among: Self.copySettings, of: "copies")
    guard let name = required("name", in: node).flatMap({ text($0) }) else { return }
    if manifest.copies.contains(where: { $0.name == name }) {
      report("there are two copies named `\(name)`", at: node["name"] ?? node)
    }
    var copy = Manifest.Copy(name: name, place: node.place)
    for member in node.members { read(member, into: &copy) }
    manifest.copies.append(copy)
  }

  private mutating func read(_ member: Node.Member, into copy: inout Manifest.Copy) {
    let name = member.name
    if Self.documentSettings.contains(name) {
      readDocuments(name, member.value, into: &copy)
    } else if let fact = FactName(rawValue: name) {
      readFact(fact, member.value, into: &copy)
    } else if name == "as-of" {
      copy.asOf = member.value.scalarText.flatMap(Timestamp.init(iso8601:))
      if copy.asOf == nil {
        report(
          "`as-of` is not a time", at: member.value,
          help: "give it as `2026-01-31` or `2026-01-31T00:00:00Z`")
      }
    } else if name == "parameter" {
      readParameters(member.value, into: &copy)
    }
  }

  private mutating func readFact(
    _ fact: FactName, _ node: Node, into copy: inout Manifest.Copy
  ) {
    let values = fact == .keyARN ? node.oneOrMany : [node]
    for value in values {
      guard let text = text(value) else { continue }
      do throws(StatedFact.Malformed) {
        copy.facts.append(
          try StatedFact(
            fact, text, origin: "`\(fact.rawValue)` of `lint-copy.yaml`", at: value.place))
      } catch {
        report("\(error.message), as `\(fact.rawValue)` wants it", at: value, help: error.help)
      }
    }
  }

  private mutating func readParameters(_ node: Node, into copy: inout Manifest.Copy) {
    if node.kind == .object {
      for member in node.members {
        if let value = text(member.value) { copy.parameters[member.name] = value }
      }
      return
    }
    for value in node.oneOrMany {
      guard let text = text(value) else { continue }
      guard let parts = text.parted(at: "=") else {
        report(
          "`\(text)` is not a parameter with its value", at: value,
          help: "write it as `NAME=VALUE`, or `parameter` as a mapping")
        continue
      }
      copy.parameters[parts.name] = parts.rest
    }
  }
}

// MARK: - Documents

extension ManifestReader {
  private mutating func readDocuments(
    _ setting: String, _ node: Node, into copy: inout Manifest.Copy
  ) {
    let values = node.oneOrMany
    if Self.singleSettings.contains(setting), values.count != 1 {
      report("`\(setting)` is one document", at: node)
      return
    }
    for value in values {
      guard let (use, pattern) = reference(setting, value) else { continue }
      if pattern.text == "none", use != .anything {
        copy.absences.append(
          Absence(
            of: use, origin: "`\(setting): none` of `lint-copy.yaml`", at: value.place))
      } else {
        copy.references.append(Manifest.Reference(use: use, pattern: pattern))
      }
    }
  }

  /// What a value of a document setting names.
  private mutating func reference(
    _ setting: String, _ node: Node
  ) -> (Document.Use, Manifest.Pattern)? {
    switch setting {
    case "role": pattern(node).map { (.role, $0) }
    case "trust": pattern(node).map { (.trust, $0) }
    case "bucket": pattern(node).map { (.bucket, $0) }
    case "boundary": pattern(node).map { (.boundary, $0) }
    case "caller-policy": pattern(node).map { (.caller, $0) }
    case "key":
      labelled(node, by: "arn", isLabel: { $0.hasPrefix("arn:") }).map {
        (.key(arn: $0.label), $0.pattern)
      }
    case "scp":
      labelled(node, by: "level", isLabel: Self.isLevel).map {
        (.serviceControl(level: $0.label), $0.pattern)
      }
    case "rcp":
      labelled(node, by: "level", isLabel: Self.isLevel).map {
        (.resourceControl(level: $0.label), $0.pattern)
      }
    default: pattern(node).map { (.anything, $0) }
    }
  }

  /// A level's name has no slash, as only a path has.
  private static func isLevel(_ text: String) -> Bool { !text.isEmpty && !text.contains("/") }

  /// `FILE`, `LABEL=FILE` as an option takes it, or `{LABEL: …, file: FILE}`.
  private mutating func labelled(
    _ node: Node, by name: String, isLabel: (String) -> Bool
  ) -> (label: String?, pattern: Manifest.Pattern)? {
    if node.kind == .object {
      checkNames(of: node, among: [name, "file"])
      let label = node[named: name].flatMap { text($0) }
      return required("file", in: node).flatMap { pattern($0) }.map { (label, $0) }
    }
    guard let pattern = pattern(node) else { return nil }
    guard let parts = pattern.text.parted(at: "="), isLabel(parts.name) else {
      return (nil, pattern)
    }
    return (parts.name, Manifest.Pattern(text: parts.rest, place: pattern.place))
  }
}

extension String {
  /// What stands before and after the first separator; nil without one.
  fileprivate func parted(at separator: Unicode.Scalar) -> (name: String, rest: String)? {
    guard let at = unicodeScalars.firstIndex(of: separator) else { return nil }
    return (String(self[..<at]), String(self[unicodeScalars.index(after: at)...]))
  }
}
