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
  /// Says that no key encrypts the objects.
  mutating func withoutKeys() {
    change = {
      $0.keys = []
      $0.facts.isWithoutKeys = .stated(true, by: "`--key none`")
    }
  }
}
