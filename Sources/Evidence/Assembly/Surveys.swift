import PolicyModel

extension PlanAssembly {
  /// Counts the objects of listings and inventories that were given as documents, and takes from all
  /// surveys what they tell of the copy.
  mutating func surveyObjects() {
    plan.inventorySchema = dossier.inventories.first
    let scope = SurveyScope(plan)
    for listing in dossier.listings {
      plan.surveys.append(ObjectTally.survey(ofListing: listing, scope: scope))
    }
    for source in dossier.inventoryRows {
      guard let schema = plan.inventorySchema else {
        dossier.findings.append(.noManifest(source))
        continue
      }
      var reader = InventoryReader(schema, scope: scope, source: source)
      reader.consume(source.text[...])
      plan.surveys.append(reader.finish())
    }
    for survey in plan.surveys { take(survey) }
  }

  private mutating func take(_ survey: ObjectSurvey) {
    if let day = survey.oldestDay {
      let oldest = Said(
        Timestamp(startOf: CivilDate(dayNumber: day)), by: survey.origin,
        at: survey.oldest?.place ?? survey.place)
      // Of several surveys each may show a part; the oldest file of all is what counts.
      if let known = dossier.facts.oldestLogDate.documents.first, known.value <= oldest.value {
        return takeEncryption(survey)
      }
      dossier.facts.oldestLogDate.documents = [oldest]
    }
    takeEncryption(survey)
  }

  /// Only a whole inventory tells how all objects are encrypted.
  private mutating func takeEncryption(_ survey: ObjectSurvey) {
    let encryption = survey.encryption
    guard survey.tellsEncryption, survey.isComplete, survey.count > 0, encryption.unknown == 0
    else { return }
    if encryption.withKey == 0 {
      if encryption.customer.count == 0 {
        dossier.facts.isWithoutKeys.documents.append(
          Said(true, by: survey.origin, at: survey.place))
      }
      return
    }
    guard encryption.bucketKey + encryption.ownKey == encryption.withKey else { return }
    let keys: CopyFacts.BucketKeys =
      encryption.ownKey == 0 ? .on : encryption.bucketKey == 0 ? .off : .mixed
    dossier.facts.bucketKeys.documents.append(Said(keys, by: survey.origin, at: survey.place))
  }
}

extension Finding {
  /// Rows without the manifest that says what their columns are.
  fileprivate static func noManifest(_ source: Source) -> Finding {
    Finding(
      "policy-syntax", .error, "rows of an S3 Inventory say nothing without its manifest",
      at: Place(source: source, range: 0..<0), help: "give its `manifest.json` too")
  }
}
