import Evidence
import PolicyModel
import Testing

@testable import Checks

/// A change of a role's text, and what it does to the one finding.
struct CommentCase: Sendable, CustomTestStringConvertible {
  var name: String
  var old: String
  var new: String
  /// The reason that is given; nil where the finding counts.
  var reason: String?
  /// The other findings.
  var others: [String]

  var testDescription: String { name }

  init(
    _ name: String, at old: String = "acme-logs/*", _ new: String, gives reason: String?,
    others: [String] = []
  ) {
    self.name = name
    self.old = old
    self.new = new
    self.reason = reason
    self.others = others
  }

  private static func warning(_ text: String) -> String {
    "unused-suppression warning policies/role.yaml: \(text)"
  }

  static let all = [
    CommentCase(
      "at the end of the line",
      "acme-logs/* # lint-copy: ignore[s3-list-bucket] the old trail is gone",
      gives: "the old trail is gone"),
    CommentCase(
      "without spaces", "acme-logs/* #lint-copy:ignore[s3-list-bucket]gone", gives: "gone"),
    CommentCase(
      "among several ids",
      "acme-logs/* # lint-copy: ignore[ s3-get-object,s3-list-bucket ] gone", gives: "gone",
      others: [warning("s3-get-object")]),
    CommentCase(
      "alone above", at: "    Resource: arn:aws:s3:::acme-logs/*",
      "    # lint-copy: ignore[s3-list-bucket] gone\n    Resource: arn:aws:s3:::acme-logs/*",
      gives: "gone"),
    CommentCase(
      "alone above, with another comment between", at: "    Resource: arn:aws:s3:::acme-logs/*",
      "# lint-copy: ignore[s3-list-bucket] gone\n  # since 2024\n"
        + "    Resource: arn:aws:s3:::acme-logs/*",
      gives: "gone"),
    CommentCase(
      "alone above, with an empty line between", at: "    Resource: arn:aws:s3:::acme-logs/*",
      "    # lint-copy: ignore[s3-list-bucket] gone\n\n    Resource: arn:aws:s3:::acme-logs/*",
      gives: nil, others: [warning("s3-list-bucket")]),
    CommentCase(
      "on the line above, but not alone", at: "s3:ListBucket\n",
      "s3:ListBucket # lint-copy: ignore[s3-list-bucket] gone\n", gives: nil,
      others: [warning("s3-list-bucket")]),
    CommentCase(
      "on the line below", at: "acme-logs/*\n",
      "acme-logs/*\n    # lint-copy: ignore[s3-list-bucket] gone\n", gives: nil,
      others: [warning("s3-list-bucket")]),
    CommentCase(
      "another rule's", "acme-logs/* # lint-copy: ignore[kms-decrypt] gone", gives: nil,
      others: [warning("kms-decrypt")]),
    CommentCase(
      "a rule that does not exist", "acme-logs/* # lint-copy: ignore[s3-list-buckets] gone",
      gives: nil, others: [warning("s3-list-buckets")]),
    CommentCase(
      "no reason", "acme-logs/* # lint-copy: ignore[s3-list-bucket]  ", gives: nil,
      others: [warning("# lint-copy: ignore[s3-list-bucket]  ")]),
    CommentCase(
      "no ids", "acme-logs/* # lint-copy: ignore[] gone", gives: nil,
      others: [warning("# lint-copy: ignore[] gone")]),
    CommentCase(
      "nothing but commas", "acme-logs/* # lint-copy: ignore[ , ,] gone", gives: nil,
      others: [warning("# lint-copy: ignore[ , ,] gone")]),
    CommentCase(
      "everything", "acme-logs/* # lint-copy: ignore gone", gives: nil,
      others: [warning("# lint-copy: ignore gone")]),
    CommentCase(
      "a bracket that is not closed", "acme-logs/* # lint-copy: ignore[s3-list-bucket gone",
      gives: nil, others: [warning("# lint-copy: ignore[s3-list-bucket gone")]),
    CommentCase(
      "another word", "acme-logs/* # lint-copy: allow[s3-list-bucket] gone", gives: nil,
      others: [warning("# lint-copy: allow[s3-list-bucket] gone")]),
    CommentCase(
      "a comment about the program", "acme-logs/* # see lint-copy: ignore[s3-list-bucket] gone",
      gives: nil),
    CommentCase(
      "in quotes", at: "Resource: arn:aws:s3:::acme-logs/*",
      "Resource: \"arn:aws:s3:::acme-logs/* # lint-copy: ignore[s3-list-bucket] gone\"",
      gives: nil),
    CommentCase(
      "within a word", "acme-logs/*#lint-copy:ignore[s3-list-bucket]gone", gives: nil),
    CommentCase(
      "a reason with brackets and a #",
      "acme-logs/* # lint-copy: ignore[s3-list-bucket] see [42] # 43", gives: "see [42] # 43"),
  ]
}

@Suite struct `A comment that suppresses a finding` {
  @Test(arguments: CommentCase.all)
  func `It counts where it belongs to the finding, has ids and a reason`(
    _ example: CommentCase
  ) throws {
    let report = try SuppressedCopy().replacing(example.old, example.new).report
    #expect(report.suppressed == (example.reason.map { ["s3-list-bucket: \($0)"] } ?? []))
    let others = report.active.filter { !$0.hasPrefix("s3-list-bucket ") }
    #expect(others == example.others)
    #expect(report.active.count == others.count + (example.reason == nil ? 1 : 0))
  }

  @Test func `Its row stays, marked, and the verdict is unproven`() throws {
    let report = try SuppressedCopy("# lint-copy: ignore[s3-list-bucket] gone").report
    let row = try #require(report.rows(of: "s3-list-bucket").first)
    #expect(row.status == .violated)
    #expect(row.suppression == Suppression(kind: .inSource, reason: "gone"))
    #expect(report.verdict == .unproven)
    #expect(try SuppressedCopy().report.verdict == .blocked)
  }

  @Test(arguments: ["\r\n", "\r"])
  func `Other line ends change nothing`(_ lineEnd: String) throws {
    let copy = SuppressedCopy("# lint-copy: ignore[s3-list-bucket] gone")
      .replacing("\n", lineEnd)
    #expect(try copy.report.suppressed == ["s3-list-bucket: gone"])
    let above = SuppressedCopy()
      .replacing(
        "    Resource: arn:aws:s3:::acme-logs/*\n",
        "    # lint-copy: ignore[s3-list-bucket] gone\n    Resource: arn:aws:s3:::acme-logs/*\n"
      )
      .replacing("\n", lineEnd)
    #expect(try above.report.suppressed == ["s3-list-bucket: gone"])
  }

  @Test func `A file in UTF-16 is read alike`() throws {
    var copy = SuppressedCopy("# lint-copy: ignore[s3-list-bucket] früher 😀")
    copy.bytes = { text in
      [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    #expect(try copy.report.suppressed == ["s3-list-bucket: früher 😀"])
  }

  @Test func `JSON has no comments`() throws {
    var copy = SuppressedCopy()
    copy.path = "policies/role.json"
    copy.role = #"""
      {"Version": "2012-10-17", "Statement": [{
        "Sid": "# lint-copy: ignore[s3-list-bucket] gone", "Effect": "Allow",
        "Action": "s3:*", "Resource": "arn:aws:s3:::other"}]}
      """#
    let report = try copy.report
    #expect(report.suppressed == [])
    #expect(!report.findings.contains { $0.rule == "unused-suppression" })
  }

  @Test func `It tells what is wrong with it`() throws {
    let expected = [
      ("# lint-copy: ignore[s3-list-bukket] gone", "there is no rule `s3-list-bukket`"),
      (
        "# lint-copy: ignore[kms-decrypt] gone",
        "nothing that `kms-decrypt` finds here is suppressed"
      ),
      ("# lint-copy: ignore[kms-decrypt]", "this suppression gives no reason"),
      ("# lint-copy: ignore gone", "this suppression names no rules"),
      ("# lint-copy: hello", "this comment suppresses nothing"),
    ]
    for (comment, message) in expected {
      let report = try SuppressedCopy(comment).report
      let finding = try #require(report.findings.first { $0.rule == "unused-suppression" })
      #expect(finding.message == message)
      #expect(finding.help != nil)
    }
  }

  @Test func `A rule that is not judged leaves its suppressions alone`() throws {
    var copy = SuppressedCopy("# lint-copy: ignore[s3-list-bucket, kms-decrypt] gone")
    copy.settings.ignored = ["s3-list-bucket", "kms-decrypt"]
    #expect(try copy.report.active == [])
    copy.settings.ignored = ["unused-suppression"]
    #expect(try copy.report.active == [])
  }

  @Test func `What suppresses nothing can be suppressed as well`() throws {
    let comment = "# lint-copy: ignore[kms-decrypt, unused-suppression, s3-list-bucket] for now"
    let report = try SuppressedCopy(comment).report
    #expect(report.active == [])
    #expect(report.suppressed == ["s3-list-bucket: for now", "unused-suppression: for now"])
    let alone = try SuppressedCopy("# lint-copy: ignore[unused-suppression] for now").report
    #expect(alone.findings.map(\.rule) == ["s3-list-bucket", "unused-suppression"])
  }

  @Test func `Many comments and findings take no quadratic time`() throws {
    let comments = String(
      repeating: "# lint-copy: ignore[kms-decrypt] x\n", count: 20_000)
    let copy = SuppressedCopy().replacing("Statement:\n", comments + "Statement:\n")
    let clock = ContinuousClock()
    let time = try clock.measure {
      let report = try copy.report
      #expect(report.findings.count == 20_001)
    }
    #expect(time < .seconds(20))
  }
}
