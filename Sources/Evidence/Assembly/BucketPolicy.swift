import PolicyModel

extension PlanAssembly {
  /// Chooses the bucket policy: of several buckets' policies the source bucket's.
  mutating func placeBucket() {
    let all = policies.filter { $0.given.layer == .bucket }
    let given = all.filter(\.given.isPickedOut)
    let byOption = given.filter { $0.given.option != nil }
    var candidates = given
    var names: [String] = []
    for read in given {
      for name in read.ownBuckets where !names.contains(name) { names.append(name) }
    }
    if let bucket = plan.facts.bucket.value {
      // A policy of another bucket is that bucket's, unless somebody says it is this one's.
      candidates =
        given.filter {
          $0.given.option != nil || $0.ownBuckets.isEmpty || $0.isPolicy(ofBucket: bucket)
        } + all.filter { !$0.given.isPickedOut && $0.isPolicy(ofBucket: bucket) }
    } else if byOption.isEmpty, names.count > 1, given.withoutRepetition.count > 1 {
      plan.bucket = PolicyLayer(
        gap: .init("policies of \(names.count) buckets were given", needs: ["--source"]))
      return
    }
    plan.bucket = single(
      .bucket, from: candidates, noun: "the bucket policy", option: "--bucket")
    for read in used(in: .bucket) {
      dossier.facts.bucket.suggestions.append(
        Mentions(read.policy, "the bucket policy").ownBuckets)
    }
  }
}

extension ReadPolicy {
  /// Whether a bucket policy is the policy of a bucket, by its resource or by its own words.
  func isPolicy(ofBucket bucket: String) -> Bool {
    if case .bucket(let name)? = given.owner { return name.mayEqual(bucket) }
    return ownBuckets.contains { $0.mayEqual(bucket) }
  }

  /// The buckets that a bucket policy is about.
  fileprivate var ownBuckets: Set<String> {
    Set(Mentions(policy, origin).ownBuckets.map(\.value))
  }
}
