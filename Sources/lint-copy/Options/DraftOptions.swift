import ArgumentParser
import Drafting

/// What a draft is written from.
struct DraftOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("What is copied.", valueName: "s3://bucket/prefix/"))
  var source: String?

  @Option(name: .long, help: ArgumentHelp("The event data store.", valueName: "arn"))
  var destination: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The role to be made, with its path if it shall have one.", valueName: "name"))
  var roleName: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A KMS key that the log files are encrypted with; may be repeated.", valueName: "arn"))
  var keyArn: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The account that owns the source bucket (default: the event data store's).",
      valueName: "account"))
  var bucketAccount: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The source bucket's Region (default: the keys', else the event data store's).",
      valueName: "region"))
  var bucketRegion: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Whether the log files use S3 Bucket Keys (default: both work).", valueName: "on|off"),
    completion: .list(["on", "off"]))
  var bucketKeys: String?

  @Option(
    name: .long, help: ArgumentHelp("The time of the oldest event to copy.", valueName: "time"))
  var startTime: String?

  @Option(
    name: .long, help: ArgumentHelp("The time of the newest event to copy.", valueName: "time"))
  var endTime: String?

  /// What was said, unchecked.
  var answers: DraftAnswers {
    var answers = DraftAnswers()
    answers.source = source
    answers.destination = destination
    answers.roleName = roleName
    answers.keys = keyArn
    answers.bucketAccount = bucketAccount
    answers.bucketRegion = bucketRegion
    answers.bucketKeys = bucketKeys
    answers.startTime = startTime
    answers.endTime = endTime
    return answers
  }
}
