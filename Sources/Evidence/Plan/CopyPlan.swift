public import PolicyModel

/// Everything that is known of one copy: its facts and the policies of each layer.
public struct CopyPlan: Sendable {
  /// The copy's name: of `lint-copy.yaml`, or `command line`.
  public var name: String
  /// The moment the copy is judged at.
  public var asOf: Timestamp
  /// What is known beside policies.
  public var facts: CopyFacts
  /// The permissions of the role CloudTrail assumes.
  public var role: PolicyLayer
  /// The role's trust policy.
  public var trust: PolicyLayer
  /// The source bucket's policy.
  public var bucket: PolicyLayer
  /// The KMS keys that encrypt the bucket's objects, with their policies.
  public var keys: [KeyPlan]
  /// The role's permissions boundary.
  public var boundary: PolicyLayer
  /// Service control policies of the role's account.
  public var serviceControl: OrganizationLayer
  /// Resource control policies of the accounts of bucket, keys and role.
  public var resourceControl: OrganizationLayer
  /// Permissions of whoever starts the import.
  public var caller: PolicyLayer
  /// The key of the event data store itself, which is not one of `keys` unless objects are
  /// encrypted with it too; nil where no document names one.
  public var storeKey: KeyPlan?
  /// Where a document names each event category of the store first.
  package var storeCategoryPlaces: [String: Place]
  /// When objects of the bucket are moved and deleted; nil where nobody told.
  package var lifecycle: [LifecycleRule]?
  /// The inputs of `start-import` that were given.
  public var importRequests: [ImportRequest]
  /// The trails that documents describe.
  public var trails: [Trail]
  /// The lists of grants that were given; which key each is of, the grants in it say.
  public var grants: [Grants]
  /// What listings show of the objects; nil where nobody gave one.
  package var listing: ListingSummary?
  /// What reading the documents found: syntax, grammar, disagreement.
  public var findings: [Finding]
  /// The documents in the order they were given, and what each was recognised as.
  public var documents: [RecognisedDocument]

  package init(name: String, asOf: Timestamp) {
    self.name = name
    self.asOf = asOf
    facts = CopyFacts()
    role = .notGiven("--role", "the role's permissions", isPlural: true)
    trust = .notGiven("--trust", "the role's trust policy")
    bucket = .notGiven("--bucket", "the bucket policy")
    keys = []
    boundary = .assumedAbsent
    serviceControl = OrganizationLayer()
    resourceControl = OrganizationLayer()
    caller = .notGiven(
      "--caller-policy", "the policies of whoever starts the import", isPlural: true)
    storeKey = nil
    storeCategoryPlaces = [:]
    lifecycle = nil
    importRequests = []
    trails = []
    grants = []
    listing = nil
    findings = []
    documents = []
  }
}

extension CopyPlan {
  /// All policies of all layers.
  package var allPolicies: [Policy] {
    [role, trust, bucket, boundary, caller].flatMap(\.policies) + keys.flatMap(\.policy.policies)
      + (storeKey?.policy.policies ?? []) + serviceControl.levels.flatMap(\.policies)
      + resourceControl.levels.flatMap(\.policies)
  }
}

/// The policies of one layer, and whether they are all of it.
public struct PolicyLayer: Sendable {
  /// Why more may apply than is known, and which options would tell.
  public struct Gap: Sendable, Hashable {
    /// A clause: "the bucket policy was not given".
    public var reason: String
    /// Options such as `--bucket`.
    public var needs: [String]

    package init(_ reason: String, needs: [String]) {
      self.reason = reason
      self.needs = needs
    }
  }

  /// The policies that are known.
  public var policies: [Policy]
  /// Why more may apply; nil where `policies` are all of the layer.
  public var gap: Gap?
  /// Nobody mentioned the layer, so it is taken as absent and listed among the assumptions.
  public var isAssumedAbsent: Bool

  package init(policies: [Policy] = [], gap: Gap? = nil, isAssumedAbsent: Bool = false) {
    self.policies = policies
    self.gap = gap
    self.isAssumedAbsent = isAssumedAbsent
  }

  /// Somebody said that there is none.
  package static var none: Self { Self() }

  /// Nobody mentioned a layer that a copy need not have.
  package static var assumedAbsent: Self { Self(isAssumedAbsent: true) }

  /// Nobody gave a layer that every copy has; `option` would.
  package static func notGiven(_ option: String, _ name: String, isPlural: Bool = false) -> Self {
    let verb = isPlural ? "were" : "was"
    return Self(gap: Gap("\(name) \(verb) not given", needs: [option]))
  }
}

/// Policies of an organization, by the level they are attached at.
public struct OrganizationLayer: Sendable {
  /// One level: the root, an organizational unit or the account.
  public struct Level: Sendable {
    /// The level's name as given with `LEVEL=FILE`; nil for all files without one.
    public var name: String?
    /// The level's policies.
    public var policies: [Policy]
    /// Why more may apply; nil where `policies` are all.
    public var gap: PolicyLayer.Gap?

    package init(name: String?, policies: [Policy], gap: PolicyLayer.Gap? = nil) {
      self.name = name
      self.policies = policies
      self.gap = gap
    }
  }

  /// The levels; empty where nobody mentioned the layer, which is then taken as absent.
  public var levels: [Level]
  /// Somebody said that there are none, so that their absence is no assumption.
  public var isStatedAbsent: Bool

  package init(levels: [Level] = [], isStatedAbsent: Bool = false) {
    self.levels = levels
    self.isStatedAbsent = isStatedAbsent
  }
}

/// One KMS key that encrypts objects of the source bucket.
public struct KeyPlan: Sendable {
  /// The key's ARN.
  public var arn: Fact<String>
  /// The key's policy.
  public var policy: PolicyLayer
  /// Whether nothing but their number pairs the policy with the key.
  public var isPairingInferred = false
  /// `Enabled`, `Disabled`, `PendingDeletion` …, of `describe-key`.
  public var state = Fact<String>.unknown
  /// `ENCRYPT_DECRYPT`, …, of `describe-key`.
  public var usage = Fact<String>.unknown
  /// Whether AWS manages the key, so that nobody can edit its policy.
  public var isAWSManaged = Fact<Bool>.unknown

  package init(arn: Fact<String>, policy: PolicyLayer) {
    self.arn = arn
    self.policy = policy
  }
}
