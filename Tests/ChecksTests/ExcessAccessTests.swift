import PolicyModel
import Testing

@testable import Checks

/// A statement of the role that allows more than the copy needs, with what must be pointed at.
struct ExcessCase: Sendable, CustomTestStringConvertible {
  var about: String
  var old: String
  var new: String
  var mark: String

  var testDescription: String { about }
}

@Suite struct `What the role may do beyond the copy` {
  static let cases = [
    ExcessCase(
      about: "every action of a service", old: #"["s3:GetObject"]"#, new: #"["s3:*"]"#,
      mark: #""s3:*""#),
    ExcessCase(
      about: "another action", old: #"["s3:GetObject"]"#, new: #"["s3:GetObject", "s3:PutObject"]"#,
      mark: #""s3:PutObject""#),
    ExcessCase(
      about: "objects beside the prefix",
      old: #""arn:aws:s3:::acme-logs/AWSLogs/111122223333/CloudTrail/*""#,
      new: #""arn:aws:s3:::acme-logs/*""#, mark: #""arn:aws:s3:::acme-logs/*""#),
    ExcessCase(
      about: "other buckets", old: #""Resource": ["arn:aws:s3:::acme-logs"]"#,
      new: #""Resource": ["arn:aws:s3:::acme-*"]"#, mark: #""arn:aws:s3:::acme-*""#),
    ExcessCase(
      about: "other keys",
      old: #"["arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]"#,
      new: #"["*"]"#, mark: #""*""#),
  ]

  @Test(arguments: cases) func `Is shown at the item that allows it`(_ example: ExcessCase) throws {
    let report = try SampleCopy().replacing(\.roleText, example.old, example.new).report
    let found = report.findings.filter { $0.rule == "excess-access" }
    #expect(found.count == 1 && found.allSatisfy { $0.severity == .note })
    #expect(report.summary == ["excess-access note role.json: \(example.mark)"])
    #expect(report.verdict == .ready)
  }
}
