import PolicyModel

extension Shape {
  /// The bucket's Region; `null` is `us-east-1`, `EU` is `eu-west-1`.
  ///
  /// Amazon S3 API Reference, "GetBucketLocation".
  static let getBucketLocation = Shape.answer(
    "s3api get-bucket-location",
    matches: { $0.has("LocationConstraint") && $0.count == 1 },
    read: { root, reader in
      guard let constraint = root["LocationConstraint"] else { return }
      let region =
        switch constraint.kind == .null ? "" : constraint.scalarText ?? "" {
        case "": "us-east-1"
        case "EU": "eu-west-1"
        case let name: name
        }
      guard AWSNames.isRegion(region) else { return }
      reader.dossier.facts.bucketRegion.documents.append(
        Said(region, by: reader.origin, at: constraint.place))
    })

  /// The bucket's Region, told by the shorter call.
  static let headBucket = Shape.answer(
    "s3api head-bucket",
    matches: { $0.has("BucketRegion") },
    read: { root, reader in
      guard let region = reader.text(root["BucketRegion"], where: AWSNames.isRegion) else {
        return
      }
      reader.dossier.facts.bucketRegion.documents.append(region)
    })
}
