import Authorization
import Evidence
import PolicyModel

/// Whether `RestrictPublicBuckets` shuts the role out: with a public bucket policy it leaves only
/// services and principals of the bucket's own account in.
package struct PublicAccessBlockCheck: Check {
  package static let name = CheckName.publicAccessBlock

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    [outcome(copy)]
  }

  private static func outcome(_ copy: CompiledCopy) -> Outcome {
    let facts = copy.plan.facts
    let subject = facts.bucketName
    let isSameAccount = copy.bucketQuestion.isSameAccount
    if isSameAccount == .yes {
      return .notApplicable(subject, "role and bucket are in one account")
    }
    if facts.restrictsPublicBuckets.value == false {
      var outcome = Outcome.proven(subject, "`RestrictPublicBuckets` is off")
      outcome.assumptions = ["no public access block of the bucket's account restricts it"]
      return outcome
    }
    let statements = copy.plan.bucket.policies.flatMap(\.statements)
    let found = statements.compactMap { PublicStatement($0) }
    guard let open = found.first(where: { $0.isCertain }) ?? found.first else {
      if let gap = copy.plan.bucket.gap {
        return .notChecked(subject, gap.reason, needs: gap.needs)
      }
      return .proven(subject, "the bucket policy is not public")
    }
    guard facts.restrictsPublicBuckets.value == true else {
      return .notChecked(
        subject, "the bucket policy is public, and whether that is restricted is not known",
        needs: ["aws s3api get-public-access-block"])
    }
    guard isSameAccount == .no else {
      return .notChecked(
        subject, "whether role and bucket are in one account is not known",
        needs: facts.bucketAccount.value == nil ? ["--bucket-account"] : ["--role-arn"])
    }
    return open.isCertain
      ? .violated(
        subject, "\(open.statement.name) makes the bucket policy public", draft(open, facts))
      : .open(
        subject, "whether \(open.statement.name) makes the bucket policy public is not documented",
        doubt(open))
  }

  private static func draft(_ open: PublicStatement, _ facts: CopyFacts) -> Outcome.Draft {
    var draft = Outcome.Draft(
      "`RestrictPublicBuckets` shuts the role out, since \(open.statement.name) makes the bucket policy public",
      at: open.place, label: "no condition narrows this to fixed values",
      help: "name principals, or add a condition such as `aws:PrincipalOrgID` with a fixed value")
    if let place = facts.restrictsPublicBuckets.place {
      draft.related = [
        Note("with this, other accounts have no access through a public policy", at: place)
      ]
    }
    return draft
  }

  private static func doubt(_ open: PublicStatement) -> Outcome.Draft {
    Outcome.Draft(
      "whether `RestrictPublicBuckets` shuts the role out is open: the guide does not say whether this condition keeps the bucket policy from being public",
      at: open.doubtful?.keyNode.place ?? open.place,
      help: "name principals, or add a condition such as `aws:PrincipalOrgID` with a fixed value")
  }
}

/// A statement that makes a bucket policy public, or may.
///
/// Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of
/// public": a policy that grants access to other than fixed values, without wildcards or variables,
/// of a few condition keys.
struct PublicStatement {
  let statement: Statement
  /// The principal that is everyone.
  let place: Place
  /// A condition of which the guide does not say whether it narrows the statement.
  let doubtful: Condition?

  /// Whether the guide says that the statement is public.
  var isCertain: Bool { doubtful == nil && statement.isWellFormed }

  /// Looks at a statement; nil where it is not public.
  init?(_ statement: Statement) {
    guard statement.effect != .deny, let principals = statement.principals else { return nil }
    let everyone = principals.items.first { $0.kind == .everyone }
    guard principals.isNegated || everyone != nil else { return nil }
    guard !statement.conditions.contains(where: Self.isFixed) else { return nil }
    self.statement = statement
    place = (everyone?.node ?? principals.keyNode).place
    doubtful = statement.conditions.first(where: Self.isDoubtful)
  }

  /// The keys of which a fixed value keeps a policy from being public.
  private static let keys: Set = [
    "aws:principalorgid", "aws:principalarn", "aws:principalaccount", "aws:sourcearn",
    "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount", "aws:userid",
    "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn", "aws:sourceip",
  ]

  /// Whether a condition narrows a statement to fixed values.
  private static func isFixed(_ condition: Condition) -> Bool {
    let key = RequestContext.folded(condition.key)
    // Without the key `…IfExists` and `ForAllValues` hold, and then nothing is fixed.
    guard keys.contains(key), let comparison = condition.comparison, !comparison.ifExists,
      comparison.quantifier != .forAllValues, !condition.values.isEmpty
    else { return false }
    switch comparison.base {
    case .ipAddress:
      return key == "aws:sourceip"
        && condition.values.allSatisfy { value in
          value.text.literal.flatMap { IPNetwork($0) }.map { !isBroad($0) } ?? false
        }
    case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike:
      return key != "aws:sourceip" && condition.values.allSatisfy { isFixed($0.text, of: key) }
    case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericEquals,
      .numericNotEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan,
      .numericGreaterThanEquals, .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals,
      .dateGreaterThan, .dateGreaterThanEquals, .bool, .binaryEquals, .notIPAddress, .arnNotEquals,
      .arnNotLike, .null:
      return false
    }
  }

  /// Whether a value has no wildcard and no variable; a reference of a template is one value.
  private static func isFixed(_ text: PolicyText, of key: String) -> Bool {
    var parts = text.segments.map { segment in
      if case .literal(let literal) = segment { literal } else { "" }
    }
    // An access point's name may be a wildcard, its account may not.
    if key == "s3:dataaccesspointarn", let arn = ARNParts(parts.joined()) {
      parts = [String(arn.account)]
    }
    return !parts.joined().utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x24 }
  }

  /// Whether a range holds more addresses than the guide takes for fixed; private ones are none.
  private static func isBroad(_ network: IPNetwork) -> Bool {
    let isPrivate = privateNetworks.contains { $0.contains(network) }
    return !isPrivate && network.prefixLength < (network.family == .version4 ? 8 : 32)
  }

  private static let privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
    .compactMap { IPNetwork($0) }

  /// Whether a condition is about who asks in a way that the guide says nothing of.
  private static func isDoubtful(_ condition: Condition) -> Bool {
    let key = RequestContext.folded(condition.key)
    return !keys.contains(key)
      && ["aws:principal", "aws:sourceorg", "aws:resourceorg"].contains { key.hasPrefix($0) }
      && condition.comparison?.base.isNegated != true
  }
}
