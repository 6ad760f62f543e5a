import PolicyModel
import Testing

@testable import Evidence

@Suite("Objects") struct ObjectTests {
  static let day = CivilDate(year: 2026, month: 5, day: 1)?.dayNumber ?? 0

  @Test(arguments: [
    (
      "AWSLogs/222233334444/CloudTrail/eu-west-1/2026/05/01/222233334444_CloudTrail_eu-west-1_20260501T0010Z_Ab.json.gz",
      ObjectKind.logFile(day: day)
    ),
    (
      "logs/AWSLogs/o-abcdefghij/222233334444/CloudTrail/eu-west-1/2026/05/01/x_CloudTrail_y.json.gz",
      .logFile(day: day)
    ),
    ("CloudTrail/eu-west-1/2026/05/01/x_CloudTrail_y.json.gz", .logFile(day: day)),
    ("a/CloudTrail/eu-west-1/2026/05/01/x_CloudTrail_y.json", .uncompressedLogFile(day: day)),
    ("a/CloudTrail/eu-west-1/2026/05/01/x_CloudTrail_y.json.bz2", .uncompressedLogFile(day: day)),
    ("a/CloudTrail/eu-west-1/2026/05/01/export.csv.zip", .foreign),
    ("a/CloudTrail/eu-west-1/2026/02/30/x_CloudTrail_y.json.gz", .foreign),
    ("a/CloudTrail/eu-west-1/26/05/01/x_CloudTrail_y.json.gz", .foreign),
    ("a/CloudTrail-Digest/eu-west-1/2026/05/01/x_CloudTrail-Digest_y.json.gz", .digest),
    ("a/CloudTrail-Insight/eu-west-1/2026/05/01/x_CloudTrail-Insight_y.json.gz", .foreign),
    ("a/Config/eu-west-1/2026/5/1/ConfigHistory/x_Config_y.json.gz", .foreign),
    ("AWSLogs/222233334444/CloudTrail/", .folder), ("", .foreign), ("/", .folder), ("x", .foreign),
  ])
  func `A key tells what its object is`(_ key: String, _ kind: ObjectKind) {
    #expect(ObjectKind(Array(key.utf8)[...]) == kind)
  }

  // MARK: Inventories

  static let manifest = """
    {"sourceBucket": "acme-trail-logs", "fileFormat": "CSV", "fileSchema":
      "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, StorageClass, EncryptionStatus, IntelligentTieringAccessTier, BucketKeyStatus"}
    """

  static func row(
    _ name: String, bucket: String = "acme-trail-logs", latest: String = "true",
    deleted: String = "false", storage: String = "STANDARD", encryption: String = "SSE-KMS",
    tier: String = "", bucketKey: String = "ENABLED"
  ) -> String {
    let fields = [bucket, name, "", latest, deleted, storage, encryption, tier, bucketKey]
    return fields.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
  }

  static func log(_ day: String, ending: String = "json.gz") -> String {
    "AWSLogs/1/CloudTrail/eu-west-1/\(day)/1_CloudTrail_eu-west-1_x.\(ending)"
  }

  static func survey(_ rows: String, prefix: String = "", piece: Int = .max) throws -> ObjectSurvey
  {
    let root = try Tree.parse(Source(path: "manifest.json", manifest)).root
    let schema = try #require(InventorySchema(manifest: root))
    let scope = SurveyScope(
      bucket: "acme-trail-logs", prefix: prefix, asOf: Timestamp(seconds: 1_795_000_000))
    var reader = InventoryReader(schema, scope: scope)
    let text = Array(rows.utf8)
    var start = 0
    while start < text.count {
      let end = piece < text.count - start ? start + piece : text.count
      reader.consume(text[start..<end])
      start = end
    }
    return reader.finish()
  }

  static let rows =
    row(log("2026/05/01")) + row(log("2024/01/31"), storage: "GLACIER")
    + row(log("2025/01/01"), storage: "GLACIER_IR", bucketKey: "DISABLED")
    + row(log("2025/01/02"), storage: "INTELLIGENT_TIERING", tier: "FREQUENT")
    + row(log("2025/01/03"), storage: "INTELLIGENT_TIERING", tier: "DEEP_ARCHIVE_ACCESS")
    + row(log("2025/01/04"), storage: "INTELLIGENT_TIERING", encryption: "SSE-S3", bucketKey: "")
    + row(log("2025/01/05", ending: "json"), encryption: "SSE-C", bucketKey: "")
    + row("AWSLogs/1/CloudTrail-Digest/eu-west-1/2020/01/01/d.json.gz")
    + row("AWSLogs/1/CloudTrail/a+b%2Fc%22.zip") + row("AWSLogs/1/CloudTrail/")
    + row(log("2001/01/01"), latest: "false") + row(log("2002/01/01"), deleted: "true")
    + row(log("2003/01/01"), bucket: "other-logs")

  @Test func `An inventory is counted by its columns`() throws {
    let survey = try Self.survey(Self.rows)
    #expect(survey.count == 9)
    #expect(survey.isComplete)
    #expect(survey.logFiles == 6)
    #expect(survey.archived.count == 2)
    #expect(survey.archived.examples.map(\.number) == [2, 5])
    #expect(survey.unknownTier.examples.map(\.number) == [6])
    #expect(survey.uncompressed.examples.map(\.number) == [7])
    #expect(survey.digests.count == 1)
    #expect(survey.foreign.examples.map(\.key) == ["AWSLogs/1/CloudTrail/a b/c\".zip"])
    #expect(survey.encryption.withKey == 7)
    #expect(survey.encryption.bucketKey == 6)
    #expect(survey.encryption.ownKey == 1)
    #expect(survey.encryption.withoutKey == 1)
    #expect(survey.encryption.customer.count == 1)
    #expect(survey.oldestDay == CivilDate(year: 2024, month: 1, day: 31)?.dayNumber)
    #expect(survey.oldest?.key == Self.log("2024/01/31"))
    #expect(survey.newestDay == Self.day)
  }

  @Test(arguments: [1, 2, 3, 7, 64, 1000])
  func `Pieces of any size give the same survey`(_ piece: Int) throws {
    let whole = try Self.survey(Self.rows)
    let cut = try Self.survey(Self.rows, piece: piece)
    #expect(cut.count == whole.count)
    #expect(cut.archived == whole.archived)
    #expect(cut.foreign == whole.foreign)
    #expect(cut.encryption == whole.encryption)
    #expect(cut.oldest == whole.oldest)
  }

  @Test func `Only what lies below the prefix counts`() throws {
    let survey = try Self.survey(Self.rows, prefix: "AWSLogs/1/CloudTrail/eu-west-1/2025/")
    #expect(survey.count == 5)
    #expect(survey.foreign.count == 0)
    #expect(survey.oldestDay == CivilDate(year: 2025, month: 1, day: 1)?.dayNumber)
  }

  @Test(arguments: [
    "\"acme-trail-logs\",\"key\n", "\"acme-trail-logs\",\"k\"x,\"\"\n", "only\n",
    String(repeating: "a", count: 100_000) + "\n",
  ])
  func `A row that cannot be read makes the survey incomplete`(_ row: String) throws {
    for piece in [Int.max, 1000] {
      let survey = try Self.survey(row + Self.row(Self.log("2026/05/01")), piece: piece)
      #expect(survey.unreadable.count == 1)
      #expect(survey.count == 1)
      #expect(!survey.isComplete)
    }
  }

  @Test func `Quotes in a key are doubled, line ends may be those of Windows, the last may lack`()
    throws
  {
    let survey = try Self.survey(
      Self.row("a\"\"b").replacing("\n", with: "\r\n") + "\r\n" + Self.row("c").dropLast())
    #expect(survey.foreign.examples.map(\.key) == ["a\"b", "c"])
  }

  @Test func `Rows and their manifest make a plan, with places in the rows`() throws {
    let (rows, ranges) = marked(
      Self.row(Self.log("2026/05/01")) + Self.row("«\(Self.log("2024/01/31"))»"))
    let plan = plan(
      Given(rows, path: "data.csv"), Given(Self.manifest), Given(Scenario.bucketPolicy))
    #expect(plan.documents.map(\.name).first == "rows of an S3 Inventory")
    #expect(plan.findings.isEmpty)
    #expect(plan.facts.bucket.value == Scenario.bucket)
    #expect(plan.facts.oldestLogDate.value == Timestamp(iso8601: "2024-01-31"))
    #expect(plan.facts.oldestLogDate.place?.range == ranges[0])
    #expect(plan.facts.bucketKeys.value == .on)
    #expect(plan.facts.bucketKeys.status == .stated)
  }

  @Test func `An inventory without KMS keys says that there are none`() {
    let rows = Self.row(Self.log("2026/05/01"), encryption: "SSE-S3", bucketKey: "")
    let plan = plan(Given(rows, path: "data.csv"), Given(Self.manifest))
    #expect(plan.facts.isWithoutKeys.value == true)
    #expect(plan.facts.isWithoutKeys.status == .stated)
  }

  @Test func `Rows without their manifest are a finding`() {
    let plan = plan(Given(Self.row("x"), path: "data.csv"))
    #expect(plan.rules == ["policy-syntax"])
    #expect(plan.findings.first?.help == "give its `manifest.json` too")
  }

  @Test(arguments: ["\"{}\"", "\"a\"", "a,b", "", "\"a", "{\"a\": 1}"])
  func `Other texts are no rows`(_ text: String) {
    #expect(!InventoryReader.canRead(Array(text.utf8)[...]))
  }

  // MARK: Listings

  static func object(_ key: String, _ more: String = "") -> String {
    "{\"Key\": \"\(key)\", \"Size\": 5\(more)}"
  }

  static let listing = """
    {"Prefix": "x]}\\"", "Contents": [
      \(object(log("2026/05/01"))),
      \(object(log("2024/01/31"), ", \"StorageClass\": \"GLACIER\"")),
      \(object(
        log("2023/01/31"),
        """
        , "StorageClass": "DEEP_ARCHIVE", "RestoreStatus": {"IsRestoreInProgress": false,
        "RestoreExpiryDate": "2026-12-20T00:00:00+00:00"}
        """)),
      \(object(
        log("2023/02/01"),
        """
        , "StorageClass": "GLACIER", "RestoreStatus": {"IsRestoreInProgress": false,
        "RestoreExpiryDate": "2026-01-20T00:00:00+00:00"}
        """)),
      \(object(
        log("2023/02/02"),
        ", \"StorageClass\": \"GLACIER\", \"RestoreStatus\": {\"IsRestoreInProgress\": true}")),
      \(object("other \\\"[{"))
    ], "Tags": [{"a": ["Contents"]}]}
    """

  private func streamed(_ text: String, piece: Int) -> ObjectSurvey {
    var reader = ListingReader(
      scope: SurveyScope(bucket: nil, prefix: "", asOf: Timestamp(seconds: 1_795_000_000)))
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      reader.consume(bytes[start..<min(start + piece, bytes.count)])
    }
    return reader.finish()
  }

  @Test(arguments: [1, 5, 100_000]) func `A listing is counted alike in pieces and as a whole`(
    _ piece: Int
  ) throws {
    let whole = try #require(plan(Given(Self.listing)).surveys.first)
    let cut = streamed(Self.listing, piece: piece)
    #expect(cut.isComplete)
    for survey in [whole, cut] {
      #expect(survey.count == 6)
      #expect(survey.archived.examples.map(\.number) == [2, 4])
      #expect(survey.restoring.examples.map(\.number) == [5])
      #expect(survey.foreign.examples.map(\.key) == ["other \"[{"])
      #expect(survey.oldestDay == CivilDate(year: 2023, month: 1, day: 31)?.dayNumber)
      #expect(!survey.tellsEncryption)
    }
  }

  @Test(arguments: [
    #"{"Contents": [], "IsTruncated": true}"#, #"{"Contents": [], "NextToken": "x"}"#,
    #"{"NextContinuationToken": "x", "Contents": []}"#,
  ])
  func `A listing that was cut short is not complete`(_ text: String) throws {
    #expect(!streamed(text, piece: 3).isComplete)
    #expect(plan(Given(text)).surveys.first?.isComplete == false)
  }

  @Test(arguments: [
    "", "{", "[]", "{\"Contents\": [", "{\"Contents\": [3]}", "{\"Contents\": [{}}",
    "{\"Contents\": {}}", "{\"Other\": [{\"Key\": \"k\"}]}",
    "{\"Contents\": [{\"Key\": \"k\"}] x}",
  ])
  func `What is no listing gives a survey that is not complete`(_ text: String) {
    #expect(!streamed(text, piece: 4).isComplete)
  }

  @Test func `A listing feeds the oldest log date`() {
    let plan = plan(Given(Self.listing))
    #expect(plan.facts.oldestLogDate.value == Timestamp(iso8601: "2023-01-31"))
    #expect(plan.facts.oldestLogDate.place?.pointer == [])
    #expect(plan.findings.isEmpty)
  }

  @Test func `A survey that was counted before is part of the plan`() throws {
    let survey = try Self.survey(Self.rows)
    let plan = plan([]) { $0.surveys = [survey] }
    #expect(plan.surveys.count == 1)
    #expect(plan.facts.oldestLogDate.value == Timestamp(iso8601: "2024-01-31"))
  }

  @Test(.enabled(if: Samples.arePresent, "the samples do not lie beside the project"))
  func `The samples are counted`() throws {
    let listing = try Samples.plan(["s3api-list-objects-v2.json"])
    let survey = try #require(listing.surveys.first)
    #expect(survey.count == 10)
    #expect(survey.archived.count == 1)
    #expect(survey.unknownTier.count == 1)
    #expect(survey.uncompressed.count == 1)
    #expect(survey.digests.count == 1)
    #expect(survey.foreign.count == 2)
    #expect(listing.facts.oldestLogDate.value == Timestamp(iso8601: "2022-01-01"))
    let cut = try Samples.plan(["s3api-list-objects-v2.truncated.json"])
    #expect(cut.surveys.first?.isComplete == false)
    let inventory = try Samples.plan([
      "inventory/manifest.json", "inventory/data/939c6d46-85a9-4ba8-87bd-9db705a579ce.csv",
    ])
    #expect(inventory.findings.isEmpty)
    #expect(inventory.surveys.first?.isComplete == true)
    #expect(inventory.facts.oldestLogDate.value == Timestamp(iso8601: "2022-01-01"))
    #expect(inventory.surveys.first?.unreadable.count == 0)
  }
}
