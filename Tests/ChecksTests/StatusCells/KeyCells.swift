import Evidence
import PolicyModel

@testable import Checks

extension StatusCell {
  /// The keys of the log files.
  static let keys: [StatusCell] = [
    StatusCell("encryption-keys-covered", .proven) { _ in },
    StatusCell("encryption-keys-covered", .proven, ofOwner: "111122223333") {
      $0.change = { $0.keys = [.managed] }
    },
    StatusCell("encryption-keys-covered", .violated, ofOwner: "444455556666") {
      $0.change = { $0.keys = [.managed] }
    },
    StatusCell("encryption-keys-covered", .open, cannotBe: "a policy is given or not"),
    StatusCell("encryption-keys-covered", .notChecked) {
      $0.change = { $0.keys[0].policy = .notGiven("--key", "the key's policy") }
    },
    StatusCell("encryption-keys-covered", .notApplicable) { $0.withoutKeys() },
    StatusCell("key-state", .proven) { _ in },
    StatusCell("key-state", .violated) {
      $0.change = { $0.keys[0].state = .stated("PendingDeletion", by: "the key") }
    },
    StatusCell("key-state", .open) {
      $0.change = { $0.keys[0].state = .stated("Asleep", by: "the key") }
    },
    StatusCell("key-state", .notChecked) { $0.change = { $0.keys[0].state = .unknown } },
    StatusCell("key-state", .notApplicable) { $0.withoutKeys() },
    StatusCell("event-data-store-key-policy", .proven) { $0.withStoreKey() },
    StatusCell("event-data-store-key-policy", .violated) {
      $0.withStoreKey(#""Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}, "#)
    },
    StatusCell("event-data-store-key-policy", .open) {
      $0.withStoreKey(
        #""Condition": {"StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": "arn:*"}}, "#)
    },
    StatusCell("event-data-store-key-policy", .notChecked) {
      $0.change = {
        $0.storeKey = KeyPlan(
          arn: .stated(SampleCopy.storeKey, by: "the store"),
          policy: .notGiven("--key", "the policy of the event data store's key"))
      }
    },
    StatusCell("event-data-store-key-policy", .notApplicable) { _ in },
  ]
}

extension KeyPlan {
  /// The key `aws/s3`, which AWS manages.
  static var managed: KeyPlan {
    var key = KeyPlan(arn: .unknown, policy: .notGiven("--key", "the key's policy"))
    key.isAWSManaged = .stated(true, by: "the bucket's default encryption")
    return key
  }
}

extension SampleCopy {
  fileprivate static let storeKey =
    "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321"

  /// Gives the event data store a key of its own, which lets CloudTrail in.
  fileprivate mutating func withStoreKey(_ condition: String = "") {
    let text = """
      {
        "Version": "2012-10-17",
        "Statement": {
          "Effect": "Allow", \(condition)
          "Principal": {"Service": "cloudtrail.amazonaws.com"},
          "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": "*"
        }
      }
      """
    change = { plan in
      let policy = try? Self.policy("store-key.json", text, .key)
      plan.storeKey = KeyPlan(
        arn: .stated(Self.storeKey, by: "the store"),
        policy: PolicyLayer(policies: policy.map { [$0] } ?? []))
    }
  }

  /// Says that no key encrypts the objects.
  mutating func withoutKeys() {
    change = {
      $0.keys = []
      $0.facts.isWithoutKeys = .stated(true, by: "`--key none`")
    }
  }
}
