import PolicyModel

extension Shape {
  /// The bucket's Object Ownership.
  static let getBucketOwnershipControls = Shape.answer(
    "s3api get-bucket-ownership-controls",
    matches: { $0.hasObject("OwnershipControls") },
    read: { root, reader in
      for rule in root["OwnershipControls"]?.list("Rules") ?? root.elements {
        guard let ownership = reader.text(rule["ObjectOwnership"]) else { continue }
        reader.dossier.facts.objectOwnership.documents.append(ownership)
      }
    })
}
