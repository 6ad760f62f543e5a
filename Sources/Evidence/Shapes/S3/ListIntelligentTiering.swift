import PolicyModel

extension Shape {
  /// The archive tiers that objects in Intelligent-Tiering may move to.
  static let listIntelligentTiering = Shape.answer(
    "s3api list-bucket-intelligent-tiering-configurations",
    matches: { root in
      root.hasArray("IntelligentTieringConfigurationList")
        || root.hasObject("IntelligentTieringConfiguration")
    },
    read: { _, _ in })
}
