extension PolicyReader {
  static let statementElements = [
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource",
    "Condition",
  ]

  /// Reads one statement, an object.
  mutating func statement(_ node: Node, at index: Int) -> Statement {
    let errorsBefore = findings.errorCount
    hidesElements = false
    let elements = elements(of: node, known: Self.statementElements, in: "a statement")
    let sid = elements["Sid"].flatMap { self.sid($0.value) }
    let effect = effect(elements, of: node)
    let principals = principals(elements, effect: effect, of: node)
    let actions = actions(elements, of: node)
    let resources = resources(elements, of: node)
    let conditions = elements["Condition"].map { self.conditions($0.value) } ?? []
    checkCharacters(of: node)
    return Statement(
      index: index, sid: sid, node: node, effect: effect, effectNode: elements["Effect"]?.value,
      principals: principals, actions: actions, resources: resources, conditions: conditions,
      isWellFormed: findings.errorCount == errorsBefore && !hidesElements)
  }

  /// The one of two elements that exclude each other which is there; of both the second one.
  mutating func oneOf(
    _ name: String, _ negated: String, _ elements: Elements
  ) -> Node.Member? {
    guard let plain = elements[name] else { return elements[negated] }
    guard let other = elements[negated] else { return plain }
    let isPlainFirst = plain.key.range.lowerBound <= other.key.range.lowerBound
    let (first, second) = isPlainFirst ? (plain, other) : (other, plain)
    findings.report(.both(name, negated, first: first, second: second))
    return second
  }

  /// Whether a statement lacks both of two elements, misspelled ones counting as given.
  func lacks(_ name: String, _ negated: String, _ elements: Elements) -> Bool {
    elements[name] == nil && elements[negated] == nil && !elements.holdsMisspelled(name)
      && !elements.holdsMisspelled(negated)
  }

  /// Does something without finding fault: for elements that should not be there at all.
  mutating func withoutFindings<Result>(_ body: (inout PolicyReader) -> Result) -> Result {
    let before = findings
    let result = body(&self)
    findings = before
    return result
  }
}

// MARK: - Sid and Effect

extension PolicyReader {
  private mutating func sid(_ value: Node) -> String? {
    guard let sid = value.string else {
      if value.kind != .reference {
        findings.report(.wrongType("Sid", value, wanted: "a string"))
      }
      return nil
    }
    guard kind.isCheckedByIAM, !sid.isEmpty else { return sid }
    // IAM: "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular
    // expression [0-9A-Za-z]*"; S3 and KMS take spaces too.
    if !sid.utf8.allSatisfy(isLetterOrDigit) { findings.report(.oddSid(sid, value)) }
    // IAM User Guide, "IAM JSON policy elements: Sid": unique within a JSON policy.
    if let first = sids[sid] {
      findings.report(.doubledSid(sid, value, first: first))
    } else {
      sids[sid] = value
    }
    return sid
  }

  private mutating func effect(_ elements: Elements, of statement: Node) -> Effect? {
    guard let value = elements["Effect"]?.value else {
      if !elements.holdsMisspelled("Effect") { findings.report(.noEffect(statement)) }
      return nil
    }
    switch value.string {
    case "Allow": return .allow
    case "Deny": return .deny
    default: break
    }
    switch value.kind {
    case .string: findings.report(.unknownEffect(value))
    case .reference: break
    case .null, .boolean, .number, .array, .object:
      findings.report(.wrongType("Effect", value, wanted: "`Allow` or `Deny`"))
    }
    return nil
  }
}

extension PolicyKind {
  /// Whether IAM itself checks the policy when it is saved.
  var isCheckedByIAM: Bool {
    switch self {
    case .identity, .trust, .boundary, .session: true
    case .bucket, .key, .serviceControl, .resourceControl, .resource: false
    }
  }
}

/// Whether a byte is an ASCII letter or digit.
func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "a")...UInt8(ascii: "z"):
    true
  default: false
  }
}

// MARK: - Messages

extension PolicyProblem {
  /// IAM User Guide, "Access Analyzer policy check reference", section "Unsupported element
  /// combination".
  fileprivate static func both(
    _ name: String, _ negated: String, first: Node.Member, second: Node.Member
  ) -> Self {
    Self(
      "statement has both `\(name)` and `\(negated)`", at: second.key.place,
      related: [Note("`\(first.name)` is given here", at: first.key.place)],
      help: "keep one of them, or make two statements")
  }

  fileprivate static func oddSid(_ sid: String, _ value: Node) -> Self {
    Self(
      "`Sid` \(quoted(sid)) holds more than letters and digits", at: value.place,
      help: "use only letters A to Z and digits: IAM refuses others")
  }

  fileprivate static func doubledSid(_ sid: String, _ value: Node, first: Node) -> Self {
    Self(
      "`Sid` \(quoted(sid)) is used twice", at: value.place,
      related: [Note("first used here", at: first.place)],
      help: "give each statement a name of its own")
  }

  fileprivate static func noEffect(_ statement: Node) -> Self {
    Self(
      "statement has no `Effect`", at: statement.headPlace,
      help: #"add `"Effect": "Allow"` or `"Effect": "Deny"`"#)
  }

  fileprivate static func unknownEffect(_ value: Node) -> Self {
    let effect = value.string ?? ""
    let help: String
    if let meant = suggestion(for: effect, among: ["Allow", "Deny"]) {
      help =
        "did you mean `\(meant)`?"
        + (differOnlyInCase(meant, effect) ? " (effects are case-sensitive)" : "")
    } else {
      help = "write `Allow` or `Deny`"
    }
    return Self("unknown effect \(quoted(effect))", at: value.place, help: help)
  }
}
