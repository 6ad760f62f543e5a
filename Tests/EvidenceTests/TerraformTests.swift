import Foundation
import PolicyModel
import Testing

@testable import Evidence

@Suite("Terraform plans and states") struct TerraformTests {
  /// One change of a plan.
  static func change(
    _ address: String, _ after: String, unknown: String = "{}", actions: String = "\"create\""
  ) -> String {
    let module = TerraformAddress(address).module
    let type = TerraformAddress(address).local.prefix { $0 != "." }
    return """
      {"address": "\(address.replacing("\"", with: "\\\""))", "mode": "managed",
       "type": "\(type)", \(module.isEmpty ? "" : "\"module_address\": \"\(module)\",")
       "change": {"actions": [\(actions)], "after": \(after), "after_unknown": \(unknown)}}
      """
  }

  static func plan(_ changes: [String], configuration: String = "{}") -> String {
    """
    {"format_version": "1.2", "terraform_version": "1.9.8",
     "resource_changes": [\(changes.joined(separator: ",\n"))],
     "prior_state": {"values": {"root_module": {"resources": [
       {"address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity",
        "values": {"account_id": "222233334444"}}]}}},
     "configuration": \(configuration)}
    """
  }

  /// A plan made to take forever: what is not read may hold a Deny, and must not pass for absent.
  @Test(.timeLimit(.minutes(3)))
  func `More resources than are read are said, however many have one name`() {
    let resource = #"{"address": "aws_kms_key.k", "type": "aws_kms_key", "values": {}}"#
    let all = [String](repeating: resource, count: 20_001).joined(separator: ",")
    let state = #"""
      {"format_version": "1.0", "terraform_version": "1.9.8",
       "values": {"root_module": {"resources": [\#(all)]}}}
      """#
    let findings = EvidenceTests.plan(Given(state, as: .anything)).findings
    #expect(
      findings.map(\.message) == [
        "more than 20000 roles, policies, buckets and keys in one plan"
      ])
    #expect(findings.allSatisfy { $0.severity == .error })
    #expect(
      findings.map { $0.place?.pointer } == [["/values/root_module/resources/20000/address"]])
  }

  /// As many buckets, roles and policies as one plan may have, each naming another.
  @Test(.timeLimit(.minutes(3)))
  func `A plan of thousands of resources that name one another is read in time`() throws {
    let count = 1_500
    let changes = (0..<count).flatMap { index in
      [
        Self.change(
          "aws_s3_bucket.b[\(index)]", "{\"bucket\": \"logs-\(index)\"}",
          unknown: #"{"id": true}"#),
        Self.change(
          "aws_s3_bucket_ownership_controls.b[\(index)]",
          "{\"rule\": [{\"object_ownership\": \"ObjectWriter\"}]}", unknown: #"{"bucket": true}"#),
        Self.change(
          "aws_iam_role.r[\(index)]",
          "{\"name\": \"r\(index)\", \"assume_role_policy\": \(Scenario.quoted(Scenario.trustPolicy))}"
        ),
        Self.change(
          "aws_iam_role_policy.r[\(index)]",
          "{\"name\": \"p\", \"policy\": \(Scenario.quoted(LayerTests.kmsPolicy))}",
          unknown: #"{"role": true}"#),
      ]
    }
    let configuration = """
      {"root_module": {"resources": [
        {"address": "aws_s3_bucket_ownership_controls.b", "expressions": {
          "bucket": {"references": ["aws_s3_bucket.b", "count.index"]}}},
        {"address": "aws_iam_role_policy.r", "expressions": {
          "role": {"references": ["aws_iam_role.r", "count.index"]}}}]}}
      """
    let plan = try EvidenceTests.plan(
      Given(Self.plan(changes, configuration: configuration)),
      facts: [
        .source: "s3://logs-\(count - 1)/",
        .roleARN: "arn:aws:iam::222233334444:role/r\(count - 1)",
      ])
    #expect(plan.findings.isEmpty)
    #expect(
      plan.facts.objectOwnership.place?.address
        == "aws_s3_bucket_ownership_controls.b[\(count - 1)]")
    #expect(
      plan.facts.objectOwnership.place?.pointer
        == ["/resource_changes/\(4 * count - 3)/change/after/rule/0/object_ownership"])
    #expect(plan.trust.policies.map(\.node.address) == ["aws_iam_role.r[\(count - 1)]"])
    #expect(plan.role.policies.map(\.node.address) == ["aws_iam_role_policy.r[\(count - 1)]"])
  }

  static let provider =
    #""provider_config": {"aws": {"expressions": {"region": {"constant_value": "eu-west-1"}}}}"#

  static let full = plan(
    [
      change(
        "aws_iam_role.copy",
        """
        {"name": "Copier", "path": "/lake/", "permissions_boundary": null,
         "assume_role_policy": \(Scenario.quoted(Scenario.trustPolicy)),
         "inline_policy": [{"name": "one", "policy": \(Scenario.quoted(Scenario.rolePolicy))}],
         "managed_policy_arns": []}
        """, unknown: #"{"arn": true, "unique_id": true}"#),
      change(
        "aws_iam_role_policy.more",
        "{\"name\": \"more\", \"policy\": \(Scenario.quoted(LayerTests.otherPolicy))}",
        unknown: #"{"role": true}"#),
      change(
        "aws_iam_policy.shared",
        "{\"name\": \"Shared\", \"policy\": \(Scenario.quoted(LayerTests.kmsPolicy))}",
        unknown: #"{"arn": true}"#),
      change(
        "aws_iam_role_policy_attachment.a[0]", #"{"role": "Copier"}"#,
        unknown: #"{"policy_arn": true}"#),
      change(
        "aws_s3_bucket.logs", #"{"bucket": "acme-trail-logs"}"#, unknown: #"{"id": true}"#),
      change(
        "aws_s3_bucket_policy.logs",
        "{\"policy\": \(Scenario.quoted(Scenario.bucketPolicy))}",
        unknown: #"{"bucket": true}"#),
      change(
        "aws_s3_bucket_ownership_controls.logs",
        #"{"rule": [{"object_ownership": "ObjectWriter"}]}"#, unknown: #"{"bucket": true}"#),
      change(
        "aws_s3_bucket_public_access_block.logs", #"{"restrict_public_buckets": true}"#,
        unknown: #"{"bucket": true}"#),
      change(
        "aws_s3_bucket_server_side_encryption_configuration.logs",
        """
        {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}],
          "bucket_key_enabled": true}]}
        """,
        unknown: """
          {"bucket": true,
           "rule": [{"apply_server_side_encryption_by_default": [{"kms_master_key_id": true}]}]}
          """),
      change(
        "aws_s3_bucket_lifecycle_configuration.logs",
        """
        {"rule": [{"status": "Enabled", "filter": [{"prefix": "AWSLogs/"}],
          "expiration": [{"days": 400}],
          "transition": [{"days": 90, "storage_class": "GLACIER"}]}]}
        """, unknown: #"{"bucket": true}"#),
      change(
        "aws_kms_key.logs", "{\"policy\": \(Scenario.quoted(Scenario.keyPolicy))}",
        unknown: #"{"arn": true, "key_id": true}"#),
      change(
        "aws_cloudtrail_event_data_store.this",
        """
        {"retention_period": 90, "organization_enabled": false, "billing_mode": "X",
         "kms_key_id": null, "advanced_event_selector": [{"field_selector": [
           {"field": "eventCategory", "equals": ["Management"]}]}]}
        """, unknown: #"{"arn": true}"#),
      change("aws_s3_bucket.old", "null", actions: "\"delete\""),
      change("random_pet.name", #"{"length": 2}"#),
    ], configuration: "{\(provider)}")

  @Test func `A plan makes one copy, with places in the plan`() throws {
    let plan = EvidenceTests.plan(Given(Self.full))
    #expect(plan.documents.map(\.name) == ["a Terraform plan"])
    #expect(plan.findings.isEmpty)
    let facts = plan.facts
    #expect(facts.roleARN.value == Scenario.role)
    #expect(facts.roleARN.status == .stated)
    #expect(facts.bucket.value == Scenario.bucket)
    #expect(facts.bucketAccount.value == Scenario.account)
    #expect(facts.bucketAccount.status == .stated)
    #expect(facts.bucketRegion.value == "eu-west-1")
    #expect(
      facts.destination.value?.withReadableReferences
        == "arn:aws:cloudtrail:eu-west-1:222233334444:eventdatastore/"
        + "${aws_cloudtrail_event_data_store.this.id}")
    #expect(facts.retentionPeriod.value == 90)
    #expect(facts.storeCategories.value == ["Management"])
    #expect(facts.objectOwnership.value == "ObjectWriter")
    #expect(facts.objectOwnership.place?.address == "aws_s3_bucket_ownership_controls.logs")
    #expect(facts.restrictsPublicBuckets.value == true)
    #expect(facts.bucketKeys.value == .on)
    #expect(plan.lifecycle?.map(\.prefix) == ["AWSLogs/"])
    #expect(plan.lifecycle?.map(\.expirationDays) == [400])
    #expect(
      plan.role.policies.map(\.node.address)
        == ["aws_iam_role.copy", "aws_iam_role_policy.more", "aws_iam_policy.shared"])
    #expect(plan.role.gap == nil)
    #expect(plan.trust.policies.map(\.node.address) == ["aws_iam_role.copy"])
    #expect(plan.bucket.policies.map(\.node.address) == ["aws_s3_bucket_policy.logs"])
    #expect(plan.keys.flatMap(\.policy.policies).map(\.node.address) == ["aws_kms_key.logs"])
    #expect(plan.keys.map(\.arn.status) == [.stated])
    let statement = try #require(plan.bucket.policies.first?.statements.first)
    #expect(
      statement.node.place.pointer == ["/resource_changes/5/change/after/policy", "/Statement/0"])
  }

  @Test func `A place in a policy of a plan is where it stands in the file`() throws {
    let (text, ranges) = marked(
      Self.plan([
        Self.change(
          "aws_iam_role.copy",
          """
          {"name": "Copier", "assume_role_policy": "{\\"Version\\": \\"2012-10-17\\", \
          \\"Statement\\": {\\"Effect\\": \\"Allow\\", \\"Principal\\": \
          {\\"Service\\": «\\"cloudtrail.amazonaws.com\\"»}, \\"Action\\": \\"sts:AssumeRole\\", \
          \\"Condition\\": {\\"StringEquals\\": {\\"aws:SourceArn\\": \\"\(Scenario.store)\\"}}}}"}
          """)
      ]))
    let plan = EvidenceTests.plan(Given(text))
    let principal = try #require(plan.trust.policies.first?.statements.first?.principals?.items[0])
    #expect(principal.node.place.range == ranges[0])
    #expect(principal.node.place.address == "aws_iam_role.copy")
  }

  struct Later: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What stands in the full plan, and what stands there instead.
    var old: String
    var new: String
    var layer: @Sendable (CopyPlan) -> PolicyLayer?
    var address: String
    var needs: [String]
  }

  static let later: [Later] = [
    Later(
      testDescription: "a bucket policy",
      old: "{\"policy\": \(Scenario.quoted(Scenario.bucketPolicy))}, "
        + #""after_unknown": {"bucket": true}"#,
      new: #"{}, "after_unknown": {"bucket": true, "policy": true}"#, layer: \.bucket,
      address: "aws_s3_bucket_policy.logs", needs: ["--bucket"]),
    Later(
      testDescription: "a trust policy",
      old: "\"assume_role_policy\": \(Scenario.quoted(Scenario.trustPolicy)),",
      new: "", layer: \.trust, address: "aws_iam_role.copy", needs: ["--trust"]),
    Later(
      testDescription: "an inline policy",
      old: ", \"policy\": \(Scenario.quoted(LayerTests.otherPolicy))}, "
        + #""after_unknown": {"role": true"#,
      new: #"}, "after_unknown": {"role": true, "policy": true"#, layer: \.role,
      address: "aws_iam_role_policy.more", needs: ["--role"]),
    Later(
      testDescription: "a managed policy",
      old: ", \"policy\": \(Scenario.quoted(LayerTests.kmsPolicy))}, "
        + #""after_unknown": {"arn": true"#,
      new: #"}, "after_unknown": {"arn": true, "policy": true"#, layer: \.role,
      address: "aws_iam_policy.shared", needs: ["--role"]),
    Later(
      testDescription: "a key policy",
      old: "{\"policy\": \(Scenario.quoted(Scenario.keyPolicy))}, "
        + #""after_unknown": {"arn": true"#,
      new: #"{}, "after_unknown": {"policy": true, "arn": true"#,
      layer: { $0.keys.first?.policy }, address: "aws_kms_key.logs", needs: ["--key"]),
  ]

  @Test(arguments: later) func `What is known only later leaves its layer unknown`(
    _ example: Later
  ) throws {
    var text = Self.full
    #expect(text.contains(example.old))
    text = text.replacing(example.old, with: example.new)
    if example.address == "aws_iam_role.copy" {
      text = text.replacing(
        #"{"arn": true, "unique_id": true}"#, with: #"{"arn": true, "assume_role_policy": true}"#)
    }
    let plan = EvidenceTests.plan(Given(text))
    let layer = try #require(example.layer(plan))
    #expect(
      layer.gap?.reason == "`\(example.address)` is known only after the plan is carried out")
    #expect(layer.gap?.needs == example.needs)
    #expect(plan.findings.isEmpty)
  }

  @Test func `References lead through modules and to the instance of the same index`() throws {
    let bucket = { (name: String, index: Int) in
      Self.change(
        "module.logs.aws_s3_bucket.this[\(index)]", "{\"bucket\": \"\(name)\"}",
        unknown: #"{"id": true}"#)
    }
    let controls = { (ownership: String, index: Int) in
      Self.change(
        "module.logs.aws_s3_bucket_ownership_controls.this[\(index)]",
        "{\"rule\": [{\"object_ownership\": \"\(ownership)\"}]}", unknown: #"{"bucket": true}"#)
    }
    let configuration = """
      {\(Self.provider), "root_module": {
        "resources": [
          {"address": "aws_s3_bucket_policy.p", "provider_config_key": "aws",
           "expressions": {"bucket": {"references": ["module.logs.name", "module.logs"]}}}],
        "module_calls": {"logs": {
          "expressions": {"key": {"references": ["aws_kms_key.k.arn", "aws_kms_key.k"]}},
          "module": {
            "outputs": {"name": {"expression": {
              "references": ["aws_s3_bucket.main.id", "aws_s3_bucket.main"]}}},
            "resources": [
              {"address": "aws_s3_bucket_ownership_controls.this", "expressions": {
                "bucket": {"references": ["aws_s3_bucket.this", "count.index"]}}},
              {"address": "aws_s3_bucket_server_side_encryption_configuration.main",
               "expressions": {
                "bucket": {"references": ["aws_s3_bucket.main.id", "aws_s3_bucket.main"]},
                "rule": [{"apply_server_side_encryption_by_default": [
                  {"kms_master_key_id": {"references": ["var.key"]}}]}]}}
            ]}}}}}
      """
    let text = Self.plan(
      [
        Self.change(
          "module.logs.aws_s3_bucket.main", #"{"bucket": "acme-trail-logs"}"#,
          unknown: #"{"id": true}"#),
        bucket("first-logs", 0), bucket("second-logs", 1),
        controls("BucketOwnerEnforced", 0), controls("ObjectWriter", 1),
        Self.change(
          "module.logs.aws_s3_bucket_server_side_encryption_configuration.main",
          """
          {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}]}
          """,
          unknown: """
            {"bucket": true,
             "rule": [{"apply_server_side_encryption_by_default": [{"kms_master_key_id": true}]}]}
            """),
        Self.change(
          "aws_s3_bucket_policy.p",
          "{\"policy\": \(Scenario.quoted(Scenario.bucketPolicy))}",
          unknown: #"{"bucket": true}"#),
        Self.change("aws_kms_key.k", "{}", unknown: #"{"arn": true, "key_id": true}"#),
        Self.change("aws_kms_key.other", "{}", unknown: #"{"arn": true, "key_id": true}"#),
      ], configuration: configuration)
    let plan = try EvidenceTests.plan(Given(text), facts: [.source: "s3://acme-trail-logs/"])
    #expect(plan.bucket.policies.map(\.node.address) == ["aws_s3_bucket_policy.p"])
    #expect(
      plan.keys.map(\.arn.value?.withReadableReferences)
        == ["arn:aws:kms:eu-west-1:222233334444:key/${aws_kms_key.k.key_id}"])
    let second = try EvidenceTests.plan(Given(text), facts: [.source: "s3://second-logs/"])
    #expect(second.facts.objectOwnership.value == "ObjectWriter")
    #expect(second.bucket.policies.isEmpty)
  }

  @Test func `A state is read with its modules`() {
    let state = """
      {"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {
        "resources": [],
        "child_modules": [{"address": "module.a", "child_modules": [{"address": "module.a.module.b",
          "resources": [{"address": "module.a.module.b.aws_iam_role.copy", "mode": "managed",
            "type": "aws_iam_role", "values": {"arn": "\(Scenario.role)", "name": "Copier",
              "unique_id": "AROA1", "managed_policy_arns": ["\(LayerTests.attached)"],
              "assume_role_policy": \(Scenario.quoted(Scenario.trustPolicy))}}]}]}]}}}
      """
    let plan = EvidenceTests.plan(Given(state))
    #expect(plan.documents.map(\.name) == ["a Terraform state"])
    #expect(plan.facts.roleARN.value == Scenario.role)
    #expect(plan.facts.roleID.value == "AROA1")
    #expect(plan.trust.policies.map(\.node.address) == ["module.a.module.b.aws_iam_role.copy"])
    #expect(
      plan.role.gap?.reason
        == "the role has the policy `\(LayerTests.attached)`, which was not given")
    #expect(plan.findings.isEmpty)
  }

  @Test func `Another format is refused by its version`() {
    let plan = EvidenceTests.plan(
      Given(#"{"format_version": "2.0", "terraform_version": "3", "resource_changes": []}"#))
    #expect(plan.rules == ["policy-grammar"])
    #expect(plan.findings.first?.message == "the format version is `2.0`, and only 1.x is read")
  }

  @Test(arguments: [
    #"{"format_version": "1.2", "resource_changes": []}"#,
    #"{"format_version": "1.0", "terraform_version": "1.9.8"}"#,
    #"{"format_version": "1.2", "resource_changes": [3, {}, {"change": {"after": {}}}]}"#,
    #"{"format_version": "1.0", "values": {"root_module": {"child_modules": [[], {}]}}}"#,
    plan([change("aws_s3_bucket.web", #"{"bucket": "web-site"}"#), change("null_resource.x", "{}")]
    ),
    plan([
      change("aws_iam_role.f", "{\"name\": \"f\", \"assume_role_policy\": \"{}\"}"),
      change("aws_s3_bucket_ownership_controls.x", #"{"rule": [{"object_ownership": "A"}]}"#),
    ]),
  ])
  func `A plan about nothing of a copy says nothing`(_ text: String) {
    let plan = EvidenceTests.plan(Given(text))
    #expect(plan.documents.first?.name != nil)
    #expect(plan.findings.isEmpty)
    #expect(plan.facts.roleARN.status == .unknown)
    #expect(plan.facts.objectOwnership.status == .unknown)
    #expect(plan.bucket.policies.isEmpty)
  }

  @Test(.enabled(if: Samples.arePresent, "the samples do not lie beside the project"))
  func `The samples are read`() throws {
    let plan = try Samples.plan(["terraform/plan.show.json"])
    #expect(plan.documents.map(\.name) == ["a Terraform plan"])
    #expect(plan.findings.isEmpty)
    #expect(
      plan.role.policies.map(\.node.address) == ["aws_iam_role_policy.copy"])
    #expect(plan.facts.bucketAccount.value == "111122223333")
    let state = try Samples.plan(["terraform/state.show.json"])
    #expect(state.documents.map(\.name) == ["a Terraform state"])
    #expect(state.findings.isEmpty)
    #expect(state.facts.roleARN.status == .stated)
    #expect(state.facts.roleID.value == "AROAEXAMPLEID12345678")
    for layer in [state.role, state.trust, state.bucket] {
      #expect(layer.policies.count == 1)
      #expect(layer.gap == nil)
    }
  }
}
