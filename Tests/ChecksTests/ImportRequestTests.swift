import Evidence
import PolicyModel
import Testing

@testable import Checks

/// One input of `start-import`, with what is wrong with it marked.
struct ImportRequestCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// The input; `«…»` marks the places of the findings.
  var text: String
  var status: Requirement.Status
  /// The messages in the order of their places.
  var says: [String]

  init(
    _ testDescription: String, _ text: String, _ status: Requirement.Status = .violated,
    says: String...
  ) {
    self.testDescription = testDescription
    self.text = text
    self.status = status
    self.says = says
  }

  private static let store = "\"\(SampleCopy.store)\""
  private static let source = #""s3://acme-logs/AWSLogs/111122223333/CloudTrail/""#
  private static let role = "\"\(SampleCopy.role)\""
  private static let start = #""2025-01-01T00:00:00Z""#
  private static let end = #""2026-11-01T00:00:00Z""#

  /// A whole input.
  private static func input(
    head: String = "", destinations: String = "[\(store)]", source: String = source,
    region: String = #""us-east-1""#, role: String = role, s3: String = "{", start: String = start,
    end: String = end
  ) -> String {
    """
    {\(head)
      "Destinations": \(destinations),
      "ImportSource": {
        "S3": \(s3)
          "S3LocationUri": \(source),
          "S3BucketRegion": \(region),
          "S3BucketAccessRoleArn": \(role)
        }
      },
      "StartEventTime": \(start),
      "EndEventTime": \(end)
    }
    """
  }

  static let all = [
    ImportRequestCase("a whole request", input(), .proven),
    ImportRequestCase(
      "a retry", #"{"ImportId": "11111111-2222-3333-4444-555555555555"}"#, .proven),
    ImportRequestCase(
      "a retry in capitals", #"{"ImportId": «"ABCDEF11-2222-3333-4444-555555555555"»}"#,
      says: "`ABCDEF11-2222-3333-4444-555555555555` is no id of an import"),
    ImportRequestCase(
      "a retry with more",
      #"{"ImportId": "11111111-2222-3333-4444-555555555555", «"StartEventTime"»: "2026-01-01"}"#,
      .open,
      says:
        "whether a retry takes `StartEventTime` is open: it is documented with `ImportId` alone"),
    ImportRequestCase(
      "a skeleton",
      """
      {
        "Destinations": [«""»],
        "ImportSource": {
          "S3": {"S3LocationUri": "", "S3BucketRegion": "", "S3BucketAccessRoleArn": ""}
        },
        "StartEventTime": "1970-01-01T00:00:00", "EndEventTime": "1970-01-01T00:00:00",
        "ImportId": ""
      }
      """,
      says:
        "`Destinations`, `S3LocationUri`, `S3BucketRegion`, `S3BucketAccessRoleArn` and `ImportId` are empty"
    ),
    ImportRequestCase(
      "an id left empty", input(head: #""ImportId": «""»,"#), says: "`ImportId` is empty"),
    ImportRequestCase(
      "a parameter that there is not", input(head: #"«"StartTime"»: "2026-01-01","#),
      says: "StartImport has no parameter `StartTime`"),
    ImportRequestCase(
      "no destination", input(destinations: "«[]»"), says: "the request names no destination"),
    ImportRequestCase(
      "two destinations", input(destinations: "«[\(store), \(store)]»"),
      says: "an import has one destination"),
    ImportRequestCase(
      "a destination outside a list", input(destinations: "«\(store)»"),
      says: "`Destinations` is a list"),
    ImportRequestCase(
      "the id of the store", input(destinations: #"["ee54f265-8e2c-4b0b-9c3a"]"#), .proven),
    ImportRequestCase(
      "a trail", input(destinations: #"[«"arn:aws:cloudtrail:us-east-1:111122223333:trail/all"»]"#),
      says:
        "destination `arn:aws:cloudtrail:us-east-1:111122223333:trail/all` is no event data store"),
    ImportRequestCase(
      "the store of another account",
      input(
        destinations:
          #"[«"arn:aws:cloudtrail:us-east-1:777788889999:eventdatastore/EXAMPLE1-4357"»]"#
      ),
      says:
        "the event data store is of account `777788889999`, but account `111122223333` starts the import"
    ),
    ImportRequestCase(
      "a Region that the guide does not list",
      input(
        destinations:
          #"[«"arn:aws:cloudtrail:mx-central-1:111122223333:eventdatastore/EXAMPLE1-4357"»]"#),
      .open,
      says:
        "whether CloudTrail Lake is in Region `mx-central-1` is open: the guide does not list it"
    ),
    ImportRequestCase(
      "no source", "{\"Destinations\": [\(store)], \"ImportSource\": «{»}}",
      says: "the request names no source"),
    ImportRequestCase(
      "no role",
      "{\"Destinations\": [\(store)], \"ImportSource\": {\"S3\": «{»"
        + "\"S3LocationUri\": \(source), \"S3BucketRegion\": \"us-east-1\"}}}",
      says: "the source has no `S3BucketAccessRoleArn`"),
    ImportRequestCase(
      "an address", input(source: #"«"https://acme-logs.s3.amazonaws.com/AWSLogs/"»"#),
      says:
        "source `https://acme-logs.s3.amazonaws.com/AWSLogs/` is the address of a web page, not an S3 location"
    ),
    ImportRequestCase(
      "a Region that is none", input(region: #"«"us-east1"»"#), says: "`us-east1` is no Region"),
    ImportRequestCase(
      "another Region", input(region: #"«"eu-west-1"»"#),
      says: "the source bucket is not in Region `eu-west-1`"),
    ImportRequestCase(
      "the name of a role", input(role: #"«"CopyEvents"»"#),
      says: "`CopyEvents` is no ARN of a role"),
    ImportRequestCase(
      "a session", input(role: #"«"arn:aws:sts::111122223333:assumed-role/CopyEvents/me"»"#),
      says: "`arn:aws:sts::111122223333:assumed-role/CopyEvents/me` is no ARN of a role"),
    ImportRequestCase(
      "a range that ends before it begins", input(end: #"«"2024-01-01T00:00:00Z"»"#),
      says: "the time range ends before it begins"),
    ImportRequestCase(
      "a range that ends where it begins", input(end: "«\(start)»"),
      says: "the time range ends where it begins"),
    ImportRequestCase(
      "a range that begins in the future",
      input(start: #"«"2027-01-01T00:00:00Z"»"#, end: #""2028-01-01T00:00:00Z""#),
      says: "the time range begins in the future"),
    ImportRequestCase(
      "a range that ends in the future", input(end: #"«"2027-01-01T00:00:00Z"»"#),
      says: "the time range ends in the future"),
    ImportRequestCase(
      "a time that is none", input(end: #"«"yesterday"»"#), says: "`yesterday` is no time"),
    ImportRequestCase("seconds since 1970", input(end: "1793491200"), .proven),
  ]
}

@Suite struct `The input of start-import` {
  @Test(arguments: ImportRequestCase.all)
  func `A mistake is told at its place`(_ example: ImportRequestCase) throws {
    let marked = try #require(MarkedText(example.text))
    var input = CopyInput(name: "test", asOf: try #require(Timestamp(iso8601: "2026-11-21")))
    input.documents = [Document(Source(path: "start-import.json", marked.text), as: .anything)]
    input.facts = [
      try StatedFact(.bucketRegion, "us-east-1", origin: "`--bucket-region`"),
      try StatedFact(.callerAccount, "111122223333", origin: "`--caller-account`"),
    ]
    let plan = CopyPlan(assembling: input)
    let report = Report(
      judging: [plan], with: JudgeSettings(selected: ["import-request"], version: "0"),
      asOf: plan.asOf, documentCount: 1)
    #expect(report.findings.map(\.message) == example.says)
    #expect(report.findings.map { $0.place?.range } == marked.marks.map { $0 })
    #expect(report.rows(of: "import-request").map(\.status) == [example.status])
    #expect(
      report.findings.allSatisfy {
        $0.severity == (example.status == .open ? .warning : .error) && $0.help != nil
      })
  }

  @Test(
    arguments: [
      ("s3://acme-logs/AWSLogs/", nil), ("s3://acme-logs", nil), ("s3://a.b-c.d1/", nil),
      ("s3:///AWSLogs/", "`s3://bucket/prefix/`"),
      ("acme-logs/AWSLogs/", "`s3://acme-logs/AWSLogs/`"),
      ("S3://acme-logs/AWSLogs/", "`s3://acme-logs/AWSLogs/`"),
      ("s3:/acme-logs/AWSLogs/", "`s3://acme-logs/AWSLogs/`"),
      ("arn:aws:s3:::acme-logs/AWSLogs/*", "`s3://acme-logs/AWSLogs/`"),
      ("arn:aws:s3:us-east-1:111122223333:accesspoint/logs", "an access point cannot stand for it"),
      ("https://acme-logs.s3.eu-west-1.amazonaws.com/AWSLogs/", "`s3://acme-logs/AWSLogs/`"),
      ("https://s3.amazonaws.com/acme-logs/AWSLogs/", "`s3://acme-logs/AWSLogs/`"),
      ("https://s3-eu-west-1.amazonaws.com/acme-logs/", "`s3://acme-logs/`"),
      ("https://example.com/logs/", "`s3://bucket/prefix/`"),
    ] as [(String, String?)])
  func `A source that is no S3 location is told what to write`(text: String, help: String?) {
    let problem = SourceLocation(text: text).problem
    #expect((problem == nil) == (help == nil))
    if let help { #expect(problem?.help.contains(help) == true, "\(problem?.help ?? "")") }
  }

  @Test(
    arguments: [
      ("ab", "names have 3 to 63 characters"), ("Acme-logs", "names have no capitals"),
      ("acme_logs", "names have no `_`"), ("-acme", "names begin and end with a letter or digit"),
      ("acme-", "names begin and end with a letter or digit"),
      ("acme..logs", "names have no `..`"), ("acme.-logs", "names have no `.-`"),
      ("192.168.5.4", "names do not look like an IP address"), ("acme-logs.2026", nil),
    ] as [(String, String?)])
  func `A bucket's name follows the rules of S3`(name: String, problem: String?) {
    #expect(BucketName.problem(name) == problem)
  }
}
