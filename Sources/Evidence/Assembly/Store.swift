import PolicyModel

extension PlanAssembly {
  /// Settles the event data store, and what is known of it and its account.
  mutating func settleStore() {
    addDescribedStores()
    let layers: [(GivenPolicy.Layer, String)] = [
      (.trust, "the trust policy"), (.role, "the role's policy"), (.bucket, "the bucket policy"),
    ]
    for (layer, name) in layers {
      for read in used(in: layer) {
        dossier.facts.destination.suggestions.append(Mentions(read.policy, name).stores)
      }
    }
    for read in policies where read.given.layer == .key {
      dossier.facts.destination.hints.append(Mentions(read.policy, "the key policy").stores)
    }
    for read in policies where read.given.layer == .caller {
      dossier.facts.destination.hints.append(
        Mentions(read.policy, "the caller's policy").stores)
    }
    dossier.facts.destination.hints.append(answeredStores)
    plan.facts.destination = dossier.facts.destination.settled(
      "the event data store", option: "--destination", findings: &dossier.findings)
    takeStoreFacts()
  }

  /// A store that a document shows is stated, unless several are shown.
  private mutating func addDescribedStores() {
    let arns = Set(dossier.stores.map(\.arn.value))
    if arns.count == 1 {
      dossier.facts.destination.documents += dossier.stores.map(\.arn)
    } else {
      dossier.facts.destination.hints.append(dossier.stores.map(\.arn))
    }
  }

  private mutating func takeStoreFacts() {
    let records = dossier.stores.filter { store in
      plan.facts.destination.value.map(store.arn.value.mayEqual) ?? false
    }
    plan.facts.retentionPeriod = settled(
      records, \.retentionPeriod, "the retention period of the event data store")
    plan.facts.isOrganizationStore = settled(
      records, \.isOrganizationStore, "whether the event data store is an organization's")
    plan.facts.storeStatus = settled(
      records, \.status, "the status of the event data store")
    plan.facts.storeBillingMode = settled(
      records, \.billingMode, "the pricing option of the event data store")
    plan.facts.storeCreated = settled(
      records, \.created, "the creation time of the event data store")
    plan.facts.storeUpdated = settled(
      records, \.updated, "the last change of the event data store")
    for record in records {
      plan.storeCategoryPlaces.merge(record.categoryPlaces) { first, _ in first }
    }
    plan.facts.storeIngests = settled(
      records, \.ingests, "whether the event data store takes in events")
    plan.facts.storeCategories = settled(
      records, \.categories, "what the event data store collects")
  }

  private mutating func settled<Value: FactValue>(
    _ records: [StoreRecord], _ member: KeyPath<StoreRecord, Said<Value>?>, _ noun: String
  ) -> Fact<Value> {
    let testimony = Testimony(documents: records.compactMap { $0[keyPath: member] })
    return testimony.settled(noun, option: nil, findings: &dossier.findings)
  }

  /// Settles the range of events to copy.
  mutating func settleTimes() {
    // Where nothing but imports that were begun says what is copied, they say when, too.
    if plan.facts.prefix.status == .inferred {
      let times = answeredTimes(of: plan.facts.bucket.value, plan.facts.prefix.value)
      dossier.facts.startTime.hints.append(times.start)
      dossier.facts.endTime.hints.append(times.end)
    }
    plan.facts.startTime = dossier.facts.startTime.settled(
      "the start time", option: "--start-time", show: \.iso8601, findings: &dossier.findings)
    plan.facts.endTime = dossier.facts.endTime.settled(
      "the end time", option: "--end-time", show: \.iso8601, findings: &dossier.findings)
  }

  /// Settles what is stated or nothing.
  mutating func settleRest() {
    let claims = dossier.facts
    var found: [Finding] = []
    plan.facts.callerAccount = settledCallerAccount(&found)
    plan.facts.callerARN = claims.callerARN.settled("the caller", option: nil, findings: &found)
    plan.facts.managementAccount = claims.managementAccount.settled(
      "the management account", option: "--management-account", findings: &found)
    plan.facts.organizationID = claims.organizationID.settled(
      "the organization", option: "--organization-id", findings: &found)
    plan.facts.isOutsideOrganizations = claims.isOutsideOrganizations.settled(
      "the organization", option: nil, findings: &found)
    plan.facts.keepDays = claims.keepDays.settled(
      "the days to keep", option: "--keep-days", findings: &found)
    plan.facts.bucketKeys = settledBucketKeys(&found)
    plan.facts.objectOwnership = claims.objectOwnership.settled(
      "Object Ownership", option: nil, findings: &found)
    plan.facts.hasNoOwnershipControls = claims.hasNoOwnershipControls.settled(
      "Object Ownership", option: nil, findings: &found)
    plan.facts.foreignGrants = claims.foreignGrants.settled(
      "the number of other grantees", option: nil, findings: &found)
    plan.facts.defaultEncryption = claims.defaultEncryption.settled(
      "the default encryption", option: nil, findings: &found)
    plan.facts.restrictsPublicBuckets = settledRestriction()
    plan.facts.payer = claims.payer.settled("the payer", option: nil, findings: &found)
    plan.facts.hasOngoingImport = settledOngoingImport(&found)
    if !dossier.lifecycles.isEmpty || dossier.hasNoLifecycle {
      plan.lifecycle = dossier.lifecycles
    }
    plan.importRequests = dossier.imports.filter { $0.kind == .input }.map {
      ImportRequest($0.node)
    }
    plan.trails = dossier.trails.map(Trail.init)
    plan.grants = dossier.grants.map {
      Grants(grants: $0.grants, isComplete: !$0.isTruncated, place: $0.place)
    }
    dossier.findings += found
  }

  /// Whoever starts an import is in the store's account, or the store is not found.
  private func settledCallerAccount(_ found: inout [Finding]) -> Fact<String> {
    var claims = dossier.facts.callerAccount
    if let account = plan.facts.destination.value?.accountOfARN {
      claims.hints.append(
        [
          Said(
            account, by: "the account of the event data store",
            at: plan.facts.destination.place)
        ])
    }
    return claims.settled("the caller's account", option: "--caller-account", findings: &found)
  }

  /// What single objects and the setting for new ones show; where they differ, both kinds exist.
  private func settledBucketKeys(_ found: inout [Finding]) -> Fact<CopyFacts.BucketKeys> {
    var claims = dossier.facts.bucketKeys
    let shown = claims.suggestions.joined()
    if let first = shown.first, shown.contains(where: { $0.value != first.value }) {
      claims.suggestions = [[Said(.mixed, by: first.origin, at: first.place)]]
    }
    return claims.settled(
      "the use of S3 Bucket Keys", option: "--bucket-keys", show: \.rawValue, findings: &found)
  }

  /// The setting of the bucket or of its account is enough to restrict.
  private func settledRestriction() -> Fact<Bool> {
    let documents = dossier.facts.restrictsPublicBuckets.documents
    return (documents.first(where: \.value) ?? documents.first)?.stated ?? .unknown
  }

  /// One list with an import in progress tells, whatever the others show.
  private func settledOngoingImport(_ found: inout [Finding]) -> Fact<Bool> {
    let documents = dossier.facts.hasOngoingImport.documents
    if let ongoing = documents.first(where: \.value) { return ongoing.stated }
    guard dossier.truncatedImports.isEmpty else {
      return .unknown(because: "the list of imports was cut short")
    }
    return documents.first?.stated ?? .unknown
  }
}
