extension PolicyReader {
  mutating func resources(
    _ elements: Elements, of statement: Node
  ) -> Statement.Clause<PolicyString>? {
    if kind == .trust { return resourcesOfTrust(elements) }
    guard let member = oneOf("Resource", "NotResource", elements) else {
      if kind.requiresResource, lacks("Resource", "NotResource", elements) {
        findings.report(.noResource(statement))
      }
      return nil
    }
    let items = strings(of: member)
    for item in items {
      watchVariables(in: item)
      if !isPlainlyRight(item.node) { check(resource: item) }
    }
    return Statement.Clause(
      isNegated: member.name == "NotResource", items: items, node: member.value,
      keyNode: member.key)
  }

  /// IAM answers "Has prohibited field Resource" to a trust policy with one.
  private mutating func resourcesOfTrust(_ elements: Elements) -> Statement.Clause<PolicyString>? {
    for name in ["Resource", "NotResource"] {
      guard let member = elements[name] else { continue }
      let items = withoutFindings { $0.strings(of: member) }
      findings.report(
        .misplaced(member, kind, "remove it: a trust policy is about the role it belongs to"))
      return Statement.Clause(
        isNegated: name == "NotResource", items: items, node: member.value, keyNode: member.key)
    }
    return nil
  }

  /// Whether a resource is like most, so that there is nothing more to ask: `*`, or an ARN of six
  /// parts in which no more than a bucket could be wrong.
  private func isPlainlyRight(_ resource: Node) -> Bool {
    guard resource.kind == .string else { return true }
    return resource.withContent { bytes in
      if bytes.count == 1, bytes.first == UInt8(ascii: "*") { return true }
      if bytes.starts(with: "arn:aws:s3:::".utf8) { return true }
      guard kind != .bucket, bytes.starts(with: "arn:aws:".utf8) else { return false }
      let service = bytes.dropFirst("arn:aws:".utf8.count)
      guard !service.starts(with: "s3:".utf8), !service.starts(with: "iam:".utf8),
        service.first != UInt8(ascii: ":")
      else { return false }
      var colons = 2
      for byte in service where byte == UInt8(ascii: ":") {
        colons += 1
        if colons == 5 { return true }
      }
      return false
    }
  }

  /// Judges a resource as far as AWS says that it refuses it; wildcards and variables may stand for
  /// anything.
  private mutating func check(resource item: PolicyString) {
    guard kind.namesResourcesByARN, let text = item.text.literal,
      item.text.firstVariable == nil
    else { return }
    if !text.isEmpty, text.utf8.allSatisfy({ $0 == UInt8(ascii: "*") }) { return }
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    if parts.count > 1, hasWildcard(parts[0]) { return }
    // IAM: "Resource … must be in ARN format or "*"."
    guard parts.count > 1, parts[0] == "arn" else {
      findings.report(.error, .malformedARN, .noARN(text, item.node))
      return
    }
    // IAM: "Partition … is not valid for resource".
    guard parts[1].hasPrefix("aws") || hasWildcard(parts[1]) else {
      findings.report(.error, .malformedARN, .unknownPartition(String(parts[1]), item.node))
      return
    }
    guard parts.count == 6 else {
      check(incompleteResource: text, parts, item.node)
      return
    }
    if parts[2].isEmpty {
      findings.report(.error, .malformedARN, .arnWithoutService(text, item.node))
    } else if parts[2] == "s3" {
      check(s3Resource: text, region: parts[3], account: parts[4], item.node)
    } else if parts[2] == "iam", kind.isCheckedByIAM {
      check(iamResource: text, region: parts[3], name: parts[5], item.node)
    } else if kind == .bucket, !hasWildcard(parts[2]), !parts[2].hasPrefix("s3") {
      // S3: "Policy has invalid resource".
      findings.report(.error, .malformedARN, .foreignResource(text, item.node))
    }
  }

  /// IAM User Guide, "Identify AWS resources with ARNs", section "Wildcards": in an identity-based
  /// policy AWS fills the missing parts of an ARN with `*`; a session policy is refused.
  private mutating func check(incompleteResource text: String, _ parts: [Substring], _ node: Node) {
    // A wildcard at the end may run on past the colons (IAM User Guide, "IAM JSON policy elements:
    // Resource").
    guard let last = parts.last, !hasWildcard(last.suffix(1)) else { return }
    // IAM refuses a missing service, and an empty part where the parts do not add up.
    let isFilled = parts.count >= 3 && !parts[2...].contains("")
    let isRefused = kind == .session || kind == .bucket || !isFilled
    findings.report(
      isRefused ? .error : .warning, .malformedARN,
      .incompleteARN(text, parts.count, isRefused: isRefused, node))
  }

  /// Buckets and objects have neither region nor account in their ARNs; access points have both
  /// (IAM: "Resource … can not contain region information.").
  private mutating func check(
    s3Resource text: String, region: Substring, account: Substring, _ node: Node
  ) {
    if !region.isEmpty, account.isEmpty, !hasWildcard(region) {
      findings.report(.error, .malformedARN, .s3ARNWithRegion(text, node))
    }
  }
}

extension PolicyReader {
  /// IAM: "IAM resource … cannot contain region information." and "IAM resource path must either be
  /// "*" or start with user/, federated-user/, role/, …".
  private mutating func check(
    iamResource text: String, region: Substring, name: Substring, _ node: Node
  ) {
    if !region.isEmpty, !hasWildcard(region) {
      findings.report(.error, .malformedARN, .iamARNWithRegion(text, node))
    } else if !name.utf8.contains(UInt8(ascii: "/")), !hasWildcard(name), name != "root" {
      findings.report(.error, .malformedARN, .iamARNWithoutKind(text, String(name), node))
    }
  }
}

extension PolicyKind {
  /// Whether each statement must name resources.
  ///
  /// KMS takes a key policy's statement without (it has no effect), and of other resource policies
  /// each service has its own rule.
  fileprivate var requiresResource: Bool {
    switch self {
    case .identity, .bucket, .boundary, .session, .serviceControl, .resourceControl: true
    case .trust, .key, .resource: false
    }
  }

  /// Whether AWS refuses resources that are neither `*` nor ARNs; other services have other names.
  fileprivate var namesResourcesByARN: Bool { requiresResource }
}

extension PolicyProblem {
  fileprivate static func noResource(_ statement: Node) -> Self {
    Self(
      "statement has neither `Resource` nor `NotResource`", at: statement.headPlace,
      help: "add `Resource` with the ARNs the statement is about, or `*`")
  }

  fileprivate static func noARN(_ text: String, _ node: Node) -> Self {
    let help: String
    if text.hasPrefix("s3://") {
      help = "did you mean \(quoted("arn:aws:s3:::" + text.dropFirst(5)))?"
    } else if text.lowercased().hasPrefix("arn:") {
      help = "write `arn` in lower case"
    } else {
      help = "write an ARN, as in `arn:aws:s3:::bucket/*`, or `*`"
    }
    return Self("resource \(quoted(text)) is neither an ARN nor `*`", at: node.place, help: help)
  }

  fileprivate static func unknownPartition(_ partition: String, _ node: Node) -> Self {
    Self(
      "\(quoted(partition)) is no partition of AWS", at: node.place,
      help: "write `arn:aws:…`, or `aws-us-gov` or `aws-cn` where the resource is there")
  }

  fileprivate static func incompleteARN(
    _ text: String, _ count: Int, isRefused: Bool, _ node: Node
  ) -> Self {
    Self(
      "ARN \(quoted(text)) has \(count) of six parts"
        + (isRefused ? "" : ", and AWS takes `*` for the others"), at: node.place,
      help: "write `arn:partition:service:region:account:resource`; region and account may be empty"
    )
  }

  fileprivate static func arnWithoutService(_ text: String, _ node: Node) -> Self {
    Self(
      "ARN \(quoted(text)) names no service", at: node.place,
      help: "write `arn:partition:service:region:account:resource`")
  }

  fileprivate static func s3ARNWithRegion(_ text: String, _ node: Node) -> Self {
    Self(
      "ARN \(quoted(text)) names a region, which buckets and objects have none of in their ARNs",
      at: node.place, help: "write `arn:aws:s3:::` before the bucket's name")
  }

  fileprivate static func iamARNWithRegion(_ text: String, _ node: Node) -> Self {
    Self(
      "ARN \(quoted(text)) names a region, which IAM's ARNs have none of", at: node.place,
      help: "leave the region empty, as in `arn:aws:iam::111122223333:role/name`")
  }

  fileprivate static func iamARNWithoutKind(_ text: String, _ name: String, _ node: Node) -> Self {
    Self(
      "ARN \(quoted(text)) does not say what \(quoted(name)) is", at: node.place,
      help: "write `role/`, `user/` or the like before the name")
  }

  fileprivate static func foreignResource(_ text: String, _ node: Node) -> Self {
    Self(
      "resource \(quoted(text)) is none of S3", at: node.place,
      help: "a bucket policy names its own bucket and its objects alone")
  }
}
