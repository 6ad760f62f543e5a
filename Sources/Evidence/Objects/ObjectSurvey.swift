public import PolicyModel

/// What the objects below the source prefix are like: counted from a listing or an inventory.
///
/// A survey holds numbers and a few examples, never the objects themselves, so that a million rows
/// take no more memory than a thousand.
public struct ObjectSurvey: Sendable {
  /// One object that shows what is counted.
  public struct Example: Sendable, Hashable {
    /// The object's key, decoded.
    public var key: String
    /// The line of the inventory, or the number of the object in a listing; from 1.
    public var number: Int
    /// Where it stands; nil where the text was read past and not kept.
    public var place: Place?
  }

  /// How many objects share something, and the first of them.
  public struct Group: Sendable, Hashable {
    /// How many.
    public internal(set) var count = 0
    /// The first few.
    public internal(set) var examples: [Example] = []

    /// How many examples are kept.
    private static let mostExamples = 3

    mutating func add(_ row: ObjectRow, in source: Source?) {
      count += 1
      if examples.count < Self.mostExamples { examples.append(Example(row, in: source)) }
    }
  }

  /// How data keys of encrypted objects are made.
  public struct Encryption: Sendable, Hashable {
    /// Encrypted with a KMS key.
    public internal(set) var withKey = 0
    /// Encrypted without a KMS key, or not at all.
    public internal(set) var withoutKey = 0
    /// Encrypted with a key that only the uploader has (SSE-C).
    public internal(set) var customer = Group()
    /// Nothing says how.
    public internal(set) var unknown = 0
    /// Of the objects with a KMS key: those that use an S3 Bucket Key.
    public internal(set) var bucketKey = 0
    /// Of the objects with a KMS key: those that do not.
    public internal(set) var ownKey = 0
  }

  /// What was read, in words that can follow "by": "the S3 Inventory".
  public var origin: String
  /// Where it was read; nil where the text was not kept.
  public var place: Place?
  /// How many objects were looked at: current versions below the prefix, folders aside.
  public internal(set) var count = 0
  /// Whether these are all objects below the prefix.
  public internal(set) var isComplete = true
  /// Log files of CloudTrail.
  public internal(set) var logFiles = 0
  /// Objects in a storage class that must be restored first, and are not.
  public internal(set) var archived = Group()
  /// Objects that are being restored.
  public internal(set) var restoring = Group()
  /// Objects in Intelligent-Tiering of which nothing says in which tier.
  public internal(set) var unknownTier = Group()
  /// Log files that are not compressed with gzip.
  public internal(set) var uncompressed = Group()
  /// Digest files of CloudTrail.
  public internal(set) var digests = Group()
  /// Objects that are neither log files nor digests.
  public internal(set) var foreign = Group()
  /// How the objects are encrypted.
  public internal(set) var encryption = Encryption()
  /// Whether the rows say how objects are encrypted.
  public internal(set) var tellsEncryption = false
  /// The oldest day of a log file, in days since 1970-01-01; nil without log files.
  public internal(set) var oldestDay: Int?
  /// The log file of the oldest day.
  public internal(set) var oldest: Example?
  /// The newest day of a log file, in days since 1970-01-01.
  public internal(set) var newestDay: Int?
  /// Rows that could not be read.
  public internal(set) var unreadable = Group()

  init(origin: String) { self.origin = origin }
}

/// What a survey looks at: given with the plan, so that one pass over the rows is enough.
package struct SurveyScope: Sendable {
  /// The source bucket, as rows of other buckets do not count; nil for all rows.
  package var bucket: String?
  /// The source prefix.
  package var prefix: String
  /// The moment at which a restored copy must still be there.
  package var asOf: Timestamp

  package init(bucket: String?, prefix: String, asOf: Timestamp) {
    self.bucket = bucket
    self.prefix = prefix
    self.asOf = asOf
  }

  /// The scope of a plan.
  package init(_ plan: CopyPlan) {
    self.init(
      bucket: plan.facts.bucket.value, prefix: plan.facts.prefix.value ?? "", asOf: plan.asOf)
  }
}
