import Evidence
import PolicyModel
import Testing

@testable import Checks

/// An entry of `ignore`, and whether it suppresses the one finding.
struct IgnoreCase: Sendable, CustomTestStringConvertible {
  var entry: String
  var suppresses: Bool

  var testDescription: String { entry }

  static let all = [
    IgnoreCase(entry: "{rule: s3-list-bucket, reason: gone}", suppresses: true),
    IgnoreCase(
      entry: "{rule: s3-list-bucket, path: policies/role.yaml, reason: gone}", suppresses: true),
    IgnoreCase(
      entry: "{rule: s3-list-bucket, path: \"policies/*.yaml\", reason: gone}", suppresses: true),
    IgnoreCase(
      entry: "{rule: s3-list-bucket, path: \"**/*.yaml\", reason: gone}", suppresses: true),
    IgnoreCase(entry: "{rule: s3-list-bucket, path: \"*.yaml\", reason: gone}", suppresses: false),
    IgnoreCase(entry: "{rule: s3-list-bucket, path: policies/, reason: gone}", suppresses: true),
    IgnoreCase(entry: "{rule: s3-list-bucket, path: other/, reason: gone}", suppresses: false),
    IgnoreCase(
      entry: "{rule: s3-list-bucket, path: policies/trust.yaml, reason: gone}", suppresses: false),
    IgnoreCase(entry: "{rule: s3-list-bucket, sid: List, reason: gone}", suppresses: true),
    IgnoreCase(
      entry: "{rule: s3-list-bucket, path: policies/role.yaml, sid: List, reason: gone}",
      suppresses: true),
    IgnoreCase(entry: "{rule: s3-list-bucket, sid: Acl, reason: gone}", suppresses: false),
    IgnoreCase(entry: "{rule: s3-list-bucket, sid: list, reason: gone}", suppresses: false),
    IgnoreCase(entry: "{rule: s3-get-bucket-acl, reason: gone}", suppresses: false),
  ]
}

@Suite struct `An entry of ignore` {
  @Test(arguments: IgnoreCase.all)
  func `It suppresses by rule, path and Sid, or is found to be of no use`(
    _ example: IgnoreCase
  ) throws {
    var copy = SuppressedCopy()
    copy.settings.suppressions.ignores = SuppressedCopy.ignores("  - \(example.entry)")
    let report = try copy.report
    #expect(report.suppressed == (example.suppresses ? ["s3-list-bucket: gone"] : []))
    #expect(
      report.findings.contains { $0.rule == "unused-suppression" } == !example.suppresses)
  }

  @Test func `A Sid goes with its statement, wherever that moves`() throws {
    let statement = """
        - Sid: List
          Effect: Allow
          Action: s3:ListBucket
          Resource: arn:aws:s3:::acme-logs/*

      """
    var copy = SuppressedCopy()
    copy.settings.suppressions.ignores = SuppressedCopy.ignores(
      "  - {rule: s3-list-bucket, sid: List, reason: gone}")
    copy.role = SuppressedCopy.replaced(copy.role, statement, "") + statement
    #expect(try copy.report.suppressed == ["s3-list-bucket: gone"])
  }

  @Test(arguments: [
    ("2025-12-31", false), ("2026-11-20", false), ("2026-11-21", true), ("2027-03-01", true),
  ])
  func `After its last day the finding is back, and says so`(
    _ expires: String, _ suppresses: Bool
  ) throws {
    for time in ["2026-11-21T00:00:00Z", "2026-11-21T23:59:59Z"] {
      var copy = SuppressedCopy()
      copy.asOf = try #require(Timestamp(iso8601: time))
      copy.settings.suppressions.ignores = SuppressedCopy.ignores(
        "  - {rule: s3-list-bucket, reason: gone soon, expires: \(expires)}")
      let report = try copy.report
      #expect(report.suppressed == (suppresses ? ["s3-list-bucket: gone soon"] : []))
      let finding = try #require(report.findings.first { $0.rule == "s3-list-bucket" })
      let note = finding.related.last
      #expect(
        (note?.message == "its suppression expired after \(expires): gone soon") == !suppresses)
      #expect(suppresses || note?.place?.source.path == "lint-copy.yaml")
      #expect(report.findings.count == 1)
      #expect(report.verdict == (suppresses ? .unproven : .blocked))
    }
  }

  @Test func `An entry with an unknown rule is found, with what was meant`() throws {
    var copy = SuppressedCopy()
    copy.settings.suppressions.ignores = SuppressedCopy.ignores(
      "  - {rule: s3-list-bukket, reason: gone}")
    let finding = try #require(try copy.report.findings.first { $0.rule == "unused-suppression" })
    #expect(finding.severity == .warning)
    #expect(finding.message == "there is no rule `s3-list-bukket`")
    #expect(finding.help == "did you mean `s3-list-bucket`?")
    #expect(
      finding.place.map { String(decoding: $0.source.text[$0.range], as: UTF8.self) }
        == "s3-list-bukket")
  }

  @Test func `Where not all copies are judged, only entries about given documents are of no use`()
    throws
  {
    var copy = SuppressedCopy()
    copy.settings.suppressions.isWhole = false
    copy.settings.suppressions.ignores = SuppressedCopy.ignores(
      """
        - {rule: kms-decrypt, reason: x}
        - {rule: kms-decrypt, path: policies/other.yaml, reason: x}
        - {rule: kms-decrypt, path: policies/*.yaml, sid: Key, reason: x}
      """)
    #expect(try copy.report.findings.filter { $0.rule == "unused-suppression" }.count == 1)
  }

  @Test func `Paths are told from the manifest's folder`() throws {
    var copy = SuppressedCopy()
    copy.path = "../policies/role.yaml"
    copy.settings.suppressions.ignorePath = { String($0.dropFirst(3)) }
    copy.settings.suppressions.ignores = SuppressedCopy.ignores(
      "  - {rule: s3-list-bucket, path: policies/role.yaml, reason: gone}")
    #expect(try copy.report.suppressed == ["s3-list-bucket: gone"])
  }

  @Test func `A comment and an entry for one finding are both of use`() throws {
    var copy = SuppressedCopy("# lint-copy: ignore[s3-list-bucket] here")
    copy.settings.suppressions.ignores = SuppressedCopy.ignores(
      "  - {rule: s3-list-bucket, reason: there}")
    let report = try copy.report
    #expect(report.suppressed == ["s3-list-bucket: here"])
    #expect(report.active == [])
  }

  @Test func `A row that several causes own is suppressed when all of them are`() throws {
    var sample = SampleCopy()
    sample.keyText = SampleCopy().keyText
    sample = sample.replacing(\.trustText, ":eventdatastore/", ":trail/")
      .replacing(
        \.trustText, #""aws:SourceAccount": "111122223333""#,
        #""aws:SourceAccount": "999988887777""#)
    let plan = try sample.plan
    func report(_ entries: String) -> Report {
      var settings = JudgeSettings(version: "test")
      settings.suppressions.ignores = SuppressedCopy.ignores(entries)
      return Report(judging: [plan], with: settings, asOf: plan.asOf, documentCount: 1)
    }
    let both =
      "  - {rule: source-arn-condition, reason: a}\n  - {rule: source-account-condition, reason: b}"
    let one = report("  - {rule: source-arn-condition, reason: a}")
    let row = try #require(one.rows(of: "sts-assume-role").first)
    #expect(row.status == .violated)
    #expect(row.causes.count == 2)
    #expect(row.suppression == nil)
    #expect(one.verdict == .blocked)
    let all = report(both)
    #expect(all.rows(of: "sts-assume-role").map { $0.suppression != nil } == [true])
    #expect(all.verdict == .unproven)
  }

  @Test func `Suppressing every finding leaves none that counts`() throws {
    for cell in statusCells {
      guard case .copy(let change) = cell.example else { continue }
      var sample = SampleCopy()
      change(&sample)
      let plan = try sample.plan
      let found = Report(
        judging: [plan], with: JudgeSettings(version: "test"), asOf: plan.asOf, documentCount: 1)
      let rules = Set(found.findings.map(\.rule))
      guard !rules.isEmpty else { continue }
      var settings = JudgeSettings(version: "test")
      settings.suppressions.ignores = SuppressedCopy.ignores(
        rules.map { "  - {rule: \($0), reason: x}" }.joined(separator: "\n"))
      let report = Report(judging: [plan], with: settings, asOf: plan.asOf, documentCount: 1)
      #expect(report.active == [], "\(cell)")
      #expect(report.findings.count == found.findings.count)
      #expect(report.verdict == (found.verdict == .ready ? .ready : .unproven), "\(cell)")
    }
  }

  /// What AWS would reject stays rejected, whoever says that it does not count.
  @Test(arguments: ["suppressed", "deselected"])
  func `An error of reading keeps a copy from being ready`(_ way: String) throws {
    var copy = SuppressedCopy().replacing("acme-logs/*", "acme-logs")
    #expect(try copy.report.verdict == .ready)
    copy.role += """
        - Sid: Other
          Effect: Allow
          Action: s3:GetObject
          Resource: arn:aws:s3:::acme-other/*
          Condition: {StringEqual: {aws:PrincipalTag/x: "1"}}

      """
    #expect(try copy.report.findings.contains { $0.rule == "unknown-condition-operator" })
    if way == "suppressed" {
      copy.settings.suppressions.ignores = SuppressedCopy.ignores(
        "  - {rule: unknown-condition-operator, reason: mistyped}")
    } else {
      copy.settings.ignored = ["unknown-condition-operator"]
    }
    let report = try copy.report
    #expect(report.findings.allSatisfy { $0.severity < .error || $0.suppression != nil })
    #expect(report.verdict == .unproven)
    #expect(
      report.rows(of: "unknown-condition-operator").map(\.status)
        == (way == "deselected" ? [.notChecked] : []))
  }
}
