import Evidence
import PolicyModel
import Testing

@testable import Checks

/// An element that a rule wants or forbids, and what it comes to for a copy.
struct DocumentCase: Sendable, CustomTestStringConvertible {
  var parameters: String
  var status: Requirement.Status
  var reason: String
  /// The texts at the findings' places.
  var found: [String] = []
  var needs: [String] = []
  var change: @Sendable (inout SampleCopy) -> Void = { _ in }

  var testDescription: String { "\(parameters) is \(status.rawValue): \(reason)" }

  init(
    _ parameters: String, _ status: Requirement.Status, _ reason: String, found: [String] = [],
    needs: [String] = [], change: @escaping @Sendable (inout SampleCopy) -> Void = { _ in }
  ) {
    self.parameters = parameters
    self.status = status
    self.reason = reason
    self.found = found
    self.needs = needs
    self.change = change
  }

  static let all = [
    DocumentCase(
      "{policy: role, element: Action, presence: forbidden, values: [\"s3:getobject\"]}",
      .violated, "statement `Objects` of the role's permissions has `Action` `s3:GetObject`",
      found: ["\"s3:GetObject\""]),
    DocumentCase(
      "{policy: role, element: Action, presence: forbidden, values: [\"s3:*\"]}", .proven,
      "no statement has `Action` `s3:*`"),
    DocumentCase(
      "{policy: role, element: Action, presence: forbidden, "
        + "values: [\"s3:ListBucket\", \"kms:Decrypt\"]}",
      .violated, "statement `Bucket` of the role's permissions has `Action` `s3:ListBucket`",
      found: ["\"s3:ListBucket\"", "\"kms:Decrypt\""]),
    DocumentCase(
      "{policy: role, element: Action, presence: forbidden, effect: Deny, "
        + "values: [\"s3:GetObject\"]}",
      .proven, "no statement has `Action` `s3:GetObject`"),
    DocumentCase(
      "{policy: role, element: NotAction, presence: forbidden}", .proven,
      "no statement has `NotAction`"),
    DocumentCase(
      "{policy: role, element: NotAction, presence: forbidden}", .violated,
      "statement `Objects` of the role's permissions has `NotAction`", found: ["\"NotAction\""]
    ) {
      $0 = $0.replacing(
        \.roleText, #""Action": ["s3:GetObject"]"#, #""NotAction": ["s3:GetObject"]"#)
    },
    DocumentCase(
      "{policy: role, element: Resource, presence: forbidden, values: [\"ARN:aws:s3:::acme-logs\"]}",
      .proven, "no statement has `Resource` `ARN:aws:s3:::acme-logs`"),
    DocumentCase(
      "{policy: role, element: Resource, presence: forbidden, values: [\"arn:aws:s3:::acme-logs\"]}",
      .violated,
      "statement `Bucket` of the role's permissions has `Resource` `arn:aws:s3:::acme-logs`",
      found: ["\"arn:aws:s3:::acme-logs\""]),
    DocumentCase(
      "{policy: trust, element: Condition, presence: required, values: [\"aws:sourcearn\"]}",
      .proven, "statement 1 has `Condition` `aws:SourceArn`"),
    DocumentCase(
      "{policy: trust, element: Condition, presence: required, values: [\"aws:SourceOrgID\"]}",
      .violated, "no statement of the trust policy has `Condition` `aws:SourceOrgID`",
      found: ["\"Statement\""]),
    DocumentCase(
      "{policy: bucket, element: Principal, presence: forbidden, values: [\"*\"]}", .proven,
      "no statement has `Principal` `*`"),
    DocumentCase(
      "{policy: bucket, element: Principal, presence: required, values: [\"\(SampleCopy.role)\"]}",
      .proven, "statement `Import` has `Principal` `\(SampleCopy.role)`"),
    DocumentCase(
      "{policy: bucket, element: Sid, presence: required, values: [Import]}", .proven,
      "statement `Import` has `Sid` `Import`"),
    DocumentCase(
      "{policy: bucket, element: Effect, presence: required, values: [Deny]}", .violated,
      "no statement of the bucket policy has `Effect` `Deny`", found: ["\"Statement\""]),
    DocumentCase(
      "{policy: bucket, element: Effect, presence: required, values: [Deny]}", .notChecked,
      "the bucket policy was not given", needs: ["--bucket"]
    ) {
      $0.change = { $0.bucket = .notGiven("--bucket", "the bucket policy") }
    },
    DocumentCase(
      "{policy: bucket, element: Effect, presence: forbidden, values: [Deny]}", .notChecked,
      "the bucket policy was not given", needs: ["--bucket"]
    ) {
      $0.change = { $0.bucket = .notGiven("--bucket", "the bucket policy") }
    },
    DocumentCase(
      "{policy: bucket, element: Effect, presence: forbidden, values: [Deny]}", .notApplicable,
      "there is nothing in the bucket policy"
    ) { $0.bucketText = nil },
    DocumentCase(
      "{policy: bucket, element: Effect, presence: required, values: [Deny]}", .violated,
      "no statement of the bucket policy has `Effect` `Deny`", found: ["-"]
    ) { $0.bucketText = nil },
    DocumentCase(
      "{policy: boundary, element: Effect, presence: required, values: [Deny]}", .notChecked,
      "the permissions boundary was not given", needs: ["--boundary"]),
    DocumentCase(
      "{policy: boundary, element: NotAction, presence: forbidden}", .notApplicable,
      "there is nothing in the permissions boundary"),
    DocumentCase(
      "{policy: scp, element: Effect, presence: required, values: [Deny]}", .notChecked,
      "the service control policies were not given", needs: ["--scp"]),
    DocumentCase(
      "{policy: caller, element: NotAction, presence: forbidden}", .notChecked,
      "the policies of whoever starts the import were not given", needs: ["--caller-policy"]
    ) { $0.change = { $0.caller = CopyPlan(name: "", asOf: $0.asOf).caller } },
    DocumentCase(
      "{policy: key, element: Principal, presence: forbidden, values: [\"*\"]}", .notChecked,
      "whether KMS keys encrypt the objects is not known",
      needs: ["--key", "--key-arn", "aws s3api get-bucket-encryption"]
    ) { $0.change = { $0.keys = [] } },
    DocumentCase(
      "{policy: key, element: Principal, presence: forbidden, values: [\"*\"]}", .notApplicable,
      "the objects are not encrypted with a KMS key"
    ) {
      $0.change = {
        $0.keys = []
        $0.facts.isWithoutKeys = .stated(true, by: "`--key none`")
      }
    },
  ]
}

@Suite struct `A rule about what a policy holds` {
  @Test(arguments: DocumentCase.all)
  func `It is decided from what is written`(_ example: DocumentCase) throws {
    var copy = SampleCopy()
    example.change(&copy)
    let rule = CustomRule.text(.document, example.parameters)
    let report = try CustomRule.report(rule, on: try copy.plan)
    let rows = report.rows(of: "custom")
    #expect(rows.map(\.status) == [example.status])
    #expect(rows.map(\.reason) == [example.reason])
    #expect(rows.map(\.needs) == [example.needs])
    #expect(rows.map(\.causes) == [[]])
    let texts = report.findings.map { finding in
      finding.place.map { String(decoding: $0.source.text[$0.range], as: UTF8.self) } ?? "-"
    }
    #expect(texts == example.found)
  }

  @Test func `What a template leaves open is not checked`() throws {
    let text = #"{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#
    let policy = try SampleCopy.policy("role.json", text, .identity)
    let written = try #require(policy.statements.first)
    var resources = try #require(written.resources)
    resources.items = [
      PolicyString(
        .segments([.symbol(PolicyText.Symbol(resource: "Bucket", attribute: "Arn"))]),
        resources.items[0].node)
    ]
    let statement = Statement(
      index: written.index, sid: written.sid, node: written.node, effect: written.effect,
      effectNode: written.effectNode, principals: written.principals, actions: written.actions,
      resources: resources, conditions: written.conditions, isWellFormed: written.isWellFormed)
    var plan = try SampleCopy().plan
    plan.role = PolicyLayer(policies: [
      Policy(
        kind: .identity, node: policy.node, version: policy.version, statements: [statement],
        findings: [])
    ])
    for presence in ["required", "forbidden"] {
      let rule = CustomRule.text(
        .document, "{policy: role, element: Resource, presence: \(presence), values: [\"*\"]}")
      let row = try #require(try CustomRule.report(rule, on: plan).rows(of: "custom").first)
      #expect(row.status == .notChecked)
      #expect(row.needs == ["--account", "--region", "--parameter"])
    }
  }
}
