import PolicyModel

/// A policy that is larger than AWS takes.
struct PolicySize {
  private let policy: Policy
  private let limit: Limit
  private let size: Int

  private struct Limit {
    var count: Int
    var unit: String
    var reason: String
  }

  /// A policy that AWS will refuse when it is deployed; nil for others.
  ///
  /// What AWS itself answered with fits: its quota was raised. A document that holds references has
  /// no size yet.
  init?(_ policy: Policy) {
    let node = policy.node
    guard node.address != nil || node.pointer == [""], let limit = Self.limit(of: policy.kind),
      // Text without white space is at most a few times as long as JSON as it is in YAML.
      node.range.count * Self.growth > limit.count
    else { return nil }
    var writer = JSONWriter()
    guard writer.value(node) else { return nil }
    let size =
      limit.unit == "bytes"
      ? writer.bytes.count : writer.bytes.count { !Self.isSpace($0) && $0 & 0xC0 != 0x80 }
    guard size > limit.count else { return nil }
    self.policy = policy
    self.limit = limit
    self.size = size
  }

  /// How much longer JSON without white space can be than YAML: `- a` becomes `"a",`.
  private static let growth = 3

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// IAM User Guide, "IAM and AWS STS quotas"; Amazon S3 User Guide, "Bucket policies for Amazon S3";
  /// AWS KMS Developer Guide, "Resource quotas".
  private static func limit(of kind: PolicyKind) -> Limit? {
    switch kind {
    case .identity:
      Limit(
        count: 10_240, unit: "characters",
        reason: "10,240 for the inline policies of a role together, 6,144 for a managed policy")
    case .boundary:
      Limit(count: 6144, unit: "characters", reason: "6,144 for a managed policy")
    case .trust:
      Limit(
        count: 2048, unit: "characters", reason: "2,048 unless the account's quota was raised")
    case .bucket: Limit(count: 20 * 1024, unit: "bytes", reason: "20 KB for a bucket policy")
    case .key: Limit(count: 32 * 1024, unit: "bytes", reason: "32 KB for a key policy")
    case .session, .serviceControl, .resourceControl, .resource: nil
    }
  }

  /// What is said of a statement that is larger than any policy AWS takes.
  static func draft(ofStatement statement: Statement) -> Outcome.Draft {
    Outcome.Draft(
      "\(statement.name) has more than \(Limits.searchedStatementBytes) bytes, and AWS takes no policy as large",
      at: statement.node.headPlace, label: "slips of the pen are not looked for in it",
      help: "use wildcards where they say the same, or spread it over several policies")
  }

  var draft: Outcome.Draft {
    Outcome.Draft(
      "\(policy.kind.noun) of \(size) \(limit.unit) is larger than AWS takes",
      at: policy.node.headPlace, label: limit.reason,
      help: policy.kind == .identity
        ? "use wildcards where they say the same, or spread statements over several managed policies"
        : "use wildcards where they say the same, and remove statements that are not needed")
  }
}
