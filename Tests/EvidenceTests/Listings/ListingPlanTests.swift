import PolicyModel
import Testing

@testable import Evidence

/// The plan of a copy with listings, whose source is stated.
private func listingPlan(
  _ documents: Given..., facts: [FactName: String] = [:], prefix: String = ListingTexts.prefix
) throws -> CopyPlan {
  try plan(documents) { input in
    let stated = [FactName.source: "s3://\(Scenario.bucket)/\(prefix)"]
      .merging(facts) { _, new in new }
    for (name, text) in stated {
      input.facts.append(try StatedFact(name, text, origin: "`--\(name.rawValue)`"))
    }
  }
}

private func answer(_ keys: [String] = ["2025/03/04", "2024/03/04"], more: String = "") -> Given {
  Given(
    ListingTexts.answer(keys.map { ListingTexts.object(ListingTexts.key($0)) }, more: more))
}

@Suite struct `What listings tell of a copy` {
  @Test func `The oldest log file is known from a whole listing`() throws {
    let plan = try listingPlan(answer())
    #expect(plan.listing?.gap == nil)
    #expect(plan.listing?.logFiles == 2)
    #expect(plan.facts.oldestLogDate.value?.iso8601 == "2024-03-04T02:10:00Z")
    #expect(plan.facts.oldestLogDate.status == .stated)
    #expect(plan.facts.oldestLogDate.place?.pointer == ["/Contents/1/Key"])
    #expect(plan.documents.map(\.name) == ["the answer of `aws s3api list-objects-v2`"])
  }

  @Test func `Without a listing there is no summary`() throws {
    #expect(try listingPlan(Given(Scenario.rolePolicy)).listing == nil)
  }

  @Test func `Where the prefix is not known, the oldest log file is not either`() {
    let plan = plan(answer())
    #expect(plan.listing?.logFiles == 2)
    #expect(plan.facts.oldestLogDate.value == nil)
  }

  @Test func `A listing as YAML is read like one as JSON`() throws {
    let plan = try listingPlan(
      Given(
        """
        Contents:
        - Key: \(ListingTexts.key("2025/03/04"))
          LastModified: '2025-03-04T02:15:00+00:00'
          StorageClass: GLACIER
          RestoreStatus:
            IsRestoreInProgress: false
            RestoreExpiryDate: '2027-01-01T00:00:00+00:00'
        - Key: \(ListingTexts.key("2025/03/05"))
          StorageClass: DEEP_ARCHIVE
        RequestCharged: null
        Prefix: AWSLogs/
        """, path: "listing.yaml"))
    #expect(plan.findings.map(\.message) == [])
    #expect(plan.listing?.restored == 1)
    #expect(plan.listing?.archived.mapValues(\.count) == [.deepArchive: 1])
    #expect(plan.listing?.gap == nil)
    #expect(plan.facts.oldestLogDate.value?.iso8601 == "2025-03-04T02:10:00Z")
  }

  @Test func `Encoded keys are decoded once`() throws {
    let key = "my+logs/100%2525/" + ListingTexts.key("2025/03/04")
    let plan = try listingPlan(
      Given(ListingTexts.answer([ListingTexts.object(key)], more: #", "EncodingType": "url""#)),
      prefix: "my logs/100%25/")
    #expect(plan.listing?.logFiles == 1)
  }

  // MARK: - Gaps

  struct Gap: Sendable, CustomTestStringConvertible {
    var members: String
    var reason: String?
    var testDescription: String { members }
  }

  static let gaps: [Gap] = [
    Gap(members: #", "IsTruncated": false"#, reason: nil),
    Gap(members: #", "Name": "acme-trail-logs", "Prefix": """#, reason: nil),
    Gap(members: #", "Prefix": "AWSLogs/222233334444/CloudTrail/""#, reason: nil),
    Gap(members: #", "CommonPrefixes": []"#, reason: nil),
    Gap(members: #", "NextToken": """#, reason: nil),
    Gap(members: #", "NextToken": "abc""#, reason: "the listing was cut short after 2 objects"),
    Gap(members: #", "IsTruncated": true"#, reason: "the listing was cut short after 2 objects"),
    Gap(
      members: #", "IsTruncated": true, "NextContinuationToken": "abc""#,
      reason: "the listing was cut short after 2 objects"),
    Gap(members: #", "StartAfter": "AWSLogs/x""#, reason: "the listing begins after `AWSLogs/x`"),
    Gap(members: #", "Marker": "AWSLogs/x""#, reason: "the listing begins after `AWSLogs/x`"),
    Gap(members: #", "Marker": """#, reason: nil),
    Gap(
      members: #", "CommonPrefixes": [{"Prefix": "AWSLogs/"}]"#,
      reason: "the listing leaves out what lies in folders"),
    Gap(
      members: #", "Prefix": "AWSLogs/222233334444/CloudTrail/eu-west-1/""#,
      reason: "the listing shows only what is below `AWSLogs/222233334444/CloudTrail/eu-west-1/`"),
    Gap(
      members: #", "Name": "other-bucket""#, reason: "the listing is of the bucket `other-bucket`"),
  ]

  @Test(arguments: gaps) func `A listing that does not show all tells why`(_ gap: Gap) throws {
    let plan = try listingPlan(answer(more: gap.members))
    #expect(plan.listing?.gap == gap.reason)
    #expect((plan.facts.oldestLogDate.value == nil) == (gap.reason != nil))
  }

  @Test func `What a part of a listing shows still counts`() throws {
    let text = ListingTexts.answer(
      [ListingTexts.object(ListingTexts.key("2025/03/04"), class: "GLACIER")],
      more: #", "NextToken": "abc""#)
    #expect(try listingPlan(Given(text)).listing?.archived[.glacier]?.count == 1)
  }

  @Test func `Objects of another bucket do not count`() throws {
    let plan = try listingPlan(answer(more: #", "Name": "other-bucket""#))
    #expect(plan.listing?.objects == 0)
  }

  @Test func `Pages make a whole listing where each leads to the next`() throws {
    let first = answer(
      ["2025/03/04"], more: #", "IsTruncated": true, "NextContinuationToken": "b""#)
    let second = answer(
      ["2025/03/05"],
      more: #", "IsTruncated": true, "ContinuationToken": "b", "NextContinuationToken": "c""#)
    let third = answer(["2025/03/06"], more: #", "IsTruncated": false, "ContinuationToken": "c""#)
    let all = try #require(try listingPlan(third, first, second).listing)
    #expect(all.gap == nil)
    #expect(all.logFiles == 3)
    #expect(try listingPlan(first, third).listing?.gap != nil)
    #expect(try listingPlan(second, third).listing?.gap != nil)
    let circle = answer(
      ["2025/03/05"],
      more: #", "IsTruncated": true, "ContinuationToken": "b", "NextContinuationToken": "b""#)
    #expect(try listingPlan(first, circle).listing?.gap != nil)
  }
}

@Suite struct `What inventories tell of a copy` {
  private static let manifest = Given(ListingTexts.manifest(), path: "manifest.json")

  private static func rows(_ rows: String..., path: String = "1.csv") -> Given {
    Given(rows.joined(), path: path)
  }

  @Test func `Rows are read by the columns of the manifest, in any order of the two`() throws {
    let rows = Self.rows(
      ListingTexts.row(ListingTexts.key("2025/03/04"), class: "GLACIER"),
      ListingTexts.row(ListingTexts.key("2025/03/05")))
    for documents in [[rows, Self.manifest], [Self.manifest, rows]] {
      let plan = try listingPlan(documents[0], documents[1])
      #expect(plan.findings.isEmpty)
      let listing = try #require(plan.listing)
      #expect(listing.gap == nil)
      #expect(listing.archived[.glacier]?.count == 1)
      let place = try #require(listing.archived[.glacier]?.examples.first?.place)
      #expect(place.source.path == "1.csv")
      #expect(String(decoding: place.source.text[place.range], as: UTF8.self) == "\"GLACIER\"")
      #expect(plan.facts.oldestLogDate.value?.iso8601 == "2025-03-04T02:10:00Z")
      #expect(plan.facts.bucketKeys.value == .on)
      #expect(plan.facts.bucketKeys.status == .stated)
      #expect(plan.facts.isWithoutKeys.value == nil)
      #expect(
        Set(plan.documents.map(\.name)) == [
          "the data of an S3 Inventory", "the manifest of an S3 Inventory",
        ])
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var documents: [Given]
    var gap: String?
    var testDescription: String { name }
  }

  private static let row = ListingTexts.row(ListingTexts.key("2025/03/04"))

  static let cases: [Case] = [
    Case(
      name: "without a manifest", documents: [rows(row)],
      gap: "the rows of an inventory need its `manifest.json`"),
    Case(
      name: "the manifest alone", documents: [manifest],
      gap: "only the manifest of the inventory was given, not its rows"),
    Case(
      name: "ORC", documents: [Given(ListingTexts.manifest(format: "ORC"))],
      gap: "the inventory is in ORC, of which only CSV is read"),
    Case(
      name: "Parquet with rows all the same",
      documents: [Given(ListingTexts.manifest(format: "Parquet")), rows(row)],
      gap: "the inventory is in Parquet, of which only CSV is read"),
    Case(
      name: "another bucket",
      documents: [
        Given(ListingTexts.manifest(bucket: "other-bucket")),
        rows(ListingTexts.row("x", bucket: "other-bucket")),
      ], gap: "the inventory shows objects of another bucket"),
    Case(
      name: "one of two files",
      documents: [Given(ListingTexts.manifest(files: ["d/1.csv.gz", "d/2.csv.gz"])), rows(row)],
      gap: "of the inventory 1 of 2 files were given"),
    Case(
      name: "two of two files",
      documents: [
        Given(ListingTexts.manifest(files: ["d/1.csv.gz", "d/2.csv.gz"])), rows(row),
        rows(row, path: "elsewhere/2.csv"),
      ], gap: nil),
    Case(
      name: "all of two files under another name",
      documents: [
        Given(ListingTexts.manifest(files: ["d/1.csv.gz", "d/2.csv.gz"])),
        rows(row, path: "<stdin>"),
      ], gap: nil),
    Case(
      name: "two manifests that differ",
      documents: [
        manifest, Given(ListingTexts.manifest(bucket: "other-bucket", files: ["3.csv.gz"])),
        rows(row, path: "<stdin>"),
      ], gap: "nothing says which manifest describes the rows of the inventory"),
    Case(
      name: "two manifests, one of which names the file",
      documents: [
        Given(ListingTexts.manifest(bucket: "other-bucket", files: ["3.csv.gz"])), manifest,
        rows(row),
      ], gap: nil),
  ]

  @Test(arguments: cases) func `Rows tell all or why not`(_ example: Case) throws {
    let plan = try plan(example.documents) { input in
      input.facts.append(
        try StatedFact(
          .source, "s3://\(Scenario.bucket)/\(ListingTexts.prefix)", origin: "`--source`"))
    }
    #expect(plan.findings.isEmpty)
    #expect(plan.listing?.gap == example.gap)
    #expect((plan.facts.oldestLogDate.value != nil) == (example.gap == nil))
  }

  @Test func `A row with too few fields is a finding`() throws {
    let plan = try listingPlan(Self.manifest, Self.rows(Self.row, "\"a\",\"b\"\n"))
    #expect(plan.rules == ["policy-syntax"])
    #expect(plan.listing?.gap == "the inventory cannot be read to its end")
    #expect(plan.listing?.logFiles == 1)
  }

  @Test func `A header is passed over`() throws {
    let header = ListingTexts.schema.map { "\"\($0.lowercased())\"" }.joined(separator: ",") + "\n"
    let listing = try listingPlan(Self.manifest, Self.rows(header, Self.row)).listing
    #expect(listing?.objects == 1)
  }

  @Test func `Bucket Keys of some objects only are mixed`() throws {
    let plan = try listingPlan(
      Self.manifest,
      Self.rows(
        Self.row, ListingTexts.row(ListingTexts.key("2025/03/05"), bucketKey: "DISABLED"),
        ListingTexts.row(
          ListingTexts.key("2025/03/06"), encryption: "SSE-S3", bucketKey: "DISABLED")))
    #expect(plan.facts.bucketKeys.value == .mixed)
    #expect(plan.listing?.encryption?.withoutKey == 1)
  }

  @Test func `What is stated of Bucket Keys wins`() throws {
    let plan = try listingPlan(Self.manifest, Self.rows(Self.row), facts: [.bucketKeys: "off"])
    #expect(plan.facts.bucketKeys.value == .off)
  }

  @Test func `Objects that all are without a key need none`() throws {
    let rows = Self.rows(ListingTexts.row(ListingTexts.key("2025/03/04"), encryption: "SSE-S3"))
    let plan = try listingPlan(Self.manifest, rows)
    #expect(plan.facts.isWithoutKeys.value == true)
    let named = try listingPlan(Self.manifest, rows, facts: [.keyARN: Scenario.key])
    #expect(named.facts.isWithoutKeys.value == nil)
    #expect(named.findings.isEmpty)
  }

  @Test func `A listing shows restored copies, an inventory tiers and encryption`() throws {
    let restored =
      #", "RestoreStatus": {"IsRestoreInProgress": false, "RestoreExpiryDate": "2027-01-01"}"#
    let keys = ["2025/03/04", "2025/03/05"].map { ListingTexts.key($0) }
    let listing = Given(
      ListingTexts.answer([
        ListingTexts.object(keys[0], class: "GLACIER", more: restored),
        ListingTexts.object(keys[1], class: "INTELLIGENT_TIERING"),
      ]))
    let rows = Self.rows(
      ListingTexts.row(keys[0], class: "GLACIER"),
      ListingTexts.row(keys[1], class: "INTELLIGENT_TIERING", tier: "ARCHIVE_ACCESS"))
    let both = try #require(try listingPlan(listing, Self.manifest, rows).listing)
    #expect(both.restored == 1)
    #expect(both.archived.mapValues(\.count) == [.tier: 1])
    #expect(both.unknownTier.count == 0)
    #expect(both.bucketKeys == .on)
    #expect(both.gap == nil)
  }
}

@Suite(.enabled(if: Samples.arePresent, "the samples do not lie beside the project"))
struct `Sample listings` {
  private static let bucket = "aws-cloudtrail-logs-111122223333-612ff1f6"
  private static let rows = "inventory/data/939c6d46-85a9-4ba8-87bd-9db705a579ce.csv"

  private static func listing(_ names: [String]) throws -> ListingSummary? {
    try Samples.plan(names) { input in
      input.facts.append(
        try StatedFact(
          .source, "s3://\(bucket)/AWSLogs/111122223333/CloudTrail/", origin: "`--source`"))
    }.listing
  }

  @Test func `The listing shows what its description says`() throws {
    let listing = try #require(try Self.listing(["s3api-list-objects-v2.json"]))
    #expect(listing.gap == nil)
    #expect(listing.objects == 11)
    #expect(listing.logFiles == 6)
    #expect(listing.archived.mapValues(\.count) == [.glacier: 1])
    #expect(listing.restored == 1)
    #expect(listing.unknownTier.count == 1)
    #expect(listing.uncompressed.count == 1)
    #expect(listing.foreign.examples.map(\.key.utf8.count) == [67])
    #expect(listing.oldest?.moment.iso8601 == "2022-01-01T00:00:00Z")
  }

  @Test func `The inventory shows the same objects, their tiers and encryption`() throws {
    let listing = try #require(try Self.listing(["inventory/manifest.json", Self.rows]))
    #expect(listing.gap == nil)
    #expect(listing.objects == 11)
    #expect(listing.logFiles == 6)
    #expect(listing.archived.mapValues(\.count) == [.glacier: 1, .deepArchive: 1, .tier: 1])
    #expect(listing.bucketKeys == .mixed)
    #expect(listing.encryption?.withKey == 6)
  }

  @Test func `A page that was cut short is no whole listing`() throws {
    let listing = try #require(try Self.listing(["s3api-list-objects-v2.truncated.json"]))
    #expect(listing.gap == "the listing was cut short after 2 objects")
  }
}
