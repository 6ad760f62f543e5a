import PolicyModel
import Testing

@testable import Evidence

@Suite("Options take what carries their policy") struct OptionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var use: Document.Use
    var name: String
    var text: String
    var testDescription: String { "\(use.option ?? "") \(name)" }

    init(_ use: Document.Use, _ name: String, _ text: String) {
      self.use = use
      self.name = name
      self.text = text
    }
  }

  static let details = """
    {"RoleDetailList": [{"RoleName": "Copier", "Arn": "\(Scenario.role)",
      "AssumeRolePolicyDocument": \(Scenario.trustPolicy),
      "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": \(Scenario.rolePolicy)}],
      "AttachedManagedPolicies": []}], "Policies": []}
    """

  static let accepted: [Case] = [
    Case(.role, "bare", Scenario.rolePolicy),
    Case(
      .role, "get-role-policy",
      """
      {"RoleName": "Copier", "PolicyName": "p", "PolicyDocument": \(Scenario.rolePolicy)}
      """),
    Case(
      .role, "get-policy-version",
      "{\"PolicyVersion\": {\"Document\": \(Scenario.rolePolicy), \"IsDefaultVersion\": false}}"),
    Case(.role, "details", details),
    Case(.trust, "bare", Scenario.trustPolicy),
    Case(
      .trust, "get-role",
      """
      {"Role": {"RoleName": "Copier", "Arn": "\(Scenario.role)",
        "AssumeRolePolicyDocument": \(Scenario.trustPolicy)}}
      """),
    Case(.trust, "details", details),
    Case(.bucket, "bare", Scenario.bucketPolicy),
    Case(
      .bucket, "get-bucket-policy", "{\"Policy\": \(Scenario.quoted(Scenario.bucketPolicy))}"),
    Case(.key(arn: nil), "bare", Scenario.keyPolicy),
    Case(
      .key(arn: nil), "get-key-policy",
      "{\"Policy\": \(Scenario.quoted(Scenario.keyPolicy)), \"PolicyName\": \"default\"}"),
    Case(
      .key(arn: Scenario.key), "get-key-policy",
      "{\"Policy\": \(Scenario.quoted(Scenario.keyPolicy))}"),
    Case(.boundary, "bare", Scenario.rolePolicy),
    Case(
      .boundary, "get-policy-version",
      "{\"PolicyVersion\": {\"Document\": \(Scenario.rolePolicy)}}"),
    Case(.serviceControl(level: nil), "bare", Scenario.rolePolicy),
    Case(
      .serviceControl(level: "root"), "describe-policy",
      """
      {"Policy": {"PolicySummary": {"Type": "SERVICE_CONTROL_POLICY"},
        "Content": \(Scenario.quoted(Scenario.rolePolicy))}}
      """),
    Case(.resourceControl(level: nil), "bare", Scenario.bucketPolicy),
    Case(.caller, "bare", Scenario.callerPolicy),
    Case(
      .caller, "get-user-policy",
      """
      {"UserName": "u", "PolicyName": "p", "PolicyDocument": \(Scenario.callerPolicy)}
      """),
  ]

  @Test(arguments: accepted) func `A carrier fills the option's layer`(_ example: Case) throws {
    let plan = plan(Given(example.text, as: example.use))
    let layer = try #require(plan.layer(of: example.use))
    #expect(layer.policies.count == 1)
    #expect(layer.gap == nil)
    #expect(!plan.rules.contains("policy-syntax"))
    #expect(!plan.findings.contains { $0.message.contains("wants") })
  }

  static let refused: [Case] = [
    Case(
      .role, "get-role",
      """
      {"Role": {"RoleName": "Copier", "Arn": "\(Scenario.role)",
        "AssumeRolePolicyDocument": \(Scenario.trustPolicy)}}
      """),
    Case(.role, "get-bucket-policy", "{\"Policy\": \(Scenario.quoted(Scenario.bucketPolicy))}"),
    Case(.trust, "list-role-policies", #"{"PolicyNames": ["p"]}"#),
    Case(.trust, "get-role-policy", #"{"RoleName": "r", "PolicyName": "p", "PolicyDocument": {}}"#),
    Case(.bucket, "get-key-policy", #"{"Policy": "{}", "PolicyName": "default"}"#),
    Case(.bucket, "ownership", #"{"OwnershipControls": {"Rules": []}}"#),
    Case(.bucket, "another error", "An error occurred (AccessDenied) when calling the X operation"),
    Case(.key(arn: nil), "describe-key", #"{"KeyMetadata": {}}"#),
    Case(.boundary, "get-policy", #"{"Policy": {"Arn": "a", "DefaultVersionId": "v1"}}"#),
    Case(.serviceControl(level: nil), "identity", #"{"UserId": "", "Account": "", "Arn": ""}"#),
    Case(.caller, "get-import", #"{"ImportId": "i", "ImportStatus": "x", "ImportStatistics": {}}"#),
  ]

  @Test(arguments: refused)
  func `Another document is a finding that names it, and its layer is unknown`(
    _ example: Case
  ) throws {
    let plan = plan(Given(example.text, as: example.use))
    let option = try #require(example.use.option)
    let finding = try #require(plan.findings.first)
    #expect(plan.rules == ["policy-grammar"])
    #expect(finding.severity == .error)
    #expect(finding.copy == "test")
    #expect(finding.message.hasPrefix("`\(option)` wants "))
    #expect(finding.help?.contains(option) == true)
    let layer = try #require(plan.layer(of: example.use))
    #expect(layer.policies.isEmpty)
    #expect(layer.gap?.needs == [option])
  }

  @Test(arguments: accepted.map(\.use).filter { $0 != .role })
  func `A document that does not parse is a finding and leaves its layer unknown`(
    _ use: Document.Use
  ) throws {
    let plan = plan(Given("{", as: use))
    #expect(plan.rules == ["policy-syntax"])
    let layer = try #require(plan.layer(of: use))
    #expect(layer.policies.isEmpty)
    #expect(layer.gap?.reason == "`0.json` could not be read")
  }

  @Test func `Bytes that are no text are a finding and leave their layer unknown`() {
    let failure = SyntaxFailure(
      "the file is empty", at: Place(source: Source(path: "b.json", ""), range: 0..<0))
    let plan = plan([]) { $0.documents = [Document(undecodable: failure, as: .bucket)] }
    #expect(plan.rules == ["policy-syntax"])
    #expect(plan.bucket.gap?.reason == "`b.json` could not be read")
  }

  @Test func `A policy in a string that does not parse points into the file`() {
    let (text, ranges) = marked(#"{"Policy": "{\"Version\"«:» }", "PolicyName": "default"}"#)
    let plan = plan(Given(text, as: .key(arn: Scenario.key)))
    #expect(plan.rules == ["policy-syntax"])
    #expect(plan.findings.first?.place?.range == ranges[0])
    #expect(plan.keys.map(\.policy.gap?.needs) == [["--key"]])
  }

  @Test func `A finding of a policy in a string points into the file`() {
    let (text, ranges) = marked(
      """
      {"Policy": "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": {\\"Effect\\": «\\"allow\\"», \
      \\"Principal\\": \\"*\\", \\"Action\\": \\"s3:GetObject\\", \
      \\"Resource\\": \\"arn:aws:s3:::acme-trail-logs/*\\"}}"}
      """)
    let plan = plan(Given(text, as: .bucket))
    #expect(plan.rules == ["policy-grammar"])
    #expect(plan.findings.first?.place?.range == ranges[0])
    #expect(plan.findings.first?.place?.pointer == ["/Policy", "/Statement/Effect"])
  }

  @Test func `None in place of a file says that there is none`() {
    let uses: [Document.Use] = [
      .role, .trust, .bucket, .key(arn: nil), .boundary, .caller, .serviceControl(level: nil),
      .resourceControl(level: nil),
    ]
    let plan = plan([]) { input in
      input.absences = uses.map { Absence(of: $0, origin: "`\($0.option ?? "") none`") }
    }
    for layer in [plan.role, plan.trust, plan.bucket, plan.boundary, plan.caller] {
      #expect(layer.policies.isEmpty && layer.gap == nil && !layer.isAssumedAbsent)
    }
    #expect(plan.serviceControl.isStatedAbsent)
    #expect(plan.resourceControl.isStatedAbsent)
    #expect(plan.facts.isWithoutKeys.value == true)
    #expect(plan.facts.isWithoutKeys.status == .stated)
    #expect(plan.keys.isEmpty)
  }

  @Test func `Nothing given leaves every needed layer unknown and the others assumed absent`() {
    let plan = plan()
    #expect(plan.role.gap?.needs == ["--role"])
    #expect(plan.trust.gap?.needs == ["--trust"])
    #expect(plan.bucket.gap?.needs == ["--bucket"])
    #expect(plan.caller.gap?.needs == ["--caller-policy"])
    #expect(plan.boundary.isAssumedAbsent)
    #expect(plan.serviceControl.levels.isEmpty && !plan.serviceControl.isStatedAbsent)
    #expect(plan.findings.isEmpty)
  }

  @Test func `Organization policies keep their levels`() {
    let plan = plan(
      Given(Scenario.rolePolicy, as: .serviceControl(level: "root")),
      Given(Scenario.callerPolicy, as: .serviceControl(level: "unit")),
      Given(Scenario.callerPolicy, as: .serviceControl(level: "root")))
    #expect(plan.serviceControl.levels.map(\.name) == ["root", "unit"])
    #expect(plan.serviceControl.levels.map(\.policies.count) == [2, 1])
    #expect(plan.resourceControl.levels.isEmpty)
  }
}

extension CopyPlan {
  /// The layer that an option fills; of keys the first, of levels the first.
  func layer(of use: Document.Use) -> PolicyLayer? {
    switch use {
    case .role: role
    case .trust: trust
    case .bucket: bucket
    case .key: keys.first?.policy
    case .boundary: boundary
    case .serviceControl: serviceControl.levels.first.map { PolicyLayer($0) }
    case .resourceControl: resourceControl.levels.first.map { PolicyLayer($0) }
    case .caller: caller
    case .anything: nil
    }
  }
}

extension PolicyLayer {
  fileprivate init(_ level: OrganizationLayer.Level) {
    self.init(policies: level.policies, gap: level.gap)
  }
}
