import PolicyModel

/// Reads a manifest's tree and collects what is wrong with it.
struct ManifestReader {
  var manifest: Manifest
  var problems: [Manifest.Problem] = []

  init(_ manifest: Manifest) { self.manifest = manifest }

  /// The settings of a manifest.
  static let settings = [
    "version", "copies", "ignore", "severity", "rules", "fail-on", "strict",
  ]

  /// The settings of an entry of `ignore`.
  static let ignoreSettings = ["rule", "path", "sid", "reason", "expires"]

  mutating func read(_ root: Node) {
    guard root.kind == .object else {
      report("a manifest is a mapping of settings such as `copies`", at: root)
      return
    }
    checkNames(of: root, among: Self.settings)
    readVersion(root)
    for copy in list(root, "copies") { readCopy(copy) }
    for entry in list(root, "ignore") { readIgnore(entry) }
    readSeverities(root["severity"])
    manifest.rules = (root["rules"]?.oneOrMany ?? []).compactMap { pattern($0) }
    manifest.failOn = root["fail-on"].flatMap { severity($0) }
    manifest.isStrict = root["strict"].flatMap { boolean($0) }
  }

  private mutating func readVersion(_ root: Node) {
    guard let version = root["version"] else {
      report("`version` is missing", at: root, help: "begin with `version: 1`")
      return
    }
    guard version.integer == 1 else {
      report(
        "this program reads version 1 of the manifest", at: version, help: "write `version: 1`")
      return
    }
  }

  private mutating func readIgnore(_ entry: Node) {
    guard entry.kind == .object else {
      report("an entry of `ignore` names a `rule` and a `reason`", at: entry)
      return
    }
    checkNames(of: entry, among: Self.ignoreSettings, of: "ignore")
    guard let rule = required("rule", in: entry).flatMap({ text($0) }),
      let reason = required("reason", in: entry).flatMap({ text($0) })
    else { return }
    var expires: CivilDate?
    if let node = entry["expires"] {
      guard let day = node.scalarText.flatMap(Timestamp.init(iso8601:))?.date else {
        report("`expires` is not a day", at: node, help: "write it as `2027-03-01`")
        return
      }
      expires = day
    }
    manifest.ignores.append(
      Manifest.Ignore(
        rule: RuleID(rule), path: entry["path"].flatMap { pattern($0) },
        sid: entry["sid"].flatMap { text($0) }, reason: reason, expires: expires,
        place: (entry["rule"] ?? entry).place))
  }

  private mutating func readSeverities(_ node: Node?) {
    guard let node else { return }
    guard node.kind == .object else {
      report(
        "`severity` is a mapping of rules to severities", at: node,
        help: "write it as `severity: {confused-deputy: error}`")
      return
    }
    for member in node.members {
      guard let severity = severity(member.value) else { continue }
      manifest.severities.append(
        Manifest.SeverityChange(
          rule: RuleID(member.name), severity: severity, place: member.key.place))
    }
  }
}

// MARK: - Values

extension ManifestReader {
  mutating func report(_ message: String, at node: Node, help: String? = nil) {
    problems.append(Manifest.Problem(message: message, place: node.place, help: help))
  }

  /// Reports settings that are not known or given twice.
  mutating func checkNames(of object: Node, among known: [String], of owner: String? = nil) {
    var seen: Set<String> = []
    for member in object.members {
      let name = member.name
      if !seen.insert(name).inserted { report("`\(name)` is given twice", at: member.key) }
      guard !known.contains(name) else { continue }
      report(
        "unknown setting `\(name)`\(owner.map { " of `\($0)`" } ?? "")", at: member.key,
        help: suggestion(for: name, among: known).map { "did you mean `\($0)`?" }
          ?? "known are \(known.map { "`\($0)`" }.joined(separator: ", "))")
    }
  }

  /// The elements of a setting that is a list; a problem where it is none.
  mutating func list(_ object: Node, _ name: StaticString) -> [Node] {
    guard let value = object[name], value.kind != .null else { return [] }
    guard value.kind == .array else {
      report("`\(name)` is a list", at: value, help: "begin each entry with `- `")
      return []
    }
    return Array(value.elements)
  }

  mutating func required(_ name: StaticString, in object: Node) -> Node? {
    if let value = object[name] { return value }
    report("`\(name)` is missing", at: object)
    return nil
  }

  /// A text that is not empty; numbers and the like count as they are written.
  mutating func text(_ node: Node) -> String? {
    guard let text = node.scalarText, node.kind != .null, text.utf8.contains(where: { $0 > 0x20 })
    else {
      report("expected a text", at: node)
      return nil
    }
    return text
  }

  mutating func pattern(_ node: Node) -> Manifest.Pattern? {
    text(node).map { Manifest.Pattern(text: $0, place: node.place) }
  }

  private mutating func boolean(_ node: Node) -> Bool? {
    guard let value = node.boolean else {
      report("expected `true` or `false`", at: node)
      return nil
    }
    return value
  }

  private mutating func severity(_ node: Node) -> Severity? {
    guard let severity = node.scalarText.flatMap(Severity.init(name:)) else {
      report(
        "`\(node.scalarText ?? "…")` is not a severity", at: node,
        help: "write `error`, `warning` or `note`")
      return nil
    }
    return severity
  }
}
