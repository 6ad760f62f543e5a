import Evidence
import PolicyModel
import Testing

@testable import Checks

@Suite struct `The guide's own policies` {
  @Test(arguments: ["111122223333", "444455556666"])
  func `Are ready in one account and across accounts`(owner: String) throws {
    let report = try SampleCopy(owner: owner).report
    #expect(report.verdict == .ready)
    #expect(report.summary == [])
    for row in report.copies[0].requirements {
      #expect(row.status == .proven || row.status == .notApplicable, "\(row.rule): \(row.reason)")
    }
  }

  @Test(arguments: ["111122223333", "444455556666"])
  func `Are blocked by their encryption context once S3 Bucket Keys are on`(owner: String) throws {
    var copy = SampleCopy(owner: owner)
    copy.bucketKeys = .on
    let report = try copy.report
    #expect(report.verdict == .blocked)
    #expect(report.summary == ["bucket-key-context error key.json: \"arn:aws:s3:::acme-logs/*\""])
    #expect(report.rows(of: "kms-decrypt").map(\.causes) == [["bucket-key-context"]])
  }

  @Test func `Are blocked by the spelling of 2023, each place once`() throws {
    var copy = SampleCopy()
    copy.roleText = copy.roleText.split(separator: "eventdatastore/").joined(
      separator: "eventdataStore/")
    copy.trustText = copy.trustText.split(separator: "eventdatastore/").joined(
      separator: "eventdataStore/")
    copy.keyText = copy.keyText.split(separator: "eventdatastore/").joined(
      separator: "eventdataStore/")
    copy.bucketText = nil
    let report = try copy.report
    #expect(report.verdict == .blocked)
    #expect(
      report.summary == [
        "event-data-store-arn-case error key.json: eventdataStore",
        "event-data-store-arn-case error role.json: eventdataStore",
        "event-data-store-arn-case error role.json: eventdataStore",
        "event-data-store-arn-case error trust.json: eventdataStore",
      ])
    #expect(report.statuses(of: "source-arn-condition") == [.violated])
  }
}
