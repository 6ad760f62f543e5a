extension PolicyReader {
  mutating func actions(_ elements: Elements, of statement: Node) -> Statement.Clause<PolicyString>?
  {
    guard let member = oneOf("Action", "NotAction", elements) else {
      if lacks("Action", "NotAction", elements) { findings.report(.noAction(statement)) }
      return nil
    }
    let isNegated = member.name == "NotAction"
    // AWS Organizations User Guide, "RCP syntax", section "Elements summary".
    if isNegated, kind == .resourceControl { findings.report(.misplaced(member, kind, nil)) }
    let items = strings(of: member)
    for item in items { check(action: item) }
    return Statement.Clause(
      isNegated: isNegated, items: items, node: member.value, keyNode: member.key)
  }

  /// Reads an element that takes a string or a list of strings.
  mutating func strings(of member: Node.Member) -> [PolicyString] {
    switch member.value.kind {
    case .string, .reference:
      return member.value.policyText.map { [PolicyString($0, member.value)] } ?? []
    case .null, .boolean, .number, .object:
      findings.report(
        .wrongType(member.name, member.value, wanted: "a string or a list of strings"))
      return []
    case .array:
      break
    }
    if member.value.count == 0 { findings.report(.emptyList(member)) }
    var strings: [PolicyString] = []
    for element in member.value.elements {
      if let text = element.policyText {
        strings.append(PolicyString(text, element))
      } else {
        // IAM passes over null in a list.
        findings.report(
          element.kind == .null ? .warning : .error, .policyGrammar, .noString(member, element))
      }
    }
    return strings
  }

  /// IAM User Guide, "Grammar of the IAM JSON policy language", section "Notes about string
  /// values": a service namespace, a colon, and the name of an action.
  private mutating func check(action item: PolicyString) {
    guard item.node.kind == .string, let fault = item.node.withContent(fault(ofAction:)),
      let text = item.text.literal, item.text.firstVariable == nil
    else { return }
    switch fault {
    case .noService: findings.report(.actionWithoutService(text, item.node))
    case .manyColons: findings.report(.actionWithManyColons(text, item.node))
    case .oddService(let service): findings.report(.oddService(service, item.node))
    case .foreignInTrust: findings.report(.foreignActionInTrust(text, item.node))
    }
  }

  private enum ActionFault {
    case noService
    case manyColons
    case oddService(String)
    case foreignInTrust
  }

  private func fault(ofAction bytes: ArraySlice<UInt8>) -> ActionFault? {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex else {
      return !bytes.isEmpty && bytes.allSatisfy { $0 == UInt8(ascii: "*") } ? nil : .noService
    }
    // IAM: "Actions/Condition can contain only one colon."
    if bytes[(colon + 1)...].contains(UInt8(ascii: ":")) { return .manyColons }
    let service = bytes[..<colon]
    // IAM: "Vendor … is not valid".
    guard service.allSatisfy({ isLetterOrDigit($0) || serviceMarks.contains($0) }) else {
      return .oddService(String(decoding: service, as: UTF8.self))
    }
    // IAM: "AssumeRole policy may only specify STS AssumeRole actions."
    let isForeign =
      kind == .trust && !service.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
      && !service.elementsEqual("sts".utf8, by: { $0 | 0x20 == $1 })
    return isForeign ? .foreignInTrust : nil
  }
}

/// What else a service's name may hold in an action: `-` and `.`, and wildcards.
private let serviceMarks: [UInt8] = Array("-.*?".utf8)

/// Whether a text holds `*` or `?`.
func hasWildcard(_ text: some StringProtocol) -> Bool {
  text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
}

extension PolicyText {
  /// The first policy variable of a text without references; nil without one.
  package var firstVariable: String? {
    guard let bytes = literal?.utf8 else { return nil }
    var position = bytes.startIndex
    while let dollar = bytes[position...].firstIndex(of: UInt8(ascii: "$")) {
      let next = bytes.index(after: dollar)
      guard next < bytes.endIndex else { return nil }
      if bytes[next] == UInt8(ascii: "{") {
        let end = bytes[next...].firstIndex(of: UInt8(ascii: "}")).map { bytes.index(after: $0) }
        return String(bytes[dollar..<(end ?? bytes.endIndex)])
      }
      position = next
    }
    return nil
  }
}

extension PolicyProblem {
  fileprivate static func noAction(_ statement: Node) -> Self {
    Self(
      "statement has neither `Action` nor `NotAction`", at: statement.headPlace,
      help: "add `Action` with the actions the statement is about")
  }

  fileprivate static func emptyList(_ member: Node.Member) -> Self {
    Self(
      "`\(member.name)` is an empty list", at: member.value.place,
      help: "name at least one, or remove the statement")
  }

  fileprivate static func noString(_ member: Node.Member, _ element: Node) -> Self {
    Self("`\(member.name)` lists strings, not \(element.kind.noun)", at: element.place)
  }

  /// IAM answers "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.".
  fileprivate static func actionWithoutService(_ text: String, _ node: Node) -> Self {
    Self(
      "action \(quoted(text)) names no service", at: node.place,
      help: "write the service and a colon before the action, as in `s3:GetObject`")
  }

  fileprivate static func actionWithManyColons(_ text: String, _ node: Node) -> Self {
    Self(
      "action \(quoted(text)) has more than one colon", at: node.place,
      help: "write the service, one colon and the action, as in `s3:GetObject`")
  }

  fileprivate static func oddService(_ service: String, _ node: Node) -> Self {
    Self(
      "\(quoted(service)) is no name of a service", at: node.place,
      help: "services have letters, digits, `-` and `.` in their names, as in `s3:GetObject`")
  }

  fileprivate static func foreignActionInTrust(_ text: String, _ node: Node) -> Self {
    Self(
      "action \(quoted(text)) has no place in a trust policy", at: node.place,
      help: "a trust policy takes actions of `sts` alone; permissions belong in an identity policy")
  }

  /// An element that policies of the kind do not have.
  static func misplaced(_ member: Node.Member, _ kind: PolicyKind, _ help: String?) -> Self {
    Self(
      "`\(member.name)` has no place in \(kind.noun)", at: member.key.place,
      help: help ?? "remove it")
  }
}
