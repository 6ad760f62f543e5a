import PolicyModel

/// What a listing or an inventory says of one object beside its key.
struct ListedObject {
  /// Where the object is stored, as far as it matters to reading it.
  enum Storage: Equatable {
    /// A class that `GetObject` reads at once, or one that is not known here.
    case readable
    /// An archive: a copy must be restored first.
    case archived(ListingSummary.Archive)
    /// Intelligent-Tiering, which has tiers of both kinds.
    case intelligentTiering
    /// Nothing says.
    case unknown

    /// Reads a storage class as `list-objects-v2` and S3 Inventory name it.
    ///
    /// Amazon S3 User Guide, "Understanding and managing Amazon S3 storage classes", "Restoring an
    /// archived object"; S3 Glacier Instant Retrieval (`GLACIER_IR`) needs no restoring.
    init(_ text: Span<UInt8>, _ range: Range<Int>) {
      if range.isEmpty {
        self = .unknown
      } else if text.has("INTELLIGENT_TIERING", in: range) {
        self = .intelligentTiering
      } else {
        let archives: [(StaticString, ListingSummary.Archive)] = [
          ("GLACIER", .glacier), ("DEEP_ARCHIVE", .deepArchive), ("OUTPOSTS", .outposts),
        ]
        let archive = archives.first { text.has($0.0, in: range) }
        self = archive.map { .archived($0.1) } ?? .readable
      }
    }
  }

  /// Whether a copy of an archived object is there to be read.
  enum Restore: Equatable {
    case none
    case inProgress
    /// Until it expires.
    case done(until: Timestamp)
  }

  /// The tier of an object in Intelligent-Tiering.
  enum Tier: Equatable {
    case readable
    case archive
    case unknown

    /// Reads a tier as S3 Inventory names it.
    ///
    /// Such as `FREQUENT`, `ARCHIVE_INSTANT_ACCESS` or `DEEP_ARCHIVE_ACCESS`: which words there are,
    /// the guide does not say, and an unknown one stays unknown.
    init(_ text: Span<UInt8>, _ range: Range<Int>) {
      let word = text.text(range).uppercased()
      self =
        if word.contains("INSTANT") || word.contains("FREQUENT") {
          .readable
        } else if word.contains("ARCHIVE") { .archive } else { .unknown }
    }
  }

  /// How an object is encrypted.
  enum Encryption: Equatable {
    case withKey
    case withoutKey
    case withCustomerKey
    case unencrypted

    /// Reads S3 Inventory's `EncryptionStatus`; nil for any other text.
    init?(_ text: Span<UInt8>, _ range: Range<Int>) {
      if text.has("SSE-KMS", in: range) || text.has("DSSE-KMS", in: range) {
        self = .withKey
      } else if text.has("SSE-S3", in: range) {
        self = .withoutKey
      } else if text.has("SSE-C", in: range) {
        self = .withCustomerKey
      } else if text.has("NOT-SSE", in: range) {
        self = .unencrypted
      } else {
        return nil
      }
    }
  }

  var storage = Storage.unknown
  var restore = Restore.none
  var tier = Tier.unknown
  var encryption: Encryption?
  /// Whether an S3 Bucket Key encrypts the object's data key; nil where nothing says.
  var usesBucketKey: Bool?
}
