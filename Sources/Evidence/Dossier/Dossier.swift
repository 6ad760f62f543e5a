import PolicyModel

/// Everything that the documents of one copy say, sorted by subject; nothing is decided here.
///
/// Shapes write into it, assembly reads it. The order of every list is the order the documents
/// were given in.
struct Dossier: Sendable {
  /// Where templates are deployed.
  var deployment = Deployment()
  /// Policies, in whatever they came.
  var policies: [GivenPolicy] = []
  /// Layers of which somebody said there is none.
  var absences: [LayerAbsence] = []
  /// Documents of a layer that could not be read.
  var unreadable: [Said<GivenPolicy.Layer>] = []
  /// Policies that will be there, but are not known yet.
  var deferred: [DeferredPolicy] = []
  /// Roles that a document describes.
  var roles: [RoleRecord] = []
  /// Lists of the policies a role has.
  var attachments: [AttachmentList] = []
  /// Dumps of an account that were cut short.
  var truncatedDetails: [Said<Bool>] = []
  /// Managed policies that a document names with the version in force.
  var managedPolicies: [ManagedPolicyRecord] = []
  /// Event data stores that a document describes.
  var stores: [StoreRecord] = []
  /// Trails that a document describes.
  var trails: [TrailRecord] = []
  /// Inputs of a new import, and answers that describe one.
  var imports: [ImportRecord] = []
  /// KMS keys that a document describes or names.
  var keys: [KeyMention] = []
  /// Buckets that a template or plan defines.
  var buckets: [BucketRecord] = []
  /// The keys behind aliases that a template or plan defines: ids or ARNs.
  var aliases: [String: Said<String>] = [:]
  /// Grants of keys.
  var grants: [GrantList] = []
  /// Lists of imports that were cut short and show none in progress.
  var truncatedImports: [Said<Bool>] = []
  /// When objects are moved and deleted.
  var lifecycles: [LifecycleRule] = []
  /// Whether a failed call says that nothing is ever moved or deleted.
  var hasNoLifecycle = false
  /// Listings of objects.
  var listings: [GivenListing] = []
  /// Manifests of S3 Inventories.
  var inventories: [InventoryManifest] = []
  /// What is said of single facts.
  var facts = FactClaims()
  /// What is wrong with the documents.
  var findings: [Finding] = []
}

/// Somebody, or the error of a failed call, says that a layer has no policies.
struct LayerAbsence: Sendable {
  var layer: GivenPolicy.Layer
  /// What says so, in words that can follow "by".
  var origin: String
  var place: Place?
  /// Whether an option or a setting says so, which outweighs documents.
  var isStated: Bool
}

/// What documents state of single facts, without choosing.
struct FactClaims: Sendable {
  var source = Testimony<S3Location>()
  /// Buckets that listings and the like are about.
  var bucket = Testimony<String>()
  var bucketRegion = Testimony<String>()
  var bucketAccount = Testimony<String>()
  var roleARN = Testimony<String>()
  var destination = Testimony<String>()
  var callerAccount = Testimony<String>()
  var callerARN = Testimony<String>()
  var managementAccount = Testimony<String>()
  var organizationID = Testimony<String>()
  var isOutsideOrganizations = Testimony<Bool>()
  var startTime = Testimony<Timestamp>()
  var endTime = Testimony<Timestamp>()
  var keepDays = Testimony<Int>()
  var bucketKeys = Testimony<CopyFacts.BucketKeys>()
  var isWithoutKeys = Testimony<Bool>()
  var objectOwnership = Testimony<String>()
  var hasNoOwnershipControls = Testimony<Bool>()
  /// How many grants of the bucket's ACL are to others than its owner.
  var foreignGrants = Testimony<Int>()
  /// The algorithm, such as `aws:kms`.
  var defaultEncryption = Testimony<String>()
  var restrictsPublicBuckets = Testimony<Bool>()
  /// `BucketOwner` or `Requester`.
  var payer = Testimony<String>()
  var hasOngoingImport = Testimony<Bool>()
}
