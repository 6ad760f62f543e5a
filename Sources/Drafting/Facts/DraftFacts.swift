import Evidence
package import PolicyModel

/// What a draft is written from: every value has its form, and together they can be one copy.
package struct DraftFacts: Sendable, Hashable {
  /// The bucket's name.
  package let bucket: String
  /// What every key of the copy begins with; empty, or with a slash at its end.
  package let prefix: String
  /// The event data store's ARN.
  package let destination: String
  /// The partition of all ARNs, such as `aws-us-gov`.
  package let partition: String
  /// The event data store's Region.
  package let lakeRegion: String
  /// The account of the event data store, of the role, and of whoever starts the import.
  package let lakeAccount: String
  /// The role's name without its path.
  package let roleName: String
  /// The role's path, from slash to slash.
  package let rolePath: String
  /// The keys, each once.
  package let keys: [Key]
  /// The account that owns the bucket.
  package let bucketAccount: String
  /// The bucket's Region.
  package let bucketRegion: String
  /// Whether the log files use S3 Bucket Keys; nil where nobody says, so that both must work.
  package let usesBucketKeys: Bool?
  /// The oldest event to copy; nil for all.
  package let startTime: Timestamp?
  /// The newest event to copy; nil for all.
  package let endTime: Timestamp?
  /// The facts that nobody stated and what they were taken to be, by the option that states them.
  package let defaults: Set<String>

  /// A KMS key that encrypts log files.
  package struct Key: Sendable, Hashable {
    /// The key's ARN.
    package let arn: String
    /// The account that owns it.
    package let account: String
    /// The key's id.
    package let id: String
  }

  /// What is copied, as `s3://bucket/prefix/`.
  package var source: String { "s3://\(bucket)/\(prefix)" }
  /// The bucket's ARN.
  package var bucketARN: String { "arn:\(partition):s3:::\(bucket)" }
  /// The role's ARN, with its path.
  package var roleARN: String { "arn:\(partition):iam::\(lakeAccount):role\(rolePath)\(roleName)" }
  /// The bucket's log files as a policy names them.
  var objectsARN: String { "\(bucketARN)/\(prefix.literalInPolicy)*" }

  /// Checks what was said; throws everything that is wrong with it at once.
  package init(_ answers: DraftAnswers) throws(DraftProblems) {
    var check = AnswerCheck()
    let source = check.source(answers.source)
    let store = check.destination(answers.destination)
    let role = check.role(answers.roleName)
    let keys = check.keys(answers.keys)
    let account = check.fact(.bucketAccount, answers.bucketAccount)
    let region = check.fact(.bucketRegion, answers.bucketRegion)
    let bucketKeys = check.bucketKeys(answers.bucketKeys)
    let times = check.times(answers.startTime, answers.endTime)
    if let store { check.partitions(of: keys, match: store.arn) }
    let commonRegion = check.region(of: keys, bucketRegion: region)
    guard check.problems.isEmpty, let source, let store, let role else {
      throw DraftProblems(problems: check.problems)
    }
    bucket = source.bucket
    prefix = source.prefix
    destination = store.arn
    partition = store.partition
    lakeRegion = store.region
    lakeAccount = store.account
    roleName = role.name
    rolePath = role.path
    self.keys = keys
    bucketAccount = account ?? store.account
    bucketRegion = region ?? commonRegion ?? store.region
    usesBucketKeys = bucketKeys
    startTime = times?.start
    endTime = times?.end
    var defaults: Set<String> = []
    if account == nil { defaults.insert(FactName.bucketAccount.rawValue) }
    if region == nil { defaults.insert(FactName.bucketRegion.rawValue) }
    self.defaults = defaults
  }
}

/// Everything that keeps a draft from being written, at least one thing.
package struct DraftProblems: Error, Sendable, Hashable {
  package var problems: [DraftProblem]
}
