import Evidence
import PolicyModel

/// Whether a copy into an organization's event data store is started by the management account.
///
/// Such a store belongs to the management account, also when a delegated administrator made it, so
/// its ARN tells which account that is.
package struct ManagementAccountCheck: Check {
  package static let name = CheckName.managementAccount

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject = facts.destination.value ?? "the event data store"
    guard let isOrganizationStore = facts.isOrganizationStore.value else {
      return [
        .notChecked(
          subject, "whether the event data store is an organization's is not known",
          needs: ["aws cloudtrail get-event-data-store"])
      ]
    }
    guard isOrganizationStore else {
      return [.notApplicable(subject, "the event data store is not an organization's")]
    }
    guard let caller = facts.callerAccount.value else {
      return [
        .notChecked(
          subject, "who starts the import is not known", needs: ["--caller-account"])
      ]
    }
    guard let management = facts.managementAccount.value ?? copy.requests.storeAccount else {
      return [
        .notChecked(
          subject, "the organization's management account is not known",
          needs: ["--management-account"])
      ]
    }
    guard caller != management else {
      return [
        Outcome(
          subject: subject, status: .proven,
          reason: "the management account `\(management)` starts the import")
      ]
    }
    if caller.holdsReference || management.holdsReference {
      return [
        .notChecked(
          subject, "the accounts of the template are not known", needs: ["--account"])
      ]
    }
    var outcome = Outcome(
      subject: subject, status: .violated,
      reason: "account `\(caller)` starts the import, not the management account `\(management)`")
    var draft = Outcome.Draft(
      "only the management account can copy events into an organization's event data store",
      at: facts.callerAccount.place ?? facts.isOrganizationStore.place,
      label: "account `\(caller)` starts the import",
      help: "start the import from account `\(management)`; a delegated administrator cannot")
    if let place = facts.isOrganizationStore.place, place != draft.place {
      draft.related = [Note("the event data store is an organization's", at: place)]
    }
    outcome.finding = draft
    return [outcome]
  }
}
