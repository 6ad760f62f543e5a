import PolicyModel

extension PlanAssembly {
  /// Pairs key policies with keys.
  ///
  /// `--key ARN=FILE` says which is whose, and so may a policy's Resource. One policy and one key
  /// that are left pair up; otherwise nobody can tell.
  mutating func pairPolicies() {
    let given = policies.filter { $0.given.layer == .key }
    var left: [ReadPolicy] = []
    var owned: [String: [ReadPolicy]] = [:]
    for read in given {
      if let arn = read.keyARN { owned[arn, default: []].append(read) } else { left.append(read) }
    }
    for index in plan.keys.indices {
      guard let arn = plan.keys[index].arn.value else { continue }
      if let gap = deferral(in: .key, option: "--key", of: { $0 == .key(arn: arn) }) {
        plan.keys[index].policy = PolicyLayer(gap: gap)
      }
      guard let policies = owned[arn] else { continue }
      let layer = keyLayer(policies, of: arn)
      plan.keys[index].policy = layer
    }
    if let arn = plan.storeKey?.arn.value {
      if !plan.keys.contains(where: { $0.arn.value == arn }), let policies = owned[arn] {
        let layer = keyLayer(policies, of: arn)
        plan.storeKey?.policy = layer
      }
    }
    pair(leftOver: left, owned: owned)
    // One key may serve both the store and the bucket.
    if let store = plan.storeKey?.arn.value,
      let same = plan.keys.first(where: { $0.arn.value == store })
    {
      plan.storeKey?.policy = same.policy
      plan.storeKey?.isPairingInferred = same.isPairingInferred
    }
  }

  private mutating func pair(leftOver: [ReadPolicy], owned: [String: [ReadPolicy]]) {
    let known = Set(owned.values.joined().map(\.order))
    let repeated = Set(policies.filter { known.contains($0.order) }.map(\.value))
    let left = leftOver.withoutRepetition.filter { !repeated.contains($0.value) }
    guard let only = left.first else { return }
    // The policy of a key that AWS manages tells itself, and nobody can give such a key another.
    let isManaged = only.isOfAWSManagedKey
    let open = plan.keys.indices.filter { index in
      let key = plan.keys[index]
      return key.policy.policies.isEmpty && (key.isAWSManaged.value ?? isManaged) == isManaged
    }
    let storeIsOpen =
      !isManaged
      && plan.storeKey.map { store in
        store.policy.policies.isEmpty && !plan.keys.contains { $0.arn.value == store.arn.value }
      } == true
    switch (left.count, open.count + (storeIsOpen ? 1 : 0)) {
    case (1, 1):
      let layer = keyLayer([only], of: nil)
      if let index = open.first {
        plan.keys[index].policy = layer
        plan.keys[index].isPairingInferred = true
      } else {
        plan.storeKey?.policy = layer
        plan.storeKey?.isPairingInferred = true
      }
    case (1, 0) where plan.keys.isEmpty:
      let arn = Fact<String>.unknown(because: "no document names the key")
      plan.keys = [KeyPlan(arn: arn, policy: keyLayer([only], of: nil))]
    case (_, 0) where plan.keys.isEmpty:
      plan.keys = left.map { read in
        KeyPlan(
          arn: .unknown(because: "no document names the key"),
          policy: PolicyLayer(policies: use([read], as: .key), gap: Self.unpaired))
      }
    default:
      for index in open { plan.keys[index].policy = PolicyLayer(gap: Self.unpaired) }
      if storeIsOpen { plan.storeKey?.policy = PolicyLayer(gap: Self.unpaired) }
    }
  }

  private static let unpaired = PolicyLayer.Gap(
    "nothing says which key each key policy belongs to", needs: ["--key"])

  /// The policy of one key.
  private mutating func keyLayer(_ given: [ReadPolicy], of arn: String?) -> PolicyLayer {
    single(
      .key, from: given, noun: arn.map { "the policy of the key `\($0)`" } ?? "the key policy",
      option: "--key")
  }
}

extension ReadPolicy {
  /// Whether AWS wrote the policy for a key that it manages itself: its Id is `auto-s3-2` or alike.
  ///
  /// AWS KMS Developer Guide, "AWS managed keys".
  fileprivate var isOfAWSManagedKey: Bool { given.node["Id"]?.string?.hasPrefix("auto-") == true }

  /// The key whose policy it is, by its option or its own words.
  fileprivate var keyARN: String? {
    if case .key(let arn)? = given.owner { return arn }
    return Mentions(policy, origin).ownKey?.value
  }
}
