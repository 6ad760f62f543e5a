import Evidence
import PolicyModel

/// Whether the time range ends before the event data store collects events itself.
///
/// A store that never ingested has nothing to repeat, and the guide's own example copies a range
/// that ends after such a store was made.
package struct DuplicateEventsCheck: Check {
  package static let name = CheckName.duplicateEvents

  /// An event data store answers with a change within moments of being made; a later one is another.
  private static let longestCreation = 60

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject = facts.storeName
    guard let created = facts.storeCreated.value, let status = facts.storeStatus.value else {
      return [
        .notChecked(
          subject, "since when the event data store collects events is not known",
          needs: ["aws cloudtrail get-event-data-store"])
      ]
    }
    if status == "PENDING_DELETION" {
      return [.notApplicable(subject, "the event data store is being deleted")]
    }
    guard let end = facts.endTime.value ?? openEnd(of: copy.plan) else {
      return [.notChecked(subject, "the end of the time range is not known", needs: ["--end-time"])]
    }
    guard end > created else {
      return [.proven(subject, "the time range ends before the event data store was made")]
    }
    if status == "STOPPED_INGESTION" { return [stopped(subject, created, facts)] }
    var draft = Outcome.Draft(
      "the time range ends after the event data store began to collect events, which would be in it twice",
      at: facts.storeCreated.place, label: "collects events since then",
      help: "let the time range end at \(created.iso8601)")
    if let place = facts.endTime.place {
      draft.related = [Note("the time range ends at \(end.iso8601)", at: place)]
    }
    return [
      .violated(subject, "it collects events itself since \(created.iso8601)", draft)
    ]
  }

  /// A request without an end takes everything up to now.
  private static func openEnd(of plan: CopyPlan) -> Timestamp? {
    let isOpen = plan.importRequests.contains { $0.location != nil && $0.endTime == nil }
    return isOpen ? plan.asOf : nil
  }

  /// A store that does not ingest now: whether it ever did shows only where it was never changed.
  private static func stopped(_ subject: String, _ created: Timestamp, _ facts: CopyFacts)
    -> Outcome
  {
    if let updated = facts.storeUpdated.value,
      updated.seconds - created.seconds <= longestCreation
    {
      return .proven(subject, "the event data store never collected events itself")
    }
    return .notChecked(
      subject, "it does not collect events now; whether it did before is not known",
      needs: ["--end-time"])
  }
}
