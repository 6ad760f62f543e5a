import PolicyModel
import Testing

@testable import Authorization

private let bucket = "arn:aws:s3:::logs/"

/// The question whether every key below a prefix may be read.
private func family(_ prefix: String, _ dates: LogDates = LogDates()) -> RequestFamily {
  let text = RequestText(bucket + prefix) + RequestText(head: [], isFree: true)
  let asked = Request(
    principal: .session(ofRole: .literal(roleARN)), action: "s3:GetObject", resource: text,
    context: RequestContext(unlisted: .absent))
  return RequestFamily(
    asked, freeString: .logFileKeys(LogFileKeys(prefix: prefix, dates: dates)))
}

/// What is found about all keys below a prefix where everything is allowed but some keys.
private func proof(
  _ prefix: String, denying patterns: [String], _ dates: LogDates = LogDates()
) throws -> Proof {
  let resources = patterns.map { jsonString(bucket + $0) }.joined(separator: ", ")
  let layers = Layers(identity: [[allow(), statement("Deny", on: "[\(resources)]")]])
  return try layers.question().prove(family(prefix, dates))
}

private func proof(
  _ prefix: String, allowing patterns: [String], _ dates: LogDates = LogDates()
) throws -> Proof {
  let resources = patterns.map { jsonString(bucket + $0) }.joined(separator: ", ")
  let layers = Layers(identity: [[statement("Allow", on: "[\(resources)]")]])
  return try layers.question().prove(family(prefix, dates))
}

extension Proof {
  fileprivate var isProven: Bool { if case .proven = self { true } else { false } }

  /// In a word, for messages.
  fileprivate var word: String {
    switch self {
    case .proven: "proven"
    case .refuted: "refuted: \(key ?? "")"
    case .open: "open"
    case .tooComplex: "too complex"
    }
  }

  /// The key of the counterexample.
  fileprivate var key: String? {
    guard case .refuted(let explanation) = self else { return nil }
    let resource = explanation.request.resource.description
    return resource.hasPrefix(bucket) ? String(resource.dropFirst(bucket.count)) : nil
  }
}

/// A key with the prefix that is so many of its bytes long.
private struct Cut: Sendable, CustomTestStringConvertible {
  var key: String
  var length: Int

  var prefix: String { String(key.prefix(length)) }
  var testDescription: String { prefix }

  static let all: [Cut] = {
    var own = LogFileKey()
    own.folder = "my/trail/"
    var organizations = LogFileKey()
    organizations.organization = "o-abcdef0123"
    let keys = [LogFileKey().text, own.text, organizations.text]
    // In a normal run one place in a dozen, others in each of the three keys.
    let step = Effort.isFull ? 1 : 12
    return keys.enumerated().flatMap { index, key in
      stride(from: index * 4 % step, to: key.count, by: step).map { Cut(key: key, length: $0) }
    }
  }()
}

@Suite struct `Keys of log files` {
  // `keys-prefix-anywhere`, `keys-agree`
  @Test(arguments: Cut.all)
  private func `A prefix may end anywhere in a key`(_ cut: Cut) throws {
    #expect(LogFileKeys(prefix: cut.prefix).fitsShape)
    #expect(try proof(cut.prefix, denying: [cut.key]).key == cut.key)
    // No log file's keys: with something behind, and with two accounts, Regions or dates.
    let whole = try #require(LogFileKey(cut.key))
    var (accounts, regions, dates) = (whole, whole, whole)
    accounts.fileAccount = "999999999999"
    regions.fileRegion = "us-east-2"
    dates.fileDate = (2026, 5, 30)
    let others = [cut.key + "?", accounts.text, regions.text, dates.text]
    let word = try proof(cut.prefix, denying: others).word
    #expect(word == "proven")
  }

  private static let inAccount = "AWSLogs/111122223333/CloudTrail/"

  static let others: [(row: String, prefix: String, denied: String, isKey: Bool)] = [
    ("keys-shape", "AWSLogs/", "AWSLogs/o-abcdef012/111122223333/CloudTrail/*", false),
    ("keys-shape", "AWSLogs/", "AWSLogs/o-ABCDEF0123/111122223333/CloudTrail/*", false),
    ("keys-shape", "", "AWSLogs/o-abcdef0123456789abcdef/111122223333/CloudTrail/*", true),
    ("keys-shape", "AWSLogs/", "AWSLogs/11112222333/*", false),
    ("keys-shape", "AWSLogs/", "AWSLogs/*/CloudTrail-Digest/*", false),
    ("keys-shape", inAccount, inAccount + "us-gov-west-1/*", true),
    ("keys-shape", inAccount, inAccount + "US-EAST-1/*", false),
    ("keys-shape", inAccount, "*.json", false),
    ("keys-shape", inAccount, "*/2026/13/*", false),
    ("keys-shape", inAccount, "*/2026/12/32/*", false),
    ("keys-shape", inAccount, "*/2026/04/31/*", false),
    ("keys-shape", inAccount, "*/2024/02/29/*", true),
    ("keys-shape", inAccount, "*/2023/02/29/*", false),
    ("keys-shape", inAccount, "*T2359Z_*", true),
    ("keys-shape", inAccount, "*T2400Z_*", false),
    ("keys-shape", inAccount, "*T0060Z_*", false),
    ("keys-shape", inAccount, "*_????????????????.json.gz", true),
    ("keys-shape", inAccount, "*_???????????????.json.gz", false),
    ("keys-folder", "", "some/folder/AWSLogs/*", true),
    ("keys-folder", "logs", "logs-of-old/AWSLogs/*", true),
    ("keys-folder", "logs/", "logs/AWSLogs/*", true),
    ("keys-folder", "logs/", "logs/deep/er/AWSLogs/*", true),
    ("keys-folder", "logs/AWSLogs/", "logs/AWSLogs/x/AWSLogs/*", false),
    ("keys-folder", "AWSL", "AWSLogs/111122223333/*", true),
    ("keys-folder", "AWSL", "AWSL/AWSLogs/*", true),
    ("keys-outside-shape", "AWSLogs/1/CloudTrail-Digest/", "AWSLogs/1/CloudTrail-Digest/ x", true),
    ("keys-outside-shape", "AWSLogs/x/", "AWSLogs/x/", true),
    ("keys-outside-shape", "AWSLogs/x/", "AWSLogs/y", false),
  ]

  @Test(arguments: others)
  func `The shape of keys`(_ row: String, _ prefix: String, _ denied: String, _ isKey: Bool) throws
  {
    let proof = try proof(prefix, denying: [denied])
    #expect(proof.isProven == !isKey, "\(row): \(proof.key ?? "no example")")
    if isKey { #expect(proof.key != nil) }
  }

  // `keys-outside-shape`
  @Test func `A prefix that fits no position stands for every key below it`() throws {
    let prefix = "AWSLogs/111122223333/CloudTrail-Digest/"
    #expect(!LogFileKeys(prefix: prefix).fitsShape)
    #expect(try proof(prefix, allowing: [prefix + "*"]).isProven)
    #expect(try proof(prefix, allowing: [prefix + "?*"]).key == prefix)
  }

  // MARK: - Agreement that no regular language can say

  private static let digits = (0...9).map(String.init)

  // `keys-agree-split`: each key is covered by what its folder says, or by what its name says.
  @Test func `Accounts are followed through both places`() throws {
    let low = (0...4).map { "AWSLogs/\($0)*" }
    let high = (5...9).map { "AWSLogs/*/CloudTrail/*/\($0)???????????_CloudTrail_*" }
    #expect(try proof("AWSLogs/", allowing: low + high).key?.hasPrefix("AWSLogs/o-") == true)
    #expect(try proof("AWSLogs/", allowing: low + high + ["AWSLogs/o-*"]).isProven)
    let key = try #require(
      try proof("AWSLogs/", allowing: low + high.dropLast() + ["AWSLogs/o-*"]).key)
    #expect(LogFileKey(key)?.account.first == "9")
  }

  @Test func `Accounts are followed to their last digit`() throws {
    let stem = Self.inAccount.dropLast("3333/CloudTrail/".count)
    let odd = [1, 3, 5, 7, 9].map { "\(stem)???\($0)/*" }
    let even = [0, 2, 4, 6, 8].map { "\(stem)????/CloudTrail/*/???????????\($0)_CloudTrail_*" }
    #expect(try proof(String(stem), allowing: odd + even).word == "proven")
    let key = try #require(try proof(String(stem), allowing: odd + even.dropFirst(2)).key)
    #expect([0, 2].contains(LogFileKey(key)?.account.last?.wholeNumberValue))
  }

  @Test func `Regions are followed through both places`() throws {
    let inFolder = "abcdefghijklm".map { "\(Self.inAccount)\($0)*" }
    let inName = "nopqrstuvwxyz".map { "\(Self.inAccount)*/*_CloudTrail_\($0)*" }
    #expect(try proof(Self.inAccount, allowing: inFolder + inName).isProven)
    let key = try #require(try proof(Self.inAccount, allowing: inFolder.dropFirst() + inName).key)
    #expect(LogFileKey(key)?.region.first == "a")
  }

  @Test func `Regions of different length are told apart`() throws {
    let nine = "\(Self.inAccount)?????????/????/??/??/111122223333_CloudTrail_*_????????T????Z_*"
    let ten = "\(Self.inAccount)*/????/??/??/111122223333_CloudTrail_??????????_????????T????Z_*"
    // Nothing is both nine and ten characters long.
    let wide = "\(Self.inAccount)*"
    func proof(_ first: String, _ second: String) throws -> Proof {
      let layers = Layers(identity: [
        [
          statement("Allow", on: jsonString(bucket + wide)),
          statement(
            "Deny", on: jsonString(bucket + first),
            if: #"{"StringLike": {"k:key": \#(jsonString(second))}}"#),
        ]
      ])
      var family = family(Self.inAccount)
      family.request.context["k:key"] = .value(
        RequestText(Self.inAccount) + RequestText(head: [], isFree: true))
      return try layers.question().prove(family)
    }
    #expect(try proof(nine, ten).word == "proven")
    #expect(try proof(nine, ten.replacing("_??????????_", with: "_?????????_")).key != nil)
  }

  @Test func `Dates are followed through both places`() throws {
    let odd = [1, 3, 5, 7, 9].map { "\(Self.inAccount)*/????/??/?\($0)/*" }
    let even = [0, 2, 4, 6, 8].map { "\(Self.inAccount)*_???????\($0)T????Z_*" }
    #expect(try proof(Self.inAccount, allowing: odd + even).word == "proven")
    let key = try #require(try proof(Self.inAccount, allowing: odd + even.dropLast()).key)
    #expect(LogFileKey(key).map { $0.date.2 % 10 } == 8)
  }

  // MARK: - Dates

  private static func moment(_ text: String) throws -> Timestamp {
    let milliseconds = try #require(PlainValue.moment(text))
    return Timestamp(seconds: milliseconds / 1000)
  }

  private static let ranges: [(start: String, end: String, first: String, last: String)] = [
    ("2026-05-10T00:00:00Z", "2026-05-12T23:59:59Z", "2026/05/09", "2026/05/13"),
    ("2026-05-10T23:59:59Z", "2026-05-10T23:59:59Z", "2026/05/09", "2026/05/11"),
    ("2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z", "2026/02/28", "2026/04/01"),
    ("2024-03-01T12:00:00Z", "2024-12-31T12:00:00Z", "2024/02/29", "2025/01/01"),
    ("2025-01-01T00:00:00Z", "2027-12-30T00:00:00Z", "2024/12/31", "2027/12/31"),
    ("2023-12-31T00:00:00Z", "2026-01-01T00:00:00Z", "2023/12/30", "2026/01/02"),
  ]

  // `keys-dates`
  @Test(arguments: ranges)
  private func `A range of time is a day wider on both sides`(
    _ start: String, _ end: String, _ first: String, _ last: String
  ) throws {
    let dates = LogDates.around(try Self.moment(start), try Self.moment(end))
    for day in [first, last] {
      let key = try #require(try proof(Self.inAccount, denying: ["*/\(day)/*"], dates).key)
      #expect(key.contains(day) && LogFileKey(key) != nil, "\(key)")
    }
    let before = try #require(PlainValue.moment(first.replacing("/", with: "-"))) / 1000 - 1
    let after = try #require(PlainValue.moment(last.replacing("/", with: "-"))) / 1000 + 86_400
    for seconds in [before, after] {
      let day = LogDates.Day(Timestamp(seconds: seconds))
      var key = LogFileKey()
      key.date = (day.year, day.month, day.day)
      let folder = key.text.split(separator: "/")[4...6].joined(separator: "/")
      #expect(try proof(Self.inAccount, denying: ["*/\(folder)/*"], dates).isProven, "\(folder)")
    }
  }

  // `keys-dates`
  @Test func `Without a range, any date`() throws {
    for day in ["2013/11/13", "2000/01/01", "2099/12/31", "2026/05/31"] {
      #expect(try proof(Self.inAccount, denying: ["*/\(day)/*"]).key != nil, "\(day)")
    }
  }

  @Test func `A range of ages is no trouble`() throws {
    let dates = LogDates.around(
      Timestamp(seconds: -62_135_596_800), Timestamp(seconds: 253_402_300_799_000))
    #expect(try proof(Self.inAccount, denying: ["*/2026/05/31/*"], dates).key != nil)
    #expect(try proof(Self.inAccount, denying: ["*/1999/05/31/*"], dates).isProven)
  }

  @Test func `Days of the calendar`() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let seconds = Int.random(in: -60_000_000_000...200_000_000_000, using: &random)
      let day = LogDates.Day(Timestamp(seconds: seconds))
      let next = LogDates.Day(Timestamp(seconds: seconds + 86_400))
      let text = "\(day.year)".count == 4 ? day : LogDates.Day(year: 2000, month: 1, day: 1)
      if text == day, day.year >= 1600 {
        let written =
          "\(day.year)-\(day.month < 10 ? "0" : "")\(day.month)-\(day.day < 10 ? "0" : "")\(day.day)"
        let midnight = PlainValue.moment(written).map { $0 / 1000 }
        #expect(midnight == Int((Double(seconds) / 86_400).rounded(.down)) * 86_400, "\(written)")
      }
      #expect(day < next)
    }
  }

  // MARK: - Counterexamples

  static let looks: [(prefix: String, allowed: [String])] = [
    ("AWSLogs/", ["AWSLogs/111122223333/*"]),
    ("AWSLogs/", ["AWSLogs/*/CloudTrail/us-*", "AWSLogs/*/CloudTrail/eu-*"]),
    ("", ["AWSLogs/*"]),
    ("trail/AWSLogs/1111", ["trail/AWSLogs/111122223333/*"]),
    ("AWSLogs/111122223333/CloudTrail/us-e", ["AWSLogs/*/2025/*"]),
    ("AWSLogs/111122223333/CloudTrail/", ["*/2026/*", "*/2025/*", "*/2024/*"]),
    ("AWSL", ["AWSL/*"]),
  ]

  private static let realRegions: Set<String> = [
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-south-1",
    "ap-northeast-1", "ap-southeast-2", "ca-central-1", "sa-east-1", "af-south-1", "me-south-1",
    "us-gov-west-1", "cn-north-1",
  ]

  // `keys-look-real`
  @Test(arguments: looks)
  func `A counterexample looks like a log file's key`(_ prefix: String, _ allowed: [String]) throws
  {
    let text = try #require(try proof(prefix, allowing: allowed).key)
    let key = try #require(LogFileKey(text), "\(text)")
    #expect(text.hasPrefix(prefix))
    #expect(Self.realRegions.contains(key.region), "\(text)")
    #expect(key.folder == "" || key.folder == "trail/" || key.folder == "logs/", "\(text)")
  }

  // `keys-look-real`
  @Test func `Where only an odd key escapes, it is shown`() throws {
    let text = try #require(try proof("AWSLogs/", denying: ["*/xx-yy-zz-9/*"]).key)
    #expect(LogFileKey(text)?.region == "xx-yy-zz-9")
    let minute = try #require(try proof("AWSLogs/", denying: ["*T0001Z_*"]).key)
    #expect(LogFileKey(minute)?.time == "0001")
  }

  // MARK: - Samples

  static let slices = Slice.all(Effort.count(60, full: 2_000))

  /// Policies that let some keys pass, and keys written by hand.
  @Test(arguments: slices)
  func `Samples agree with what is found`(_ slice: Slice) throws {
    var proven = 0
    for seed in slice.seeds {
      var random = SeededGenerator(seed: seed)
      let prefix = String(
        LogFileKey.random(&random).text.prefix(Int.random(in: 0...40, using: &random)))
      let patterns = [
        "*", "AWSLogs/*", prefix + "*", "*/CloudTrail/us-*", "*/CloudTrail/?u-*", "*_CloudTrail_*",
        "*/20??/*", "*T0*Z_*", "*T?9*", "*/AWSLogs/*", "*.json.gz", "*-1/*", "*_??-*-?_*",
      ]
      let allowed = random.some(patterns, upTo: 4)
      let result = try proof(prefix, allowing: allowed)
      if result.isProven { proven += 1 }
      if let key = result.key { #expect(LogFileKey(key) != nil, "seed \(seed): \(key)") }
      for _ in 0..<Effort.count(100, full: 1_000) {
        var key = LogFileKey.random(&random)
        key.folder = random.pick(["", String(prefix.prefix { $0 != "/" }) + "/"])
        guard key.text.hasPrefix(prefix) else { continue }
        let isAllowed = allowed.contains { pattern in
          plainMatch(
            pattern.unicodeScalars.map { $0 == "*" ? .many : $0 == "?" ? .one : .character($0) }[
              ...],
            Array(key.text.unicodeScalars)[...], unknownMatches: false)
        }
        if result.isProven, !isAllowed {
          Issue.record("seed \(seed): \(key.text) escapes \(allowed) below `\(prefix)`")
          return
        }
      }
    }
    #expect(proven > 0)
  }
}
