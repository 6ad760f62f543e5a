/// What somebody said of a copy that has no policies yet, as it was given: nothing is checked.
package struct DraftAnswers: Sendable, Hashable {
  /// What is copied, as `s3://bucket/prefix/`.
  package var source: String?
  /// The event data store's ARN.
  package var destination: String?
  /// The name of the role to be made, with its path if it shall have one.
  package var roleName: String?
  /// The KMS keys that encrypt the log files.
  package var keys: [String] = []
  /// The account that owns the bucket.
  package var bucketAccount: String?
  /// The bucket's Region.
  package var bucketRegion: String?
  /// `on` or `off`.
  package var bucketKeys: String?
  /// The time of the oldest event to copy.
  package var startTime: String?
  /// The time of the newest event to copy.
  package var endTime: String?

  package init() {}
}

/// One thing that keeps a draft from being written: an answer is missing, or cannot be one.
package struct DraftProblem: Sendable, Hashable, Error {
  /// What is wrong, in a finding's words.
  package var message: String
  /// What to give instead.
  package var help: String?
  /// Whether nothing is wrong but that nobody said it.
  package var isMissing: Bool

  init(_ message: String, help: String? = nil, isMissing: Bool = false) {
    self.message = message
    self.help = help
    self.isMissing = isMissing
  }
}
