import PolicyModel

extension Deployment {
  /// What options and settings say of it.
  init(_ input: CopyInput) {
    parameters = input.parameters
    for fact in input.facts {
      let said = Said(fact.text, by: fact.origin, at: fact.place)
      switch fact.name {
      case .account: account = said
      case .region: region = said
      default: break
      }
    }
    take(input.documents.compactMap { ParameterFile($0) })
  }
}

extension PlanAssembly {
  /// Where templates must be deployed for what they define to be what somebody stated.
  var deploymentOfStatedNames: Deployment {
    var deployment = dossier.deployment
    var pairs: [(defined: String, stated: Fact<String>)] = []
    for role in dossier.roles where role.isDefined {
      pairs.append((role.arn.value, plan.facts.roleARN))
    }
    for store in dossier.stores where store.isDefined {
      pairs.append((store.arn.value, plan.facts.destination))
    }
    for pair in pairs {
      guard pair.stated.status == .stated, let stated = pair.stated.value, stated.isLiteral,
        !pair.defined.isLiteral, pair.defined.mayEqual(stated)
      else { continue }
      if deployment.account == nil, let account = stated.accountOfARN {
        deployment.account = Said(account, by: pair.stated.origin, at: pair.stated.place)
      }
      if deployment.region == nil, let region = stated.regionOfARN {
        deployment.region = Said(region, by: pair.stated.origin, at: pair.stated.place)
      }
    }
    return deployment
  }

  /// The bucket that a template or plan defines under the source bucket's name.
  var definedBucket: BucketRecord? {
    guard let name = plan.facts.bucket.value else { return nil }
    return dossier.buckets.first { $0.name.value == name }
      ?? dossier.buckets.first { $0.name.value.mayEqual(name) }
  }

  /// Takes what a template or plan says of the source bucket.
  mutating func takeDefinedBucket() {
    guard let bucket = definedBucket else { return }
    func add<Value>(
      _ said: Said<Value>?, _ fact: WritableKeyPath<FactClaims, Testimony<Value>>
    ) {
      if let said { dossier.facts[keyPath: fact].documents.append(said) }
    }
    add(bucket.account, \.bucketAccount)
    add(bucket.region, \.bucketRegion)
    add(bucket.ownership, \.objectOwnership)
    add(bucket.encryption, \.defaultEncryption)
    add(bucket.restrictsPublicBuckets, \.restrictsPublicBuckets)
    if bucket.encryption?.value.hasPrefix("aws:kms") == true {
      let key =
        bucket.keyID
        ?? bucket.encryption?.map { _ in KeyMention.awsManaged }
      if let key { dossier.keys.append(KeyMention(text: key, standing: .named)) }
      if let keys = bucket.bucketKeys { dossier.facts.bucketKeys.suggestions.append([keys]) }
    }
    dossier.lifecycles += bucket.lifecycle
  }

  /// Chooses the source bucket's policy among those of templates and plans, where nobody gave one.
  mutating func placeDefinedBucket() {
    takeDefinedBucket()
    guard used(in: .bucket).isEmpty, let bucket = plan.facts.bucket.value,
      !policies.contains(where: { $0.given.layer == .bucket && $0.given.isPickedOut }),
      !dossier.absences.contains(where: { $0.layer == .bucket })
    else { return }
    let candidates = policies.filter { read in
      read.given.layer == .bucket && read.isPolicy(ofBucket: bucket)
    }
    plan.bucket = single(
      .bucket, from: candidates, noun: "the bucket policy", option: "--bucket",
      deferred: deferral(in: .bucket, option: "--bucket") { owner in
        if case .bucket(let name)? = owner { name.mayEqual(bucket) } else { false }
      })
    // Where nothing else tells, the bucket policy does.
    if plan.facts.prefix.status == .unknown { inferPrefix(in: bucket) }
  }
}
