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
    let bytes = text.utf8
    var rest = bytes.startIndex
    func next() -> Substring? {
      guard let colon = bytes[rest...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
      defer { rest = bytes.index(after: colon) }
      return text[rest..<colon]
    }
    guard let prefix = next(), let partition = next(), let service = next(), let region = next(),
      let account = next()
    else { return nil }
    self.prefix = prefix
    self.partition = partition
    self.service = service
    self.region = region
    self.account = account
    resource = text[rest...]
  }

  /// The six parts in order.
  package var all: [Substring] { [prefix, partition, service, region, account, resource] }
}
