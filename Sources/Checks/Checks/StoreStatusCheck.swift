import Evidence
import PolicyModel

/// Whether the event data store takes copies in the state it is in.
package struct StoreStatusCheck: Check {
  package static let name = CheckName.storeStatus

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject = facts.storeName
    guard let status = facts.storeStatus.value else {
      return [
        .notChecked(
          subject, "the state of the event data store is not known", needs: rule.needs)
      ]
    }
    switch status {
    case "ENABLED", "STOPPED_INGESTION": return [.proven(subject, "it is `\(status)`")]
    case "CREATED", "STARTING_INGESTION", "STOPPING_INGESTION":
      return [
        .violated(
          subject, "it is `\(status)`, which passes",
          Outcome.Draft(
            "the event data store takes no copies while it is `\(status)`",
            at: facts.storeStatus.place, label: "passes within minutes",
            help: "wait until it is `ENABLED` or `STOPPED_INGESTION`"))
      ]
    case "PENDING_DELETION":
      return [
        .violated(
          subject, "it is `\(status)`",
          Outcome.Draft(
            "the event data store is being deleted and takes no copies",
            at: facts.storeStatus.place, label: "gone seven days after it was deleted",
            help: "restore it with `aws cloudtrail restore-event-data-store`"))
      ]
    default:
      return [
        .open(
          subject, "it is `\(status)`, which the guide does not list",
          Outcome.Draft(
            "whether the event data store takes copies while it is `\(status)` is open: the guide does not list this state",
            at: facts.storeStatus.place,
            help: "wait until it is `ENABLED` or `STOPPED_INGESTION`"))
      ]
    }
  }
}

extension CopyFacts {
  /// The event data store as rows name it.
  var storeName: String { destination.value?.withReadableReferences ?? "the event data store" }

  /// The source bucket as rows name it.
  var bucketName: String { bucket.value?.withReadableReferences ?? "the source bucket" }
}
