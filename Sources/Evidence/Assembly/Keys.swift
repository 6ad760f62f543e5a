import PolicyModel

extension PlanAssembly {
  /// Lists the keys that encrypt the bucket's objects and pairs them with their policies.
  mutating func placeKeys() {
    settleAbsenceOfKeys()
    guard plan.facts.isWithoutKeys.value != true else { return }
    addMentions()
    plan.keys = resolvedKeys()
    addStoreKey()
    pairPolicies()
    settleUnencrypted()
    if plan.keys.isEmpty, plan.facts.isWithoutKeys.value != true,
      let gap = PolicyLayer.Gap.joining(gaps(in: .key, [], option: "--key"))
    {
      plan.keys = [KeyPlan(arn: .unknown, policy: PolicyLayer(gap: gap))]
    }
  }

  /// Settles whether somebody said that objects are not encrypted with keys.
  private mutating func settleAbsenceOfKeys() {
    let claim = dossier.facts.isWithoutKeys
    plan.facts.isWithoutKeys = claim.settled(
      "the use of KMS keys", option: "--key", findings: &dossier.findings)
    guard let absence = claim.options.first else { return }
    if let encryption = plan.listing?.encryption, encryption.withKey > 0 {
      let origin = plan.listing?.encryptionOrigin ?? plan.listing?.origin ?? ""
      dossier.findings.append(
        Finding(
          "documents-disagree", .error,
          "objects are encrypted with a KMS key by \(origin), but with no key by \(absence.origin)",
          at: plan.listing?.encryptionPlace ?? plan.listing?.oldest?.place ?? absence.place,
          help: "the copy is judged with what \(absence.origin) says"))
      return
    }
    guard let key = dossier.keys.first(where: { $0.standing >= .named }) else { return }
    dossier.findings.append(
      Finding(
        "documents-disagree", .error,
        "objects are encrypted with `\(key.text.value)` by \(key.text.origin), but with no key by \(absence.origin)",
        at: key.text.place ?? absence.place,
        help: "the copy is judged with what \(absence.origin) says"))
  }

  /// Takes it that no key encrypts the log files where neither the bucket's default nor a trail
  /// that writes to it names one.
  private mutating func settleUnencrypted() {
    guard plan.keys.isEmpty, plan.facts.isWithoutKeys.value == nil,
      plan.listing?.encryption?.withKey ?? 0 == 0,
      let bucket = plan.facts.bucket.value,
      dossier.trails.contains(where: { $0.bucket?.value == bucket }),
      let algorithm = dossier.facts.defaultEncryption.documents.first, algorithm.value == "AES256"
    else { return }
    plan.facts.isWithoutKeys = .stated(
      true, by: CopyFacts.originOfNoKeys, at: algorithm.place)
  }

  /// Adds what trails, the role's policies and the key policies themselves say of keys.
  private mutating func addMentions() {
    let bucket = plan.facts.bucket.value
    for trail in dossier.trails where bucket == nil || trail.bucket?.value == bucket {
      // What a trail encrypts with beats the bucket's default encryption.
      if let key = trail.keyID {
        dossier.keys.append(KeyMention(text: key, standing: .named))
      }
    }
    for read in policies where read.given.layer == .key && read.given.isPickedOut {
      if case .key(let arn)? = read.given.owner {
        let isStoreKey = storeKeys.contains { $0.value == arn }
        dossier.keys.append(
          KeyMention(
            text: Said(arn, by: "`--key`", at: nil), standing: isStoreKey ? .described : .stated))
      } else if let own = Mentions(read.policy, "the key policy").ownKey {
        dossier.keys.append(KeyMention(text: own, standing: .suggested))
      }
    }
    for read in used(in: .role) {
      for key in Mentions(read.policy, "the role's policy").grantedKeys {
        dossier.keys.append(KeyMention(text: key, standing: .suggested))
      }
    }
  }

  /// The keys of the chosen store, as documents name them.
  private var storeKeys: [Said<String>] {
    dossier.stores.filter { store in
      plan.facts.destination.value.map(store.arn.value.mayEqual) ?? false
    }.compactMap(\.keyID)
  }

  /// Each key once, the surest first.
  private func resolvedKeys() -> [KeyPlan] {
    let mentions = dossier.keys.enumerated().sorted { left, right in
      left.element.standing == right.element.standing
        ? left.offset < right.offset : left.element.standing > right.element.standing
    }.map(\.element)
    let defined = policies.compactMap { read -> String? in
      if case .key(let arn)? = read.given.owner { arn } else { nil }
    }
    let known = (mentions.map(\.text.value) + defined).filter(AWSNames.isKeyARN)
    var keys: [KeyPlan] = []
    for mention in mentions {
      let arn = fact(of: mention, known: known)
      // A description alone does not say that objects of the bucket are encrypted with the key.
      if mention.standing == .described, storeKeys.contains(where: { $0.value == arn.value }) {
        continue
      }
      let isNew = !keys.contains { key in
        arn.value == nil ? key.arn.origin == arn.origin : key.arn.value == arn.value
      }
      guard isNew else { continue }
      var key = described(KeyPlan(arn: arn, policy: .notGiven("--key", "the key's policy")))
      if mention.isAWSManaged {
        key.isAWSManaged = .stated(true, by: mention.text.origin, at: mention.text.place)
      }
      keys.append(key)
    }
    return keys
  }

  private func fact(of mention: KeyMention, known: [String]) -> Fact<String> {
    let text = dossier.aliases[mention.text.value] ?? mention.text
    if AWSNames.isKeyARN(text.value) {
      return mention.standing >= .named ? text.stated : text.inferred
    }
    if mention.isAWSManaged {
      if let managed = awsManagedKey { return managed.inferred }
      return .unknown(because: "no document gives the ARN of the AWS managed key `aws/s3`")
    }
    if let arn = known.first(where: { $0.hasSuffix(":key/\(text.value)") }) {
      return .stated(arn, by: text.origin, at: text.place)
    }
    if let account = plan.facts.bucketAccount.value, let region = plan.facts.bucketRegion.value {
      let arn = "arn:\(partition):kms:\(region):\(account):key/\(text.value)"
      if AWSNames.isKeyARN(arn) { return .inferred(arn, from: text.origin, at: text.place) }
    }
    return .unknown(because: "`\(text.value)` does not say the key's ARN")
  }

  /// The AWS managed key of a description, where there is just one.
  private var awsManagedKey: Said<String>? {
    let managed = dossier.keys.filter {
      $0.metadata?["KeyManager"]?.hasContent("AWS") == true
    }
    return Set(managed.map(\.text.value)).count == 1 ? managed.first?.text : nil
  }

  private var partition: String {
    plan.facts.roleARN.value.flatMap(ARNParts.init).map { String($0.partition) } ?? "aws"
  }

  /// The key with what `describe-key` says of it.
  private func described(_ key: KeyPlan) -> KeyPlan {
    var key = key
    let mention = dossier.keys.first { $0.metadata != nil && $0.text.value == key.arn.value }
    guard let mention, let metadata = mention.metadata else { return key }
    key.state = metadata.stated("KeyState", by: mention.text.origin)
    key.usage = metadata.stated("KeyUsage", by: mention.text.origin)
    key.isAWSManaged = metadata.stated("KeyManager", by: mention.text.origin).map { $0 == "AWS" }
    return key
  }

  /// Adds the key of the store itself.
  private mutating func addStoreKey() {
    guard let key = storeKeys.first else { return }
    let arn: Fact<String> =
      AWSNames.isKeyARN(key.value)
      ? key.stated : .unknown(because: "`\(key.value)` does not say the key's ARN")
    plan.storeKey = described(
      KeyPlan(
        arn: arn, policy: .notGiven("--key", "the policy of the event data store's key")))
  }
}

extension Node {
  fileprivate func stated(_ member: StaticString, by origin: String) -> Fact<String> {
    guard let node = self[member], let text = node.string else { return .unknown }
    return .stated(text, by: origin, at: node.place)
  }
}
