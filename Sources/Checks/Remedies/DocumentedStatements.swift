package import Evidence
package import PolicyModel

/// The statements a copy needs, as the guide documents them (AWS CloudTrail User Guide, "Required
/// permissions for copying trail events"), for one copy and as narrow as it can do with.
package struct DocumentedStatements: Sendable {
  /// The bucket's ARN.
  package var bucket: String
  /// The prefix of the log files.
  package var prefix: String
  /// The role's ARN.
  package var role: String
  /// The ARN of the event data store.
  package var store: String
  /// The account of the event data store.
  package var storeAccount: String
  /// How the objects' keys are encrypted; nil where nobody knows, so that both ways must do.
  package var bucketKeys: CopyFacts.BucketKeys?

  package init(
    bucket: String, prefix: String, role: String, store: String, storeAccount: String,
    bucketKeys: CopyFacts.BucketKeys?
  ) {
    self.bucket = bucket
    self.prefix = prefix
    self.role = role
    self.store = store
    self.storeAccount = storeAccount
    self.bucketKeys = bucketKeys
  }

  /// The statements of a copy whose facts are known so far.
  init?(_ copy: CompiledCopy) {
    let facts = copy.plan.facts
    guard let name = facts.bucket.value, let prefix = facts.prefix.value,
      let role = facts.roleARN.value, let store = facts.destination.value,
      let account = copy.requests.storeAccount
    else { return nil }
    self.init(
      bucket: "arn:\(copy.requests.partition):s3:::\(name)", prefix: prefix, role: role,
      store: store, storeAccount: account, bucketKeys: facts.bucketKeys.value)
  }

  /// The log files below the prefix, as a resource.
  package var objects: String { "\(bucket)/\(prefix.literalInPolicy)*" }

  // MARK: Conditions

  /// The condition on the event data store that CloudTrail asks for.
  private var source: Remedy.Member {
    Remedy.Member(
      "StringEquals",
      .object([
        Remedy.Member("aws:SourceAccount", .text(storeAccount)),
        Remedy.Member("aws:SourceArn", .text(store)),
      ]))
  }

  /// The encryption contexts that S3 sends: with S3 Bucket Keys the bucket, else each object.
  package var contexts: [String] {
    switch bucketKeys {
    case .on: [bucket]
    case .off: [objects]
    case .mixed, nil: [bucket, objects]
    }
  }

  // MARK: Statements

  /// The role's permission for something it does with the bucket or with objects.
  package func ofRole(
    sid: String?, _ actions: [String], on resources: [String], isBoundToSource: Bool = true
  ) -> Remedy.Value {
    statement(
      sid: sid,
      [
        Remedy.Member("Action", .oneOrList(actions)),
        Remedy.Member("Resource", .oneOrList(resources)),
      ], conditions: isBoundToSource ? [source] : [])
  }

  /// What lets CloudTrail assume the role for the event data store alone.
  package func ofTrust(sid: String?) -> Remedy.Value {
    statement(
      sid: sid,
      [
        Remedy.Member(
          "Principal",
          .object([Remedy.Member("Service", .text(ImportRequests.service))])),
        Remedy.Member("Action", .text("sts:AssumeRole")),
      ], conditions: [source])
  }

  /// The bucket's permission for the role.
  package func ofBucket(
    sid: String?, _ actions: [String], on resources: [String]
  ) -> Remedy.Value {
    statement(
      sid: sid,
      [
        Remedy.Member("Principal", .object([Remedy.Member("AWS", .text(role))])),
        Remedy.Member("Action", .oneOrList(actions)),
        Remedy.Member("Resource", .oneOrList(resources)),
      ])
  }

  /// The key's permission for the role, for the bucket's objects alone.
  package func ofKey(sid: String?, _ actions: [String]) -> Remedy.Value {
    statement(
      sid: sid,
      [
        Remedy.Member("Principal", .object([Remedy.Member("AWS", .text(role))])),
        Remedy.Member("Action", .oneOrList(actions)),
        Remedy.Member("Resource", .text("*")),
      ],
      conditions: [
        Remedy.Member(
          "StringLike",
          .object([Remedy.Member("kms:EncryptionContext:aws:s3:arn", .oneOrList(contexts))])),
        source,
      ])
  }

  private func statement(
    sid: String?, _ members: [Remedy.Member], conditions: [Remedy.Member] = []
  ) -> Remedy.Value {
    var all = sid.map { [Remedy.Member("Sid", .text($0))] } ?? []
    all.append(Remedy.Member("Effect", .text("Allow")))
    all += members
    if !conditions.isEmpty { all.append(Remedy.Member("Condition", .object(conditions))) }
    return .object(all)
  }
}
