import Evidence
import PolicyModel

/// Whether the request is one that StartImport takes: each input that was given, or else what
/// options and documents say of the copy.
package struct ImportRequestCheck: Check {
  package static let name = CheckName.importRequest

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    guard !copy.plan.importRequests.isEmpty else { return [stated(rule, copy)] }
    // A skeleton that nobody filled in, beside a request, is not what will be sent.
    let filled = copy.plan.importRequests.filter { !$0.isSkeleton }
    return (filled.isEmpty ? copy.plan.importRequests : filled).map { request in
      var judge = ImportRequestJudge(request, copy.plan)
      judge.judge()
      return outcome(judge.subject, judge.findings, rule, copy) {
        let isRetry = judge.isRetry
        var outcome = Outcome.proven(
          judge.subject, isRetry ? "a retry takes the import's id alone" : "StartImport takes it")
        if !isRetry, copy.plan.facts.bucketRegion.place == request.bucketRegion?.place {
          outcome.assumptions = ["the source bucket is in the Region that the request names"]
        }
        return outcome
      }
    }
  }

  private static func outcome(
    _ subject: String, _ findings: ImportRequestFindings, _ rule: Rule, _ copy: CompiledCopy,
    otherwise: () -> Outcome
  ) -> Outcome {
    if let first = findings.mistakes.first {
      var outcome = Outcome(subject: subject, status: .violated, reason: first.message)
      outcome.causes = findings.mistakes.map { Outcome.Cause(rule.id, $0) }
      return outcome
    }
    if let doubt = findings.doubts.first { return .open(subject, doubt.reason, doubt.draft) }
    return otherwise()
  }

  /// The request as it follows from the facts, where no input was given.
  private static func stated(_ rule: Rule, _ copy: CompiledCopy) -> Outcome {
    let facts = copy.plan.facts
    let subject = facts.bucket.value.map {
      "s3://\($0.withReadableReferences)/\(facts.prefix.value ?? "")"
    }
    var findings = ImportRequestFindings()
    findings.judge(
      from: facts.startTime.value.map { ($0, facts.startTime.place) },
      to: facts.endTime.value.map { ($0, facts.endTime.place) }, asOf: copy.plan.asOf)
    if let destination = facts.destination.value {
      findings.judge(destination: destination, at: facts.destination.place, facts)
    }
    return outcome(subject ?? "the request", findings, rule, copy) {
      let missing: [(isKnown: Bool, name: String, option: [String])] = [
        (facts.bucket.value != nil && facts.prefix.value != nil, "the source", ["--source"]),
        (facts.roleARN.value != nil, "the role", ["--role-arn"]),
        (facts.destination.value != nil, "the event data store", ["--destination"]),
        (
          facts.bucketRegion.value != nil, "the bucket's Region",
          ["--bucket-region", "aws s3api get-bucket-location"]
        ),
      ].filter { !$0.isKnown }
      guard let first = missing.first else {
        return .proven(subject ?? "the request", "StartImport takes it")
      }
      return .notChecked(
        subject ?? "the request", "\(first.name) is not known", needs: missing.flatMap(\.option))
    }
  }
}

/// What is wrong with a request, and what nobody can tell.
struct ImportRequestFindings {
  var mistakes: [Outcome.Draft] = []
  var doubts: [(reason: String, draft: Outcome.Draft)] = []

  /// A range must end after it begins, and events of the future are not there yet (AWS CloudTrail
  /// API Reference, "StartImport").
  mutating func judge(
    from start: (time: Timestamp, place: Place?)?, to end: (time: Timestamp, place: Place?)?,
    asOf: Timestamp
  ) {
    if let start, let end, start.time >= end.time {
      var draft = Outcome.Draft(
        "the time range ends before it begins", at: end.place,
        label: "it begins at \(start.time.iso8601)", help: "exchange both, or give a later end")
      if start.time == end.time { draft.message = "the time range ends where it begins" }
      if let place = start.place, place != end.place {
        draft.related = [Note("the time range begins here", at: place)]
      }
      mistakes.append(draft)
    } else if let start, start.time > asOf {
      mistakes.append(
        Outcome.Draft(
          "the time range begins in the future", at: start.place,
          label: "it is \(asOf.iso8601) now", help: "give a time before now"))
    } else if let end, end.time > asOf {
      mistakes.append(
        Outcome.Draft(
          "the time range ends in the future", at: end.place,
          label: "it is \(asOf.iso8601) now", help: "end the time range now or before"))
    }
  }

  /// The account that starts the import must own the event data store, and CloudTrail Lake be in
  /// its Region (AWS CloudTrail API Reference, "StartImport", `EventDataStoreARNInvalidException`).
  mutating func judge(destination: String, at place: Place?, _ facts: CopyFacts) {
    guard let arn = ARNParts(destination) else { return }
    let account = String(arn.account)
    // That a delegated administrator cannot copy is said by the rule about the management account.
    if let caller = facts.callerAccount.value, caller != account,
      facts.isOrganizationStore.value != true, !caller.holdsReference, !account.holdsReference
    {
      var draft = Outcome.Draft(
        "the event data store is of account `\(account)`, but account `\(caller)` starts the import",
        at: place, label: "not of the account that starts the import",
        help: "start the import from account `\(account)`, or copy into a store of `\(caller)`")
      if let other = facts.callerAccount.place, other != place {
        draft.related = [Note("account `\(caller)` starts the import", at: other)]
      }
      mistakes.append(draft)
    }
    let region = String(arn.region)
    if !LakeRegions.all.contains(region), !region.holdsReference {
      doubts.append(
        (
          "the guide does not list Region `\(region)`",
          Outcome.Draft(
            "whether CloudTrail Lake is in Region `\(region)` is open: the guide does not list it",
            at: place, help: "look for the Region among those that CloudTrail Lake supports")
        ))
    }
  }
}

extension ImportRequest {
  /// Whether every text is empty, as `--generate-cli-skeleton` prints it.
  fileprivate var isSkeleton: Bool {
    let texts = destinations + [importID, location, bucketRegion, role].compactMap(\.self)
    return location != nil && texts.allSatisfy { $0.string?.isEmpty == true }
  }
}
