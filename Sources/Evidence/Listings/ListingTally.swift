import PolicyModel

/// Counts the objects of one listing as they pass by.
struct ListingTally {
  /// What was counted so far.
  private(set) var summary: ListingSummary
  private let scope: ListingScope
  private var oldestTime: LogFileTime?
  private var newestTime: LogFileTime?
  /// The folder outside of the source that the last key had: keys come sorted.
  private var lastFolder: [UInt8] = []
  private var folders: [[UInt8]: Int] = [:]

  init(origin: String, scope: ListingScope) {
    summary = ListingSummary(origin: origin)
    self.scope = scope
  }

  /// What of an object is worth keeping beside its being counted.
  struct Notes: OptionSet {
    let rawValue: UInt8

    static let archived = Notes(rawValue: 1 << 0)
    static let unknownTier = Notes(rawValue: 1 << 1)
    static let uncompressed = Notes(rawValue: 1 << 2)
    static let foreign = Notes(rawValue: 1 << 3)
    static let elsewhere = Notes(rawValue: 1 << 4)
    static let oldest = Notes(rawValue: 1 << 5)
  }

  // MARK: - Counting

  /// Counts an object.
  ///
  /// - Returns: what shall be kept of it with ``keep(_:_:key:storage:keyPlace:storagePlace:)``; nothing,
  ///   nearly always.
  mutating func count(_ key: Span<UInt8>, _ object: ListedObject) -> Notes {
    summary.objects += 1
    let kind = KeyClass(key)
    guard scope.holds(key) else {
      guard case .logFile = kind else { return [] }
      countFolder(of: key)
      return Self.count(&summary.elsewhere, .elsewhere)
    }
    guard scope.covers(day: kind.day) else { return [] }
    switch kind {
    case .folder: return []
    case .uncompressed: return Self.count(&summary.uncompressed, .uncompressed)
    case .foreign(let kind, _):
      summary.foreignByKind[kind, default: 0] += 1
      return Self.count(&summary.foreign, .foreign)
    case .logFile(let time):
      return countLogFile(time, object)
    }
  }

  private mutating func countLogFile(_ time: LogFileTime, _ object: ListedObject) -> Notes {
    summary.logFiles += 1
    var notes: Notes = []
    if oldestTime.map({ time < $0 }) ?? true {
      oldestTime = time
      notes.insert(.oldest)
    }
    if newestTime.map({ time > $0 }) ?? true { newestTime = time }
    countEncryption(object)
    notes.formUnion(countStorage(object))
    return notes
  }

  private mutating func countStorage(_ object: ListedObject) -> Notes {
    switch object.storage {
    case .readable: return []
    case .unknown:
      summary.unknownClass += 1
      return []
    case .intelligentTiering:
      switch object.tier {
      case .readable: return []
      case .unknown: return Self.count(&summary.unknownTier, .unknownTier)
      case .archive: return countArchived(.tier)
      }
    case .archived(let archive):
      guard case .done(let expiry) = object.restore, expiry > scope.asOf else {
        return countArchived(archive)
      }
      summary.restoredUntil = min(summary.restoredUntil ?? expiry, expiry)
      summary.restored += 1
      return []
    }
  }

  private mutating func countArchived(_ archive: ListingSummary.Archive) -> Notes {
    Self.count(&summary.archived[archive, default: ListingSummary.Group()], .archived)
  }

  private mutating func countEncryption(_ object: ListedObject) {
    guard let status = object.encryption else { return }
    var encryption = summary.encryption ?? ListingSummary.Encryption()
    switch status {
    case .withKey:
      encryption.withKey += 1
      switch object.usesBucketKey {
      case true?: encryption.withBucketKey += 1
      case false?: encryption.withoutBucketKey += 1
      case nil: break
      }
    case .withoutKey: encryption.withoutKey += 1
    case .withCustomerKey: encryption.withCustomerKey += 1
    case .unencrypted: encryption.unencrypted += 1
    }
    summary.encryption = encryption
  }

  private static func count(_ group: inout ListingSummary.Group, _ note: Notes) -> Notes {
    group.count += 1
    return group.count <= ListingSummary.Group.mostExamples ? note : []
  }

  /// Counts a log file outside of the source by the folder that ends at `CloudTrail/`.
  private mutating func countFolder(of key: Span<UInt8>) {
    if !key.begins(with: lastFolder) || lastFolder.isEmpty { lastFolder = key.logFolder }
    if folders[lastFolder] == nil, folders.count >= ListingSummary.mostFolders { return }
    folders[lastFolder, default: 0] += 1
  }

  /// Whether the keys as they stand are what they say, though they are marked as encoded.
  ///
  /// The AWS CLI asks for encoded keys by itself, decodes them and leaves the mark in its answer: then
  /// decoding once more finds no log file where there are some.
  func isTruer(than decoded: ListingTally) -> Bool {
    summary.logFiles > 0 && decoded.summary.logFiles == 0
  }

  // MARK: - Keeping

  /// Keeps an object as an example of what it was counted as.
  mutating func keep(
    _ notes: Notes, _ object: ListedObject, key: String, storage: String, keyPlace: Place,
    storagePlace: Place
  ) {
    func example(_ detail: String, _ place: Place) -> ListingSummary.Example {
      ListingSummary.Example(key: key, detail: detail, place: place)
    }
    if notes.contains(.archived) {
      let archive =
        if case .archived(let archive) = object.storage { archive } else {
          ListingSummary.Archive.tier
        }
      summary.archived[archive]?.examples.append(example(storage, storagePlace))
    }
    if notes.contains(.unknownTier) {
      summary.unknownTier.examples.append(example(storage, storagePlace))
    }
    if notes.contains(.uncompressed) {
      summary.uncompressed.examples.append(example("", keyPlace))
    }
    if notes.contains(.elsewhere) { summary.elsewhere.examples.append(example("", keyPlace)) }
    if notes.contains(.foreign), case .foreign(let kind, _) = KeyClass(Array(key.utf8).span) {
      summary.foreign.examples.append(example(kind.rawValue, keyPlace))
    }
    if notes.contains(.oldest), let moment = oldestTime?.moment {
      summary.oldest = ListingSummary.Dated(moment: moment, place: keyPlace)
    }
  }

  /// What was counted, with what only the end tells.
  func finished() -> ListingSummary {
    var summary = summary
    summary.newest = newestTime?.moment
    summary.elsewhereFolders =
      folders.map { ListingSummary.Folder(prefix: String(decoding: $0, as: UTF8.self), count: $1) }
      .sorted { ($1.count, $0.prefix) < ($0.count, $1.prefix) }
    return summary
  }
}

extension LogFileTime {
  /// The moment; nil for a day that does not exist, such as the 31st of June.
  fileprivate var moment: Timestamp? {
    CivilDate(year: day / 10_000, month: day / 100 % 100, day: day % 100).map { date in
      Timestamp(
        seconds: date.dayNumber * 86_400 + minute / 100 * 3600 + minute % 100 * 60)
    }
  }
}

extension Span<UInt8> {
  fileprivate func begins(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    for at in prefix.indices where self[at] != prefix[at] { return false }
    return true
  }

  /// A log file's key up to `CloudTrail/`, five folders above its name; else up to its name.
  fileprivate var logFolder: [UInt8] {
    var slashes = 0
    var end = 0
    var at = count
    while at > 0 {
      at -= 1
      guard self[at] == UInt8(ascii: "/") else { continue }
      slashes += 1
      if slashes == 1 { end = at + 1 }
      // After the name: day, month, year, Region, and the folder itself.
      if slashes == 5, has("CloudTrail", at: at - 10) {
        end = at + 1
        break
      }
    }
    var folder: [UInt8] = []
    for at in 0..<end { folder.append(self[at]) }
    return folder
  }
}
