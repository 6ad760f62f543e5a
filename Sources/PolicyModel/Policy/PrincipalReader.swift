extension PolicyReader {
  mutating func principals(
    _ elements: Elements, effect: Effect?, of statement: Node
  ) -> Statement.Clause<PrincipalItem>? {
    guard kind.namesPrincipals else { return principalsOutOfPlace(elements) }
    guard let member = oneOf("Principal", "NotPrincipal", elements) else {
      if lacks("Principal", "NotPrincipal", elements) {
        findings.report(.noPrincipal(statement, kind))
      }
      return nil
    }
    let isNegated = member.name == "NotPrincipal"
    if isNegated { checkNegation(member, effect) }
    return Statement.Clause(
      isNegated: isNegated, items: items(of: member), node: member.value, keyNode: member.key)
  }

  /// IAM answers "Has prohibited field Principal" to policies that are about whom they are
  /// attached to.
  private mutating func principalsOutOfPlace(
    _ elements: Elements
  ) -> Statement.Clause<PrincipalItem>? {
    for name in ["Principal", "NotPrincipal"] {
      guard let member = elements[name] else { continue }
      let items = withoutFindings { $0.items(of: member) }
      findings.report(
        .misplaced(member, kind, "remove it: the policy is about whom it is attached to"))
      return Statement.Clause(
        isNegated: name == "NotPrincipal", items: items, node: member.value, keyNode: member.key)
    }
    return nil
  }

  /// IAM User Guide, "AWS JSON policy elements: NotPrincipal": not in trust policies, not in
  /// resource control policies, not with `Allow` ("Allow with NotPrincipal is not allowed.").
  private mutating func checkNegation(_ member: Node.Member, _ effect: Effect?) {
    if kind == .trust || kind == .resourceControl {
      findings.report(.misplaced(member, kind, "name the principals in `Principal`"))
    } else if effect == .allow {
      findings.report(.allowedNegation(member))
    }
  }

  private mutating func items(of member: Node.Member) -> [PrincipalItem] {
    let value = member.value
    switch value.kind {
    case .object:
      return items(ofMap: member)
    case .reference:
      // It may be `*`, or a map in the place of the reference.
      hidesElements = true
      return value.policyText.map { [PrincipalItem(kind: .aws, text: $0, node: value)] } ?? []
    case .string:
      let text = value.string ?? ""
      guard text != "*" else {
        return [PrincipalItem(kind: .everyone, text: .literal("*"), node: value)]
      }
      findings.report(.bareprincipal(text, value))
      return [PrincipalItem(kind: .aws, text: .literal(text), node: value)]
    case .null, .boolean, .number, .array:
      findings.report(
        .wrongType(member.name, value, wanted: "`*` or an object such as `{\"AWS\": …}`"))
      return []
    }
  }

  private mutating func items(ofMap member: Node.Member) -> [PrincipalItem] {
    var items: [PrincipalItem] = []
    if member.value.count == 0 { findings.report(.emptyPrincipal(member)) }
    for entry in uniqueMembers(of: member.value) {
      guard let kind = PrincipalItem.Kind(key: entry.name) else {
        findings.report(.unknownPrincipalKey(entry))
        continue
      }
      for string in principalStrings(of: entry) {
        let isEveryone = kind == .aws && string.text.literal == "*"
        let item = PrincipalItem(
          kind: isEveryone ? .everyone : kind, text: string.text, node: string.node)
        check(principal: item)
        items.append(item)
      }
    }
    return items
  }

  /// The strings under a key of `Principal`; an account's number may have lost its quotes.
  private mutating func principalStrings(of entry: Node.Member) -> [PolicyString] {
    guard entry.name == "AWS" else { return strings(of: entry) }
    guard entry.value.kind == .array else {
      return number(entry.value).map { [$0] } ?? strings(of: entry)
    }
    guard entry.value.elements.contains(where: { $0.kind == .number }) else {
      return strings(of: entry)
    }
    var items: [PolicyString] = []
    for element in entry.value.elements {
      if let number = number(element) {
        items.append(number)
      } else if let text = element.policyText {
        items.append(PolicyString(text, element))
      } else {
        findings.report(.wrongType("AWS", element, wanted: "strings"))
      }
    }
    return items
  }

  /// The text of a JSON number in the place of an account, which is found fault with: the grammar
  /// wants a string, and a leading zero would be lost.
  private mutating func number(_ node: Node) -> PolicyString? {
    guard node.kind == .number, let text = node.scalarText else { return nil }
    findings.report(.warning, .policyGrammar, .numberForAccount(text, node))
    return PolicyString(.literal(text), node)
  }
}

extension PrincipalItem.Kind {
  fileprivate static let keys = ["AWS", "Service", "Federated", "CanonicalUser"]

  fileprivate init?(key: String) {
    switch key {
    case "AWS": self = .aws
    case "Service": self = .service
    case "Federated": self = .federated
    case "CanonicalUser": self = .canonicalUser
    default: return nil
    }
  }
}

extension PolicyProblem {
  fileprivate static func noPrincipal(_ statement: Node, _ kind: PolicyKind) -> Self {
    Self(
      "statement has no `Principal`, and \(kind.noun) needs one", at: statement.headPlace,
      help: #"say whom it is about, as in `"Principal": {"Service": "cloudtrail.amazonaws.com"}`"#)
  }

  fileprivate static func allowedNegation(_ member: Node.Member) -> Self {
    Self(
      "`NotPrincipal` cannot stand with `Allow`", at: member.key.place,
      help: "name in `Principal` whom the statement allows")
  }

  /// IAM User Guide, "Access Analyzer policy check reference", section "Invalid principal format".
  fileprivate static func bareprincipal(_ text: String, _ node: Node) -> Self {
    let key = text.hasSuffix(".amazonaws.com") ? "Service" : "AWS"
    return Self(
      "principal \(quoted(text)) stands without its kind", at: node.place,
      help: "write `{\"\(key)\": …}` around it; only `*` stands alone")
  }

  fileprivate static func emptyPrincipal(_ member: Node.Member) -> Self {
    Self(
      "`\(member.name)` names nobody", at: member.value.place,
      help: "add `AWS`, `Service`, `Federated` or `CanonicalUser`")
  }

  fileprivate static func unknownPrincipalKey(_ entry: Node.Member) -> Self {
    let help: String
    if let meant = suggestion(for: entry.name, among: PrincipalItem.Kind.keys) {
      help =
        "did you mean `\(meant)`?"
        + (differOnlyInCase(meant, entry.name) ? " (kinds of principals are case-sensitive)" : "")
    } else {
      help = "kinds are " + PrincipalItem.Kind.keys.map { "`\($0)`" }.joined(separator: ", ")
    }
    return Self(
      "unknown kind of principal \(quoted(entry.name))", at: entry.key.place, help: help)
  }

  fileprivate static func numberForAccount(_ text: String, _ node: Node) -> Self {
    Self(
      "account \(quoted(text)) is a number, not a string", at: node.place,
      help: "put it in quotes")
  }
}
