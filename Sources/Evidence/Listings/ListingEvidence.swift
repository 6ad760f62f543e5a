import PolicyModel

/// What all listings and inventories of a copy show together, and whether that is all there is.
///
/// A listing that was cut short, that begins after some key or shows a narrower prefix never proves
/// anything: what it shows still counts against the copy.
struct ListingEvidence {
  private let objects: [ListingReading]
  private let rows: [ListingReading]
  private let manifests: [InventoryManifest]
  private let givenRows: [String]
  private let bucket: String?
  private let prefix: String

  /// Puts together what was read; `givenRows` are the paths of all files with rows, read or not.
  init(
    _ readings: [ListingReading], manifests: [InventoryManifest], givenRows: [String],
    bucket: String?, prefix: String
  ) {
    self.manifests = manifests
    self.givenRows = givenRows
    self.bucket = bucket
    self.prefix = prefix
    objects = readings.filter { $0.format == .objects }
    rows = readings.filter { $0.format == .inventory }
  }

  /// Everything together.
  var summary: ListingSummary {
    let listing = objects.isEmpty ? nil : listingSummary
    let inventory = manifests.isEmpty && givenRows.isEmpty ? nil : inventorySummary
    switch (listing, inventory) {
    case (let listing?, let inventory?): return Self.joined(listing, inventory)
    case (let listing?, nil): return listing
    case (nil, let inventory?): return inventory
    case (nil, nil): return ListingSummary(origin: ListingFormat.objects.origin)
    }
  }

  /// A listing shows what is now, and restored copies; an inventory shows tiers and encryption.
  private static func joined(
    _ listing: ListingSummary, _ inventory: ListingSummary
  ) -> ListingSummary {
    guard inventory.objects > 0 else { return listing }
    guard listing.isComplete || !inventory.isComplete else { return inventory }
    var joined = listing
    joined.encryption = inventory.encryption
    joined.encryptionOrigin = inventory.origin
    joined.encryptionPlace = inventory.oldest?.place
    if inventory.isComplete, listing.unknownTier.count > 0 {
      joined.unknownTier = inventory.unknownTier
      joined.archived[.tier] = inventory.archived[.tier]
      joined.assumption = inventory.assumption
    }
    return joined
  }

  // MARK: - Answers of list-objects-v2

  private var listingSummary: ListingSummary {
    var summary = ListingSummary(origin: ListingFormat.objects.origin)
    var gap: String?
    for reading in objects {
      if let other = otherBucket(reading.header.name, "the listing") {
        gap = gap ?? other
        continue
      }
      summary.add(reading.summary)
      gap = gap ?? self.gap(of: reading) ?? pageGap(of: reading)
    }
    summary.gap = objects.contains(where: isWholeListing) ? nil : gap
    let isNamed = objects.allSatisfy { $0.header.name != nil }
    summary.assumption = isNamed ? "" : "the listing shows every object below `\(source)`"
    return summary
  }

  /// Whether a listing, with the pages that follow it, shows everything below the source prefix.
  private func isWholeListing(_ first: ListingReading) -> Bool {
    guard first.header.continuationToken == nil,
      otherBucket(first.header.name, "the listing") == nil
    else { return false }
    var page = first
    // Pages that lead in a circle end with the last there can be.
    for _ in objects.indices {
      guard gap(of: page) == nil else { return false }
      guard pageGap(of: page) != nil else { return true }
      guard let token = page.header.nextToken,
        let next = objects.first(where: { $0.header.continuationToken == token })
      else { return false }
      page = next
    }
    return false
  }

  /// Why a listing shows less than what is below the source prefix, as far as it says itself.
  private func gap(of reading: ListingReading) -> String? {
    let header = reading.header
    if reading.failure != nil { return "the listing cannot be read to its end" }
    if header.hasObjectWithoutKey { return "objects of the listing have no key" }
    if header.hasCommonPrefixes { return "the listing leaves out what lies in folders" }
    if let start = header.startAfter { return "the listing begins after `\(start)`" }
    if let shown = header.prefix, !prefix.hasPrefix(shown),
      !header.isEncoded || !prefix.hasPrefix(KeyDecoder.decodingURL(shown))
    {
      return "the listing shows only what is below `\(shown)`"
    }
    return nil
  }

  /// Why there are more pages than were given.
  private func pageGap(of reading: ListingReading) -> String? {
    let header = reading.header
    guard header.isTruncated || header.nextToken != nil else { return nil }
    let count = reading.summary.objects
    return "the listing was cut short after \(count) \(count == 1 ? "object" : "objects")"
  }

  private func otherBucket(_ name: String?, _ noun: String) -> String? {
    guard let name, let bucket, !bucket.holdsReference, name != bucket else { return nil }
    return "\(noun) is of the bucket `\(name)`"
  }

  /// The source as people write it.
  private var source: String { "s3://\(bucket?.withReadableReferences ?? "…")/\(prefix)" }

  // MARK: - Inventories

  private var inventorySummary: ListingSummary {
    var summary = ListingSummary(origin: ListingFormat.inventory.origin)
    var gap: String?
    for reading in rows {
      summary.add(reading.summary)
      if reading.failure != nil { gap = gap ?? "the inventory cannot be read to its end" }
      if reading.foreignRows > 0, reading.summary.objects == 0 {
        gap = gap ?? "the inventory shows objects of another bucket"
      }
    }
    for manifest in manifests where rows.isEmpty {
      gap = gap ?? manifest.obstacle
    }
    if manifests.isEmpty { gap = gap ?? "the rows of an inventory need its `manifest.json`" }
    if rows.isEmpty {
      gap =
        gap
        ?? (givenRows.isEmpty
          ? "only the manifest of the inventory was given, not its rows"
          : "nothing says which manifest describes the rows of the inventory")
    }
    for position in Set(rows.compactMap(\.manifest)).sorted() {
      let manifest = manifests[position]
      gap = gap ?? otherBucket(manifest.bucket, "the inventory") ?? missingFiles(of: manifest)
    }
    summary.gap = gap
    summary.encryption?.isComplete = gap == nil
    let date = rows.first?.manifest.flatMap { manifests[$0].created }
    summary.assumption =
      "the rows of the inventory"
      + (date.map { " of \($0.iso8601.prefix(10))" } ?? "")
      + " are all of it, and the bucket still holds what it shows"
    return summary
  }

  /// Which of an inventory's files are missing, where files were given under their own names.
  private func missingFiles(of manifest: InventoryManifest) -> String? {
    let named = Set(givenRows.map(InventoryManifest.name)).intersection(manifest.files)
    let hasOthers = givenRows.contains { !manifest.names($0) }
    guard !hasOthers, named.count < manifest.files.count else { return nil }
    return "of the inventory \(named.count) of \(manifest.files.count) files were given"
  }
}
