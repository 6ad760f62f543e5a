package import PolicyModel

/// What listings and inventories show of the objects to copy: counts, and the first few of each kind.
///
/// Its size does not depend on how many objects there are. All groups but ``elsewhere`` are about
/// objects below the source prefix whose keys lie in the copy's range of days.
package struct ListingSummary: Sendable {
  /// Objects of one kind.
  package struct Group: Sendable {
    /// How many examples are kept of a kind: enough to see what is common to them.
    static let mostExamples = 3

    /// How many there are.
    package var count = 0
    /// The first few.
    package var examples: [Example] = []

    package init(count: Int = 0, examples: [Example] = []) {
      self.count = count
      self.examples = examples
    }
  }

  /// One object.
  package struct Example: Sendable {
    /// Its key, decoded.
    package var key: String
    /// What is to be said of it: its storage class, what kind of file it is.
    package var detail: String
    /// Where the listing says so.
    package var place: Place

    package init(key: String, detail: String, place: Place) {
      self.key = key
      self.detail = detail
      self.place = place
    }
  }

  /// The storage class or tier of an object that must be restored before it can be read.
  package enum Archive: String, Sendable, Hashable, CaseIterable {
    case glacier = "GLACIER"
    case deepArchive = "DEEP_ARCHIVE"
    case outposts = "OUTPOSTS"
    case tier = "INTELLIGENT_TIERING"
  }

  /// Log files of the bucket that lie in one folder outside of the source.
  package struct Folder: Sendable, Hashable {
    /// The key up to `CloudTrail/`.
    package var prefix: String
    /// How many log files there are.
    package var count: Int
  }

  /// What shows the objects, in words that can follow "by".
  package var origin: String
  /// How many objects there are in all, also of other prefixes.
  package var objects = 0
  /// Log files of CloudTrail.
  package var logFiles = 0
  /// Log files that must be restored first, by what they lie in.
  package var archived: [Archive: Group] = [:]
  /// Archived log files of which a restored copy is there; how long, says ``restoredUntil``.
  package var restored = 0
  /// When the first of the restored copies expires.
  package var restoredUntil: Timestamp?
  /// Log files in Intelligent-Tiering of which nothing says the tier.
  package var unknownTier = Group()
  /// Log files of which nothing says the storage class.
  package var unknownClass = 0
  /// Log files by their name that are not compressed with gzip.
  package var uncompressed = Group()
  /// What lies below the source prefix and is no log file.
  package var foreign = Group()
  /// How many of the foreign files are what.
  package var foreignByKind: [ForeignKind: Int] = [:]
  /// Log files of the bucket that do not lie below the source prefix.
  package var elsewhere = Group()
  /// The folders of those: the first few.
  package var elsewhereFolders: [Folder] = []
  /// How log files are encrypted; nil where nothing says so.
  package var encryption: Encryption?
  /// What shows how they are encrypted, where that is not what shows the rest.
  package var encryptionOrigin: String?
  /// Where the encryption is shown, for one of the log files.
  package var encryptionPlace: Place?
  /// The oldest log file.
  package var oldest: Dated?
  /// The time of the newest log file.
  package var newest: Timestamp?
  /// Why there may be objects that are not counted; nil where these are all.
  package var gap: String?
  /// What is taken for granted where these are taken for all.
  package var assumption: String

  /// How log files are encrypted.
  package struct Encryption: Sendable, Hashable {
    /// `SSE-KMS` and `DSSE-KMS`: with a key of KMS.
    package var withKey = 0
    /// `SSE-S3`.
    package var withoutKey = 0
    /// `SSE-C`: with a key that only the customer has.
    package var withCustomerKey = 0
    /// `NOT-SSE`.
    package var unencrypted = 0
    /// Those with a KMS key that use an S3 Bucket Key.
    package var withBucketKey = 0
    /// Those with a KMS key that do not.
    package var withoutBucketKey = 0
    /// Whether these are all log files.
    package var isComplete = false

    /// How many log files there are.
    package var count: Int { withKey + withoutKey + withCustomerKey + unencrypted }
  }

  /// A log file with its time.
  package struct Dated: Sendable {
    /// The time in its name.
    package var moment: Timestamp
    /// Where the listing names it.
    package var place: Place
  }

  package init(origin: String, gap: String? = nil, assumption: String = "") {
    self.origin = origin
    self.gap = gap
    self.assumption = assumption
  }

  /// Whether the counted objects are all there are.
  package var isComplete: Bool { gap == nil }

  /// How the log files use S3 Bucket Keys; nil where nothing says so.
  package var bucketKeys: CopyFacts.BucketKeys? {
    guard let encryption else { return nil }
    return switch (encryption.withBucketKey > 0, encryption.withoutBucketKey > 0) {
    case (true, true): .mixed
    case (true, false): .on
    case (false, true): .off
    case (false, false): nil
    }
  }
}

// MARK: - Together

extension ListingSummary.Group {
  /// Takes in the objects of another listing.
  mutating func add(_ other: Self) {
    count += other.count
    examples += other.examples.prefix(Self.mostExamples - examples.count)
  }
}

extension ListingSummary {
  /// How many folders outside of the source are told apart.
  ///
  /// Stops a listing in which each key has a folder of its own.
  static let mostFolders = 8

  /// Takes in what another listing of the same kind shows; gaps are settled by who knows both.
  mutating func add(_ other: ListingSummary) {
    objects += other.objects
    logFiles += other.logFiles
    restored += other.restored
    unknownClass += other.unknownClass
    unknownTier.add(other.unknownTier)
    uncompressed.add(other.uncompressed)
    foreign.add(other.foreign)
    elsewhere.add(other.elsewhere)
    for (archive, group) in other.archived { archived[archive, default: Group()].add(group) }
    foreignByKind.merge(other.foreignByKind, uniquingKeysWith: +)
    for folder in other.elsewhereFolders { count(folder) }
    restoredUntil = [restoredUntil, other.restoredUntil].compactMap(\.self).min()
    if let more = other.encryption {
      var sum = encryption ?? Encryption()
      sum.add(more)
      encryption = sum
    }
    oldest = [oldest, other.oldest].compactMap(\.self).min { $0.moment < $1.moment }
    newest = [newest, other.newest].compactMap(\.self).max()
  }

  private mutating func count(_ folder: Folder) {
    if let index = elsewhereFolders.firstIndex(where: { $0.prefix == folder.prefix }) {
      elsewhereFolders[index].count += folder.count
    } else if elsewhereFolders.count < Self.mostFolders {
      elsewhereFolders.append(folder)
    }
  }
}

extension ListingSummary.Encryption {
  fileprivate mutating func add(_ other: Self) {
    withKey += other.withKey
    withoutKey += other.withoutKey
    withCustomerKey += other.withCustomerKey
    unencrypted += other.unencrypted
    withBucketKey += other.withBucketKey
    withoutBucketKey += other.withoutBucketKey
  }
}
