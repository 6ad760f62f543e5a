/// A bucket and the prefix below which everything is copied: `s3://bucket/prefix/`.
struct S3Location: Hashable, Sendable {
  /// The bucket's name.
  var bucket: String
  /// What follows the slash after the bucket, as written; may be empty.
  var prefix: String

  /// Reads an S3 URI; nil for everything else, such as an `https` address.
  init?(_ text: String) {
    guard text.hasPrefix("s3://") else { return nil }
    let rest = text.utf8.dropFirst(5)
    let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    let name = String(Substring(rest[..<end]))
    guard AWSNames.isBucket(name) else { return nil }
    bucket = name
    prefix = end == rest.endIndex ? "" : String(Substring(rest[rest.index(after: end)...]))
  }
}
