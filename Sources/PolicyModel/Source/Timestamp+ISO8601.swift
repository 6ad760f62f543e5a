/// A day of the proleptic Gregorian calendar.
public struct CivilDate: Hashable, Sendable, Comparable {
  public var year: Int
  /// From 1.
  public var month: Int
  /// From 1.
  public var day: Int

  /// Makes a day; nil where the month or the day does not exist, or the year has not four digits.
  public init?(year: Int, month: Int, day: Int) {
    guard
      (0...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Makes the day that is so many days after 1970-01-01.
  public init(dayNumber: Int) {
    // Years that begin in March put the leap day last; an era is 400 such years
    // (Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  public var dayNumber: Int {
    // days_from_civil, the inverse of the above.
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// How many days a month has.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// Orders days by time.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension Timestamp {
  /// Makes the moment a day begins in UTC.
  public init(startOf date: CivilDate) { self.init(seconds: date.dayNumber * 86_400) }

  /// The day in UTC.
  public var date: CivilDate { CivilDate(dayNumber: dayNumber) }

  /// Whole days since 1970-01-01, in UTC.
  public var dayNumber: Int {
    seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }

  /// The moment as `2026-11-21T00:00:00Z`.
  public var iso8601: String {
    let date = date
    let rest = seconds - dayNumber * 86_400
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
      + "T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
      + digits
  }

  /// Reads a date with or without a time, as IAM and the AWS CLI write it.
  ///
  /// That is `2026-11-21`, `2026-11-21T08:30Z` or `2026-11-21T08:30:00.250+01:00`. A time without an offset is UTC;
  /// fractions are dropped.
  public init?(iso8601 text: String) {
    var scanner = DigitScanner(text)
    guard
      let year = scanner.digits(4), scanner.skip("-"),
      let month = scanner.digits(2), scanner.skip("-"),
      let day = scanner.digits(2), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    var seconds = date.dayNumber * 86_400
    if !scanner.isAtEnd {
      guard
        scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
        let time = scanner.time()
      else { return nil }
      seconds += time
      guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
      seconds -= offset
    }
    self.init(seconds: seconds)
  }

  /// Reads a time as some version of the AWS CLI prints it: ISO 8601, or seconds since 1970 with or
  /// without a fraction (version 1, for CloudTrail, KMS and Organizations).
  public init?(awsTimestamp text: String) {
    if let moment = Timestamp(iso8601: text) {
      self = moment
      return
    }
    // Up to the year 9999: more digits would be milliseconds, or nonsense. `Double` alone would
    // read `0x10`, `1e9` and `inf` too.
    guard
      text.utf8.first.map({ $0 &- UInt8(ascii: "0") < 10 }) ?? false,
      text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: ".") }),
      let number = Double(text), number < 253_402_300_800
    else { return nil }
    self.init(seconds: Int(number))
  }
}

/// Reads numbers of a fixed width.
private struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    var number = 0
    for _ in 0..<count {
      guard let byte = rest.first, byte &- UInt8(ascii: "0") < 10 else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
      rest.removeFirst()
    }
    return number
  }

  /// Seconds since midnight, of `hh:mm` or `hh:mm:ss` with or without a fraction.
  mutating func time() -> Int? {
    guard let hour = digits(2), hour < 24, skip(":"), let minute = digits(2), minute < 60 else {
      return nil
    }
    var time = hour * 3600 + minute * 60
    guard skip(":") else { return time }
    guard let second = digits(2), second < 60 else { return nil }
    time += second
    if skip(".") || skip(",") {
      guard digits(1) != nil else { return nil }
      while digits(1) != nil {}
    }
    return time
  }

  /// Seconds east of Greenwich, of `Z`, `+hh:mm`, `+hhmm`, `+hh` or nothing.
  mutating func offset() -> Int? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    let isWest = skip("-")
    guard isWest || skip("+"), let hour = digits(2), hour <= 23 else { return nil }
    var offset = hour * 3600
    if !isAtEnd {
      _ = skip(":")
      guard let minute = digits(2), minute < 60 else { return nil }
      offset += minute * 60
    }
    return isWest ? -offset : offset
  }
}
