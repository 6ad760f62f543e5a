/// The ARNs of resources on whose behalf CloudTrail calls other services.
package enum CloudTrailARNs {
  /// What follows `arn:PARTITION:cloudtrail:` in the ARNs of an account's trails, event data stores
  /// and channels, except one.
  package static func following(account: String, excluding: String?) -> FreeString {
    let region = Language.sequence([
      .repeated(.one(.lowercase), 2), .text("-"), .oneOrMore(.one(.lowercase)),
      .many(.sequence([.text("-"), .oneOrMore(.one(.lowercase))])), .text("-"), .one(.digits),
    ])
    let id = ScalarSet([0x2D...0x2D, 0x30...0x39, 0x61...0x7A])
    func arns(_ region: Language, _ types: [String], _ name: Language) -> Language {
      .sequence([
        region, .text(":\(account):"), .either(types.map { .text($0 + "/") }), name,
      ])
    }
    let realistic = arns(
      .either(["us-east-1", "eu-west-1"].map(Language.text)), ["eventdatastore"],
      .text("01234567-89ab-cdef-0123-456789abcdef"))
    let language = arns(
      region, ["eventdatastore", "trail", "channel"],
      .oneOrMore(.one(id.union(ScalarSet([0x2E...0x2E, 0x41...0x5A, 0x5F...0x5F])))))
    return .language(language, realistic: realistic, excluding: excluding)
  }
}
