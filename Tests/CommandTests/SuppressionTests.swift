import PolicyModel
import Testing

@testable import lint_copy

/// What people see of findings that do not count.
@Suite struct `Findings that do not count` {
  private let folder: ScratchFolder

  /// The files of a copy that is ready.
  private static let ready = "\(Example.folder)/one-account/ready"

  init() throws {
    folder = try ScratchFolder()
    try folder.write("", to: ".git")
    for name in names(in: Self.ready) where name.hasSuffix(".json") {
      try folder.write(try readWhole("\(Self.ready)/\(name)"), to: "policies/\(name)")
    }
    try folder.write(Self.manifest, to: "lint-copy.yaml")
    #expect(text(run().output).contains("`history` is ready"))
    // Nobody lets the role list the bucket or read its ACL.
    try change("policies/role.json", Self.listing, "\"s3:GetObject\"")
    try change("policies/bucket.json", Self.listing + ",", "")
  }

  private static let listing = #"""
    "s3:ListBucket",
            "s3:GetBucketAcl"
    """#

  private static let manifest = """
    version: 1
    copies:
      - name: history
        role: policies/role.json
        trust: policies/trust.json
        bucket: policies/bucket.json
        key: policies/key.json
        caller-policy: policies/caller-policy.json
        documents:
          - policies/event-data-store.json
          - policies/ownership-controls.json
          - policies/caller-identity.json
          - policies/bucket-location.json
          - policies/request-payment.json
          - policies/describe-key.json
          - policies/list-imports.json
          - policies/list-objects.json
          - policies/lifecycle.json
        source: s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/
        bucket-account: "111122223333"
        role-arn: arn:aws:iam::111122223333:role/copy-trail-events
        key-arn: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
        start-time: 2026-01-01
        end-time: 2026-11-01

    """

  private func change(_ path: String, _ old: String, _ new: String) throws {
    let text = try folder.read(path)
    try #require(text.contains(old), "nothing to replace in \(path)")
    try folder.write(text.replacing(old, with: new), to: path)
  }

  private func run(_ arguments: String..., in path: String = "") -> RunOutcome {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path + path
    return Program.run(arguments, in: surroundings)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func json(_ outcome: RunOutcome) throws -> Node {
    try Tree.parse(Source(path: "report.json", text: outcome.output)).root
  }

  /// The rules of the findings that count and of those that do not.
  private func findings(_ outcome: RunOutcome) throws -> (active: [String], suppressed: [String]) {
    let findings = try #require(try json(outcome)["findings"]).elements
    func rules(_ isSuppressed: Bool) -> [String] {
      findings.filter { ($0["suppressed"]?.kind == .object) == isSuppressed }
        .compactMap { $0["rule"]?.string }
    }
    return (rules(false), rules(true))
  }

  // MARK: - In the configuration

  @Test func `A suppressed violation stays in the table, and the copy is unproven`() throws {
    let before = run()
    #expect(before.code == .findings)
    #expect(text(before.output).contains("`history` is blocked"))
    try folder.write(Self.manifest + Self.ignoreAll, to: "lint-copy.yaml")
    let outcome = run()
    #expect(outcome.code == .success)
    let output = text(outcome.output)
    #expect(output.contains("✗ s3-list-bucket"))
    #expect(output.contains("suppressed in\n      `lint-copy.yaml`: the bucket is going"))
    #expect(output.contains("`history` is unproven: 2 requirements are violated and suppressed"))
    #expect(output.contains("no findings in 14 documents; 2 suppressed"))
    #expect(output.split(separator: "\n").last?.contains("`--strict` makes it fail") == true)
    #expect(run("--strict").code == .findings)
    #expect(run("--fail-on", "note").code == .success)
  }

  private static let ignoreAll = """
    ignore:
      - {rule: s3-get-bucket-acl, reason: the bucket is going}
      - {rule: s3-list-bucket, reason: the bucket is going}

    """

  @Test func `JSON and SARIF keep what is suppressed, and why`() throws {
    try folder.write(Self.manifest + Self.ignoreAll, to: "lint-copy.yaml")
    let outcome = run("--output-format", "json")
    let report = try json(outcome)
    #expect(report["verdict"]?.string == "unproven")
    #expect(report["summary"]?["errors"]?.integer == 0)
    #expect(report["summary"]?["suppressed"]?.integer == 2)
    #expect(try findings(outcome).active == [])
    #expect(try findings(outcome).suppressed.sorted() == ["s3-get-bucket-acl", "s3-list-bucket"])
    let row = report["copies"]?.elements.map(\.self).first?["requirements"]?.elements
      .first { $0["rule"]?.string == "s3-list-bucket" }
    #expect(row?["status"]?.string == "violated")
    #expect(row?["suppressed"]?["kind"]?.string == "configuration")
    #expect(row?["suppressed"]?["reason"]?.string == "the bucket is going")
    let log = try json(run("--output-format", "sarif"))
    let results = try #require(log["runs"]?.elements.map(\.self).first?["results"])
      .elements.map(\.self)
    #expect(results.count == 2)
    for result in results {
      let suppression = result["suppressions"]?.elements.map(\.self).first
      #expect(suppression?["kind"]?.string == "external")
      #expect(suppression?["justification"]?.string == "the bucket is going")
    }
  }

  @Test(arguments: ["text", "github", "markdown", "html"])
  func `Formats for people count what is suppressed`(_ format: String) throws {
    try folder.write(Self.manifest + Self.ignoreAll, to: "lint-copy.yaml")
    #expect(text(run("--output-format", format).output).contains("2 suppressed"))
  }

  @Test func `In a case of JUnit what is suppressed is skipped, not failed`() throws {
    try folder.write(Self.manifest + Self.ignoreAll, to: "lint-copy.yaml")
    let output = text(run("--output-format", "junit").output)
    #expect(output.contains(#"failures="0""#))
    #expect(output.contains("suppressed in `lint-copy.yaml`: the bucket is going"))
  }

  @Test(arguments: ["concise", "gitlab"])
  func `Formats for programs leave out what is suppressed`(_ format: String) throws {
    #expect(text(run("--output-format", format).output).contains("s3-list-bucket"))
    try folder.write(Self.manifest + Self.ignoreAll, to: "lint-copy.yaml")
    #expect(!text(run("--output-format", format).output).contains("s3-list-bucket"))
  }

  @Test(arguments: [
    ("2026-12-31", true), ("2027-03-01", true), ("2027-03-02", false), ("2030-01-01", false),
  ])
  func `After its last day an entry suppresses nothing`(_ day: String, _ suppresses: Bool) throws {
    try folder.write(
      Self.manifest
        + Self.ignoreAll.replacing("going}", with: "going, expires: 2027-03-01}"),
      to: "lint-copy.yaml")
    let outcome = run("--as-of", day, "--output-format", "json")
    let rules = try findings(outcome)
    #expect(rules.suppressed.contains("s3-list-bucket") == suppresses)
    #expect(rules.active.contains("s3-list-bucket") != suppresses)
    #expect(!rules.active.contains("unused-suppression"))
    #expect(
      text(outcome.output).contains("its suppression expired after 2027-03-01") != suppresses)
    #expect(try json(outcome)["verdict"]?.string == (suppresses ? "unproven" : "blocked"))
  }

  @Test func `An entry that suppresses nothing is a finding at its place`() throws {
    try folder.write(
      Self.manifest + Self.ignoreAll
        + "  - {rule: kms-decrypt, path: policies/role.json, reason: x}\n",
      to: "lint-copy.yaml")
    let outcome = run("--output-format", "concise", "--fail-on", "warning")
    #expect(outcome.code == .findings)
    #expect(
      text(outcome.output).hasPrefix(
        "lint-copy.yaml:28:12: warning: nothing that `kms-decrypt` finds is suppressed by this entry "
          + "[unused-suppression]\n"))
    #expect(run("--ignore", "unused-suppression", "--fail-on", "warning").code == .success)
  }

  @Test func `Entries apply to documents of the command line, by path from their file`() throws {
    try folder.write(
      "version: 1\nignore:\n  - {rule: policy-syntax, path: policies/*.json, reason: x}\n"
        + "  - {rule: kms-decrypt, path: policies/other.json, reason: another copy's}\n",
      to: "lint-copy.yaml")
    try folder.write("{", to: "policies/role.json")
    let outcome = run("--role", "role.json", "--output-format", "json", in: "/policies")
    #expect(try findings(outcome).active == [])
    #expect(try findings(outcome).suppressed == ["policy-syntax"])
    #expect(outcome.code == .success)
    #expect(run("--role", "policies/role.json", "--no-config").code == .findings)
  }

  @Test(arguments: [
    ("{rule: kms-decrypt}", "lint-copy.yaml:26:5: `reason` is missing"),
    ("{rule: kms-decrypt, reason: ''}", "lint-copy.yaml:26:33: expected a text"),
    ("{rule: kms-decrypt, reason: '  '}", "lint-copy.yaml:26:33: expected a text"),
    ("{reason: x}", "lint-copy.yaml:26:5: `rule` is missing"),
    (
      "{rule: kms-decrypt, reason: x, expires: soon}",
      "lint-copy.yaml:26:45: `expires` is not a day"
    ),
    (
      "{rule: kms-decrypt, reason: x, pfad: y}",
      "lint-copy.yaml:26:36: unknown setting `pfad` of `ignore`"
    ),
    ("kms-decrypt", "lint-copy.yaml:26:5: an entry of `ignore` names a `rule` and a `reason`"),
  ])
  func `An entry without what it needs is refused at its place`(
    _ entry: String, _ message: String
  ) throws {
    try folder.write(Self.manifest + "ignore:\n  - \(entry)\n", to: "lint-copy.yaml")
    let outcome = run()
    #expect(outcome.code == .failure)
    #expect(text(outcome.errors).hasPrefix("lint-copy: \(message)\n"))
    #expect(outcome.output.isEmpty)
  }

  // MARK: - In comments

  @Test func `A comment in a template suppresses what is found there`() throws {
    let template = """
      Resources:
        Logs:
          Type: AWS::S3::Bucket
          Properties: {BucketName: acme-logs}
        Lake:
          Type: AWS::CloudTrail::EventDataStore
          Properties: {Name: lake}
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - Effect: Allow
                  <comment>
                  Principal: {Service: cloudtrail.amazonaws.com}
                  Action: sts:AssumeRole
            Policies:
              - PolicyName: copy
                PolicyDocument:
                  Version: "2012-10-17"
                  Statement: {Effect: Allow, Action: s3:GetObject, Resource: !Sub "${Logs.Arn}/*"}

      """
    func rules(_ comment: String) throws -> (active: [String], suppressed: [String]) {
      try folder.write(template.replacing("<comment>", with: comment), to: "template.yaml")
      return try findings(run("template.yaml", "--no-config", "--output-format", "json"))
    }
    #expect(try rules("# anybody").active == ["confused-deputy"])
    let suppressed = try rules("# lint-copy: ignore[confused-deputy] one account is all there is")
    #expect(suppressed.active == [])
    #expect(suppressed.suppressed == ["confused-deputy"])
  }

  @Test func `A comment in the configuration suppresses what is found there`() throws {
    try folder.write(
      Self.manifest + Self.ignoreAll + """
          # lint-copy: ignore[unused-suppression] the trust policy changes next week
          - {rule: sts-assume-role, reason: next week}

        """, to: "lint-copy.yaml")
    let rules = try findings(run("--output-format", "json"))
    #expect(rules.active == [])
    #expect(rules.suppressed.contains("unused-suppression"))
  }

  // MARK: - In a baseline

  @Test func `A baseline holds what was found, and only what is new counts after it`() throws {
    let first = run("--write-baseline", "baseline.json", "--output-format", "json")
    #expect(first.code == .success)
    #expect(try json(first)["verdict"]?.string == "unproven")
    #expect(try findings(first).active == [])
    #expect(run().code == .findings)
    let second = run("--baseline", "baseline.json", "--output-format", "json")
    #expect(second.code == .success)
    #expect(try findings(second).active == [])
    #expect(try json(second)["verdict"]?.string == "unproven")
    #expect(try json(second)["summary"]?["suppressed"]?.integer == 2)
    #expect(run("--baseline", "baseline.json", "--strict").code == .findings)
    let text = try folder.read("baseline.json")
    _ = run("--write-baseline", "baseline.json", "--baseline", "baseline.json")
    #expect(try folder.read("baseline.json") == text)
    // From another folder the same files are meant.
    #expect(run("--baseline", "../baseline.json", in: "/policies").code == .success)
    try folder.write("{", to: "policies/key.json")
    let third = run("--baseline", "baseline.json", "--output-format", "json")
    #expect(third.code == .findings)
    #expect(try findings(third).active.contains("policy-syntax"))
  }

  @Test func `Moved lines and another order of statements change nothing`() throws {
    try change("policies/role.json", #""Effect": "Allow""#, #""Effect": "allow""#)
    _ = run("--write-baseline", "baseline.json")
    let text = try folder.read("policies/role.json")
    let parts = text.split(separator: "    {\n      \"Sid\"", omittingEmptySubsequences: false)
    try #require(parts.count == 4)
    let last = String(parts[3]).replacing("    }\n  ]\n}\n", with: "    },\n")
    let reordered =
      "\n\n\(parts[0])    {\n      \"Sid\"\(last)    {\n      \"Sid\"\(parts[2])"
      + "    {\n      \"Sid\"\(parts[1])".replacing("    },\n", with: "    }\n") + "  ]\n}\n"
    try folder.write(reordered.replacing("\": ", with: "\"  :   "), to: "policies/role.json")
    let outcome = run("--baseline", "baseline.json", "--output-format", "json")
    let rules = try findings(outcome)
    #expect(rules.active == [])
    #expect(rules.suppressed.filter { $0 == "policy-grammar" }.count == 3)
    #expect(outcome.code == .success)
  }

  @Test func `What was mended is told, and gone when the baseline is written again`() throws {
    _ = run("--write-baseline", "baseline.json")
    let entries = try folder.read("baseline.json").split(separator: "\n").count
    try change("policies/bucket.json", "\"s3:GetObject\"", "\"s3:GetObject\", \"s3:ListBucket\"")
    let outcome = run("--baseline", "baseline.json", "--output-format", "json")
    #expect(try findings(outcome).active.contains("unused-suppression"))
    _ = run("--write-baseline", "baseline.json")
    #expect(try folder.read("baseline.json").split(separator: "\n").count < entries)
    #expect(
      try !findings(run("--baseline", "baseline.json", "--output-format", "json")).active
        .contains("unused-suppression"))
  }

  @Test(arguments: [
    ("", "baseline.json:1:1: the file is empty"),
    ("{\n  \"version\": 1,\n", "baseline.json:2:16: object is not closed"),
    ("[]", "baseline.json:1:1: this is no baseline"),
    ("{\"version\": 1,\n \"findings\": [\n  {}]}", "baseline.json:3:3: an entry of a baseline has"),
    (
      "{\"version\": 7,\n \"findings\": []}",
      "baseline.json:1:13: this program reads version 1 of a baseline"
    ),
  ])
  func `A broken baseline is refused at its place`(_ text: String, _ message: String) throws {
    try folder.write(text, to: "baseline.json")
    let outcome = run("--baseline", "baseline.json")
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(self.text(outcome.errors).hasPrefix("lint-copy: \(message)"), "\(outcome)")
  }

  @Test func `A baseline that is not there, or cannot be written, is refused`() throws {
    let missing = run("--baseline", "gone.json")
    #expect(missing.code == .failure)
    #expect(text(missing.errors) == "lint-copy: cannot read `gone.json`: no such file\n")
    let outcome = run("--write-baseline", "gone/baseline.json")
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(folder.names() == [".git", "lint-copy.yaml", "policies"])
  }
}
