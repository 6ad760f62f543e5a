import Testing

@testable import Evidence

@Suite struct `Keys of objects` {
  struct Case: Sendable, CustomTestStringConvertible {
    var key: String
    var kind: KeyClass
    var testDescription: String { key }

    init(_ key: String, _ kind: KeyClass) {
      self.key = key
      self.kind = kind
    }
  }

  private static let folder = "AWSLogs/111122223333/CloudTrail/us-east-1/2024/11/21/"
  private static let stem = "111122223333_CloudTrail_us-east-1_20241121T0005Z_AbCdEfGhIjKlMnOp"
  private static let time = LogFileTime(day: 2024_11_21, minute: 0005)

  static let cases: [Case] = [
    Case(folder + stem + ".json.gz", .logFile(time)),
    Case(stem + ".json.gz", .logFile(time)),
    Case("moved/" + stem + ".gz", .logFile(time)),
    Case("logs/AWSLogs/o-exampleorgid/111122223333/x/" + stem + ".json.gz", .logFile(time)),
    Case(
      "111122223333_CloudTrail_us-gov-west-1_20240229T2359Z_a.json.gz",
      .logFile(LogFileTime(day: 2024_02_29, minute: 2359))),
    Case(folder + stem + ".json", .uncompressed(time)),
    Case(folder + stem + ".json.zip", .uncompressed(time)),
    Case(folder + stem, .uncompressed(time)),
    Case(folder + stem + ".json.gz.bak", .uncompressed(time)),
    Case(folder, .folder),
    Case("/", .folder),
    Case("", .foreign(.other, day: nil)),
    Case(folder + "export.csv.zip", .foreign(.other, day: 2024_11_21)),
    Case("2024/11/21/export.gz", .foreign(.other, day: 2024_11_21)),
    Case("12024/11/21/export.gz", .foreign(.other, day: nil)),
    Case(
      "AWSLogs/1/CloudTrail-Digest/us-east-1/2026/11/20/1_CloudTrail-Digest_us-east-1_x.json.gz",
      .foreign(.digest, day: 2026_11_20)),
    Case("p/AWSLogs/o-abc/1/CloudTrail-Insight/x.json.gz", .foreign(.insights, day: nil)),
    Case(
      "AWSLogs/1/CloudTrail-Lake/Query/2026/11/20/r.csv.gz", .foreign(.queryResult, day: 2026_11_20)
    ),
    Case("AWSLogs/1/Config/us-east-1/2026/1/2/x.json.gz", .foreign(.service, day: nil)),
    Case("AWSLogs/1/vpcflowlogs/x.log.gz", .foreign(.service, day: nil)),
    Case("AWSLogs/1/x.gz", .foreign(.other, day: nil)),
    Case("notes.txt", .foreign(.other, day: nil)),
    // Almost a log file's name.
    Case("11112222333_CloudTrail_us-east-1_20241121T0005Z_A.json.gz", .foreign(.other, day: nil)),
    Case(
      "111122223333_CloudTrail-Insight_us-east-1_20241121T0005Z_A.gz", .foreign(.other, day: nil)),
    Case("111122223333_CloudTrail__20241121T0005Z_AbCdEf.json.gz", .foreign(.other, day: nil)),
    Case("111122223333_CloudTrail_us-east-1_20241321T0005Z_A.json.gz", .foreign(.other, day: nil)),
    Case("111122223333_CloudTrail_us-east-1_20241121T2405Z_A.json.gz", .foreign(.other, day: nil)),
    Case("111122223333_CloudTrail_us-east-1_20241121T0005Z_.json.gz", .foreign(.other, day: nil)),
    Case("111122223333_CloudTrail_us-east-1_20241121T0005", .foreign(.other, day: nil)),
    Case("111122223333_CloudTrail_us-east-1_20241121T0005Z", .foreign(.other, day: nil)),
    Case("111122223333_CloudTrail_us-east-1_20241121T0005Z_", .foreign(.other, day: nil)),
  ]

  @Test(arguments: cases) func `A key says what the object is`(_ example: Case) {
    #expect(KeyClass(Array(example.key.utf8).span) == example.kind)
  }

  @Test func `No beginning of a key is read beyond its end`() {
    let key = Array((Self.folder + Self.stem + ".json.gz").utf8)
    for length in key.indices {
      if case .logFile = KeyClass(Array(key[..<length]).span) {
        Issue.record("`\(String(decoding: key[..<length], as: UTF8.self))` is no log file")
      }
    }
  }
}
