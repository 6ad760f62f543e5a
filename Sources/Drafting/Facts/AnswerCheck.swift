import Evidence
import PolicyModel

/// Checks answers by the same forms that options and settings of a check have, and collects what is
/// wrong with them.
struct AnswerCheck {
  private(set) var problems: [DraftProblem] = []

  /// An event data store's ARN and its parts.
  struct Store {
    var arn: String
    var partition: String
    var region: String
    var account: String
  }

  /// A fact's text where it has the form of the fact's values; nil where nobody gave one.
  mutating func fact(_ name: FactName, _ text: String?) -> String? {
    guard let text else { return nil }
    let option = "--\(name.rawValue)"
    do throws(StatedFact.Malformed) {
      return try StatedFact(name, text, origin: "`\(option)`").text
    } catch {
      report("\(error.message), as `\(option)` wants it", help: error.help)
      return nil
    }
  }

  mutating func source(_ text: String?) -> (bucket: String, prefix: String)? {
    guard let text else {
      miss("`--source` is missing", help: "say what is copied: `--source s3://bucket/prefix/`")
      return nil
    }
    guard let text = fact(.source, text) else { return nil }
    guard text.unicodeScalars.allSatisfy(Self.isPrintable) else {
      report(
        "the prefix of `--source` holds characters that an IAM policy cannot name",
        help: "the role's policy takes the printable characters up to U+00FF")
      return nil
    }
    let rest = text.utf8.dropFirst("s3://".utf8.count)
    let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    let prefix = String(Substring(rest[end...].dropFirst()))
    // Without its slash `…/CloudTrail` would stand for `…/CloudTrail-Digest/` too.
    return (
      String(Substring(rest[..<end])),
      prefix.isEmpty || prefix.utf8.last == UInt8(ascii: "/") ? prefix : prefix + "/"
    )
  }

  /// The characters that IAM takes in a policy, without line breaks: U+0020 to U+00FF.
  ///
  /// IAM API Reference, CreatePolicy, `PolicyDocument`.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    (0x20...0x7E).contains(scalar.value)
      || (0xA1...0xFF).contains(scalar.value) && scalar.value != 0xAD
  }

  mutating func destination(_ text: String?) -> Store? {
    guard let text else {
      miss(
        "`--destination` is missing",
        help:
          "name the event data store: `--destination arn:aws:cloudtrail:REGION:ACCOUNT:eventdatastore/ID`"
      )
      return nil
    }
    guard let arn = fact(.destination, text), let parts = ARNParts(arn) else { return nil }
    return Store(
      arn: arn, partition: String(parts.partition), region: String(parts.region),
      account: String(parts.account))
  }

  mutating func role(_ text: String?) -> (name: String, path: String)? {
    guard let text else {
      miss(
        "`--role-name` is missing",
        help: "name the role that shall be made, such as `--role-name copy-trail-events`")
      return nil
    }
    let steps = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let name = String(Substring(steps.last ?? text[...].utf8))
    guard !text.hasPrefix("arn:"), (1...64).contains(name.utf8.count),
      name.utf8.allSatisfy(Self.isOfRoleName)
    else {
      report(
        "`\(text)` is not a role's name, as `--role-name` wants it",
        help: "give up to 64 letters, digits and `_+=,.@-`, maybe after a path such as `audit/`")
      return nil
    }
    let path = steps.dropLast().map { String(Substring($0)) }.joined(separator: "/")
    guard path.utf8.count <= Self.longestPath, path.utf8.allSatisfy(Self.isOfRolePath) else {
      report(
        "`\(text)` has a path that no role can have, as `--role-name` wants it",
        help: "give the path as `audit/`, or none")
      return nil
    }
    let whole = path.hasPrefix("/") || path.isEmpty ? path : "/" + path
    return (name, whole.hasSuffix("/") ? whole : whole + "/")
  }

  /// IAM API Reference, CreateRole, `Path`; less the two slashes that may be left out.
  private static let longestPath = 510

  private static func isOfRoleName(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "_+=,.@-".utf8.contains(byte)
  }

  /// IAM takes all of ASCII that can be seen; here are only those that mean nothing to a policy.
  private static func isOfRolePath(_ byte: UInt8) -> Bool {
    isOfRoleName(byte) || byte == UInt8(ascii: "/")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  mutating func keys(_ texts: [String]) -> [DraftFacts.Key] {
    var keys: [DraftFacts.Key] = []
    for text in texts {
      guard let arn = fact(.keyARN, text), let parts = ARNParts(arn) else { continue }
      let id = String(parts.resource.dropFirst("key/".count))
      guard id.utf8.allSatisfy({ Self.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }) else {
        report("`\(text)` is not the ARN of a KMS key, as `--key-arn` wants it")
        continue
      }
      let key = DraftFacts.Key(arn: arn, account: String(parts.account), id: id)
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  mutating func bucketKeys(_ text: String?) -> Bool? {
    switch text {
    case nil: return nil
    case "on": return true
    case "off": return false
    case let text?:
      report(
        "`--bucket-keys` does not know `\(text)`",
        help: "say `on` or `off`, or leave it out to have both work")
      return nil
    }
  }

  mutating func times(_ start: String?, _ end: String?) -> (start: Timestamp, end: Timestamp)? {
    let first = fact(.startTime, start).flatMap(Timestamp.init(iso8601:))
    let last = fact(.endTime, end).flatMap(Timestamp.init(iso8601:))
    switch (start, end) {
    case (nil, nil): return nil
    case (_?, nil):
      miss("`--start-time` is given without `--end-time`", help: "give both or neither")
    case (nil, _?):
      miss("`--end-time` is given without `--start-time`", help: "give both or neither")
    case (_?, _?): break
    }
    guard let first, let last else { return nil }
    guard first < last else {
      report("`--end-time` is not after `--start-time`")
      return nil
    }
    return (first, last)
  }

  mutating func partitions(of keys: [DraftFacts.Key], match store: String) {
    let partition = ARNParts(store)?.partition
    for key in keys where ARNParts(key.arn)?.partition != partition {
      report(
        "the key `\(key.arn)` is in another partition than the event data store",
        help: "no role reaches across partitions")
    }
  }

  /// The Region that all keys are in, which is the bucket's; nil without keys.
  ///
  /// Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys": the key must be in the
  /// bucket's Region.
  mutating func region(of keys: [DraftFacts.Key], bucketRegion: String?) -> String? {
    guard let first = keys.first?.arn.regionOfARN else { return nil }
    let region = bucketRegion ?? first
    for key in keys where key.arn.regionOfARN != region {
      report(
        "the key `\(key.arn)` is not in the bucket's Region `\(region)`",
        help: "S3 encrypts with keys of the bucket's own Region")
    }
    return region
  }

  private mutating func report(_ message: String, help: String? = nil) {
    problems.append(DraftProblem(message, help: help))
  }

  private mutating func miss(_ message: String, help: String) {
    problems.append(DraftProblem(message, help: help, isMissing: true))
  }
}
