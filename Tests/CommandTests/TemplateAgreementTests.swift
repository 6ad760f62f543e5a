import Foundation
import PolicyModel
import Testing

@testable import lint_copy

/// What the references of a template are once it is deployed, and its policies written out with that.
///
/// This knows nothing of how templates are read: each reference is looked up in a list.
private struct Deployed {
  /// What references give, by `Name` and `Name.Attribute`.
  var values: [String: String]
  /// Which branch each condition takes.
  var conditions: [String: Bool] = [:]

  /// A value of a template as JSON.
  func json(_ node: Node) -> String {
    if let text = reference(node) { return Self.quoted(text) }
    if let branch = branch(node) { return json(branch) }
    switch node.kind {
    case .object:
      return "{"
        + node.members.map { "\(Self.quoted($0.name)): \(json($0.value))" }.joined(separator: ", ")
        + "}"
    case .array: return "[" + node.elements.map(json).joined(separator: ", ") + "]"
    case .null: return "null"
    case .boolean, .number: return node.scalarText ?? ""
    case .string, .reference: return Self.quoted(node.scalarText ?? "")
    }
  }

  private func function(_ node: Node) -> (name: String, argument: Node)? {
    if let tag = node.tag, tag.hasPrefix("!") { return (String(tag.dropFirst()), node) }
    guard node.count == 1, let member = node.members.first(where: { _ in true }) else { return nil }
    if member.name == "Ref" { return ("Ref", member.value) }
    return member.name.hasPrefix("Fn::") ? (String(member.name.dropFirst(4)), member.value) : nil
  }

  private func branch(_ node: Node) -> Node? {
    guard let function = function(node), function.name == "If" else { return nil }
    let parts = Array(function.argument.elements)
    return conditions[parts[0].scalarText ?? ""] == true ? parts[1] : parts[2]
  }

  private func reference(_ node: Node) -> String? {
    guard let function = function(node) else { return nil }
    let argument = function.argument
    switch function.name {
    case "Ref": return values[argument.scalarText ?? ""]
    case "GetAtt":
      let name =
        argument.scalarText
        ?? argument.elements.compactMap(\.scalarText).joined(separator: ".")
      return values[name]
    case "Sub":
      return values.reduce(argument.scalarText ?? "") {
        $0.replacing("${\($1.key)}", with: $1.value)
      }
    case "Join":
      let parts = Array(argument.elements)
      return parts[1].elements.map { reference($0) ?? $0.scalarText ?? "" }
        .joined(separator: parts[0].scalarText ?? "")
    default: return nil
    }
  }

  static func quoted(_ text: String) -> String {
    "\""
      + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n") + "\""
  }
}

/// The policies of a sample, written out, and how the same rows may differ.
private struct Agreement: Sendable, CustomTestStringConvertible {
  var sample: String
  /// Facts that both runs are given.
  var facts: [String] = []
  /// What the sample alone is given.
  var deployment: [String] = []
  /// Facts that the sample states and its policies cannot.
  var stated: [String] = []
  /// The policies by their options.
  var policies: @Sendable (Node) -> [(option: String, text: String)]
  /// Rules about which the sample knows more than its policies do, each with what it knows.
  var more: [String: String]

  var testDescription: String { sample }
}

private enum Agreements {
  static let account = "111122223333"
  static let bucket = "aws-cloudtrail-logs-111122223333-612ff1f6"
  static let store =
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
  static let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  static let role =
    "arn:aws:iam::111122223333:role/service-role/CloudTrailLake-us-east-1-copy-events-eds"

  static let deployed = Deployed(
    values: [
      "AWS::AccountId": account, "AWS::Partition": "aws", "Bucket": bucket,
      "Bucket.Arn": "arn:aws:s3:::\(bucket)", "Role.Arn": role, "Key.Arn": key,
      "Eds.EventDataStoreArn": store,
    ],
    conditions: ["IsGov": false])

  /// What a template or plan holds beside policies.
  static let settings = [
    "acls-disabled": "the bucket's Object Ownership",
    "public-access-block": "the bucket's public access block",
    "retention-range": "the store's retention", "retention-coverage": "the store's retention",
    "event-data-store-status": "that the store is still to be made",
    "event-data-store-category": "the store's selectors",
    "event-data-store-key-policy": "the store's key",
    "management-account-only": "whether the store is an organization's",
    "archived-objects": "the bucket's lifecycle", "log-expiry": "the bucket's lifecycle",
  ]

  /// The sample's policies are about a key that is not the one it makes for the bucket.
  static let keys = Dictionary(
    uniqueKeysWithValues: [
      "kms-decrypt", "kms-generate-data-key", "key-state", "encryption-keys-covered",
      "documented-key-statement",
    ].map { ($0, "the key that the bucket is encrypted with, beside the one its policies name") })

  static func resource(_ root: Node, _ name: String) -> Node? {
    root["Resources"]?[named: name]?["Properties"]
  }

  static let templates = [
    Agreement(
      sample: "cloudformation/template.json",
      deployment: ["--account", account, "--region", "us-east-1"],
      stated: [
        "--role-arn", role, "--destination", store, "--bucket-account", account,
        "--bucket-region", "us-east-1", "--key-arn", key, "--bucket-keys", "on",
      ],
      policies: { root in
        let role = resource(root, "Role")
        return [
          ("--trust", role?["AssumeRolePolicyDocument"]),
          (
            "--role",
            role?["Policies"]?.elements.first { _ in true }?["PolicyDocument"]
          ),
          ("--bucket", resource(root, "BucketPolicy")?["PolicyDocument"]),
          ("--key", resource(root, "Key")?["KeyPolicy"]),
        ].compactMap { option, node in node.map { (option, deployed.json($0)) } }
      },
      more: settings),
    Agreement(
      sample: "cloudformation/template.yaml",
      deployment: ["--account", account, "--region", "us-east-1"],
      stated: [
        "--role-arn", role, "--destination", store, "--bucket-account", account,
        "--bucket-region", "us-east-1",
      ],
      policies: { root in
        [
          ("--trust", resource(root, "Role")?["AssumeRolePolicyDocument"]),
          ("--role", resource(root, "RolePolicy")?["PolicyDocument"]),
          ("--bucket", resource(root, "BucketPolicy")?["PolicyDocument"]),
        ].compactMap { option, node in node.map { (option, deployed.json($0)) } }
      },
      more: settings),
  ]

  /// The resources of a state or of what a plan makes.
  static func resources(_ module: Node?) -> [(type: String, values: Node)] {
    guard let module else { return [] }
    let own = module["resources"]?.elements.compactMap { resource -> (String, Node)? in
      guard let type = resource["type"]?.string, let values = resource["values"] else { return nil }
      return (type, values)
    }
    let below = module["child_modules"]?.elements.flatMap { resources($0) }
    return (own ?? []) + (below ?? [])
  }

  static func policies(_ module: Node?) -> [(option: String, text: String)] {
    resources(module).flatMap { type, values -> [(String, String?)] in
      switch type {
      case "aws_iam_role":
        [("--trust", values["assume_role_policy"]?.string)]
          + (values["inline_policy"]?.elements.map { ("--role", $0["policy"]?.string) } ?? [])
      case "aws_iam_role_policy", "aws_iam_policy": [("--role", values["policy"]?.string)]
      case "aws_s3_bucket_policy": [("--bucket", values["policy"]?.string)]
      case "aws_kms_key_policy": [("--key", values["policy"]?.string)]
      default: []
      }
    }.compactMap { option, text in text.map { (option, $0) } }
  }

  static let terraform = [
    Agreement(
      sample: "terraform/state.show.json",
      facts: ["--bucket-account", account, "--destination", store, "--key-arn", key],
      stated: ["--role-arn", role],
      policies: { policies($0["values"]?["root_module"]) }, more: [:]),
    Agreement(
      sample: "terraform/plan.show.json",
      // Its policies name a store and a key that are not among what it makes.
      facts: [
        "--source", "s3://\(bucket)/AWSLogs/\(account)/CloudTrail/", "--destination", store,
        "--key-arn", key,
      ],
      stated: [
        "--role-arn", role, "--bucket-account", account, "--bucket-region", "us-east-1",
        "--bucket-keys", "on",
      ],
      policies: { policies($0["planned_values"]?["root_module"]) },
      more: settings.merging(keys) { $1 }),
  ]
}

/// A template or plan is judged as the policies it holds are, and its findings lie in it.
@Suite(.enabled(if: Beside.isThere, "the samples do not lie beside the project"))
struct `Templates and the policies they hold` {
  @Test(arguments: Agreements.templates + Agreements.terraform)
  fileprivate func `Have the same status in every row`(_ example: Agreement) throws {
    let bytes = try Data(contentsOf: URL(filePath: "\(Beside.folder)/\(example.sample)"))
    let root = try Tree.parse(Source.decoding(Array(bytes), path: example.sample)).root
    let scratch = try ScratchFolder()
    var arguments = example.facts + example.stated
    for (number, policy) in example.policies(root).enumerated() {
      try scratch.write(policy.text, to: "\(number).json")
      arguments += [policy.option, "\(number).json"]
    }
    let alone = try Judgement(arguments, in: scratch.path)
    let whole = try Judgement(
      example.facts + example.deployment + [example.sample], in: Beside.folder)
    #expect(whole.statuses.count > 30)
    for rule in Set(whole.statuses.keys).union(alone.statuses.keys).sorted()
    where example.more[rule] == nil {
      #expect(whole.statuses[rule] == alone.statuses[rule], "\(rule)")
    }
    // Only what the sample alone states may differ, and nothing that it states is lost.
    for (rule, statuses) in whole.statuses where statuses != alone.statuses[rule] {
      #expect(example.more[rule] != nil, "\(rule)")
    }
    #expect(whole.findings.allSatisfy { $0.contains(" \(example.sample)") })
  }

  /// What is changed in a sample, and what is then found where.
  struct Broken: Sendable, CustomTestStringConvertible {
    var sample: String
    var old: String
    var new: String
    var deployment: [String] = []
    /// Each finding as `rule severity path address`.
    var findings: [String]
    /// What the range of the first finding is written as.
    var text: String

    var testDescription: String { "\(sample): \(new)" }
  }

  private static let deployment = ["--account", Agreements.account, "--region", "us-east-1"]
  private static let stateFacts = [
    "--bucket-account", Agreements.account, "--destination", Agreements.store,
  ]

  /// Each way in which the trust of a template's role may be wider than its own store.
  @Test(arguments: [
    ("aws:SourceArn: !GetAtt Eds.EventDataStoreArn", "proven"),
    ("aws:SourceArn: [!GetAtt Eds.EventDataStoreArn, !Ref Eds]", "proven"),
    ("aws:SourceArn: [!GetAtt Eds.EventDataStoreArn, !ImportValue Other]", "not-checked"),
    // An asterisk that no ARN has: nobody is let in.
    (#"aws:SourceArn: !Sub "${Eds.EventDataStoreArn}*""#, "proven"),
    ("aws:PrincipalTag/x: !GetAtt Eds.EventDataStoreArn", "not-checked"),
  ])
  func `A template's trust is for its own store alone where it names just that`(
    _ condition: String, _ status: String
  ) throws {
    let sample = "cloudformation/template.yaml"
    let path = "\(Beside.folder)/\(sample)"
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    let old = "aws:SourceArn: !GetAtt Eds.EventDataStoreArn"
    #expect(text.contains(old))
    let scratch = try ScratchFolder()
    try scratch.write(text.replacing(old, with: condition), to: sample)
    let judgement = try Judgement(Self.deployment + [sample], in: scratch.path)
    #expect(judgement.statuses["confused-deputy"] == [status])
  }

  static let broken = [
    Broken(
      sample: "cloudformation/template.json", old: "\"s3:GetObject\"\n",
      new: "\"s3:GetObjectAcl\"\n",
      deployment: deployment, findings: [], text: ""),
    Broken(
      sample: "cloudformation/template.json", old: #""cloudtrail.amazonaws.com""#,
      new: #""config.amazonaws.com""#, deployment: deployment,
      findings: ["sts-assume-role error cloudformation/template.json Role"],
      text: #""config.amazonaws.com""#),
    Broken(
      sample: "cloudformation/template.yaml", old: "aws:SourceAccount: 111122223333",
      new: "aws:SourceAccount: 999988887777", deployment: deployment,
      findings: ["source-account-condition error cloudformation/template.yaml Role"],
      text: "999988887777"),
    Broken(
      sample: "cloudformation/template.yaml", old: "Effect: Allow\n            Principal: {AWS:",
      new: "Effect: Deny\n            Principal: {AWS:", deployment: deployment,
      findings: ["s3-get-object error cloudformation/template.yaml BucketPolicy"],
      text: "Deny"),
    Broken(
      sample: "terraform/state.show.json", old: #"\"s3:GetObject\"]"#,
      new: #"\"s3:GetObjectAcl\"]"#,
      deployment: stateFacts, findings: [], text: ""),
    Broken(
      sample: "terraform/state.show.json",
      old: #"\"cloudtrail.amazonaws.com\"}, \"Action\": \"sts"#,
      new: #"\"config.amazonaws.com\"}, \"Action\": \"sts"#, deployment: stateFacts,
      findings: ["sts-assume-role error terraform/state.show.json module.role.aws_iam_role.copy"],
      text: #"\"config.amazonaws.com\""#),
    Broken(
      sample: "terraform/plan.show.json",
      old: #"\"Sid\": \"AWSCloudTrailImportObjectAccess\", \"Effect\": \"Allow\""#,
      new: #"\"Sid\": \"AWSCloudTrailImportObjectAccess\", \"Effect\": \"Deny\""#,
      deployment: [
        "--destination", Agreements.store, "--source",
        "s3://\(Agreements.bucket)/AWSLogs/\(Agreements.account)/CloudTrail/",
      ],
      findings: ["s3-get-object error terraform/plan.show.json aws_iam_role_policy.copy"],
      text: #"\"Deny\""#),
  ]

  @Test(arguments: broken)
  fileprivate func `A policy that is broken in it is found in it`(_ example: Broken) throws {
    let path = "\(Beside.folder)/\(example.sample)"
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    #expect(text.contains(example.old))
    let broken = text.replacing(example.old, with: example.new)
    let scratch = try ScratchFolder()
    try scratch.write(broken, to: example.sample)
    let before = try Judgement(example.deployment + [example.sample], in: Beside.folder)
    let after = try Judgement(example.deployment + [example.sample], in: scratch.path)
    let new = after.findings.filter { !before.findings.contains($0) }
    #expect(example.findings.allSatisfy(new.contains), "\(new)")
    #expect(new.allSatisfy { $0.contains(" \(example.sample) ") }, "\(new)")
    for finding in example.findings {
      let rule = String(finding.prefix { $0 != " " })
      #expect(after.texts[rule]?.first?.contains(example.text) == true)
    }
  }
}
