import Evidence
import PolicyModel
import Testing

@testable import Checks

/// Two facts that contradict a rule together, and the finding that stands at one of them.
struct RelatedCase: Sendable, CustomTestStringConvertible {
  var rule: RuleID
  /// Puts the two facts at places; where one has none, nothing points there.
  var change: @Sendable (inout CopyPlan, _ first: Place?, _ second: Place?) -> Void

  var testDescription: String { rule.name }
}

@Suite struct `The other place of a contradiction` {
  private static let source = Source(path: "facts.json", "[1, 2]")
  private static let first = Place(source: source, range: 1..<2)
  private static let second = Place(source: source, range: 4..<5)

  static let cases = [
    RelatedCase(rule: "management-account-only") { plan, first, second in
      plan.facts.callerAccount = .stated("777788889999", by: "the caller", at: first)
      plan.facts.isOrganizationStore = .stated(true, by: "the store", at: second)
    },
    RelatedCase(rule: "role-account") { plan, first, second in
      plan.facts.roleARN = .stated(
        "arn:aws:iam::777788889999:role/lake/CopyEvents", by: "the role", at: first)
      plan.facts.destination = .stated(SampleCopy.store, by: "the store", at: second)
    },
    RelatedCase(rule: "key-state") { plan, first, second in
      plan.keys[0].arn = .stated(SampleCopy().key, by: "the key", at: first)
      plan.facts.bucketRegion = .stated("eu-west-1", by: "the bucket", at: second)
    },
    RelatedCase(rule: "import-request") { plan, first, second in
      plan.facts.destination = .stated(SampleCopy.store, by: "the store", at: first)
      plan.facts.callerAccount = .stated("777788889999", by: "the caller", at: second)
    },
    RelatedCase(rule: "import-request") { plan, first, second in
      plan.facts.endTime = .stated(Timestamp(seconds: 1), by: "the request", at: first)
      plan.facts.startTime = .stated(Timestamp(seconds: 2), by: "the request", at: second)
    },
  ]

  @Test(arguments: cases) func `Is told once, where it is another`(_ example: RelatedCase) throws {
    func found(_ first: Place?, _ second: Place?) throws -> (Place?, [Place?]) {
      var copy = SampleCopy()
      copy.change = { example.change(&$0, first, second) }
      let finding = try #require(
        try copy.report.findings.first { $0.rule == example.rule && $0.severity >= .warning })
      return (finding.place, finding.related.map(\.place))
    }
    let apart = try found(Self.first, Self.second)
    #expect(apart.0 == Self.first && apart.1 == [Self.second])
    let together = try found(Self.first, Self.first)
    #expect(together.0 == Self.first && together.1 == [])
    let unplaced = try found(Self.first, nil)
    #expect(unplaced.0 == Self.first && unplaced.1 == [])
  }
}
