import Testing

/// A copy that is ready but for one thing.
struct BrokenCopy: Sendable, CustomTestStringConvertible {
  /// The documents of a copy, by the option that takes them.
  enum Part: String, Sendable, CaseIterable {
    case role, trust, bucket, key, boundary, scp, rcp
    case caller = "caller-policy"
  }

  var about: String
  /// What is broken: a text of a document and what stands in its place; a new document where the
  /// text is empty.
  var part: Part
  var old: String
  var new: String
  /// The access rules that are violated with role, bucket and key in one account, sorted.
  var inOneAccount: [String]
  /// The same with bucket and key in another account.
  var acrossAccounts: [String]
  var decision: String
  /// Whether objects use S3 Bucket Keys.
  var bucketKeys = "off"

  init(
    _ about: String, _ part: Part, _ old: String, _ new: String, one: [String],
    two: [String]? = nil,
    _ decision: String = "implicitDeny", bucketKeys: String = "off"
  ) {
    self.about = about
    self.part = part
    self.old = old
    self.new = new
    inOneAccount = one.sorted()
    acrossAccounts = (two ?? one).sorted()
    self.decision = decision
    self.bucketKeys = bucketKeys
  }

  var testDescription: String { about }

  static let role = "arn:aws:iam::111122223333:role/lake/CopyEvents"
  static let store =
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"

  static func key(_ owner: String) -> String {
    "arn:aws:kms:us-east-1:\(owner):key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  /// The documents, for bucket and key of an account.
  func documents(owner: String) throws -> [Part: String] {
    var documents = Self.ready(owner: owner)
    if old.isEmpty {
      documents[part] = new
    } else {
      let text = try #require(documents[part])
      let broken = text.replacing(old, with: new)
      try #require(broken != text, "nothing to break: \(old)")
      documents[part] = broken
    }
    return documents
  }

  private static func ready(owner: String) -> [Part: String] {
    let source =
      #""StringEquals": {"aws:SourceAccount": "111122223333", "aws:SourceArn": "\#(store)"}"#
    return [
      .role: """
      {"Version": "2012-10-17", "Statement": [
        {"Sid": "Bucket", "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketAcl"],
         "Resource": "arn:aws:s3:::acme-logs", "Condition": {\(source)}},
        {"Sid": "Objects", "Effect": "Allow", "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::acme-logs/AWSLogs/111122223333/CloudTrail/*"},
        {"Sid": "Key", "Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
         "Resource": "\(key(owner))"}]}
      """,
      .trust: """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
         "Action": "sts:AssumeRole", "Condition": {\(source)}}]}
      """,
      .bucket: """
      {"Version": "2012-10-17", "Statement": [
        {"Sid": "Import", "Effect": "Allow", "Principal": {"AWS": "\(role)"},
         "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
         "Resource": ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"]}]}
      """,
      .key: """
      {"Version": "2012-10-17", "Statement": [
        {"Sid": "Import", "Effect": "Allow", "Principal": {"AWS": "\(role)"},
         "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*",
         "Condition": {"StringLike": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::acme-logs/*"}}}]}
      """,
      .caller: """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "cloudtrail:StartImport", "Resource": "*"},
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "\(role)"}]}
      """,
    ]
  }
}

extension BrokenCopy {
  private static let bucketRules = ["s3-get-bucket-acl", "s3-get-object", "s3-list-bucket"]
  private static let keyRules = ["kms-decrypt", "kms-generate-data-key"]
  private static let sessionRules = bucketRules + keyRules

  private static func policy(_ statements: String...) -> String {
    #"{"Version": "2012-10-17", "Statement": [\#(statements.joined(separator: ", "))]}"#
  }

  private static let full = #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#

  private static func deny(
    _ action: String, _ resource: String = "*", principal: Bool = false, when condition: String = ""
  ) -> String {
    let who = principal ? #""Principal": "*", "# : ""
    let when = condition.isEmpty ? "" : #", "Condition": {\#(condition)}"#
    return
      #"{"Effect": "Deny", \#(who)"Action": "\#(action)", "Resource": "\#(resource)"\#(when)}"#
  }

  /// A statement before the others of a document.
  private static let first = #""Statement": ["#
  private static func first(_ statement: String) -> String { "\(first)\(statement), " }

  static let all: [BrokenCopy] = identity + bucket + key + trust + limits + callers

  private static let identity = [
    BrokenCopy(
      "the role may not list, which the bucket policy makes good in one account", .role,
      #""s3:ListBucket", "#, "", one: [], two: ["s3-list-bucket"]),
    BrokenCopy(
      "the role reads another trail's folder", .role, "CloudTrail/*", "CloudTrail-Insight/*",
      one: [], two: ["s3-get-object"]),
    BrokenCopy(
      "the role may use another key", .role, "key/1234abcd", "key/9234abcd", one: [],
      two: keyRules),
    BrokenCopy(
      "the role's own policy denies everything without a condition", .role, first,
      first(deny("*")), one: sessionRules, "explicitDeny"),
    BrokenCopy(
      "the role's own policy denies some objects", .role, first,
      first(deny("s3:GetObject", "arn:aws:s3:::acme-logs/*/us-west-2/*")), one: ["s3-get-object"],
      "explicitDeny"),
    BrokenCopy(
      "the role's own policy denies what does not come over TLS 1.4", .role, first,
      first(deny("s3:*", when: #""NumericLessThan": {"s3:TlsVersion": "1.4"}"#)), one: bucketRules,
      "explicitDeny"),
    BrokenCopy(
      "the role's own policy denies where a key is absent", .role, first,
      first(deny("kms:*", when: #""StringNotEquals": {"aws:SourceVpce": "vpce-1"}"#)),
      one: keyRules,
      "explicitDeny"),
    BrokenCopy(
      "the role's own policy denies until a date", .role, first,
      first(
        deny("s3:ListBucket", when: #""DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}"#)
      ),
      one: ["s3-list-bucket"], "explicitDeny"),
    BrokenCopy(
      "the role's own policy denies by a variable", .role, first,
      first(
        deny(
          "s3:GetBucketAcl",
          when: #""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:role/*"}"#)),
      one: ["s3-get-bucket-acl"], "explicitDeny"),
  ]

  private static let bucket = [
    BrokenCopy(
      "the bucket policy names another role", .bucket, "CopyEvents", "CopyEvent", one: [],
      two: bucketRules),
    BrokenCopy(
      "the bucket policy grants the objects alone", .bucket, #""arn:aws:s3:::acme-logs", "#, "",
      one: [], two: ["s3-get-bucket-acl", "s3-list-bucket"]),
    BrokenCopy(
      "the bucket policy denies other networks", .bucket, first,
      first(
        deny(
          "s3:*", principal: true, when: #""StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}"#)
      ),
      one: bucketRules, "explicitDeny"),
    BrokenCopy(
      "the bucket policy denies every other principal", .bucket, first,
      first(
        deny(
          "s3:GetObject", principal: true,
          when: #""ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/reader"}"#)),
      one: ["s3-get-object"], "explicitDeny"),
    BrokenCopy(
      "the bucket policy denies one year", .bucket, first,
      first(deny("s3:GetObject", "arn:aws:s3:::acme-logs/AWSLogs/*/2026/*", principal: true)),
      one: ["s3-get-object"], "explicitDeny"),
    BrokenCopy(
      "there is no bucket policy", .bucket, "", #"{"Version": "2012-10-17", "Statement": []}"#,
      one: [], two: bucketRules),
  ]

  private static let key = [
    BrokenCopy(
      "the key policy names another role", .key, "CopyEvents", "CopyEvent", one: keyRules),
    BrokenCopy(
      "the key policy allows decryption alone", .key, #", "kms:GenerateDataKey""#, "",
      one: ["kms-generate-data-key"]),
    BrokenCopy(
      "the key policy wants the objects' ARNs where the bucket's is sent", .key, "Import",
      "Objects", one: keyRules, bucketKeys: "on"),
    BrokenCopy(
      "the key policy wants another bucket's objects", .key, "acme-logs/*", "acme-log/*",
      one: keyRules),
    BrokenCopy(
      "the key policy wants one year's objects", .key, "acme-logs/*", "acme-logs/*/2026/*",
      one: keyRules),
    BrokenCopy(
      "the key policy hands over to another account", .key, role,
      "arn:aws:iam::999988887777:root", one: keyRules),
    BrokenCopy(
      "the key policy denies other services", .key, first,
      first(
        deny(
          "kms:Decrypt", principal: true,
          when: #""StringNotEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}"#)),
      one: ["kms-decrypt"], "explicitDeny"),
  ]

  private static let trust = [
    BrokenCopy(
      "the trust policy names another service", .trust, "cloudtrail.amazonaws.com",
      "lambda.amazonaws.com", one: ["sts-assume-role"]),
    BrokenCopy(
      "the trust policy wants another store", .trust, "eventdatastore/ee54", "eventdatastore/EE54",
      one: ["sts-assume-role"]),
    BrokenCopy(
      "the trust policy wants another account", .trust, #""aws:SourceAccount": "1111"#,
      #""aws:SourceAccount": "2222"#, one: ["sts-assume-role"]),
    BrokenCopy(
      "the trust policy wants an external id", .trust, #""aws:SourceAccount": "111122223333""#,
      #""sts:ExternalId": "secret""#, one: ["sts-assume-role"]),
    BrokenCopy(
      "the trust policy denies everyone", .trust, first,
      first(#"{"Effect": "Deny", "Principal": "*", "Action": "sts:*"}"#),
      one: ["sts-assume-role"], "explicitDeny"),
  ]

  private static let limits = [
    BrokenCopy(
      "the boundary allows too little", .boundary, "",
      policy(#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#), one: sessionRules),
    BrokenCopy(
      "the boundary denies", .boundary, "", policy(full, deny("kms:*")), one: keyRules,
      "explicitDeny"),
    BrokenCopy(
      "a service control policy denies a Region", .scp, "",
      policy(
        full, deny("s3:*", when: #""StringEquals": {"aws:RequestedRegion": "us-east-1"}"#)),
      one: bucketRules, "explicitDeny"),
    BrokenCopy(
      "a service control policy denies one action", .scp, "", policy(full, deny("s3:ListBucket")),
      one: ["s3-list-bucket"], "explicitDeny"),
    BrokenCopy(
      "a resource control policy denies outsiders", .rcp, "",
      policy(
        deny(
          "kms:Decrypt", principal: true,
          when: #""StringNotEquals": {"kms:CallerAccount": "123456789012"}"#)
      ),
      one: ["kms-decrypt"], "explicitDeny"),
    BrokenCopy(
      "a resource control policy denies objects of one Region", .rcp, "",
      policy(deny("s3:GetObject", "arn:aws:s3:::*/us-west-2/*", principal: true)),
      one: ["s3-get-object"], "explicitDeny"),
    BrokenCopy(
      "a resource control policy keeps CloudTrail from assuming roles", .rcp, "",
      policy(
        deny(
          "sts:AssumeRole", principal: true,
          when: #""StringNotEquals": {"aws:SourceAccount": "123456789012"}"#)),
      one: ["sts-assume-role"], "explicitDeny"),
  ]

  private static let callers = [
    BrokenCopy(
      "whoever starts the import may not", .caller, "cloudtrail:StartImport",
      "cloudtrail:StartQuery", one: ["caller-start-import"]),
    BrokenCopy(
      "whoever starts the import may pass another role", .caller, "lake/CopyEvents", "CopyEvents",
      one: ["caller-pass-role"]),
    BrokenCopy(
      "whoever starts the import may do nothing", .caller, first, first(deny("*")),
      one: ["caller-pass-role", "caller-start-import"], "explicitDeny"),
  ]
}
