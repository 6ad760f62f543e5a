import PolicyModel
import Testing

@testable import Evidence

/// Policies that `aws_iam_policy_document` puts together, in plans as `terraform show -json` prints
/// them: what is unknown is left out of `after`, in lists it is null.
@Suite("Policy documents of Terraform plans") struct TerraformDocumentTests {
  /// A data source that is read when the plan is carried out.
  static func read(
    _ address: String, statements: [String], unknown: [String] = [], more: String = ""
  ) -> String {
    let module = TerraformAddress(address).module
    let flags = statements.indices.map { $0 < unknown.count ? unknown[$0] : "{}" }
    return """
      {"address": "\(address.replacing("\"", with: "\\\""))", "mode": "data",
       "type": "aws_iam_policy_document", "action_reason": "read_because_config_unknown",
       \(module.isEmpty ? "" : "\"module_address\": \"\(module.replacing("\"", with: "\\\""))\",")
       "change": {"actions": ["read"], "before": null, "after": {
         "policy_id": null, "version": null, "override_policy_documents": null, \(more)
         "statement": [\(statements.joined(separator: ",\n"))]},
        "after_unknown": {"id": true, "json": true, "minified_json": true,
         "statement": [\(flags.joined(separator: ","))]}}}
      """
  }

  /// A block as a plan has it: what nobody wrote is null or empty.
  static func statement(
    _ members: String = "", sid: String = "null", effect: String = "null",
    principals: String = "[]", condition: String = "[]"
  ) -> String {
    """
    {"sid": \(sid), "effect": \(effect), "not_actions": null, "not_resources": null,
     "not_principals": [], "principals": \(principals), "condition": \(condition), \(members)}
    """
  }

  static let trust = read(
    "data.aws_iam_policy_document.trust",
    statements: [
      statement(
        #""actions": ["sts:AssumeRole"], "resources": null"#,
        principals: #"[{"type": "Service", "identifiers": ["cloudtrail.amazonaws.com"]}]"#,
        condition: """
          [{"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["222233334444"]},
           {"test": "StringEquals", "variable": "aws:SourceArn", "values": [null]}]
          """)
    ],
    unknown: [
      """
      {"actions": [false], "not_principals": [], "principals": [{"identifiers": [false]}],
       "condition": [{"values": [false]}, {"values": [true]}]}
      """
    ])

  static let bucket = read(
    "data.aws_iam_policy_document.bucket",
    statements: [
      statement(
        #""actions": ["s3:GetBucketAcl", "s3:ListBucket"], "resources": [null]"#,
        sid: #""Copy""#, effect: #""Allow""#,
        principals: #"[{"type": "AWS", "identifiers": [null]}]"#),
      statement(
        #""actions": ["s3:*"], "resources": ["arn:aws:s3:::acme-trail-logs/*"]"#,
        effect: #""Deny""#, principals: #"[{"type": "*", "identifiers": ["*"]}]"#,
        condition: #"[{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}]"#),
    ],
    unknown: [
      #"{"principals": [{"identifiers": [true]}], "resources": [true]}"#,
      #"{"principals": [{"identifiers": [false]}], "resources": [false]}"#,
    ])

  static let configuration = """
    {\(TerraformTests.provider), "root_module": {"resources": [
      {"address": "data.aws_iam_policy_document.trust", "mode": "data",
       "expressions": {"statement": [{
         "actions": {"constant_value": ["sts:AssumeRole"]},
         "principals": [{"type": {"constant_value": "Service"}, "identifiers": {}}],
         "condition": [
           {"test": {"constant_value": "StringEquals"},
            "variable": {"constant_value": "aws:SourceArn"},
            "values": {"references": [
              "aws_cloudtrail_event_data_store.this.arn", "aws_cloudtrail_event_data_store.this"]}},
           {"test": {"constant_value": "StringEquals"},
            "variable": {"constant_value": "aws:SourceAccount"},
            "values": {"references": [
              "data.aws_caller_identity.me.account_id", "data.aws_caller_identity.me"]}}]}]}},
      {"address": "data.aws_iam_policy_document.bucket", "mode": "data",
       "expressions": {"statement": [
         {"principals": [{"type": {"constant_value": "AWS"}, "identifiers": {
            "references": ["aws_iam_role.copy.arn", "aws_iam_role.copy"]}}],
          "resources": {"references": ["aws_s3_bucket.logs.arn", "aws_s3_bucket.logs"]}},
         {"resources": {"constant_value": []}}]}},
      {"address": "aws_iam_role.copy", "provider_config_key": "aws", "expressions": {
        "assume_role_policy": {"references": [
          "data.aws_iam_policy_document.trust.json", "data.aws_iam_policy_document.trust"]},
        "inline_policy": [{"name": {"constant_value": "one"}, "policy": {"references": [
          "data.aws_iam_policy_document.role.json", "data.aws_iam_policy_document.role"]}}]}},
      {"address": "aws_s3_bucket_policy.logs", "expressions": {
        "bucket": {"references": ["aws_s3_bucket.logs.id", "aws_s3_bucket.logs"]},
        "policy": {"references": [
          "data.aws_iam_policy_document.bucket.json", "data.aws_iam_policy_document.bucket"]}}}
    ]}}
    """

  static let role = TerraformTests.change(
    "aws_iam_role.copy",
    #"{"name": "Copier", "path": "/lake/", "permissions_boundary": null, "inline_policy": [{"name": "one"}]}"#,
    unknown:
      #"{"arn": true, "assume_role_policy": true, "inline_policy": [{"policy": true}], "managed_policy_arns": true}"#
  )

  static let resources = [
    role,
    TerraformTests.change(
      "aws_s3_bucket.logs", #"{"bucket": "acme-trail-logs"}"#,
      unknown: #"{"id": true, "arn": true, "policy": true}"#),
    TerraformTests.change(
      "aws_s3_bucket_policy.logs", "{}", unknown: #"{"bucket": true, "policy": true}"#),
    TerraformTests.change(
      "aws_cloudtrail_event_data_store.this", #"{"retention_period": 90}"#,
      unknown: #"{"arn": true, "id": true}"#),
  ]

  static func full(_ documents: [String], configuration: String = configuration) -> String {
    TerraformTests.plan(resources + documents, configuration: configuration)
  }

  static let store =
    "arn:aws:cloudtrail:eu-west-1:222233334444:eventdatastore/"
    + "${aws_cloudtrail_event_data_store.this.id}"

  @Test func `Are put together from their statements, with places in the plan`() throws {
    let text = Self.full([Self.trust, Self.bucket])
    let plan = try EvidenceTests.plan(Given(text), facts: [.source: "s3://acme-trail-logs/"])
    #expect(plan.findings.isEmpty)
    let trust = try #require(plan.trust.policies.first)
    #expect(plan.trust.gap == nil)
    #expect(trust.node.address == "data.aws_iam_policy_document.trust")
    #expect(trust.version == .v2012)
    let statement = try #require(trust.statements.first)
    #expect(statement.isWellFormed)
    #expect(statement.effect == .allow)
    #expect(
      statement.node.place.pointer == ["/resource_changes/4/change/after/statement/0"])
    #expect(statement.principals?.items.map(\.kind) == [.service])
    #expect(statement.conditions.map(\.key) == ["aws:SourceAccount", "aws:SourceArn"])
    // The blocks stand in another order in the configuration.
    #expect(
      statement.conditions.map { $0.values.map(\.text.description) }
        == [["222233334444"], [Self.store]])
    #expect(plan.facts.roleARN.value == Scenario.role)
    #expect(plan.facts.destination.value?.withReadableReferences == Self.store)

    let bucket = try #require(plan.bucket.policies.first)
    #expect(plan.bucket.gap == nil)
    #expect(bucket.node.address == "data.aws_iam_policy_document.bucket")
    #expect(bucket.statements.map(\.sid) == ["Copy", nil])
    #expect(bucket.statements.map(\.effect) == [.allow, .deny])
    #expect(
      bucket.statements[0].principals?.items.map(\.text.description) == [Scenario.role])
    // What a bucket's ARN is followed by, nobody can tell.
    #expect(
      bucket.statements[0].resources?.items.map(\.text.segments)
        == [
          [
            .unknown(
              reason:
                "`data.aws_iam_policy_document.bucket` is known only after the plan is carried out"
            )
          ]
        ])
    #expect(bucket.statements[1].principals?.items.map(\.kind) == [.everyone])
    #expect(bucket.statements.map(\.isWellFormed) == [true, true])
    // The inline policy's document is nowhere in the plan.
    #expect(
      plan.role.gap?.reason == "`aws_iam_role.copy` is known only after the plan is carried out")
  }

  @Test func `One that is known is the policy, with places in its text`() throws {
    let known = """
      {"address": "data.aws_iam_policy_document.trust", "mode": "data",
       "type": "aws_iam_policy_document",
       "values": {"json": \(Scenario.quoted(Scenario.trustPolicy))}},
      """
    let start = #"{"address": "data.aws_caller_identity.me""#
    let text = Self.full([]).replacing(start, with: known + start)
    let plan = EvidenceTests.plan(Given(text))
    #expect(plan.findings.isEmpty)
    let trust = try #require(plan.trust.policies.first)
    #expect(trust.node.address == "data.aws_iam_policy_document.trust")
    #expect(
      trust.statements.first?.node.place.pointer
        == ["/prior_state/values/root_module/resources/0/values/json", "/Statement"])
    #expect(plan.trust.gap == nil)
  }

  struct Open: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What stands in the plan, and what stands there instead.
    var old: String
    var new: String
  }

  static let open: [Open] = [
    Open(
      testDescription: "another reference beside the document's",
      old: #""policy": {"references": ["#,
      new: #""policy": {"references": ["local.extra", "#),
    Open(
      testDescription: "two documents", old: #""policy": {"references": ["#,
      new:
        #""policy": {"references": ["data.aws_iam_policy_document.trust.json", "data.aws_iam_policy_document.trust", "#
    ),
    Open(
      testDescription: "another attribute of the document",
      old: #""data.aws_iam_policy_document.bucket.json""#,
      new: #""data.aws_iam_policy_document.bucket.id""#),
    Open(
      testDescription: "statements for each of something that is not known",
      old:
        #""statement": [{"principals": [{"identifiers": [true]}], "resources": [true]},{"principals": [{"identifiers": [false]}], "resources": [false]}]"#,
      new: #""statement": true"#),
    Open(
      testDescription: "an override that is not known",
      old: #""override_policy_documents": null,"#,
      new: #""override_policy_documents": [null],"#),
  ]

  @Test(arguments: open) func `What may be anything stays unknown`(_ example: Open) throws {
    var text = Self.full([Self.trust, Self.bucket]).replacing(
      "\n         \"statement\"", with: " \"statement\"")
    #expect(text.contains(example.old), "\(text)")
    text = text.replacing(example.old, with: example.new)
    if example.testDescription.contains("override") {
      let flags = #""json": true, "minified_json": true,"#
      text = text.replacing(flags, with: flags + #" "override_policy_documents": [true],"#)
    }
    let plan = try EvidenceTests.plan(Given(text), facts: [.source: "s3://acme-trail-logs/"])
    #expect(plan.bucket.policies.isEmpty)
    #expect(
      plan.bucket.gap?.reason
        == "`aws_s3_bucket_policy.logs` is known only after the plan is carried out")
    #expect(plan.findings.isEmpty)
  }

  /// Dynamic blocks are not in the configuration, so nobody can tell which block made which statement.
  @Test func `A value is not taken from another block's expression`() throws {
    let configuration = Self.configuration.replacing(
      #"{"resources": {"constant_value": []}}"#, with: ""
    )
    .replacing(
      #""resources": {"references": ["aws_s3_bucket.logs.arn", "aws_s3_bucket.logs"]}},"#,
      with: #""resources": {"references": ["aws_s3_bucket.logs.arn", "aws_s3_bucket.logs"]}}"#)
    let text = Self.full([Self.bucket], configuration: configuration)
    let plan = try EvidenceTests.plan(Given(text), facts: [.source: "s3://acme-trail-logs/"])
    let statement = try #require(plan.bucket.policies.first?.statements.first)
    #expect(statement.principals?.items.map(\.text.literal) == [nil])
    #expect(statement.principals?.items.map(\.text.description) == ["${…}"])
  }

  @Test func `Documents that others are made of are merged by their statement ids`() throws {
    let base = Self.read(
      "data.aws_iam_policy_document.base",
      statements: [
        Self.statement(
          #""actions": ["s3:PutObject"], "resources": [null]"#, sid: #""Write""#),
        Self.statement(#""actions": ["s3:GetObject"], "resources": ["*"]"#, sid: #""Copy""#),
      ], unknown: [#"{"resources": [true]}"#])
    let bucket = Self.bucket
      .replacing(
        #""override_policy_documents": null,"#,
        with: """
          "source_policy_documents": [null], "override_policy_documents": [
            "{\\"Statement\\": [{\\"Sid\\": \\"Write\\", \\"Effect\\": \\"Deny\\", \\"Principal\\": \\"*\\", \\"Action\\": \\"s3:PutObject\\", \\"Resource\\": \\"*\\"}]}"],
          """
      )
      .replacing(
        #""json": true, "#, with: #""json": true, "source_policy_documents": [true], "#)
    let configuration = Self.configuration.replacing(
      "\"expressions\": {\"statement\": [\n     {\"principals\"",
      with: """
        "expressions": {"source_policy_documents": {"references": [
          "data.aws_iam_policy_document.base.json", "data.aws_iam_policy_document.base"]},
         "statement": [{"principals"
        """)
    #expect(configuration != Self.configuration)
    let text = Self.full([bucket, base], configuration: configuration)
    let plan = try EvidenceTests.plan(Given(text), facts: [.source: "s3://acme-trail-logs/"])
    let policy = try #require(plan.bucket.policies.first)
    // The base's `Copy` is replaced by the document's own, its `Write` by the override's.
    #expect(policy.statements.map(\.sid) == ["Write", "Copy", nil])
    #expect(policy.statements.map(\.effect) == [.deny, .allow, .deny])
    #expect(!policy.mayHoldFurtherStatements)
    #expect(
      policy.statements[0].node.place.pointer
        == ["/resource_changes/4/change/after/override_policy_documents/0"])
    // A source that nobody can tell may hold further statements.
    let open = Self.full([bucket], configuration: configuration)
    let second = try EvidenceTests.plan(Given(open), facts: [.source: "s3://acme-trail-logs/"])
    #expect(second.bucket.policies.first?.mayHoldFurtherStatements == true)
    #expect(second.bucket.gap != nil)
  }

  /// A module per name, and in it one document per index.
  @Test func `Are found through modules, count and for_each`() throws {
    func policy(_ bucket: String, _ index: Int) -> String {
      Self.read(
        "module.logs[\"\(bucket)\"].data.aws_iam_policy_document.this[\(index)]",
        statements: [
          Self.statement(
            #""actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::\#(bucket)-\#(index)/*"]"#,
            principals: #"[{"type": "AWS", "identifiers": ["*"]}]"#)
        ])
    }
    let names = ["east", "west"]
    let configuration = """
      {"root_module": {
        "resources": [{"address": "aws_s3_bucket_policy.main", "expressions": {
          "bucket": {"references": ["aws_s3_bucket.main.id", "aws_s3_bucket.main"]},
          "policy": {"references": ["module.logs[\\"west\\"].json", "module.logs[\\"west\\"]", "module.logs"]}}}],
        "module_calls": {"logs": {"expressions": {}, "module": {
          "outputs": {"json": {"expression": {"references": [
            "data.aws_iam_policy_document.this[0].json", "data.aws_iam_policy_document.this[0]",
            "data.aws_iam_policy_document.this"]}}},
          "resources": [
            {"address": "aws_s3_bucket_policy.this", "expressions": {"policy": {"references": [
              "data.aws_iam_policy_document.this", "count.index"]}}}]}}}}}
      """
    let text = TerraformTests.plan(
      names.flatMap { name in [policy(name, 0), policy(name, 1)] }
        + names.flatMap { name in
          (0..<2).map { index in
            TerraformTests.change(
              "module.logs[\"\(name)\"].aws_s3_bucket_policy.this[\(index)]",
              "{\"bucket\": \"\(name)-\(index)\"}", unknown: #"{"policy": true}"#
            ).replacing(
              "\"module_address\": \"module.logs[\"\(name)\"]\"",
              with: "\"module_address\": \"module.logs[\\\"\(name)\\\"]\"")
          }
        } + [
          TerraformTests.change("aws_s3_bucket.main", #"{"bucket": "main-logs"}"#),
          TerraformTests.change(
            "aws_s3_bucket_policy.main", "{}", unknown: #"{"policy": true, "bucket": true}"#),
        ], configuration: configuration)
    for (bucket, address) in [
      ("east-1", #"module.logs["east"].data.aws_iam_policy_document.this[1]"#),
      ("west-0", #"module.logs["west"].data.aws_iam_policy_document.this[0]"#),
      ("main-logs", #"module.logs["west"].data.aws_iam_policy_document.this[0]"#),
    ] {
      let plan = try EvidenceTests.plan(Given(text), facts: [.source: "s3://\(bucket)/"])
      #expect(plan.bucket.policies.map(\.node.address) == [address])
      #expect(plan.bucket.gap == nil)
    }
  }

  /// The caller of a module hands it one of its documents.
  @Test func `Are found through the variables of a module`() throws {
    let names = ["east", "west"]
    let documents = names.map { name in
      Self.read(
        "data.aws_iam_policy_document.each[\"\(name)\"]",
        statements: [
          Self.statement(
            #""actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::\#(name)-logs/*"]"#,
            principals: #"[{"type": "AWS", "identifiers": ["*"]}]"#)
        ])
    }
    let policies = names.map { name in
      TerraformTests.change(
        "module.b[\"\(name)\"].module.inner.aws_s3_bucket_policy.this",
        "{\"bucket\": \"\(name)-logs\"}", unknown: #"{"policy": true}"#
      ).replacing(
        "\"module.b[\"\(name)\"].module.inner\"",
        with: "\"module.b[\\\"\(name)\\\"].module.inner\"")
    }
    let configuration = """
      {"root_module": {"module_calls": {"b": {
        "for_each_expression": {"references": ["data.aws_iam_policy_document.each"]},
        "expressions": {"json": {"references": ["data.aws_iam_policy_document.each", "each.key"]}},
        "module": {"variables": {"json": {}}, "module_calls": {"inner": {
          "expressions": {"policy": {"references": ["var.json"]}},
          "module": {"resources": [{"address": "aws_s3_bucket_policy.this", "expressions": {
            "policy": {"references": ["var.policy"]}}}]}}}}}}}}
      """
    let text = TerraformTests.plan(documents + policies, configuration: configuration)
    for name in names {
      let plan = try EvidenceTests.plan(Given(text), facts: [.source: "s3://\(name)-logs/"])
      #expect(
        plan.bucket.policies.map(\.node.address)
          == ["data.aws_iam_policy_document.each[\"\(name)\"]"])
      #expect(plan.bucket.gap == nil)
    }
  }

  @Test func `Principals and conditions of one kind are joined`() throws {
    let document = Self.read(
      "data.aws_iam_policy_document.bucket",
      statements: [
        Self.statement(
          #""actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::acme-trail-logs/&{aws:PrincipalAccount}/*"]"#,
          principals: """
            [{"type": "AWS", "identifiers": ["111122223333"]},
             {"type": "Service", "identifiers": ["cloudtrail.amazonaws.com"]},
             {"type": "AWS", "identifiers": ["222233334444"]}]
            """,
          condition: """
            [{"test": "StringLike", "variable": "aws:SourceArn", "values": ["a"]},
             {"test": "StringLike", "variable": "aws:SourceArn", "values": ["b"]}]
            """)
      ])
    let plan = try EvidenceTests.plan(
      Given(Self.full([document])), facts: [.source: "s3://acme-trail-logs/"])
    let statement = try #require(plan.bucket.policies.first?.statements.first)
    #expect(
      statement.principals?.items.map(\.text.literal) == [
        "111122223333", "222233334444", "cloudtrail.amazonaws.com",
      ])
    #expect(statement.conditions.map { $0.values.map(\.text.literal) } == [["a", "b"]])
    #expect(
      statement.resources?.items.map(\.text.literal)
        == ["arn:aws:s3:::acme-trail-logs/${aws:PrincipalAccount}/*"])
  }

  @Test func `Documents that hold one another in circles are unknown`() throws {
    let documents = ["a", "b"].map { name in
      Self.read(
        "data.aws_iam_policy_document.\(name)", statements: [],
        more: #""source_policy_documents": [null],"#
      ).replacing(#""json": true, "#, with: #""json": true, "source_policy_documents": [true], "#)
    }
    let entry = { (name: String, other: String) in
      """
      {"address": "data.aws_iam_policy_document.\(name)", "expressions": {
        "source_policy_documents": {"references": ["data.aws_iam_policy_document.\(other).json"]}}}
      """
    }
    let configuration = Self.configuration
      .replacing("policy_document.bucket.json", with: "policy_document.a.json")
      .replacing("policy_document.bucket\"]", with: "policy_document.a\"]")
      .replacing(
        "\"resources\": [\n", with: "\"resources\": [\(entry("a", "b")), \(entry("b", "a")),\n")
    let plan = try EvidenceTests.plan(
      Given(Self.full(documents, configuration: configuration)),
      facts: [.source: "s3://acme-trail-logs/"])
    #expect(plan.bucket.gap != nil)
    #expect(plan.findings.isEmpty)
  }
}
