import Evidence
import PolicyModel

@testable import Checks

/// A copy built by hand, ready unless a test breaks it.
struct SampleCopy {
  static let store =
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
  static let role = "arn:aws:iam::111122223333:role/lake/CopyEvents"
  static let prefix = "AWSLogs/111122223333/CloudTrail/"

  /// The account that owns bucket and key.
  var owner: String
  var roleText: String
  var trustText: String
  var bucketText: String?
  var keyText: String
  var callerText: String
  var bucketKeys: CopyFacts.BucketKeys? = .off
  /// Changes the plan before it is judged.
  var change: @Sendable (inout CopyPlan) -> Void = { _ in }

  var key: String { "arn:aws:kms:us-east-1:\(owner):key/1234abcd-12ab-34cd-56ef-1234567890ab" }

  /// The guide's policies, for bucket and key in the role's account or in another.
  init(owner: String = "111122223333") {
    self.owner = owner
    let source = """
      "StringEquals": {"aws:SourceAccount": "111122223333", "aws:SourceArn": "\(Self.store)"}
      """
    let key = "arn:aws:kms:us-east-1:\(owner):key/1234abcd-12ab-34cd-56ef-1234567890ab"
    roleText = """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "Bucket", "Effect": "Allow",
            "Action": ["s3:ListBucket", "s3:GetBucketAcl"],
            "Resource": ["arn:aws:s3:::acme-logs"],
            "Condition": {\(source)}
          },
          {
            "Sid": "Objects", "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": ["arn:aws:s3:::acme-logs/AWSLogs/111122223333/CloudTrail", "arn:aws:s3:::acme-logs/AWSLogs/111122223333/CloudTrail/*"],
            "Condition": {\(source)}
          },
          {
            "Sid": "Key", "Effect": "Allow",
            "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
            "Resource": ["\(key)"]
          }
        ]
      }
      """
    callerText = """
      {
        "Version": "2012-10-17",
        "Statement": [
          {"Effect": "Allow", "Action": "cloudtrail:StartImport", "Resource": "*"},
          {
            "Effect": "Allow", "Action": "iam:PassRole", "Resource": "\(Self.role)",
            "Condition": {"StringEquals": {"iam:PassedToService": "cloudtrail.amazonaws.com"}}
          }
        ]
      }
      """
    trustText = """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {\(source)}
          }
        ]
      }
      """
    bucketText = """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "Import", "Effect": "Allow",
            "Principal": {"AWS": "\(Self.role)"},
            "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
            "Resource": ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"]
          }
        ]
      }
      """
    keyText = """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "Import", "Effect": "Allow",
            "Principal": {"AWS": "\(Self.role)"},
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": "*",
            "Condition": {
              "StringLike": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::acme-logs/*"},
              \(source)
            }
          }
        ]
      }
      """
  }

  /// Says of the bucket's key what `describe-key` would.
  private func describe(_ key: inout KeyPlan) {
    key.state = .stated("Enabled", by: "the key")
    key.usage = .stated("ENCRYPT_DECRYPT", by: "the key")
    key.isAWSManaged = .stated(false, by: "the key")
  }

  /// The copy with a text of one of its documents replaced; the text must be there.
  func replacing(
    _ document: WritableKeyPath<SampleCopy, String>, _ old: String, _ new: String
  ) -> SampleCopy {
    precondition(self[keyPath: document].contains(old), "nothing to replace: \(old)")
    var copy = self
    copy[keyPath: document] = self[keyPath: document].split(
      separator: old, omittingEmptySubsequences: false
    ).joined(separator: new)
    return copy
  }

  var bucketDocument: String {
    get { bucketText ?? "" }
    set { bucketText = newValue }
  }

  var plan: CopyPlan {
    get throws {
      var plan = CopyPlan(name: "sample", asOf: Timestamp(seconds: 1_795_219_200))
      plan.facts.bucket = .stated("acme-logs", by: "`--source`")
      plan.facts.prefix = .stated(Self.prefix, by: "`--source`")
      plan.facts.bucketAccount = .stated(owner, by: "`--bucket-account`")
      plan.facts.bucketRegion = .stated("us-east-1", by: "`--bucket-region`")
      plan.facts.roleARN = .stated(Self.role, by: "`--role-arn`")
      plan.facts.destination = .stated(Self.store, by: "`--destination`")
      plan.facts.callerAccount = .stated("111122223333", by: "`--caller-account`")
      plan.facts.objectOwnership = .stated("BucketOwnerEnforced", by: "the bucket")
      plan.facts.isOrganizationStore = .stated(false, by: "the store")
      plan.facts.retentionPeriod = .stated(1095, by: "the store")
      plan.facts.storeStatus = .stated("ENABLED", by: "the store")
      plan.facts.storeCategories = .stated(["Management"], by: "the store")
      plan.facts.storeBillingMode = .stated("EXTENDABLE_RETENTION_PRICING", by: "the store")
      plan.facts.storeCreated = .stated(plan.asOf, by: "the store")
      plan.facts.storeUpdated = .stated(plan.asOf, by: "the store")
      plan.facts.hasOngoingImport = .stated(false, by: "the list of imports")
      plan.facts.payer = .stated("BucketOwner", by: "the bucket")
      plan.facts.restrictsPublicBuckets = .stated(true, by: "the public access block")
      plan.facts.startTime = .stated(
        Timestamp(seconds: plan.asOf.seconds - 700 * 86_400), by: "`--start-time`")
      plan.facts.endTime = .stated(
        Timestamp(seconds: plan.asOf.seconds - 86_400), by: "`--end-time`")
      plan.lifecycle = []
      var listing = ListingSummary(origin: "`list-objects-v2`")
      listing.objects = 2
      listing.logFiles = 2
      plan.listing = listing
      if let bucketKeys { plan.facts.bucketKeys = .stated(bucketKeys, by: "`--bucket-keys`") }
      plan.role = try layer("role.json", roleText, .identity, &plan)
      plan.trust = try layer("trust.json", trustText, .trust, &plan)
      plan.bucket = try bucketText.map { try layer("bucket.json", $0, .bucket, &plan) } ?? .none
      plan.keys = [
        KeyPlan(
          arn: .stated(key, by: "`--key-arn`"), policy: try layer("key.json", keyText, .key, &plan))
      ]
      describe(&plan.keys[0])
      plan.caller = try layer("caller.json", callerText, .identity, &plan)
      change(&plan)
      return plan
    }
  }

  func layer(
    _ path: String, _ text: String, _ kind: PolicyKind, _ plan: inout CopyPlan
  ) throws -> PolicyLayer {
    let policy = try Self.policy(path, text, kind)
    plan.findings += policy.findings
    return PolicyLayer(policies: [policy])
  }

  static func policy(_ path: String, _ text: String, _ kind: PolicyKind) throws -> Policy {
    let tree = try Tree.parse(Source(path: path, text))
    return Policy(reading: tree.root, as: kind)
  }

  var report: Report {
    get throws {
      let plan = try plan
      return Report(
        judging: [plan], with: JudgeSettings(version: "test"), asOf: plan.asOf, documentCount: 4)
    }
  }
}

extension Report {
  /// The statuses of a rule's rows, in order.
  func statuses(of rule: RuleID) -> [Requirement.Status] {
    copies.flatMap(\.requirements).filter { $0.rule == rule }.map(\.status)
  }

  /// The rows of a rule.
  func rows(of rule: RuleID) -> [Requirement] {
    copies.flatMap(\.requirements).filter { $0.rule == rule }
  }

  /// Each finding as `rule severity path: the text at its place`.
  var summary: [String] {
    findings.map { finding in
      let text = finding.place.map { place in
        String(decoding: place.source.text[place.range], as: UTF8.self)
      }
      return
        "\(finding.rule) \(finding.severity.name) \(finding.place?.source.path ?? "-"): \(text ?? "-")"
    }
  }
}
