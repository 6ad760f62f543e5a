import PolicyModel

extension Shape {
  /// An event data store; `create-`, `update-` and `restore-event-data-store` answer alike.
  static let getEventDataStore = Shape.answer(
    "cloudtrail get-event-data-store",
    matches: { root in
      root.has("EventDataStoreArn")
        && (root.has("RetentionPeriod") || root.has("Status")
          || root.has("AdvancedEventSelectors"))
    },
    read: { root, reader in
      guard let arn = reader.text(root["EventDataStoreArn"], where: AWSNames.isStoreARN) else {
        return
      }
      reader.dossier.stores.append(StoreRecord(arn: arn, node: root, reader: reader))
    })

  /// All event data stores of an account: their names and ARNs.
  static let listEventDataStores = Shape.answer(
    "cloudtrail list-event-data-stores",
    matches: { $0.hasArray("EventDataStores") },
    read: { root, reader in
      guard !reader.isTruncated(root) else { return }
      let arns = root.list("EventDataStores").compactMap {
        reader.text($0["EventDataStoreArn"], where: AWSNames.isStoreARN)
      }
      reader.dossier.facts.destination.suggestions.append(arns)
    })
}

extension StoreRecord {
  fileprivate init(arn: Said<String>, node: Node, reader: ShapeReader) {
    self.arn = arn
    retentionPeriod = reader.text(node["RetentionPeriod"])?.map { Int($0) }
    isOrganizationStore = reader.boolean(node["OrganizationEnabled"])
    status = reader.text(node["Status"])
    ingests = status?.map { status in
      switch status {
      case "ENABLED", "STARTING_INGESTION": true
      case "STOPPED_INGESTION", "STOPPING_INGESTION": false
      default: nil
      }
    }
    billingMode = reader.text(node["BillingMode"])
    created = reader.moment(node["CreatedTimestamp"])
    updated = reader.moment(node["UpdatedTimestamp"])
    keyID = reader.text(node["KmsKeyId"])
    if let selectors = node["AdvancedEventSelectors"], selectors.kind == .array {
      categories = Said(
        Self.categories(of: selectors), by: reader.origin, at: selectors.place)
      for value in Self.categoryNodes(of: selectors) {
        let name = value.scalarText ?? ""
        if categoryPlaces[name] == nil { categoryPlaces[name] = value.place }
      }
    }
  }

  /// The event categories that the selectors of a store name, sorted.
  static func categories(of selectors: Node) -> [String] {
    Set(categoryNodes(of: selectors).map { $0.scalarText ?? "" }).sorted()
  }

  private static func categoryNodes(of selectors: Node) -> [Node] {
    selectors.elements.flatMap { $0.list("FieldSelectors") }
      .filter { $0["Field"]?.hasContent("eventCategory") == true }
      .flatMap { $0.list("Equals") }
  }
}
