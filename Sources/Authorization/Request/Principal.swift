public import PolicyModel

/// Who makes a request.
public struct RequestPrincipal: Sendable, Hashable {
  /// What kind of principal it is, with what names it.
  public enum Kind: Sendable, Hashable {
    /// An AWS service in its own name, such as `cloudtrail.amazonaws.com`.
    case service(String)
    /// A session of a role; the ARN is the role's, with its path. The session's name may be unknown.
    case roleSession(role: PolicyText, session: String?)
    /// An IAM user.
    case user(PolicyText)
    /// An account's root user.
    case root
    /// A federated user or a session of an identity provider, by its ARN or name.
    case federated(String)
    /// Nobody who has signed in.
    case anonymous
  }

  /// Who it is.
  public var kind: Kind
  /// The account it belongs to, which may be a reference (`PolicyText.encoded`); nil where nobody
  /// knows, or for a service.
  public var account: String?
  /// The partition of its ARNs; nil where nobody knows.
  public var partition: String?

  /// Makes a principal.
  public init(_ kind: Kind, account: String?, partition: String? = nil) {
    self.kind = kind
    self.account = account
    self.partition = partition
  }

  /// An AWS service.
  public static func service(_ name: String) -> Self { Self(.service(name), account: nil) }

  /// A session of a role, with account and partition from the role's ARN.
  public static func session(ofRole arn: PolicyText, named session: String? = nil) -> Self {
    let parts = ARNParts(arn.encoded)
    return Self(
      .roleSession(role: arn, session: session), account: parts.map { String($0.account) },
      partition: parts.map { String($0.partition) })
  }
}
