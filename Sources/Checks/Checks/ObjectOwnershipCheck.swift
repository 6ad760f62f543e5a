import Evidence
import PolicyModel

/// Whether the bucket's ACLs are disabled: Object Ownership is Bucket owner enforced.
package struct ObjectOwnershipCheck: Check {
  package static let name = CheckName.objectOwnership

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject = facts.bucket.value ?? "the source bucket"
    guard let ownership = facts.objectOwnership.value else {
      if facts.hasNoOwnershipControls.value == true {
        var outcome = Outcome(
          subject: subject, status: .open,
          reason: "the bucket has no ownership controls, as buckets older than the default have")
        outcome.finding = Outcome.Draft(
          "whether ACLs are disabled is open: the bucket has no ownership controls",
          at: facts.hasNoOwnershipControls.place,
          help:
            "set Object Ownership to `BucketOwnerEnforced` with `aws s3api put-bucket-ownership-controls`"
        )
        return [outcome]
      }
      return [.notChecked(subject, "the bucket's Object Ownership is not known", needs: rule.needs)]
    }
    guard ownership != "BucketOwnerEnforced" else {
      return [
        Outcome(subject: subject, status: .proven, reason: "Object Ownership is `\(ownership)`")
      ]
    }
    var outcome = Outcome(
      subject: subject, status: .violated,
      reason: "Object Ownership is `\(ownership)`, so ACLs are in force")
    outcome.finding = Outcome.Draft(
      "ACLs are not disabled on the source bucket", at: facts.objectOwnership.place,
      label: "Object Ownership is `\(ownership)`",
      help:
        "set Object Ownership to `BucketOwnerEnforced` with `aws s3api put-bucket-ownership-controls`"
    )
    return [outcome]
  }
}
