package import PolicyModel

/// One rule of a bucket's lifecycle, as far as it matters to log files.
package struct LifecycleRule: Sendable {
  /// Objects whose key begins so; empty for all.
  package var prefix: String
  /// Days after which objects are deleted; nil where never, or on a fixed date.
  package var expirationDays: Int?
  /// Days after which objects are in a storage class.
  package var transitions: [(days: Int, storageClass: String)]
  /// Whether the rule is about only some of the objects below the prefix: tags, sizes.
  package var isPartial: Bool
  /// Where the rule stands.
  package var place: Place

  /// The enabled rules of the API's form.
  static func reading(apiRules root: Node) -> [LifecycleRule] {
    root.list("Rules").compactMap { rule in
      guard rule["Status"]?.hasContent("Enabled") == true else { return nil }
      let filter = rule["Filter"]
      let both = filter?["And"]
      let prefix = rule["Prefix"] ?? filter?["Prefix"] ?? both?["Prefix"]
      return LifecycleRule(
        prefix: prefix?.scalarText ?? "",
        expirationDays: rule[path: "Expiration", "Days"]?.integer,
        transitions: rule.list("Transitions").compactMap { transition in
          guard let days = transition["Days"]?.integer,
            let storageClass = transition["StorageClass"]?.string
          else { return nil }
          return (days, storageClass)
        },
        isPartial: both != nil || (filter?.count ?? 0) > (filter?["Prefix"] == nil ? 0 : 1),
        place: rule.place)
    }
  }
}
