import PolicyModel

extension TemplateResources {
  /// `AWS::S3::Bucket`: owner, ownership, encryption, lifecycle and public access.
  mutating func readBucket(_ resource: Resource) {
    guard let name = reference(to: resource), AWSNames.isBucket(name.value) else { return }
    var record = BucketRecord(name: name)
    record.account = resolver.account.factName.map { Said($0, by: reader.origin, at: name.place) }
    record.region = reader.deployment.region
    let properties = resource.properties
    for rule in properties?["OwnershipControls"]?.list("Rules").map(\.self) ?? [] {
      record.ownership = reader.text(rule["ObjectOwnership"]) ?? record.ownership
    }
    if let block = properties?["PublicAccessBlockConfiguration"], block.kind == .object {
      record.restrictsPublicBuckets = flag(block["RestrictPublicBuckets"], of: block)
    }
    let rules = properties?["BucketEncryption"]?.list("ServerSideEncryptionConfiguration")
    for rule in rules.map(Array.init) ?? [] {
      let byDefault = rule["ServerSideEncryptionByDefault"]
      record.encryption = reader.text(byDefault?["SSEAlgorithm"])
      record.keyID = reader.text(byDefault?["KMSMasterKeyID"])
      guard rule.kind == .object else { continue }
      record.bucketKeys = flag(rule["BucketKeyEnabled"], of: rule)?.map { $0 ? .on : .off }
    }
    if let lifecycle = properties?["LifecycleConfiguration"],
      LifecycleRule.areKnown(templateRules: lifecycle)
    {
      record.lifecycle = LifecycleRule.reading(templateRules: lifecycle)
    }
    reader.dossier.buckets.append(record)
  }

  /// A setting that is off where it is not there; nil where nobody can tell.
  private func flag(_ node: Node?, of block: Node) -> Said<Bool>? {
    guard let node, node.kind != .null else {
      return Said(false, by: reader.origin, at: block.place)
    }
    return reader.boolean(node)
  }

  /// `AWS::S3::BucketPolicy`, of the bucket it names.
  mutating func readBucketPolicy(_ resource: Resource) {
    let bucket = reader.text(resource.properties?["Bucket"], where: AWSNames.isBucket)
    keep(
      resource.properties?["PolicyDocument"], as: .bucket,
      of: bucket.map { .bucket(name: $0.value) })
  }

  /// `AWS::KMS::Key` with its policy.
  mutating func readKey(_ resource: Resource) {
    guard let arn = attribute("Arn", of: resource) else { return }
    keep(resource.properties?["KeyPolicy"], as: .key, of: .key(arn: arn.value))
  }

  /// `AWS::KMS::Alias`: the key behind a name.
  mutating func readAlias(_ resource: Resource) {
    guard let name = reference(to: resource),
      let target = reader.text(resource.properties?["TargetKeyId"])
    else { return }
    reader.dossier.aliases[name.value] = target
  }

  /// `AWS::CloudTrail::EventDataStore`.
  mutating func readStore(_ resource: Resource) {
    guard let arn = attribute("EventDataStoreArn", of: resource) else { return }
    var record = StoreRecord(arn: arn)
    let properties = resource.properties
    record.isDefined = true
    record.retentionPeriod = reader.text(properties?["RetentionPeriod"])?.map { Int($0) }
    // AWS CloudFormation User Guide, "AWS::CloudTrail::EventDataStore": no organization's unless
    // it says so.
    if let isOrganizations = properties?["OrganizationEnabled"], isOrganizations.kind != .null {
      record.isOrganizationStore = reader.boolean(isOrganizations)
    } else if properties?.openReason == nil {
      record.isOrganizationStore = Said(false, by: reader.origin, at: arn.place)
    }
    record.billingMode = reader.text(properties?["BillingMode"])
    record.ingests = reader.boolean(properties?["IngestionEnabled"])
    record.keyID = reader.text(properties?["KmsKeyId"])
    if let selectors = properties?["AdvancedEventSelectors"], selectors.kind == .array {
      record.categories = Said(
        StoreRecord.categories(of: selectors), by: reader.origin, at: selectors.place)
    }
    reader.dossier.stores.append(record)
  }

  /// `AWS::CloudTrail::Trail`: where log files are put, and what they are encrypted with.
  mutating func readTrail(_ resource: Resource) {
    let properties = resource.properties
    reader.dossier.trails.append(
      TrailRecord(
        arn: attribute("Arn", of: resource),
        bucket: reader.text(properties?["S3BucketName"], where: AWSNames.isBucket),
        prefix: reader.text(properties?["S3KeyPrefix"])?.value,
        keyID: reader.text(properties?["KMSKeyId"]),
        isOrganizationTrail: properties?["IsOrganizationTrail"]?.boolean, name: resource.name))
  }
}

extension LifecycleRule {
  /// Whether nothing that matters of a template's rules is left open.
  static func areKnown(templateRules configuration: Node) -> Bool {
    guard let rules = configuration["Rules"], rules.kind == .array else { return false }
    return rules.elements.allSatisfy { rule in
      guard rule.kind == .object else { return false }
      let moves = Array(rule.list("Transitions")) + [rule["Transition"]].compactMap(\.self)
      let values =
        [rule["Status"], rule["ExpirationInDays"], rule["ExpirationDate"], rule["Transitions"]]
        + moves.flatMap { [$0, $0["TransitionInDays"], $0["TransitionDate"], $0["StorageClass"]] }
      return !values.contains { $0?.kind == .reference }
    }
  }

  /// The enabled rules of a template, whose names differ from the API's.
  static func reading(templateRules configuration: Node) -> [LifecycleRule] {
    configuration.list("Rules").compactMap { rule in
      guard rule["Status"]?.hasContent("Enabled") == true else { return nil }
      let transitions = Array(rule.list("Transitions")) + [rule["Transition"]].compactMap(\.self)
      return LifecycleRule(
        prefix: rule["Prefix"]?.scalarText ?? "",
        expiration: Moment(days: rule["ExpirationInDays"], date: rule["ExpirationDate"]),
        expirationPlace: (rule["ExpirationInDays"] ?? rule["ExpirationDate"])?.place,
        transitions: transitions.compactMap {
          Transition(
            days: $0["TransitionInDays"], date: $0["TransitionDate"],
            storageClass: $0["StorageClass"])
        },
        isPartial: rule.has("TagFilters") || rule.has("ObjectSizeGreaterThan")
          || rule.has("ObjectSizeLessThan")
          // A prefix that the template leaves open is about some objects.
          || rule.has("Prefix") && rule["Prefix"]?.scalarText == nil,
        place: rule.place)
    }
  }
}
