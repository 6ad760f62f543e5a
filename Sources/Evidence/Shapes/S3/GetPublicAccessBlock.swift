import PolicyModel

extension Shape {
  /// The bucket's public access block.
  static let getPublicAccessBlock = Shape.answer(
    "s3api get-public-access-block",
    matches: { $0.hasObject("PublicAccessBlockConfiguration") },
    read: { root, reader in
      guard let configuration = root["PublicAccessBlockConfiguration"] else { return }
      reader.keep(publicAccessBlock: configuration)
    })
}

extension ShapeReader {
  /// Keeps what matters of a public access block: whether public policies are restricted.
  mutating func keep(publicAccessBlock configuration: Node) {
    let restricts = configuration["RestrictPublicBuckets"]
    dossier.facts.restrictsPublicBuckets.documents.append(
      Said(
        boolean(restricts)?.value ?? false, by: origin, at: (restricts ?? configuration).place))
  }
}
