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
  /// Listings of objects, read as a whole.
  var listings: [Node] = []
  /// Rows of an inventory, read as a whole.
  var inventoryRows: [Source] = []
  /// The manifests of inventories.
  var inventories: [InventorySchema] = []
  /// When objects are moved and deleted.
  var lifecycles: [LifecycleRule] = []
  /// Whether a failed call says that nothing is ever moved or deleted.
  var hasNoLifecycle = false
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
  var oldestLogDate = Testimony<Timestamp>()
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

/// A policy that a document holds, with what is known of where it belongs.
struct GivenPolicy: Sendable {
  /// The layer a policy belongs to.
  enum Layer: Hashable, Sendable {
    case role
    case trust
    case bucket
    case key
    case boundary
    case caller
    case serviceControl(level: String?)
    case resourceControl(level: String?)
    /// A managed policy, which may be attached to the role or be its boundary.
    case managed
    /// A policy without principals that nothing places: the role's if it is the only one.
    case unplaced
    /// A policy with principals of neither a role, nor a bucket, nor a key.
    case foreign
  }

  /// Who a policy belongs to, as far as its document says.
  enum Owner: Hashable, Sendable {
    case role(name: String)
    case managedPolicy(arn: String)
    case key(arn: String)
    case bucket(name: String)
    case principal(name: String)
  }

  /// The document.
  var node: Node
  /// The layer.
  var layer: Layer
  /// Whose it is; nil where the document does not say.
  var owner: Owner?
  /// The policy's own name, where the document gives it.
  var name: String?
  /// The option it was given with; nil for positional documents.
  var option: String?
  /// What it came in, in words: "the answer of `get-role-policy`".
  var origin: String
  /// Whether the version is in force; a managed policy keeps old versions.
  var isInForce = true
  /// Whether the document was picked out for this copy, not a dump of a whole account.
  var isPickedOut = true
}

/// A policy that a plan makes of what is known only when it is carried out.
struct DeferredPolicy: Sendable {
  var layer: GivenPolicy.Layer
  var owner: GivenPolicy.Owner?
  /// The policy's own name, where it is known.
  var name: String?
  /// The resource's address.
  var address: String
  var place: Place
}

/// A role that a document describes.
struct RoleRecord: Sendable {
  var arn: Said<String>
  var name: String
  var id: Said<String>?
  var trust: Node?
  /// The boundary's ARN; nil where the role has none.
  var boundary: Said<String>?
  /// Whether the document was picked out for this copy, not a dump of a whole account.
  var isPickedOut: Bool
  /// The option it was given with.
  var option: String?
  /// Whether a template or plan defines the role, maybe beside others.
  var isDefined = false
}

/// A bucket that a template or plan defines.
struct BucketRecord: Sendable {
  var name: Said<String>
  /// The account that the template is deployed in.
  var account: Said<String>?
  var region: Said<String>?
  var ownership: Said<String>?
  var restrictsPublicBuckets: Said<Bool>?
  var lifecycle: [LifecycleRule] = []
  /// The algorithm of the default encryption.
  var encryption: Said<String>?
  /// An ARN, an id or an alias.
  var keyID: Said<String>?
  var bucketKeys: Said<CopyFacts.BucketKeys>?
}

/// A list of the policies that a role has.
struct AttachmentList: Sendable {
  enum Kind: Sendable {
    case inline
    case managed
  }

  var kind: Kind
  /// Names of inline policies, or ARNs of managed ones.
  var names: [Said<String>]
  /// The role's name; nil where the document does not say.
  var role: String?
  /// Whether the list was cut short.
  var isTruncated: Bool
  var place: Place
  var origin: String
}

/// What `get-policy` says of a managed policy.
struct ManagedPolicyRecord: Sendable {
  var arn: Said<String>
  var defaultVersion: String?
}

/// An event data store that a document describes.
struct StoreRecord: Sendable {
  var arn: Said<String>
  var retentionPeriod: Said<Int>?
  var isOrganizationStore: Said<Bool>?
  var status: Said<String>?
  var billingMode: Said<String>?
  var created: Said<Timestamp>?
  var updated: Said<Timestamp>?
  var ingests: Said<Bool>?
  /// An ARN, an id or an alias.
  var keyID: Said<String>?
  /// Whether a template or plan defines the store.
  var isDefined = false
  /// The event categories that the selectors name, sorted; nil where there are no selectors.
  var categories: Said<[String]>?
  /// Where each category is named first.
  var categoryPlaces: [String: Place] = [:]
}

/// A trail that a document describes.
struct TrailRecord: Sendable {
  var arn: Said<String>?
  var bucket: Said<String>?
  var prefix: String?
  var keyID: Said<String>?
  var isOrganizationTrail: Bool?
  var name: String
}

/// The input of `start-import`, or an answer that describes an import.
struct ImportRecord: Sendable {
  enum Kind: Sendable {
    case input
    case answer
  }

  var kind: Kind
  var id: Said<String>?
  var source: Said<S3Location>?
  var region: Said<String>?
  var role: Said<String>?
  /// An ARN, or the id that an ARN ends in.
  var destination: Said<String>?
  var startTime: Said<Timestamp>?
  var endTime: Said<Timestamp>?
  /// The status of an answer.
  var status: Said<String>?
  var node: Node
}

/// A KMS key that a document describes or names.
struct KeyMention: Sendable {
  /// How sure it is that objects of the bucket are encrypted with the key.
  enum Standing: Int, Comparable, Sendable {
    /// A description of some key: of what, is not said.
    case described
    /// A policy grants the use of it.
    case suggested
    /// A document says that objects are encrypted with it.
    case named
    /// An option says so.
    case stated

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// An ARN, an id, an alias or an alias's ARN.
  var text: Said<String>
  var standing: Standing
  /// The answer of `describe-key`; nil for a mere mention.
  var metadata: Node?

  /// Stands for the AWS managed key `aws/s3`, where no key is named.
  static let awsManaged = "alias/aws/s3"

  /// Whether it is the key that AWS manages for S3, by the name of its alias.
  var isAWSManaged: Bool {
    text.value == Self.awsManaged || text.value.hasSuffix(":\(Self.awsManaged)")
  }
}

/// The grants of a key.
struct GrantList: Sendable {
  var grants: [Node]
  var isTruncated: Bool
  var place: Place
}
