import PolicyModel

/// Which column of an inventory's rows says what, by its manifest's `fileSchema`.
struct InventoryColumns: Hashable, Sendable {
  /// A column that is looked at.
  enum Role: UInt8, CaseIterable {
    case bucket
    case key
    case isLatest
    case isDeleteMarker
    case storageClass
    case encryption
    case tier
    case bucketKey

    /// The name in a `fileSchema`.
    ///
    /// Amazon S3 User Guide, "Amazon S3 Inventory list".
    var name: String {
      switch self {
      case .bucket: "Bucket"
      case .key: "Key"
      case .isLatest: "IsLatest"
      case .isDeleteMarker: "IsDeleteMarker"
      case .storageClass: "StorageClass"
      case .encryption: "EncryptionStatus"
      case .tier: "IntelligentTieringAccessTier"
      case .bucketKey: "BucketKeyStatus"
      }
    }
  }

  /// The role of each column; nil for those that are not looked at.
  let roles: [Role?]

  /// Reads a manifest's `fileSchema`: names with commas between; nil where no column is the key.
  init?(schema: String) {
    let names = schema.utf8.split(separator: UInt8(ascii: ",")).map { part in
      String(Substring(part)).filter { $0 != " " }
    }
    guard names.count <= Limits.inventoryColumns else { return nil }
    roles = names.map { name in Role.allCases.first { $0.name == name } }
    guard roles.contains(.key) else { return nil }
  }

  /// Whether rows have a column.
  func has(_ role: Role) -> Bool { roles.contains(role) }
}
