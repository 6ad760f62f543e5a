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
    let expiring = rules.filter { $0.expiration != nil && $0.concerns(prefix: prefix) }
    guard !expiring.isEmpty else {
      return [.proven(subject, "no lifecycle rule deletes log files")]
    }
    guard let start = plan.facts.startTime.value else {
      return [.notChecked(subject, "the oldest event is not known", needs: ["--start-time"])]
    }
    let over = expiring.filter { rule in
      rule.expiration?.isOver(since: start, asOf: plan.asOf) ?? false
    }
    guard let shortest = shortest(of: over.filter { !$0.isPartial }) ?? shortest(of: over) else {
      return [.proven(subject, "log files are kept longer than the copy reaches back")]
    }
    if isListed(from: start, plan) {
      return [.proven(subject, "the listing shows log files of the first day")]
    }
    guard let moment = shortest.expiration else { return [] }
    return [outcome(subject, shortest, moment, start, plan)]
  }

  private static func shortest(of rules: [LifecycleRule]) -> LifecycleRule? {
    // A date has deleted all that there was, however young.
    rules.min { ($0.expirationDays ?? -1) < ($1.expirationDays ?? -1) }
  }

  /// Whether log files from the start of the range are there to be seen.
  private static func isListed(from start: Timestamp, _ plan: CopyPlan) -> Bool {
    guard let listing = plan.listing, let oldest = listing.oldest else { return false }
    return oldest.moment.seconds < start.seconds + 86_400
  }

  private static func outcome(
    _ subject: String, _ rule: LifecycleRule, _ moment: LifecycleRule.Moment, _ start: Timestamp,
    _ plan: CopyPlan
  ) -> Outcome {
    let what = "are deleted \(moment.description)"
    let gone: String
    let help: String
    let elsewhere = "look for the older log files elsewhere: versions, replicas, other trails"
    switch moment {
    case .on(let date):
      let day = date.iso8601.prefix(10)
      gone = "those before \(day)"
      help = elsewhere
    case .after(let days):
      let left = Timestamp(seconds: plan.asOf.seconds - days * 86_400).iso8601.prefix(10)
      gone = "those before \(left)"
      help = "let the copy begin at \(left), or \(elsewhere)"
    }
    let reason = "log files \(what)"
    var draft = Outcome.Draft(
      "log files \(what), so \(gone) are gone", at: rule.expirationPlace ?? rule.place,
      label: "the copy begins at \(start.iso8601)", help: help)
    if let place = plan.facts.startTime.place {
      draft.related = [Note("the start of the copy", at: place)]
    }
    guard rule.isPartial else { return .violated(subject, reason, draft) }
    draft.message =
      "whether log files, \(gone), are still there is open: some objects \(what)"
    draft.label = "only objects that the rule's filter picks"
    return .open(subject, reason + ", if the rule's filter picks them", draft)
  }
}

extension LifecycleRule {
  /// Whether objects below a prefix are among those the rule is about.
  func concerns(prefix source: String) -> Bool {
    source.hasPrefix(prefix) || prefix.hasPrefix(source)
  }
}

extension LifecycleRule.Moment {
  /// Whether a rule has acted on a file that was written at a moment.
  ///
  /// Amazon S3 User Guide, "Lifecycle rules: Based on an object's age": the days are added to the
  /// time of creation, and the result is rounded up to the next midnight UTC. "Lifecycle rules: Based
  /// on a specific date": from that date on for as long as the rule is enabled.
  func isOver(since start: Timestamp, asOf: Timestamp) -> Bool {
    switch self {
    case .on(let date): return asOf.seconds >= date.seconds
    case .after(let days):
      let (length, isTooLong) = days.multipliedReportingOverflow(by: 86_400)
      let (due, isNever) = start.seconds.addingReportingOverflow(length)
      guard !isTooLong, !isNever, due < Int.max - 86_400 else { return false }
      return asOf.seconds >= (due + 86_399) / 86_400 * 86_400
    }
  }

  /// When it acts, as people say it: "after 30 days".
  var description: String {
    switch self {
    case .after(let days): days == 1 ? "after 1 day" : "after \(days) days"
    case .on(let date): "since \(date.iso8601.prefix(10))"
    }
  }
}
