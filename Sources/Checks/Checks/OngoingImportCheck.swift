import Evidence
import PolicyModel

/// Whether another import is under way: an account runs one at a time in a Region.
package struct OngoingImportCheck: Check {
  package static let name = CheckName.ongoingImport

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject =
      facts.callerAccount.value?.withReadableReferences ?? copy.requests.storeAccount
      ?? "the account"
    guard let isOngoing = facts.hasOngoingImport.value else {
      let reason = facts.hasOngoingImport.origin
      return [
        .notChecked(
          subject, reason.isEmpty ? "the imports of the account are not known" : reason,
          needs: rule.needs)
      ]
    }
    guard isOngoing else {
      var outcome = Outcome.proven(subject, "no import is in progress")
      outcome.assumptions = [
        "`aws cloudtrail list-imports` was saved without `--destination` and `--import-status`"
      ]
      return [outcome]
    }
    return [
      .violated(
        subject, "another import is in progress",
        Outcome.Draft(
          "another import of the account is in progress, and there can be only one",
          at: facts.hasOngoingImport.place, label: "whatever its destination",
          help: "wait until it ends, or stop it with `aws cloudtrail stop-import`"))
    ]
  }
}
