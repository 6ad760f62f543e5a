import Authorization
import PolicyModel
import Testing

@testable import Simulation

/// A question that is denied, and what its witness must be like.
struct WitnessCase: Sendable, CustomTestStringConvertible {
  var name: String
  var question: @Sendable () throws -> AccessQuestion
  var action = "s3:GetObject"
  var resource = "arn:aws:s3:::logs/a"
  var principal = RequestPrincipal.session(ofRole: .literal(roleARN))
  var context: @Sendable (inout RequestContext) -> Void = { _ in }
  var decision = "implicitDeny"
  /// The policies whose statements decide.
  var matched: [String] = []
  /// The document's members, without those that every witness has.
  var members: [String]
  var isForAWS = false

  var testDescription: String { name }
}

private let roleARN = "arn:aws:iam::111122223333:role/service-role/copy"

private func compiled(_ text: String, _ kind: PolicyKind) throws -> CompiledPolicy {
  let tree = try Tree.parse(Source(path: "policy.json", text), format: .json)
  return CompiledPolicy(Policy(reading: tree.root, as: kind))
}

private func statements(_ texts: String...) -> String {
  #"{"Version": "2012-10-17", "Statement": ["# + texts.joined(separator: ", ") + "]}"
}

private let allowAll = statements(#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#)
private let allowEC2 = statements(#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#)
private let denyGet = statements(#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#)
private let denyEveryone = statements(
  #"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#)

/// A question over an identity policy and, where there is one, a resource policy.
private func question(
  _ identity: String?, _ resource: String? = nil, _ kind: PolicyKind = .bucket,
  rule: ResourceRule = .either, isSameAccount: Certainty = .yes,
  _ change: (inout AccessQuestion) throws -> Void = { _ in }
) throws -> AccessQuestion {
  var question = AccessQuestion(
    identity: try identity.map { PolicyGroup([try compiled($0, .identity)]) },
    resource: try resource.map { PolicyGroup([try compiled($0, kind)]) } ?? .none,
    resourceRule: rule, isSameAccount: isSameAccount)
  try change(&question)
  return question
}

private let cases: [WitnessCase] = [
  WitnessCase(
    name: "nothing allows in the role's own account",
    question: { try question(allowEC2) }, members: [], isForAWS: true),
  WitnessCase(
    name: "an identity policy denies, so that the bucket policy does not matter",
    question: { try question(denyGet, allowEC2) }, decision: "explicitDeny",
    matched: ["PolicyInputList.1"], members: [], isForAWS: true),
  WitnessCase(
    name: "the bucket policy denies",
    question: { try question(allowAll, denyEveryone) }, decision: "explicitDeny",
    matched: ["ResourcePolicy"], members: ["ResourcePolicy", "CallerArn"]),
  WitnessCase(
    name: "the bucket policy denies a user, whom AWS's simulator can ask for",
    question: { try question(allowAll, denyEveryone) },
    principal: RequestPrincipal(
      .user(.literal("arn:aws:iam::111122223333:user/anna")), account: "111122223333",
      partition: "aws"),
    decision: "explicitDeny", matched: ["ResourcePolicy"],
    members: ["ResourcePolicy", "CallerArn"], isForAWS: true),
  WitnessCase(
    name: "another account's bucket policy does not name the role",
    question: {
      try question(
        allowAll,
        statements(
          #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "#
            + #""Action": "s3:*", "Resource": "*"}"#),
        isSameAccount: .no)
    }, members: ["ResourcePolicy", "ResourceOwner", "CallerArn"]),
  WitnessCase(
    name: "another account's bucket has no policy",
    question: { try question(allowAll, isSameAccount: .no) },
    members: ["ResourceOwner", "CallerArn"]),
  WitnessCase(
    name: "the role's policies are not known, and the other account denies whatever they are",
    question: {
      try question(nil, denyEveryone, isSameAccount: .no) { $0.identity = .unknown }
    }, decision: "explicitDeny", matched: ["ResourcePolicy"],
    members: ["ResourcePolicy", "ResourceOwner", "CallerArn"]),
  WitnessCase(
    name: "the boundary allows too little",
    question: {
      try question(allowAll) { $0.boundary = PolicyGroup([try compiled(allowEC2, .boundary)]) }
    }, members: ["PermissionsBoundaryPolicyInputList"], isForAWS: true),
  WitnessCase(
    name: "the session policy allows too little",
    question: {
      try question(allowAll) { $0.session = PolicyGroup([try compiled(allowEC2, .session)]) }
    }, members: ["SessionPolicyInputList"]),
  WitnessCase(
    name: "one level of service control policies does not allow",
    question: {
      try question(allowAll) {
        $0.serviceControl = [
          PolicyGroup([try compiled(allowAll, .serviceControl)]),
          PolicyGroup([try compiled(allowEC2, .serviceControl)]),
        ]
      }
    }, members: ["OrderedOrganizationPolicyInputList"], isForAWS: true),
  WitnessCase(
    name: "a service control policy of no known level denies",
    question: {
      try question(allowAll) {
        $0.serviceControl = [
          PolicyGroup([try compiled(denyGet, .serviceControl)], isUnleveled: true)
        ]
      }
    }, decision: "explicitDeny",
    matched: ["OrderedOrganizationPolicyInputList.1.ServiceControlPolicyInputList.2"],
    members: ["OrderedOrganizationPolicyInputList"], isForAWS: true),
  WitnessCase(
    name: "service control policies spare the management account, whose role may do too little",
    question: {
      try question(allowEC2) {
        $0.serviceControl = [PolicyGroup([try compiled(denyGet, .serviceControl)])]
        $0.principalIsManagement = .yes
      }
    }, members: [], isForAWS: true),
  WitnessCase(
    name: "a resource control policy denies",
    question: {
      try question(allowAll) {
        $0.resourceControl = [PolicyGroup([try compiled(denyEveryone, .resourceControl)])]
      }
    }, decision: "explicitDeny",
    matched: ["OrderedResourceControlPolicyInputList.1.ResourceControlPolicyInputList.1"],
    members: ["OrderedResourceControlPolicyInputList", "CallerArn"]),
  WitnessCase(
    name: "the key policy does not hand over to the account",
    question: {
      try question(
        allowAll,
        statements(
          #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/admin"}, "#
            + #""Action": "kms:*", "Resource": "*"}"#),
        .key, rule: .resourceFirst)
    }, action: "kms:Decrypt", resource: "arn:aws:kms:eu-west-1:111122223333:key/k",
    members: ["ResourcePolicy", "CallerArn"]),
  WitnessCase(
    name: "the trust policy wants another store",
    question: {
      try question(
        nil,
        statements(
          #"{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "#
            + #""Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:SourceArn": "a"}}}"#
        ),
        .trust, rule: .resourceFirst, isSameAccount: .no)
    }, action: "sts:AssumeRole", resource: roleARN,
    principal: .service("cloudtrail.amazonaws.com"),
    context: { $0["aws:SourceArn"] = .value("b") }, members: ["ResourcePolicy", "CallerArn"]),
  WitnessCase(
    name: "a role that nobody trusts",
    question: { try question(nil, rule: .resourceFirst, isSameAccount: .no) },
    action: "sts:AssumeRole", resource: roleARN,
    principal: .service("cloudtrail.amazonaws.com"), members: ["ResourcePolicy", "CallerArn"]),
  WitnessCase(
    name: "a condition on keys of every kind",
    question: {
      try question(
        statements(
          #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#,
          #"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"#
            + #""Bool": {"aws:SecureTransport": "true"}, "#
            + #""DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}, "#
            + #""IpAddress": {"aws:SourceIp": "0.0.0.0/0"}, "#
            + #""ForAnyValue:StringEquals": {"aws:TagKeys": "b"}, "#
            + #""Null": {"aws:SourceVpce": "true", "aws:PrincipalOrgID": "false"}}}"#))
    },
    context: {
      $0["aws:SecureTransport"] = .value("true")
      $0["aws:CurrentTime"] = ContextValue(
        .present,
        .moment(from: Timestamp(seconds: 1_800_000_000), to: Timestamp(seconds: 1_800_000_600)))
      $0["aws:SourceIp"] = ContextValue(
        .present, .oneOf([RequestText("10.0.0.1"), RequestText("10.0.0.2")]))
      $0["aws:TagKeys"] = ContextValue(
        .present, .exactly([RequestText("a"), RequestText("b")]), isMultivalued: true)
      $0["aws:SourceVpce"] = .absent
      $0["aws:PrincipalOrgID"] = .presentWithAnyValue
      $0["aws:UserAgent"] = .unknown
    }, decision: "explicitDeny", matched: ["PolicyInputList.1"], members: [], isForAWS: true),
]

@Suite struct `Witnesses` {
  private func explanation(_ example: WitnessCase) throws -> (AccessQuestion, Explanation) {
    var context = RequestContext(unlisted: .unknown)
    example.context(&context)
    let request = Request(
      principal: example.principal, action: example.action, resource: example.resource,
      context: context)
    let question = try example.question()
    guard case .refuted(let explanation) = question.prove(RequestFamily(request)) else {
      throw Unrefuted()
    }
    return (question, explanation)
  }

  private struct Unrefuted: Error {}

  @Test(arguments: cases)
  func `A witness fed back gives the denial it claims`(_ example: WitnessCase) throws {
    let (question, explanation) = try explanation(example)
    let witness = try #require(Witness(of: question, explanation))
    let text = String(decoding: witness.document, as: UTF8.self)
    let document = try Tree.parse(Source(path: "", text), format: .json).root
    let always = ["PolicyInputList", "ActionNames", "ResourceArns", "ContextEntries"]
    #expect(document.members.map(\.name).filter { !always.contains($0) } == example.members)
    #expect(witness.isForAWS == example.isForAWS)
    let result = try answer(text).onlyResult
    #expect(result["EvalActionName"]?.string == example.action)
    #expect(result["EvalResourceName"]?.string == example.resource)
    #expect(result["EvalDecision"]?.string == example.decision)
    #expect(result.matchedPolicies == example.matched)
    #expect(result["OpenReasons"] == nil)
  }

  @Test func `The owner of the resource is named where it is known`() throws {
    let example = try #require(cases.first { $0.members.first == "ResourceOwner" })
    let (question, explanation) = try explanation(example)
    let witness = try #require(
      Witness(of: question, explanation, resourceAccount: "444455556666"))
    let document = try Tree.parse(Source(path: "", text: witness.document), format: .json).root
    #expect(document["ResourceOwner"]?.string == "arn:aws:iam::444455556666:root")
  }

  @Test func `The types of context values are those AWS compares by`() throws {
    let example = try #require(cases.last)
    let (question, explanation) = try explanation(example)
    let witness = try #require(Witness(of: question, explanation))
    let document = try Tree.parse(Source(path: "", text: witness.document), format: .json).root
    let types = document["ContextEntries"]?.elements.map { entry in
      "\(entry["ContextKeyName"]?.string ?? ""): \(entry["ContextKeyType"]?.string ?? "")"
    }
    #expect(
      types == [
        "aws:CurrentTime: date", "aws:PrincipalOrgID: string", "aws:SecureTransport: boolean",
        "aws:SourceIp: ip", "aws:TagKeys: stringList",
      ])
  }

  @Test func `An open answer has no witness`() throws {
    let request = Request(
      principal: .session(ofRole: .literal(roleARN)), action: "s3:GetObject",
      resource: "arn:aws:s3:::logs/a", context: RequestContext(unlisted: .unknown))
    let question = try question(
      statements(
        #"{"Effect": "Allow", "Action": "*", "Resource": "*", "#
          + #""Condition": {"StringEquals": {"aws:SourceArn": "a"}}}"#))
    guard case .open(let explanation) = question.prove(RequestFamily(request)) else {
      throw Unrefuted()
    }
    #expect(Witness(of: question, explanation) == nil)
  }

  @Test func `A role that is a reference of a template has no witness`() throws {
    let role = PolicyText.segments([.symbol(PolicyText.Symbol(resource: "Role", attribute: "Arn"))])
    var example = cases[2]
    example.principal = .session(ofRole: role)
    let (question, explanation) = try explanation(example)
    #expect(Witness(of: question, explanation) == nil)
  }
}
