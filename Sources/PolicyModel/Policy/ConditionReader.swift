extension PolicyReader {
  /// Reads the value of Condition: operators, keys, values.
  mutating func conditions(_ block: Node) -> [Condition] {
    guard block.kind == .object else {
      if block.kind == .reference {
        hidesElements = true
      } else {
        findings.report(.wrongType("Condition", block, wanted: "an object"))
      }
      return []
    }
    var conditions: [Condition] = []
    for entry in uniqueMembers(of: block) {
      let comparison = comparison(entry)
      guard entry.value.kind == .object else {
        if entry.value.kind == .reference {
          hidesElements = true
        } else {
          findings.report(.noKeys(entry))
        }
        continue
      }
      conditions += self.conditions(entry, comparison)
    }
    return conditions
  }

  private mutating func comparison(_ entry: Node.Member) -> ConditionOperator? {
    let name = entry.name
    guard let comparison = ConditionOperator(name: name) else {
      findings.report(.error, .unknownConditionOperator, .unknownOperator(name, entry.key))
      return nil
    }
    // IAM User Guide, "Condition operators", section "...IfExists condition operators": to the end
    // of any operator except `Null`.
    if comparison.base == .null, comparison.ifExists {
      findings.report(.nullWithIfExists(name, entry.key))
    }
    return comparison
  }

  private mutating func conditions(
    _ entry: Node.Member, _ comparison: ConditionOperator?
  ) -> [Condition] {
    var conditions: [Condition] = []
    let members = uniqueMembers(of: entry.value)
    var spellings: [String: Node] = [:]
    for member in members {
      let key = member.name
      // IAM: "Conditions must be prefaced by a vendor".
      if !key.utf8.contains(UInt8(ascii: ":")) { findings.report(.keyWithoutService(member)) }
      if members.count > 1 { checkSpelling(member, &spellings) }
      let values = values(of: member)
      for value in values {
        watchVariables(in: value)
        if let comparison { check(value, comparison.base) }
      }
      conditions.append(
        Condition(
          comparison: comparison, operatorNode: entry.key, key: key, keyNode: member.key,
          values: values, valueNode: member.value))
    }
    return conditions
  }

  private mutating func checkSpelling(
    _ member: Node.Member, _ spellings: inout [String: Node]
  ) {
    // IAM User Guide, "Access Analyzer policy check reference", section "Duplicate keys with
    // different case".
    if let first = spellings.updateValue(member.key, forKey: member.name.lowercased()) {
      findings.report(.warning, .policyGrammar, .respelledKey(member, first: first))
    }
  }

  /// The values of a key, numbers and Booleans as their text (IAM User Guide, "Grammar of the IAM
  /// JSON policy language": quotation marks are optional for them).
  private mutating func values(of member: Node.Member) -> [PolicyString] {
    var values: [PolicyString] = []
    for node in member.value.oneOrMany {
      switch node.kind {
      case .string, .reference:
        if let text = node.policyText { values.append(PolicyString(text, node)) }
      case .number, .boolean:
        values.append(PolicyString(.literal(node.scalarText ?? ""), node))
      case .null, .array, .object:
        findings.report(.noValue(member, node))
      }
    }
    if member.value.kind == .array, member.value.count == 0 {
      findings.report(.warning, .policyGrammar, .noValues(member))
    }
    return values
  }
}

// MARK: - Values

extension PolicyReader {
  /// Finds fault with a value that its operator cannot read.
  private mutating func check(_ value: PolicyString, _ base: ConditionOperator.Base) {
    guard let text = value.text.literal, !base.canRead(text), value.text.firstVariable == nil
    else { return }
    findings.report(.error, .malformedConditionValue, .unreadable(text, value.node, base))
  }
}

extension ConditionOperator.Base {
  /// Whether a text is a value of the operator (IAM User Guide, "Condition operators").
  fileprivate func canRead(_ text: String) -> Bool {
    switch self {
    case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase,
      .stringLike, .stringNotLike:
      true
    case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
      .numericGreaterThan, .numericGreaterThanEquals:
      PolicyNumber(text) != nil
    case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan,
      .dateGreaterThanEquals:
      PolicyDate(text) != nil
    case .bool, .null:
      PolicyBoolean(text) != nil
    case .binaryEquals:
      decodeBase64(text) != nil
    case .ipAddress, .notIPAddress:
      IPNetwork(text) != nil
    case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike:
      // A pattern of fewer than six parts may be short for more, and nothing says that AWS refuses
      // it.
      hasWildcard(text) || ARNParts(text)?.prefix == "arn"
    }
  }

  /// What the operator's values look like, for help.
  fileprivate var example: String {
    switch self {
    case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase,
      .stringLike, .stringNotLike:
      "write a string"
    case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
      .numericGreaterThan, .numericGreaterThanEquals:
      "write a number, as in `10` or `1.2`"
    case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan,
      .dateGreaterThanEquals:
      "write a date, as in `2026-05-31T00:00:00Z`, or seconds since 1970"
    case .bool, .null: "write `true` or `false`"
    case .binaryEquals: "write base64, as in `QmluYXJ5`"
    case .ipAddress, .notIPAddress: "write an address or a range, as in `203.0.113.0/24`"
    case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike:
      "write an ARN of six parts, as in `arn:aws:s3:::bucket`"
    }
  }
}

// MARK: - Messages

extension PolicyProblem {
  fileprivate static func noKeys(_ entry: Node.Member) -> Self {
    Self(
      "\(quoted(entry.name)) takes an object of condition keys, not \(entry.value.kind.noun)",
      at: entry.value.place,
      help: #"write the operator, then the key, as in `{"StringEquals": {"aws:SourceArn": …}}`"#)
  }

  fileprivate static func unknownOperator(_ name: String, _ key: Node) -> Self {
    let help: String
    if let meant = ConditionOperator.suggestion(for: name) {
      help =
        "did you mean `\(meant)`?"
        + (differOnlyInCase(meant, name) ? " (operators are case-sensitive)" : "")
    } else if name.utf8.contains(UInt8(ascii: ":")) {
      help = #"write the operator before the key, as in `{"StringEquals": {"aws:SourceArn": …}}`"#
    } else {
      help = "use one of IAM's operators, such as `StringEquals` or `ArnLike`"
    }
    return Self("unknown condition operator \(quoted(name))", at: key.place, help: help)
  }

  fileprivate static func nullWithIfExists(_ name: String, _ key: Node) -> Self {
    Self(
      "\(quoted(name)) joins `Null` and `IfExists`, which IAM refuses", at: key.place,
      help: "write `Null`, which tests whether the key exists")
  }

  fileprivate static func keyWithoutService(_ member: Node.Member) -> Self {
    let keys = ["aws:SourceArn", "aws:SourceAccount", "aws:PrincipalArn", "aws:SourceIp"]
    let meant = keys.first {
      differOnlyInCase("aws:" + member.name, $0) || "aws:" + member.name == $0
    }
    return Self(
      "condition key \(quoted(member.name)) names no service", at: member.key.place,
      help: meant.map { "did you mean `\($0)`?" }
        ?? "write `aws` or the service and a colon before the key, as in `aws:SourceArn`")
  }

  fileprivate static func respelledKey(_ member: Node.Member, first: Node) -> Self {
    Self(
      "condition key \(quoted(member.name)) is given twice, in different case",
      at: member.key.place, related: [Note("first given here", at: first.place)],
      help: "condition keys are alike in any case: join the values in one list")
  }

  fileprivate static func noValue(_ member: Node.Member, _ node: Node) -> Self {
    Self(
      "\(quoted(member.name)) is compared with strings, numbers or Booleans, not \(node.kind.noun)",
      at: node.place)
  }

  fileprivate static func noValues(_ member: Node.Member) -> Self {
    Self(
      "\(quoted(member.name)) is compared with an empty list", at: member.value.place,
      help: "add a value, or remove the condition")
  }

  fileprivate static func unreadable(
    _ text: String, _ node: Node, _ base: ConditionOperator.Base
  ) -> Self {
    Self("`\(base.rawValue)` cannot read \(quoted(text))", at: node.place, help: base.example)
  }
}
