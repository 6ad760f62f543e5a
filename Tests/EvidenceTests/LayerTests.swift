import PolicyModel
import Testing

@testable import Evidence

@Suite("Policies find their layer") struct LayerTests {
  @Test func `Bare policies are placed by what they hold`() {
    let plan = EvidenceTests.plan(
      Given(Scenario.rolePolicy), Given(Scenario.trustPolicy), Given(Scenario.bucketPolicy),
      Given(Scenario.keyPolicy), Given(Scenario.callerPolicy))
    #expect(plan.role.policies.map(\.node.tree.source.path) == ["0.json"])
    #expect(plan.trust.policies.map(\.node.tree.source.path) == ["1.json"])
    #expect(plan.bucket.policies.map(\.node.tree.source.path) == ["2.json"])
    #expect(plan.keys.flatMap(\.policy.policies).map(\.node.tree.source.path) == ["3.json"])
    #expect(plan.caller.policies.map(\.node.tree.source.path) == ["4.json"])
    #expect(plan.role.policies.map(\.kind) == [.identity])
    #expect(plan.findings.isEmpty)
  }

  @Test func `Two policies without principals are not checked`() {
    let other = Scenario.rolePolicy.replacing("s3:GetObject", with: "s3:GetObjectVersion")
    let plan = EvidenceTests.plan(Given(Scenario.rolePolicy), Given(other))
    #expect(plan.role.policies.isEmpty)
    #expect(plan.role.gap?.needs == ["--role"])
    #expect(
      plan.role.gap?.reason
        == "nothing says whether the policies of `0.json` and `1.json` are the role's")
  }

  @Test func `The same policy in two documents is one`() {
    let plan = EvidenceTests.plan(
      Given(Scenario.rolePolicy), Given(Scenario.rolePolicy.replacing(" ", with: "")),
      Given(Scenario.bucketPolicy),
      Given("{\"Policy\": \(Scenario.quoted(Scenario.bucketPolicy))}"))
    #expect(plan.role.policies.count == 1)
    #expect(plan.role.gap == nil)
    #expect(plan.bucket.policies.map(\.node.tree.source.path) == ["2.json"])
    #expect(plan.findings.isEmpty)
  }

  @Test func `A grammar finding of a repeated policy is said once`() {
    let broken = Scenario.rolePolicy.replacing("\"Allow\"", with: "\"allow\"")
    let plan = EvidenceTests.plan(Given(broken), Given(broken))
    #expect(plan.findings.count == 2)
    #expect(Set(plan.findings.compactMap(\.place?.source.path)) == ["0.json"])
  }

  @Test func `Two bucket policies of one bucket disagree`() {
    let other = Scenario.bucketPolicy.replacing("s3:ListBucket", with: "s3:ListBucketVersions")
    let plan = EvidenceTests.plan(Given(Scenario.bucketPolicy), Given(other))
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.findings.first?.place?.source.path == "1.json")
    #expect(plan.findings.first?.related.first?.place?.source.path == "0.json")
    #expect(plan.bucket.policies.isEmpty)
    #expect(plan.bucket.gap?.needs == ["--bucket"])
  }

  @Test func `An option's bucket policy wins over another of the same bucket`() {
    let other = Scenario.bucketPolicy.replacing("s3:ListBucket", with: "s3:ListBucketVersions")
    let plan = EvidenceTests.plan(Given(other), Given(Scenario.bucketPolicy, as: .bucket))
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.findings.first?.place?.source.path == "0.json")
    #expect(plan.bucket.policies.map(\.node.tree.source.path) == ["1.json"])
    #expect(plan.bucket.gap == nil)
  }

  @Test func `Policies of two buckets are not checked until the source is stated`() throws {
    let other = Scenario.bucketPolicy.replacing("acme-trail-logs", with: "other-trail-logs")
    let documents = [Given(other), Given(Scenario.bucketPolicy)]
    let unstated = EvidenceTests.plan(documents) { _ in }
    #expect(unstated.bucket.gap?.needs == ["--source"])
    #expect(unstated.findings.isEmpty)
    let stated = try EvidenceTests.plan(documents) { input in
      input.facts = [try StatedFact(.source, "s3://acme-trail-logs/", origin: "`--source`")]
    }
    #expect(stated.bucket.policies.map(\.node.tree.source.path) == ["1.json"])
    #expect(stated.findings.isEmpty)
  }

  @Test func `A saved error and a policy disagree`() {
    let error = "An error occurred (NoSuchBucketPolicy) when calling the X operation: none"
    let plan = EvidenceTests.plan(Given(error), Given(Scenario.bucketPolicy))
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.bucket.policies.isEmpty)
    #expect(plan.bucket.gap?.needs == ["--bucket"])
    let given = self.plan(givenWithBucket: error)
    #expect(given.bucket.policies.isEmpty && given.bucket.gap == nil)
    #expect(given.rules == ["documents-disagree"])
  }

  /// `--bucket saved-error` beside a positional policy.
  private func plan(givenWithBucket error: String) -> CopyPlan {
    EvidenceTests.plan(Given(error, as: .bucket), Given(Scenario.bucketPolicy))
  }

  static func inline(_ name: String, role: String = "Copier", _ policy: String) -> Given {
    Given("{\"RoleName\": \"\(role)\", \"PolicyName\": \"\(name)\", \"PolicyDocument\": \(policy)}")
  }

  static let attached = "arn:aws:iam::222233334444:policy/LakeImport"
  static let inlineList = #"{"PolicyNames": ["one"]}"#
  static let attachedList = #"{"AttachedPolicies": [{"PolicyArn": "\#(attached)"}]}"#
  static let noneAttached = #"{"AttachedPolicies": []}"#
  static let otherPolicy = Scenario.rolePolicy.replacing("GetObject", with: "GetObjectVersion")
  static let kmsPolicy = Scenario.rolePolicy.replacing(
    "s3:GetBucketAcl", with: "s3:GetBucketPolicy")
  static let version = "{\"PolicyVersion\": {\"Document\": \(otherPolicy)}}"

  struct Role: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var documents: [Given]
    /// The paths of the layer's policies.
    var paths: [String]
    /// What the gap needs; nil where the layer is whole.
    var needs: [String]?
  }

  static let roles: [Role] = [
    Role(
      testDescription: "an inline policy", documents: [inline("one", Scenario.rolePolicy)],
      paths: ["0.json"]),
    Role(
      testDescription: "two inline policies",
      documents: [inline("one", Scenario.rolePolicy), inline("two", otherPolicy)],
      paths: ["0.json", "1.json"]),
    Role(
      testDescription: "policies of two roles",
      documents: [
        inline("one", Scenario.rolePolicy), inline("two", role: "Other", otherPolicy),
      ], paths: [], needs: ["--role-arn"]),
    Role(
      testDescription: "an inline policy, all that is listed",
      documents: [
        inline("one", Scenario.rolePolicy), Given(inlineList), Given(noneAttached),
      ], paths: ["0.json"]),
    Role(
      testDescription: "a listed policy was not given",
      documents: [inline("one", Scenario.rolePolicy), Given(attachedList)],
      paths: ["0.json"], needs: ["--role"]),
    Role(
      testDescription: "the listed policy is the one that is left",
      documents: [inline("one", Scenario.rolePolicy), Given(attachedList), Given(version)],
      paths: ["0.json", "2.json"]),
    Role(
      testDescription: "a version that is not in force",
      documents: [
        Given(attachedList),
        Given(
          """
          {"PolicyVersion": {"Document": \(otherPolicy), "IsDefaultVersion": false}}
          """),
      ], paths: [], needs: ["--role"]),
    Role(
      testDescription: "a list that was cut short",
      documents: [
        inline("one", Scenario.rolePolicy),
        Given(#"{"PolicyNames": ["one"], "IsTruncated": true, "Marker": "m"}"#),
      ], paths: ["0.json"], needs: ["--role"]),
    Role(
      testDescription: "lists that say there is none",
      documents: [Given(#"{"PolicyNames": []}"#), Given(noneAttached)], paths: []),
    Role(
      testDescription: "--role is all of them",
      documents: [Given(Scenario.rolePolicy, as: .role), Given(otherPolicy)], paths: ["0.json"]),
    Role(
      testDescription: "--role is the one that is listed",
      documents: [Given(Scenario.rolePolicy, as: .role), Given(attachedList)],
      paths: ["0.json"]),
    Role(
      testDescription: "--role is not both that are listed",
      documents: [
        Given(Scenario.rolePolicy, as: .role), Given(attachedList), Given(inlineList),
      ], paths: ["0.json"], needs: ["--role"]),
    Role(
      testDescription: "an inline policy and one that nothing places",
      documents: [inline("one", Scenario.rolePolicy), Given(otherPolicy)], paths: ["0.json"],
      needs: ["--role"]),
    Role(
      testDescription: "complete lists place nothing else",
      documents: [
        inline("one", Scenario.rolePolicy), Given(inlineList), Given(noneAttached),
        Given(otherPolicy),
      ], paths: ["0.json"]),
  ]

  @Test(arguments: roles) func `The role's policies are put together`(_ example: Role) {
    let plan = EvidenceTests.plan(example.documents) { _ in }
    #expect(plan.role.policies.map(\.node.tree.source.path) == example.paths)
    #expect(plan.role.gap?.needs == example.needs)
    #expect(plan.findings.isEmpty)
  }

  @Test func `Policies of another role than the stated one disagree`() throws {
    let plan = try EvidenceTests.plan(
      Self.inline("one", role: "Other", Scenario.rolePolicy), facts: [.roleARN: Scenario.role])
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.role.policies.isEmpty)
    #expect(plan.role.gap?.needs == ["--role"])
  }

  static func details(_ roles: String..., policies: String = "", cut: Bool = false) -> Given {
    Given(
      """
      {"RoleDetailList": [\(roles.joined(separator: ","))], "Policies": [\(policies)],
       "IsTruncated": \(cut)}
      """)
  }

  static func detail(_ arn: String, trust: String, boundary: String = "") -> String {
    """
    {"RoleName": "\(arn.nameOfRole)", "RoleId": "AROA1", "Arn": "\(arn)",
      "AssumeRolePolicyDocument": \(trust), \(boundary)
      "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": \(Scenario.rolePolicy)}],
      "AttachedManagedPolicies": [{"PolicyArn": "\(attached)"}]}
    """
  }

  static let managed = """
    {"Arn": "\(attached)", "DefaultVersionId": "v2", "PolicyVersionList": [
      {"VersionId": "v1", "IsDefaultVersion": false, "Document": {}},
      {"VersionId": "v2", "IsDefaultVersion": true, "Document": \(otherPolicy)}]}
    """

  @Test func `Of an account's roles the one that trusts CloudTrail is taken`() {
    let lambda = Scenario.trustPolicy.replacing("cloudtrail.", with: "lambda.")
    let plan = EvidenceTests.plan(
      Self.details(
        Self.detail("arn:aws:iam::222233334444:role/Function", trust: lambda),
        Self.detail(Scenario.role, trust: Scenario.trustPolicy), policies: Self.managed))
    #expect(plan.facts.roleARN.value == Scenario.role)
    #expect(plan.facts.roleARN.status == .inferred)
    #expect(plan.role.policies.count == 2)
    #expect(plan.role.gap == nil)
    #expect(plan.trust.policies.count == 1)
    #expect(plan.boundary.gap == nil && !plan.boundary.isAssumedAbsent)
    #expect(plan.findings.isEmpty)
  }

  @Test func `Of two roles that trust CloudTrail the stated one is taken`() throws {
    let details = Self.details(
      Self.detail("arn:aws:iam::222233334444:role/Other", trust: Scenario.trustPolicy),
      Self.detail(Scenario.role, trust: Scenario.trustPolicy))
    let unstated = EvidenceTests.plan(details)
    #expect(unstated.facts.roleARN.status == .unknown)
    #expect(unstated.trust.gap?.needs == ["--role-arn"])
    #expect(unstated.role.gap?.needs == ["--role-arn"])
    let stated = try EvidenceTests.plan(details, facts: [.roleARN: Scenario.role])
    #expect(
      stated.trust.policies.map { $0.node.pointer } == [
        ["/RoleDetailList/1/AssumeRolePolicyDocument"]
      ])
    #expect(stated.role.policies.count == 1)
    #expect(
      stated.role.gap?.reason == "the role has the policy `\(Self.attached)`, which was not given")
  }

  @Test func `A boundary that a document shows is not checked until it is given`() {
    let boundary =
      #""PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::222233334444:policy/B"},"#
    let named = EvidenceTests.plan(Given(Facts.getRole(boundary: boundary)))
    #expect(named.boundary.gap?.needs == ["--boundary"])
    #expect(!named.boundary.isAssumedAbsent)
    let given = EvidenceTests.plan(
      Given(Facts.getRole(boundary: boundary)), Given(Self.otherPolicy, as: .boundary))
    #expect(given.boundary.policies.map(\.kind) == [.boundary])
    #expect(given.boundary.gap == nil)
    let held = EvidenceTests.plan(
      Given(Facts.getRole(boundary: boundary)),
      Self.details(
        policies: Self.managed.replacing(Self.attached, with: "arn:aws:iam::222233334444:policy/B")
      ))
    #expect(held.boundary.policies.map(\.kind) == [.boundary])
    let none = EvidenceTests.plan(Given(Facts.getRole()))
    #expect(none.boundary.gap == nil && !none.boundary.isAssumedAbsent)
  }

  @Test func `A policy that cannot be read leaves a gap`() {
    let plan = EvidenceTests.plan(
      Given(#"{"Version": "2012-10-17", "Statement": [3]}"#, as: .bucket))
    #expect(plan.bucket.gap?.needs == ["--bucket"])
    #expect(plan.rules.contains("policy-grammar"))
  }

  @Test func `Findings are sorted by path and offset, and belong to the copy`() {
    let broken = Scenario.rolePolicy.replacing("\"Allow\"", with: "\"allow\"")
    let plan = EvidenceTests.plan(
      Given(broken, as: .role, path: "z.json"), Given("{", as: .bucket, path: "b.json"))
    let places = plan.findings.compactMap(\.place)
    #expect(places.map(\.source.path) == ["b.json", "z.json", "z.json"])
    #expect(places[1].range.lowerBound < places[2].range.lowerBound)
    #expect(plan.findings.allSatisfy { $0.copy == "test" })
  }
}
