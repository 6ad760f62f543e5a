import Authorization
import Evidence
import PolicyModel
import Testing

@testable import Checks

/// A condition key of a request that CloudTrail makes, and what is known of it.
struct ContextCase: Sendable, CustomTestStringConvertible {
  enum Kind: Sendable, CaseIterable {
    /// CloudTrail assumes the role.
    case assumeRole
    /// The session lists the bucket.
    case listBucket
    case bucketACL
    case object
    /// S3 uses a key for an object with a data key of its own.
    case objectKey
    /// S3 uses a key for the whole bucket.
    case bucketKey

    static let session: [Kind] = [.listBucket, .bucketACL, .object, .objectKey, .bucketKey]
  }

  /// The row of `docs/semantics.md` it shows.
  var row: String
  var key: String
  var kinds: [Kind]
  var known: String
  /// Changes the copy that is asked about.
  var change: @Sendable (inout CopyPlan) -> Void

  init(
    _ row: String, _ key: String, _ kinds: [Kind], _ known: String,
    _ change: @escaping @Sendable (inout CopyPlan) -> Void = { _ in }
  ) {
    self.row = row
    self.key = key
    self.kinds = kinds
    self.known = known
    self.change = change
  }

  var testDescription: String { "\(row): \(key) of \(kinds) is \(known)" }
}

extension ContextValue {
  /// In a few words.
  fileprivate var words: String {
    let text: String =
      switch values {
      case .exactly(let texts):
        texts.map { RequestText.string($0.head) + ($0.isFree ? "KEY" : "") }.joined(separator: ", ")
      case .oneOf(let texts): texts.map(\.description).joined(separator: " or ")
      case .moment(let from, let to): "\(from.iso8601) to \(to.iso8601)"
      case .anything: "any"
      }
    return switch presence {
    case .absent: "absent"
    case .present: text
    case .unknown: text == "any" ? "unknown" : "\(text) or absent"
    }
  }
}

@Suite struct `The requests of an import` {
  private static let everywhere = ContextCase.Kind.allCases
  private static let session = ContextCase.Kind.session
  private static let onKeys: [ContextCase.Kind] = [.objectKey, .bucketKey]
  private static let onS3: [ContextCase.Kind] = [.listBucket, .bucketACL, .object]
  private static let week = "2026-11-21T00:00:00Z to 2026-11-28T00:00:00Z"

  static let cases: [ContextCase] = [
    ContextCase("import-transport", "aws:SecureTransport", everywhere, "true"),
    ContextCase("import-transport", "s3:TlsVersion", onS3, "1.2 or 1.3"),
    ContextCase("import-time", "aws:CurrentTime", everywhere, week),
    ContextCase("import-time", "aws:EpochTime", everywhere, week),
    ContextCase("import-session", "aws:PrincipalArn", session, SampleCopy.role),
    ContextCase("import-session", "aws:PrincipalAccount", session, "111122223333"),
    ContextCase("import-session", "aws:PrincipalType", session, "AssumedRole"),
    ContextCase("import-session", "aws:PrincipalIsAWSService", session, "false"),
    ContextCase("import-session", "aws:PrincipalServiceName", session, "absent"),
    ContextCase("import-session", "aws:ViaAWSService", everywhere, "false"),
    ContextCase("import-session", "aws:TokenIssueTime", session, "any"),
    ContextCase("import-session", "aws:userid", session, "…"),
    ContextCase("import-session", "aws:userid", session, "AROAEXAMPLEEXAMPLE123:…") {
      $0.facts.roleID = .stated("AROAEXAMPLEEXAMPLE123", by: "the role")
    },
    ContextCase("import-service", "aws:PrincipalIsAWSService", [.assumeRole], "true"),
    ContextCase(
      "import-service", "aws:PrincipalServiceName", [.assumeRole], "cloudtrail.amazonaws.com"),
    ContextCase("import-service", "aws:PrincipalArn", [.assumeRole], "absent"),
    ContextCase("import-service", "aws:PrincipalOrgID", [.assumeRole], "absent"),
    ContextCase("import-service", "sts:RoleSessionName", [.assumeRole], "any"),
    ContextCase("import-resource", "aws:ResourceAccount", everywhere, "111122223333"),
    ContextCase("import-resource", "aws:RequestedRegion", session, "us-east-1"),
    ContextCase("import-resource", "s3:ResourceAccount", onS3, "111122223333"),
    ContextCase(
      "import-key", "kms:ViaService", onKeys, "s3.us-east-1.amazonaws.com"),
    ContextCase("import-key", "kms:CallerAccount", onKeys, "111122223333"),
    ContextCase("import-key", "kms:GrantIsForAWSResource", onKeys, "absent"),
    ContextCase("import-key", "kms:RequestAlias", onKeys, "absent"),
    ContextCase(
      "import-encryption-context", "kms:EncryptionContext:aws:s3:arn", [.objectKey],
      "arn:aws:s3:::acme-logs/\(SampleCopy.prefix)KEY"),
    ContextCase(
      "import-encryption-context", "kms:EncryptionContext:aws:s3:arn", [.bucketKey],
      "arn:aws:s3:::acme-logs"),
    ContextCase(
      "import-encryption-context", "kms:EncryptionContext:aws:cloudtrail:arn", onKeys, "unknown"),
    ContextCase("import-encryption-context", "kms:EncryptionContextKeys", onKeys, "any"),
    ContextCase("import-source", "aws:SourceArn", everywhere, SampleCopy.store),
    ContextCase("import-source", "aws:SourceAccount", everywhere, "111122223333"),
    ContextCase("import-source", "aws:SourceOrgPaths", everywhere, "unknown"),
    ContextCase("import-organization", "aws:PrincipalOrgID", session, "unknown"),
    ContextCase("import-organization", "aws:PrincipalOrgID", session, "o-abcdef0123") {
      $0.facts.organizationID = .stated("o-abcdef0123", by: "`--organization-id`")
    },
    ContextCase("import-organization", "aws:SourceOrgID", everywhere, "absent") {
      $0.facts.isOutsideOrganizations = .stated(true, by: "AWS Organizations")
    },
    ContextCase("import-absent", "aws:SourceVpc", everywhere, "absent"),
    ContextCase("import-absent", "aws:SourceVpce", everywhere, "absent"),
    ContextCase("import-absent", "aws:VpcSourceIp", everywhere, "absent"),
    ContextCase("import-absent", "aws:username", everywhere, "absent"),
    ContextCase("import-absent", "aws:MultiFactorAuthPresent", everywhere, "absent"),
    ContextCase("import-absent", "aws:MultiFactorAuthAge", everywhere, "absent"),
    ContextCase("import-absent", "sts:ExternalId", everywhere, "absent"),
    ContextCase("import-absent", "aws:FederatedProvider", everywhere, "absent"),
    ContextCase("import-absent", "aws:CalledVia", everywhere, "absent"),
    ContextCase("import-absent", "s3:DataAccessPointArn", onS3, "absent"),
    ContextCase("import-absent", "s3:prefix", [.bucketACL, .object], "absent"),
    ContextCase("import-absent", "s3:max-keys", [.bucketACL, .object], "absent"),
    ContextCase("import-address", "aws:SourceIp", session, "any"),
    ContextCase("import-address", "aws:SourceIp", [.assumeRole], "unknown"),
    ContextCase("import-list", "s3:prefix", [.listBucket], "\(SampleCopy.prefix)… or absent"),
    ContextCase("import-list", "s3:delimiter", [.listBucket], "unknown"),
    ContextCase("import-list", "s3:max-keys", [.listBucket], "unknown"),
    ContextCase("import-unknown", "aws:UserAgent", everywhere, "unknown"),
    ContextCase("import-unknown", "s3:ExistingObjectTag/class", [.object], "unknown"),
    ContextCase("import-unknown", "aws:PrincipalTag/team", session, "unknown"),
    ContextCase("import-unknown", "aws:ResourceTag/team", session, "unknown"),
  ]

  @Test(arguments: cases)
  func `A condition key`(_ example: ContextCase) throws {
    var plan = try SampleCopy().plan
    example.change(&plan)
    let requests = CompiledCopy(plan).requests
    let key = plan.keys[0].arn
    for kind in example.kinds {
      let family =
        switch kind {
        case .assumeRole: requests.assumeRole
        case .listBucket: requests.onBucket("s3:ListBucket")
        case .bucketACL: requests.onBucket("s3:GetBucketAcl")
        case .object: requests.onObjects("s3:GetObject")
        case .objectKey: requests.onKey("kms:Decrypt", key: key, withBucketKeys: false)
        case .bucketKey: requests.onKey("kms:Decrypt", key: key, withBucketKeys: true)
        }
      #expect(family.request.context[example.key].words == example.known, "\(kind)")
    }
  }

  // `import-list`
  @Test(arguments: [
    (#""StringLike": {"s3:prefix": "AWSLogs/*"}"#, Requirement.Status.open),
    (#""StringLikeIfExists": {"s3:prefix": "AWSLogs/*"}"#, .proven),
    (#""StringEquals": {"s3:prefix": "other/"}"#, .open),
    (#""Null": {"s3:prefix": "true"}"#, .open),
  ])
  func `What CloudTrail lists is proven or open, never violated`(
    condition: String, status: Requirement.Status
  ) throws {
    let sources = #""aws:SourceArn": "\#(SampleCopy.store)"}"#
    var copy = SampleCopy(owner: "444455556666")
    copy = copy.replacing(\.roleText, sources + "}", sources + ", \(condition)}")
    let report = try copy.report
    #expect(report.statuses(of: "s3-list-bucket") == [status])
  }

  // `import-source`
  @Test func `That CloudTrail names the store to S3 and KMS is an assumption where it matters`()
    throws
  {
    let text =
      "CloudTrail's requests to S3 and KMS carry `aws:SourceArn` and `aws:SourceAccount`, as in "
      + "AWS's own sample policies"
    var copy = SampleCopy(owner: "444455556666")
    #expect(try copy.report.copies[0].assumptions.contains(text))
    let conditions = #"""
      "StringEquals": {"aws:SourceAccount": "111122223333", "aws:SourceArn": "\#(SampleCopy.store)"}
      """#
    copy = copy.replacing(\.roleText, conditions, "").replacing(\.keyText, conditions, "")
      .replacing(\.keyText, #"acme-logs/*"},"#, #"acme-logs/*"}"#)
    let report = try copy.report
    #expect(report.verdict == .ready)
    #expect(!report.copies[0].assumptions.contains(text))
  }

  static let bucketKeys: [(CopyFacts.BucketKeys?, String, Requirement.Status)] = [
    (.off, "arn:aws:s3:::acme-logs/*", .proven), (.off, "arn:aws:s3:::acme-logs", .violated),
    (.on, "arn:aws:s3:::acme-logs", .proven), (.on, "arn:aws:s3:::acme-logs/*", .violated),
    (.mixed, "arn:aws:s3:::acme-logs", .violated), (.mixed, "arn:aws:s3:::acme-logs/*", .violated),
    (.mixed, "arn:aws:s3:::acme-logs*", .proven), (nil, "arn:aws:s3:::acme-logs/*", .open),
    (nil, "arn:aws:s3:::acme-logs*", .proven), (nil, "arn:aws:s3:::other*", .violated),
  ]

  // `bucket-keys`
  @Test(arguments: bucketKeys)
  func `S3 Bucket Keys make a second family`(
    keys: CopyFacts.BucketKeys?, pattern: String, status: Requirement.Status
  ) throws {
    var copy = SampleCopy().replacing(
      \.keyText, #""arn:aws:s3:::acme-logs/*""#, #""\#(pattern)""#)
    copy.bucketKeys = keys
    #expect(try copy.report.statuses(of: "kms-decrypt") == [status])
  }

  // `rcp-spares-managed-keys`
  @Test func `Resource control policies spare the keys that AWS manages`() throws {
    let deny = """
      {"Version": "2012-10-17", "Statement": {
        "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"}}
      """
    func copy(_ keys: [KeyPlan]?) throws -> SampleCopy {
      let policy = try SampleCopy.policy("rcp.json", deny, .resourceControl)
      var copy = SampleCopy()
      copy.change = { plan in
        if let keys { plan.keys = keys }
        plan.facts.managementAccount = .stated("999988887777", by: "`--management-account`")
        plan.resourceControl = OrganizationLayer(levels: [.init(name: "root", policies: [policy])])
      }
      return copy
    }
    #expect(try copy(nil).report.statuses(of: "kms-decrypt") == [.violated])
    #expect(try copy([.managed]).report.statuses(of: "kms-decrypt") == [.proven])
  }

  // `too-complex`
  @Test func `A question with too many states is open, and says so`() throws {
    let statements = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { letter in
      """
      {"Effect": "Allow", "Action": "s3:GetObject",
       "NotResource": "arn:aws:s3:::acme-logs/odd/*\(UnicodeScalar(letter))*"}
      """
    }
    var copy = SampleCopy()
    copy.bucketText = nil
    copy.roleText =
      #"{"Version": "2012-10-17", "Statement": ["#
      + statements.joined(separator: ",\n") + "]}"
    copy.change = { $0.facts.prefix = .stated("odd/prefix/AWSLogs/x", by: "`--source`") }
    let row = try #require(try copy.report.rows(of: "s3-get-object").first)
    #expect(row.status == .open)
    #expect(row.reason.hasPrefix("too complex"))
  }
}
