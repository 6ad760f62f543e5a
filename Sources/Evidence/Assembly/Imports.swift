import PolicyModel

extension PlanAssembly {
  /// Takes what inputs and answers of imports say.
  ///
  /// An input states what will be copied. An answer tells of an import that was begun, which the
  /// next need not resemble: it only hints, unless the input is a retry of that very import.
  mutating func addImports() {
    for record in dossier.imports where record.kind == .input {
      state(record)
      let isRetry = record.source == nil && record.role == nil
      for answer in answers where isRetry && answer.id?.value == record.id?.value {
        state(answer)
      }
    }
  }

  /// The sources of imports that were begun.
  var answeredSources: [Said<S3Location>] { answers.compactMap(\.source) }

  /// The roles of imports that were begun.
  var answeredRoles: [Said<String>] { answers.compactMap(\.role) }

  /// The destinations of imports that were begun.
  var answeredStores: [Said<String>] { answers.compactMap { arn(ofStore: $0.destination) } }

  /// The time ranges of imports of a source that were begun.
  func answeredTimes(
    of bucket: String?, _ prefix: String?
  ) -> (start: [Said<Timestamp>], end: [Said<Timestamp>]) {
    let same = answers.filter {
      $0.source?.value.bucket == bucket && $0.source?.value.prefix == prefix
    }
    return (same.compactMap(\.startTime), same.compactMap(\.endTime))
  }

  private var answers: [ImportRecord] { dossier.imports.filter { $0.kind == .answer } }

  private mutating func state(_ record: ImportRecord) {
    if let source = record.source { dossier.facts.source.documents.append(source) }
    // Where the bucket itself says its Region, the request can be wrong about it: that is no
    // disagreement on a fact but a mistake of the request.
    let isKnown =
      !dossier.facts.bucketRegion.options.isEmpty || !dossier.facts.bucketRegion.documents.isEmpty
    if let region = record.region, !isKnown {
      dossier.facts.bucketRegion.documents.append(region)
    }
    if let role = record.role { dossier.facts.roleARN.documents.append(role) }
    if let time = record.startTime { dossier.facts.startTime.documents.append(time) }
    if let time = record.endTime { dossier.facts.endTime.documents.append(time) }
    if let store = arn(ofStore: record.destination) {
      dossier.facts.destination.documents.append(store)
    }
  }

  /// The ARN of a destination, which may be given by the id at its end alone.
  private func arn(ofStore destination: Said<String>?) -> Said<String>? {
    guard let destination else { return nil }
    if AWSNames.isStoreARN(destination.value) { return destination }
    guard AWSNames.isStoreID(destination.value) else { return nil }
    let stated = dossier.facts.destination.options + dossier.stores.map(\.arn)
    let known = stated.first { $0.value.hasSuffix("/\(destination.value)") }
    return destination.map { _ in known?.value }
  }
}
