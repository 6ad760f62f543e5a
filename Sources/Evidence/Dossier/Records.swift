import PolicyModel

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
