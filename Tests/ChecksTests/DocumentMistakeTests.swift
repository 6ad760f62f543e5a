import Evidence
import Foundation
import PolicyModel
import Testing

@testable import Checks

/// A mistake in a policy that decides no access, or none at all.
struct PlainMistake: Sendable, CustomTestStringConvertible {
  var name: String
  /// An element of a statement beside those that let nobody in.
  var statement: String
  var kind: PolicyKind
  /// The findings, as `rule severity: the text at its place`.
  var findings: [String]

  var testDescription: String { name }

  init(_ name: String, _ kind: PolicyKind, _ statement: String, _ findings: [String]) {
    self.name = name
    self.kind = kind
    self.statement = statement
    self.findings = findings
  }

  /// The findings of the ready copy with one statement more.
  func report() throws -> Report {
    var copy = SampleCopy()
    let insert = { (text: String) in
      let parts = text.split(
        separator: "\"Statement\": [", maxSplits: 1, omittingEmptySubsequences: false)
      return parts[0] + "\"Statement\": [{" + statement + "}," + parts[1]
    }
    switch kind {
    case .identity: copy.roleText = insert(copy.roleText)
    case .trust: copy.trustText = insert(copy.trustText)
    case .bucket: copy.bucketDocument = insert(copy.bucketDocument)
    case .key: copy.keyText = insert(copy.keyText)
    default: Issue.record("no such document")
    }
    return try copy.report
  }

  /// The findings but for what the role may do beside the copy, which is another matter.
  func found() throws -> [String] {
    try report().findings.filter { $0.rule != "excess-access" }.map { finding in
      let text = finding.place.map { String(decoding: $0.source.text[$0.range], as: UTF8.self) }
      return "\(finding.rule) \(finding.severity.name): \(text ?? "")"
    }
  }
}

@Suite struct `Mistakes that block nothing` {
  @Test(arguments: [
    PlainMistake(
      "an action that is an operation", .identity,
      #""Effect": "Allow", "Action": ["s3:HeadObject"], "Resource": "arn:aws:s3:::other/*""#,
      [#"unknown-action warning: "s3:HeadObject""#]),
    PlainMistake(
      "a misspelt action in NotAction", .identity,
      #""Effect": "Deny", "NotAction": ["s3:*", "kms:*", "iam:PasRole"], "Resource": "*""#,
      [#"unknown-action warning: "iam:PasRole""#]),
    PlainMistake(
      "a pattern that no action matches", .identity,
      #""Effect": "Deny", "Action": "kms:Decript*", "Resource": "*""#,
      [#"unknown-action warning: "kms:Decript*""#]),
    PlainMistake(
      "a misspelt service", .identity,
      #""Effect": "Deny", "Action": "cloudtrial:StartImport", "Resource": "*""#,
      [#"unknown-action warning: "cloudtrial:StartImport""#]),
    PlainMistake(
      "a misspelt condition key", .bucket,
      #""Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Other"}, "#
        + #""Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-logs/*", "#
        + #""Condition": {"StringEquals": {"aws:SourceAcount": "111122223333"}}"#,
      [#"unknown-condition-key warning: "aws:SourceAcount""#]),
    PlainMistake(
      "a wildcard that is compared as it is", .bucket,
      #""Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Other"}, "#
        + #""Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-logs", "#
        + #""Condition": {"StringEquals": {"s3:prefix": ["home/*"]}}"#,
      [#"wildcard-in-string-equals warning: "home/*""#]),
    PlainMistake(
      "a principal that was deleted", .bucket,
      #""Effect": "Allow", "Principal": {"AWS": "AROAEXAMPLEID1234567"}, "#
        + #""Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-logs/*""#,
      [#"orphaned-principal warning: "AROAEXAMPLEID1234567""#]),
    PlainMistake(
      "a placeholder in a resource", .identity,
      #""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*""#,
      [#"placeholder warning: "arn:aws:s3:::amzn-s3-demo-bucket/*""#]),
    PlainMistake(
      "a statement of a key policy without Resource", .key,
      #""Sid": "Admin", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "#
        + #""Action": "kms:*""#,
      [#"key-statement-resource warning: "Sid""#]),
    PlainMistake(
      "the spelling of 2023 for another store", .trust,
      #""Effect": "Deny", "Principal": {"Service": "config.amazonaws.com"}, "#
        + #""Action": "sts:AssumeRole", "Condition": {"ArnLike": {"aws:SourceArn": "#
        + #""arn:aws:cloudtrail:us-east-1:111122223333:eventdataStore/other"}}"#,
      [#"event-data-store-arn-case warning: eventdataStore"#]),
  ])
  func `Each is found once, as a warning`(_ mistake: PlainMistake) throws {
    #expect(try mistake.found() == mistake.findings)
  }

  @Test(arguments: [
    PlainMistake(
      "actions of a service that came after the release", .identity,
      #""Effect": "Deny", "Action": ["newservice:Do", "ec2:BrandNewAction"], "Resource": "*""#, []),
    PlainMistake(
      "actions of services that went", .identity,
      #""Effect": "Deny", "Action": ["zocalo:*", "simpledb:*"], "Resource": "*""#, []),
    PlainMistake(
      "actions in other capitals", .identity,
      #""Effect": "Deny", "Action": ["S3:deletebucket", "KMS:ScheduleKeyDeletion"], "Resource": "*""#,
      []),
    PlainMistake(
      "keys of an identity provider, of tags and of encryption contexts", .bucket,
      #""Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::777788889999:root"}, "#
        + #""Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::acme-logs/*", "Condition": "#
        + #"{"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*", "#
        + #""aws:PrincipalTag/CostCenter": "7*", "kms:EncryptionContext:app": "x"}}"#, []),
    PlainMistake(
      "ids of roles in aws:userid", .bucket,
      #""Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::777788889999:root"}, "#
        + #""Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::acme-logs/*", "Condition": "#
        + #"{"StringNotLike": {"aws:userid": ["AROAEXAMPLEID1234567:*", "111122223333"]}}"#, []),
    PlainMistake(
      "a question mark in an address, and a star that is meant", .bucket,
      #""Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::777788889999:root"}, "#
        + #""Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::acme-logs/*", "Condition": "#
        + #"{"StringEquals": {"aws:Referer": "https://example.com/?a=1", "aws:UserAgent": "a${*}b"}}"#,
      []),
    PlainMistake(
      "policy variables", .identity,
      #""Effect": "Deny", "Action": "s3:GetObject", "#
        + #""Resource": "arn:aws:s3:::acme-home/${aws:username}/${aws:PrincipalTag/team, 'none'}/*""#,
      []),
  ])
  func `What only looks like one is not found`(_ mistake: PlainMistake) throws {
    #expect(try mistake.found() == [])
  }

  @Test func `One that stands where a finding is explains it`() throws {
    let mistake = PlainMistake(
      "a principal that is no ARN yet", .bucket,
      #""Effect": "Allow", "Principal": {"AWS": "roleArn"}, "#
        + #""Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-logs/other/*""#, [])
    #expect(try mistake.found() == [#"malformed-arn error: "roleArn""#])
    #expect(
      try mistake.report().findings.flatMap(\.related).map(\.message) == [
        "`roleArn` is a placeholder that was never replaced"
      ])
  }

  @Test func `Two mistakes in two documents are two findings`() throws {
    var copy = SampleCopy(owner: "444455556666")
    copy = copy.replacing(\.roleText, #"["s3:GetObject"]"#, #"["s3:GetObjects"]"#)
    copy = copy.replacing(\.bucketDocument, #", "s3:GetObject"]"#, "]")
    #expect(
      try copy.report.findings.map { "\($0.rule) \($0.place?.source.path ?? "")" } == [
        "s3-get-object bucket.json", "unknown-action role.json",
      ])
  }
}

@Suite struct `The guide's statement with a slip` {
  /// The key's policy hands over to the account too, so that nothing is denied.
  private func delegating(_ old: String, _ new: String) -> SampleCopy {
    SampleCopy().replacing(\.keyText, old, new).replacing(
      \.keyText, "\"Statement\": [",
      "\"Statement\": [{\"Sid\": \"Root\", \"Effect\": \"Allow\", \"Principal\": "
        + "{\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"kms:*\", "
        + "\"Resource\": \"*\"},")
  }

  /// A number is written without asking; a name that stands alone may be part of anything.
  @Test(arguments: [
    ("012345678901", true), ("999999999999", true), ("arn:aws:s3:::acme-logs", true),
    ("acme-logs", false), ("11112222333x", false),
  ])
  func `What is written in a placeholder's place`(wanted: String, isWritten: Bool) throws {
    let node = try Tree.parse(Source(path: "a.json", "\"myAccountID\"")).root
    #expect(Placeholder.remedies(node, wanted: wanted).isEmpty != isWritten)
  }

  @Test(arguments: [
    ("arn:aws:s3:::acme-logs/*", "arn:aws:s3:::amzn-s3-demo-bucket/*", "placeholder"),
    (SampleCopy.role, "AROAEXAMPLEID1234567", "orphaned-principal"),
    ("\"Resource\": \"*\",", "", "key-statement-resource"),
    ("kms:Decrypt\"", "kms:Decript\"", "unknown-action"),
    (":eventdatastore/", ":eventdataStore/", "event-data-store-arn-case"),
  ])
  func `The slip is told, as a warning, and the note is not`(
    _ example: (old: String, new: String, rule: RuleID)
  ) throws {
    let report = try delegating(example.old, example.new).report
    #expect(report.findings.map { "\($0.rule) \($0.severity.name)" } == ["\(example.rule) warning"])
    #expect(report.verdict == .ready)
  }

  @Test func `An encryption context without Bucket Keys is a warning where they are on`() throws {
    var copy = delegating("\"Sid\": \"Import\"", "\"Sid\": \"Import\"")
    copy.bucketKeys = .on
    let report = try copy.report
    #expect(
      report.findings.map { "\($0.rule) \($0.severity.name)" } == ["bucket-key-context warning"])
    #expect(report.verdict == .ready)
  }
}

@Suite struct `Mistakes that decide an access` {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var change: @Sendable (SampleCopy) -> SampleCopy
    var rule: RuleID
    var rows: [RuleID]

    var testDescription: String { name }
  }

  @Test(
    arguments: [
      Case(
        name: "an operation in the place of an action",
        change: {
          let copy = $0.replacing(\.roleText, "\"s3:ListBucket\"", "\"s3:ListObjectsV2\"")
          // In one account the bucket policy would be enough.
          return copy.owner == "444455556666"
            ? copy : copy.replacing(\.bucketDocument, "\"s3:ListBucket\", ", "")
        }, rule: "unknown-action", rows: ["s3-list-bucket"]),
      Case(
        name: "a misspelt condition key of the trust policy",
        change: { $0.replacing(\.trustText, "aws:SourceArn", "aws:SourceArns") },
        rule: "unknown-condition-key", rows: ["sts-assume-role"]),
      Case(
        name: "a misspelt condition key that denies",
        change: {
          $0.replacing(
            \.bucketDocument, "\"Statement\": [",
            "\"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", "
              + "\"Resource\": \"arn:aws:s3:::acme-logs/*\", \"Condition\": "
              + "{\"Bool\": {\"aws:SecureTransports\": \"false\"}, "
              + "\"StringNotEquals\": {\"aws:PrincipalAcount\": \"111122223333\"}}},"
          ).replacing(\.bucketDocument, "\"Bool\": {\"aws:SecureTransports\": \"false\"}, ", "")
        }, rule: "unknown-condition-key", rows: ["s3-get-object"]),
      Case(
        name: "a statement of a key policy without Resource",
        change: { $0.replacing(\.keyText, "\"Resource\": \"*\",", "") },
        rule: "key-statement-resource", rows: ["kms-decrypt", "kms-generate-data-key"]),
      Case(
        name: "a trust policy pinned to a trail",
        change: { $0.replacing(\.trustText, ":eventdatastore/", ":trail/") },
        rule: "source-arn-condition", rows: ["sts-assume-role"]),
      Case(
        name: "a trust policy pinned to another store",
        change: { $0.replacing(\.trustText, "0a1b2c3d4e5f", "ffffffffffff") },
        rule: "source-arn-condition", rows: ["sts-assume-role"]),
      Case(
        name: "a trust policy pinned to the bucket's account",
        change: {
          $0.replacing(
            \.trustText, "\"aws:SourceAccount\": \"111122223333\"",
            "\"aws:SourceAccount\": \"444455556666\"")
        }, rule: "source-account-condition", rows: ["sts-assume-role"]),
    ], ["111122223333", "444455556666"])
  func `Each has one finding, an error, and the rows name it`(example: Case, owner: String) throws {
    let report = try example.change(SampleCopy(owner: owner)).report
    #expect(report.findings.map { "\($0.rule) \($0.severity.name)" } == ["\(example.rule) error"])
    #expect(report.verdict == .blocked)
    for row in example.rows {
      #expect(report.rows(of: row).map(\.status) == [.violated])
      #expect(report.rows(of: row).map(\.causes) == [[example.rule]])
    }
  }
}

@Suite struct `Sizes of policies` {
  /// A trust policy with a condition of so many stores.
  private static func trust(stores: Int) -> String {
    let stores = (0..<stores).map { number in
      "\"arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/\(String(repeating: "0", count: 30))\(number)\""
    }
    return """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333",
          "aws:SourceArn": ["\(SampleCopy.store)", \(stores.joined(separator: ",\n              "))]}}}]}
      """
  }

  @Test(arguments: [(10, []), (30, ["policy-size"])])
  func `Only what is too large without its white space is found`(
    _ example: (stores: Int, rules: [RuleID])
  ) throws {
    var copy = SampleCopy()
    copy.trustText =
      Self.trust(stores: example.stores) + String(repeating: " \n", count: 2000)
    let rules = try copy.report.findings.map(\.rule).filter { $0 == "policy-size" }
    #expect(rules == example.rules)
  }

  @Test func `What AWS answered with fits`() throws {
    var copy = SampleCopy()
    let text = "{\"Role\": {\"AssumeRolePolicyDocument\": \(Self.trust(stores: 30))}}"
    copy.change = { plan in
      guard let root = try? Tree.parse(Source(path: "get-role.json", text)).root,
        let document = root[path: "Role", "AssumeRolePolicyDocument"]
      else { return }
      plan.trust = PolicyLayer(policies: [Policy(reading: document, as: .trust)])
    }
    #expect(try copy.report.findings.allSatisfy { $0.rule != "policy-size" })
  }
}

@Suite struct `Policies of AWS` {
  @Test func `No managed policy has a mistake`() throws {
    let folder = RuleFiles.root.appending(path: "../shared/corpora/aws-managed-policies")
    let path = folder.path(percentEncoded: false)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      try Test.cancel("the managed policies are not at hand")
    }
    var plan = CopyPlan(name: "managed", asOf: Timestamp(seconds: 0))
    for name in names.filter({ $0.hasSuffix(".json") }).sorted() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let root = try Tree.parse(Source(path: name, text)).root
      let document = root[path: "PolicyVersion", "Document"] ?? root["Document"] ?? root
      plan.caller.policies.append(Policy(reading: document, as: .identity))
    }
    #expect(plan.caller.policies.count >= 300)
    let grammar = plan.caller.policies.flatMap(\.findings).map {
      "\($0.rule) \($0.place?.source.path ?? ""): \($0.message)"
    }
    #expect(grammar == [])
    let mistakes = DocumentMistakes(plan: plan).all().map { found in
      "\(found.mistake.rule) \(found.mistake.draft.place?.source.path ?? ""): \(found.mistake.draft.message)"
    }
    #expect(mistakes == [])
  }
}
