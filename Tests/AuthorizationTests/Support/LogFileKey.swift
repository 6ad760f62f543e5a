/// A log file's key, written and judged without any automaton.
struct LogFileKey {
  var folder = ""
  var organization: String?
  var account = "111122223333"
  var region = "us-east-1"
  var date = (2026, 5, 31)
  var time = "0730"
  var unique = "AbCdEf0123456789"
  /// What the file's name says, where that is something else.
  var fileAccount: String?
  var fileRegion: String?
  var fileDate: (Int, Int, Int)?

  var text: String {
    let organization = organization.map { $0 + "/" } ?? ""
    let name = fileDate ?? date
    return folder + "AWSLogs/" + organization + account + "/CloudTrail/" + region
      + "/\(date.0)/\(two(date.1))/\(two(date.2))/" + (fileAccount ?? account) + "_CloudTrail_"
      + (fileRegion ?? region) + "_\(name.0)\(two(name.1))\(two(name.2))T\(time)Z_" + unique
      + ".json.gz"
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Reads a key; nil where it is none of CloudTrail's, or where what it says twice differs.
  init?(_ text: String) {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 8, let file = parts.popLast(), let day = parts.popLast(),
      let month = parts.popLast(), let year = parts.popLast(), let region = parts.popLast(),
      parts.popLast() == "CloudTrail", let account = parts.popLast(),
      var before = parts.popLast()
    else { return nil }
    if before != "AWSLogs" {
      guard before.hasPrefix("o-"), before.count >= 12, parts.popLast() == "AWSLogs" else {
        return nil
      }
      organization = before
      before = "AWSLogs"
    }
    folder = parts.map { $0 + "/" }.joined()
    guard let date = Self.date(year, month, day), account.count == 12,
      account.allSatisfy({ $0.isASCII && $0.isNumber }), Self.isRegion(region)
    else { return nil }
    self.account = account
    self.region = region
    self.date = date
    let names = file.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    guard names.count == 5, names[0] == account, names[1] == "CloudTrail", names[2] == region,
      names[3].count == 14, names[3].hasPrefix(year + month + day + "T"), names[3].hasSuffix("Z"),
      names[4].count == 24, names[4].hasSuffix(".json.gz")
    else { return nil }
    time = String(names[3].dropFirst(9).dropLast())
    unique = String(names[4].prefix(16))
    guard let hours = Int(time.prefix(2)), hours < 24, let minutes = Int(time.suffix(2)),
      minutes < 60, unique.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    else { return nil }
  }

  init() {}

  private static func date(_ year: String, _ month: String, _ day: String) -> (Int, Int, Int)? {
    guard year.count == 4, month.count == 2, day.count == 2, let year = Int(year),
      let month = Int(month), let day = Int(day), (2000...2099).contains(year),
      (1...12).contains(month)
    else { return nil }
    let february = year.isMultiple(of: 4) ? 29 : 28
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[month - 1]).contains(day) ? (year, month, day) : nil
  }

  private static func isRegion(_ text: String) -> Bool {
    var parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let number = parts.popLast(), number.count == 1, Int(number) != nil
    else { return false }
    return parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isLowercase && $0.isLetter }
    }
  }

  /// Some key.
  static func random(_ random: inout SeededGenerator) -> LogFileKey {
    let digits = (0...9).map(String.init)
    let letters = ["a", "b", "e", "s", "u", "z"]
    var key = LogFileKey()
    key.folder = random.pick(["", "logs/", "a/b/", "AWS/"])
    if random.once(in: 3) { key.organization = "o-" + random.text(of: digits + letters, 10...12) }
    key.account = random.text(of: digits, 12...12)
    key.region =
      random.pick(["us", "eu", "ap"]) + "-" + random.text(of: letters, 1...4)
      + (random.once(in: 3) ? "-" + random.text(of: letters, 1...2) : "") + "-"
      + random.pick(digits)
    key.date = (
      2000 + Int.random(in: 13...30, using: &random), Int.random(in: 1...12, using: &random),
      Int.random(in: 1...28, using: &random)
    )
    key.time =
      random.pick(["00", "09", "19", "23"]) + random.pick(["00", "30", "59"])
    key.unique = random.text(of: digits + letters + ["A", "Z"], 16...16)
    return key
  }
}
