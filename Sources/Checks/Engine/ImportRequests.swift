package import Authorization
package import Evidence
import PolicyModel
import Synchronization

/// The requests CloudTrail makes during an import, with every condition key known, absent or unknown.
///
/// IAM User Guide, "AWS global condition context keys"; AWS CloudTrail User Guide, "Required
/// permissions for copying trail events" (its samples rely on `aws:SourceArn` and
/// `aws:SourceAccount` in the role's, the key's and the trust policy).
package struct ImportRequests: Sendable {
  /// The service that assumes the role.
  package static let service = "cloudtrail.amazonaws.com"
  /// For how long after `asOf` a copy may still run, so that a date condition must hold: seven days.
  private static let longestCopy = 7 * 86_400

  private let facts: CopyFacts
  /// The partition of the copy's ARNs.
  package let partition: String
  package let roleAccount: String?
  package let storeAccount: String?
  private let asOf: Timestamp
  private let references: ReferenceTable
  /// The keys of the log files below the source prefix.
  package let logFiles: FreeString
  /// Those that were asked for already, some by five rules.
  private let families = FamilyCache()
  /// What is known of every request: which keys cannot be there.
  private let ownContext: RequestContext
  /// What is known of every request of the role's session, but for the resource's account.
  private var sessionContext: RequestContext

  /// Takes the references of the copy's facts in among those of its policies.
  package init(_ plan: CopyPlan, references: inout ReferenceTable) {
    facts = plan.facts
    partition = Self.partition(of: plan.facts)
    roleAccount = plan.facts.roleARN.value.flatMap(Self.account(of:))
    storeAccount = plan.facts.destination.value.flatMap(Self.account(of:))
    asOf = plan.asOf
    for text in [
      facts.bucket, facts.prefix, facts.roleARN, facts.destination, facts.bucketAccount,
      facts.bucketRegion,
    ].map(\.value)
      + plan.keys.map(\.arn.value) + [plan.storeKey?.arn.value]
    {
      if let text { _ = references.requestText(PolicyText(encoded: text)) }
    }
    self.references = references
    // The condition keys of the copy's policies that no service has: never in a request.
    let inventedKeys = Set(
      plan.allPolicies.flatMap(\.statements).flatMap(\.conditions).map(\.key).filter { key in
        if case .unknown = ConditionKeyCatalog.judgement(of: key) { true } else { false }
      })
    var dates = LogDates()
    if let start = facts.startTime.value, let end = facts.endTime.value, start <= end {
      dates = .around(start, end)
    }
    logFiles = .logFileKeys(
      LogFileKeys(prefix: Self.shape(of: facts.prefix.value ?? ""), dates: dates))
    var context = RequestContext(unlisted: .unknown)
    for key in inventedKeys { context[key] = .absent }
    ownContext = context
    sessionContext = context
    // Made once: a copy is asked about a dozen families of requests.
    setSession(in: &context)
    sessionContext = context
  }

  // MARK: Names

  /// A prefix with an account in place of each reference, to tell how keys go on below it: the only
  /// reference that prefixes of log files hold is the account's.
  private static func shape(of prefix: String) -> String {
    guard prefix.holdsReference else { return prefix }
    return PolicyText(encoded: prefix).segments.map { segment in
      if case .literal(let literal) = segment { literal } else { "111122223333" }
    }.joined()
  }

  /// A text of a request as people read it.
  package func describe(_ text: RequestText) -> String { references.description(of: text) }

  /// The account of an ARN; nil for none.
  package static func account(of arn: String) -> String? {
    guard let parts = ARNParts(arn), !parts.account.isEmpty else { return nil }
    return String(parts.account)
  }

  private static func partition(of facts: CopyFacts) -> String {
    for arn in [facts.roleARN.value, facts.destination.value] {
      if let arn, let parts = ARNParts(arn) { return String(parts.partition) }
    }
    return "aws"
  }

  /// A text of a fact, which may hold references.
  private func text(_ fact: String) -> RequestText {
    guard fact.holdsReference else { return RequestText(fact) }
    var references = references
    return references.requestText(PolicyText(encoded: fact))
  }

  private func value(_ fact: String?) -> ContextValue {
    fact.map { .value(text($0)) } ?? .presentWithAnyValue
  }

  /// The bucket's ARN; its name may be unknown.
  package var bucket: RequestText {
    RequestText("arn:\(partition):s3:::") + (facts.bucket.value.map(text) ?? .unknown)
  }

  /// The session that reads the bucket.
  package var session: RequestPrincipal {
    .session(
      ofRole: facts.roleARN.value.map(PolicyText.init(encoded:))
        ?? .segments([.unknown(reason: "the role is not known")]))
  }

  /// The ARN of every log file: a text with a free string.
  private var objects: RequestText {
    bucket + text("/" + (facts.prefix.value ?? "")) + RequestText(head: [], isFree: true)
  }

  // MARK: Families

  private func cached(
    _ name: FamilyCache.Name, _ action: String, _ make: () -> RequestFamily
  ) -> RequestFamily {
    var family = families.family(name, make)
    family.request.action = action
    return family
  }

  /// CloudTrail assumes the role.
  package var assumeRole: RequestFamily {
    cached(.assumeRole, "sts:AssumeRole") {
      var context = ownContext
      setTime(in: &context)
      setSource(in: &context)
      context["aws:SecureTransport"] = .value("true")
      context["aws:PrincipalIsAWSService"] = .value("true")
      context["aws:PrincipalServiceName"] = .value(Self.service)
      context["aws:ViaAWSService"] = .value("false")
      context["aws:ResourceAccount"] = value(roleAccount)
      context["sts:RoleSessionName"] = .presentWithAnyValue
      for key in Self.absentForServices + Self.absentEverywhere { context[key] = .absent }
      return RequestFamily(
        Request(
          principal: .service(Self.service), action: "sts:AssumeRole",
          resource: facts.roleARN.value.map(text) ?? .unknown, context: context))
    }
  }

  /// CloudTrail uses the key of the event data store, in its own name.
  ///
  /// AWS CloudTrail User Guide, "Granting encrypt permissions for event data stores":
  /// `aws:SourceArn` and `aws:SourceAccount` are not supported there.
  package func onStoreKey(_ action: String, key: Fact<String>) -> RequestFamily {
    var context = ownContext
    setTime(in: &context)
    context["aws:SecureTransport"] = .value("true")
    context["aws:PrincipalIsAWSService"] = .value("true")
    context["aws:PrincipalServiceName"] = .value(Self.service)
    context["aws:ResourceAccount"] = value(key.value.flatMap(Self.account(of:)))
    for key in ["aws:SourceArn", "aws:SourceAccount"] + Self.absentForServices
      + Self.absentEverywhere
    {
      context[key] = .absent
    }
    return RequestFamily(
      Request(
        principal: .service(Self.service), action: action,
        resource: key.value.map(text) ?? .unknown, context: context))
  }

  /// The role's session does something with the bucket itself.
  package func onBucket(_ action: String) -> RequestFamily {
    cached(.bucket(isListed: action == "s3:ListBucket"), action) {
      var context = sessionContext(resourceAccount: facts.bucketAccount.value)
      setBucketKeys(in: &context)
      var hedged: [String] = []
      if action == "s3:ListBucket" {
        context["s3:prefix"] = ContextValue(
          .unknown,
          .exactly([
            text(facts.prefix.value ?? "") + .unknown
          ]))
        for key in Self.listingKeys { context[key] = .unknown }
        hedged = ["s3:prefix"]
      } else {
        for key in Self.listingKeys + ["s3:prefix"] { context[key] = .absent }
      }
      return RequestFamily(
        Request(principal: session, action: action, resource: bucket, context: context),
        hedgedKeys: hedged)
    }
  }

  /// The role's session does something with every log file below the source prefix.
  package func onObjects(_ action: String) -> RequestFamily {
    cached(.objects, action) {
      var context = sessionContext(resourceAccount: facts.bucketAccount.value)
      setBucketKeys(in: &context)
      for key in Self.listingKeys + ["s3:prefix"] { context[key] = .absent }
      return RequestFamily(
        Request(principal: session, action: action, resource: objects, context: context),
        freeString: logFiles)
    }
  }

  /// S3 uses a key for the role's session: once for every log file where objects have data keys of
  /// their own, once for the bucket where they share S3 Bucket Keys.
  package func onKey(_ action: String, key: Fact<String>, withBucketKeys: Bool) -> RequestFamily {
    cached(.key(key.value, withBucketKeys: withBucketKeys), action) {
      var context = sessionContext(resourceAccount: key.value.flatMap(Self.account(of:)))
      let region =
        key.value.flatMap { ARNParts($0) }.map { String($0.region) } ?? facts.bucketRegion.value
      context["aws:RequestedRegion"] = value(region)
      context["kms:ViaService"] = .value(
        RequestText("s3.") + (region.map(text) ?? .unknown)
          + RequestText(".amazonaws.com"))
      context["kms:CallerAccount"] = value(roleAccount)
      context["kms:EncryptionContext:aws:s3:arn"] = .value(withBucketKeys ? bucket : objects)
      context["kms:EncryptionContextKeys"] = ContextValue(.present, .anything, isMultivalued: true)
      for key in Self.absentForKeys { context[key] = .absent }
      return RequestFamily(
        Request(
          principal: session, action: action,
          resource: key.value.map(text) ?? .unknown, context: context),
        freeString: withBucketKeys ? nil : logFiles)
    }
  }

  /// The role's session does something with what is no part of the copy.
  package func elsewhere(_ action: String, on resource: Fact<String>) -> RequestFamily {
    let parts = resource.value.flatMap { ARNParts($0) }
    func known(_ part: Substring?) -> ContextValue {
      guard let part, !part.isEmpty, !part.contains(where: { $0 == "*" || $0 == "?" }) else {
        return .unknown
      }
      return value(String(part))
    }
    var context = sessionContext(resourceAccount: nil)
    context["aws:ResourceAccount"] = known(parts?.account)
    context["aws:RequestedRegion"] = known(parts?.region)
    return RequestFamily(
      Request(
        principal: session, action: action, resource: resource.value.map(text) ?? .unknown,
        context: context))
  }

  /// Whoever starts the import does something with a role, or with no resource in particular.
  package func byCaller(_ action: String, on role: Fact<String>?) -> RequestFamily {
    var context = ownContext
    setTime(in: &context)
    context["aws:SecureTransport"] = .value("true")
    context["aws:PrincipalArn"] = .presentWithAnyValue
    context["aws:PrincipalAccount"] = value(facts.callerAccount.value ?? storeAccount)
    context["aws:PrincipalIsAWSService"] = .value("false")
    context["aws:ViaAWSService"] = .value("false")
    context["aws:RequestedRegion"] = value(
      facts.destination.value.flatMap { ARNParts($0) }.map { String($0.region) })
    context["aws:PrincipalOrgID"] = organization
    context["aws:SourceIp"] = .presentWithAnyValue
    // StartImport is called directly, by a person or a program, not on behalf of a resource.
    for key in ["aws:SourceArn", "aws:SourceAccount"] { context[key] = .absent }
    if action == "iam:PassRole" {
      context["iam:PassedToService"] = .value(Self.service)
    }
    let principal = RequestPrincipal(
      .user(
        .segments([.unknown(reason: "who starts the import is not known")])),
      account: facts.callerAccount.value)
    let resource = role.map { $0.value.map(text) ?? .unknown } ?? RequestText("*")
    return RequestFamily(
      Request(principal: principal, action: action, resource: resource, context: context))
  }

  // MARK: Context

  private func sessionContext(resourceAccount: String?) -> RequestContext {
    var context = sessionContext
    context["aws:ResourceAccount"] = value(resourceAccount)
    return context
  }

  private func setSession(in context: inout RequestContext) {
    // Those of the session, and those that a request adds.
    context.reserveCapacity(64)
    setTime(in: &context)
    setSource(in: &context)
    context["aws:SecureTransport"] = .value("true")
    context["aws:PrincipalArn"] =
      value(facts.roleARN.value)
    context["aws:PrincipalAccount"] = value(roleAccount)
    context["aws:PrincipalType"] = .value("AssumedRole")
    context["aws:PrincipalIsAWSService"] = .value("false")
    context["aws:ViaAWSService"] = .value("false")
    context["aws:RequestedRegion"] =
      value(facts.bucketRegion.value)
    context["aws:PrincipalOrgID"] = organization
    context["aws:SourceIp"] = .presentWithAnyValue
    context["aws:TokenIssueTime"] = .presentWithAnyValue
    context["aws:userid"] = .value(
      facts.roleID.value.map { RequestText($0 + ":") + .unknown } ?? .unknown)
    for key in Self.absentEverywhere { context[key] = .absent }
    context["aws:PrincipalServiceName"] = .absent
  }

  private var organization: ContextValue {
    if facts.isOutsideOrganizations.value == true { return .absent }
    return facts.organizationID.value.map { .value(text($0)) } ?? .unknown
  }

  private func setTime(in context: inout RequestContext) {
    let end = Timestamp(seconds: asOf.seconds + Self.longestCopy)
    context["aws:CurrentTime"] = ContextValue(.present, .moment(from: asOf, to: end))
    context["aws:EpochTime"] = ContextValue(.present, .moment(from: asOf, to: end))
  }

  private func setSource(in context: inout RequestContext) {
    context["aws:SourceArn"] =
      value(facts.destination.value)
    context["aws:SourceAccount"] = value(storeAccount)
    context["aws:SourceOrgID"] = organization
    context["aws:SourceOrgPaths"] = .unknown
  }

  private func setBucketKeys(in context: inout RequestContext) {
    context["s3:TlsVersion"] = ContextValue(
      .present, .oneOf([RequestText("1.2"), RequestText("1.3")]))
    context["s3:ResourceAccount"] =
      value(facts.bucketAccount.value)
    // CloudTrail names the bucket itself in an import, no access point.
    for key in [
      "s3:DataAccessPointArn", "s3:DataAccessPointAccount", "s3:AccessPointNetworkOrigin",
    ] {
      context[key] = .absent
    }
  }

  private static let listingKeys = ["s3:delimiter", "s3:max-keys"]

  /// Keys of users, of federation and of networks, which a service's session does not have.
  private static let absentEverywhere = [
    "aws:username", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "sts:ExternalId",
    "aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpcSourceIp",
    "aws:FederatedProvider", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast",
    "aws:Ec2InstanceSourceVpc", "aws:Ec2InstanceSourcePrivateIPv4", "ec2:RoleDelivery",
    "ec2:SourceInstanceArn", "lambda:SourceFunctionArn",
  ]

  private static let absentForServices = [
    "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
    "aws:TokenIssueTime", "sts:SourceIdentity", "sts:TransitiveTagKeys",
  ]

  private static let absentForKeys = [
    "kms:RequestAlias", "kms:GrantIsForAWSResource", "kms:GranteePrincipal",
    "kms:RecipientAttestation:ImageSha384",
  ]
}

/// Families of requests, each made once; only the action differs between those of one name.
private final class FamilyCache: Sendable {
  enum Name: Hashable {
    case assumeRole
    case bucket(isListed: Bool)
    case objects
    case key(String?, withBucketKeys: Bool)
  }

  private let made = Mutex<[Name: RequestFamily]>([:])

  func family(_ name: Name, _ make: () -> RequestFamily) -> RequestFamily {
    made.withLock { made in
      if let known = made[name] { return known }
      let new = make()
      made[name] = new
      return new
    }
  }
}
