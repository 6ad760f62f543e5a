/// What a policy is attached to, which decides what its grammar is and how it grants.
public enum PolicyKind: String, Hashable, Sendable {
  /// Permissions of a role or of the caller.
  case identity
  /// A role's trust policy.
  case trust
  /// A bucket policy.
  case bucket
  /// A KMS key policy.
  case key
  /// A permissions boundary.
  case boundary
  /// A session policy.
  case session
  /// A service control policy.
  case serviceControl
  /// A resource control policy.
  case resourceControl
  /// A resource policy of a service that is none of the above.
  case resource

  /// Whether statements must say whom they are about.
  public var namesPrincipals: Bool {
    switch self {
    case .trust, .bucket, .key, .resourceControl, .resource: true
    case .identity, .boundary, .session, .serviceControl: false
    }
  }
}

/// A policy document, read as far as its grammar allows.
public struct Policy: Sendable {
  /// The language a policy is written in; variables exist only in the newer.
  public enum Version: Hashable, Sendable {
    /// `2008-10-17`, and what a document without a version has.
    case v2008
    /// `2012-10-17`.
    case v2012
  }

  /// What the policy is attached to.
  public let kind: PolicyKind
  /// The document.
  public let node: Node
  /// The language version.
  public let version: Version
  /// The statements in text order.
  public let statements: [Statement]
  /// Everything that is wrong with the document itself, in its statements too: `policy-grammar`,
  /// `policy-version`, `malformed-arn` and the like.
  public let findings: [Finding]
  /// Whether nothing is known of what the document holds: it is no object, or has no statements
  /// that can be read.
  public let isUnreadable: Bool
  /// Whether a statement may be hidden: an element that should be a statement is none.
  public let mayHoldFurtherStatements: Bool

  package init(
    kind: PolicyKind, node: Node, version: Version, statements: [Statement], findings: [Finding],
    isUnreadable: Bool = false, mayHoldFurtherStatements: Bool = false
  ) {
    self.kind = kind
    self.node = node
    self.version = version
    self.statements = statements
    self.findings = findings
    self.isUnreadable = isUnreadable
    self.mayHoldFurtherStatements = mayHoldFurtherStatements
  }
}

/// What a statement does to the requests it applies to.
public enum Effect: Hashable, Sendable {
  case allow
  case deny
}

/// One statement of a policy.
///
/// An object, because rules hand statements around by the thousand, and a copy of one would count
/// twenty references.
public final class Statement: Sendable {
  /// A list such as Action, or its complement such as NotAction.
  public struct Clause<Item: Sendable>: Sendable {
    /// Whether the statement is about everything but the items.
    public var isNegated: Bool
    /// The items in text order.
    public var items: [Item]
    /// The element's value.
    public var node: Node
    /// The element's key.
    public var keyNode: Node

    package init(isNegated: Bool, items: [Item], node: Node, keyNode: Node) {
      self.isNegated = isNegated
      self.items = items
      self.node = node
      self.keyNode = keyNode
    }
  }

  /// The position in the policy's list, from 0.
  public let index: Int
  /// The statement's name; nil without one.
  public let sid: String?
  /// The statement itself.
  public let node: Node
  /// What it does; nil where that cannot be read, so that it may do either.
  public let effect: Effect?
  /// The value of Effect.
  public let effectNode: Node?
  /// Principal or NotPrincipal; nil without one.
  public let principals: Clause<PrincipalItem>?
  /// Action or NotAction; nil without one.
  public let actions: Clause<PolicyString>?
  /// Resource or NotResource; nil without one.
  public let resources: Clause<PolicyString>?
  /// All of Condition: one for each operator and key, joined by "and".
  public let conditions: [Condition]
  /// Whether the statement holds no error-level grammar finding, and nothing that a template hides
  /// in the place of several elements, so that it applies as written; without, it applies perhaps,
  /// and what could not be read is missing here.
  public let isWellFormed: Bool

  package init(
    index: Int, sid: String?, node: Node, effect: Effect?, effectNode: Node?,
    principals: Clause<PrincipalItem>?, actions: Clause<PolicyString>?,
    resources: Clause<PolicyString>?, conditions: [Condition], isWellFormed: Bool
  ) {
    self.index = index
    self.sid = sid
    self.node = node
    self.effect = effect
    self.effectNode = effectNode
    self.principals = principals
    self.actions = actions
    self.resources = resources
    self.conditions = conditions
    self.isWellFormed = isWellFormed
  }
}

/// A string of a policy with its place.
public struct PolicyString: Sendable {
  /// The text, with variables and wildcards as written.
  public var text: PolicyText
  /// Where it stands.
  public var node: Node

  package init(_ text: PolicyText, _ node: Node) {
    self.text = text
    self.node = node
  }
}

/// One principal a statement names.
public struct PrincipalItem: Sendable {
  /// The key a principal stands under.
  public enum Kind: Hashable, Sendable {
    /// `"*"` or `{"AWS": "*"}`.
    case everyone
    case aws
    case service
    case federated
    case canonicalUser
  }

  /// The key it stands under.
  public var kind: Kind
  /// The text; `*` for everyone.
  public var text: PolicyText
  /// Where it stands.
  public var node: Node

  package init(kind: Kind, text: PolicyText, node: Node) {
    self.kind = kind
    self.text = text
    self.node = node
  }
}

/// One condition operator with one key and its values; an object as its statement is.
public final class Condition: Sendable {
  /// The operator; nil where the name is none of IAM's.
  public let comparison: ConditionOperator?
  /// The operator's name as written.
  public let operatorNode: Node
  /// The condition key as written, such as `aws:SourceArn`.
  public let key: String
  /// The key's place.
  public let keyNode: Node
  /// The values, of which one must match; numbers and Booleans as their text.
  public let values: [PolicyString]
  /// Where the value, or the list of values, stands.
  public let valueNode: Node

  package init(
    comparison: ConditionOperator?, operatorNode: Node, key: String, keyNode: Node,
    values: [PolicyString], valueNode: Node
  ) {
    self.comparison = comparison
    self.operatorNode = operatorNode
    self.key = key
    self.keyNode = keyNode
    self.values = values
    self.valueNode = valueNode
  }
}
