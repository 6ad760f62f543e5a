import PolicyModel

/// What is wrong with the text of an import's `S3LocationUri`, and what was meant.
///
/// AWS CloudTrail API Reference, "S3ImportSource": the URI of the source bucket, `s3://bucket/prefix/`.
struct SourceLocation {
  let text: String

  /// The mistake and the way out; nil for a location that StartImport takes.
  var problem: (message: String, help: String)? {
    if text.hasPrefix("s3://") { return bucketProblem }
    let shown = quoted(text)
    if text.lowercased().hasPrefix("s3:/") {
      let rest = text.dropFirst(3).drop { $0 == "/" }
      return ("source \(shown) does not begin with `s3://`", "write \(quoted("s3://\(rest)"))")
    }
    if text.hasPrefix("arn:") { return arnProblem(shown) }
    if text.hasPrefix("https://") || text.hasPrefix("http://") {
      return (
        "source \(shown) is the address of a web page, not an S3 location",
        "write \(locationOfAddress.map(quoted) ?? "`s3://bucket/prefix/`")"
      )
    }
    return ("source \(shown) does not begin with `s3://`", "write \(quoted("s3://\(text)"))")
  }

  private var bucketProblem: (message: String, help: String)? {
    let bucket = String(text.dropFirst(5).prefix { $0 != "/" })
    if bucket.isEmpty {
      return ("source \(quoted(text)) names no bucket", "write `s3://bucket/prefix/`")
    }
    return BucketName.problem(bucket).map {
      ("\(quoted(bucket)) is no bucket: \($0)", "write the bucket's name as S3 shows it")
    }
  }

  private func arnProblem(_ shown: String) -> (message: String, help: String) {
    guard let arn = ARNParts(text), arn.service == "s3", arn.account.isEmpty else {
      return (
        "source \(shown) is an ARN of no bucket",
        "name the bucket itself, as `s3://bucket/prefix/`: an access point cannot stand for it"
      )
    }
    return (
      "source \(shown) is an ARN, not an S3 location",
      "write \(quoted("s3://\(arn.resource.last == "*" ? arn.resource.dropLast() : arn.resource)"))"
    )
  }

  /// The location an address leads to, with the bucket in the host's name or in the path.
  ///
  /// Amazon S3 User Guide, "Methods for accessing a bucket".
  private var locationOfAddress: String? {
    guard let scheme = text.firstIndex(of: "/") else { return nil }
    let rest = text[scheme...].dropFirst(2)
    let host = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(host.utf8.count).drop { $0 == "/" }
    guard host.hasSuffix(".amazonaws.com") else { return nil }
    let labels = host.split(separator: ".")
    guard let service = labels.firstIndex(where: { $0 == "s3" || $0.hasPrefix("s3-") }) else {
      return nil
    }
    if service == 0 { return path.isEmpty ? nil : "s3://\(path)" }
    return "s3://\(labels[..<service].joined(separator: "."))/\(path)"
  }
}

/// S3's rules for bucket names.
enum BucketName {
  /// What keeps a text from being one, in a clause; nil for a name.
  ///
  /// Amazon S3 User Guide, "General purpose bucket naming rules"; AWS CloudTrail User Guide, "Naming
  /// requirements for Amazon S3 buckets".
  static func problem(_ name: String) -> String? {
    let bytes = Array(name.utf8)
    guard (3...63).contains(bytes.count), let first = bytes.first, let last = bytes.last else {
      return "names have 3 to 63 characters"
    }
    if bytes.contains(where: { (0x41...0x5A).contains($0) }) { return "names have no capitals" }
    let other = name.unicodeScalars.first {
      !isEdge($0.value) && $0.value != 0x2D && $0.value != 0x2E
    }
    if let other { return "names have no `\(other)`" }
    if !isEdge(UInt32(first)) || !isEdge(UInt32(last)) {
      return "names begin and end with a letter or digit"
    }
    for pair in ["..", ".-", "-."] where holds(bytes, pair) { return "names have no `\(pair)`" }
    if IPNetwork(name) != nil { return "names do not look like an IP address" }
    return nil
  }

  private static func isEdge(_ scalar: UInt32) -> Bool {
    (0x61...0x7A).contains(scalar) || (0x30...0x39).contains(scalar)
  }

  private static func holds(_ bytes: [UInt8], _ pair: String) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { [$0, $1] == Array(pair.utf8) }
  }
}
