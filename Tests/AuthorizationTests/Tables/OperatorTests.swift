import PolicyModel
import Testing

@testable import Authorization

/// A condition, the key's value, and whether the condition holds.
struct OperatorCase: Sendable, CustomTestStringConvertible {
  var row: String
  var name: String
  var wanted: String
  var value: ContextValue
  var shown: String
  var expected: Expected

  init(
    _ row: String, _ name: String, _ wanted: String, _ value: String, _ expected: Expected
  ) {
    self.init(row, name, wanted, is: .value(value), "`\(value)`", expected)
  }

  init(
    _ row: String, _ name: String, _ wanted: String, is value: ContextValue, _ shown: String,
    _ expected: Expected
  ) {
    self.row = row
    self.name = name
    self.wanted = wanted
    self.value = value
    self.shown = shown
    self.expected = expected
  }

  var testDescription: String { "\(row): \(name) \(wanted) and \(shown)" }

  /// Checks an Allow that has nothing but the condition, and a Deny that has.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let condition = #"{"\#(name)": {"a:key": \#(wanted)}}"#
    let asked = request(["a:key": value])
    let allowing = try Layers(identity: [[allow(if: condition)]]).question()
    #expect(
      allowing.evaluate(asked).allowed.decision == expected, sourceLocation: sourceLocation)
    let denying = try Layers(identity: [[allow(), deny(if: condition)]]).question()
    let opposite: Expected =
      switch expected {
      case .allowed: .denied
      case .denied: .allowed
      case .open: .open
      }
    #expect(
      denying.evaluate(asked).allowed.decision == opposite, sourceLocation: sourceLocation)
  }
}

/// Several values of one key.
func several(_ values: String...) -> ContextValue {
  ContextValue(.present, .exactly(values.map { RequestText($0) }), isMultivalued: true)
}

@Suite struct `Condition operators` {
  static let strings: [OperatorCase] = [
    OperatorCase("string-equals", "StringEquals", #""a*""#, "a*", .allowed),
    OperatorCase("string-equals", "StringEquals", #""a*""#, "ab", .denied),
    OperatorCase("string-equals", "StringEquals", #""a?""#, "ab", .denied),
    OperatorCase("string-equals", "StringEquals", #""a""#, "A", .denied),
    OperatorCase("string-equals", "StringEquals", #""""#, "", .allowed),
    OperatorCase("string-equals", "StringEquals", #"["a", "b"]"#, "b", .allowed),
    OperatorCase("string-equals", "StringNotEquals", #""a""#, "a", .denied),
    OperatorCase("string-equals", "StringNotEquals", #""a""#, "A", .allowed),
    OperatorCase("negated-nor", "StringNotEquals", #"["a", "b"]"#, "b", .denied),
    OperatorCase("negated-nor", "StringNotEquals", #"["a", "b"]"#, "c", .allowed),
    OperatorCase("negated-nor", "StringNotLike", #"["a*", "b*"]"#, "bc", .denied),
    OperatorCase("negated-nor", "NumericNotEquals", "[1, 2]", "2", .denied),
    OperatorCase("string-ignore-case", "StringEqualsIgnoreCase", #""aBc""#, "AbC", .allowed),
    OperatorCase("string-ignore-case", "StringEqualsIgnoreCase", #""a*""#, "AB", .denied),
    OperatorCase("string-ignore-case", "StringNotEqualsIgnoreCase", #""aB""#, "Ab", .denied),
    OperatorCase("string-ignore-case", "StringEqualsIgnoreCase", #""a[""#, "a{", .denied),
    OperatorCase("ignore-case-beyond-ascii", "StringEqualsIgnoreCase", #""é""#, "é", .allowed),
    OperatorCase("ignore-case-beyond-ascii", "StringEqualsIgnoreCase", #""é""#, "É", .open),
    OperatorCase(
      "ignore-case-beyond-ascii", "StringEqualsIgnoreCase", #""k""#, "\u{212A}", .open),
    OperatorCase(
      "ignore-case-beyond-ascii", "StringNotEqualsIgnoreCase", #""É""#, "é", .open),
    OperatorCase("value-types", "StringEquals", "10", "10", .allowed),
    OperatorCase("value-types", "StringEquals", "true", "true", .allowed),
    OperatorCase("value-types", "StringLike", "[1, true]", "true", .allowed),
    OperatorCase("value-types", "NumericEquals", #""10""#, "10", .allowed),
    OperatorCase("value-types", "NumericGreaterThan", "1.5", "1.50001", .allowed),
    OperatorCase("string-like", "StringLike", #""a*c?e""#, "abbcde", .allowed),
    OperatorCase("string-like", "StringLike", #""a*c""#, "abcd", .denied),
    OperatorCase("string-like", "StringLike", #""a""#, "ab", .denied),
    OperatorCase("string-like", "StringLike", #""a:*:c""#, "a:x:y:c", .allowed),
    OperatorCase("string-like", "StringLike", #""A*""#, "ab", .denied),
    OperatorCase("string-like", "StringLike", #""*""#, "", .allowed),
    OperatorCase("string-like", "StringLike", #""?""#, "", .denied),
    OperatorCase("string-like", "StringNotLike", #""a*""#, "ab", .denied),
    OperatorCase("string-like", "StringNotLike", #""a*""#, "b", .allowed),
  ]

  @Test(arguments: strings) func `Strings`(_ example: OperatorCase) throws { try example.check() }

  static let numbersAndDates: [OperatorCase] = [
    OperatorCase("numeric", "NumericEquals", "10", "10", .allowed),
    OperatorCase("numeric", "NumericEquals", #""10""#, "10.0", .allowed),
    OperatorCase("numeric", "NumericEquals", #""0.10""#, "0.1", .allowed),
    OperatorCase("numeric", "NumericEquals", "10", "1", .denied),
    OperatorCase("numeric", "NumericNotEquals", "10", "10", .denied),
    OperatorCase("numeric", "NumericLessThan", "10", "9.99", .allowed),
    OperatorCase("numeric", "NumericLessThan", "10", "10", .denied),
    OperatorCase("numeric", "NumericLessThan", "10", "-11", .allowed),
    OperatorCase("numeric", "NumericLessThanEquals", "10", "10", .allowed),
    OperatorCase("numeric", "NumericGreaterThan", "9", "10", .allowed),
    OperatorCase("numeric", "NumericGreaterThan", "-9", "-10", .denied),
    OperatorCase("numeric", "NumericGreaterThanEquals", "1.20", "1.2", .allowed),
    OperatorCase(
      "numeric", "NumericGreaterThan", "9007199254740992", "9007199254740993", .allowed),
    OperatorCase(
      "date", "DateEquals", #""2026-05-31T12:00:00Z""#, "2026-05-31T14:00:00+02:00", .allowed),
    OperatorCase("date", "DateEquals", #""2026-05-31""#, "2026-05-31T00:00:00Z", .allowed),
    OperatorCase("date", "DateEquals", #""1780185600""#, "2026-05-31T00:00:00Z", .allowed),
    OperatorCase("date", "DateEquals", "1780185600", "2026-05-31T00:00:00Z", .allowed),
    OperatorCase(
      "date", "DateEquals", #""2026-05-31T00:00:00.5Z""#, "2026-05-31T00:00:00Z", .denied),
    OperatorCase(
      "date", "DateNotEquals", #""2026-05-31T00:00:00Z""#, "2026-05-31T00:00:00Z", .denied),
    OperatorCase(
      "date", "DateLessThan", #""2026-05-31T00:00:00Z""#, "2026-05-30T23:59:59.9Z", .allowed),
    OperatorCase(
      "date", "DateLessThan", #""2026-05-31T00:00:00Z""#, "2026-05-31T00:00:00Z", .denied),
    OperatorCase(
      "date", "DateLessThanEquals", #""2026-05-31T00:00:00Z""#, "2026-05-31T00:00:00Z", .allowed),
    OperatorCase(
      "date", "DateGreaterThan", #""2026-05-31T00:00:00-01:00""#, "2026-05-31T00:30:00Z", .denied),
    OperatorCase(
      "date", "DateGreaterThanEquals", #""2026-05-31T00:00:00Z""#, "2026-05-31T00:00:00Z", .allowed),
  ]

  @Test(arguments: numbersAndDates)
  func `Numbers and dates`(_ example: OperatorCase) throws { try example.check() }

  static let others: [OperatorCase] = [
    OperatorCase("bool", "Bool", #""true""#, "true", .allowed),
    OperatorCase("bool", "Bool", "true", "true", .allowed),
    OperatorCase("bool", "Bool", #""TRUE""#, "true", .allowed),
    OperatorCase("bool", "Bool", #""false""#, "true", .denied),
    OperatorCase("binary", "BinaryEquals", #""QmluYXJ5""#, "QmluYXJ5", .allowed),
    OperatorCase("binary", "BinaryEquals", #""QmluYXJ5""#, "QmluYXJ6", .denied),
    OperatorCase("ip-address", "IpAddress", #""203.0.113.0/24""#, "203.0.113.255", .allowed),
    OperatorCase("ip-address", "IpAddress", #""203.0.113.0/24""#, "203.0.114.0", .denied),
    OperatorCase("ip-address", "IpAddress", #""203.0.113.7""#, "203.0.113.7", .allowed),
    OperatorCase("ip-address", "IpAddress", #""203.0.113.7""#, "203.0.113.6", .denied),
    OperatorCase("ip-address", "IpAddress", #""0.0.0.0/0""#, "203.0.113.7", .allowed),
    OperatorCase("ip-address", "IpAddress", #""0.0.0.0/0""#, "2001:db8::1", .denied),
    OperatorCase(
      "ip-address", "IpAddress", #""2001:DB8:1234:5678::/64""#, "2001:db8:1234:5678:9::1", .allowed),
    OperatorCase(
      "ip-address", "IpAddress", #""2001:DB8:1234:5678::/64""#, "2001:db8:1234:5679::1", .denied),
    OperatorCase(
      "ip-address", "IpAddress", #"["10.0.0.0/8", "2001:db8::/32"]"#, "2001:db8::1", .allowed),
    OperatorCase("ip-address", "NotIpAddress", #""203.0.113.0/24""#, "203.0.113.1", .denied),
    OperatorCase(
      "negated-nor", "NotIpAddress", #"["10.0.0.0/8", "192.0.2.0/24"]"#, "192.0.2.1", .denied),
    OperatorCase("bare-ipv6-address", "IpAddress", #""2001:db8::1""#, "2001:db8::1", .allowed),
    OperatorCase("bare-ipv6-address", "IpAddress", #""2001:db8::1""#, "2001:db8::2", .open),
    OperatorCase("bare-ipv6-address", "IpAddress", #""2001:db8::1""#, "2001:db9::1", .denied),
    OperatorCase("arn", "ArnEquals", #""arn:aws:s3:::b/*""#, "arn:aws:s3:::b/c:d", .allowed),
    OperatorCase("arn", "ArnLike", #""arn:aws:*:r:1:a""#, "arn:aws:s:r:1:a", .allowed),
    OperatorCase(
      "arn", "ArnLike", #""arn:aws:someservice:*:111122223333:finance/*""#,
      "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
      .denied),
    OperatorCase("arn", "ArnEquals", #""arn:aws:s3:::*""#, "arn:aws:s3:::b", .allowed),
    OperatorCase("arn", "ArnLike", #""arn:aws:s3:?:?:b""#, "arn:aws:s3:::b", .denied),
    OperatorCase("arn", "ArnLike", #""arn:aws:S3:::b""#, "arn:aws:s3:::b", .denied),
    OperatorCase("arn", "ArnNotEquals", #""arn:aws:s3:::*""#, "arn:aws:s3:::b", .denied),
    OperatorCase("arn", "ArnNotLike", #""arn:aws:s3:::c""#, "arn:aws:s3:::b", .allowed),
    OperatorCase("arn", "ArnLike", #""*:*:*:*:*:*""#, "arn:aws:s3:::b", .allowed),
    OperatorCase("arn-fewer-parts", "ArnLike", #""*""#, "arn:aws:s3:::b", .open),
    OperatorCase("arn-fewer-parts", "ArnLike", #""arn:aws:s3:*""#, "arn:aws:s3:::b", .open),
    OperatorCase("arn-fewer-parts", "ArnLike", #""arn:aws:s3:::b""#, "b", .open),
    OperatorCase("arn-fewer-parts", "ArnNotLike", #""arn:aws:s3:::b""#, "b", .open),
  ]

  @Test(arguments: others)
  func `Truth, bytes, addresses and ARNs`(_ example: OperatorCase) throws { try example.check() }

  static let unreadable: [OperatorCase] = [
    OperatorCase("unreadable-key-value", "NumericEquals", "1", "one", .open),
    OperatorCase("unreadable-key-value", "NumericNotEquals", "1", "one", .open),
    OperatorCase("unreadable-key-value", "DateLessThan", #""2026-05-31""#, "tomorrow", .open),
    OperatorCase("unreadable-key-value", "Bool", #""true""#, "yes", .open),
    OperatorCase("unreadable-key-value", "IpAddress", #""0.0.0.0/0""#, "here", .open),
    OperatorCase("unreadable-key-value", "BinaryEquals", #""QmluYXJ5""#, "!", .open),
    OperatorCase("unreadable-policy-value", "StringEquals", "null", "a", .open),
    OperatorCase("unreadable-policy-value", "StringEquals", #"{"a": "a"}"#, "a", .open),
    OperatorCase("no-values", "StringEquals", "[]", "a", .open),
    OperatorCase("no-values", "StringNotEquals", "[]", "a", .open),
    OperatorCase("variable-in-other-operator", "Bool", #""${a:other}""#, "true", .open),
    OperatorCase("variable-in-other-operator", "NumericEquals", #""${a:other}""#, "1", .open),
  ]

  @Test(arguments: unreadable)
  func `Values nobody describes`(_ example: OperatorCase) throws { try example.check() }

  static let flawed: [(String, String)] = [
    ("NumericEquals", #""one""#), ("DateLessThan", #""soon""#), ("Bool", #""yes""#),
    ("IpAddress", #""203.0.113.0/33""#), ("BinaryEquals", #""=""#), ("Null", #""maybe""#),
    ("ArnLike", #""logs""#), ("StringsEqual", #""a""#), ("NullIfExists", #""true""#),
  ]

  // `unreadable-policy-value`
  @Test(arguments: flawed)
  func `A value the operator cannot read makes the statement apply perhaps`(
    _ name: String, _ value: String
  ) throws {
    let condition = #"{"\#(name)": {"a:key": \#(value)}}"#
    for present: ContextValue in [.value("x"), .value("true"), .absent] {
      let asked = request(["a:key": present])
      let allowing = try Layers(identity: [[allow(if: condition)]]).question()
      #expect(allowing.evaluate(asked).allowed.decision != .allowed)
      let denying = try Layers(identity: [[allow(), deny(if: condition)]]).question()
      #expect(denying.evaluate(asked).allowed.decision != .denied)
    }
  }
}
