/// Resources other than those a copy is about.
package enum ResourceARNs {
  private static let bucketName = Language.sequence([
    .repeated(.one(bucketCharacters), 3), .many(.one(bucketCharacters)),
  ])
  private static let bucketCharacters = ScalarSet([0x2D...0x2E, 0x30...0x39, 0x61...0x7A])

  /// What follows `arn:PARTITION:s3:::` for every object of every bucket; of a known bucket first.
  package static func objects(of bucket: String) -> FreeString {
    .language(
      .sequence([bucketName, .text("/"), .oneOrMore(.one(.all))]),
      realistic: .either(
        [bucket, "another-bucket"].map { .text("\($0)/elsewhere/2026/file.json") }),
      excluding: nil)
  }

  /// What follows `arn:PARTITION:s3:::` for every bucket.
  package static let buckets = FreeString.language(
    bucketName, realistic: .text("another-bucket"), excluding: nil)

  /// What follows `arn:PARTITION:kms:` for every key.
  package static func keys(region: String, account: String) -> FreeString {
    let id = ScalarSet([0x2D...0x2D, 0x30...0x39, 0x61...0x66])
    return .language(
      .sequence([
        .repeated(.one(.lowercase), 2),
        .oneOrMore(.sequence([.text("-"), .oneOrMore(.one(.lowercase))])),
        .text("-"), .one(.digits), .text(":"), .repeated(.one(.digits), 12), .text(":key/"),
        .oneOrMore(.one(id)),
      ]),
      realistic: .text("\(region):\(account):key/00000000-1111-2222-3333-444444444444"),
      excluding: nil)
  }
}
