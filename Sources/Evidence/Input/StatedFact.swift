package import PolicyModel

/// A fact that an option or a setting states, by the name they share.
package enum FactName: String, Sendable, Hashable, CaseIterable {
  /// `s3://bucket/prefix/`
  case source
  case bucketRegion = "bucket-region"
  case bucketAccount = "bucket-account"
  case roleARN = "role-arn"
  case destination
  /// May be stated several times.
  case keyARN = "key-arn"
  case callerAccount = "caller-account"
  case managementAccount = "management-account"
  case organizationID = "organization-id"
  case startTime = "start-time"
  case endTime = "end-time"
  case keepDays = "keep-days"
  case bucketKeys = "bucket-keys"
  /// The account a template is deployed in: `AWS::AccountId`.
  case account
  /// The Region a template is deployed in: `AWS::Region`.
  case region
}

/// A value that an option or a setting of `lint-copy.yaml` states, checked for its form.
package struct StatedFact: Sendable {
  /// Why a value cannot be what its option wants: wrong usage, exit code 2.
  package struct Malformed: Error, Hashable, Sendable {
    /// What is wrong: "`12` is not an account id".
    package var message: String
    /// What to give instead.
    package var help: String
  }

  /// Which fact.
  package let name: FactName
  /// The value as given.
  package let text: String
  /// Who says so, in words: "`--role-arn`".
  package let origin: String
  /// Where, for a setting of `lint-copy.yaml`.
  package let place: Place?

  /// Takes a value if it has the form of the fact's values.
  package init(
    _ name: FactName, _ text: String, origin: String, at place: Place? = nil
  ) throws(Malformed) {
    guard name.accepts(text), !SymbolicName.isSymbolic(text) else {
      throw Malformed(message: "`\(text)` is not \(name.noun)", help: name.example)
    }
    self.name = name
    self.text = text
    self.origin = origin
    self.place = place
  }
}

extension FactName {
  /// Whether a text has the form of the fact's values.
  fileprivate func accepts(_ text: String) -> Bool {
    switch self {
    case .source: S3Location(text) != nil
    case .bucketRegion, .region: AWSNames.isRegion(text)
    case .bucketAccount, .callerAccount, .managementAccount, .account: AWSNames.isAccount(text)
    case .roleARN: AWSNames.isRoleARN(text)
    case .destination: AWSNames.isStoreARN(text)
    case .keyARN: AWSNames.isKeyARN(text)
    case .organizationID: AWSNames.isOrganization(text)
    case .startTime, .endTime: Timestamp(iso8601: text) != nil
    case .keepDays: Int(text).map { (0...FactName.mostDays).contains($0) } ?? false
    case .bucketKeys: CopyFacts.BucketKeys(rawValue: text) != nil
    }
  }

  /// More days than any store keeps events; a larger number is a slip.
  private static let mostDays = 36_500

  /// What a value is, with its article.
  fileprivate var noun: String {
    switch self {
    case .source: "an S3 location"
    case .bucketRegion, .region: "a Region"
    case .bucketAccount, .callerAccount, .managementAccount, .account: "an account id"
    case .roleARN: "the ARN of a role"
    case .destination: "the ARN of an event data store"
    case .keyARN: "the ARN of a KMS key"
    case .organizationID: "the id of an organization"
    case .startTime, .endTime: "a time"
    case .keepDays: "a number of days"
    case .bucketKeys: "one of `on`, `off` and `mixed`"
    }
  }

  /// A value of the right form, in a sentence for help.
  fileprivate var example: String {
    switch self {
    case .source: "give it as `s3://bucket/prefix/`"
    case .bucketRegion, .region: "give it as `us-east-1`"
    case .bucketAccount, .callerAccount, .managementAccount, .account:
      "give its twelve digits, such as `111122223333`"
    case .roleARN: "give it with its path, as `arn:aws:iam::111122223333:role/path/name`"
    case .destination: "give it as `arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ID`"
    case .keyARN: "give it as `arn:aws:kms:us-east-1:111122223333:key/ID`, not an alias"
    case .organizationID: "give it as `o-exampleorgid`"
    case .startTime, .endTime: "give it as `2026-01-31` or `2026-01-31T00:00:00Z`"
    case .keepDays: "give a whole number, such as `90`"
    case .bucketKeys: "say `on`, `off` or `mixed`"
    }
  }
}
