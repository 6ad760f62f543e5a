import PolicyModel

/// What an object is, told by its key alone.
enum ObjectKind: Hashable, Sendable {
  /// A log file of CloudTrail, of a day.
  case logFile(day: Int)
  /// What would be a log file, were it compressed.
  case uncompressedLogFile(day: Int)
  /// A digest file, which lies beside log files.
  case digest
  /// A folder: the console makes such objects.
  case folder
  /// Anything else.
  case foreign

  /// Tells what a key is.
  ///
  /// AWS CloudTrail User Guide, "Finding your CloudTrail log files":
  /// `AWSLogs/[o-…/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_…Z_….json.gz`.
  init(_ key: ArraySlice<UInt8>) {
    if key.last == UInt8(ascii: "/") {
      self = .folder
      return
    }
    var slashes: [Int] = []
    var index = key.endIndex
    while index > key.startIndex, slashes.count < 6 {
      index -= 1
      if key[index] == UInt8(ascii: "/") { slashes.append(index) }
    }
    // From the end: name, day, month, year, Region, kind.
    guard slashes.count >= 5 else {
      self = .foreign
      return
    }
    let name = key[(slashes[0] + 1)...]
    let kindStart = slashes.count > 5 ? slashes[5] + 1 : key.startIndex
    let kind = key[kindStart..<slashes[4]]
    if kind.elementsEqual(Self.digestFolder) {
      self = .digest
      return
    }
    guard kind.elementsEqual(Self.logFolder),
      let year = Self.number(key[(slashes[3] + 1)..<slashes[2]], digits: 4),
      let month = Self.number(key[(slashes[2] + 1)..<slashes[1]], digits: 2),
      let day = Self.number(key[(slashes[1] + 1)..<slashes[0]], digits: 2),
      let date = CivilDate(year: year, month: month, day: day),
      name.firstRange(of: Self.marker) != nil
    else {
      self = .foreign
      return
    }
    if name.reversed().starts(with: Self.compressedEnding) {
      self = .logFile(day: date.dayNumber)
    } else if name.firstRange(of: Self.ending) != nil {
      self = .uncompressedLogFile(day: date.dayNumber)
    } else {
      self = .foreign
    }
  }

  private static let logFolder = Array("CloudTrail".utf8)
  private static let digestFolder = Array("CloudTrail-Digest".utf8)
  private static let marker = Array("_CloudTrail_".utf8)
  private static let ending = Array(".json".utf8)
  private static let compressedEnding = Array(".json.gz".utf8.reversed())

  private static func number(_ text: ArraySlice<UInt8>, digits: Int) -> Int? {
    guard text.count == digits, text.allSatisfy(AWSNames.isDigit) else { return nil }
    return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
