import PolicyModel

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

/// A policy that a template or plan holds, but that is not known before it is carried out.
struct DeferredPolicy: Sendable {
  var layer: GivenPolicy.Layer
  /// Whose it is; nil where it may be any role's that the document defines.
  var owner: GivenPolicy.Owner?
  /// The policy's own name, where it is known.
  var name: String?
  /// The resource's address.
  var address: String
  var place: Place
  /// Why it is not known, as a whole sentence.
  var reason: String

  init(
    layer: GivenPolicy.Layer, owner: GivenPolicy.Owner?, name: String? = nil, address: String,
    place: Place, reason: String? = nil
  ) {
    self.layer = layer
    self.owner = owner
    self.name = name
    self.address = address
    self.place = place
    self.reason = reason ?? "`\(address)` is known only after the plan is carried out"
  }
}
