import Foundation
import Testing

@testable import lint_copy

/// What a run says of one copy, as its JSON report has it.
struct Judgement {
  /// The statuses of each rule's rows, in order.
  var statuses: [String: [String]] = [:]
  /// The reasons of the same rows.
  var reasons: [String: [String]] = [:]
  /// What would tell, of the same rows.
  var needs: [String: [[String]]] = [:]
  /// Each finding as `rule severity path address`.
  var findings: [String] = []
  /// What the ranges of each rule's findings are written as.
  var texts: [String: [String]] = [:]
  var verdict = ""
  var code: Int32 = 0

  /// Judges documents of a folder together.
  init(_ arguments: [String], in folder: String) throws {
    var surroundings = Surroundings.test
    surroundings.directory = folder
    let outcome = Program.run(
      ["--no-config", "--as-of", "2026-11-21", "--output-format", "json"] + arguments,
      in: surroundings)
    code = outcome.code.rawValue
    let report = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    let copies = report?["copies"] as? [[String: Any]] ?? []
    for row in copies.first?["requirements"] as? [[String: Any]] ?? [] {
      let rule = row["rule"] as? String ?? ""
      statuses[rule, default: []].append(row["status"] as? String ?? "")
      reasons[rule, default: []].append(row["reason"] as? String ?? "")
      needs[rule, default: []].append(row["needs"] as? [String] ?? [])
    }
    verdict = copies.first?["verdict"] as? String ?? ""
    for finding in report?["findings"] as? [[String: Any]] ?? [] {
      guard let rule = finding["rule"] as? String, let path = finding["path"] as? String,
        let range = finding["range"] as? [String: [String: Int]],
        let start = range["start"]?["offset"], let end = range["end"]?["offset"],
        let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(path)")), end <= data.count
      else { continue }
      texts[rule, default: []].append(String(decoding: data[start..<end], as: UTF8.self))
    }
    // Notes are advice: a copy without any is no better judged.
    findings = (report?["findings"] as? [[String: Any]] ?? []).filter {
      $0["severity"] as? String != "note"
    }.map { finding in
      ["rule", "severity", "path", "address"].compactMap { finding[$0] as? String }
        .joined(separator: " ")
    }
  }

  /// The rules whose statuses differ from another run's, with the new ones.
  func changes(from other: Judgement) -> [String: [String]] {
    var changes: [String: [String]] = [:]
    for rule in Set(statuses.keys).union(other.statuses.keys)
    where statuses[rule] != other.statuses[rule] && !rule.hasPrefix("documented-") {
      changes[rule] = statuses[rule] ?? []
    }
    return changes
  }

  /// The statuses of the rules that decide access.
  var access: [String: [String]] {
    statuses.filter { name, _ in
      [
        "s3-get-object", "s3-list-bucket", "s3-get-bucket-acl", "kms-decrypt",
        "kms-generate-data-key", "sts-assume-role", "source-arn-condition",
        "source-account-condition", "confused-deputy",
      ].contains(name)
    }
  }
}

/// A document that takes the place of another, and what that changes.
private struct Variant: Sendable, CustomTestStringConvertible {
  var name: String
  var twin: String
  /// The statuses that are new, by rule.
  var changes: [String: [String]]
  /// What is new among the findings.
  var findings: [String] = []

  var testDescription: String { name }
}

/// The documents that lie beside the project, where they do.
enum Beside {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/samples").standardized.path

  static var isThere: Bool { FileManager.default.fileExists(atPath: folder) }

  static let inventory = [
    "inventory/manifest.json", "inventory/data/939c6d46-85a9-4ba8-87bd-9db705a579ce.csv",
  ]

  fileprivate static let variants = [
    Variant(
      name: "cloudtrail-get-event-data-store.config-items.json",
      twin: "cloudtrail-get-event-data-store.json",
      changes: ["event-data-store-category": ["violated"]],
      findings: [
        "event-data-store-category error cloudtrail-get-event-data-store.config-items.json"
      ]),
    Variant(
      name: "cloudtrail-get-event-data-store.org-pending-deletion.json",
      twin: "cloudtrail-get-event-data-store.json",
      changes: [
        "event-data-store-status": ["violated"], "retention-coverage": ["violated"],
        "management-account-only": ["proven"], "duplicate-events": ["not-applicable"],
      ],
      findings: [
        "event-data-store-status error cloudtrail-get-event-data-store.org-pending-deletion.json",
        "retention-coverage error cloudtrail-get-event-data-store.org-pending-deletion.json",
      ]),
    Variant(
      name: "cloudtrail-list-imports.ongoing.json", twin: "cloudtrail-list-imports.json",
      changes: ["import-in-progress": ["violated"]],
      findings: ["import-in-progress error cloudtrail-list-imports.ongoing.json"]),
    Variant(
      name: "cloudtrail-start-import.retry.cli-input.json",
      twin: "cloudtrail-start-import.cli-input.json", changes: [:]),
    Variant(
      name: "cloudtrail-start-import.skeleton.json",
      twin: "cloudtrail-start-import.cli-input.json", changes: ["import-request": ["violated"]],
      findings: ["import-request error cloudtrail-start-import.skeleton.json"]),
    Variant(
      name: "kms-describe-key.aws-managed.json", twin: "kms-describe-key.json",
      changes: [
        "key-state": ["not-checked", "proven"], "kms-decrypt": ["proven", "proven"],
        "kms-generate-data-key": ["proven", "proven"],
        "encryption-keys-covered": ["proven", "proven"],
      ]),
    Variant(
      name: "kms-get-key-policy.aws-managed-s3.json", twin: "kms-get-key-policy.json",
      changes: [
        "kms-decrypt": ["not-checked"], "kms-generate-data-key": ["not-checked"],
        "encryption-keys-covered": ["not-checked"],
      ]),
    Variant(
      name: "s3api-get-bucket-acl.with-grants.json", twin: "s3api-get-bucket-acl.json",
      changes: [:]),
    Variant(
      name: "s3api-get-bucket-encryption.sse-s3.json", twin: "s3api-get-bucket-encryption.json",
      changes: [:]),
    Variant(
      name: "s3api-list-objects-v2.truncated.json", twin: "s3api-list-objects-v2.json",
      changes: [
        "archived-objects": ["not-checked"], "gzip-log-files": ["not-checked"],
        "foreign-files": ["not-checked"],
      ]),
  ]

  /// All answers that are no variant of another.
  static var together: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let others = Set(variants.map(\.name))
    return names.filter { $0.hasSuffix(".json") && !others.contains($0) }.sorted()
  }
}

/// The samples as one copy.
@Suite(.enabled(if: Beside.isThere, "the samples do not lie beside the project"))
struct `The samples together` {
  @Test func `Are a copy in which nothing is wrong, with the inventory and without`() throws {
    for more in [[], Beside.inventory] {
      let judgement = try Judgement(Beside.together + more, in: Beside.folder)
      #expect(judgement.findings == [])
      #expect(judgement.code == 0)
      #expect(judgement.verdict == "ready")
    }
  }

  @Test func `Are the same copy with an import's skeleton that nobody filled in beside it`() throws
  {
    let plain = try Judgement(Beside.together, in: Beside.folder)
    let skeleton = "cloudtrail-start-import.skeleton.json"
    let both = try Judgement(Beside.together + [skeleton], in: Beside.folder)
    #expect(both.changes(from: plain) == [:])
    #expect(both.findings == [])
  }

  @Test(arguments: Beside.variants)
  fileprivate func `A variant in its twin's place changes just what it should`(_ variant: Variant)
    throws
  {
    #expect(Beside.together.contains(variant.twin))
    let plain = try Judgement(Beside.together, in: Beside.folder)
    let changed = try Judgement(
      Beside.together.map { $0 == variant.twin ? variant.name : $0 }, in: Beside.folder)
    #expect(changed.changes(from: plain) == variant.changes)
    #expect(changed.findings == variant.findings)
  }

  @Test func `Policies of the Terraform state alone have the statuses they have in it`() throws {
    let state = try #require(
      JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: "\(Beside.folder)/terraform/state.show.json")))
        as? [String: Any])
    let values = state["values"] as? [String: Any]
    let root = values?["root_module"] as? [String: Any]
    let scratch = try ScratchFolder()
    var arguments = [
      "--role-arn",
      "arn:aws:iam::111122223333:role/service-role/CloudTrailLake-us-east-1-copy-events-eds",
    ]
    let facts = arguments + ["--bucket-account", "111122223333"]
    arguments = facts
    func keep(_ value: Any?, as option: String) throws {
      guard let text = value as? String else { return }
      try scratch.write(text, to: "\(option).json")
      arguments += ["--\(option)", "\(option).json"]
    }
    for module in [root].compactMap(\.self) + (root?["child_modules"] as? [[String: Any]] ?? []) {
      for resource in module["resources"] as? [[String: Any]] ?? [] {
        let values = resource["values"] as? [String: Any]
        switch resource["type"] as? String {
        case "aws_iam_role":
          try keep(values?["assume_role_policy"], as: "trust")
          for inline in values?["inline_policy"] as? [[String: Any]] ?? [] {
            try keep(inline["policy"], as: "role")
          }
        case "aws_iam_role_policy": try keep(values?["policy"], as: "role")
        case "aws_s3_bucket_policy": try keep(values?["policy"], as: "bucket")
        default: break
        }
      }
    }
    #expect(arguments.count == facts.count + 6)
    let alone = try Judgement(arguments, in: scratch.path)
    let whole = try Judgement(facts + ["terraform/state.show.json"], in: Beside.folder)
    #expect(whole.access == alone.access)
    #expect(whole.access["s3-get-object"] == ["proven"])
    #expect(whole.access["sts-assume-role"] == ["proven"])
  }

  @Test(arguments: [
    ("cloudformation/template.json", [String]()),
    (
      "cloudformation/template.yaml",
      ["acls-disabled error cloudformation/template.yaml Bucket"]
    ),
  ])
  func `A template's findings have their places in it`(_ path: String, _ errors: [String]) throws {
    let facts = ["--account", "111122223333", "--region", "us-east-1"]
    let judgement = try Judgement(facts + [path], in: Beside.folder)
    #expect(judgement.findings.filter { $0.contains(" error ") } == errors)
    #expect(judgement.findings.allSatisfy { $0.contains(" \(path) ") })
    for rule in ["s3-get-object", "s3-list-bucket", "sts-assume-role", "source-arn-condition"] {
      #expect(judgement.statuses[rule] == ["proven"], "\(rule)")
    }
  }
}

/// The same with documents of the project's own.
@Suite struct `A variant of a ready copy` {
  private static let examples = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "examples/across-accounts/ready").path

  private static let arguments = [
    "--role", "role.yaml", "--trust", "get-role.json", "--bucket", "get-bucket-policy.json",
    "--key",
    "arn:aws:kms:us-east-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321=get-key-policy.json",
    "--caller-policy", "caller-policy.json", "--bucket-account", "444455556666", "--bucket-keys",
    "mixed", "start-import.json", "get-event-data-store.json", "get-bucket-ownership-controls.json",
    "get-caller-identity.json", "get-bucket-location.json", "get-bucket-request-payment.json",
    "describe-key.json", "list-imports.json", "list-objects.json",
    "get-bucket-lifecycle-configuration.json",
  ]

  /// A document that is replaced by a text.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var twin: String
    var text: String
    var changes: [String: [String]]
    var testDescription: String { name }
  }

  private static let key =
    "AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/01/"
    + "111122223333_CloudTrail_us-east-1_20260301T0005Z_GhIjKlMnOpAbCdEf.json.gz"

  static let cases: [Case] = [
    Case(
      name: "no ownership controls", twin: "get-bucket-ownership-controls.json",
      text:
        "\nAn error occurred (OwnershipControlsNotFoundError) when calling the GetBucketOwnershipControls operation: The bucket ownership controls were not found\n",
      changes: ["acls-disabled": ["open"]]),
    Case(
      name: "no bucket policy", twin: "get-bucket-policy.json",
      text:
        "\nAn error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The bucket policy does not exist\n",
      changes: [
        "s3-get-object": ["violated"], "s3-list-bucket": ["violated"],
        "s3-get-bucket-acl": ["violated"],
      ]),
    Case(
      name: "the same error as JSON", twin: "get-bucket-policy.json",
      text:
        #"{"Error": {"Code": "NoSuchBucketPolicy", "Message": "The bucket policy does not exist", "BucketName": "b"}, "ResponseMetadata": {}}"#,
      changes: [
        "s3-get-object": ["violated"], "s3-list-bucket": ["violated"],
        "s3-get-bucket-acl": ["violated"],
      ]),
    Case(
      name: "an import under way", twin: "list-imports.json",
      text:
        #"{"Imports": [{"ImportId": "11111111-2222-3333-4444-555555555555", "ImportStatus": "IN_PROGRESS", "Destinations": ["arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/x"]}]}"#,
      changes: ["import-in-progress": ["violated"]]),
    Case(
      name: "a list of imports that was cut short", twin: "list-imports.json",
      text: #"{"Imports": [], "NextToken": "more"}"#,
      changes: ["import-in-progress": ["not-checked"]]),
    Case(
      name: "a requester who pays", twin: "get-bucket-request-payment.json",
      text: #"{"Payer": "Requester"}"#, changes: ["requester-pays": ["violated"]]),
    Case(
      name: "a disabled key", twin: "describe-key.json",
      text: """
        {"KeyMetadata": {
          "Arn": "arn:aws:kms:us-east-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321",
          "KeyId": "0987dcba-09fe-87dc-65ba-ab0987654321", "KeyState": "Disabled",
          "KeyUsage": "ENCRYPT_DECRYPT", "KeyManager": "CUSTOMER", "CreationDate": 1763632562.144}}
        """,
      changes: ["key-state": ["violated"]]),
    Case(
      name: "an archived log file", twin: "list-objects.json",
      text: #"{"Contents": [{"Key": "\#(key)", "StorageClass": "DEEP_ARCHIVE"}]}"#,
      changes: ["archived-objects": ["violated"]]),
    Case(
      name: "a listing cut short", twin: "list-objects.json",
      text:
        #"{"IsTruncated": true, "Contents": [{"Key": "\#(key)", "StorageClass": "STANDARD"}], "NextContinuationToken": "x"}"#,
      changes: [
        "archived-objects": ["not-checked"], "gzip-log-files": ["not-checked"],
        "foreign-files": ["not-checked"],
      ]),
    Case(
      name: "an archived log file in a listing cut short", twin: "list-objects.json",
      text: #"{"Contents": [{"Key": "\#(key)", "StorageClass": "GLACIER"}], "NextToken": "x"}"#,
      changes: [
        "archived-objects": ["violated"], "gzip-log-files": ["not-checked"],
        "foreign-files": ["not-checked"],
      ]),
    Case(
      name: "an empty listing", twin: "list-objects.json",
      text: #"{"RequestCharged": null, "Prefix": "AWSLogs/111122223333/CloudTrail/"}"#,
      changes: [
        "copy-prefix": ["violated"], "archived-objects": ["not-checked"],
        "gzip-log-files": ["not-checked"],
      ]),
  ]

  @Test(arguments: cases) func `Changes just what it should`(_ example: Case) throws {
    let scratch = try ScratchFolder()
    for name in names(in: Self.examples) {
      try scratch.write(try readWhole("\(Self.examples)/\(name)"), to: name)
    }
    let plain = try Judgement(Self.arguments, in: scratch.path)
    #expect(plain.verdict == "ready")
    try scratch.write(example.text, to: example.twin)
    let changed = try Judgement(Self.arguments, in: scratch.path)
    #expect(changed.changes(from: plain) == example.changes)
  }
}
