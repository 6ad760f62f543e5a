import Evidence
import PolicyModel

/// What an answer takes for granted because nobody said otherwise.
enum Assumptions {
  /// The facts that only policies suggest: what rests on them is proven of that, not of the copy.
  static func inferred(in plan: CopyPlan) -> [String] {
    let facts = plan.facts
    return [
      clause("the role is", facts.roleARN),
      clause("the event data store is", facts.destination),
      clause("the source bucket is", facts.bucket),
      clause("the source prefix is", facts.prefix),
      clause("the bucket belongs to account", facts.bucketAccount),
    ].compactMap { $0 }
  }

  private static func clause(_ text: String, _ fact: Fact<String>) -> String? {
    guard fact.status == .inferred, let value = fact.value else { return nil }
    return "\(text) `\(value.withReadableReferences)`, inferred from \(fact.origin)"
  }

  /// The layers that nobody mentioned.
  static func absentLayers(of plan: CopyPlan) -> [String] {
    var clauses: [String] = []
    let isOutside = plan.facts.isOutsideOrganizations.value == true
    if plan.serviceControl.levels.isEmpty, !plan.serviceControl.isStatedAbsent, !isOutside {
      clauses.append("no service control policy denies the role")
    }
    if plan.resourceControl.levels.isEmpty, !plan.resourceControl.isStatedAbsent, !isOutside {
      clauses.append("no resource control policy denies the role or CloudTrail")
    }
    if plan.boundary.isAssumedAbsent {
      clauses.append("no permissions boundary limits the role")
    }
    clauses.append("no session policy limits the role's session")
    if plan.keys.isEmpty, plan.facts.isWithoutKeys.origin == CopyFacts.originOfNoKeys {
      clauses.append("no KMS key encrypts the objects")
    }
    if !plan.keys.isEmpty {
      clauses.append("no other KMS key encrypts the objects")
      clauses.append("no KMS grant decides what the role may do with a key")
    }
    return clauses
  }
}
