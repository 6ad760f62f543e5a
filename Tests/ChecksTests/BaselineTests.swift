import Evidence
import PolicyModel
import Testing

@testable import Checks

@Suite struct `A baseline` {
  /// The baseline of a run, read back from its file.
  private static func baseline(of copy: SuppressedCopy) throws -> Baseline {
    var copy = copy
    copy.settings.suppressions.makesBaseline = true
    let entries = try copy.report.newBaseline
    return try Baseline(
      reading: Source(path: "baseline.json", text: Baseline.text(of: entries)))
  }

  private static var broken: SuppressedCopy {
    SuppressedCopy().replacing("[kms:GenerateDataKey, kms:Decrypt]", "kms:GenerateDataKey")
  }

  @Test func `The run that writes it counts no finding`() throws {
    var copy = Self.broken
    copy.settings.suppressions.makesBaseline = true
    let report = try copy.report
    #expect(report.findings.count > 1)
    #expect(report.active == [])
    #expect(report.newBaseline.count == report.findings.count)
    #expect(report.verdict == .unproven)
  }

  @Test func `With it known findings do not count, and a new one does`() throws {
    var copy = Self.broken
    copy.settings.suppressions.baseline = try Self.baseline(of: copy)
    #expect(try copy.report.active == [])
    #expect(try copy.report.verdict == .unproven)
    #expect(try copy.report.findings.allSatisfy { $0.suppression?.kind == .baseline })
    let worse = copy.replacing(
      "Resource: arn:aws:s3:::acme-logs/AWSLogs/", "Resource: arn:aws:s3:::acme-logs/Other/")
    let report = try worse.report
    #expect(report.findings.filter { $0.suppression == nil }.map(\.rule) == ["s3-get-object"])
    #expect(report.verdict == .blocked)
  }

  @Test func `Lines that move change nothing`() throws {
    var copy = Self.broken
    copy.settings.suppressions.baseline = try Self.baseline(of: copy)
    let moved = copy.replacing("Statement:\n", "# a\n\n# b\nStatement:\n")
    #expect(try moved.report.active == [])
  }

  @Test func `Another text, Sid, path or copy is another finding`() throws {
    var copy = SuppressedCopy()
    copy.settings.suppressions.baseline = try Self.baseline(of: copy)
    #expect(try copy.report.active == [])
    var renamed = copy
    renamed.path = "policies/other.yaml"
    var named = copy
    named.name = "another"
    let changed = [
      copy.replacing("acme-logs/*", "acme-logs/**"), copy.replacing("Sid: List", "Sid: Lists"),
      renamed, named,
    ]
    for copy in changed {
      let report = try copy.report
      #expect(report.findings.first { $0.rule == "s3-list-bucket" }?.suppression == nil)
      #expect(report.verdict == .blocked)
    }
  }

  @Test func `An entry that nothing is found for is told at its place`() throws {
    var copy = Self.broken
    copy.settings.suppressions.baseline = try Self.baseline(of: copy)
    let mended = copy.replacing("acme-logs/*", "acme-logs")
    let report = try mended.report
    let stale = report.findings.filter { $0.suppression == nil }
    #expect(stale.map(\.rule) == ["unused-suppression"])
    #expect(stale.first?.message == "`s3-list-bucket` no longer finds this")
    #expect(stale.first?.place?.source.path == "baseline.json")
    var partial = mended
    partial.settings.suppressions.isWhole = false
    #expect(try partial.report.active.count == 1)
    partial.path = "policies/other.yaml"
    #expect(
      try !partial.report.findings.contains { $0.rule == "unused-suppression" },
      "nobody gave the documents it is about")
  }

  @Test func `What a comment or an entry suppresses is no part of it`() throws {
    let copy = SuppressedCopy("# lint-copy: ignore[s3-list-bucket] gone")
    #expect(try Self.baseline(of: copy).entries.isEmpty)
  }

  @Test func `It is the same text whatever the order of its entries`() throws {
    var copy = Self.broken
    copy.settings.suppressions.makesBaseline = true
    let entries = try copy.report.newBaseline
    let text = Baseline.text(of: entries)
    #expect(text == Baseline.text(of: entries.reversed() + entries))
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    #expect(lines.count > 10)
    #expect(text.last == UInt8(ascii: "\n"))
    let back = try Baseline(reading: Source(path: "b.json", text: text))
    #expect(Set(back.entries.map(\.entry)) == Set(entries))
    #expect(back.entries.contains { $0.entry.sid == "List" })
  }

  @Test(arguments: [
    ("", "the document is empty"), ("{}", "this is no baseline"),
    ("{\"findings\": []}", "this program reads version 1 of a baseline"),
    ("{\"version\": 2, \"findings\": []}", "this program reads version 1 of a baseline"),
    (
      "{\"version\": 1, \"findings\": [{\"rule\": \"x\"}]}",
      "an entry of a baseline has a `rule` and a `fingerprint`"
    ),
    (
      "{\"version\": 1, \"findings\": [3]}",
      "an entry of a baseline has a `rule` and a `fingerprint`"
    ),
  ])
  func `A file that is none is told`(_ text: String, _ message: String) {
    #expect { try Baseline(reading: Source(path: "b.json", text)) } throws: { error in
      (error as? Baseline.Problem)?.message == message
    }
  }
}
