import PolicyModel

extension Dossier {
  /// Adds what options or settings state.
  mutating func add(_ stated: [StatedFact]) {
    for fact in stated { add(fact) }
  }

  private mutating func add(_ fact: StatedFact) {
    let text = Said(fact.text, by: fact.origin, at: fact.place)
    switch fact.name {
    case .source: append(text.map(S3Location.init), to: \.source)
    case .bucketRegion: append(text, to: \.bucketRegion)
    case .bucketAccount: append(text, to: \.bucketAccount)
    case .roleARN: append(text, to: \.roleARN)
    case .destination: append(text, to: \.destination)
    case .keyARN: keys.append(KeyMention(text: text, standing: .stated))
    case .callerAccount: append(text, to: \.callerAccount)
    case .managementAccount: append(text, to: \.managementAccount)
    case .organizationID: append(text, to: \.organizationID)
    case .startTime: append(text.map(Timestamp.init(iso8601:)), to: \.startTime)
    case .endTime: append(text.map(Timestamp.init(iso8601:)), to: \.endTime)
    case .keepDays: append(text.map { Int($0) }, to: \.keepDays)
    case .bucketKeys: append(text.map(CopyFacts.BucketKeys.init(rawValue:)), to: \.bucketKeys)
    case .account, .region: break
    }
  }

  private mutating func append<Value: FactValue>(
    _ said: Said<Value>?, to fact: WritableKeyPath<FactClaims, Testimony<Value>>
  ) {
    if let said { facts[keyPath: fact].options.append(said) }
  }
}
