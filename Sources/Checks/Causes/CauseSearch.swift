import Authorization
import Evidence
import PolicyModel

/// Finds the mistakes that explain a denial: parts of statements without which it would not be one.
///
/// Every part that looks like a known mistake is taken to match; where the denial goes away, the
/// mistakes that are needed for that are its causes.
struct CauseSearch {
  let access: AccessCase
  let explanation: Explanation

  func causes() -> [Outcome.Cause] {
    var candidates = statements.prefix(Limits.causeStatements).flatMap { located in
      MistakeFinder(
        statement: located, request: explanation.request,
        alternatives: alternativeContextValues, names: PlaceholderNames(access),
        store: access.copy.plan.facts.destination.value
      ).mistakes()
    }
    guard !candidates.isEmpty, isMended(by: candidates) else { return [] }
    // As many as there may be in a few statements: each is one more proof.
    guard candidates.count <= 3 * Limits.mistakesOfOneKind else { return [] }
    // Leaves out what is not needed, the last first, so that the first statement keeps its mistake.
    for index in candidates.indices.reversed() {
      var fewer = candidates
      fewer.remove(at: index)
      if !fewer.isEmpty, isMended(by: fewer) { candidates = fewer }
    }
    return candidates.map { Outcome.Cause($0.rule, $0.draft) }
  }

  /// The statements that should have let the request through, and those that stopped it.
  private var statements: [Explanation.Located] {
    let denies = explanation.decidingDenies
    return denies + explanation.nearMisses.filter { $0.result.failures.count <= 3 }
  }

  /// With S3 Bucket Keys the encryption context is the bucket, else the object: what the other is.
  private var alternativeContextValues: [String] {
    guard case .key = access.resource else { return [] }
    return [access.copy.requests.describe(access.copy.requests.bucket)]
  }

  private func isMended(by mistakes: [Mistake]) -> Bool {
    var question = access.question
    question.repairs = Repairs(Set(mistakes.map(\.target)))
    if case .refuted = question.prove(access.family) { return false }
    return true
  }
}

/// A part of a statement that looks like a known mistake.
struct Mistake {
  var target: Repairs.Target
  var rule: RuleID
  var draft: Outcome.Draft
}
