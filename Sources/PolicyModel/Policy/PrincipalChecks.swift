extension PolicyReader {
  /// Judges one principal as far as AWS says what it refuses.
  mutating func check(principal item: PrincipalItem) {
    guard let text = item.text.literal, item.text.firstVariable == nil else { return }
    if kind == .resourceControl, item.kind != .everyone {
      findings.report(.namedInResourceControl(text, item.node))
      return
    }
    switch item.kind {
    case .everyone, .canonicalUser:
      break
    case .federated:
      if hasWildcard(text) {
        findings.report(.wildcard(text, item.node, help: "name the provider"))
      }
    case .service:
      if hasWildcard(text) {
        findings.report(.wildcard(text, item.node, help: "name the service"))
      } else if !text.utf8.contains(UInt8(ascii: ".")) {
        findings.report(.noService(text, item.node))
      }
    case .aws:
      check(awsPrincipal: text, item.node)
    }
  }

  /// IAM User Guide, "AWS JSON policy elements: Principal": an account, or the ARN of a role, a
  /// user or a session; what was deleted shows as an id.
  private mutating func check(awsPrincipal text: String, _ node: Node) {
    // "You cannot use a wildcard to match part of a principal name or ARN."
    if hasWildcard(text) {
      findings.report(
        .wildcard(
          text, node,
          help: "name the principal, or test `aws:PrincipalArn` with `ArnLike` in `Condition`"))
      return
    }
    if isAccount(text) || isUniqueID(text) { return }
    guard let arn = ARNParts(text), arn.prefix == "arn" else {
      findings.report(.error, .malformedARN, .noPrincipalARN(text, node))
      return
    }
    guard arn.partition.hasPrefix("aws"), arn.service == "iam" || arn.service == "sts" else {
      findings.report(.error, .malformedARN, .foreignPrincipalARN(text, node))
      return
    }
    if arn.account.isEmpty || (arn.account.utf8.allSatisfy(isDigit) && !isAccount(arn.account)) {
      findings.report(.error, .malformedARN, .noAccount(text, String(arn.account), node))
    } else if arn.service == "iam", arn.resource.hasPrefix("group/") {
      // "You cannot identify a user group as a principal in a policy."
      findings.report(.group(text, node))
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func isAccount(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 12 && text.utf8.allSatisfy(isDigit)
  }

  /// IAM User Guide, "IAM identifiers", section "Unique identifiers": `AROA…`, `AIDA…` and so on.
  private func isUniqueID(_ text: String) -> Bool {
    text.utf8.count >= 16 && text.utf8.first == UInt8(ascii: "A")
      && text.utf8.allSatisfy { isLetterOrDigit($0) && $0 & 0xDF == $0 || isDigit($0) }
  }
}

extension PolicyProblem {
  /// IAM User Guide, "Access Analyzer policy check reference", section "Unsupported wildcard in
  /// principal".
  fileprivate static func wildcard(_ text: String, _ node: Node, help: String) -> Self {
    Self(
      "principal \(quoted(text)) holds a wildcard, which matches nobody", at: node.place,
      help: help)
  }

  fileprivate static func noService(_ text: String, _ node: Node) -> Self {
    Self(
      "\(quoted(text)) is no service principal", at: node.place,
      help: "write the service's full name, as in `cloudtrail.amazonaws.com`")
  }

  fileprivate static func noPrincipalARN(_ text: String, _ node: Node) -> Self {
    let help =
      text.hasSuffix(".amazonaws.com")
      ? "put it under `Service`"
      : "write `*`, an account of 12 digits, or an ARN as in `arn:aws:iam::111122223333:role/name`"
    return Self(
      "principal \(quoted(text)) is neither an ARN nor an account", at: node.place, help: help)
  }

  fileprivate static func foreignPrincipalARN(_ text: String, _ node: Node) -> Self {
    Self(
      "\(quoted(text)) is no ARN of a principal", at: node.place,
      help:
        "write the ARN of a role, a user or a session, as in `arn:aws:iam::111122223333:role/name`")
  }

  fileprivate static func noAccount(_ text: String, _ account: String, _ node: Node) -> Self {
    Self(
      account.isEmpty
        ? "principal \(quoted(text)) names no account"
        : "\(quoted(account)) in principal \(quoted(text)) is no account", at: node.place,
      help: "accounts have 12 digits")
  }

  fileprivate static func group(_ text: String, _ node: Node) -> Self {
    Self(
      "principal \(quoted(text)) is a user group", at: node.place,
      help: "groups are no principals: name users or roles")
  }

  /// AWS Organizations User Guide, "RCP syntax", section "Principal element".
  fileprivate static func namedInResourceControl(_ text: String, _ node: Node) -> Self {
    Self(
      "a resource control policy takes no principal but `*`", at: node.place,
      help: "write `*` and test `aws:PrincipalArn` or the like in `Condition`")
  }
}
