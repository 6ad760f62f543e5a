import Checks
import Evidence
import PolicyModel
import Reporting

/// One report with everything in it that a format has to show; every format has a snapshot of it.
enum RichReport {
  static let role = MarkedSource(
    "policies/role.json",
    """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "ListLogs",
          "Effect": "Allow",
          "Action": "s3:ListBucket",
          "Resource": «"arn:aws:s3:::acme-trail-logs/*"»
        },
        «{
          "Sid": "ReadLogs",
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/111122223333/CloudTrail/*",
          "Condition": {
            "StringEquals": {"aws:SourceArn": «"arn:aws:cloudtrail:us-east-1:111122223333:eventdataStore/EXAMPLE-f852"»}
          }
        }»
      ]
    }

    """)

  static let bucket = MarkedSource(
    "policies/bucket.json",
    "{\r\n\t\"Statement\": [\r\n\t\t{«\"Sid\": \"履歴コピー 🚚\"», «\"Effect\": \"Deny\"», "
      + "\"Principal\": \"*\", \"Action\": «\"s3:GetObject\"»,\r\n\t\t\t\"Resource\": "
      + "\"arn:aws:s3:::acme-trail-logs/*\"«»\r\n\t\t}\r\n\t]\r\n}\r\n")

  static let answer = MarkedSource(
    "state/get-key-policy.json",
    #"{"Policy": "{\"Version\":\"2012-10-17\",\"Id\":\"key\",\"Statement\":[{\"Sid\":\"Root\","#
      + #"\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:root\"},"#
      + #"\"Action\":\"kms:*\",\"Resource\":\"*\"},{\"Sid\":\"Copy\",\"Effect\":\"Allow\","#
      + #"\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/service-role/copy\"},"#
      + #"\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey\"],\"Resource\":\"*\",\"Condition\":"#
      + #"{\"StringLike\":{«\"kms:EncryptionContext:aws:s3:arn\":\"arn:aws:s3:::acme-trail-logs/*\"»}}"#
      + #"}]}", "PolicyName": "default"}"#)

  static let template = MarkedSource(
    "templates/lake.yaml",
    """
    Resources:
      CopyRole:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Statement:
            - Effect: Allow
              Principal: {Service: cloudtrail.amazonaws.com}
              Action: «sts:AssumeRole»
    """)

  static let bundleFacts = MarkedSource(
    "state/get-event-data-store.json",
    """
    {
      "EventDataStoreArn": «"arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/EXAMPLE-f852"»,
      "RetentionPeriod": «90»
    }
    """)

  static let roleARN = "arn:aws:iam::111122223333:role/service-role/copy"
  static let store = "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/EXAMPLE-f852"
  static let key = "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  static let bucketARN = "arn:aws:s3:::acme-trail-logs"
  static let objects = "arn:aws:s3:::acme-trail-logs/AWSLogs/111122223333/CloudTrail/*"

  static var findings: [Finding] {
    var all: [Finding] = []
    func add(_ copy: String?, _ finding: Finding, _ suppression: Suppression? = nil) {
      var finding = finding
      finding.copy = copy
      finding.suppression = suppression
      all.append(finding)
    }

    add(
      "history",
      Finding(
        "retention-coverage", .error,
        "events before 2026-08-23 are older than the event data store keeps them", at: nil,
        related: [
          Note("the retention period", at: bundleFacts.place(1, pointer: ["/RetentionPeriod"]))
        ],
        help: "set the retention period to 456 days or more"))
    add(
      nil,
      Finding(
        "policy-grammar", .error, "`Version` is missing from the policy", at: nil,
        help: "add `\"Version\": \"2012-10-17\"`"))
    add(
      "history",
      Finding(
        "policy-version", .warning, "`Sid` has characters that some services refuse",
        at: bucket.place(0, pointer: ["/Statement/0/Sid"]), label: "letters and digits only",
        help: "use letters and digits",
        fixes: [
          Fix(
            title: "replace the `Sid`", safety: .unsafe,
            edits: [
              Edit(source: bucket.source, range: bucket.marks[0], replacement: "\"Sid\": \"Copy\"")
            ])
        ]))
    add(
      "history",
      Finding(
        "s3-get-object", .error, "`s3:GetObject` is denied on `\(objects)`",
        at: bucket.place(2, pointer: ["/Statement/0/Action"]), label: "this action",
        related: [
          Note("the statement denies", at: bucket.place(1, pointer: ["/Statement/0/Effect"])),
          Note("this statement allows it", at: role.place(1, pointer: ["/Statement/1"])),
          Note("an explicit deny wins over every allow"),
        ],
        help: "spare the role with `aws:PrincipalArn` in a `Condition` of the deny",
        fixes: [
          Fix(
            title: "add a `Condition` that spares the role", safety: .safe,
            edits: [
              Edit(
                source: bucket.source, range: bucket.marks[3],
                replacement:
                  ",\r\n\t\t\t\"Condition\": {\"ArnNotEquals\": {\"aws:PrincipalArn\": \"\(roleARN)\"}}"
              )
            ])
        ]))
    add(
      "history",
      Finding(
        "s3-list-bucket", .error, "`s3:ListBucket` is allowed on objects and never on the bucket",
        at: role.place(0, pointer: ["/Statement/0/Resource"]), label: "matches objects only",
        help: "allow it on `\(bucketARN)`",
        fixes: [
          Fix(
            title: "replace the resource with the bucket's ARN", safety: .safe,
            edits: [
              Edit(source: role.source, range: role.marks[0], replacement: "\"\(bucketARN)\"")
            ])
        ]))
    add(
      "history",
      Finding(
        "excess-access", .note, "this statement allows more than the copy needs",
        at: role.place(1, pointer: ["/Statement/1"]), label: "the whole statement",
        help: "narrow the resource"),
      Suppression(kind: .configuration, reason: "removed with the old trail"))
    add(
      "history",
      Finding(
        "event-data-store-arn-case", .error,
        "`eventdataStore` matches no event data store",
        at: role.place(
          2, pointer: ["/Statement/1/Condition/StringEquals/aws:SourceArn"]),
        label: "the resource type is `eventdatastore`",
        help: "write `eventdatastore` in lower case",
        fixes: [
          Fix(
            title: "replace the ARN", safety: .safe,
            edits: [Edit(source: role.source, range: role.marks[2], replacement: "\"\(store)\"")])
        ]))
    add(
      "history",
      Finding(
        "bucket-key-context", .error,
        "S3 Bucket Keys send the bucket's ARN, which this does not match",
        at: answer.place(
          0,
          pointer: [
            "/Policy",
            "/Statement/1/Condition/StringLike/kms:EncryptionContext:aws:s3:arn",
          ]), label: "matches objects only",
        help: "list `\(bucketARN)` beside `\(bucketARN)/*`"))
    add(
      "archive",
      Finding(
        "confused-deputy", .warning, "every event data store may assume the role",
        at: template.place(
          0,
          pointer: [
            "/Resources/CopyRole/Properties/AssumeRolePolicyDocument/Statement/0/Action"
          ], address: "CopyRole"),
        help: "add `aws:SourceArn` to the statement's `Condition`"))
    return all
  }

  static var history: CopyReport {
    CopyReport(
      name: "history", verdict: .blocked,
      assumptions: [
        "no service control policy denies the role",
        "no resource control policy denies the role",
        "the objects are encrypted with no other key than those that documents name",
      ],
      facts: [
        CopyReport.FactRow(
          name: "source", value: "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/",
          status: .stated, place: nil, origin: "`--source`"),
        CopyReport.FactRow(
          name: "role-arn", value: roleARN, status: .inferred, place: bucket.place(1),
          origin: "the Principal of the bucket policy"),
        CopyReport.FactRow(
          name: "destination", value: store, status: .stated, place: bundleFacts.place(0),
          origin: "`get-event-data-store`"),
        CopyReport.FactRow(
          name: "keep-days", value: nil, status: .unknown, place: nil, origin: ""),
      ],
      requirements: [
        Requirement(
          rule: "sts-assume-role", summary: "CloudTrail can assume the role", subject: roleARN,
          severity: .error, status: .notChecked, reason: "the trust policy was not given",
          needs: ["--trust"]),
        Requirement(
          rule: "confused-deputy", summary: "only the expected event data store can use the role",
          subject: roleARN, severity: .warning, status: .notChecked,
          reason: "the trust policy was not given", needs: ["--trust"]),
        Requirement(
          rule: "s3-list-bucket", summary: "the role can list the source bucket",
          subject: bucketARN, severity: .error, status: .violated,
          reason: "no statement allows `s3:ListBucket` on the bucket",
          counterexample: Requirement.Counterexample(
            principal: "arn:aws:sts::111122223333:assumed-role/copy/session",
            action: "s3:ListBucket", resource: bucketARN,
            context: [("aws:SourceAccount", "111122223333"), ("aws:SourceArn", store)]),
          trace: ["the role's policies allow nothing", "the bucket's policy allows nothing"]),
        Requirement(
          rule: "s3-get-bucket-acl", summary: "the role can read the source bucket's ACL",
          subject: bucketARN, severity: .error, status: .proven,
          reason: "allowed by `ListLogs` in policies/role.json",
          trace: ["statement `ListLogs` allows"]),
        Requirement(
          rule: "s3-get-object", summary: "the role can read every log file", subject: objects,
          severity: .error, status: .violated,
          reason: "the bucket policy denies `s3:GetObject` for everyone",
          causes: ["event-data-store-arn-case"],
          counterexample: Requirement.Counterexample(
            principal: "arn:aws:sts::111122223333:assumed-role/copy/session",
            action: "s3:GetObject",
            resource: bucketARN
              + "/AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/01/111122223333_CloudTrail_us-east-1_20260101T0000Z_a.json.gz",
            context: [("aws:SourceArn", store)])),
        Requirement(
          rule: "kms-decrypt", summary: "the role can decrypt the log files", subject: key,
          severity: .error, status: .open,
          reason: "nothing says whether the objects use S3 Bucket Keys",
          needs: ["--bucket-keys"],
          dependsOn: ["kms:EncryptionContext:aws:s3:arn"]),
        Requirement(
          rule: "kms-generate-data-key", summary: "the role can use the key", subject: key,
          severity: .error, status: .proven, reason: "allowed by `Copy` in the key policy"),
        Requirement(
          rule: "excess-access", summary: "nothing beyond the copy is allowed", subject: roleARN,
          severity: .note, status: .violated, reason: "`ReadLogs` allows every object",
          suppression: Suppression(kind: .configuration, reason: "removed with the old trail")),
        Requirement(
          rule: "retention-coverage", summary: "the event data store keeps the oldest event",
          subject: store, severity: .error, status: .violated,
          reason: "the oldest event is 455 days old and the store keeps 90"),
        Requirement(
          rule: "acls-disabled", summary: "the source bucket's ACLs are disabled",
          subject: bucketARN, severity: .error, status: .notChecked,
          reason: "Object Ownership is not known", needs: ["get-bucket-ownership-controls"]),
        Requirement(
          rule: "management-account-only", summary: "the management account starts the import",
          subject: store, severity: .error, status: .notApplicable,
          reason: "the event data store is not an organization's"),
        Requirement(
          rule: "requester-pays", summary: "the bucket's owner pays for requests",
          subject: bucketARN, severity: .warning, status: .notApplicable, reason: ""),
      ])
  }

  static var archive: CopyReport {
    CopyReport(
      name: "archive", verdict: .unproven, assumptions: ["no boundary limits the role"],
      facts: [
        CopyReport.FactRow(
          name: "role-arn", value: "arn:aws:iam::111122223333:role/archive", status: .inferred,
          place: nil, origin: "the Principal of the bucket policy"),
        CopyReport.FactRow(
          name: "destination", value: store, status: .stated, place: nil, origin: "`--destination`"),
      ],
      requirements: [
        Requirement(
          rule: "sts-assume-role", summary: "CloudTrail can assume the role",
          subject: "arn:aws:iam::111122223333:role/archive", severity: .error, status: .proven,
          reason: "allowed by the trust policy"),
        Requirement(
          rule: "s3-list-bucket", summary: "the role can list the source bucket",
          subject: "arn:aws:s3:::acme-archive", severity: .error, status: .violated,
          reason: "denied outside of the network",
          suppression: Suppression(kind: .inSource, reason: "lifted on the day of the copy")),
        Requirement(
          rule: "confused-deputy", summary: "only the expected event data store can use the role",
          subject: "arn:aws:iam::111122223333:role/archive", severity: .warning,
          status: .violated, reason: "no condition names an event data store"),
      ])
  }

  static var fresh: CopyReport {
    CopyReport(
      name: "fresh", verdict: .ready, assumptions: [], facts: [],
      requirements: [
        Requirement(
          rule: "s3-get-object", summary: "the role can read every log file",
          subject: "arn:aws:s3:::acme-fresh/*", severity: .error, status: .proven,
          reason: "allowed by `Read` in fresh/role.json")
      ])
  }

  static var report: Report {
    Report(
      version: "1.2.3", asOf: Timestamp(seconds: 1_795_219_200),
      copies: [history, archive, fresh], findings: findings, documentCount: 7, isStrict: false)
  }

  static var rules: RuleDescriptions {
    var summaries: [(RuleID, String, Severity)] = report.copies.flatMap(\.requirements).map {
      ($0.rule, $0.summary, $0.severity)
    }
    summaries += [
      ("policy-grammar", "the policy follows IAM's grammar", .error),
      ("policy-version", "the policy uses the current version", .warning),
      ("event-data-store-arn-case", "the ARN's resource type is in lower case", .error),
      ("bucket-key-context", "the encryption context is that of the bucket", .error),
    ]
    return RuleDescriptions(
      summaries.map { id, summary, severity in
        RuleDescription(
          id: id, summary: summary, severity: severity,
          explanation: "Without it, \(summary) does not hold.\n\nAllow `it`, and *nothing* else.\n",
          url: "https://example.com/rules/\(id.name)")
      })
  }

  static func options(_ change: (inout RenderingOptions) -> Void = { _ in }) -> RenderingOptions {
    var options = RenderingOptions()
    options.rules = rules
    change(&options)
    return options
  }
}
