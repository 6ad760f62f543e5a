import Authorization
import Evidence
import PolicyModel

/// Whether the role is in the account of the event data store, where it can be passed to CloudTrail.
package struct RoleAccountCheck: Check {
  package static let name = CheckName.roleAccount

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject = facts.roleARN.value?.withReadableReferences ?? "the role"
    guard let account = copy.requests.roleAccount else {
      return [.notChecked(subject, "the role is not known", needs: ["--role-arn"])]
    }
    guard let expected = copy.requests.storeAccount else {
      return [.notChecked(subject, "the event data store is not known", needs: ["--destination"])]
    }
    guard account != expected else {
      return [.proven(subject, "role and event data store are in one account")]
    }
    if account.holdsReference || expected.holdsReference {
      return [
        .notChecked(subject, "the account of the template is not known", needs: ["--account"])
      ]
    }
    var draft = Outcome.Draft(
      "the role is in account `\(account)`, and can be passed only within it",
      at: facts.roleARN.place, label: "the event data store is in account `\(expected)`",
      help: "use a role of account `\(expected)`, and let it into the bucket's account")
    if let place = facts.destination.place, place != draft.place {
      draft.related = [Note("the event data store", at: place)]
    }
    return [
      .violated(subject, "it is in account `\(account)`, not in `\(expected)`", draft)
    ]
  }
}
