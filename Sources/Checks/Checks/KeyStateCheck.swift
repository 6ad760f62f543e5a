import Evidence
import PolicyModel

/// Whether the keys of the log files can be used: enabled, for encryption, in the bucket's Region.
package struct KeyStateCheck: Check {
  package static let name = CheckName.keyState

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    if let outcome = copy.plan.outcomeWithoutKeys { return [outcome] }
    return copy.plan.keys.map { outcome(of: $0, copy.plan.facts) }
  }

  private static func outcome(of key: KeyPlan, _ facts: CopyFacts) -> Outcome {
    let subject = key.name
    if let problem = problem(of: key) {
      return .violated(subject, problem.reason, problem.draft)
    }
    let keyRegion = key.arn.value?.regionOfARN
    if let keyRegion, let region = facts.bucketRegion.value, keyRegion != region,
      !keyRegion.holdsReference, !region.holdsReference
    {
      var draft = Outcome.Draft(
        "the key is in Region `\(keyRegion)`, and S3 uses only keys of the bucket's own",
        at: key.arn.place, label: "the bucket is in `\(region)`",
        help: "name the key that the objects are encrypted with: it is in `\(region)`")
      if let place = facts.bucketRegion.place, place != draft.place {
        draft.related = [Note("the bucket's Region", at: place)]
      }
      return .violated(subject, "it is in `\(keyRegion)`, the bucket in `\(region)`", draft)
    }
    if key.isAWSManaged.value == true {
      return .proven(subject, "AWS manages it, and keeps it enabled")
    }
    guard let state = key.state.value else {
      return .notChecked(subject, "the key's state is not known", needs: ["aws kms describe-key"])
    }
    guard state == "Enabled" else {
      return .open(
        subject, "it is `\(state)`, which the guide does not list",
        Outcome.Draft(
          "whether the key decrypts while it is `\(state)` is open: the guide does not list this state",
          at: key.state.place, help: "wait until it is `Enabled`"))
    }
    guard keyRegion != nil, facts.bucketRegion.value != nil else {
      return .notChecked(
        subject, "the bucket's Region is not known", needs: ["--bucket-region"])
    }
    return .proven(subject, "enabled, and in the bucket's Region")
  }

  /// What keeps a key from being used, as `describe-key` shows it.
  static func problem(of key: KeyPlan) -> (reason: String, draft: Outcome.Draft)? {
    if let state = key.state.value, let help = ways[state] {
      return (
        "it is `\(state)`",
        Outcome.Draft(
          "the key decrypts nothing while it is `\(state)`", at: key.state.place, help: help)
      )
    }
    if let usage = key.usage.value, usage != "ENCRYPT_DECRYPT" {
      return (
        "it is for `\(usage)`",
        Outcome.Draft(
          "a key for `\(usage)` encrypts no objects", at: key.usage.place,
          label: "not `ENCRYPT_DECRYPT`",
          help: "name the key that the objects are encrypted with")
      )
    }
    return nil
  }

  /// The states in which a key cannot be used, and the way out of each (AWS KMS Developer Guide,
  /// "Key states of AWS KMS keys").
  private static let ways = [
    "Creating": "wait until it is `Enabled`",
    "Disabled": "enable it with `aws kms enable-key`",
    "PendingDeletion":
      "cancel its deletion with `aws kms cancel-key-deletion`, then enable it with `aws kms enable-key`",
    "PendingImport": "import its key material with `aws kms import-key-material`",
    "PendingReplicaDeletion":
      "cancel its deletion with `aws kms cancel-key-deletion`, then enable it with `aws kms enable-key`",
    "Unavailable": "connect its key store again",
    "Updating": "wait until it is `Enabled`",
  ]
}

extension KeyPlan {
  /// The key as rows name it.
  var name: String {
    if let arn = arn.value { return arn.withReadableReferences }
    return isAWSManaged.value == true ? "alias/aws/s3" : "the key of the source bucket"
  }
}

extension CopyPlan {
  /// The answer of rules about keys where no key is known; nil where one is.
  var outcomeWithoutKeys: Outcome? {
    guard keys.isEmpty else { return nil }
    if facts.isWithoutKeys.value == true {
      return .notApplicable("the source bucket", "the objects are not encrypted with a KMS key")
    }
    if facts.defaultEncryption.value == "AES256" {
      return .notChecked(
        "the source bucket", "whether the trail encrypts its log files with a KMS key is not known",
        needs: ["--key", "aws cloudtrail describe-trails"])
    }
    return .notChecked(
      "the source bucket", "whether KMS keys encrypt the objects is not known",
      needs: ["--key", "--key-arn", "aws s3api get-bucket-encryption"])
  }
}
