package import PolicyModel

/// One rule of a bucket's lifecycle, as far as it matters to log files.
package struct LifecycleRule: Sendable {
  /// Objects whose key begins so; empty for all.
  package var prefix: String
  /// When objects are deleted; nil where never.
  package var expiration: Moment?
  /// Where that stands.
  package var expirationPlace: Place?
  /// When objects move to other storage classes.
  package var transitions: [Transition]
  /// Whether the rule is about only some of the objects below the prefix: tags, sizes.
  package var isPartial: Bool
  /// Where the rule stands.
  package var place: Place

  /// When a rule acts on an object.
  package enum Moment: Hashable, Sendable {
    /// So many days after it was made.
    case after(days: Int)
    /// On a date, and from then on on all objects there are.
    case on(Timestamp)

    /// Reads days, else a date; nil where neither is there.
    init?(days: Node?, date: Node?) {
      if let days = days?.integer, days > 0 {
        self = .after(days: days)
      } else if let date = date?.scalarText.flatMap(Timestamp.init(awsTimestamp:)) {
        self = .on(date)
      } else if let days = days?.integer, date?.scalarText == nil {
        self = .after(days: days)
      } else {
        return nil
      }
    }
  }

  /// When objects move to another storage class.
  package struct Transition: Sendable {
    /// When they do.
    package var moment: Moment
    /// The class, as the API names it.
    package var storageClass: String
    /// Where the class stands.
    package var place: Place

    init(_ moment: Moment, storageClass: String, place: Place) {
      self.moment = moment
      self.storageClass = storageClass
      self.place = place
    }

    /// Reads moment and class; nil where one of them is not there.
    init?(days: Node?, date: Node?, storageClass: Node?) {
      guard let moment = Moment(days: days, date: date), let storageClass,
        let name = storageClass.scalarText
      else { return nil }
      self.init(moment, storageClass: name, place: storageClass.place)
    }
  }

  /// Days after which objects are deleted; nil where never, or on a date.
  package var expirationDays: Int? {
    if case .after(let days)? = expiration { days } else { nil }
  }

  /// The enabled rules of the API's form.
  static func reading(apiRules root: Node) -> [LifecycleRule] {
    root.list("Rules").compactMap { rule in
      guard rule["Status"]?.hasContent("Enabled") == true else { return nil }
      let filter = rule["Filter"]
      let both = filter?["And"]
      let expiration = rule["Expiration"]
      let prefix = rule["Prefix"] ?? filter?["Prefix"] ?? both?["Prefix"]
      return LifecycleRule(
        prefix: prefix?.scalarText ?? "",
        expiration: expiration.flatMap { Moment(days: $0["Days"], date: $0["Date"]) },
        expirationPlace: (expiration?["Days"] ?? expiration?["Date"])?.place,
        transitions: rule.list("Transitions").compactMap {
          Transition(days: $0["Days"], date: $0["Date"], storageClass: $0["StorageClass"])
        },
        isPartial: both != nil || (filter?.count ?? 0) > (filter?["Prefix"] == nil ? 0 : 1),
        place: rule.place)
    }
  }
}
