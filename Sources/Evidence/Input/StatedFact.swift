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
    self.name = name
    self.text = text
    self.origin = origin
    self.place = place
  }
}
