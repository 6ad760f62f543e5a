import Authorization
import PolicyModel

/// Who asks, as `CallerArn` names them.
struct Caller {
  let principal: RequestPrincipal
  /// Whether identity policies can be attached: to users and roles they can, to services they cannot.
  let hasIdentityPolicies: Bool
  /// The name of the role whose session asks where the ARN does not tell the role's path.
  let roleWithoutPath: String?

  /// Nobody was named: policies that name no principal can still be judged.
  static let unnamed = Caller(
    RequestPrincipal(.anonymous, account: nil), hasIdentityPolicies: true)

  private init(
    _ principal: RequestPrincipal, hasIdentityPolicies: Bool,
    roleWithoutPath: String? = nil
  ) {
    self.principal = principal
    self.hasIdentityPolicies = hasIdentityPolicies
    self.roleWithoutPath = roleWithoutPath
  }

  init(_ node: Node) throws(InputProblem) {
    let text = node.string ?? ""
    guard let caller = Caller(text: text) else {
      throw InputProblem(
        "unknown kind of caller \(quoted(text))", at: node,
        help: "give the ARN of a user, a role, a session or `root`, or a service's name such as "
          + "`cloudtrail.amazonaws.com`")
    }
    self = caller
  }

  private init?(text: String) {
    guard text.hasPrefix("arn:") else {
      self.init(name: text)
      return
    }
    guard let arn = ARNParts(text) else { return nil }
    let account = String(arn.account)
    let partition = String(arn.partition)
    func principal(_ kind: RequestPrincipal.Kind) -> RequestPrincipal {
      RequestPrincipal(kind, account: account, partition: partition)
    }
    let parts = arn.resource.split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.count > 1 ? String(parts[1]) : ""
    switch (arn.service, parts[0]) {
    case ("iam", "root") where parts.count == 1:
      self.init(principal(.root), hasIdentityPolicies: true)
    case ("iam", "user") where !rest.isEmpty:
      self.init(principal(.user(.literal(text))), hasIdentityPolicies: true)
    case ("iam", "role") where !rest.isEmpty:
      self.init(
        principal(.roleSession(role: .literal(text), session: nil)), hasIdentityPolicies: true)
    case ("iam", "saml-provider"), ("iam", "oidc-provider"):
      self.init(principal(.federated(text)), hasIdentityPolicies: false)
    case ("sts", "assumed-role"):
      let names = rest.split(separator: "/", omittingEmptySubsequences: false)
      guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
      let role = "arn:\(partition):iam::\(account):role/\(names[0])"
      self.init(
        principal(.roleSession(role: .literal(role), session: String(names[1]))),
        hasIdentityPolicies: true, roleWithoutPath: String(names[0]))
    case ("sts", "federated-user") where !rest.isEmpty:
      self.init(principal(.federated(text)), hasIdentityPolicies: true)
    default: return nil
    }
  }

  /// Names that are no ARN: services, identity providers, and `*` for somebody unknown to AWS.
  private init?(name: String) {
    if name == "*" {
      self.init(RequestPrincipal(.anonymous, account: nil), hasIdentityPolicies: false)
      return
    }
    let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isNameByte) })
    else { return nil }
    let isService =
      (name.hasSuffix(".amazonaws.com") || name.hasSuffix(".amazonaws.com.cn"))
      && name != "cognito-identity.amazonaws.com"
    self.init(
      isService ? .service(name) : RequestPrincipal(.federated(name), account: nil),
      hasIdentityPolicies: false)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// The principal, with the role's path where a policy tells it: a session's ARN drops it, and role
  /// names are unique in an account whatever their path (IAM User Guide, "IAM identifiers").
  func principal(knowing roles: [CachedPolicy.RoleName]) -> RequestPrincipal {
    guard let name = roleWithoutPath, case .roleSession(_, let session) = principal.kind,
      let role = roles.first(where: { $0.name == name && $0.account == principal.account ?? "" })
    else { return principal }
    var known = principal
    known.kind = .roleSession(role: .literal(role.arn), session: session)
    return known
  }
}
