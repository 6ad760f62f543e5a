import Evidence
import PolicyModel

/// Whether the policy of every key that a document names is known, and whether it can let the role
/// in at all.
package struct KeyCoverageCheck: Check {
  package static let name = CheckName.keyCoverage

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    if let outcome = copy.plan.outcomeWithoutKeys { return [outcome] }
    return copy.plan.keys.indices.map { position in
      let key = copy.plan.keys[position]
      if let managed = AWSManagedKey(position, of: copy) { return managed.outcome }
      if let gap = key.policy.gap {
        return .notChecked(key.name, gap.reason, needs: gap.needs)
      }
      return .proven(key.name, "its policy is given")
    }
  }
}

/// The key `aws/s3`, which AWS manages: its policy admits its own account through S3, nobody else,
/// and cannot be changed.
///
/// Amazon S3 User Guide, "Replicating encrypted objects", and "Using server-side encryption with
/// AWS KMS keys": such a key cannot be shared with another account.
struct AWSManagedKey {
  let key: KeyPlan
  private let roleAccount: String?
  private let owner: String?

  /// The key at a position of the plan; nil for one that a customer manages.
  init?(_ position: Int, of copy: CompiledCopy) {
    key = copy.plan.keys[position]
    guard Self.isMeant(by: key) else { return nil }
    roleAccount = copy.requests.roleAccount
    owner = Self.owner(of: key, copy.plan.facts)
  }

  /// Whether nothing but AWS's own policy decides who may use a key.
  static func isMeant(by key: KeyPlan) -> Bool {
    key.isAWSManaged.value == true && key.policy.policies.isEmpty
  }

  /// The account of a key, which is the bucket's where the ARN is not known.
  static func owner(of key: KeyPlan, _ facts: CopyFacts) -> String? {
    key.arn.value?.accountOfARN ?? facts.bucketAccount.value
  }

  /// Whether the role is of another account.
  var isOutOfReach: Bool {
    guard let roleAccount, let owner else { return false }
    return roleAccount != owner && !roleAccount.holdsReference && !owner.holdsReference
  }

  /// The policy that AWS gives the key.
  static func policy(account: String) -> Policy? {
    let text = """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "Allow access through S3 for all principals in the account that are authorized to use S3",
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
            "Resource": "*",
            "Condition": {"StringEquals": {"kms:CallerAccount": "\(account)"}}
          }
        ]
      }
      """
    let tree = try? Tree.parse(Source(path: "the key policy of `aws/s3`", text))
    return tree.map { Policy(reading: $0.root, as: .key) }
  }

  var outcome: Outcome {
    guard let owner, let roleAccount else {
      return .notChecked(
        key.name,
        owner == nil ? "the bucket's account is not known" : "the role is not known",
        needs: owner == nil ? ["--bucket-account"] : ["--role-arn"])
    }
    guard isOutOfReach else {
      return .proven(key.name, "AWS manages it: it admits its own account through S3")
    }
    return .violated(
      key.name, "AWS manages it: it admits nobody of account `\(roleAccount)`",
      draft(owner: owner, roleAccount))
  }

  /// Why a role of another account never reads what the key encrypts.
  var draft: Outcome.Draft? {
    guard let owner, let roleAccount, isOutOfReach else { return nil }
    return draft(owner: owner, roleAccount)
  }

  private func draft(owner: String, _ roleAccount: String) -> Outcome.Draft {
    Outcome.Draft(
      "the key `aws/s3` that AWS manages admits no role of another account",
      at: key.isAWSManaged.place ?? key.arn.place,
      label: "the bucket's account is `\(owner)`, the role's `\(roleAccount)`",
      help:
        "encrypt the log files with a key of your own, whose policy can let the role in, or use a role of account `\(owner)`"
    )
  }
}
