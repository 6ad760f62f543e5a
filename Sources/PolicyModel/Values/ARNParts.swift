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
    var text = text
    guard let colons = text.withUTF8({ bytes in unsafe Self.firstColons(in: bytes) }) else {
      return nil
    }
    let bytes = text.utf8
    var rest = bytes.startIndex
    var offset = 0
    func part(to colon: Int) -> Substring {
      let end = bytes.index(rest, offsetBy: colon - offset)
      defer {
        rest = bytes.index(after: end)
        offset = colon + 1
      }
      return Substring(bytes[rest..<end])
    }
    prefix = part(to: colons.0)
    partition = part(to: colons.1)
    service = part(to: colons.2)
    region = part(to: colons.3)
    account = part(to: colons.4)
    resource = Substring(bytes[rest...])
  }

  /// The offsets of the first five colons; nil where there are fewer.
  private static func firstColons(
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> (Int, Int, Int, Int, Int)? {
    var found = (0, 0, 0, 0, 0)
    var count = 0
    for position in 0..<bytes.count where unsafe bytes[position] == UInt8(ascii: ":") {
      switch count {
      case 0: found.0 = position
      case 1: found.1 = position
      case 2: found.2 = position
      case 3: found.3 = position
      default:
        found.4 = position
        return found
      }
      count += 1
    }
    return nil
  }

  /// The six parts in order.
  package var all: [Substring] { [prefix, partition, service, region, account, resource] }
}
