import Evidence
import PolicyModel

/// The facts of a copy as every output shows them.
enum FactRows {
  /// Facts that are part of others, which say them.
  private static let parts: Set<NamedFact> = [
    .prefix, .roleName, .roleAccount, .destinationAccount, .destinationRegion,
  ]

  static func rows(of plan: CopyPlan) -> [CopyReport.FactRow] {
    NamedFact.allCases.filter { !parts.contains($0) }.flatMap { rows(of: $0, in: plan) }
  }

  private static func rows(of fact: NamedFact, in plan: CopyPlan) -> [CopyReport.FactRow] {
    if fact == .keyARN, plan.keys.isEmpty {
      return [row(fact, plan.facts.isWithoutKeys.map { $0 ? "none" : nil })]
    }
    let values = fact.subjects(in: plan).map(\.values).filter { !$0.isEmpty }
    if fact == .keyState, values.allSatisfy({ $0.allSatisfy { $0.value == nil } }) {
      return [row(fact, .unknown)]
    }
    guard !values.isEmpty else { return [row(fact, .unknown)] }
    return values.map { values in
      guard values.count > 1 else { return row(fact, values[0]) }
      let texts = values.compactMap(\.value).joined(separator: ", ")
      return row(fact, values[0].map { _ in texts })
    }
  }

  private static func row(_ fact: NamedFact, _ value: Fact<String>) -> CopyReport.FactRow {
    CopyReport.FactRow(
      name: fact.rawValue, value: value.value?.withReadableReferences, status: value.status,
      place: value.place, origin: value.origin)
  }
}
