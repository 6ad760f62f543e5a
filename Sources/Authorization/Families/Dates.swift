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

  /// The days of a range of moments, a day wider on both sides: CloudTrail selects by the date in
  /// the key, and the events of a day's first and last minutes may lie in a neighbour's file.
  package static func around(_ start: Timestamp, _ end: Timestamp) -> LogDates {
    // A key has a year of four digits; no log file is older than CloudTrail, which began in 2013.
    let earliest = Day(year: 2000, month: 1, day: 1)
    let latest = Day(year: 2199, month: 12, day: 31)
    let first = max(earliest, Day(Timestamp(seconds: max(start.seconds, -62_000_000_000) - 86_400)))
    let last = min(latest, Day(Timestamp(seconds: min(end.seconds, 250_000_000_000) + 86_400)))
    guard first <= last else { return LogDates() }
    return LogDates(first...last)
  }

  /// `YYYYMMDD` with a separator between the parts.
  ///
  /// - Parameter isRecent: days of a year that people have logs of, where any day may be meant.
  func language(separatedBy separator: String, isRecent: Bool = false) -> Language {
    guard let range else {
      if isRecent {
        return .sequence([.text("2025"), .text(separator), Self.anyMonth(separator)])
      }
      return .sequence([
        .text("20"), .repeated(.one(.digits), 2), .text(separator),
        Self.anyMonth(separator),
      ])
    }
    var choices: [Language] = []
    var whole: [Language] = []
    for year in range.lowerBound.year...range.upperBound.year {
      if Self.isWhole(year, in: range) {
        whole.append(.text(Self.digits(year, 4)))
      } else {
        let months = Self.months(of: year, in: range, separator)
        choices.append(.sequence([.text(Self.digits(year, 4)), .text(separator), months]))
      }
    }
    // The months of whole years once for all of them: a range may span centuries.
    if !whole.isEmpty {
      choices.append(.sequence([.either(whole), .text(separator), Self.anyMonth(separator)]))
    }
    return .either(choices)
  }

  private static func isWhole(_ year: Int, in range: ClosedRange<Day>) -> Bool {
    range.lowerBound <= Day(year: year, month: 1, day: 1)
      && range.upperBound >= Day(year: year, month: 12, day: 31)
  }

  private static func months(of year: Int, in range: ClosedRange<Day>, _ separator: String)
    -> Language
  {
    let start = Day(year: year, month: 1, day: 1)
    let end = Day(year: year, month: 12, day: 31)
    let first = max(start, range.lowerBound)
    let last = min(end, range.upperBound)
    return .either(
      (first.month...last.month).map { month in
        let from = month == first.month ? first.day : 1
        let to = month == last.month ? last.day : length(of: month)
        return .sequence([
          .text(digits(month, 2)), .text(separator), days(from, max(from, to)),
        ])
      })
  }

  private static func anyMonth(_ separator: String) -> Language {
    .either(
      (1...12).map { month in
        .sequence([.text(digits(month, 2)), .text(separator), days(1, length(of: month))])
      })
  }

  private static func days(_ from: Int, _ to: Int) -> Language {
    .either((from...to).map { .text(digits($0, 2)) })
  }

  private static func length(of month: Int) -> Int {
    switch month {
    case 2: 29
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
