import PolicyModel

extension Shape {
  /// A listing of objects; paginated by the AWS CLI it says nothing but the objects.
  static let listObjects = Shape.answer(
    "s3api list-objects-v2",
    matches: { root in
      root.hasArray("Contents") || root.has("KeyCount", "MaxKeys")
        || root.has("RequestCharged", "Prefix") || isObjects(root)
        // All that the AWS CLI has to say of an empty bucket.
        || (root.has("RequestCharged") && root.count == 1)
    },
    read: { root, reader in
      if let bucket = reader.text(root["Name"], where: AWSNames.isBucket) {
        reader.dossier.facts.bucket.hints.append([bucket])
      }
      reader.dossier.listings.append(.answer(root))
    })

  /// Whether a list holds the objects of a bucket, as `--query Contents` prints them.
  private static func isObjects(_ root: Node) -> Bool {
    guard let first = root.elements.first(where: { _ in true }) else { return false }
    return first.has("Key") && (first.has("StorageClass") || first.has("LastModified"))
  }

  /// The manifest of an S3 Inventory.
  static let inventoryManifest = Shape(
    "the manifest of an S3 Inventory",
    matches: { $0.has("sourceBucket", "fileSchema") },
    read: { root, reader in
      if let bucket = reader.text(root["sourceBucket"], where: AWSNames.isBucket) {
        reader.dossier.facts.bucket.hints.append([bucket])
      }
      reader.dossier.inventories.append(InventoryManifest(root))
    })
}
