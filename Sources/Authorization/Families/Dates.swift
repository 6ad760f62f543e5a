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

  /// `YYYYMMDD` with a separator between the parts; nil where no day is left.
  ///
  /// - Parameters:
  ///   - isRecent: days of a year that people have logs of, where any day may be meant.
  ///   - fixed: what digits may be, by their position in `YYYYMMDD`.
  func language(
    separatedBy separator: String, isRecent: Bool = false, digits fixed: [Int: ScalarSet] = [:]
  ) -> Language? {
    let years = isRecent ? 2025...2025 : Self.years
    let first = range?.lowerBound ?? Day(year: years.lowerBound, month: 1, day: 1)
    let last = range?.upperBound ?? Day(year: years.upperBound, month: 12, day: 31)
    var choices: [Language] = []
    func add(_ years: [Int], from: Day, to: Day) {
      let names = years.map { Self.digits($0, 4) }.filter { Self.fits($0, at: 0, fixed) }
      guard !names.isEmpty, let days = Self.days(from, to, separator, fixed) else { return }
      choices.append(.sequence([.either(names.map(Language.text)), .text(separator), days]))
    }
    var whole: [Bool: [Int]] = [:]
    for year in first.year...last.year {
      let from = max(first, Day(year: year, month: 1, day: 1))
      let to = min(last, Day(year: year, month: 12, day: 31))
      if (from.month, from.day, to.month, to.day) == (1, 1, 12, 31) {
        whole[Self.isLeap(year), default: []].append(year)
      } else {
        add([year], from: from, to: to)
      }
    }
    // Years of one kind share their days, so that a century is not a hundred calendars.
    for isLeap in [false, true] {
      guard let years = whole[isLeap], let year = years.first else { continue }
      add(
        years, from: Day(year: year, month: 1, day: 1), to: Day(year: year, month: 12, day: 31))
    }
    return choices.isEmpty ? nil : .either(choices)
  }

  /// `MMDD` of the days of one year.
  private static func days(
    _ first: Day, _ last: Day, _ separator: String, _ fixed: [Int: ScalarSet]
  ) -> Language? {
    var months: [Language] = []
    for month in first.month...last.month where fits(digits(month, 2), at: 4, fixed) {
      let from = month == first.month ? first.day : 1
      let to = month == last.month ? last.day : length(of: month, in: first.year)
      let days = (from...max(from, to)).map { digits($0, 2) }.filter { fits($0, at: 6, fixed) }
      guard !days.isEmpty else { continue }
      months.append(
        .sequence([
          .text(digits(month, 2)), .text(separator), .either(days.map(Language.text)),
        ]))
    }
    return months.isEmpty ? nil : .either(months)
  }

  private static func fits(_ text: String, at offset: Int, _ fixed: [Int: ScalarSet]) -> Bool {
    fixed.isEmpty
      || text.unicodeScalars.enumerated().allSatisfy { position, scalar in
        fixed[position + offset]?.contains(scalar.value) ?? true
      }
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
