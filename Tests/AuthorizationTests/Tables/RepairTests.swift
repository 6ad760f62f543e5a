import PolicyModel
import Testing

@testable import Authorization

/// A part of a statement that is taken to match, and what the decision is then.
private struct RepairCase: Sendable, CustomTestStringConvertible {
  var name: String
  var policy: PolicySource
  var part: Repairs.Part
  /// Without and with the repair.
  var expected: [Expected]
  var layers: @Sendable (PolicySource) -> Layers = { Layers(identity: [$0]) }

  var testDescription: String { name }
}

private func negated(_ effect: String, _ element: String, _ value: String) -> PolicySource {
  let others = element == "NotAction" ? #""Resource": "*""# : #""Action": "*""#
  return [#"{"Effect": "\#(effect)", "\#(element)": \#(value), \#(others)}"#]
}

@Suite struct `Questions about what would be without a mistake` {
  private static let other = #"{"StringEquals": {"aws:SourceAccount": ["1", "2"]}}"#

  private static let cases = [
    RepairCase(
      name: "an action", policy: [statement("Allow", #"["s3:Put", "s3:Get"]"#)], part: .action(1),
      expected: [.denied, .allowed]),
    RepairCase(
      name: "a resource", policy: [statement("Allow", on: #""arn:aws:s3:::x""#)],
      part: .resource(0),
      expected: [.denied, .allowed]),
    RepairCase(
      name: "an action that NotAction lists", policy: negated("Allow", "NotAction", #""ec2:*""#),
      part: .action(0), expected: [.allowed, .denied]),
    RepairCase(
      name: "a resource that NotResource lists",
      policy: negated("Allow", "NotResource", #""arn:aws:s3:::x""#), part: .resource(0),
      expected: [.allowed, .denied]),
    RepairCase(
      name: "a position that is not there", policy: [statement("Allow", #""s3:Put""#)],
      part: .action(1), expected: [.denied, .denied]),
    RepairCase(
      name: "a value of a condition", policy: [allow(if: other)],
      part: .conditionValue(condition: 0, value: 1), expected: [.denied, .allowed]),
    RepairCase(
      name: "a value of a negated condition",
      policy: [allow(), deny(if: #"{"StringNotEquals": {"aws:SourceAccount": "1"}}"#)],
      part: .conditionValue(condition: 0, value: 0), expected: [.denied, .denied]),
    RepairCase(
      name: "a condition that holds", policy: [allow(if: other)],
      part: .condition(0, holds: true), expected: [.denied, .allowed]),
    RepairCase(
      name: "a principal",
      policy: [statement("Allow", to: aws("arn:aws:iam::999988887777:role/x"))],
      part: .principal(0), expected: [.denied, .allowed],
      layers: { Layers(resource: [$0]) }),
    RepairCase(
      name: "the Resource of a key policy", policy: [statement("Allow", on: nil, to: aws(roleARN))],
      part: .missingResource, expected: [.denied, .allowed],
      layers: { Layers(resource: [$0], kind: .key) }),
  ]

  @Test(arguments: cases)
  private func `A part is taken to match`(_ example: RepairCase) throws {
    var question = try example.layers(example.policy).question()
    let asked = request(["aws:SourceAccount": .value("3")])
    var decisions = [question.evaluate(asked).allowed.decision]
    question.repairs = Repairs([Repairs.Target(.init(policy: 1, statement: 0), example.part)])
    decisions.append(question.evaluate(asked).allowed.decision)
    #expect(decisions == example.expected)
  }

  @Test func `A Deny is taken not to hold`() throws {
    let condition = #"{"StringNotEquals": {"aws:SourceAccount": "1"}}"#
    var question = try Layers(identity: [[deny(if: condition), allow()]]).question()
    let asked = request(["aws:SourceAccount": .value("3")])
    #expect(question.evaluate(asked).allowed.decision == .denied)
    for part in [
      Repairs.Part.conditionValue(condition: 0, value: 0), .condition(0, holds: false),
    ] {
      question.repairs = Repairs([Repairs.Target(.init(policy: 1, statement: 0), part)])
      #expect(question.evaluate(asked).allowed.decision == .allowed)
    }
  }
}

@Suite struct `Values that no document says how to compare` {
  @Test(arguments: [[], ["a", "b"]])
  func `None or several without a set operator`(values: [String]) throws {
    let context = ContextValue(.present, .exactly(values.map { RequestText($0) }))
    let question = try Layers(
      identity: [[allow(if: #"{"StringEquals": {"aws:PrincipalTag/a": "a"}}"#)]]
    ).question()
    #expect(
      question.evaluate(request(["aws:PrincipalTag/a": context])).allowed.decision == .open)
  }
}

@Suite struct `Resources that rules and proofs range over` {
  private static func first(_ pattern: String, allowing resource: String) throws -> String? {
    let target = try #require(ResourcePattern(pattern))
    let question = try Layers(
      identity: [[statement("Allow", on: jsonString(resource))]]
    ).question()
    var family = RequestFamily(request())
    family.request.resource = target.text
    family.freeString = target.freeString
    guard case .refuted(let explanation) = question.proveDenied(family) else { return nil }
    return explanation.request.resource.description
  }

  @Test(arguments: [
    ("*", "*", ""), ("*", "arn:aws:s3:::logs", "arn:aws:s3:::logs"),
    ("arn:aws:s3:::logs/*", "*", "arn:aws:s3:::logs/example"),
    ("arn:aws:s3:::logs/?.gz", "*", "arn:aws:s3:::logs/x.gz"),
    ("arn:aws:s3:::logs/??", "arn:aws:s3:::logs/ab", "arn:aws:s3:::logs/ab"),
    ("arn:aws:s3:::logs/?", "arn:aws:s3:::logs/ab", nil),
    ("arn:aws:s3:::logs", "*", "arn:aws:s3:::logs"),
    ("arn:*:s3:::logs", "arn:a:b:s3:::logs", nil),
    (
      "arn:aws:sns:us-east-1:111122223333:*", "arn:aws:sns:us-east-1:111122223333:a:b",
      "arn:aws:sns:us-east-1:111122223333:a:b"
    ),
    ("arn:aws:iam:?:1:role", "arn:aws:iam:::1:role", nil),
  ])
  func `A pattern stands for what matches it`(
    pattern: String, resource: String, example: String?
  ) throws {
    #expect(try Self.first(pattern, allowing: resource) == example)
  }

  @Test(
    arguments: [
      (["ab"], nil), (["abc"], "abc"), (["a-c"], "a-c"), (["ABC"], nil), (["a_c"], nil),
    ] as [([String], String?)])
  func `A bucket's name has three characters or more`(names: [String], found: String?) throws {
    let resources = names.map { jsonString("arn:aws:s3:::\($0)") }.joined(separator: ", ")
    let question = try Layers(identity: [[statement("Allow", on: "[\(resources)]")]]).question()
    var family = RequestFamily(request())
    family.request.resource = RequestText("arn:aws:s3:::") + RequestText(head: [], isFree: true)
    family.freeString = ResourceARNs.buckets
    let proof = question.proveDenied(family)
    guard case .refuted(let explanation) = proof else {
      #expect(found == nil)
      return
    }
    #expect(RequestText.string(explanation.free) == found)
  }
}
