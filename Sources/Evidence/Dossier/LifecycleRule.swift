package import PolicyModel

/// One rule of a bucket's lifecycle, as far as it matters to log files.
package struct LifecycleRule: Sendable {
  /// Objects whose key begins so; empty for all.
  package var prefix: String
  /// Days after which objects are deleted; nil where never, or on a fixed date.
  package var expirationDays: Int?
  /// Where those days stand.
  package var expirationPlace: Place?
  /// Days after which objects are in a storage class.
  package var transitions: [Transition]
  /// Whether the rule is about only some of the objects below the prefix: tags, sizes.
  package var isPartial: Bool
  /// Where the rule stands.
  package var place: Place

  /// When objects move to another storage class.
  package struct Transition: Sendable {
    /// Days after which they do.
    package var days: Int
    /// The class, as the API names it.
    package var storageClass: String
    /// Where the class stands.
    package var place: Place

    init(days: Int, storageClass: String, place: Place) {
      self.days = days
      self.storageClass = storageClass
      self.place = place
    }

    /// Reads days and class; nil where one of them is not there.
    init?(days: Node?, storageClass: Node?) {
      guard let days = days?.integer, let storageClass, let name = storageClass.scalarText else {
        return nil
      }
      self.days = days
      self.storageClass = name
      place = storageClass.place
    }
  }

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
        expirationPlace: rule[path: "Expiration", "Days"]?.place,
        transitions: rule.list("Transitions").compactMap {
          Transition(days: $0["Days"], storageClass: $0["StorageClass"])
        },
        isPartial: both != nil || (filter?.count ?? 0) > (filter?["Prefix"] == nil ? 0 : 1),
        place: rule.place)
    }
  }
}
