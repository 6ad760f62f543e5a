import Foundation
import PolicyModel
import Testing

@Suite struct `Reading policies` {
  private let role = "arn:aws:iam::111122223333:role/service-role/copy"

  @Test func `Everything a statement says is read`() throws {
    let marked = MarkedText(
      #"{"Version": "2012-10-17", "Id": "logs", "Statement": [«{"Sid": "Read", "Effect": «"Allow"», "#
        + #"«"Principal"»: «{"AWS": [«"\#(role)"», "*"], "Service": «"cloudtrail.amazonaws.com"», "#
        + #""Federated": "accounts.google.com", "CanonicalUser": "79a5"}», "#
        + #"«"Action"»: «["s3:GetObject", «"s3:ListBucket"»]», "NotResource": "arn:aws:s3:::logs/*", "#
        + #""Condition": {«"ForAnyValue:StringLikeIfExists"»: {«"aws:TagKeys"»: «["a", 1, «true»]»}, "#
        + #""Null": {"aws:SourceArn": false}}}»]}"#)
    let policy = try policy(marked.text, as: .bucket)
    #expect(policy.findings == [])
    #expect(policy.kind == .bucket)
    #expect(policy.version == .v2012)
    #expect(!policy.isUnreadable && !policy.mayHoldFurtherStatements)

    let statement = try #require(policy.statements.first)
    #expect(policy.statements.count == 1)
    #expect(statement.index == 0)
    #expect(statement.sid == "Read")
    #expect(statement.effect == .allow)
    #expect(statement.isWellFormed)

    let principals = try #require(statement.principals)
    #expect(principals.isNegated == false)
    #expect(
      principals.items.map(\.kind) == [.aws, .everyone, .service, .federated, .canonicalUser])
    #expect(
      principals.items.map(\.text.literal) == [
        role, "*", "cloudtrail.amazonaws.com", "accounts.google.com", "79a5",
      ])

    let actions = try #require(statement.actions)
    #expect(actions.isNegated == false)
    #expect(actions.items.map(\.text.literal) == ["s3:GetObject", "s3:ListBucket"])
    let resources = try #require(statement.resources)
    #expect(resources.isNegated)
    #expect(resources.items.map(\.text.literal) == ["arn:aws:s3:::logs/*"])
    #expect(resources.node.pointer == ["/Statement/0/NotResource"])

    #expect(statement.conditions.map(\.key) == ["aws:TagKeys", "aws:SourceArn"])
    let condition = try #require(statement.conditions.first)
    #expect(
      condition.comparison
        == ConditionOperator(base: .stringLike, quantifier: .forAnyValue, ifExists: true))
    #expect(condition.values.map(\.text.literal) == ["a", "1", "true"])
    #expect(statement.conditions.last?.values.map(\.text.literal) == ["false"])

    let read = [
      statement.node, statement.effectNode, principals.keyNode, principals.node,
      principals.items[0].node, principals.items[2].node, actions.keyNode, actions.node,
      actions.items[1].node, condition.operatorNode, condition.keyNode, condition.valueNode,
      condition.values[2].node,
    ]
    #expect(read.map { $0?.range } == marked.ranges)
  }

  @Test func `One statement needs no list, and one value none either`() throws {
    let policy = try policy(
      #"{"Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "#
        + #""NotAction": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "#
        + #""false"}}}}"#, as: .bucket)
    #expect(policy.findings == [])
    #expect(policy.version == .v2008)
    let statement = try #require(policy.statements.first)
    #expect(statement.sid == nil)
    #expect(statement.effect == .deny)
    #expect(statement.principals?.isNegated == true)
    #expect(statement.principals?.items.map(\.kind) == [.aws])
    #expect(statement.actions?.isNegated == true)
    #expect(statement.resources?.isNegated == false)
    #expect(statement.conditions.map(\.comparison?.base) == [.bool])
  }

  @Test func `YAML needs no quotes`() throws {
    let text = """
      Version: 2012-10-17
      Statement:
        Sid: Read
        Effect: Allow
        Principal:
          AWS: [012345678901, "*"]
        Action:
          - s3:GetObject
        Resource: arn:aws:s3:::logs/*
        Condition:
          Bool: {aws:SecureTransport: true}
          Null:
            aws:SourceArn: false
          NumericLessThan:
            s3:max-keys: 010
          DateLessThan:
            aws:CurrentTime: 2026-05-31
      """
    let policy = try policy(text, as: .bucket, format: .yaml)
    #expect(policy.findings == [])
    let statement = try #require(policy.statements.first)
    #expect(statement.principals?.items.map(\.text.literal) == ["012345678901", "*"])
    #expect(statement.principals?.items.map(\.kind) == [.aws, .everyone])
    #expect(
      statement.conditions.map { $0.values.map(\.text.literal) } == [
        ["true"], ["false"], ["010"], ["2026-05-31"],
      ])
  }

  @Test(arguments: ConditionOperator.Base.allCases)
  func `Every operator is read with every prefix and suffix`(_ base: ConditionOperator.Base) {
    for (prefix, quantifier) in [
      ("", nil), ("ForAllValues:", ConditionOperator.Quantifier.forAllValues),
      ("ForAnyValue:", .forAnyValue),
    ] {
      for (suffix, ifExists) in [("", false), ("IfExists", true)] {
        let name = prefix + base.rawValue + suffix
        let comparison = ConditionOperator(base: base, quantifier: quantifier, ifExists: ifExists)
        #expect(ConditionOperator(name: name) == comparison)
        #expect(comparison.name == name)
      }
    }
  }

  @Test(arguments: [
    "", "IfExists", "ForAnyValue:", "StringEqualsIfExistsIfExists", "StringEquals ",
    "ForAllValues:ForAnyValue:StringEquals", "ForAnyValue:ForAllValues:StringEquals",
    "forAnyValue:StringEquals", "Stringequals", "StringEqualsIfexists", "BinaryNotEquals",
  ])
  func `Other names are no operators`(_ name: String) {
    #expect(ConditionOperator(name: name) == nil)
  }

  /// What AWS takes, or may take, must not be found fault with.
  struct Accepted: Sendable, CustomTestStringConvertible {
    var kind: PolicyKind
    var statement: String
    var testDescription: String { "\(kind.noun): \(statement)" }

    init(_ kind: PolicyKind, _ statement: String) {
      self.kind = kind
      self.statement = statement
    }
  }

  @Test(arguments: [
    Accepted(.identity, #""Effect": "Allow", "Action": "*", "Resource": "*""#),
    Accepted(
      .identity, #""Sid": "", "Effect": "Allow", "Action": "S3:getobject", "Resource": "*""#),
    Accepted(.identity, #""Effect": "Allow", "Action": ["*:*", "s3*:Get?"], "Resource": "**""#),
    Accepted(.identity, #""Effect": "Allow", "Action": "${service}:Get", "Resource": "${bucket}""#),
    Accepted(
      .identity,
      #""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:*", "arn:aws:s3*", "#
        + #""arn:*:s3:::logs", "arn:aws:*:*:*:*", "arn:aws:s3:us-east-1:111122223333:accesspoint/a", "#
        + #""arn:aws:s3::111122223333:accesspoint/a.mrap", "arn:aws:s3:*::logs", "*:logs", "#
        + #""arn:aws:logs:us-east-1:111122223333:log-group:a:log-stream:b", "arn:aws-cn:s3:::logs", "#
        + #""arn:${p}:s3:::logs", "arn:aws:sqs:*"]"#),
    Accepted(.identity, #""Effect": "Deny", "NotAction": "iam:*", "NotResource": "*""#),
    Accepted(
      .identity,
      #""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {}, "#
        + #""NumericEquals": {"a:b": [1, "2.5", -3e2]}, "DateLessThan": {"aws:CurrentTime": "#
        + #"["2026-01-01T00:00:00Z", 1767225600]}, "Bool": {"a:b": [true, "False"]}, "#
        + #""ForAllValues:Null": {"a:b": true}, "IpAddress": {"aws:SourceIp": "203.0.113.7"}, "#
        + #""ArnLike": {"a:b": ["*", "arn:aws:s3*", "arn:aws:sns:*:*:*", "arn:aws:iam::1:role/x"]}, "#
        + #""ArnEquals": {"a:b": "${aws:x}"}, "NumericLessThan": {"a:b": "${limit}"}, "#
        + #""BinaryEquals": {"a:b": "QmluYXJ5"}, "StringLike": {"accounts.google.com:aud": ""}}"#),
    Accepted(.identity, #""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {}"#),
    Accepted(
      .trust, #""Effect": "Allow", "Principal": "*", "Action": ["sts:*", "STS:TagSession"]"#),
    Accepted(
      .trust,
      #""Effect": "Allow", "Principal": {"AWS": ["*", "111122223333", "AROAEXAMPLEEXAMPLE12", "#
        + #""arn:aws:iam::111122223333:root", "arn:aws-us-gov:iam::111122223333:user/a/b", "#
        + #""arn:aws:sts::111122223333:assumed-role/a/b", "${root}"], "Service": "#
        + #"["cloudtrail.amazonaws.com", "ec2.amazonaws.com.cn"], "Federated": "#
        + #"["cognito-identity.amazonaws.com", "arn:aws:iam::111122223333:saml-provider/p"]}, "#
        + #""Action": "sts:AssumeRole""#),
    Accepted(
      .bucket,
      #""Sid": "Read the logs", "Effect": "Allow", "Principal": {"AWS": "#
        + #""arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}, "#
        + #""Action": "s3:GetObject", "Resource": ["arn:aws:s3:::logs", "*"]"#),
    Accepted(.key, #""Sid": "A b", "Effect": "Allow", "Principal": "*", "Action": "kms:*""#),
    Accepted(
      .key, #""Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "this key""#),
    Accepted(
      .resource,
      #""Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "#
        + #""Resource": "execute-api:/prod/GET/pets""#),
    Accepted(
      .serviceControl, #""Sid": "a-b", "Effect": "Deny", "Action": "s3:*Get", "Resource": "*""#),
    Accepted(
      .resourceControl,
      #""Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*", "NotResource": "*""#),
    Accepted(
      .bucket,
      #""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::日本""#),
    Accepted(
      .identity,
      #""Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::\u2014é\u0000""#),
    Accepted(.boundary, #""Effect": "Allow", "NotAction": "iam:*", "Resource": "*""#),
    Accepted(.session, #""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::logs""#),
  ])
  func `What AWS may take is not found fault with`(_ accepted: Accepted) throws {
    let policy = try policy(
      #"{"Version": "2012-10-17", "Statement": [{\#(accepted.statement)}]}"#, as: accepted.kind)
    #expect(policy.findings == [])
    #expect(policy.statements.map(\.isWellFormed) == [true])
  }

  @Test func `Two statements without Sid, or with an empty one, are not doubled`() throws {
    let statement = #"{"Sid": "", "Effect": "Allow", "Action": "*", "Resource": "*"}"#
    let policy = try policy(
      #"{"Version": "2012-10-17", "Statement": [\#(statement), \#(statement)]}"#, as: .identity)
    #expect(policy.findings == [])
  }

  struct Unreadable: Sendable, CustomTestStringConvertible {
    var text: String
    var isUnreadable: Bool
    var mayHoldFurtherStatements: Bool
    var count: Int
    var testDescription: String { text }

    init(_ text: String, unreadable: Bool, further: Bool, count: Int) {
      self.text = text
      isUnreadable = unreadable
      mayHoldFurtherStatements = further
      self.count = count
    }
  }

  @Test(arguments: [
    Unreadable("[]", unreadable: true, further: false, count: 0),
    Unreadable("{}", unreadable: true, further: true, count: 0),
    Unreadable(#"{"Statement": null}"#, unreadable: true, further: true, count: 0),
    Unreadable(#"{"Statement": ["a"]}"#, unreadable: true, further: true, count: 0),
    Unreadable(#"{"statement": [{}]}"#, unreadable: true, further: true, count: 0),
    Unreadable(#"{"Statement": []}"#, unreadable: false, further: false, count: 0),
    Unreadable(#"{"Statement": {}}"#, unreadable: false, further: false, count: 1),
    Unreadable(#"{"Statement": [1, {}]}"#, unreadable: false, further: true, count: 1),
    Unreadable(#"{"Statement": [], "Statement": {}}"#, unreadable: false, further: true, count: 1),
    Unreadable(#"{"Statements": [], "Statement": {}}"#, unreadable: false, further: true, count: 1),
  ])
  func `What hides statements is told`(_ text: Unreadable) throws {
    let policy = try policy(text.text, as: .identity)
    #expect(policy.isUnreadable == text.isUnreadable)
    #expect(policy.mayHoldFurtherStatements == text.mayHoldFurtherStatements)
    #expect(policy.statements.count == text.count)
    #expect(policy.findings.contains { $0.severity == .error })
  }

  @Test func `A statement keeps its place in the list`() throws {
    let policy = try policy(#"{"Statement": [1, {}, "a", {}]}"#, as: .identity)
    #expect(policy.statements.map(\.index) == [1, 3])
  }
}

@Suite struct `Suggestions` {
  @Test(arguments: [
    ("Statment", "Statement"), ("statement", "Statement"), ("Efect", "Effect"), ("SID", "Sid"),
    ("Resuorce", "Resource"), ("NotAcion", "NotAction"), ("Conditions", "Condition"),
  ])
  func `A slip is recognised`(_ slip: String, _ meant: String) {
    let names = [
      "Statement", "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition",
    ]
    #expect(suggestion(for: slip, among: names) == meant)
  }

  @Test(arguments: [
    "", "x", "Comment", "Effectiveness", "Sit down", String(repeating: "Sid", count: 99),
  ])
  func `Another name is none`(_ name: String) {
    #expect(suggestion(for: name, among: ["Statement", "Sid", "Effect", "Id"]) == nil)
  }

  @Test func `The nearest name is taken, and of equally near ones the first`() {
    #expect(suggestion(for: "ArnLik", among: ["ArnLikes", "ArnLike", "ArnLiku"]) == "ArnLike")
    #expect(suggestion(for: "kms:Decript", among: ["kms:Encrypt", "kms:Decrypt"]) == "kms:Decrypt")
  }

  @Test func `A quoted text is short and on one line`() {
    #expect(quoted("a\nb\u{1B}") == #"`a\u{a}b\u{1b}`"#)
    #expect(
      quoted(String(repeating: "é", count: 101)) == "`" + String(repeating: "é", count: 100) + "…`")
  }
}

@Suite(.enabled(if: Corpus.has("aws-managed-policies"), "the managed policies are not here"))
struct `Policies of AWS itself` {
  @Test func `Managed policies have no findings at all`() throws {
    let files = Corpus.files(in: "aws-managed-policies")
    #expect(files.count == 305)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: file))
      let tree = try Tree.parse(Source(path: file.lastPathComponent, text: bytes), format: .json)
      let document = try #require(tree.root[path: "PolicyVersion", "Document"])
      let policy = Policy(reading: document, as: .identity)
      #expect(policy.findings == [], "\(file.lastPathComponent)")
      #expect(!policy.isUnreadable && !policy.mayHoldFurtherStatements)
      #expect(policy.statements.count == document["Statement"]?.oneOrMany.count)
    }
  }

  @Test(arguments: [
    ("bucket.json", PolicyKind.bucket), ("kms.json", .key), ("role-permissions.json", .identity),
    ("role-trust.json", .trust),
  ])
  func `Sample policies have no findings at all`(_ name: String, _ kind: PolicyKind) throws {
    let file = Corpus.directory.appendingPathComponent("../samples/policy-docs/\(name)")
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let policy = try policy(text, as: kind)
    #expect(policy.findings == [])
    #expect(policy.statements.count > 0 && policy.statements.allSatisfy(\.isWellFormed))
  }
}
