import Evidence
import PolicyModel

/// What the event data store's retention period means for the copied events.
package struct RetentionCheck: Check {
  package static let name = CheckName.retention

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    switch rule.parameters["question"]?.text {
    case "coverage": [coverage(copy)]
    case "range": [range(copy)]
    default: []
    }
  }

  /// The days each pricing option has (AWS CloudTrail User Guide, "Event data store pricing options").
  private static let ranges = [
    "EXTENDABLE_RETENTION_PRICING": 7...3653, "FIXED_RETENTION_PRICING": 7...2557,
  ]

  /// AWS refuses a period that the store's pricing option does not have.
  private static func range(_ copy: CompiledCopy) -> Outcome {
    let facts = copy.plan.facts
    let subject = facts.storeName
    guard let period = facts.retentionPeriod.value else {
      return .notChecked(
        subject, "the retention period is not known", needs: ["aws cloudtrail get-event-data-store"]
      )
    }
    let known = facts.storeBillingMode.value.flatMap { mode in
      ranges[mode].map { (mode: mode, range: $0) }
    }
    if let known {
      guard !known.range.contains(period) else {
        return .proven(subject, "`\(known.mode)` has \(counted(period))")
      }
      return outside(known.range, of: "`\(known.mode)`", period, facts)
    }
    if ranges.values.allSatisfy({ $0.contains(period) }) {
      return .proven(subject, "every pricing option has \(counted(period))")
    }
    guard ranges.values.contains(where: { $0.contains(period) }) else {
      return outside(7...3653, of: "every pricing option", period, facts)
    }
    return .notChecked(
      subject, "the pricing option of the event data store is not known",
      needs: ["aws cloudtrail get-event-data-store"])
  }

  private static func outside(
    _ range: ClosedRange<Int>, of option: String, _ period: Int, _ facts: CopyFacts
  ) -> Outcome {
    let isFixed = range.upperBound < 3653 && period <= 3653 && period > range.upperBound
    return .violated(
      facts.storeName, "\(option) has \(range.lowerBound) to \(range.upperBound) days",
      Outcome.Draft(
        "a retention period of \(counted(period)) is refused", at: facts.retentionPeriod.place,
        label: "\(option) has \(range.lowerBound) to \(range.upperBound) days",
        help: isFixed
          ? "choose \(counted(range.upperBound)) at most, or `EXTENDABLE_RETENTION_PRICING`, which has 3653"
          : "choose \(range.lowerBound) to \(range.upperBound) days"))
  }

  /// Only events whose time lies within the retention period are copied; older ones are left out
  /// while the import still ends as COMPLETED.
  private static func coverage(_ copy: CompiledCopy) -> Outcome {
    let facts = copy.plan.facts
    let subject = facts.destination.value ?? "the event data store"
    guard let period = facts.retentionPeriod.value else {
      return .notChecked(
        subject, "the retention period is not known", needs: ["aws cloudtrail get-event-data-store"]
      )
    }
    guard let (oldest, origin) = oldestEvent(facts) ?? tooOldEvent(copy.plan, period) else {
      let reason = facts.oldestLogDate.origin
      return .notChecked(
        subject, reason.isEmpty ? "the oldest event is not known" : reason,
        needs: ["--start-time", "aws s3api list-objects-v2"])
    }
    let age = max(0, days(from: oldest, to: copy.plan.asOf))
    let keep = facts.keepDays.value ?? 0
    guard age + keep > period else {
      return Outcome(
        subject: subject, status: .proven,
        reason: "\(period) days hold events \(counted(age)) old"
          + (keep > 0 ? " for \(counted(keep)) more" : ""))
    }
    var outcome = Outcome(
      subject: subject, status: .violated,
      reason: age > period
        ? "events \(counted(age)) old are older than the retention period of \(counted(period))"
        : "events \(counted(age)) old would be kept \(counted(period - age)), not \(counted(keep))")
    var draft = Outcome.Draft(
      age > period
        ? "the retention period leaves out the oldest events: they are \(counted(age)) old"
        : "the retention period does not keep the oldest events for \(counted(keep))",
      at: facts.retentionPeriod.place, label: "\(counted(period))",
      help: "raise the retention period to at least \(counted(age + keep)) before the copy")
    if let place = origin {
      draft.related = [Note("the oldest event is from \(oldest.iso8601)", at: place)]
    }
    outcome.finding = draft
    return outcome
  }

  /// The oldest event the copy holds: none is older than the start time or than the oldest file.
  private static func oldestEvent(_ facts: CopyFacts) -> (Timestamp, Place?)? {
    switch (facts.startTime.value, facts.oldestLogDate.value) {
    case (let start?, let file?):
      file > start ? (file, facts.oldestLogDate.place) : (start, facts.startTime.place)
    case (let start?, nil): (start, facts.startTime.place)
    case (nil, let file?): (file, facts.oldestLogDate.place)
    case (nil, nil): nil
    }
  }

  /// A log file that a part of a listing shows, and that is too old: there may be older ones, and
  /// nothing of what is not shown can make it younger.
  private static func tooOldEvent(_ plan: CopyPlan, _ period: Int) -> (Timestamp, Place?)? {
    guard plan.facts.prefix.value != nil, let file = plan.listing?.oldest,
      days(from: file.moment, to: plan.asOf) > period
    else { return nil }
    return (file.moment, file.place)
  }

  /// Days from one moment to another, begun ones counted whole.
  private static func days(from: Timestamp, to: Timestamp) -> Int {
    let seconds = to.seconds - from.seconds
    return seconds > 0 ? (seconds + 86_399) / 86_400 : seconds / 86_400
  }

  private static func counted(_ days: Int) -> String { days == 1 ? "1 day" : "\(days) days" }
}
