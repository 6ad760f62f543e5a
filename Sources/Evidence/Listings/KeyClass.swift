/// What the key of an object says that it is.
enum KeyClass: Equatable {
  /// A log file of CloudTrail, by its name: `…_CloudTrail_REGION_TIME_UNIQUE.json.gz`.
  case logFile(LogFileTime)
  /// A log file by its name but for the ending: it is not compressed with gzip.
  case uncompressed(LogFileTime)
  /// The empty object that stands for a folder.
  case folder
  /// Anything else.
  case foreign(ForeignKind, day: Int?)

  /// Reads a key, decoded.
  ///
  /// AWS CloudTrail User Guide, "CloudTrail log file examples", "Log file name format". The folders
  /// do not matter: people copy and move log files, and CloudTrail goes by the name.
  init(_ key: Span<UInt8>) {
    guard !key.isEmpty else {
      self = .foreign(.other, day: nil)
      return
    }
    if key[key.count - 1] == UInt8(ascii: "/") {
      self = .folder
      return
    }
    var name = key.count
    while name > 0, key[name - 1] != UInt8(ascii: "/") { name -= 1 }
    if let (time, end) = LogFileTime.reading(key, from: name) {
      self = Self.ends(key, with: ".gz", after: end) ? .logFile(time) : .uncompressed(time)
    } else {
      self = .foreign(ForeignKind(key, name: name), day: Self.day(ofFolder: key, until: name))
    }
  }

  /// The day that a key names, as `YYYYMMDD`; nil where it names none.
  var day: Int? {
    switch self {
    case .logFile(let time), .uncompressed(let time): time.day
    case .folder: nil
    case .foreign(_, let day): day
    }
  }

  private static func ends(
    _ key: Span<UInt8>, with ending: StaticString, after start: Int
  ) -> Bool {
    let length = ending.utf8CodeUnitCount
    return key.count - start >= length && key.has(ending, at: key.count - length)
  }

  /// The day of the folders `YYYY/MM/DD/` that a name stands in.
  private static func day(ofFolder key: Span<UInt8>, until name: Int) -> Int? {
    let start = name - 11
    guard start >= 0, start == 0 || key[start - 1] == UInt8(ascii: "/"),
      key[start + 4] == UInt8(ascii: "/"), key[start + 7] == UInt8(ascii: "/"),
      let year = key.number(at: start, digits: 4), let month = key.number(at: start + 5, digits: 2),
      let day = key.number(at: start + 8, digits: 2)
    else { return nil }
    return year * 10_000 + month * 100 + day
  }
}

/// What an object is that is no log file of CloudTrail.
package enum ForeignKind: String, Sendable, Hashable {
  case digest = "a digest file of CloudTrail"
  case insights = "an Insights file of CloudTrail"
  case queryResult = "a query result of CloudTrail Lake"
  case service = "a file of another service"
  case other = "no log file of CloudTrail"

  /// Tells by the folder after the account: `AWSLogs/[o-…/]ACCOUNT/Config/…`.
  fileprivate init(_ key: Span<UInt8>, name: Int) {
    var parts: [Range<Int>] = []
    var start = 0
    for at in key.indices where at < name && key[at] == UInt8(ascii: "/") {
      parts.append(start..<at)
      start = at + 1
    }
    guard let root = parts.firstIndex(where: { key.has("AWSLogs", in: $0) }) else {
      self = .other
      return
    }
    var next = root + 1
    if next < parts.count, parts[next].count > 2, key.has("o-", at: parts[next].lowerBound) {
      next += 1
    }
    let service = next + 1
    guard service < parts.count else {
      self = .other
      return
    }
    for (name, kind) in Self.folders where key.has(name, in: parts[service]) {
      self = kind
      return
    }
    self = .service
  }

  private static let folders: [(StaticString, ForeignKind)] = [
    ("CloudTrail", .other), ("CloudTrail-Digest", .digest), ("CloudTrail-Insight", .insights),
    ("CloudTrail-Lake", .queryResult),
  ]
}

/// The time in a log file's name, in the digits that the name has.
struct LogFileTime: Hashable, Comparable {
  /// `YYYYMMDD` as a number.
  let day: Int
  /// `HHmm` as a number.
  let minute: Int

  /// Reads a log file's name up to its ending: `ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE`.
  ///
  /// - Returns: the time and where the ending begins; nil for any other name.
  static func reading(_ key: Span<UInt8>, from name: Int) -> (LogFileTime, end: Int)? {
    // The shortest name: an account, a Region such as `us-east-1`, a time and one character.
    guard key.count - name >= 12 + 12 + 4 + 1 + 14 + 2 else { return nil }
    for at in name..<(name + 12) where !AWSNames.isDigit(key[at]) { return nil }
    guard key.has("_CloudTrail_", at: name + 12) else { return nil }
    var at = name + 24
    while at < key.count, isRegionByte(key[at]) { at += 1 }
    guard at > name + 24, at + 15 < key.count, key[at] == UInt8(ascii: "_"),
      let year = key.number(at: at + 1, digits: 4), let month = key.number(at: at + 5, digits: 2),
      let day = key.number(at: at + 7, digits: 2), key[at + 9] == UInt8(ascii: "T"),
      let hour = key.number(at: at + 10, digits: 2),
      let minute = key.number(at: at + 12, digits: 2),
      key[at + 14] == UInt8(ascii: "Z"), key[at + 15] == UInt8(ascii: "_"),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60
    else { return nil }
    var end = at + 16
    while end < key.count, isAlphanumeric(key[end]) { end += 1 }
    guard end > at + 16 else { return nil }
    return (LogFileTime(day: year * 10_000 + month * 100 + day, minute: hour * 100 + minute), end)
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.day, left.minute) < (right.day, right.minute)
  }

  private static func isRegionByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || AWSNames.isDigit(byte) || byte == UInt8(ascii: "-")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || AWSNames.isDigit(byte)
  }
}

extension Span<UInt8> {
  /// Whether a text stands at an offset.
  func has(_ text: StaticString, at start: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard start >= 0, count - start >= length else { return false }
    for index in 0..<length where unsafe self[start + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// Whether a range holds a text and nothing else.
  func has(_ text: StaticString, in range: Range<Int>) -> Bool {
    range.count == text.utf8CodeUnitCount && has(text, at: range.lowerBound)
  }

  /// A number of so many digits at an offset; nil where there are none.
  func number(at start: Int, digits: Int) -> Int? {
    guard count - start >= digits else { return nil }
    var number = 0
    for at in start..<(start + digits) {
      guard AWSNames.isDigit(self[at]) else { return nil }
      number = number * 10 + Int(self[at] - UInt8(ascii: "0"))
    }
    return number
  }

  /// The bytes of a range as text.
  func text(_ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for at in range { bytes.append(self[at]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
