import PolicyModel
import Testing

struct MomentCase: Sendable, CustomTestStringConvertible {
  var text: String
  /// As `iso8601`; nil where the text is no moment.
  var moment: String?
  var testDescription: String { text }

  init(_ text: String, _ moment: String?) {
    self.text = text
    self.moment = moment
  }
}

@Suite struct `Moments` {
  static let iso8601 = [
    MomentCase("2026-11-21", "2026-11-21T00:00:00Z"),
    MomentCase("2026-11-21T08:30Z", "2026-11-21T08:30:00Z"),
    MomentCase("2026-11-21T08:30:59", "2026-11-21T08:30:59Z"),
    MomentCase("2026-11-21T08:30:59.999Z", "2026-11-21T08:30:59Z"),
    MomentCase("2026-11-21T08:30:00+01:00", "2026-11-21T07:30:00Z"),
    MomentCase("2026-11-21T08:30:00.123456-0800", "2026-11-21T16:30:00Z"),
    MomentCase("2026-11-21T00:30:00+0000", "2026-11-21T00:30:00Z"),
    MomentCase("2026-01-01T00:30:00+05:45", "2025-12-31T18:45:00Z"),
    MomentCase("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    MomentCase("2000-02-29", "2000-02-29T00:00:00Z"),
    MomentCase("0000-02-29", "0000-02-29T00:00:00Z"),
    MomentCase("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    MomentCase("1900-02-29", nil),
    MomentCase("2026-02-29", nil),
    MomentCase("2026-13-01", nil),
    MomentCase("2026-00-01", nil),
    MomentCase("2026-04-31", nil),
    MomentCase("2026-04-00", nil),
    MomentCase("2026-11-21T", nil),
    MomentCase("2026-11-21T24:00Z", nil),
    MomentCase("2026-11-21T08:60Z", nil),
    MomentCase("2026-11-21T08Z", nil),
    MomentCase("2026-11-21T08:30:00.Z", nil),
    MomentCase("2026-11-21T08:30:00+1", nil),
    MomentCase("2026-11-21T08:30:00Zx", nil),
    MomentCase("2026-11-21 ", nil),
    MomentCase("26-11-21", nil),
    MomentCase("1792512000", nil),
    MomentCase("", nil),
  ]

  @Test(arguments: iso8601) func `ISO 8601 is read`(_ example: MomentCase) {
    #expect(Timestamp(iso8601: example.text)?.iso8601 == example.moment)
  }

  @Test(arguments: [
    MomentCase("1700000000", "2023-11-14T22:13:20Z"),
    MomentCase("1700000000.987", "2023-11-14T22:13:20Z"),
    MomentCase("0", "1970-01-01T00:00:00Z"),
    MomentCase("2023-11-14T22:13:20.987000+00:00", "2023-11-14T22:13:20Z"),
    MomentCase("1700000000000", nil),
    MomentCase("-1", nil),
    MomentCase("inf", nil),
    MomentCase("0x10", nil),
    MomentCase("1e9", nil),
    MomentCase("1.2.3", nil),
    MomentCase("nan", nil),
    MomentCase("", nil),
  ]) func `Both versions of the AWS CLI are read`(_ example: MomentCase) {
    #expect(Timestamp(awsTimestamp: example.text)?.iso8601 == example.moment)
  }

  @Test func `Every day of eight centuries has its number`() throws {
    var date = try #require(CivilDate(year: 1599, month: 12, day: 31))
    var number = date.dayNumber
    let last = try #require(CivilDate(year: 2400, month: 3, day: 1))
    while date < last {
      number += 1
      let next =
        CivilDate(year: date.year, month: date.month, day: date.day + 1)
        ?? CivilDate(year: date.year, month: date.month + 1, day: 1)
        ?? CivilDate(year: date.year + 1, month: 1, day: 1)
      date = try #require(next)
      guard date.dayNumber == number, CivilDate(dayNumber: number) == date else {
        Issue.record("\(date) is day \(date.dayNumber), not \(number)")
        return
      }
    }
    #expect(CivilDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
    #expect(Timestamp(seconds: -1).dayNumber == -1)
  }
}
