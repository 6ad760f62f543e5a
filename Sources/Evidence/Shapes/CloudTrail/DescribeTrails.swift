import PolicyModel

extension Shape {
  /// The trails of an account.
  static let describeTrails = Shape.answer(
    "cloudtrail describe-trails",
    matches: { $0.hasArray("trailList") },
    read: { root, reader in
      for trail in root.list("trailList") { reader.keep(trail: trail) }
    })

  /// One trail; `create-trail` answers with its members alone.
  static let getTrail = Shape.answer(
    "cloudtrail get-trail",
    matches: { root in
      root["Trail"]?.has("TrailARN") == true || root.has("TrailARN", "S3BucketName")
    },
    read: { root, reader in
      reader.keep(trail: root["Trail"] ?? root)
    })

  /// What a trail records.
  static let getEventSelectors = Shape.answer(
    "cloudtrail get-event-selectors",
    matches: { root in
      root.has("TrailARN")
        && (root.hasArray("AdvancedEventSelectors") || root.hasArray("EventSelectors"))
    },
    read: { _, _ in })
}

extension ShapeReader {
  fileprivate mutating func keep(trail: Node) {
    dossier.trails.append(
      TrailRecord(
        arn: text(trail["TrailARN"], where: { $0.accountOfARN != nil }),
        bucket: text(trail["S3BucketName"], where: AWSNames.isBucket),
        prefix: trail["S3KeyPrefix"]?.string, keyID: text(trail["KmsKeyId"]),
        isOrganizationTrail: trail["IsOrganizationTrail"]?.boolean,
        name: trail["Name"]?.string ?? ""))
  }
}
