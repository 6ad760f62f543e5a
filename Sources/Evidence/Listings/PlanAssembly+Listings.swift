import PolicyModel

extension PlanAssembly {
  /// Which objects of a listing the copy is about.
  private var scope: ListingScope {
    let prefix = plan.facts.prefix.value ?? ""
    return ListingScope(
      bucket: plan.facts.bucket.value.flatMap { $0.holdsReference ? nil : $0 },
      prefix: prefix.holdsReference ? "" : prefix, startTime: plan.facts.startTime.value,
      endTime: plan.facts.endTime.value, asOf: plan.asOf)
  }

  // MARK: - Readers

  /// What reads a listing that is not kept; nil where reading it would tell nothing.
  func reader(of stream: ListingStream) -> ListingReader? {
    let path = stream.source.path
    switch stream.format {
    case .objects: return ListingReader(objectsIn: path, scope: scope)
    case .inventory: return reader(ofRowsIn: path, whole: nil)
    }
  }

  private func reader(ofRowsIn path: String, whole: Source?) -> ListingReader? {
    guard let position = manifest(ofRowsIn: path),
      let columns = dossier.inventories[position].columns,
      dossier.inventories[position].obstacle == nil
    else { return nil }
    return ListingReader(
      rowsIn: path, whole: whole, columns: columns, manifest: position, scope: scope)
  }

  /// The manifest that describes a file's rows: the one that names the file, else the only one, else
  /// any if all say the same.
  private func manifest(ofRowsIn path: String) -> Int? {
    let manifests = dossier.inventories
    if let named = manifests.firstIndex(where: { $0.names(path) }) { return named }
    guard let first = manifests.first,
      manifests.allSatisfy({ $0.columns == first.columns && $0.bucket == first.bucket })
    else { return nil }
    return 0
  }

  // MARK: - What listings show

  /// Puts together what all listings show, and takes the facts out of it.
  mutating func takeListings(_ streamed: [ListingReading]) {
    var readings = streamed
    for listing in dossier.listings {
      switch listing {
      case .answer(let root): readings.append(ListingReading(answer: root, scope))
      case .rows(let source):
        guard var reader = reader(ofRowsIn: source.path, whole: source) else { continue }
        reader.feed(source.text[...])
        readings.append(reader.finished())
      case .stream: break
      }
    }
    for reading in readings {
      if let failure = reading.failure { dossier.findings.append(Finding(failure)) }
    }
    guard !dossier.listings.isEmpty || !dossier.inventories.isEmpty else { return }
    let evidence = ListingEvidence(
      readings, manifests: dossier.inventories, givenRows: givenRows,
      bucket: plan.facts.bucket.value, prefix: plan.facts.prefix.value ?? "")
    plan.listing = evidence.summary
    takeEncryption()
  }

  /// The paths of the files with rows of inventories, read or not.
  private var givenRows: [String] {
    dossier.listings.compactMap { listing in
      switch listing {
      case .rows(let source): source.path
      case .stream(let stream) where stream.format == .inventory: stream.source.path
      case .answer, .stream: nil
      }
    }
  }

  /// Takes how the objects are encrypted, where all of them were seen.
  private mutating func takeEncryption() {
    guard let listing = plan.listing, let encryption = listing.encryption else { return }
    let isSettled = encryption.isComplete && plan.facts.prefix.value != nil
    let origin = listing.encryptionOrigin ?? listing.origin
    let place = listing.encryptionPlace ?? listing.oldest?.place
    if let bucketKeys = listing.bucketKeys {
      let said = Said(bucketKeys, by: origin, at: place)
      // Both kinds were seen, or all objects: nothing that is still to come can change it.
      if isSettled || bucketKeys == .mixed {
        dossier.facts.bucketKeys.documents.append(said)
      } else {
        dossier.facts.bucketKeys.suggestions.append([said])
      }
    }
    let namesKey = dossier.keys.contains { $0.standing >= .named }
    if isSettled, encryption.count > 0, encryption.withKey == 0, !namesKey {
      dossier.facts.isWithoutKeys.documents.append(Said(true, by: origin, at: place))
    }
  }

  /// Settles the oldest log file, where all were seen.
  mutating func settleOldestLogDate() {
    guard let listing = plan.listing, let oldest = listing.oldest else { return }
    if let gap = listing.gap {
      plan.facts.oldestLogDate = .unknown(because: gap)
    } else if plan.facts.prefix.value != nil {
      plan.facts.oldestLogDate = .stated(oldest.moment, by: listing.origin, at: oldest.place)
    }
  }
}
