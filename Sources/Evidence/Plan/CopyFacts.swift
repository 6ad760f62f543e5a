public import PolicyModel

/// What is known of a copy beside its policies.
public struct CopyFacts: Sendable {
  /// How the objects' data keys are encrypted, as `--bucket-keys` says it.
  public enum BucketKeys: String, Sendable, Hashable {
    case on
    case off
    case mixed
  }

  /// The source bucket's name.
  public var bucket = Fact<String>.unknown
  /// The prefix below which everything is copied, without a leading slash; may be empty.
  public var prefix = Fact<String>.unknown
  /// The source bucket's Region.
  public var bucketRegion = Fact<String>.unknown
  /// The account that owns the source bucket.
  public var bucketAccount = Fact<String>.unknown
  /// The role that CloudTrail assumes, with its path.
  public var roleARN = Fact<String>.unknown
  /// The role's unique id, `AROA…`.
  public var roleID = Fact<String>.unknown
  /// The ARN of the event data store.
  public var destination = Fact<String>.unknown
  /// The account of whoever starts the import.
  public var callerAccount = Fact<String>.unknown
  /// The principal that starts the import.
  public var callerARN = Fact<String>.unknown
  /// The organization's management account.
  public var managementAccount = Fact<String>.unknown
  /// The organization, `o-…`.
  public var organizationID = Fact<String>.unknown
  /// That the account belongs to no organization.
  public var isOutsideOrganizations = Fact<Bool>.unknown
  /// The oldest event to copy.
  public var startTime = Fact<Timestamp>.unknown
  /// The newest event to copy.
  public var endTime = Fact<Timestamp>.unknown
  /// The oldest log file that a listing shows.
  public var oldestLogDate = Fact<Timestamp>.unknown
  /// For how many days from now the copied events shall be kept.
  public var keepDays = Fact<Int>.unknown
  /// Whether the objects use S3 Bucket Keys.
  public var bucketKeys = Fact<BucketKeys>.unknown
  /// That the bucket's objects are not encrypted with KMS keys.
  public var isWithoutKeys = Fact<Bool>.unknown
  /// The bucket's Object Ownership: `BucketOwnerEnforced`, `BucketOwnerPreferred`, `ObjectWriter`.
  public var objectOwnership = Fact<String>.unknown
  /// That the bucket has no ownership controls: `OwnershipControlsNotFoundError`.
  public var hasNoOwnershipControls = Fact<Bool>.unknown
  /// The store's retention period in days.
  public var retentionPeriod = Fact<Int>.unknown
  /// Whether the store collects the events of an organization.
  public var isOrganizationStore = Fact<Bool>.unknown
  /// The store's status, such as `STOPPED_INGESTION`.
  public var storeStatus = Fact<String>.unknown
  /// The event categories that the store's selectors name, sorted.
  public var storeCategories = Fact<[String]>.unknown
  /// `EXTENDABLE_RETENTION_PRICING` or `FIXED_RETENTION_PRICING`.
  public var storeBillingMode = Fact<String>.unknown
  /// When the store was made.
  public var storeCreated = Fact<Timestamp>.unknown
  /// When the store was last changed.
  public var storeUpdated = Fact<Timestamp>.unknown
  /// Whether the store takes in events of its own beside copied ones.
  public var storeIngests = Fact<Bool>.unknown
  /// Whether an import of the account is in progress, whatever its destination.
  public var hasOngoingImport = Fact<Bool>.unknown
  /// How many grants of the bucket's ACL are to others than its owner.
  public var foreignGrants = Fact<Int>.unknown
  /// The bucket's default encryption: `AES256`, `aws:kms`, `aws:kms:dsse`.
  public var defaultEncryption = Fact<String>.unknown
  /// Whether the bucket's public access block restricts public policies.
  public var restrictsPublicBuckets = Fact<Bool>.unknown
  /// Who pays for requests to the bucket: `BucketOwner` or `Requester`.
  public var payer = Fact<String>.unknown

  /// What says that there are no keys where nobody does so in as many words.
  package static let originOfNoKeys = "the bucket's default encryption and its trail"

  package init() {}
}
