import PolicyModel
import Testing

@testable import Evidence

/// Which policies a role of a plan has, where the plan tells only in part.
@Suite("Policies of a Terraform plan's role") struct TerraformAttachmentTests {
  static let deny =
    #"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}"#

  static func role(
    _ members: String = "", unknown: String = "", name: String = "copy", index: String = ""
  ) -> String {
    TerraformTests.change(
      "aws_iam_role.\(name)\(index)",
      """
      {"name": "\(name)\(index.filter(\.isNumber))", "path": "/", \(members)
       "assume_role_policy": \(Scenario.quoted(Scenario.trustPolicy))}
      """, unknown: "{\"arn\": true\(unknown)}")
  }

  static let own = TerraformTests.change(
    "aws_iam_role_policy.own",
    "{\"name\": \"own\", \"role\": \"copy\", \"policy\": \(Scenario.quoted(Scenario.rolePolicy))}")
  static let denying = TerraformTests.change(
    "aws_iam_policy.deny", "{\"name\": \"deny\", \"policy\": \(Scenario.quoted(deny))}",
    unknown: #"{"arn": true}"#)

  static func plan(_ changes: [String], _ configuration: [String] = []) throws -> CopyPlan {
    let text = TerraformTests.plan(
      changes,
      configuration: """
        {"root_module": {"resources": [\(configuration.joined(separator: ", "))]}}
        """)
    let plan = try EvidenceTests.plan(
      Given(text), facts: [.roleARN: "arn:aws:iam::222233334444:role/copy"])
    #expect(plan.findings.isEmpty)
    return plan
  }

  static func expressions(_ address: String, _ members: String) -> String {
    "{\"address\": \"\(address)\", \"expressions\": {\(members)}}"
  }

  @Test func `What nobody wrote is nothing once the role is made`() throws {
    let plan = try Self.plan(
      [
        Self.role(unknown: #", "inline_policy": true, "managed_policy_arns": true"#), Self.own,
      ], [Self.expressions("aws_iam_role.copy", #""name": {"constant_value": "copy"}"#)])
    #expect(plan.role.policies.map(\.node.address) == ["aws_iam_role_policy.own"])
    #expect(plan.role.gap == nil)
  }

  @Test func `A plan of some targets alone, or with errors, does not show all policies`() throws {
    let whole = TerraformTests.plan([Self.role(), Self.own])
    for (member, isOpen) in [
      (#""complete": true"#, false), (#""complete": false"#, true), (#""errored": false"#, false),
      (#""errored": true"#, true),
    ] {
      let text = whole.replacing(
        #""format_version": "1.2","#, with: #""format_version": "1.2", \#(member),"#)
      #expect(text != whole)
      let plan = try EvidenceTests.plan(
        Given(text), facts: [.roleARN: "arn:aws:iam::222233334444:role/copy"])
      #expect((plan.role.gap?.reason.contains("the plan is not complete") == true) == isOpen)
      #expect(plan.role.policies.count == 1)
      #expect(plan.findings.isEmpty)
    }
  }

  @Test func `An inline policy that is known only later leaves the role open`() throws {
    for unknown in [#", "inline_policy": [{"policy": true}]"#, #", "inline_policy": true"#] {
      let plan = try Self.plan(
        [Self.role(#""inline_policy": [{"name": "x"}],"#, unknown: unknown), Self.own],
        [
          Self.expressions(
            "aws_iam_role.copy",
            #""inline_policy": [{"policy": {"references": ["local.policy"]}}]"#)
        ])
      #expect(plan.role.gap?.reason.contains("`aws_iam_role.copy`") == true)
    }
  }

  @Test func `Managed policies whose ARNs are known only later are the ones that are named`() throws
  {
    for unknown in ["true", "[true]"] {
      let list = unknown == "true" ? "" : #""managed_policy_arns": [null],"#
      let plan = try Self.plan(
        [
          Self.role(list, unknown: ", \"managed_policy_arns\": \(unknown)"), Self.own, Self.denying,
        ],
        [
          Self.expressions(
            "aws_iam_role.copy",
            #""managed_policy_arns": {"references": ["aws_iam_policy.deny.arn", "aws_iam_policy.deny"]}"#
          )
        ])
      #expect(
        plan.role.policies.map(\.node.address) == [
          "aws_iam_role_policy.own", "aws_iam_policy.deny",
        ]
      )
      #expect(plan.role.gap == nil)
    }
    let open = try Self.plan(
      [Self.role(unknown: #", "managed_policy_arns": true"#), Self.own, Self.denying],
      [
        Self.expressions(
          "aws_iam_role.copy", #""managed_policy_arns": {"references": ["local.policies"]}"#)
      ])
    #expect(open.role.gap?.needs == ["--role"])
  }

  @Test func `A policy that is attached to nobody knows whom leaves the role open`() throws {
    let roles = [Self.role(), Self.own, Self.role(name: "other"), Self.denying]
    for (type, attribute) in [
      ("aws_iam_role_policy_attachment", "role"), ("aws_iam_policy_attachment", "roles"),
    ] {
      let attachment = TerraformTests.change(
        "\(type).a", "{}", unknown: "{\"\(attribute)\": true, \"policy_arn\": true}")
      let arn = #""policy_arn": {"references": ["aws_iam_policy.deny.arn", "aws_iam_policy.deny"]}"#
      let open = try Self.plan(
        roles + [attachment],
        [Self.expressions("\(type).a", "\"\(attribute)\": {\"references\": [\"local.x\"]}, \(arn)")]
      )
      #expect(open.role.gap?.reason.contains("`\(type).a`") == true)
      let reference = #"{"references": ["aws_iam_role.other.name", "aws_iam_role.other"]}"#
      let others = try Self.plan(
        roles + [attachment],
        [Self.expressions("\(type).a", "\"\(attribute)\": \(reference), \(arn)")])
      #expect(others.role.gap == nil)
      #expect(others.role.policies.map(\.node.address) == ["aws_iam_role_policy.own"])
    }
  }

  @Test func `An index that is written is the instance's, not that of whoever refers to it`() throws
  {
    let policies = (0..<2).map { index in
      TerraformTests.change(
        "aws_iam_role_policy.p[\(index)]",
        "{\"name\": \"p\(index)\", \"policy\": \(Scenario.quoted(Scenario.rolePolicy))}",
        unknown: #"{"role": true}"#)
    }
    let text = TerraformTests.plan(
      [Self.role(index: "[0]"), Self.role(index: "[1]")] + policies,
      configuration: """
        {"root_module": {"resources": [{"address": "aws_iam_role_policy.p", "expressions": {
          "role": {"references": ["aws_iam_role.copy[1].name", "aws_iam_role.copy[1]",
            "aws_iam_role.copy"]}}}]}}
        """)
    for (name, addresses) in [("copy0", [String]()), ("copy1", ["aws_iam_role_policy.p[0]"])] {
      let plan = try EvidenceTests.plan(
        Given(text), facts: [.roleARN: "arn:aws:iam::222233334444:role/\(name)"])
      // Both say the same, which is told once.
      #expect(plan.role.policies.map(\.node.address) == addresses)
    }
  }

  @Test func `What each.value is one of tells the instance`() throws {
    let roles = ["copy", "other"].map { name in
      TerraformTests.change(
        "aws_iam_role.r[\"\(name)\"]", "{\"name\": \"\(name)\"}", unknown: #"{"arn": true}"#)
    }
    let policies = ["copy", "other"].map { name in
      TerraformTests.change(
        "aws_iam_role_policy.p[\"\(name)\"]",
        "{\"name\": \"\(name)\", \"policy\": \(Scenario.quoted(Scenario.rolePolicy))}",
        unknown: #"{"role": true}"#)
    }
    let plan = try Self.plan(
      roles + policies,
      [
        """
        {"address": "aws_iam_role_policy.p",
         "for_each_expression": {"references": ["aws_iam_role.r"]},
         "expressions": {"role": {"references": ["each.value.name", "each.value"]}}}
        """
      ])
    #expect(plan.role.policies.map(\.node.address) == [#"aws_iam_role_policy.p["copy"]"#])
    #expect(plan.role.gap == nil)
  }
}
