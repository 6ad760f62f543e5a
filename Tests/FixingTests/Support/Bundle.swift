import Checks
import Evidence
import PolicyModel
import Testing

@testable import Fixing

/// Whether role and bucket belong to one account.
enum Accounts: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case one
  case two

  var testDescription: String { "\(rawValue) account(s)" }

  /// The account of bucket and key.
  var owner: String { self == .one ? "111122223333" : "444455556666" }
}

/// A copy that is ready, whose policies can be broken and written in any form.
///
/// In one account the bucket's policy is no business of the role, so that a mistake in the role's
/// permissions decides; the key's policy does not hand over to the account.
struct Bundle: Sendable {
  static let store =
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
  static let role = "arn:aws:iam::111122223333:role/lake/CopyEvents"
  static let bucketARN = "arn:aws:s3:::acme-logs"
  static let prefix = "AWSLogs/111122223333/CloudTrail/"
  static let asOf = Timestamp(seconds: 1_795_219_200)

  var accounts: Accounts
  var form = DocumentForm.json
  /// By the option's name.
  var policies: [String: Remedy.Value]
  var bucketKeys = "mixed"
  /// Documents in place of policies, by the option's name.
  var sources: [String: Source] = [:]
  /// Whether the role, and in one account the bucket's policy, stand in a CloudFormation template.
  var isTemplate = false

  var key: String {
    "arn:aws:kms:us-east-1:\(accounts.owner):key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  init(_ accounts: Accounts, form: DocumentForm = .json) {
    self.accounts = accounts
    self.form = form
    let source: Remedy.Value = [
      "aws:SourceAccount": "111122223333", "aws:SourceArn": .text(Self.store),
    ]
    let key = "arn:aws:kms:us-east-1:\(accounts.owner):key/1234abcd-12ab-34cd-56ef-1234567890ab"
    policies = [
      "role": [
        "Version": "2012-10-17",
        "Statement": [
          [
            "Sid": "Bucket", "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketAcl"],
            "Resource": [.text(Self.bucketARN)], "Condition": ["StringEquals": source],
          ],
          [
            "Sid": "Objects", "Effect": "Allow", "Action": "s3:GetObject",
            "Resource": [.text("\(Self.bucketARN)/\(Self.prefix)*")],
            "Condition": ["StringEquals": source],
          ],
          [
            "Sid": "Key", "Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
            "Resource": .text(key),
          ],
        ],
      ],
      "trust": [
        "Version": "2012-10-17",
        "Statement": [
          [
            "Effect": "Allow", "Principal": ["Service": "cloudtrail.amazonaws.com"],
            "Action": "sts:AssumeRole", "Condition": ["StringEquals": source],
          ]
        ],
      ],
      "bucket": [
        "Version": "2012-10-17",
        "Statement": [
          [
            "Sid": "Trail", "Effect": "Allow",
            "Principal": ["Service": "cloudtrail.amazonaws.com"], "Action": "s3:GetBucketAcl",
            "Resource": .text(Self.bucketARN),
            "Condition": [
              "StringEquals": [
                "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/acme"
              ]
            ],
          ],
          [
            "Sid": "Import", "Effect": "Allow", "Principal": ["AWS": .text(Self.role)],
            "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
            "Resource": [.text(Self.bucketARN), .text("\(Self.bucketARN)/*")],
          ],
        ],
      ],
      "key": [
        "Version": "2012-10-17",
        "Statement": [
          [
            "Sid": "Import", "Effect": "Allow", "Principal": ["AWS": .text(Self.role)],
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*",
            "Condition": [
              "StringLike": [
                "kms:EncryptionContext:aws:s3:arn": [
                  .text(Self.bucketARN), .text("\(Self.bucketARN)/*"),
                ]
              ], "StringEquals": source,
            ],
          ]
        ],
      ],
      "caller-policy": [
        "Version": "2012-10-17",
        "Statement": [
          [
            "Sid": "Start", "Effect": "Allow",
            "Action": ["cloudtrail:StartImport", "cloudtrail:GetImport"], "Resource": "*",
          ],
          [
            "Sid": "Pass", "Effect": "Allow", "Action": "iam:PassRole",
            "Resource": .text(Self.role),
            "Condition": [
              "StringEquals": ["iam:PassedToService": "cloudtrail.amazonaws.com"]
            ],
          ],
        ],
      ],
    ]
    if accounts == .one { policies["bucket"]?["Statement", 1] = nil }
  }

  private static let uses: [(name: String, use: Document.Use)] = [
    ("role", .role), ("trust", .trust), ("bucket", .bucket), ("key", .key(arn: nil)),
    ("caller-policy", .caller),
  ]

  /// The policies' documents, and answers that tell everything else.
  var input: CopyInput {
    get throws {
      var input = CopyInput(name: "bundle", asOf: Self.asOf)
      if isTemplate {
        let source = sources["template"] ?? form.source(template, named: "template")
        input.documents.append(Document(source, as: .anything))
      }
      for (name, use) in Self.uses where !isTemplate || !templateNames.contains(name) {
        if let source = sources[name] {
          input.documents.append(
            Document(source, as: source.path.hasPrefix("get-") ? .anything : use))
        } else if let value = policies[name] {
          input.documents.append(Document(form.source(value, named: name), as: use))
        }
      }
      for (name, text) in answers {
        input.documents.append(Document(Source(path: "\(name).json", text), as: .anything))
      }
      let facts: [(FactName, String)] = [
        (.source, "s3://acme-logs/\(Self.prefix)"), (.bucketRegion, "us-east-1"),
        (.bucketAccount, accounts.owner), (.roleARN, Self.role), (.destination, Self.store),
        (.keyARN, key), (.callerAccount, "111122223333"), (.startTime, "2026-01-01"),
        (.endTime, "2026-10-01"), (.keepDays, "30"), (.bucketKeys, bucketKeys),
      ]
      input.facts = try facts.map { try StatedFact($0, $1, origin: "`--\($0.rawValue)`") }
      return input
    }
  }

  /// The policies that a template holds: what is in another account is in another template.
  var templateNames: [String] {
    accounts == .one ? ["role", "trust", "bucket"] : ["role", "trust"]
  }

  /// A template with the role, and with the bucket's policy where the bucket is in its account.
  private var template: Remedy.Value {
    let empty: Remedy.Value = [:]
    var value: Remedy.Value = [
      "AWSTemplateFormatVersion": "2010-09-09",
      "Resources": [
        "CopyRole": [
          "Type": "AWS::IAM::Role",
          "Properties": [
            "RoleName": "CopyEvents", "Path": "/lake/",
            "AssumeRolePolicyDocument": policies["trust"] ?? empty,
            "Policies": [["PolicyName": "copy", "PolicyDocument": policies["role"] ?? empty]],
          ],
        ]
      ],
    ]
    if accounts == .one {
      value["Resources", "LogsPolicy"] = [
        "Type": "AWS::S3::BucketPolicy",
        "Properties": ["Bucket": "acme-logs", "PolicyDocument": policies["bucket"] ?? empty],
      ]
    }
    return value
  }

  private var answers: [(String, String)] {
    [
      (
        "get-event-data-store",
        """
        {"EventDataStoreArn": "\(Self.store)", "Name": "history", "Status": "STOPPED_INGESTION",
         "AdvancedEventSelectors": [{"FieldSelectors": [
           {"Field": "eventCategory", "Equals": ["Management"]}]}],
         "MultiRegionEnabled": true, "OrganizationEnabled": false, "RetentionPeriod": 1095,
         "BillingMode": "EXTENDABLE_RETENTION_PRICING",
         "CreatedTimestamp": "2026-11-02T09:00:25.444000+00:00"}
        """
      ),
      (
        "get-bucket-ownership-controls",
        #"{"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}"#
      ),
      (
        "describe-key",
        """
        {"KeyMetadata": {"AWSAccountId": "\(accounts.owner)",
         "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab", "Arn": "\(key)", "Enabled": true,
         "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": "Enabled", "KeyManager": "CUSTOMER"}}
        """
      ),
      ("list-imports", #"{"Imports": []}"#),
      ("get-bucket-request-payment", #"{"Payer": "BucketOwner"}"#),
      (
        "list-objects-v2",
        """
        {"Prefix": "\(Self.prefix)", "Contents": [{"Size": 4711, "StorageClass": "STANDARD",
         "LastModified": "2026-01-01T00:05:00+00:00", "Key": "\(Self.prefix)us-east-1/2026/01/01/\
        111122223333_CloudTrail_us-east-1_20260101T0000Z_AbCdEfGhIjKlMnOp.json.gz"}]}
        """
      ),
    ]
  }

  func session() throws -> FixSession {
    FixSession([try input], judgedBy: Self.judge)
  }

  static func judge(_ plans: [CopyPlan]) -> Report {
    Report(
      judging: plans, with: JudgeSettings(version: "test"), asOf: asOf, documentCount: 10)
  }
}

extension Report {
  /// The findings that matter, as `rule: message`.
  var complaints: [String] {
    findings.filter { $0.severity > .note || $0.rule == "excess-access" }
      .map { "\($0.rule): \($0.message)" }
  }
}
