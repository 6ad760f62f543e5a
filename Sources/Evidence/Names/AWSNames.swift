import PolicyModel

/// The forms of the names that facts consist of.
///
/// A text is taken for a fact only if it has the full form: placeholders such as `myAccountID`,
/// wildcards and policy variables never do. A reference of a template (`PolicyText.encoded`) may stand
/// for a whole part of a name.
enum AWSNames {
  /// Twelve digits.
  static func isAccount(_ text: some StringProtocol) -> Bool {
    (text.utf8.count == 12 && text.utf8.allSatisfy(isDigit))
      || SymbolicName.isOneReference(text)
  }

  /// Such as `us-east-1` or `us-gov-west-1`: words and at the end a number, joined by hyphens.
  static func isRegion(_ text: some StringProtocol) -> Bool {
    if SymbolicName.isOneReference(text) { return true }
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count >= 3, let number = parts.last, !number.isEmpty, number.count <= 2 else {
      return false
    }
    return number.allSatisfy(isDigit)
      && parts.dropLast().allSatisfy { !$0.isEmpty && $0.allSatisfy(isLowerLetter) }
  }

  /// The partitions of AWS all begin alike, such as `aws-us-gov`.
  static func isPartition(_ text: some StringProtocol) -> Bool {
    text == "aws"
      || (text.hasPrefix("aws-")
        && text.utf8.allSatisfy {
          isLowerLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-")
        })
  }

  /// S3's rules for bucket names: 3 to 63 lower-case letters, digits, dots and hyphens.
  ///
  /// Amazon S3 User Guide, "General purpose bucket naming rules".
  static func isBucket(_ text: some StringProtocol) -> Bool {
    if SymbolicName.isSymbolic(text) {
      return isBucket(SymbolicName.replacingReferences(in: text, with: "ref"))
    }
    let bytes = text.utf8
    guard (3...63).contains(bytes.count), let first = bytes.first,
      let last = text.utf8.reversed().first
    else { return false }
    let isEdge = { (byte: UInt8) in isLowerLetter(byte) || isDigit(byte) }
    return isEdge(first) && isEdge(last)
      && bytes.allSatisfy {
        isEdge($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      }
  }

  /// Such as `o-exampleorgid`: `o-` and 10 to 32 lower-case letters and digits.
  static func isOrganization(_ text: some StringProtocol) -> Bool {
    guard text.hasPrefix("o-") else { return false }
    let rest = text.utf8.dropFirst(2)
    return (10...32).contains(rest.count) && rest.allSatisfy { isLowerLetter($0) || isDigit($0) }
  }

  /// Whether a text is the ARN of a role, with its path.
  static func isRoleARN(_ text: String) -> Bool {
    guard let arn = ARNParts(text), isARN(arn, of: "iam"), arn.region.isEmpty,
      arn.resource.hasPrefix("role/"), arn.resource.utf8.count > 5
    else { return false }
    return isPlain(arn.resource)
  }

  /// Whether a text is the ARN of a KMS key, not of an alias.
  static func isKeyARN(_ text: String) -> Bool {
    guard let arn = ARNParts(text), isARN(arn, of: "kms"), isRegion(arn.region),
      arn.resource.hasPrefix("key/"), arn.resource.utf8.count > 4
    else { return false }
    return isPlain(arn.resource)
      && (arn.resource.utf8.dropFirst(4).contains(where: isDigit)
        || SymbolicName.isSymbolic(arn.resource))
  }

  /// Whether a text is the ARN of an event data store.
  ///
  /// Ids are UUIDs, in examples with `EXAMPLE` in them; one without any digit is a placeholder.
  static func isStoreARN(_ text: String) -> Bool {
    guard let arn = ARNParts(text), isARN(arn, of: "cloudtrail"), isRegion(arn.region),
      arn.resource.hasPrefix("eventdatastore/")
    else { return false }
    return isStoreID(arn.resource.dropFirst("eventdatastore/".utf8.count))
  }

  /// Whether a text is the id of an event data store.
  static func isStoreID(_ text: some StringProtocol) -> Bool {
    if SymbolicName.isOneReference(text) { return true }
    return (3...64).contains(text.utf8.count) && text.utf8.contains(where: isDigit)
      && text.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "-") }
  }

  /// Whether a text is the ARN of a managed policy, of a customer or of AWS.
  static func isPolicyARN(_ text: String) -> Bool {
    guard let arn = ARNParts(text), arn.prefix == "arn", isPartition(arn.partition),
      arn.service == "iam", arn.resource.hasPrefix("policy/")
    else { return false }
    return (isAccount(arn.account) || arn.account == "aws") && isPlain(arn.resource)
  }

  private static func isARN(_ arn: ARNParts, of service: String) -> Bool {
    arn.prefix == "arn" && isPartition(arn.partition) && arn.service == service
      && isAccount(arn.account)
  }

  /// Whether nothing in a text is a wildcard, a variable or a placeholder's bracket.
  private static func isPlain(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "$"), UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"), 0...0x20:
        false
      default: true
      }
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isLowerLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { isLowerLetter(byte | 0x20) }
}

extension String {
  /// Whether the text has the form of a Region's name.
  package var isRegionName: Bool { AWSNames.isRegion(self) }

  /// Whether the text is the ARN of a role, with its path.
  package var isRoleARN: Bool { AWSNames.isRoleARN(self) }

  /// The account that an ARN names; nil where it names none.
  package var accountOfARN: String? {
    guard let account = ARNParts(self)?.account, AWSNames.isAccount(account) else { return nil }
    return String(account)
  }

  /// The Region that an ARN names; nil where it names none.
  package var regionOfARN: String? {
    guard let region = ARNParts(self)?.region, AWSNames.isRegion(region) else { return nil }
    return String(region)
  }
}
