import Evidence
import PolicyModel

/// What a person is asked for, one at a time, in the order in which answers build on each other.
package enum DraftQuestion: Sendable, Hashable, CaseIterable {
  case source
  case destination
  case roleName
  case keys
  case bucketAccount
  case bucketRegion
  case bucketKeys
  case startTime
  case endTime

  /// The questions that are open: none where everything that must be said was said, or where what
  /// was said is wrong, so that asking for more would lead nowhere.
  ///
  /// Whoever is asked at all is also asked for what has a default.
  package static func open(in answers: DraftAnswers) -> [DraftQuestion] {
    do throws(DraftProblems) {
      _ = try DraftFacts(answers)
      return []
    } catch {
      guard error.problems.allSatisfy(\.isMissing) else { return [] }
      return allCases.filter { $0.isOpen(in: answers) }
    }
  }

  private func isOpen(in answers: DraftAnswers) -> Bool {
    switch self {
    case .source: answers.source == nil
    case .destination: answers.destination == nil
    case .roleName: answers.roleName == nil
    case .keys: answers.keys.isEmpty
    case .bucketAccount: answers.bucketAccount == nil
    case .bucketRegion: answers.bucketRegion == nil
    case .bucketKeys: answers.bucketKeys == nil
    case .startTime: answers.startTime == nil
    case .endTime: answers.endTime == nil
    }
  }

  /// Whether earlier answers leave nothing to ask.
  package func isIdle(after answers: DraftAnswers) -> Bool {
    switch self {
    case .bucketKeys: answers.keys.isEmpty
    case .endTime: answers.startTime == nil
    case .source, .destination, .roleName, .keys, .bucketAccount, .bucketRegion, .startTime: false
    }
  }

  /// The question, without the default.
  package var text: String {
    switch self {
    case .source: "what is copied, as s3://bucket/prefix/"
    case .destination: "the ARN of the event data store"
    case .roleName: "the name of the role to be made"
    case .keys: "the ARNs of the KMS keys that the log files are encrypted with"
    case .bucketAccount: "the account that owns the bucket"
    case .bucketRegion: "the bucket's Region"
    case .bucketKeys: "do the log files use S3 Bucket Keys, on or off"
    case .startTime: "the time of the oldest event to copy"
    case .endTime: "the time of the newest event to copy"
    }
  }

  /// What an empty answer stands for, as it is shown; nil where one must be given.
  package func fallback(after answers: DraftAnswers) -> String? {
    switch self {
    case .source, .destination, .endTime: nil
    case .roleName: Self.usualRole
    case .keys: "none"
    case .bucketAccount: answers.destination?.accountOfARN
    case .bucketRegion: answers.keys.first?.regionOfARN ?? answers.destination?.regionOfARN
    case .bucketKeys: "not known"
    case .startTime: answers.endTime == nil ? "all events" : nil
    }
  }

  private static let usualRole = "copy-trail-events"

  /// Takes an answer; says what is wrong with it and takes nothing if it cannot be one.
  package func take(_ text: String, into answers: inout DraftAnswers) -> [DraftProblem] {
    var check = AnswerCheck()
    var next = answers
    switch self {
    case .source:
      next.source = text
      _ = check.source(text)
    case .destination:
      next.destination = text
      _ = check.destination(text)
    case .roleName:
      next.roleName = text.isEmpty ? Self.usualRole : text
      _ = check.role(next.roleName)
    case .keys:
      let texts = text.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
      next.keys = texts == ["none"] ? [] : texts
      let keys = check.keys(next.keys)
      if let store = next.destination { check.partitions(of: keys, match: store) }
      _ = check.region(of: keys, bucketRegion: next.bucketRegion)
    case .bucketAccount:
      next.bucketAccount = text.isEmpty ? fallback(after: answers) : text
      _ = check.fact(.bucketAccount, next.bucketAccount)
    case .bucketRegion:
      next.bucketRegion = text.isEmpty ? fallback(after: answers) : text
      if let region = check.fact(.bucketRegion, next.bucketRegion) {
        _ = check.region(of: check.keys(next.keys), bucketRegion: region)
      }
    case .bucketKeys:
      next.bucketKeys = text.isEmpty ? nil : text
      _ = check.bucketKeys(next.bucketKeys)
    case .startTime:
      next.startTime = text.isEmpty ? nil : text
      _ =
        next.endTime == nil
        ? check.fact(.startTime, next.startTime).map { _ in () }
        : check.times(next.startTime ?? "", next.endTime).map { _ in () }
    case .endTime:
      next.endTime = text
      _ = check.times(next.startTime, text)
    }
    if check.problems.isEmpty { answers = next }
    return check.problems
  }
}
