import Testing

@testable import lint_copy

/// A plan in which data sources put every policy together when it is carried out.
@Suite struct `A plan whose policies are data sources` {
  private static func statement(
    _ members: String, principals: String = "[]", condition: String = "[]"
  ) -> String {
    """
    {"sid": null, "effect": null, "not_actions": null, "not_resources": null, "not_principals": [],
     "principals": \(principals), "condition": \(condition), \(members)}
    """
  }

  private static func document(_ name: String, _ statements: [String], unknown: String) -> String {
    """
    {"address": "data.aws_iam_policy_document.\(name)", "mode": "data",
     "type": "aws_iam_policy_document", "name": "\(name)",
     "provider_name": "registry.terraform.io/hashicorp/aws",
     "change": {"actions": ["read"], "before": null, "before_sensitive": false,
      "after": {"override_policy_documents": null, "policy_id": null,
       "source_policy_documents": null, "version": null,
       "statement": [\(statements.joined(separator: ", "))]},
      "after_unknown": {"id": true, "json": true, "minified_json": true, "statement": \(unknown)},
      "after_sensitive": {"statement": []}}, "action_reason": "read_because_config_unknown"}
    """
  }

  private static func resource(_ address: String, _ after: String, _ unknown: String) -> String {
    """
    {"address": "\(address)", "mode": "managed", "type": "\(address.prefix { $0 != "." })",
     "change": {"actions": ["create"], "before": null, "after": \(after), "after_unknown": \(unknown)}}
    """
  }

  static let plan = """
    {"format_version": "1.2", "terraform_version": "1.9.8", "resource_changes": [
      \(resource("aws_cloudtrail_event_data_store.lake",
        #"{"name": "lake", "retention_period": 1095, "organization_enabled": false, "suspend": "true", "kms_key_id": null, "advanced_event_selector": [{"field_selector": [{"field": "eventCategory", "equals": ["Management"]}]}]}"#,
        #"{"arn": true, "id": true}"#)),
      \(resource("aws_iam_role.copy", #"{"name": "copy", "path": "/", "permissions_boundary": null}"#,
        #"{"arn": true, "id": true, "assume_role_policy": true, "inline_policy": true, "managed_policy_arns": true}"#)),
      \(resource("aws_iam_role_policy.copy", #"{"name": "copy"}"#,
        #"{"id": true, "role": true, "policy": true}"#)),
      \(resource("aws_s3_bucket.logs", #"{"bucket": "acme-trail-logs"}"#,
        #"{"arn": true, "id": true, "policy": true}"#)),
      \(resource("aws_s3_bucket_policy.logs", "{}", #"{"bucket": true, "policy": true}"#)),
      \(document("trust", [statement(
        #""actions": ["sts:AssumeRole"], "resources": null"#,
        principals: #"[{"type": "Service", "identifiers": ["cloudtrail.amazonaws.com"]}]"#,
        condition: #"[{"test": "StringEquals", "variable": "aws:SourceArn", "values": [null]}]"#)],
        unknown: #"[{"condition": [{"values": [true]}], "principals": [{"identifiers": [false]}]}]"#)),
      \(document("copy", [
        statement(#""actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::acme-trail-logs/AWSLogs/*"]"#),
        statement(#""actions": ["s3:ListBucket", "s3:GetBucketAcl"], "resources": ["arn:aws:s3:::acme-trail-logs"]"#),
        statement(#""actions": ["kms:Decrypt"], "resources": [null]"#)],
        unknown: #"[{"resources": [false]}, {"resources": [false]}, {"resources": [true]}]"#)),
      \(document("bucket", [
        statement(
          #""actions": ["s3:GetObject"], "resources": [null]"#,
          principals: #"[{"type": "AWS", "identifiers": [null]}]"#),
        statement(
          #""actions": ["s3:PutObject"], "resources": ["arn:aws:s3:::acme-trail-logs/AWSLogs/*"]"#,
          principals: #"[{"type": "Service", "identifiers": ["cloudtrail.amazonaws.com"]}]"#)],
        unknown: #"[{"resources": [true], "principals": [{"identifiers": [true]}]}, {}]"#))],
     "prior_state": {"format_version": "1.0", "values": {"root_module": {"resources": [
      {"address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity",
       "values": {"account_id": "111122223333"}}]}}},
     "configuration": {
      "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}},
      "root_module": {"resources": [
       {"address": "aws_iam_role.copy", "provider_config_key": "aws", "expressions": {
        "assume_role_policy": {"references": ["data.aws_iam_policy_document.trust.json", "data.aws_iam_policy_document.trust"]}}},
       {"address": "aws_iam_role_policy.copy", "provider_config_key": "aws", "expressions": {
        "role": {"references": ["aws_iam_role.copy.id", "aws_iam_role.copy"]},
        "policy": {"references": ["data.aws_iam_policy_document.copy.json", "data.aws_iam_policy_document.copy"]}}},
       {"address": "aws_s3_bucket_policy.logs", "provider_config_key": "aws", "expressions": {
        "bucket": {"references": ["aws_s3_bucket.logs.id", "aws_s3_bucket.logs"]},
        "policy": {"references": ["data.aws_iam_policy_document.bucket.json", "data.aws_iam_policy_document.bucket"]}}},
       {"address": "data.aws_iam_policy_document.trust", "mode": "data", "provider_config_key": "aws", "expressions": {"statement": [
        {"condition": [{"test": {"constant_value": "StringEquals"}, "variable": {"constant_value": "aws:SourceArn"},
          "values": {"references": ["aws_cloudtrail_event_data_store.lake.arn", "aws_cloudtrail_event_data_store.lake"]}}]}]}},
       {"address": "data.aws_iam_policy_document.bucket", "mode": "data", "provider_config_key": "aws", "expressions": {"statement": [
        {"principals": [{"type": {"constant_value": "AWS"}, "identifiers": {"references": ["aws_iam_role.copy.arn", "aws_iam_role.copy"]}}],
         "resources": {"references": ["aws_s3_bucket.logs.arn", "aws_s3_bucket.logs"]}}, {}]}}]}}}
    """

  private func judged(_ text: String) throws -> Judgement {
    let folder = try ScratchFolder()
    try folder.write(text, to: "plan.json")
    return try Judgement(["--key", "none", "plan.json"], in: folder.path)
  }

  @Test func `Is judged by their statements`() throws {
    let judgement = try judged(Self.plan)
    for rule in [
      "s3-get-object", "s3-list-bucket", "s3-get-bucket-acl", "sts-assume-role",
      "source-arn-condition",
    ] {
      #expect(judgement.statuses[rule] == ["proven"], "\(rule) \(judgement.reasons[rule] ?? [])")
    }
    #expect(judgement.findings == [])
    #expect(judgement.verdict == "unproven")
  }

  /// What stands in the plan, what stands there instead, and what is then found.
  static let broken: [(old: String, new: String, findings: [String], text: String)] = [
    (
      #"["cloudtrail.amazonaws.com"]}], "condition": [{"#,
      #"["config.amazonaws.com"]}], "condition": [{"#,
      ["sts-assume-role error plan.json data.aws_iam_policy_document.trust"],
      "config.amazonaws.com"
    ),
    (
      #""actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::acme-trail-logs/AWSLogs/*"]"#,
      #""actions": ["s3:GetObjct"], "resources": ["arn:aws:s3:::acme-trail-logs/AWSLogs/*"]"#,
      ["unknown-action warning plan.json data.aws_iam_policy_document.copy"], "s3:GetObjct"
    ),
    (
      #""actions": ["s3:PutObject"], "resources": ["arn:aws:s3:::acme-trail-logs/AWSLogs/*"]"#,
      #""effect": "Deny", "actions": ["s3:*"], "resources": ["arn:aws:s3:::acme-trail-logs/*"]"#,
      [], ""
    ),
  ]

  @Test(arguments: broken.indices) func `Is found fault with at the statement`(_ index: Int) throws
  {
    let example = Self.broken[index]
    #expect(Self.plan.contains(example.old))
    let judgement = try judged(Self.plan.replacing(example.old, with: example.new))
    for finding in example.findings {
      #expect(judgement.findings.contains(finding), "\(judgement.findings)")
      let rule = String(finding.prefix { $0 != " " })
      #expect(judgement.texts[rule]?.first?.contains(example.text) == true)
    }
    #expect(judgement.findings.allSatisfy { $0.contains(" plan.json data.") })
  }
}
