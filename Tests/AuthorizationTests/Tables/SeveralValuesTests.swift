import Testing

@testable import Authorization

/// Keys with several values, and operators with and without a quantifier.
@Suite struct `Several values of one key` {
  private static func context(_ values: String...) -> [String: ContextValue] {
    [
      "aws:TagKeys": ContextValue(
        .present, .exactly(values.map { RequestText($0) }), isMultivalued: true)
    ]
  }

  private static func layers(_ condition: String) -> Layers {
    Layers(identity: [[allow(if: "{\(condition)}")]])
  }

  static let cases = [
    DecisionCase(
      "several-values", "without a quantifier two values are open",
      layers(#""StringEquals": {"aws:TagKeys": "a"}"#), request(context("a", "a")), .open),
    DecisionCase(
      "several-values", "without a quantifier one value is compared",
      layers(#""StringEquals": {"aws:TagKeys": "a"}"#), request(context("a")), .allowed),
    DecisionCase(
      "several-values", "all must",
      layers(#""ForAllValues:StringEquals": {"aws:TagKeys": "a"}"#), request(context("a", "b")),
      .denied),
    DecisionCase(
      "several-values", "all do",
      layers(#""ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}"#),
      request(context("a", "b")), .allowed),
    DecisionCase(
      "several-values", "any may",
      layers(#""ForAnyValue:StringEquals": {"aws:TagKeys": "b"}"#), request(context("a", "b")),
      .allowed),
    DecisionCase(
      "several-values", "none does",
      layers(#""ForAnyValue:StringEquals": {"aws:TagKeys": "c"}"#), request(context("a", "b")),
      .denied),
  ]

  @Test(arguments: cases) func `They are compared as the quantifier says`(
    _ example: DecisionCase
  ) throws { try example.check() }
}
