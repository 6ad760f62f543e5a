/// A moment as the date condition operators compare it, exact to the fraction that was written.
///
/// IAM User Guide, "Condition operators", section "Date condition operators": one of the W3C
/// forms of ISO 8601, or epoch time. A text of digits alone is epoch time, so a bare year is not
/// a date. A time without an offset is taken as UTC.
package struct PolicyDate: Hashable, Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
  package let seconds: Int
  /// What is left, in 10⁻¹⁸ seconds.
  package let attoseconds: UInt64

  /// How many digits a number of seconds may have, so that it fits an `Int`.
  private static let longestEpoch = 18
  /// How many digits a fraction may have, so that it fits `attoseconds`.
  private static let longestFraction = 18

  /// Makes a date of seconds since 1970-01-01T00:00:00Z.
  package init(seconds: Int, attoseconds: UInt64 = 0) {
    self.seconds = seconds
    self.attoseconds = attoseconds
  }

  /// Reads a date; nil where the text is none.
  package init?(_ text: String) {
    if let epoch = Self.epoch(text) {
      self = epoch
    } else if let date = Self.calendar(text) {
      self = date
    } else {
      return nil
    }
  }

  private static func epoch(_ text: String) -> PolicyDate? {
    var cursor = ByteCursor(text)
    guard let seconds = cursor.takeNumber(digits: 1...longestEpoch),
      let fraction = takeFraction(&cursor), cursor.isAtEnd
    else { return nil }
    return PolicyDate(seconds: seconds, attoseconds: fraction)
  }

  private static func calendar(_ text: String) -> PolicyDate? {
    var cursor = ByteCursor(text)
    guard let year = cursor.takeNumber(digits: 4...9), cursor.take("-"),
      let month = cursor.takeNumber(digits: 1...2), (1...12).contains(month)
    else { return nil }
    var day = 1
    if cursor.take("-") {
      guard let written = cursor.takeNumber(digits: 1...2),
        written >= 1, written <= daysIn(month: month, year: year)
      else { return nil }
      day = written
    }
    var seconds = daysSinceEpoch(year: year, month: month, day: day) * 86_400
    var fraction: UInt64 = 0
    if cursor.take(oneOf: "T", "t") != nil {
      guard let time = takeTime(&cursor) else { return nil }
      seconds += time.seconds
      fraction = time.attoseconds
    }
    guard cursor.isAtEnd else { return nil }
    return PolicyDate(seconds: seconds, attoseconds: fraction)
  }

  /// Takes hours, minutes, seconds and the offset, as seconds of a UTC day.
  private static func takeTime(_ cursor: inout ByteCursor) -> PolicyDate? {
    guard let hours = cursor.takeNumber(digits: 1...2), hours < 24 else { return nil }
    var seconds = hours * 3_600
    var fraction: UInt64 = 0
    if cursor.take(":") {
      guard let minutes = cursor.takeNumber(digits: 1...2), minutes < 60 else { return nil }
      seconds += minutes * 60
      if cursor.take(":") {
        guard let written = cursor.takeNumber(digits: 1...2), written < 60,
          let rest = takeFraction(&cursor)
        else { return nil }
        seconds += written
        fraction = rest
      }
    }
    guard let offset = takeOffset(&cursor) else { return nil }
    return PolicyDate(seconds: seconds - offset, attoseconds: fraction)
  }

  private static func takeOffset(_ cursor: inout ByteCursor) -> Int? {
    if cursor.isAtEnd || cursor.take(oneOf: "Z", "z") != nil { return 0 }
    guard let sign = cursor.take(oneOf: "+", "-"),
      let hours = cursor.takeNumber(digits: 2...2), hours < 24
    else { return nil }
    var seconds = hours * 3_600
    if cursor.take(":") || !cursor.isAtEnd {
      guard let minutes = cursor.takeNumber(digits: 2...2), minutes < 60 else { return nil }
      seconds += minutes * 60
    }
    return sign == "-" ? -seconds : seconds
  }

  /// Takes a point and what follows it; nothing to take is zero.
  private static func takeFraction(_ cursor: inout ByteCursor) -> UInt64? {
    guard cursor.take(".") else { return 0 }
    var fraction: UInt64 = 0
    var count = 0
    while count < longestFraction, let digit = cursor.takeDigit() {
      fraction = fraction * 10 + UInt64(digit)
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in count..<longestFraction { fraction *= 10 }
    return fraction
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 in the Gregorian calendar, for years from 0 on.
  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    // The year is counted from March, so that the leap day is its last.
    let marchYear = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension PolicyDate: Comparable {
  /// Orders dates by time.
  package static func < (left: PolicyDate, right: PolicyDate) -> Bool {
    (left.seconds, left.attoseconds) < (right.seconds, right.attoseconds)
  }
}
