import PolicyModel

/// The policies of a copy, as the CloudTrail User Guide documents them under "Required permissions
/// for copying trail events".
struct CopyPolicies {
  let facts: DraftFacts

  private static let version = "2012-10-17"
  private static let service = "cloudtrail.amazonaws.com"

  /// The conditions that tie a session of the role to the one event data store.
  private var fromStore: DraftValue {
    [
      "StringEquals": [
        "aws:SourceAccount": .text(facts.lakeAccount), "aws:SourceArn": .text(facts.destination),
      ]
    ]
  }

  /// What the role may do.
  var role: DraftValue {
    var statements: [DraftValue] = [
      [
        "Sid": "AWSCloudTrailImportBucketAccess", "Effect": "Allow",
        "Action": ["s3:ListBucket", "s3:GetBucketAcl"], "Resource": .text(facts.bucketARN),
        "Condition": fromStore,
      ],
      [
        "Sid": "AWSCloudTrailImportObjectAccess", "Effect": "Allow", "Action": "s3:GetObject",
        "Resource": .text(facts.objectsARN), "Condition": fromStore,
      ],
    ]
    if !facts.keys.isEmpty {
      statements.append([
        "Sid": "AWSCloudTrailImportKeyAccess", "Effect": "Allow",
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": .oneOrMany(facts.keys.map(\.arn)),
      ])
    }
    return Self.policy(statements)
  }

  /// Who may assume the role: CloudTrail, for this event data store.
  var trust: DraftValue {
    Self.policy([
      [
        "Sid": "AWSCloudTrailImportAssumeRole", "Effect": "Allow",
        "Principal": ["Service": .text(Self.service)], "Action": "sts:AssumeRole",
        "Condition": fromStore,
      ]
    ])
  }

  /// What the bucket's policy must say of the role.
  var bucket: DraftValue {
    Self.policy([
      [
        "Sid": "AWSCloudTrailImportBucketAccess", "Effect": "Allow",
        "Principal": ["AWS": .text(facts.roleARN)],
        "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
        "Resource": [.text(facts.bucketARN), .text(facts.objectsARN)],
      ]
    ])
  }

  /// What each key's policy must say of the role.
  ///
  /// With S3 Bucket Keys the encryption context names the bucket, without them the object: Amazon S3
  /// User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys".
  var key: DraftValue {
    let context =
      switch facts.usesBucketKeys {
      case true?: [facts.bucketARN]
      case false?: [facts.objectsARN]
      case nil: [facts.bucketARN, facts.objectsARN]
      }
    return Self.policy([
      [
        "Sid": "AWSCloudTrailImportKeyAccess", "Effect": "Allow",
        "Principal": ["AWS": .text(facts.roleARN)],
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*",
        "Condition": [
          "StringLike": ["kms:EncryptionContext:aws:s3:arn": .oneOrMany(context)],
          "StringEquals": [
            "aws:SourceAccount": .text(facts.lakeAccount),
            "aws:SourceArn": .text(facts.destination),
          ],
        ],
      ]
    ])
  }

  /// What whoever starts the import may do.
  var caller: DraftValue {
    Self.policy([
      [
        "Sid": "CopyTrailEvents", "Effect": "Allow",
        "Action": [
          "cloudtrail:StartImport", "cloudtrail:GetImport", "cloudtrail:ListImports",
          "cloudtrail:ListImportFailures", "cloudtrail:StopImport",
        ],
        // These actions have no resource types: nothing but `*` grants them.
        "Resource": "*",
      ],
      [
        "Sid": "PassTheRole", "Effect": "Allow", "Action": "iam:PassRole",
        "Resource": .text(facts.roleARN),
        "Condition": ["StringEquals": ["iam:PassedToService": .text(Self.service)]],
      ],
    ])
  }

  /// The input of `aws cloudtrail start-import`.
  var request: DraftValue {
    var members: [DraftValue.Member] = [
      .init(name: "Destinations", value: [.text(facts.destination)]),
      .init(
        name: "ImportSource",
        value: [
          "S3": [
            "S3LocationUri": .text(facts.source), "S3BucketRegion": .text(facts.bucketRegion),
            "S3BucketAccessRoleArn": .text(facts.roleARN),
          ]
        ]),
    ]
    if let start = facts.startTime, let end = facts.endTime {
      members.append(.init(name: "StartEventTime", value: .text(start.iso8601)))
      members.append(.init(name: "EndEventTime", value: .text(end.iso8601)))
    }
    return .object(members)
  }

  private static func policy(_ statements: [DraftValue]) -> DraftValue {
    ["Version": .text(version), "Statement": .list(statements)]
  }
}
