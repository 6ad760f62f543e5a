import PolicyModel
import Testing

/// A text and what reading it should give.
private struct Reading<Value: Sendable>: Sendable, CustomTestStringConvertible {
  var text: String
  var value: Value
  var testDescription: String { "`\(text)`" }

  init(_ text: String, _ value: Value) {
    self.text = text
    self.value = value
  }
}

@Suite struct `Numbers of conditions` {
  static let ascending = [
    "-1e300", "-1000000000000000000000000000001", "-1000000000000000000000000000000", "-10.5",
    "-10.25", "-1", "-0.001", "0", "1e-400", "0.00000000000000000000000000000000000001", "0.1",
    "0.10000000000000000000000000000000000001", "0.2", "1", "9", "10", "10.01", "99.9", "100",
    "9007199254740992", "9007199254740993", "1e400",
  ]

  @Test func `Numbers are ordered exactly, whatever their size`() throws {
    let numbers = try Self.ascending.map { try #require(PolicyNumber($0)) }
    for (left, smaller) in numbers.enumerated() {
      for (right, larger) in numbers.enumerated() {
        #expect(
          (smaller < larger) == (left < right), "\(Self.ascending[left]) \(Self.ascending[right])")
        #expect((smaller == larger) == (left == right))
      }
    }
  }

  @Test(arguments: [
    ["1", "1.0", "01", "+1", "1.", "10e-1", "0.1E1", "0.01e+2"], ["0", "-0", "0.00", "0e9", ".0"],
    ["-2.5", "-02.50", "-25e-1", "-.25e1"], ["1000", "1e3", "1000.000"],
  ])
  func `Spellings of one number are equal`(_ spellings: [String]) {
    let numbers = spellings.map { PolicyNumber($0) }
    #expect(!numbers.contains(nil))
    #expect(Set(numbers).count == 1)
  }

  @Test(arguments: [
    "", " 1", "1 ", "one", ".", "-", "+", "1e", "e3", "1e+", "--1", "1.2.3", "1,000", "0x10", "1*",
    "NaN", "Infinity", "1e9999999999", "١",
  ])
  func `Other text is no number`(_ text: String) { #expect(PolicyNumber(text) == nil) }
}

@Suite struct `Dates of conditions` {
  private static let readings: [Reading<PolicyDate>] = [
    Reading("1970-01-01T00:00:00Z", PolicyDate(seconds: 0)),
    Reading("2020-01-01T00:00:01Z", PolicyDate(seconds: 1_577_836_801)),
    Reading("2020-04-01", PolicyDate(seconds: 1_585_699_200)),
    Reading("2020-04", PolicyDate(seconds: 1_585_699_200)),
    Reading("2020-04-01T00:00Z", PolicyDate(seconds: 1_585_699_200)),
    Reading("2020-04-01T00Z", PolicyDate(seconds: 1_585_699_200)),
    Reading("2020-04-01t00:00:00z", PolicyDate(seconds: 1_585_699_200)),
    Reading("2020-04-01T00:00:00", PolicyDate(seconds: 1_585_699_200)),
    Reading("2020-04-01T02:00:00+02:00", PolicyDate(seconds: 1_585_699_200)),
    Reading("2020-03-31T18:30:00-0530", PolicyDate(seconds: 1_585_699_200)),
    Reading("2020-04-01T05+05", PolicyDate(seconds: 1_585_699_200)),
    Reading("1585699200", PolicyDate(seconds: 1_585_699_200)),
    // Digits alone are epoch time, a bare year too.
    Reading("2020", PolicyDate(seconds: 2020)),
    Reading(
      "2020-04-01T00:00:00.25Z",
      PolicyDate(seconds: 1_585_699_200, attoseconds: 250_000_000_000_000_000)),
    Reading("0.000000000000000001", PolicyDate(seconds: 0, attoseconds: 1)),
    Reading("2000-02-29", PolicyDate(seconds: 951_782_400)),
    Reading("1969-12-31T23:59:59Z", PolicyDate(seconds: -1)),
    Reading("0001-01-01", PolicyDate(seconds: -62_135_596_800)),
    Reading("9999-12-31T23:59:59Z", PolicyDate(seconds: 253_402_300_799)),
  ]

  @Test(arguments: readings) private func `A date is read`(_ reading: Reading<PolicyDate>) {
    #expect(PolicyDate(reading.text) == reading.value)
  }

  @Test(arguments: [
    "", "yesterday", "2020-13-01", "2020-00-01", "2020-02-30", "2019-02-29", "1900-02-29",
    "2020-04-31", "2020-04-01T", "2020-04-01T24:00:00Z", "2020-04-01T00:60Z",
    "2020-04-01T00:00:60Z", "2020-04-01T00:00:00.Z", "2020-04-01T00:00:00+2",
    "2020-04-01T00:00:00+02:", "2020-04-01T00:00:00+25:00", "2020-04-01 00:00:00", "20-04-01",
    "2020-*", "-5", "99999999999999999999", "2020-04-01T00:00:00ZZ", "01/04/2020",
  ])
  func `Other text is no date`(_ text: String) { #expect(PolicyDate(text) == nil) }

  @Test func `Dates are ordered by time to the fraction`() throws {
    let ascending = try [
      "0001-01-01", "1969-12-31T23:59:59.999Z", "0", "0.1", "0.11", "1",
      "2020-01-01T00:00:00+01:00",
      "2020-01-01T00:00:00Z",
    ].map { try #require(PolicyDate($0)) }
    #expect(ascending == ascending.sorted())
    #expect(Set(ascending).count == ascending.count)
  }

  @Test func `Every day of four centuries follows the one before`() throws {
    var expected = try #require(PolicyDate("1999-12-31")).seconds
    for year in 2000..<2400 {
      for month in 1...12 {
        for day in 1...31 {
          guard let date = PolicyDate("\(year)-\(month)-\(day)") else { continue }
          expected += 86_400
          #expect(date.seconds == expected)
        }
      }
    }
    #expect(expected == PolicyDate("2399-12-31")?.seconds)
    #expect(expected - 946_598_400 == 146_097 * 86_400)
  }
}

@Suite struct `Addresses of conditions` {
  struct Containment: Sendable, CustomTestStringConvertible {
    var range: String
    var other: String
    var isContained: Bool
    var testDescription: String { "`\(other)` \(isContained ? "in" : "not in") `\(range)`" }

    init(_ range: String, _ other: String, _ isContained: Bool) {
      self.range = range
      self.other = other
      self.isContained = isContained
    }
  }

  @Test(arguments: [
    Containment("203.0.113.0/24", "203.0.113.0", true),
    Containment("203.0.113.0/24", "203.0.113.255", true),
    Containment("203.0.113.0/24", "203.0.114.0", false),
    Containment("203.0.113.77/24", "203.0.113.1", true),
    Containment("203.0.113.0/24", "203.0.113.128/25", true),
    Containment("203.0.113.128/25", "203.0.113.0/24", false),
    Containment("203.0.113.7", "203.0.113.7/32", true),
    Containment("203.0.113.7", "203.0.113.6", false),
    Containment("0.0.0.0/0", "255.255.255.255", true),
    Containment("0.0.0.0/0", "::1", false),
    Containment("::/0", "0.0.0.1", false),
    Containment("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true),
    Containment("2001:DB8:1234:5678::/64", "2001:db8:1234:5678:9::a", true),
    Containment("2001:DB8:1234:5678::/64", "2001:db8:1234:5679::", false),
    Containment("2001:db8::", "2001:db8:0:0:0:0:0:0", true),
    Containment("::1", "0:0:0:0:0:0:0:1", true),
    Containment("1::", "1:0:0:0:0:0:0:0/128", true),
    Containment("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", true),
    Containment("::ffff:192.0.2.128", "::ffff:c000:280", true),
    Containment("1:2:3:4:5:6:192.0.2.128", "1:2:3:4:5:6:c000:280", true),
    Containment("2001:db8::/127", "2001:db8::1", true),
    Containment("2001:db8::/127", "2001:db8::2", false),
  ])
  func `A range holds what lies in it`(_ containment: Containment) throws {
    let range = try #require(IPNetwork(containment.range))
    let other = try #require(IPNetwork(containment.other))
    #expect(range.contains(other) == containment.isContained)
  }

  @Test(arguments: [
    "", "*", "203.0.113", "203.0.113.", "203.0.113.256", "203.0.113.0.1", "203.0.113.0/",
    "203.0.113.0/33", "203.0.113.0/-1", "203.0.113.0/24/24", " 203.0.113.0", "203.0.113.*",
    ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::/129",
    ":1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:", "1:2:3:4:5:6:7:1.2.3.4", "1.2.3.4::", "::1.2.3",
    "1::2:3:4:5:6:7:8", "1:", "fe80::1%eth0",
  ])
  func `Other text is no address`(_ text: String) { #expect(IPNetwork(text) == nil) }
}

@Suite struct `Binary values of conditions` {
  // RFC 4648, section 10, with and without padding.
  private static let readings: [Reading<String>] = [
    Reading("", ""), Reading("Zg==", "f"), Reading("Zg", "f"), Reading("Zm8=", "fo"),
    Reading("Zm8", "fo"), Reading("Zm9v", "foo"), Reading("Zm9vYg==", "foob"),
    Reading("Zm9vYmE=", "fooba"), Reading("Zm9vYmFy", "foobar"),
    Reading("QmluYXJ5VmFsdWVJbkJhc2U2NA==", "BinaryValueInBase64"),
  ]

  @Test(arguments: readings) private func `Base64 is decoded`(_ reading: Reading<String>) {
    #expect(decodeBase64(reading.text) == Array(reading.value.utf8))
  }

  @Test func `The whole alphabet is decoded`() {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    var digits: [UInt8] = []
    for group in stride(from: UInt8(0), to: 64, by: 4) {
      digits += [group << 2 | (group + 1) >> 4]
      digits += [(group + 1) << 4 | (group + 2) >> 2]
      digits += [(group + 2) << 6 | (group + 3)]
    }
    #expect(decodeBase64(alphabet) == digits)
  }

  @Test(arguments: [
    "Z", "Zg=", "Zg===", "Zm9v=", "Zm9vZ", "Z=g=", "Zm9v\n", "Zm9-", "Zm9_", "=", "é",
  ])
  func `Other text is no base64`(_ text: String) { #expect(decodeBase64(text) == nil) }
}

@Suite struct `Truth values of conditions` {
  @Test(arguments: ["true", "True", "TRUE", "tRuE"]) func `True in any case`(_ text: String) {
    #expect(PolicyBoolean(text)?.isTrue == true)
  }

  @Test(arguments: ["false", "False", "FALSE"]) func `False in any case`(_ text: String) {
    #expect(PolicyBoolean(text)?.isTrue == false)
  }

  @Test(arguments: [
    "", "yes", "no", "1", "0", "true ", "tru", "truee", "t", "null", "*", "TRU\u{5}",
  ])
  func `Other text is no truth value`(_ text: String) { #expect(PolicyBoolean(text) == nil) }
}

@Suite struct `Amazon Resource Names` {
  private static let readings: [Reading<[Substring]>] = [
    Reading("arn:aws:s3:::logs/AWSLogs/*", ["arn", "aws", "s3", "", "", "logs/AWSLogs/*"]),
    Reading(
      "arn:aws-us-gov:sns:us-gov-west-1:111122223333:topic:11:22",
      ["arn", "aws-us-gov", "sns", "us-gov-west-1", "111122223333", "topic:11:22"]),
    Reading(":::::", ["", "", "", "", "", ""]),
    Reading("arn:*:ké:?::", ["arn", "*", "ké", "?", "", ""]),
  ]

  @Test(arguments: readings) private func `A name has six parts`(_ reading: Reading<[Substring]>) {
    #expect(ARNParts(reading.text)?.all == reading.value)
  }

  @Test(arguments: ["", "*", "arn", "arn:aws:s3", "arn:aws:s3:::".dropLast().description])
  func `With fewer parts it is none`(_ text: String) { #expect(ARNParts(text) == nil) }
}
