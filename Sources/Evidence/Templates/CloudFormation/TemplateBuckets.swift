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
    if let block = properties?["PublicAccessBlockConfiguration"] {
      record.restrictsPublicBuckets =
        reader.boolean(block["RestrictPublicBuckets"])
        ?? Said(false, by: reader.origin, at: block.place)
    }
    let rules = properties?["BucketEncryption"]?.list("ServerSideEncryptionConfiguration")
    for rule in rules.map(Array.init) ?? [] {
      let byDefault = rule["ServerSideEncryptionByDefault"]
      record.encryption = reader.text(byDefault?["SSEAlgorithm"])
      record.keyID = reader.text(byDefault?["KMSMasterKeyID"])
      let isOn = reader.boolean(rule["BucketKeyEnabled"])
      record.bucketKeys = Said(
        isOn?.value == true ? .on : .off, by: reader.origin, at: isOn?.place ?? rule.place)
    }
    if let lifecycle = properties?["LifecycleConfiguration"] {
      record.lifecycle = LifecycleRule.reading(templateRules: lifecycle)
    }
    reader.dossier.buckets.append(record)
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
    let isOrganizations = properties?["OrganizationEnabled"]
    record.isOrganizationStore =
      isOrganizations == nil
      ? Said(false, by: reader.origin, at: arn.place) : reader.boolean(isOrganizations)
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
  /// The enabled rules of a template, whose names differ from the API's.
  static func reading(templateRules configuration: Node) -> [LifecycleRule] {
    configuration.list("Rules").compactMap { rule in
      guard rule["Status"]?.hasContent("Enabled") == true else { return nil }
      let transitions = Array(rule.list("Transitions")) + [rule["Transition"]].compactMap(\.self)
      return LifecycleRule(
        prefix: rule["Prefix"]?.scalarText ?? "",
        expirationDays: rule["ExpirationInDays"]?.integer,
        expirationPlace: rule["ExpirationInDays"]?.place,
        transitions: transitions.compactMap {
          Transition(days: $0["TransitionInDays"], storageClass: $0["StorageClass"])
        },
        isPartial: rule.has("TagFilters") || rule.has("ObjectSizeGreaterThan")
          || rule.has("ObjectSizeLessThan")
          // A prefix that the template leaves open is about some objects.
          || rule.has("Prefix") && rule["Prefix"]?.scalarText == nil,
        place: rule.place)
    }
  }
}
