import PolicyModel

extension PlanAssembly {
  /// Settles the source where it is stated; the bucket may still be inferred later.
  mutating func settlePlaces() {
    let source = dossier.facts.source.settled(
      "the source", option: "--source", show: \.uri, findings: &dossier.findings)
    guard source.status == .stated else { return }
    plan.facts.bucket = source.map(\.bucket)
    plan.facts.prefix = source.map(\.prefix)
  }

  /// Infers the bucket and the prefix from what policies, listings and trails are about.
  mutating func settleBucket() {
    guard plan.facts.bucket.status == .unknown else { return }
    for read in used(in: .role) {
      dossier.facts.bucket.suggestions.append(
        Mentions(read.policy, "the role's policy").grantedBuckets)
    }
    dossier.facts.bucket.hints.append(dossier.trails.compactMap(\.bucket))
    dossier.facts.bucket.hints.append(answeredSources.compactMap { $0.map(\.bucket) })
    // That a template defines a bucket does not make it the source.
    if !dossier.facts.bucket.candidates.isEmpty {
      dossier.facts.bucket.hints.append(dossier.buckets.map(\.name))
    }
    plan.facts.bucket = dossier.facts.bucket.settled(
      "the source bucket", option: "--source", findings: &dossier.findings)
    if let bucket = plan.facts.bucket.value { inferPrefix(in: bucket) }
  }

  /// Infers the prefix: what the role may read, what the trail writes, what an import copied.
  mutating func inferPrefix(in bucket: String) {
    var prefixes = Testimony<String>()
    let granted = used(in: .role).flatMap { read in
      Mentions(read.policy, "the role's policy").prefixes(in: bucket)
    }
    // The whole bucket says nothing of what is to be copied, where anything else does.
    let narrow = granted.filter { !$0.value.isEmpty }
    prefixes.hints.append(narrow)
    prefixes.hints.append(dossier.trails.compactMap { $0.prefix(in: bucket) })
    prefixes.hints.append(
      answeredSources.filter { $0.value.bucket == bucket }.compactMap { $0.map(\.prefix) })
    prefixes.hints.append(granted)
    prefixes.hints.append(
      used(in: .bucket).flatMap { read in
        Mentions(read.policy, "the bucket policy").prefixes(in: bucket)
      })
    plan.facts.prefix = prefixes.settled(
      "the prefix", option: "--source", findings: &dossier.findings)
  }

  /// Settles the bucket's Region and account.
  mutating func settleRegion() {
    // S3 uses only keys of the bucket's own Region: Amazon S3 User Guide, "Using server-side
    // encryption with AWS KMS keys".
    let keyRegions = plan.keys.compactMap { key -> Said<String>? in
      guard let arn = key.arn.value, let region = arn.regionOfARN else { return nil }
      return Said(region, by: "the Region of the bucket's KMS key", at: key.arn.place)
    }
    dossier.facts.bucketRegion.hints.append(keyRegions)
    plan.facts.bucketRegion = dossier.facts.bucketRegion.settled(
      "the bucket's Region", option: "--bucket-region", findings: &dossier.findings)
    plan.facts.bucketAccount = dossier.facts.bucketAccount.settled(
      "the bucket's account", option: "--bucket-account", findings: &dossier.findings)
  }
}

extension TrailRecord {
  /// Where the trail puts its log files in a bucket; nil for another bucket.
  ///
  /// CloudTrail User Guide, "Finding your CloudTrail log files".
  fileprivate func prefix(in bucket: String) -> Said<String>? {
    guard let said = self.bucket, said.value == bucket, let account = arn?.value.accountOfARN,
      isOrganizationTrail != true
    else { return nil }
    let own = prefix.map { $0.isEmpty || $0.hasSuffix("/") ? $0 : "\($0)/" } ?? ""
    return said.map { _ in "\(own)AWSLogs/\(account)/CloudTrail/" }
  }
}

extension S3Location {
  /// The location as people write it.
  var uri: String { "s3://\(bucket)/\(prefix)" }
}
