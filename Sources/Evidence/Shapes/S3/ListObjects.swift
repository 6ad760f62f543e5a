import PolicyModel

extension Shape {
  /// A listing of objects; paginated by the AWS CLI it says nothing but the objects.
  static let listObjects = Shape.answer(
    "s3api list-objects-v2",
    matches: { root in
      root.hasArray("Contents") || root.has("KeyCount", "MaxKeys")
        || root.has("RequestCharged", "Prefix")
    },
    read: { root, reader in
      if let bucket = reader.text(root["Name"], where: AWSNames.isBucket) {
        reader.dossier.facts.bucket.hints.append([bucket])
      }
      reader.dossier.listings.append(root)
    })

  /// The manifest of an S3 Inventory.
  static let inventoryManifest = Shape(
    "the manifest of an S3 Inventory",
    matches: { $0.has("sourceBucket", "fileSchema") },
    read: { root, reader in
      if let bucket = reader.text(root["sourceBucket"], where: AWSNames.isBucket) {
        reader.dossier.facts.bucket.hints.append([bucket])
      }
      if let schema = InventorySchema(manifest: root) {
        reader.dossier.inventories.append(schema)
      }
    })
}
