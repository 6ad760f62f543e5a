import PolicyModel
import Testing

@testable import Authorization

private let old = "2008-10-17"

private func like(_ pattern: String, _ name: String = "StringLike") -> String {
  allow(if: #"{"\#(name)": {"a:key": \#(jsonString(pattern))}}"#)
}

private func variable(
  _ row: String, _ note: String, _ statement: String, version: String? = "2012-10-17",
  on resource: String = "arn:aws:s3:::logs/a", _ context: [String: ContextValue],
  _ expected: Expected
) -> DecisionCase {
  DecisionCase(
    row, note, Layers(identity: [PolicySource(version: version, statement)]),
    request(on: resource, context), expected)
}

private func onResource(_ pattern: String) -> String {
  statement("Allow", on: jsonString(pattern))
}

private let ann: [String: ContextValue] = ["aws:username": .value("Ann")]

@Suite struct `Policy variables` {
  static let values: [DecisionCase] = [
    variable(
      "variable-value", "in a resource", onResource("arn:aws:s3:::logs/${aws:username}/*"),
      on: "arn:aws:s3:::logs/Ann/x", ann, .allowed),
    variable(
      "variable-value", "another value", onResource("arn:aws:s3:::logs/${aws:username}/*"),
      on: "arn:aws:s3:::logs/Bob/x", ann, .denied),
    variable(
      "variable-value", "in a condition", like("home/${aws:username}/*"),
      ["aws:username": .value("Ann"), "a:key": .value("home/Ann/x")], .allowed),
    variable(
      "variable-value", "in StringEquals", like("${aws:username}", "StringEquals"),
      ["aws:username": .value("Ann"), "a:key": .value("Ann")], .allowed),
    variable(
      "variable-value", "in ArnLike", like("arn:aws:iam::1:user/${aws:username}", "ArnLike"),
      ["aws:username": .value("Ann"), "a:key": .value("arn:aws:iam::1:user/Ann")], .allowed),
    variable(
      "variable-name-any-case", "", onResource("arn:aws:s3:::logs/${AWS:UserName}"),
      on: "arn:aws:s3:::logs/Ann", ann, .allowed),
    variable(
      "variable-name-any-case", "a name with a space in it",
      onResource("arn:aws:s3:::logs/${aws:PrincipalTag/cost center}"),
      on: "arn:aws:s3:::logs/7", ["aws:PrincipalTag/cost center": .value("7")], .allowed),
    variable(
      "variable-value-literal", "its `*` is no wildcard",
      onResource("arn:aws:s3:::logs/${aws:username}"), on: "arn:aws:s3:::logs/Ann",
      ["aws:username": .value("*")], .denied),
    variable(
      "variable-value-literal", "its `*` is a `*`",
      onResource("arn:aws:s3:::logs/${aws:username}"), on: "arn:aws:s3:::logs/*",
      ["aws:username": .value("*")], .allowed),
    variable(
      "variable-escapes", "`${*}` is a star", like("a${*}"), ["a:key": .value("a*")], .allowed),
    variable(
      "variable-escapes", "and no wildcard", like("a${*}"), ["a:key": .value("ab")], .denied),
    variable("variable-escapes", "`${?}`", like("a${?}"), ["a:key": .value("ab")], .denied),
    variable(
      "variable-escapes", "`${$}`", like("${$}{a}"), ["a:key": .value("${a}")], .allowed),
    variable(
      "variable-escapes", "in a resource", onResource("arn:aws:s3:::logs/${*}"),
      on: "arn:aws:s3:::logs/a", [:], .denied),
    variable(
      "variable-default", "where the key is absent",
      onResource("arn:aws:s3:::logs/${aws:username, 'anyone'}"), on: "arn:aws:s3:::logs/anyone",
      [:], .allowed),
    variable(
      "variable-default", "not where it is present",
      onResource("arn:aws:s3:::logs/${aws:username, 'anyone'}"), on: "arn:aws:s3:::logs/anyone",
      ann, .denied),
    variable(
      "variable-default", "its wildcards are literal",
      onResource("arn:aws:s3:::logs/${aws:username, '*'}"), on: "arn:aws:s3:::logs/anyone", [:],
      .denied),
    variable(
      "variable-old-version", "is plain text", like("${aws:username}", "StringEquals"),
      version: old, ["aws:username": .value("Ann"), "a:key": .value("${aws:username}")], .allowed),
    variable(
      "variable-old-version", "has no value", like("${aws:username}", "StringEquals"),
      version: nil, ["aws:username": .value("Ann"), "a:key": .value("Ann")], .denied),
    variable(
      "variable-old-version", "`${*}` holds a wildcard", like("${*}"), version: old,
      ["a:key": .value("${ab}")], .allowed),
  ]

  @Test(arguments: values)
  func `With a value`(_ example: DecisionCase) throws { try example.check() }

  private static let notResource =
    #"{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::logs/${aws:username}"}"#
  private static let notResources =
    #"{"Effect": "Allow", "Action": "*", "NotResource": ["arn:aws:s3:::logs/${aws:username}", "#
    + #""arn:aws:s3:::logs/a"]}"#
  private static let many: [String: ContextValue] = [
    "aws:username": several("Ann", "Bob"), "a:key": .value("Ann"),
  ]

  static let withoutValue: [DecisionCase] = [
    variable(
      "variable-no-value", "a resource matches nothing",
      onResource("arn:aws:s3:::logs/${aws:username}*"), [:], .denied),
    variable(
      "variable-no-value", "a positive operator is false", like("${aws:username}*"),
      ["a:key": .value("a")], .denied),
    variable(
      "variable-no-value", "a negated operator is true", like("${aws:username}*", "StringNotLike"),
      ["a:key": .value("a")], .allowed),
    variable(
      "variable-no-value", "another value of the list may match",
      allow(if: #"{"StringLike": {"a:key": ["${aws:username}", "a"]}}"#), ["a:key": .value("a")],
      .allowed),
    variable(
      "variable-no-value", "another value of a negated list may match",
      allow(if: #"{"StringNotLike": {"a:key": ["${aws:username}", "a"]}}"#),
      ["a:key": .value("a")], .denied),
    variable(
      "variable-no-value", "a name that no key has, left by a template engine",
      onResource("arn:aws:s3:::${bucket_name}/*"), [:], .denied),
    variable("variable-no-value-excluded", "what it excludes", notResource, [:], .open),
    variable(
      "variable-no-value-excluded", "where another item excludes the resource", notResources, [:],
      .denied),
    variable("variable-multivalued", "matches nothing", like("${aws:username}"), many, .denied),
    variable(
      "variable-unknown", "presence", onResource("arn:aws:s3:::logs/${aws:username}"),
      ["aws:username": .unknown], .open),
    variable(
      "variable-unknown", "value", onResource("arn:aws:s3:::logs/${aws:username}"),
      ["aws:username": .presentWithAnyValue], .open),
    variable(
      "variable-unknown", "what stands around it cannot match",
      onResource("arn:aws:s3:::other/${aws:username}"), ["aws:username": .unknown], .denied),
    variable(
      "variable-unknown", "in a negated operator", like("x${aws:username}", "StringNotEquals"),
      ["aws:username": .unknown, "a:key": .value("y")], .allowed),
    variable(
      "variable-before-fifth-colon", "", onResource("arn:aws:s3:${aws:username}::logs/a"), ann,
      .open),
    variable(
      "variable-before-fifth-colon", "what stands around it cannot match",
      onResource("arn:aws:kms:${aws:username}:*"), ann, .denied),
    variable(
      "unclosed-variable", "is plain text", like("a${b*"), ["a:key": .value("a${bc")], .allowed),
  ]

  @Test(arguments: withoutValue)
  func `Without a value`(_ example: DecisionCase) throws { try example.check() }
}
