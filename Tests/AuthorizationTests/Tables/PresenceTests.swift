import PolicyModel
import Testing

@testable import Authorization

private func on(
  _ row: String, _ name: String, _ wanted: String, _ value: ContextValue, _ shown: String,
  _ expected: Expected
) -> OperatorCase {
  OperatorCase(row, name, wanted, is: value, shown, expected)
}

private let maybeA = ContextValue(.unknown, .exactly([RequestText("a")]))
private let aOrB = ContextValue(.present, .oneOf([RequestText("a"), RequestText("b")]))
private let manyUnknown = ContextValue(.present, .anything, isMultivalued: true)

@Suite struct `Keys that are missing, many or unknown` {
  static let missing: [OperatorCase] = [
    on("missing-key", "StringEquals", #""a""#, .absent, "no key", .denied),
    on("missing-key", "StringLike", #""*""#, .absent, "no key", .denied),
    on("missing-key", "StringNotEquals", #""a""#, .absent, "no key", .allowed),
    on("missing-key", "StringNotLike", #""*""#, .absent, "no key", .allowed),
    on("missing-key", "StringNotEqualsIgnoreCase", #""a""#, .absent, "no key", .allowed),
    on("missing-key", "NumericLessThan", "1", .absent, "no key", .denied),
    on("missing-key", "NumericNotEquals", "1", .absent, "no key", .allowed),
    on("missing-key", "DateNotEquals", #""2026-05-31""#, .absent, "no key", .allowed),
    on("missing-key", "Bool", #""false""#, .absent, "no key", .denied),
    on("missing-key", "BinaryEquals", #""QQ==""#, .absent, "no key", .denied),
    on("missing-key", "IpAddress", #""0.0.0.0/0""#, .absent, "no key", .denied),
    on("missing-key", "NotIpAddress", #""0.0.0.0/0""#, .absent, "no key", .allowed),
    on("missing-key", "ArnEquals", #""arn:aws:s3:::*""#, .absent, "no key", .denied),
    on("missing-key", "ArnNotLike", #""arn:aws:s3:::*""#, .absent, "no key", .allowed),
    on("if-exists", "StringEqualsIfExists", #""a""#, .absent, "no key", .allowed),
    on("if-exists", "StringNotEqualsIfExists", #""a""#, .absent, "no key", .allowed),
    on("if-exists", "StringEqualsIfExists", #""a""#, .value("b"), "`b`", .denied),
    on("if-exists", "StringNotEqualsIfExists", #""a""#, .value("a"), "`a`", .denied),
    on("if-exists", "BoolIfExists", #""true""#, .absent, "no key", .allowed),
    on("null", "Null", #""true""#, .absent, "no key", .allowed),
    on("null", "Null", #""false""#, .absent, "no key", .denied),
    on("null", "Null", #""true""#, .value("a"), "`a`", .denied),
    on("null", "Null", "false", .value("a"), "`a`", .allowed),
    on("null", "Null", #"["true", "false"]"#, .value("a"), "`a`", .allowed),
    on("null-empty-value", "Null", #""true""#, .value(""), "an empty value", .open),
    on("null-empty-value", "Null", #""false""#, several(), "no values", .open),
    on("null-set-operator", "ForAllValues:Null", #""true""#, .absent, "no key", .open),
  ]

  @Test(arguments: missing)
  func `Missing keys`(_ example: OperatorCase) throws { try example.check() }

  static let many: [OperatorCase] = [
    on("for-all-values", "ForAllValues:StringEquals", #"["a", "b"]"#, several("a"), "a", .allowed),
    on(
      "for-all-values", "ForAllValues:StringEquals", #"["a", "b"]"#, several("a", "b"), "a, b",
      .allowed),
    on(
      "for-all-values", "ForAllValues:StringEquals", #"["a", "b"]"#, several("a", "c"), "a, c",
      .denied),
    on("for-all-values", "ForAllValues:StringEquals", #""a""#, .absent, "no key", .allowed),
    on("for-all-values", "ForAllValues:StringEquals", #""a""#, several(), "no values", .allowed),
    on("for-all-values", "ForAllValues:StringEquals", #""a""#, several(""), "one empty", .allowed),
    on(
      "for-all-values", "ForAllValues:StringNotEquals", #""a""#, several("b", "c"), "b, c", .allowed
    ),
    on(
      "for-all-values", "ForAllValues:StringNotEquals", #""a""#, several("a", "c"), "a, c", .denied),
    on("for-all-values", "ForAllValues:StringNotLike", #""a*""#, .absent, "no key", .allowed),
    on("for-any-value", "ForAnyValue:StringEquals", #""a""#, several("a", "c"), "a, c", .allowed),
    on("for-any-value", "ForAnyValue:StringEquals", #""a""#, several("b", "c"), "b, c", .denied),
    on("for-any-value", "ForAnyValue:StringEquals", #""a""#, .absent, "no key", .denied),
    on("for-any-value", "ForAnyValue:StringLike", #""*""#, several(), "no values", .denied),
    on("for-any-value", "ForAnyValue:StringLike", #""*""#, several(""), "one empty", .denied),
    on(
      "for-any-value", "ForAnyValue:StringNotEquals", #""a""#, several("a", "c"), "a, c", .allowed),
    on("for-any-value", "ForAnyValue:StringNotEquals", #""a""#, several("a"), "a", .denied),
    on("for-any-value", "ForAnyValue:StringNotEquals", #""a""#, .absent, "no key", .denied),
    on("for-any-value", "ForAnyValue:Bool", #""true""#, several("false", "true"), "both", .allowed),
    on(
      "set-operator-on-one-value", "ForAnyValue:StringLike", #""a*""#, .value("ab"), "ab", .allowed),
    on(
      "set-operator-on-one-value", "ForAllValues:StringLike", #""a*""#, .value("b"), "b", .denied),
    on(
      "set-operator-if-exists", "ForAllValues:StringEqualsIfExists", #""a""#, .absent, "no key",
      .allowed),
    on(
      "set-operator-if-exists", "ForAnyValue:StringEqualsIfExists", #""a""#, .absent, "no key",
      .open
    ),
    on("many-without-set-operator", "StringEquals", #""a""#, several("a", "b"), "a, b", .open),
    on("many-without-set-operator", "StringEquals", #""a""#, several("a"), "one of many", .open),
  ]

  @Test(arguments: many)
  func `Keys with many values`(_ example: OperatorCase) throws { try example.check() }

  static let unknown: [OperatorCase] = [
    on("unknown-presence", "StringEquals", #""a""#, maybeA, "a or none", .open),
    on("unknown-presence", "StringEquals", #""b""#, maybeA, "a or none", .denied),
    on("unknown-presence", "StringEqualsIfExists", #""a""#, maybeA, "a or none", .allowed),
    on("unknown-presence", "StringNotEquals", #""b""#, maybeA, "a or none", .allowed),
    on("unknown-presence", "StringNotEquals", #""a""#, maybeA, "a or none", .open),
    on("unknown-presence", "Null", #""true""#, maybeA, "a or none", .open),
    on("unknown-presence", "Null", #"["true", "false"]"#, maybeA, "a or none", .allowed),
    on("unknown-presence", "ForAllValues:StringEquals", #""b""#, maybeA, "a or none", .open),
    on("unknown-presence", "ForAllValues:StringEquals", #""a""#, maybeA, "a or none", .allowed),
    on("unknown-presence", "ForAnyValue:StringEquals", #""b""#, maybeA, "a or none", .denied),
    on("unknown-value", "StringEquals", #""a""#, .presentWithAnyValue, "any", .open),
    on("unknown-value", "StringLike", #""*""#, .presentWithAnyValue, "any", .allowed),
    on("unknown-value", "StringLike", #""**""#, .presentWithAnyValue, "any", .allowed),
    on("unknown-value", "StringNotLike", #""*""#, .presentWithAnyValue, "any", .denied),
    on("unknown-value", "StringLike", #"["", "?*"]"#, .presentWithAnyValue, "any", .allowed),
    on("unknown-value", "StringLike", #"["?", "", "??*"]"#, .presentWithAnyValue, "any", .allowed),
    on("unknown-value", "StringLike", #""?*""#, .presentWithAnyValue, "any", .open),
    on("unknown-value", "StringLike", #"["", "??*"]"#, .presentWithAnyValue, "any", .open),
    on("unknown-value", "StringNotLike", #"["", "?*"]"#, .presentWithAnyValue, "any", .denied),
    on("unknown-value", "ForAllValues:StringLike", #""?*""#, .presentWithAnyValue, "any", .allowed),
    on(
      "unknown-value", "ForAnyValue:StringLike", #"["", "?*"]"#, .presentWithAnyValue, "any", .open),
    on("unknown-value", "ForAnyValue:StringEquals", #""""#, .presentWithAnyValue, "any", .denied),
    on("unknown-value", "StringLike", #""*""#, .unknown, "anything", .open),
    on("unknown-value", "StringNotEquals", #""a""#, .presentWithAnyValue, "any", .open),
    on("unknown-value", "IpAddress", #""0.0.0.0/0""#, .presentWithAnyValue, "any", .open),
    on("unknown-value", "Null", #""false""#, .presentWithAnyValue, "any", .allowed),
    on("unknown-value", "ForAllValues:StringLike", #""*""#, manyUnknown, "any number", .allowed),
    on("unknown-value", "ForAllValues:StringNotLike", #""*""#, manyUnknown, "any number", .open),
    on("unknown-value", "ForAnyValue:StringLike", #""*""#, manyUnknown, "any number", .open),
    on("unknown-value", "ForAnyValue:StringEquals", #""""#, manyUnknown, "any number", .open),
    on("unknown-value", "ForAllValues:StringNotEquals", #""""#, manyUnknown, "any number", .open),
    on(
      "unknown-value", "ForAllValues:StringLike", #"["", "?*"]"#, manyUnknown, "any number",
      .allowed),
    on("unknown-value", "ForAnyValue:StringNotLike", #""*""#, manyUnknown, "any number", .denied),
    on("one-of-values", "StringEquals", #"["a", "b"]"#, aOrB, "a or b", .allowed),
    on("one-of-values", "StringEquals", #""a""#, aOrB, "a or b", .open),
    on("one-of-values", "StringEquals", #""c""#, aOrB, "a or b", .denied),
    on("one-of-values", "StringNotEquals", #""c""#, aOrB, "a or b", .allowed),
    on("one-of-values", "ForAllValues:StringEquals", #"["a", "b"]"#, aOrB, "a or b", .allowed),
  ]

  @Test(arguments: unknown)
  func `Keys nobody knows`(_ example: OperatorCase) throws { try example.check() }

  private static let week = ContextValue(
    .present, .moment(from: Timestamp(seconds: 1_000_000), to: Timestamp(seconds: 1_604_800)))

  static let moments: [OperatorCase] = [
    on("moment", "DateLessThan", "1604801", week, "in the week", .allowed),
    on("moment", "DateLessThan", "1604800", week, "in the week", .open),
    on("moment", "DateLessThan", "1000000", week, "in the week", .denied),
    on("moment", "DateLessThanEquals", "1604800", week, "in the week", .allowed),
    on("moment", "DateGreaterThan", "999999", week, "in the week", .allowed),
    on("moment", "DateGreaterThan", "1000000", week, "in the week", .open),
    on("moment", "DateGreaterThanEquals", "1604801", week, "in the week", .denied),
    on("moment", "DateEquals", "1200000", week, "in the week", .open),
    on("moment", "DateEquals", "1700000", week, "in the week", .denied),
    on("moment", "DateNotEquals", "1700000", week, "in the week", .allowed),
    on("moment", "NumericLessThan", "1604801", week, "in the week", .allowed),
    on("moment", "NumericGreaterThan", "1604800", week, "in the week", .denied),
    on("moment", "StringLike", #""1970*""#, week, "in the week", .open),
  ]

  @Test(arguments: moments)
  func `A time that is known within limits`(_ example: OperatorCase) throws { try example.check() }

  static let joined: [DecisionCase] = [
    DecisionCase(
      "conditions-and", "both operators hold",
      Layers(identity: [
        [allow(if: #"{"StringEquals": {"a:k": "1"}, "Bool": {"a:b": "true"}}"#)]
      ]), request(["a:k": .value("1"), "a:b": .value("true")]), .allowed),
    DecisionCase(
      "conditions-and", "one operator does not",
      Layers(identity: [
        [allow(if: #"{"StringEquals": {"a:k": "1"}, "Bool": {"a:b": "true"}}"#)]
      ]), request(["a:k": .value("1"), "a:b": .value("false")]), .denied),
    DecisionCase(
      "conditions-and", "one key of two does not",
      Layers(identity: [[allow(if: #"{"StringEquals": {"a:k": "1", "a:l": "2"}}"#)]]),
      request(["a:k": .value("1"), "a:l": .value("3")]), .denied),
    DecisionCase(
      "given-twice", "a key under an operator",
      Layers(identity: [[allow(if: #"{"StringEquals": {"a:k": "x", "a:k": "1"}}"#)]]),
      request(["a:k": .value("1")]), .open),
    DecisionCase(
      "given-twice", "an operator",
      Layers(identity: [
        [allow(if: #"{"StringEquals": {"a:k": "x"}, "StringEquals": {"a:k": "1"}}"#)]
      ]), request(["a:k": .value("1")]), .open),
    DecisionCase(
      "given-twice", "an element of the statement",
      Layers(identity: [
        [#"{"Effect": "Allow", "Action": "ec2:*", "Action": "s3:*", "Resource": "*"}"#]
      ]), request(), .open),
    DecisionCase(
      "operator-names-exact", "in another case it is none",
      Layers(identity: [[allow(if: #"{"stringEquals": {"a:k": "1"}}"#)]]),
      request(["a:k": .value("1")]), .open),
    DecisionCase(
      "no-conditions", "an empty Condition is none", Layers(identity: [[allow(if: "{}")]]),
      request(), .allowed),
    DecisionCase(
      "key-names-any-case", "the key of an encryption context",
      Layers(identity: [
        [allow(if: #"{"StringEquals": {"KMS:encryptionContext:AWS:S3:arn": "x"}}"#)]
      ]), request(["kms:EncryptionContext:aws:s3:arn": .value("x")]), .allowed),
    DecisionCase(
      "key-names-any-case", "",
      Layers(identity: [[allow(if: #"{"StringEquals": {"AWS:sourcearn": "x"}}"#)]]),
      request(["aws:SourceArn": .value("x")]), .allowed),
  ]

  @Test(arguments: joined)
  func `Operators and keys together`(_ example: DecisionCase) throws { try example.check() }
}
