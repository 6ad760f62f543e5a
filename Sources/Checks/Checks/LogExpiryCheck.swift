import Evidence
import PolicyModel

/// Whether the bucket's lifecycle has deleted log files of the time range already.
package struct LogExpiryCheck: Check {
  package static let name = CheckName.logExpiry

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let plan = copy.plan
    let subject = plan.facts.sourceName
    guard let rules = plan.lifecycle else {
      return [
        .notChecked(
          subject, "the bucket's lifecycle is not known",
          needs: ["aws s3api get-bucket-lifecycle-configuration"])
      ]
    }
    guard let prefix = plan.facts.prefix.value else {
      return [.notChecked(subject, "the source prefix is not known", needs: ["--source"])]
    }
    let expiring = rules.filter { $0.expirationDays != nil && $0.concerns(prefix: prefix) }
    guard !expiring.isEmpty else {
      return [.proven(subject, "no lifecycle rule deletes log files")]
    }
    guard let start = plan.facts.startTime.value else {
      return [.notChecked(subject, "the oldest event is not known", needs: ["--start-time"])]
    }
    let over = expiring.filter { rule in
      LifecycleRule.isOver(days: rule.expirationDays ?? 0, since: start, asOf: plan.asOf)
    }
    guard let shortest = shortest(of: over.filter { !$0.isPartial }) ?? shortest(of: over) else {
      return [.proven(subject, "log files are kept longer than the copy reaches back")]
    }
    if isListed(from: start, plan) {
      return [.proven(subject, "the listing shows log files of the first day")]
    }
    return [outcome(subject, shortest, start, plan)]
  }

  private static func shortest(of rules: [LifecycleRule]) -> LifecycleRule? {
    rules.min { ($0.expirationDays ?? 0) < ($1.expirationDays ?? 0) }
  }

  /// Whether log files from the start of the range are there to be seen.
  private static func isListed(from start: Timestamp, _ plan: CopyPlan) -> Bool {
    guard let listing = plan.listing, let oldest = listing.oldest else { return false }
    return oldest.moment.seconds < start.seconds + 86_400
  }

  private static func outcome(
    _ subject: String, _ rule: LifecycleRule, _ start: Timestamp, _ plan: CopyPlan
  ) -> Outcome {
    let days = rule.expirationDays ?? 0
    let kept = days == 1 ? "1 day" : "\(days) days"
    let left = Timestamp(seconds: plan.asOf.seconds - days * 86_400)
    let reason = "log files are deleted after \(kept)"
    var draft = Outcome.Draft(
      "log files are deleted after \(kept), so those before \(left.iso8601.prefix(10)) are gone",
      at: rule.expirationPlace ?? rule.place, label: "the copy begins at \(start.iso8601)",
      help:
        "let the copy begin at \(left.iso8601.prefix(10)), or look for the older log files elsewhere: versions, replicas, other trails"
    )
    if let place = plan.facts.startTime.place {
      draft.related = [Note("the start of the copy", at: place)]
    }
    guard rule.isPartial else { return .violated(subject, reason, draft) }
    draft.message =
      "whether log files before \(left.iso8601.prefix(10)) are still there is open: a lifecycle rule deletes some objects after \(kept)"
    draft.label = "only objects that the rule's filter picks"
    return .open(subject, reason + ", if the rule's filter picks them", draft)
  }
}

extension LifecycleRule {
  /// Whether objects below a prefix are among those the rule is about.
  func concerns(prefix source: String) -> Bool {
    source.hasPrefix(prefix) || prefix.hasPrefix(source)
  }

  /// Whether so many days have passed since a file was written.
  ///
  /// Amazon S3 User Guide, "Lifecycle rules: Based on an object's age": the days are added to the
  /// time of creation, and the result is rounded up to the next midnight UTC.
  static func isOver(days: Int, since start: Timestamp, asOf: Timestamp) -> Bool {
    let due = start.seconds + days * 86_400
    return asOf.seconds >= (due + 86_399) / 86_400 * 86_400
  }
}
