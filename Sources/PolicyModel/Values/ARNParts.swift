/// An Amazon Resource Name, or a pattern for some, split at its first five colons.
///
/// AWS General Reference, "Amazon Resource Names (ARNs)":
/// `arn:partition:service:region:account-id:resource`; the resource may hold further colons.
package struct ARNParts: Hashable, Sendable {
  /// What stands before the first colon: `arn` in an ARN, maybe a wildcard in a pattern.
  package let prefix: Substring
  /// The partition, such as `aws` or `aws-us-gov`.
  package let partition: Substring
  /// The service, such as `s3`.
  package let service: Substring
  /// The region; empty where the service's resources have none.
  package let region: Substring
  /// The account; empty where the service's resources name none.
  package let account: Substring
  /// Everything after the fifth colon.
  package let resource: Substring

  /// Splits a text; nil where it has fewer than six parts.
  package init?(_ text: String) {
    let parts = text.utf8.split(
      separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6 else { return nil }
    prefix = Substring(parts[0])
    partition = Substring(parts[1])
    service = Substring(parts[2])
    region = Substring(parts[3])
    account = Substring(parts[4])
    resource = Substring(parts[5])
  }

  /// The six parts in order.
  package var all: [Substring] { [prefix, partition, service, region, account, resource] }
}
