import ArgumentParser
import Evidence
import PolicyModel

/// What is known of a copy beside its documents; it wins over what they say.
struct FactOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("What is copied.", valueName: "s3://bucket/prefix/"))
  var source: String?

  @Option(name: .long, help: ArgumentHelp("The source bucket's Region.", valueName: "region"))
  var bucketRegion: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The account that owns the source bucket.", valueName: "account"))
  var bucketAccount: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The role that CloudTrail will assume, with its path.", valueName: "arn"))
  var roleArn: String?

  @Option(name: .long, help: ArgumentHelp("The event data store.", valueName: "arn"))
  var destination: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A KMS key that the log files are encrypted with.", valueName: "arn"))
  var keyArn: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("The account of whoever starts the import.", valueName: "account"))
  var callerAccount: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The organization's management account.", valueName: "account"))
  var managementAccount: String?

  @Option(name: .long, help: ArgumentHelp("The organization.", valueName: "id"))
  var organizationId: String?

  @Option(
    name: .long, help: ArgumentHelp("The time of the oldest event to copy.", valueName: "time"))
  var startTime: String?

  @Option(
    name: .long, help: ArgumentHelp("The time of the newest event to copy.", valueName: "time"))
  var endTime: String?

  @Option(
    name: .long,
    help: ArgumentHelp("For how many days the copied events shall be kept.", valueName: "days"))
  var keepDays: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Whether the log files use S3 Bucket Keys.", valueName: "on|off|mixed"),
    completion: .list(["on", "off", "mixed"]))
  var bucketKeys: String?

  @Option(
    name: .long, help: ArgumentHelp("The moment to judge at (default: now).", valueName: "time"))
  var asOf: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A parameter of a template; may be repeated.", valueName: "name=value"))
  var parameter: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("The account a template is deployed in.", valueName: "account"))
  var account: String?

  @Option(
    name: .long, help: ArgumentHelp("The Region a template is deployed in.", valueName: "region"))
  var region: String?

  /// The facts that were stated, each checked for its form.
  func stated() throws(Refusal) -> [StatedFact] {
    let given: [(FactName, String?)] = [
      (.source, source), (.bucketRegion, bucketRegion), (.bucketAccount, bucketAccount),
      (.roleARN, roleArn), (.destination, destination), (.callerAccount, callerAccount),
      (.managementAccount, managementAccount), (.organizationID, organizationId),
      (.startTime, startTime), (.endTime, endTime), (.keepDays, keepDays),
      (.bucketKeys, bucketKeys), (.account, account), (.region, region),
    ]
    var facts: [StatedFact] = []
    for (name, text) in given {
      if let text { facts.append(try Self.fact(name, text)) }
    }
    for text in keyArn { facts.append(try Self.fact(.keyARN, text)) }
    return facts
  }

  /// The values of a template's parameters by name; of the same name the last counts.
  func statedParameters() throws(Refusal) -> [String: String] {
    var values: [String: String] = [:]
    for text in parameter {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw Refusal(
          "`\(text)` is not a parameter with its value, as `--parameter` wants it",
          help: "write it as `NAME=VALUE`")
      }
      values[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    return values
  }

  /// The moment to judge at; nil where nobody says.
  func statedMoment() throws(Refusal) -> Timestamp? {
    guard let asOf else { return nil }
    guard let moment = Timestamp(iso8601: asOf) else {
      throw Refusal(
        "`\(asOf)` is not a time, as `--as-of` wants it",
        help: "give it as `2026-01-31` or `2026-01-31T00:00:00Z`")
    }
    return moment
  }

  private static func fact(_ name: FactName, _ text: String) throws(Refusal) -> StatedFact {
    let option = "--\(name.rawValue)"
    do throws(StatedFact.Malformed) {
      return try StatedFact(name, text, origin: "`\(option)`")
    } catch {
      throw Refusal("\(error.message), as `\(option)` wants it", help: error.help)
    }
  }
}
