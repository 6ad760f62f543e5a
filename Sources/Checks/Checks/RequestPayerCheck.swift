import Evidence
import PolicyModel

/// Whether the bucket's owner pays for requests to it.
package struct RequestPayerCheck: Check {
  package static let name = CheckName.requestPayer

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject = facts.bucketName
    guard let payer = facts.payer.value else {
      return [
        .notChecked(subject, "who pays for requests to the bucket is not known", needs: rule.needs)
      ]
    }
    guard payer != "BucketOwner" else { return [.proven(subject, "its owner pays")] }
    return [
      .violated(
        subject, "whoever asks pays",
        Outcome.Draft(
          "requests to the source bucket are paid by whoever makes them", at: facts.payer.place,
          label: "CloudTrail may not agree to pay",
          help:
            "set the payer to `BucketOwner` with `aws s3api put-bucket-request-payment` for the copy"
        ))
    ]
  }
}
