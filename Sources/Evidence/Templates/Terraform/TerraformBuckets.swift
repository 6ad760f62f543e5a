import PolicyModel

extension TerraformResources {
  private static let bucketTypes: Set = ["aws_s3_bucket"]

  /// The bucket's name: known, or a symbol.
  func bucketName(of item: Item) -> Said<String> {
    text("bucket", of: item) ?? symbol("bucket", of: item)
  }

  mutating func readBucket(_ item: Item) {
    let name = bucketName(of: item)
    guard AWSNames.isBucket(name.value) else { return }
    var record = BucketRecord(name: name)
    // Without its configuration, nobody can tell which account's provider made it.
    if plan.configuration.providerKey(of: item.address) != nil {
      record.account = Said(account(of: item), by: reader.origin, at: item.place)
    }
    let region = region(of: item)
    record.region = Said(region, by: reader.origin, at: item.place)
    if SymbolicName.isSymbolic(region) { record.region = nil }
    add(record)
    // Before version 4 of the provider all was one resource.
    for rule in item.values.list("server_side_encryption_configuration")
      .flatMap({ Array($0.list("rule")) })
    {
      take(encryption: rule, of: item, in: buckets.count - 1)
    }
    // What nobody wrote is unknown too until the bucket is made.
    let isWritten =
      plan.configuration.resource(item.address)?[path: "expressions", "policy"] != nil
    guard isWritten || !isUnknown("policy", of: item) else { return }
    keep("policy", of: item, as: .bucket, .bucket(name: name.value))
  }

  /// The record of the bucket that a resource is about.
  private func bucket(of item: Item) -> Int? {
    let name = name("bucket", of: item, types: Self.bucketTypes, bucketName)
    return name.flatMap { bucketNumbers[$0.value] }
  }

  private mutating func add(_ record: BucketRecord) {
    let name = record.name.value
    if bucketNumbers[name] == nil { bucketNumbers[name] = buckets.count }
    buckets.append(record)
  }

  /// The record of a bucket, made where a plan sets up a bucket that it does not make.
  private mutating func record(of item: Item) -> Int? {
    if let known = bucket(of: item) { return known }
    guard let name = text("bucket", of: item), AWSNames.isBucket(name.value) else { return nil }
    add(BucketRecord(name: name))
    return buckets.count - 1
  }

  mutating func readBucketPolicy(_ item: Item) {
    let name = name("bucket", of: item, types: Self.bucketTypes, bucketName)
    keep("policy", of: item, as: .bucket, name.map { .bucket(name: $0.value) })
  }

  mutating func readOwnership(_ item: Item) {
    guard let index = record(of: item) else { return }
    for rule in item.values.list("rule") {
      buckets[index].ownership = reader.text(rule["object_ownership"])
    }
  }

  mutating func readPublicAccess(_ item: Item) {
    guard let index = record(of: item),
      let restricts = reader.boolean(item.values["restrict_public_buckets"])
    else { return }
    buckets[index].restrictsPublicBuckets = restricts
  }

  mutating func readEncryption(_ item: Item) {
    guard let index = record(of: item) else { return }
    for (number, rule) in item.values.list("rule").enumerated() {
      take(encryption: rule, of: item, in: index)
      let flags = item.unknown?["rule"].map { Array($0.elements) } ?? []
      if number < flags.count, flags[number]["bucket_key_enabled"]?.boolean == true {
        buckets[index].bucketKeys = nil
      }
    }
  }

  private mutating func take(encryption rule: Node, of item: Item, in index: Int) {
    for byDefault in rule.list("apply_server_side_encryption_by_default") {
      buckets[index].encryption = reader.text(byDefault["sse_algorithm"])
      buckets[index].keyID =
        reader.text(byDefault["kms_master_key_id"]) ?? keyOfEncryption(item)
    }
    let isOn = reader.boolean(rule["bucket_key_enabled"])
    buckets[index].bucketKeys = Said(
      isOn?.value == true ? .on : .off, by: reader.origin, at: isOn?.place ?? rule.place)
  }

  /// The key of an encryption whose key is known only later.
  private func keyOfEncryption(_ item: Item) -> Said<String>? {
    let rules = item.unknown?.list("rule").flatMap {
      Array($0.list("apply_server_side_encryption_by_default"))
    }
    guard rules?.contains(where: { $0["kms_master_key_id"]?.boolean == true }) == true else {
      return nil
    }
    let target = plan.target(
      ofBlock: ["rule", "apply_server_side_encryption_by_default"], "kms_master_key_id",
      in: item, types: Self.keyTypes)
    return target.map(keyARN) ?? symbol("kms_master_key_id", of: item)
  }

  mutating func readLifecycle(_ item: Item) {
    guard let index = record(of: item) else { return }
    guard LifecycleRule.areKnown(planRules: item.unknown) else { return }
    buckets[index].lifecycle += LifecycleRule.reading(planRules: item.values)
  }

  // MARK: Keys

  private static let keyTypes: Set = ["aws_kms_key"]

  func keyARN(of item: Item) -> Said<String> {
    let id = text("key_id", of: item) ?? symbol("key_id", of: item)
    return arn(of: item, "kms", region: region(of: item), "key/\(id.value)")
  }

  mutating func readKey(_ item: Item) {
    let arn = keyARN(of: item).value
    // Its policy stands apart.
    guard !keysOfPolicies.contains(arn) else { return }
    keep("policy", of: item, as: .key, .key(arn: arn))
  }

  mutating func readKeyPolicy(_ item: Item) {
    guard let key = keyOfPolicy(item) else { return }
    keep("policy", of: item, as: .key, .key(arn: key.value))
  }

  /// The key that `aws_kms_key_policy` belongs to.
  private func keyOfPolicy(_ item: Item) -> Said<String>? {
    guard let id = text("key_id", of: item) else {
      return plan.target(of: "key_id", in: item, types: Self.keyTypes).map(keyARN)
    }
    if AWSNames.isKeyARN(id.value) { return id }
    return keysByID[id.value].map { keyARN(of: plan.items[$0]) }
  }

  /// Notes the keys by their ids, and those whose policy is a resource of its own.
  mutating func findKeys() {
    for number in plan.itemsByType["aws_kms_key"] ?? [] {
      guard let id = text("key_id", of: plan.items[number])?.value else { continue }
      if keysByID[id] == nil { keysByID[id] = number }
    }
    for number in plan.itemsByType["aws_kms_key_policy"] ?? [] {
      guard let key = keyOfPolicy(plan.items[number]) else { continue }
      keysOfPolicies.insert(key.value)
    }
  }

  mutating func readAlias(_ item: Item) {
    guard let name = text("name", of: item),
      let target = keyName("target_key_id", of: item)
    else { return }
    reader.dossier.aliases[name.value] = target
  }

  private func keyName(_ attribute: String, of item: Item) -> Said<String>? {
    name(attribute, of: item, types: Self.keyTypes, keyARN)
  }

  // MARK: CloudTrail

  func storeARN(of item: Item) -> Said<String> {
    let id = symbol("id", of: item)
    return arn(of: item, "cloudtrail", region: region(of: item), "eventdatastore/\(id.value)")
  }

  func trailARN(of item: Item) -> Said<String> {
    let name = text("name", of: item) ?? symbol("name", of: item)
    return arn(of: item, "cloudtrail", region: region(of: item), "trail/\(name.value)")
  }

  mutating func readStore(_ item: Item) {
    var record = StoreRecord(arn: storeARN(of: item))
    record.isDefined = true
    record.retentionPeriod = text("retention_period", of: item)?.map { Int($0) }
    record.isOrganizationStore = reader.boolean(item.values["organization_enabled"])
    record.billingMode = text("billing_mode", of: item)
    record.ingests = reader.boolean(item.values["suspend"])?.map { !$0 }
    record.keyID =
      keyName("kms_key_id", of: item)
      ?? (isUnknown("kms_key_id", of: item) ? symbol("kms_key_id", of: item) : nil)
    if let selectors = item.values["advanced_event_selector"], selectors.kind == .array {
      record.categories = Said(
        Self.categories(of: selectors), by: reader.origin, at: selectors.place)
    }
    reader.dossier.stores.append(record)
  }

  private static func categories(of selectors: Node) -> [String] {
    var categories = Set<String>()
    for selector in selectors.elements {
      for field in selector.list("field_selector")
      where field["field"]?.hasContent("eventCategory") == true {
        for value in field.list("equals") { categories.insert(value.scalarText ?? "") }
      }
    }
    return categories.sorted()
  }

  mutating func readTrail(_ item: Item) {
    let name = text("name", of: item) ?? symbol("name", of: item)
    reader.dossier.trails.append(
      TrailRecord(
        arn: trailARN(of: item),
        bucket: self.name("s3_bucket_name", of: item, types: Self.bucketTypes, bucketName),
        prefix: text("s3_key_prefix", of: item)?.value, keyID: keyName("kms_key_id", of: item),
        isOrganizationTrail: item.values["is_organization_trail"]?.boolean, name: name.value))
  }
}

extension LifecycleRule {
  /// Whether all that matters of a plan's rules is known before it is carried out.
  static func areKnown(planRules unknown: Node?) -> Bool {
    guard let rules = unknown?["rule"] else { return true }
    guard rules.boolean != true else { return false }
    return rules.elements.allSatisfy { rule in
      guard rule.boolean != true, rule["status"]?.boolean != true else { return false }
      let parts =
        [rule["expiration"], rule["transition"]].compactMap(\.self)
      return parts.allSatisfy { part in
        part.boolean != true
          && part.elements.allSatisfy { moved in
            ![moved, moved["days"], moved["date"], moved["storage_class"]].contains {
              $0?.boolean == true
            }
          }
      }
    }
  }

  /// The enabled rules of a Terraform plan.
  static func reading(planRules values: Node) -> [LifecycleRule] {
    values.list("rule").compactMap { rule in
      guard rule["status"]?.hasContent("Enabled") == true else { return nil }
      let filter = rule.list("filter").first { _ in true }
      let both = filter?.list("and").first { _ in true }
      let prefixes = [rule["prefix"], filter?["prefix"], both?["prefix"]]
      let prefix = prefixes.compactMap { $0?.string }.first { !$0.isEmpty }
      // What is not written is 0 or null.
      let expiration = rule.list("expiration").first { block in
        block["days"]?.integer.map { $0 > 0 } ?? false || block["date"]?.kind == .string
      }
      let days = expiration?["days"].flatMap { $0.integer == 0 ? nil : $0 }
      return LifecycleRule(
        prefix: prefix ?? "",
        expiration: Moment(days: days, date: expiration?["date"]),
        expirationPlace: (days.flatMap { $0.integer == nil ? nil : $0 } ?? expiration?["date"])?
          .place,
        transitions: rule.list("transition").compactMap {
          Transition(days: $0["days"], date: $0["date"], storageClass: $0["storage_class"])
        },
        isPartial: both != nil || !(filter?.list("tag").map(\.self) ?? []).isEmpty,
        place: rule.place)
    }
  }
}
