import Evidence
import PolicyModel

@testable import Checks

private let logs = "arn:aws:s3:::acme-logs"
private let folder = "arn:aws:s3:::acme-logs/AWSLogs/111122223333/CloudTrail"
private let role = #"{"AWS": "arn:aws:iam::111122223333:role/lake/CopyEvents"}"#
private let another = #"{"AWS": "arn:aws:iam::111122223333:role/Other"}"#
private let cloudTrail = #"{"Service": "cloudtrail.amazonaws.com"}"#

/// The role's permission to read, which every case but those about reading keeps.
private let reading = said("Allow", "s3:GetObject", on: "\(folder)/*", sid: "Objects")

extension SampleCopy {
  /// Leaves the grants for the bucket to the role's permissions.
  fileprivate mutating func withoutBucketGrants() { only(\.bucketDocument) }

  /// Leaves them to the bucket policy.
  fileprivate mutating func withoutRoleGrants() { only(\.roleText) }
}

extension SaidCase {
  /// Requests that no statement allows, with one that nearly does.
  static let notGranted: [SaidCase] = nothing + resources + actions + principals + trust + callers

  private static let nothing: [SaidCase] = [
    .one("nobody grants the bucket") {
      $0.withoutRoleGrants()
      $0.withoutBucketGrants()
    },
    .two("nobody grants the bucket") {
      $0.withoutRoleGrants()
      $0.withoutBucketGrants()
    },
    .two("the role grants nothing") { $0.withoutRoleGrants() },
    .two("the bucket policy grants nothing") { $0.withoutBucketGrants() },
    .two("there is no bucket policy") { $0.bucketText = nil },
    .two("a policy without statements") { $0.roleText = #"{"Version": "2012-10-17"}"# },
    .two("a policy that is one statement") {
      $0.roleText = #"{"Version": "2012-10-17", "Statement": \#(reading)}"#
    },
    .two("names of statements that are taken") {
      $0.replace(\.roleText, #""Sid": "Objects""#, #""Sid": "AWSCloudTrailImportObjectAccess""#)
      $0.replace(\.roleText, #""Sid": "Key""#, #""Sid": "AWSCloudTrailImportObjectAccess2""#)
      $0.replace(\.roleText, "s3:GetObject", "s3:GetObjectTagging")
    },
    .two("statements without names") {
      $0.only(\.roleText, said("Allow", "kms:*"), said("Allow", "s3:ListBucket"))
    },
    .one("the prefix is not known") {
      $0.withoutRoleGrants()
      $0.withoutBucketGrants()
      $0.then { $0.facts.prefix = .unknown }
    },
    .one("the event data store is not known") {
      $0.withoutRoleGrants()
      $0.withoutBucketGrants()
      $0.only(\.trustText)
      $0.then { $0.facts.destination = .unknown }
    },
  ]

  private static let resources: [SaidCase] = [
    .two("objects where the bucket belongs") {
      $0.replace(\.roleText, "[\"\(logs)\"]", "[\"\(logs)/*\"]")
    },
    .two("the bucket where objects belong") {
      $0.only(
        \.roleText, said("Allow", #"["s3:ListBucket", "s3:GetBucketAcl"]"#, on: logs),
        said("Allow", "s3:GetObject", on: logs), said("Allow", "kms:*"))
    },
    .two("another prefix") { $0.replace(\.roleText, "CloudTrail/*", "CloudTrail-Digest/*") },
    .two("two resources, neither of them right") {
      $0.replace(
        \.bucketDocument, "[\"\(logs)\", \"\(logs)/*\"]", "[\"\(logs)-old\", \"\(logs)-old/*\"]")
    },
    .two("resources of which one is somebody else's") {
      $0.replace(\.bucketDocument, "\"\(logs)/*\"", "\"\(logs)-old/*\"")
    },
    .two("NotResource") {
      $0.replace(\.roleText, "\"Resource\": [\"\(logs)\"]", "\"NotResource\": [\"\(logs)\"]")
    },
    .two("the right resource in other capitals") {
      $0.replace(\.roleText, "/AWSLogs/", "/awslogs/")
    },
    .two("one region of the log files") {
      $0.replace(\.roleText, "CloudTrail/*", "CloudTrail/us-east-1/*")
      $0.replace(\.roleText, "\"\(folder)\", ", "")
    },
  ]

  private static let actions: [SaidCase] = [
    .two("an action of the list is missing") {
      $0.replace(\.roleText, #"["s3:ListBucket", "s3:GetBucketAcl"]"#, #""s3:ListBucket""#)
    },
    .two("an action of the bucket's list is missing") {
      $0.replace(\.bucketDocument, #", "s3:GetBucketAcl""#, "")
    },
    .two("another action of the service") {
      $0.replace(\.roleText, #"["s3:GetObject"]"#, #"["s3:PutObject"]"#)
    },
    .two("actions of another service") {
      $0.replace(\.roleText, #"["s3:GetObject"]"#, #"["kms:Encrypt"]"#)
    },
    .two("NotAction") {
      $0.replace(\.roleText, #""Action": ["s3:GetObject"]"#, #""NotAction": ["s3:Get*"]"#)
    },
    .two("two parts fail") {
      $0.only(
        \.roleText, said("Allow", #"["s3:ListBucket", "s3:GetBucketAcl"]"#, on: logs),
        said(
          "Allow", "s3:GetObject", on: "\(folder)-Digest/*",
          if: #""StringEquals": {"aws:SourceAccount": "444455556666"}"#), said("Allow", "kms:*"))
    },
    .two("three parts fail") {
      $0.only(
        \.roleText, said("Allow", #"["s3:ListBucket", "s3:GetBucketAcl"]"#, on: logs),
        said(
          "Allow", "s3:PutObject", on: "\(folder)-Digest/*",
          if: #""StringEquals": {"aws:SourceAccount": "444455556666"}"#), said("Allow", "kms:*"))
    },
  ]

  private static let principals: [SaidCase] = [
    .two("another role") { $0.replace(\.bucketDocument, "lake/CopyEvents", "CopyEvents") },
    .two("a list of other roles") {
      $0.replace(
        \.bucketDocument, "\"\(SampleCopy.role)\"",
        #"["arn:aws:iam::111122223333:role/A", "arn:aws:iam::111122223333:role/B"]"#)
    },
    .two("the service") {
      $0.replace(
        \.bucketDocument, "\"AWS\": \"\(SampleCopy.role)\"",
        #""Service": "cloudtrail.amazonaws.com""#)
    },
    .two("another role and another condition") {
      $0.only(
        \.bucketDocument,
        said(
          "Allow", #"["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"]"#,
          on: "[\"\(logs)\", \"\(logs)/*\"]", to: another,
          if: #""StringEquals": {"aws:SourceAccount": "444455556666"}"#))
    },
    .two("everyone of an organization that is another") {
      $0.only(
        \.bucketDocument,
        said(
          "Allow", "s3:*", on: "[\"\(logs)\", \"\(logs)/*\"]", to: "*",
          if: #""StringEquals": {"aws:PrincipalOrgID": "o-other12345"}"#))
      $0.then { $0.facts.organizationID = .stated("o-acme123456", by: "`--organization-id`") }
    },
    .one("a key for another role") { $0.replace(\.keyText, "lake/CopyEvents", "CopyEvents") },
    .one("a key of another account's root") {
      $0.replace(\.keyText, SampleCopy.role, "arn:aws:iam::444455556666:root")
    },
    .one("a key for nobody") { $0.only(\.keyText) },
    .two("a key for nobody, and a role that may not use it") {
      $0.only(\.keyText)
      $0.replace(\.roleText, "kms:Decrypt", "kms:Encrypt")
    },
    .one("a key that hands over to the account, and a role that may not use it") {
      $0.replace(\.keyText, SampleCopy.role, "arn:aws:iam::111122223333:root")
      $0.replace(\.roleText, "key/1234abcd", "key/9999abcd")
    },
    .two("a key that hands over to the account, and a role that may not use it") {
      $0.replace(\.keyText, SampleCopy.role, "arn:aws:iam::111122223333:root")
      $0.replace(\.roleText, #""kms:GenerateDataKey", "#, "")
    },
    .one("a key policy about another key") {
      $0.replace(
        \.keyText, #""Resource": "*""#,
        #""Resource": "arn:aws:kms:us-east-1:111122223333:key/other""#)
    },
    .one("a key policy without Resource") { $0.replace(\.keyText, #""Resource": "*","#, "") },
    .one("a key policy with one action") {
      $0.replace(\.keyText, #"["kms:Decrypt", "kms:GenerateDataKey"]"#, #""kms:Decrypt""#)
    },
  ]

  private static let trust: [SaidCase] = [
    .one("another service") { $0.replace(\.trustText, "cloudtrail.amazonaws", "config.amazonaws") },
    .one("other services") {
      $0.replace(
        \.trustText, #""cloudtrail.amazonaws.com""#,
        #"["config.amazonaws.com", "ec2.amazonaws.com"]"#)
    },
    .one("an account") {
      $0.replace(
        \.trustText, #"{"Service": "cloudtrail.amazonaws.com"}"#,
        #"{"AWS": "arn:aws:iam::111122223333:root"}"#)
    },
    .one("a trust policy with another action") {
      $0.replace(\.trustText, "sts:AssumeRole", "sts:AssumeRoleWithSAML")
    },
    .one("an empty trust policy") { $0.only(\.trustText) },
    .one("a trust policy that wants a session's name") {
      $0.replace(\.trustText, #""StringEquals": {"#, #""StringEquals": {"sts:ExternalId": "x", "#)
    },
    .one("a trust policy that wants no TLS") {
      $0.replace(
        \.trustText, #""StringEquals": {"#,
        #""Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"#)
    },
    .one("a store's key for nobody") { $0.storeKey() },
    .one("a store's key for another service") {
      $0.storeKey(said("Allow", "kms:*", to: #"{"Service": "config.amazonaws.com"}"#))
    },
    .one("a store's key with one action") {
      $0.storeKey(said("Allow", "kms:Decrypt", to: cloudTrail))
    },
    .one("a store's key guarded as a trail's") {
      $0.storeKey(
        said("Allow", "kms:*", to: another, sid: "Admin"),
        said(
          "Allow", "kms:*", to: cloudTrail,
          if: SampleCopy.sourceCondition + #", "Bool": {"aws:SecureTransport": "true"}"#))
    },
    .one("a store's key guarded as a trail's, by a pattern of actions") {
      $0.storeKey(
        said("Allow", "kms:Describe*", to: cloudTrail, if: SampleCopy.sourceCondition),
        said(
          "Allow", #"["kms:Gen*", "kms:Decrypt"]"#, to: cloudTrail,
          if: #""ArnLike": {"AWS:SourceArn": "arn:*"}"#))
    },
    .one("a store's key guarded as a trail's, and denied") {
      $0.storeKey(
        said("Allow", "kms:*", to: cloudTrail, if: SampleCopy.sourceCondition),
        said("Deny", "kms:*", to: "*"))
    },
    .one("a store's key that is disabled") {
      $0.storeKey(said("Allow", "kms:*", to: cloudTrail))
      $0.then { $0.storeKey?.state = .stated("Disabled", by: "the key") }
    },
  ]

  private static let callers: [SaidCase] = [
    .one("nobody may start the import") { $0.only(\.callerText, said("Allow", "s3:*")) },
    .one("the import of one store") {
      $0.replace(\.callerText, #""Resource": "*""#, "\"Resource\": \"\(SampleCopy.store)\"")
    },
    .one("starting queries") { $0.replace(\.callerText, "StartImport", "StartQuery") },
    .one("passing another role") { $0.replace(\.callerText, "lake/CopyEvents", "CopyEvents") },
    .one("passing to another service") {
      $0.replace(\.callerText, "cloudtrail.amaz", "config.amaz")
    },
    .one("getting the role") { $0.replace(\.callerText, "iam:PassRole", "iam:GetRole") },
    .one("statements with names") {
      $0.only(
        \.callerText, said("Allow", "cloudtrail:Get*", sid: "PassImportRole"),
        said("Allow", "iam:Get*", sid: "StartImport"))
    },
  ]

  /// Statements that let others in: what the copy needs is granted, and the guide's statement or
  /// another's slip beside it.
  static let grantedToOthers: [SaidCase] = [
    .one("the account in the bucket policy") {
      $0.replace(\.bucketDocument, SampleCopy.role, "arn:aws:iam::111122223333:root")
    },
    .one("two principals in the bucket policy") {
      $0.replace(
        \.bucketDocument, "\"\(SampleCopy.role)\"", #"["111122223333", "444455556666"]"#)
    },
    .one("no statement of the bucket policy is about it") {
      $0.only(\.bucketDocument, said("Allow", "s3:PutObject", on: "\(logs)/*", to: another))
    },
    .one("the account in the key policy") {
      $0.replace(\.keyText, SampleCopy.role, "arn:aws:iam::111122223333:root")
    },
    .one("the account and the role for decryption in the key policy") {
      $0.add(\.keyText, said("Allow", "kms:*", to: #"{"AWS": "111122223333"}"#, sid: "Root"))
      $0.replace(\.keyText, #", "kms:GenerateDataKey""#, "")
    },
    .one("everyone may see the bucket") {
      $0.add(\.bucketDocument, said("Allow", "s3:GetBucketLocation", on: logs, to: "*"))
    },
    .two("everyone may see the bucket") {
      $0.add(\.bucketDocument, said("Allow", "s3:GetBucketLocation", on: logs, to: "*", sid: "All"))
    },
    .two("everyone with a tag may see the bucket") {
      $0.add(
        \.bucketDocument,
        said(
          "Allow", "s3:GetBucketLocation", on: logs, to: "*",
          if: #""StringEquals": {"aws:PrincipalTag/team": "logs"}"#))
    },
    .one("any store of the account") {
      $0.replace(\.trustText, #", "aws:SourceArn": "\#(SampleCopy.store)""#, "")
    },
    .one("any account") {
      $0.replace(
        \.trustText, #""Condition": {"#,
        #""Condition": {"Bool": {"aws:SecureTransport": "true"}, "#)
      $0.replace(\.trustText, ", " + SampleCopy.sourceCondition, "")
    },
    .one("another account beside") {
      $0.replace(
        \.trustText, #""aws:SourceAccount": "111122223333""#,
        #""aws:SourceAccount": ["111122223333", "444455556666"]"#)
      $0.replace(\.trustText, #", "aws:SourceArn": "\#(SampleCopy.store)""#, "")
    },
    .one("every store of the account by a pattern") {
      $0.replace(\.trustText, "StringEquals", "StringLike")
      $0.replace(\.trustText, "ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f", "*")
    },
    .one("everything and everyone in the trust policy") {
      $0.only(\.trustText, said("Allow", "sts:AssumeRole", on: nil, to: "*"))
    },
    .one("an organization in the trust policy") {
      $0.only(
        \.trustText,
        said(
          "Allow", "sts:AssumeRole", on: nil, to: cloudTrail,
          if: #""StringEquals": {"aws:SourceOrgID": "o-acme123456"}"#))
    },
  ]

  /// Keys with and without S3 Bucket Keys, and with conditions on the encryption context.
  static let keys: [SaidCase] =
    contexts.flatMap { context in
      [CopyFacts.BucketKeys.on, .off, .mixed, nil].map { bucketKeys in
        SaidCase.one("context \(context), Bucket Keys \(bucketKeys?.rawValue ?? "unknown")") {
          $0.replace(\.keyText, "\"\(logs)/*\"", context)
          $0.bucketKeys = bucketKeys
        }
      }
    } + [
      .one("the context under an operator without wildcards, Bucket Keys unknown") {
        $0.replace(\.keyText, "StringLike", "StringEquals")
        $0.bucketKeys = nil
      },
      .one("the bucket's context under an operator without wildcards, Bucket Keys off") {
        $0.replace(\.keyText, "StringLike", "StringEquals")
        $0.replace(\.keyText, "\"\(logs)/*\"", "\"\(logs)\"")
      },
      .one("no key is known") { $0.then { $0.keys = [] } },
      .one("no key is known, and the default is S3's own") {
        $0.then {
          $0.keys = []
          $0.facts.defaultEncryption = .stated("AES256", by: "the bucket")
        }
      },
      .one("the key that AWS manages") { $0.then { $0.keys = [.managed] } },
      .two("the key that AWS manages") { $0.then { $0.keys = [.managed] } },
      .two("the key that AWS manages, of an account nobody knows") {
        $0.then {
          $0.keys = [.managed]
          $0.facts.bucketAccount = .unknown
        }
      },
      .two("the key that AWS manages, and the role is not known") {
        $0.then {
          $0.keys = [.managed]
          $0.facts.roleARN = .unknown
        }
      },
      .one("a key in another Region") {
        $0.then { $0.facts.bucketRegion = .stated("eu-west-1", by: "`--bucket-region`") }
      },
      .one("a key for signing") {
        $0.then { $0.keys[0].usage = .stated("SIGN_VERIFY", by: "the key") }
      },
      .one("a key whose ARN is not known") { $0.then { $0.keys[0].arn = .unknown } },
    ]

  private static let contexts = [
    "\"\(logs)\"", "\"\(logs)/*\"", "[\"\(logs)\", \"\(logs)/*\"]", "\"\(logs)*\"",
    "\"arn:aws:s3:::other/*\"", "\"\(folder)/us-east-1/*\"",
  ]
}
