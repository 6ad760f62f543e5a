import Evidence
import PolicyModel

/// The facts of a copy as every output shows them.
enum FactRows {
  static func rows(of plan: CopyPlan) -> [CopyReport.FactRow] {
    let facts = plan.facts
    var rows = [
      row("source", source(facts)),
      row("bucket", facts.bucket),
      row("bucket-region", facts.bucketRegion),
      row("bucket-account", facts.bucketAccount),
      row("role-arn", facts.roleARN),
      row("destination", facts.destination),
    ]
    rows += plan.keys.map { row("key-arn", $0.arn) }
    if plan.keys.isEmpty {
      rows.append(row("key-arn", facts.isWithoutKeys.map { $0 ? "none" : nil }))
    }
    rows += [
      row("caller-account", facts.callerAccount),
      row("management-account", facts.managementAccount),
      row("organization-id", facts.organizationID),
      row("start-time", facts.startTime.map { $0.iso8601 }),
      row("end-time", facts.endTime.map { $0.iso8601 }),
      row("oldest-log-date", facts.oldestLogDate.map { $0.iso8601 }),
      row("keep-days", facts.keepDays.map { String($0) }),
      row("bucket-keys", facts.bucketKeys.map(\.rawValue)),
      row("object-ownership", facts.objectOwnership),
      row("retention-period", facts.retentionPeriod.map { String($0) }),
      row("organization-store", facts.isOrganizationStore.map { String($0) }),
    ]
    return rows
  }

  private static func source(_ facts: CopyFacts) -> Fact<String> {
    guard let bucket = facts.bucket.value else { return .unknown }
    return facts.prefix.map { "s3://\(bucket)/\($0)" }
  }

  private static func row(_ name: String, _ fact: Fact<String>) -> CopyReport.FactRow {
    CopyReport.FactRow(
      name: name, value: fact.value?.withReadableReferences, status: fact.status, place: fact.place,
      origin: fact.origin)
  }
}
