import Foundation
import PolicyModel
import Testing

@testable import Evidence

@Suite struct `Listings in pieces` {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var format: ListingFormat
    var text: String
    var testDescription: String { name }

    /// Reads the text in pieces that end at these offsets.
    func reading(_ cuts: [Int] = []) throws -> ListingReading {
      let bytes = Array(text.utf8)
      var reader: ListingReader
      switch format {
      case .objects: reader = ListingReader(objectsIn: "listing", scope: ListingTexts.scope)
      case .inventory:
        reader = ListingReader(
          rowsIn: "listing", whole: nil, columns: try #require(ListingTexts.columns), manifest: 0,
          scope: ListingTexts.scope)
      }
      var start = 0
      for end in cuts + [bytes.count] {
        reader.feed(bytes[start..<end])
        start = end
      }
      return reader.finished()
    }
  }

  /// Every offset is a cut in the full tests; in the others, all of them are cuts at once.
  private static let step =
    ProcessInfo.processInfo.environment["LINT_COPY_FULL_TESTS"] == nil ? 17 : 1

  private static let objects = [
    ListingTexts.object("AWSLogs/222233334444/CloudTrail/", class: "STANDARD"),
    ListingTexts.object(ListingTexts.key("2025/03/05")),
    ListingTexts.object(ListingTexts.key("2025/03/04"), class: "GLACIER"),
    ListingTexts.object(ListingTexts.key("2025/03/06"), class: "GLACIER_IR"),
    ListingTexts.object(ListingTexts.key("2025/03/07"), class: "INTELLIGENT_TIERING"),
    ListingTexts.object(
      ListingTexts.key("2025/03/08"), class: "DEEP_ARCHIVE",
      more: ", \"RestoreStatus\": {\"IsRestoreInProgress\": false, "
        + "\"RestoreExpiryDate\": \"2027-01-01T00:00:00+00:00\"}"),
    ListingTexts.object(
      ListingTexts.key("2025/03/09"), class: "DEEP_ARCHIVE",
      more: ", \"RestoreStatus\": {\"IsRestoreInProgress\": true}, \"Owner\": {\"ID\": [1, -2.5e3]}"
    ),
    ListingTexts.object(ListingTexts.key("2025/03/10", ending: ".json")),
    ListingTexts.object(ListingTexts.prefix + "caf\\u00e9 \\\"ü\\\" \\ud83d\\ude00.txt"),
    ListingTexts.object("AWSLogs/222233334444/Config/x.gz"),
    ListingTexts.object("o-x/" + ListingTexts.key("2025/03/11")),
    ListingTexts.object(ListingTexts.key("2025/03/12"), class: nil),
  ]

  static let cases: [Case] = [
    Case(
      name: "an answer", format: .objects,
      text: ListingTexts.answer(
        objects, more: ",\n  \"RequestCharged\": null, \"Prefix\": \"AWSLogs/\"")),
    Case(
      name: "an answer on one line, other members first", format: .objects,
      text:
        #"{"IsTruncated":true,"CommonPrefixes":[{"Prefix":"é/"},{"Prefix":"b/"}],"MaxKeys":2,"Contents":["#
        + objects.joined(separator: ",") + #"],"Other":[[],[1],{}],"NextToken":"a\/b"}"#),
    Case(
      name: "objects alone", format: .objects,
      text: "[" + objects.joined(separator: "\r\n , ") + "]"),
    Case(name: "nothing", format: .objects, text: #"{"Contents": [ ]}"#),
    Case(
      name: "with a byte order mark", format: .objects,
      text: "\u{FEFF}" + ListingTexts.answer(objects)),
    Case(
      name: "an inventory", format: .inventory,
      text: ListingTexts.row(ListingTexts.key("2025/03/05"))
        + ListingTexts.row(ListingTexts.key("2025/03/04"), class: "GLACIER", bucketKey: "DISABLED")
        + ListingTexts.row(
          ListingTexts.key("2025/03/06"), class: "INTELLIGENT_TIERING", tier: "ARCHIVE_ACCESS")
        + ListingTexts.row(
          ListingTexts.key("2025/03/06"), class: "INTELLIGENT_TIERING", tier: "FREQUENT")
        + ListingTexts.row(ListingTexts.key("2025/03/06"), class: "INTELLIGENT_TIERING")
        + ListingTexts.row(ListingTexts.key("2020/03/06"), isLatest: false)
        + ListingTexts.row(ListingTexts.key("2020/03/06"), isDeleteMarker: true)
        + ListingTexts.row(ListingTexts.key("2020/03/06"), bucket: "other-bucket")
        + ListingTexts.row(
          "AWSLogs/222233334444/CloudTrail/a+b%25%C3%A9\"\".txt", encryption: "SSE-S3")
        + ListingTexts.row(ListingTexts.prefix + "two\nlines", encryption: "NOT-SSE")
        + ListingTexts.row(ListingTexts.key("2025/03/13", ending: ".zip")).dropLast()),
    Case(
      name: "rows with CR LF and empty lines", format: .inventory,
      text: ListingTexts.row(ListingTexts.key("2025/03/05")).dropLast() + "\r\n\r\n"
        + ListingTexts.row(ListingTexts.key("2025/03/04"), class: "OUTPOSTS").dropLast() + "\r\n"),
  ]

  @Test(arguments: cases) func `Cut at every offset, a listing says the same`(_ example: Case)
    throws
  {
    let whole = try example.reading()
    #expect(whole.failure == nil)
    let lines = whole.summary.lines
    for cut in stride(from: 0, through: example.text.utf8.count, by: Self.step) {
      #expect(try example.reading([cut]).summary.lines == lines, "cut at \(cut)")
    }
    let everywhere = try example.reading(Array(0...example.text.utf8.count))
    #expect(everywhere.summary.lines == lines)
    #expect("\(everywhere.header)" == "\(whole.header)")
  }

  @Test(arguments: cases.filter { $0.format == .objects })
  func `In pieces and as a tree, an answer says the same`(_ example: Case) throws {
    let text = Array(example.text.utf8)
    let source = try Source.decoding(text, path: "listing")
    let tree = ListingReading(answer: try Tree.parse(source).root, ListingTexts.scope)
    let streamed = try example.reading()
    #expect(tree.summary.lines == streamed.summary.lines)
    #expect("\(tree.header)" == "\(streamed.header)")
  }

  @Test func `Each object is counted as what it is`() throws {
    let summary = try Self.cases[0].reading().summary
    #expect(summary.objects == 12)
    #expect(summary.logFiles == 7)
    #expect(summary.archived.mapValues(\.count) == [.glacier: 1, .deepArchive: 1])
    #expect(summary.archived[.glacier]?.examples.map(\.key) == [ListingTexts.key("2025/03/04")])
    #expect(summary.restored == 1)
    #expect(summary.restoredUntil?.iso8601 == "2027-01-01T00:00:00Z")
    #expect(summary.unknownTier.count == 1)
    #expect(summary.unknownClass == 1)
    #expect(
      summary.uncompressed.examples.map(\.key) == [ListingTexts.key("2025/03/10", ending: ".json")])
    #expect(summary.foreign.examples.map(\.key) == [ListingTexts.prefix + "café \"ü\" 😀.txt"])
    #expect(summary.elsewhere.count == 1)
    #expect(summary.elsewhereFolders == [.init(prefix: "o-x/" + ListingTexts.prefix, count: 1)])
    #expect(summary.oldest?.moment.iso8601 == "2025-03-04T02:10:00Z")
    #expect(summary.newest?.iso8601 == "2025-03-12T02:10:00Z")
    #expect(summary.encryption == nil)
  }

  @Test func `Each row is counted as what it is`() throws {
    let reading = try Self.cases[5].reading()
    let summary = reading.summary
    #expect(reading.foreignRows == 1)
    #expect(summary.objects == 8)
    #expect(summary.logFiles == 5)
    #expect(summary.archived.mapValues(\.count) == [.glacier: 1, .tier: 1])
    #expect(summary.archived[.tier]?.examples.map(\.detail) == ["ARCHIVE_ACCESS"])
    #expect(summary.unknownTier.count == 1)
    #expect(summary.uncompressed.count == 1)
    #expect(
      summary.foreign.examples.map(\.key) == [
        ListingTexts.prefix + "a b%é\"\".txt", ListingTexts.prefix + "two\nlines",
      ])
    #expect(summary.bucketKeys == .mixed)
    #expect(summary.encryption?.withKey == 5)
    #expect(summary.oldest?.moment.iso8601 == "2025-03-04T02:10:00Z")
  }

  @Test func `Of many objects of a kind the first few are kept`() throws {
    let keys = (10...28).map { ListingTexts.key("2025/03/\($0)") }
    let text = ListingTexts.answer(keys.map { ListingTexts.object($0, class: "GLACIER") })
    let group = try #require(
      try Case(name: "", format: .objects, text: text).reading().summary.archived[.glacier])
    #expect(group.count == 19)
    #expect(group.examples.map(\.key) == Array(keys.prefix(3)))
  }

  @Test func `Objects of other days than the range are not counted`() throws {
    let scope = ListingScope(
      bucket: nil, prefix: ListingTexts.prefix,
      startTime: Timestamp(iso8601: "2025-03-05T12:00:00Z"),
      endTime: Timestamp(iso8601: "2025-03-06T00:00:00Z"), asOf: ListingTexts.scope.asOf)
    let days = ["03/03", "03/04", "03/05", "03/06", "03/07", "03/08"]
    let objects =
      days.map { ListingTexts.object(ListingTexts.key("2025/" + $0), class: "GLACIER") }
      + days.map { ListingTexts.object(ListingTexts.prefix + "x/2025/\($0)/notes.txt") }
      + [ListingTexts.object(ListingTexts.prefix + "notes.txt")]
    var reader = ListingReader(objectsIn: "", scope: scope)
    reader.feed(Array(ListingTexts.answer(objects).utf8)[...])
    let summary = reader.finished().summary
    #expect(summary.objects == 13)
    // A day wider on both sides.
    #expect(summary.logFiles == 4)
    #expect(summary.archived[.glacier]?.count == 4)
    #expect(summary.foreign.count == 4)
    #expect(summary.oldest?.moment.iso8601 == "2025-03-04T02:10:00Z")
  }
}

@Suite struct `Listings that are not what they should be` {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String
    var format = ListingFormat.objects
    var testDescription: String { message }
  }

  static let cases: [Case] = [
    Case(text: #"{"Contents": [{"Key": "a"}«»"#, message: "the listing ends too early"),
    Case(text: #"{"Contents": [«»{"Key": "a"#, message: "the listing ends too early"),
    Case(
      text: #"{"Contents": [{"Key": "a"} «{»"Key": "b"}]}"#,
      message: "expected `,` or `]` after this value"),
    Case(
      text: #"{"Contents": [{"Key": "a" «"»Size": 1}]}"#,
      message: "expected `,` or `}` after this value"),
    Case(text: #"{"Contents": [{"Key" «"»a"}]}"#, message: "expected `:` after the name"),
    Case(text: #"{"Contents": [{«K»ey: "a"}]}"#, message: "expected a name in quotes"),
    Case(text: #"{"Contents": [{"Key": «t»rue1 }]}"#, message: "expected a value"),
    Case(text: #"{"Contents": [«"»a"]}"#, message: "expected an object of the bucket"),
    Case(text: #"{"Contents": []} «x»"#, message: "the listing has ended, but the file goes on"),
    Case(
      text: "{\"Contents\": [{\"Key\": \"a«\n»\"}]}",
      message: "a string ends at its line's end, without a quote"),
    Case(
      text: #""a","b«"»"#, message: "a row has 2 fields, but the manifest's `fileSchema` 10",
      format: .inventory),
    Case(
      text: #""a" «x»,"b""#, message: "expected `,` or the line's end after this field",
      format: .inventory),
    Case(text: "\"a\",«\"»b\n", message: "a quote of this row is never closed", format: .inventory),
  ]

  @Test(arguments: cases) func `The place of the mistake is told`(_ example: Case) throws {
    let (text, _) = marked(example.text)
    var reader = try #require(Self.reader(example.format))
    reader.feed(Array(text.utf8)[...])
    let failure = try #require(reader.finished().failure)
    #expect(failure.message == example.message)
    guard example.format == .objects else { return }
    #expect([failure.place.start] == marked(example.text).ranges.map(\.lowerBound))
  }

  static func reader(_ format: ListingFormat) -> ListingReader? {
    switch format {
    case .objects: ListingReader(objectsIn: "", scope: ListingTexts.scope)
    case .inventory:
      ListingTexts.columns.map {
        ListingReader(
          rowsIn: "", whole: nil, columns: $0, manifest: 0, scope: ListingTexts.scope)
      }
    }
  }

  struct Endless: Sendable, CustomTestStringConvertible {
    var name: String
    var format: ListingFormat
    var beginning: String
    var more: String
    var testDescription: String { name }
  }

  static let endless: [Endless] = [
    Endless(
      name: "a key without end", format: .objects, beginning: #"{"Contents": [{"Key": ""#,
      more: "aaaaaaaa"),
    Endless(
      name: "an object without end", format: .objects, beginning: #"{"Contents": [{"Key": "a""#,
      more: #","k":"v""#),
    Endless(
      name: "brackets without end", format: .objects, beginning: #"{"Contents": [{"Owner": "#,
      more: "["),
    Endless(
      name: "a member without end", format: .objects, beginning: #"{"Owner": {"a": ""#,
      more: "aaaaaaaa"),
    Endless(
      name: "a field without end", format: .inventory, beginning: "\"a\",\"", more: "aa,\n\"\""),
    Endless(name: "a row without end", format: .inventory, beginning: "\"a\",", more: "b,"),
  ]

  @Test(arguments: endless) func `What never ends is not kept`(_ example: Endless) throws {
    var reader = try #require(Self.reader(example.format))
    reader.feed(Array(example.beginning.utf8)[...])
    let more = Array(String(repeating: example.more, count: 4096 / example.more.utf8.count).utf8)
    var fed = 0
    while !reader.hasFailed, fed < 1 << 20 {
      reader.feed(more[...])
      fed += more.count
    }
    #expect(reader.hasFailed)
    #expect(fed < 128 << 10)
    let failure = try #require(reader.finished().failure)
    #expect(failure.place.source.text.count < 16 << 10)
  }

  @Test func `Random changes of a listing never trap`() throws {
    var generator = Generator(state: 7)
    for example in `Listings in pieces`.cases {
      let bytes = Array(example.text.utf8)
      for _ in 0..<200 {
        var changed = bytes
        for _ in 0..<4 {
          let at = Int(generator.next() % UInt64(changed.count))
          changed[at] = UInt8(truncatingIfNeeded: generator.next())
        }
        var reader = try #require(Self.reader(example.format))
        let cut = Int(generator.next() % UInt64(changed.count))
        reader.feed(changed[..<cut])
        reader.feed(changed[cut...])
        let reading = reader.finished()
        #expect(reading.summary.objects <= 12)
        _ = reading.summary.lines
      }
    }
  }
}

@Suite struct `Encoded keys of long listings` {
  struct Case: Sendable, CustomTestStringConvertible {
    var key: String
    var members: String
    var logFiles: Int
    var testDescription: String { key + members }
  }

  static let prefix = "my logs/100%25+/"
  private static let file = ListingTexts.key("2025/03/04")

  static let cases: [Case] = [
    Case(key: "my+logs/100%2525%2B/", members: #", "EncodingType": "url""#, logFiles: 1),
    // The AWS CLI decodes what it asked to be encoded, and leaves the mark.
    Case(key: "my logs/100%25+/", members: #", "EncodingType": "url""#, logFiles: 1),
    Case(key: "my logs/100%25+/", members: "", logFiles: 1),
    Case(key: "my+logs/100%2525%2B/", members: "", logFiles: 0),
    Case(key: "my\\u002blogs/100%2525%2B/", members: #", "EncodingType": "url""#, logFiles: 1),
  ]

  @Test(arguments: cases) func `Are decoded where the end of the answer says so`(_ example: Case) {
    let scope = ListingScope(
      bucket: Scenario.bucket, prefix: Self.prefix, asOf: Timestamp(seconds: 1_795_000_000))
    let text = ListingTexts.answer(
      [
        ListingTexts.object(ListingTexts.key("2025/03/01")),
        ListingTexts.object(example.key + Self.file),
      ],
      more: example.members)
    let bytes = Array(text.utf8)
    var reader = ListingReader(objectsIn: "listing", scope: scope)
    for byte in bytes { reader.feed([byte]) }
    let reading = reader.finished()
    #expect(reading.failure == nil)
    #expect(reading.summary.objects == 2)
    #expect(reading.summary.logFiles == example.logFiles)
    // The other object is a log file elsewhere, however it is read.
    #expect(reading.summary.elsewhere.count == 2 - example.logFiles)
  }
}

/// Numbers that look random and are the same in every run.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 17
  }
}
