import Authorization
import PolicyModel

/// Names the mistake in a condition's value that does not match what the request has.
struct ConditionMistake {
  let statement: Statement
  let condition: Condition
  let value: PolicyString
  let text: String
  /// What the request has.
  let actual: String
  let alternatives: [String]

  private var key: String { RequestContext.folded(condition.key) }
  private var remedies: ConditionRemedies {
    ConditionRemedies(statement: statement, condition: condition, value: value)
  }
  private var operatorName: String { condition.operatorNode.scalarText ?? "" }

  /// The rule that explains the mistake, with its finding; nil where it is none of the known ones.
  var explained: (RuleID, Outcome.Draft)? {
    if let placeholder = Placeholder.found(in: text) {
      var draft = Placeholder.draft(placeholder, value.node, wanted: actual)
      // The object of a counterexample is one of many.
      if key == "kms:encryptioncontext:aws:s3:arn" { draft.remedies = [] }
      return ("placeholder", draft)
    }
    if let draft = resourceTypeCase { return ("event-data-store-arn-case", draft) }
    if let draft = literalWildcard { return ("wildcard-in-string-equals", draft) }
    switch key {
    case "aws:sourcearn": return ("source-arn-condition", sourceARN)
    case "aws:sourceaccount": return ("source-account-condition", sourceAccount)
    case "kms:encryptioncontext:aws:s3:arn":
      return bucketContext.map { ("bucket-key-context", $0) }
    default: return nil
    }
  }

  private var resourceTypeCase: Outcome.Draft? {
    guard key == "aws:sourcearn", let spelling = ResourceTypeSpelling(text),
      PatternText.matches(spelling.corrected, actual)
    else { return nil }
    var draft = spelling.draft(at: value.node)
    draft.remedies =
      remedies.correcting("eventdataStore/", to: "eventdatastore/", in: spelling.corrected)
      // What is right may still be too wide for the trust policy.
      + remedies.correcting(to: actual)
    return draft
  }

  /// A `*` or `?` under an operator that compares it as an ordinary character.
  private var literalWildcard: Outcome.Draft? {
    guard PatternText.matches(text, actual),
      var draft = LiteralWildcard(condition, value, matches: true)?.draft(actual: actual)
    else { return nil }
    if !operatorName.contains("IgnoreCase") { draft.remedies = remedies.matchingPatterns() }
    return draft
  }

  private var sourceARN: Outcome.Draft {
    var draft = Outcome.Draft(
      "the condition on `\(condition.key)` keeps CloudTrail out: it does not name the event data store",
      at: value.node.place, label: "the request has `\(actual)`", help: "write `\(actual)`",
      remedies: remedies.replacing(with: actual))
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    if parts.count == 6, parts[5].hasPrefix("eventdatastore/arn:") {
      draft.label = "the whole ARN stands where its id belongs"
      draft.remedies = remedies.correcting(to: actual)
    } else if parts.count == 6, parts[5].hasPrefix("trail/") {
      draft.label = "a trail; an import is made for the event data store"
    } else if let account = ImportRequests.account(of: actual), parts.count == 6,
      parts[4] != account,
      !parts[4].contains("*")
    {
      draft.label = "another account; the event data store belongs to \(account)"
    }
    return draft
  }

  private var sourceAccount: Outcome.Draft {
    Outcome.Draft(
      "the condition on `\(condition.key)` keeps CloudTrail out: it does not name the account of the event data store",
      at: value.node.place, label: "the event data store belongs to `\(actual)`",
      related: [
        Note("it is the account used for CloudTrail Lake, which need not be the bucket's")
      ],
      help: "write `\(actual)`", remedies: remedies.replacing(with: actual))
  }

  private var bucketContext: Outcome.Draft? {
    guard let bucket = alternatives.first else { return nil }
    let isBucket = actual == bucket
    let stem = text.prefix { $0 != "*" && $0 != "?" }
    guard isBucket ? stem.hasPrefix(bucket + "/") : text == bucket else { return nil }
    if isBucket {
      return Outcome.Draft(
        "with S3 Bucket Keys the encryption context is the bucket's ARN, which `\(text)` does not match",
        at: value.node.place, label: "the request has `\(bucket)`",
        help: "list both `\(bucket)` and `\(bucket)/*`", remedies: remedies.listing([bucket]))
    }
    return Outcome.Draft(
      "without S3 Bucket Keys the encryption context is the object's ARN, which `\(text)` does not match",
      at: value.node.place, label: "the request has `\(actual)`",
      help: "list both `\(bucket)` and `\(bucket)/*`",
      remedies: remedies.listing(["\(bucket)/*"]))
  }
}

/// Matches texts of policies against texts of requests, for messages; deciding is the evaluator's.
enum PatternText {
  /// Whether `*` and `?` in a text, read as wildcards, make it match.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let elements = pattern.unicodeScalars.map { scalar -> Pattern.Element in
      switch scalar {
      case "*": .many(butColon: false)
      case "?": .one(butColon: false)
      default: .literal(scalar.value)
      }
    }
    return PatternReader(Pattern(elements), bound: .must).matches(text.unicodeScalars.map(\.value))
  }
}
