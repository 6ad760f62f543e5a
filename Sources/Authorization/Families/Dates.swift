package import PolicyModel

/// The days a log file's key may name.
package struct LogDates: Hashable, Sendable {
  /// The first and last day; nil for any day.
  package var range: ClosedRange<Day>?

  package init(_ range: ClosedRange<Day>? = nil) { self.range = range }

  /// A day of the Gregorian calendar.
  package struct Day: Hashable, Sendable, Comparable {
    package var year: Int
    package var month: Int
    package var day: Int

    package init(year: Int, month: Int, day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }

    /// The day a moment belongs to in UTC.
    package init(_ moment: Timestamp) {
      // Days since 0000-03-01, in eras of 400 years (146,097 days).
      var days = moment.seconds / 86_400
      if moment.seconds % 86_400 < 0 { days -= 1 }
      days += 719_468
      let era = (days >= 0 ? days : days - 146_096) / 146_097
      let dayOfEra = days - era * 146_097
      let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
      let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
      let shifted = (5 * dayOfYear + 2) / 153
      day = dayOfYear - (153 * shifted + 2) / 5 + 1
      month = shifted < 10 ? shifted + 3 : shifted - 9
      year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    package static func < (left: Day, right: Day) -> Bool {
      (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
  }

  /// The years a key can name: CloudTrail began in 2013, and nothing is copied from the future.
  ///
  /// Stops ranges of millions of years, whose days would not fit in memory.
  private static let years = 2000...2099

  /// The days of a range of moments, a day wider on both sides: CloudTrail selects by the date in
  /// the key, and the events of a day's first and last minutes may lie in a neighbour's file.
  ///
  /// Any day where no day of the range can stand in a key.
  package static func around(_ start: Timestamp, _ end: Timestamp) -> LogDates {
    let first = max(day(around: start, -86_400), Day(year: years.lowerBound, month: 1, day: 1))
    let last = min(day(around: end, 86_400), Day(year: years.upperBound, month: 12, day: 31))
    return first <= last ? LogDates(first...last) : LogDates()
  }

  private static func day(around moment: Timestamp, _ offset: Int) -> Day {
    let (seconds, overflows) = moment.seconds.addingReportingOverflow(offset)
    return Day(Timestamp(seconds: overflows ? moment.seconds : seconds))
  }

  /// `YYYYMMDD` with a separator between the parts.
  ///
  /// - Parameter isRecent: days of a year that people have logs of, where any day may be meant.
  func language(separatedBy separator: String, isRecent: Bool = false) -> Language {
    let years = isRecent ? 2025...2025 : Self.years
    let first = range?.lowerBound ?? Day(year: years.lowerBound, month: 1, day: 1)
    let last = range?.upperBound ?? Day(year: years.upperBound, month: 12, day: 31)
    var choices: [Language] = []
    var whole: (leap: [Language], common: [Language]) = ([], [])
    for year in first.year...last.year {
      let from = max(first, Day(year: year, month: 1, day: 1))
      let to = min(last, Day(year: year, month: 12, day: 31))
      let isWhole = (from.month, from.day, to.month, to.day) == (1, 1, 12, 31)
      let name = Language.text(Self.digits(year, 4))
      if isWhole, Self.isLeap(year) {
        whole.leap.append(name)
      } else if isWhole {
        whole.common.append(name)
      } else {
        choices.append(.sequence([name, .text(separator), Self.days(from, to, separator)]))
      }
    }
    // Years of one kind share their days, so that a century is not a hundred calendars.
    for (names, year) in [(whole.common, 2001), (whole.leap, 2000)] where !names.isEmpty {
      let days = Self.days(
        Day(year: year, month: 1, day: 1), Day(year: year, month: 12, day: 31), separator)
      choices.append(.sequence([.either(names), .text(separator), days]))
    }
    return .either(choices)
  }

  /// `MMDD` of the days of one year.
  private static func days(_ first: Day, _ last: Day, _ separator: String) -> Language {
    .either(
      (first.month...last.month).map { month in
        let from = month == first.month ? first.day : 1
        let to = month == last.month ? last.day : length(of: month, in: first.year)
        return .sequence([
          .text(digits(month, 2)), .text(separator),
          .either((from...max(from, to)).map { .text(digits($0, 2)) }),
        ])
      })
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
