import PolicyModel
import Testing

@testable import Authorization

/// Whether a pattern matches a text.
struct MatchCase: Sendable, CustomTestStringConvertible {
  var row: String
  var pattern: String
  var text: String
  var expected: Expected

  init(_ row: String, _ pattern: String, _ text: String, _ expected: Expected) {
    self.row = row
    self.pattern = pattern
    self.text = text
    self.expected = expected
  }

  var testDescription: String { "\(row): `\(pattern)` and `\(text)`" }
}

@Suite struct `Actions and resources` {
  static let actions: [MatchCase] = [
    MatchCase("action-wildcards", "s3:GetObject", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "s3:GetObject", "s3:GetObjectAcl", .denied),
    MatchCase("action-wildcards", "s3:Get*", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "s3:*Object", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "s3:G*t*j*t", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "s3:G*x*t", "s3:GetObject", .denied),
    MatchCase("action-wildcards", "s3:GetObjec?", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "s3:GetObject?", "s3:GetObject", .denied),
    MatchCase("action-wildcards", "s?:GetObject", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "s*:GetObject", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "*:GetObject", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "*", "s3:GetObject", .allowed),
    MatchCase("action-wildcards", "s3:ListBucket", "s3:GetObject", .denied),
    MatchCase("action-case", "S3:getobject", "s3:GetObject", .allowed),
    MatchCase("action-case", "s3:GETO*", "s3:getObject", .allowed),
    MatchCase("action-no-variables", "s3:${a:b, 'GetObject'}", "s3:GetObject", .denied),
  ]

  @Test(arguments: actions)
  func `An action`(_ example: MatchCase) throws {
    let layers = Layers(identity: [[statement("Allow", jsonString(example.pattern))]])
    let decision = try layers.question().evaluate(request(example.text)).allowed.decision
    #expect(decision == example.expected)
  }

  // `not-action`
  @Test func `NotAction is every other action, whatever the case`() throws {
    let text = #"{"Effect": "Allow", "NotAction": ["s3:Get*", "s3:LISTBUCKET"], "Resource": "*"}"#
    let question = try Layers(identity: [[text]]).question()
    func decision(_ action: String) -> Expected? {
      question.evaluate(request(action)).allowed.decision
    }
    #expect(decision("s3:GetObject") == .denied)
    #expect(decision("s3:ListBucket") == .denied)
    #expect(decision("s3:PutObject") == .allowed)
  }

  static let resources: [MatchCase] = [
    MatchCase("resource-wildcards", "*", "arn:aws:s3:::logs/a", .allowed),
    MatchCase("resource-wildcards", "*", "*", .allowed),
    MatchCase("resource-wildcards", "arn:aws:s3:::logs/*", "*", .denied),
    MatchCase("resource-wildcards", "arn:aws:s3:::logs/*", "arn:aws:s3:::logs/a/b", .allowed),
    MatchCase("resource-wildcards", "arn:aws:s3:::logs/*", "arn:aws:s3:::logs", .denied),
    MatchCase("resource-wildcards", "arn:aws:s3:::logs", "arn:aws:s3:::logs/a", .denied),
    MatchCase("resource-wildcards", "arn:aws:s3:::lo?s/a", "arn:aws:s3:::logs/a", .allowed),
    MatchCase("resource-wildcards", "arn:aws:s3:::*/a", "arn:aws:s3:::logs/b/a", .allowed),
    MatchCase(
      "resource-wildcards", "arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1///test///o.jpg", .allowed),
    MatchCase(
      "resource-wildcards", "arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1/test/o", .allowed),
    MatchCase(
      "resource-wildcards", "arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1-test/o", .denied),
    MatchCase("resource-wildcards", "arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1/2/test", .denied),
    MatchCase("resource-case", "arn:aws:s3:::logs/A", "arn:aws:s3:::logs/a", .denied),
    MatchCase("resource-case", "arn:aws:S3:::logs/a", "arn:aws:s3:::logs/a", .denied),
    // A `*` that ends a part runs on past the colon.
    MatchCase("resource-star-ends-part", "arn:aws:s3:*", "arn:aws:s3:::logs/a", .allowed),
    MatchCase("resource-star-ends-part", "arn:*", "arn:aws:s3:::logs/a", .allowed),
    MatchCase("resource-star-ends-part", "arn:aws:s3:::*", "arn:aws:s3:::logs/a", .allowed),
    MatchCase("resource-star-ends-part", "arn:aws:s3*:::logs/a", "arn:aws:s3:x:::logs/a", .allowed),
    MatchCase("resource-star-ends-part", "arn:*:s3:::logs/a", "arn:aws:s3:::logs/a", .allowed),
    MatchCase(
      "resource-star-ends-part", "arn:aws:kms:*:1:key/a", "arn:aws:kms:r:2:x:1:key/a", .allowed),
    // One in the middle of a part does not.
    MatchCase("resource-star-in-part", "arn:aws:s*3:::logs/a", "arn:aws:s3:::logs/a", .allowed),
    MatchCase("resource-star-in-part", "arn:a*3:x::b:c", "arn:aws:s3:x::b:c", .denied),
    MatchCase(
      "resource-star-in-part", "arn:aws:kms:u*1:1:key/a", "arn:aws:kms:us:1-1:1:key/a", .denied),
    MatchCase("resource-question-mark", "arn:aws:k?s::1:key", "arn:aws:k:s::1:key", .denied),
    MatchCase("resource-question-mark", "arn:aws:?3:::logs/a", "arn:aws:s3:::logs/a", .allowed),
    // The sixth part may itself hold colons.
    MatchCase("resource-sixth-part", "arn:aws:s3:::logs/*z", "arn:aws:s3:::logs/a:b:z", .allowed),
    MatchCase("resource-sixth-part", "arn:aws:s3:::logs/a?b", "arn:aws:s3:::logs/a:b", .allowed),
    MatchCase("resource-sixth-part", "arn:aws:s3:::l*:b", "arn:aws:s3:::logs/a:b", .allowed),
    // An identity policy's ARN is completed with `*`.
    MatchCase("resource-incomplete", "arn:aws:s3", "arn:aws:s3:::logs/a:b", .allowed),
    MatchCase("resource-incomplete", "arn:aws:kms:us-east-1", keyARN, .allowed),
    MatchCase("resource-incomplete", "arn:aws:kms:us-east-1:111122223333", keyARN, .allowed),
    MatchCase("resource-incomplete", "arn:aws:kms:us-east-1:4444", keyARN, .denied),
    MatchCase("resource-incomplete", "arn:aws:kms:us-east-?", keyARN, .allowed),
    MatchCase("resource-incomplete", "arn:aws:s3", "arn:aws:s3-outposts:r:1:x", .denied),
    MatchCase("resource-incomplete", "arn:aws:s3", "*", .denied),
    MatchCase("resource-incomplete", "arn:aws:s3:*:*", "arn:aws:s3:::logs/a", .allowed),
    MatchCase("resource-incomplete", "arn:aws:kms:*:111122223333", keyARN, .allowed),
    // A `*` that runs on past colons may be meant to stand for the missing parts.
    MatchCase("resource-incomplete-star", "arn:*:logs/a", "arn:aws:s3:::logs/a", .open),
    MatchCase("resource-incomplete-star", "arn:aws:s3*:logs/a", "arn:aws:s3:::logs/a", .open),
    MatchCase("resource-incomplete-star", "arn:aws:s3*:logs/a", "arn:aws:s3:::logs/b", .denied),
    MatchCase("resource-incomplete", "arn:aws", "arn:aws:s3:::logs/a", .open),
    MatchCase("resource-incomplete", "arn:aws::", "arn:aws:s3:::logs/a", .open),
    MatchCase("resource-partition", "arn:aws-cn:s3:::logs/*", "arn:aws:s3:::logs/a", .denied),
    MatchCase("resource-partition", "arn:aws*:s3:::logs/*", "arn:aws-cn:s3:::logs/a", .allowed),
    MatchCase(
      "resource-bucket-or-objects", "arn:aws:s3:::logs/*", "arn:aws:s3:::logs", .denied),
    MatchCase(
      "one-character", "arn:aws:s3:::logs/?", "arn:aws:s3:::logs/\u{1F600}", .allowed),
    MatchCase(
      "one-character", "arn:aws:s3:::logs/?", "arn:aws:s3:::logs/e\u{301}", .denied),
    MatchCase("one-character", "arn:aws:s3:::logs/é", "arn:aws:s3:::logs/e\u{301}", .denied),
  ]

  @Test(arguments: resources)
  func `A resource`(_ example: MatchCase) throws {
    let policy: PolicySource = [statement("Allow", on: jsonString(example.pattern))]
    let question = try Layers(identity: [policy]).question()
    #expect(question.evaluate(request(on: example.text)).allowed.decision == example.expected)
  }

  static let incomplete: [DecisionCase] = [
    DecisionCase(
      "resource-incomplete", "a Deny reaches all that the ARN may mean",
      Layers(identity: [[allow(), statement("Deny", on: #""arn:aws:s3""#)]]), request(), .denied),
    DecisionCase(
      "resource-incomplete", "in a boundary",
      Layers(
        identity: [[allow()]], boundary: [[statement("Allow", on: #""arn:aws:s3""#)]]),
      request(), .allowed),
    DecisionCase(
      "resource-incomplete-elsewhere", "in a session policy AWS refuses it",
      Layers(identity: [[allow()]], session: [[statement("Allow", on: #""arn:aws:s3""#)]]),
      request(), .open),
    DecisionCase(
      "resource-incomplete-elsewhere", "in a bucket policy",
      Layers(resource: [[statement("Allow", on: #""arn:aws:s3""#, to: aws(roleARN))]]), request(),
      .open),
    DecisionCase(
      "resource-incomplete-elsewhere", "in a service control policy",
      Layers(
        identity: [[allow()]],
        serviceControl: [[[allow(), statement("Deny", on: #""arn:aws:s3""#)]]]),
      request(), .open),
    DecisionCase(
      "resource-incomplete-elsewhere", "a `*` at its end needs no completion",
      Layers(
        identity: [[allow()]],
        serviceControl: [[[allow(), statement("Deny", on: #""arn:aws:s3:*""#)]]]),
      request(), .denied),
    DecisionCase(
      "resource-incomplete-elsewhere", "what stands before cannot match",
      Layers(
        identity: [[allow()]],
        serviceControl: [[[allow(), statement("Deny", on: #""arn:aws:kms""#)]]]),
      request(), .allowed),
  ]

  @Test(arguments: incomplete)
  func `An ARN that lacks parts`(_ example: DecisionCase) throws { try example.check() }

  // `not-resource`
  @Test func `NotResource is every other resource`() throws {
    let text =
      #"{"Effect": "Allow", "Action": "*", "NotResource": ["arn:aws:s3:::a/*", "arn:aws:s3:::b"]}"#
    let question = try Layers(identity: [[text]]).question()
    func decision(_ resource: String) -> Expected? {
      question.evaluate(request(on: resource)).allowed.decision
    }
    #expect(decision("arn:aws:s3:::a/x") == .denied)
    #expect(decision("arn:aws:s3:::b") == .denied)
    #expect(decision("arn:aws:s3:::a") == .allowed)
  }
}
