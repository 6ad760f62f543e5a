import PolicyModel

/// The policies of one layer.
package struct PolicyGroup: Sendable {
  package var policies: [CompiledPolicy]
  /// Whether `policies` are all of the layer; otherwise more may apply.
  package var isComplete: Bool

  /// A control policy of no known level: if it has an Allow but does not allow, nobody knows
  /// whether its level does.
  package var isUnleveled: Bool

  package init(
    _ policies: [CompiledPolicy], isComplete: Bool = true, isUnleveled: Bool = false
  ) {
    self.policies = policies
    self.isComplete = isComplete
    self.isUnleveled = isUnleveled
  }

  /// The policies without what they allow to others than a role by its own name: to its account,
  /// to everyone.
  package func naming(_ role: RequestPrincipal) -> PolicyGroup {
    var group = self
    group.policies = policies.map { policy in
      policy.filtered { statement in
        guard statement.statement.effect == .allow else { return true }
        let match = statement.match(role, hasBoundary: .no, repairs: Repairs())
        if match.role != .no || match.session != .no { return true }
        return match.account == .no && match.everyone == .no
      }
    }
    return group
  }

  package static let none = PolicyGroup([])
  package static let unknown = PolicyGroup([], isComplete: false)
}

/// Which kind of policy a decision looked at.
package enum LayerKind: String, Hashable, Sendable, CaseIterable {
  case resourceControl
  case serviceControl
  case resource
  case boundary
  case session
  case identity
}

/// How the resource's own policy takes part in a decision.
package enum ResourceRule: Hashable, Sendable {
  /// In one account the resource policy or the identity policy is enough: S3.
  case either
  /// The resource policy must allow, or hand over to the account: KMS keys and role trust.
  case resourceFirst
  /// There is no resource policy: the identity policy alone decides.
  case identityOnly
}

/// Everything that decides a request: the policies by layer and what is known around them.
package struct AccessQuestion: Sendable {
  /// Permissions of the principal; nil for one that has none, such as a service.
  package var identity: PolicyGroup?
  package var resource: PolicyGroup
  package var resourceRule: ResourceRule
  /// The permissions boundary; nil where none is attached.
  package var boundary: PolicyGroup?
  /// Session policies; nil where the session has none.
  package var session: PolicyGroup?
  /// Service control policies by level; empty where there are none.
  package var serviceControl: [PolicyGroup]
  /// Resource control policies by level; empty where there are none.
  package var resourceControl: [PolicyGroup]
  /// Whether the principal's account is the organization's management account.
  package var principalIsManagement: Certainty
  /// Whether the resource's account is the organization's management account.
  package var resourceIsManagement: Certainty
  /// Whether principal and resource belong to one account.
  package var isSameAccount: Certainty
  package var repairs: Repairs

  package init(
    identity: PolicyGroup?, resource: PolicyGroup, resourceRule: ResourceRule,
    isSameAccount: Certainty
  ) {
    self.identity = identity
    self.resource = resource
    self.resourceRule = resourceRule
    self.isSameAccount = isSameAccount
    boundary = nil
    session = nil
    serviceControl = []
    resourceControl = []
    principalIsManagement = .no
    resourceIsManagement = .no
    repairs = Repairs()
  }
}

/// What is known of one level of a layer about a request.
package struct LevelResult: Sendable {
  package let kind: LayerKind
  /// The level's position for control policies; 0 for other layers.
  package let level: Int
  package let statements: [StatementResult]
  package let isComplete: Bool
  let isUnleveled: Bool

  /// Whether a Deny applies.
  package var deny: Bounds { bounds(for: .deny) { $0.applies } }

  /// Whether an Allow applies, in the ways that count.
  package func allow(_ applies: (StatementResult) -> Bounds) -> Bounds {
    bounds(for: .allow, applies)
  }

  private func bounds(for effect: Effect, _ applies: (StatementResult) -> Bounds) -> Bounds {
    // A layer that may hold more than is known may hold anything.
    var result = isComplete ? Bounds.no : .perhaps
    for statement in statements {
      switch statement.statement.statement.effect {
      case effect: result.formUnion(applies(statement))
      case nil: result.formUnion(applies(statement) && .perhaps)
      case .allow, .deny: continue
      }
    }
    return result
  }
}

/// What all layers say of a request.
package struct AccessResult: Sendable {
  package let levels: [LevelResult]
  /// Whether the request is allowed.
  package let allowed: Bounds
  /// Whether a Deny ends it.
  package let denied: Bounds
}

extension AccessQuestion {
  private var hasBoundary: Certainty { boundary == nil ? .no : .yes }

  /// Decides a request, or a family of requests as a formula about its free string.
  package func evaluate(_ request: Request, isThorough: Bool = false) -> AccessResult {
    var levels: [LevelResult] = []
    func level(_ kind: LayerKind, _ group: PolicyGroup, _ position: Int = 0) -> LevelResult {
      var statements: [StatementResult] = []
      statements.reserveCapacity(group.policies.reduce(0) { $0 + $1.statements.count })
      var isComplete = group.isComplete
      for policy in group.policies {
        isComplete = isComplete && policy.isComplete
        for statement in policy.statements {
          statements.append(
            statement.evaluate(
              request, hasBoundary: hasBoundary, repairs: repairs, isThorough: isThorough))
        }
      }
      let result = LevelResult(
        kind: kind, level: position, statements: statements, isComplete: isComplete,
        isUnleveled: group.isUnleveled)
      levels.append(result)
      return result
    }
    let resourceControlLevels = resourceControl.enumerated().map { level(.resourceControl, $1, $0) }
    let serviceControlLevels = serviceControl.enumerated().map { level(.serviceControl, $1, $0) }
    let resourceLevel = level(.resource, resource)
    let boundaryLevel = boundary.map { level(.boundary, $0) }
    let sessionLevel = session.map { level(.session, $0) }
    let identityLevel = identity.map { level(.identity, $0) }

    let sparesPrincipal = spares(request.principal, .serviceControl).bounds
    let sparesResource = spares(request.principal, .resourceControl).bounds
    var denied = resourceLevel.deny
    for level in [boundaryLevel, sessionLevel, identityLevel] {
      if let level { denied = denied || level.deny }
    }
    for level in serviceControlLevels { denied = denied || (level.deny && !sparesPrincipal) }
    for level in resourceControlLevels { denied = denied || (level.deny && !sparesResource) }

    let serviceControlAllows =
      serviceControlLevels.isEmpty
      ? Bounds.yes : sparesPrincipal || serviceControlAllow(serviceControlLevels)
    let limits = [boundaryLevel, sessionLevel].reduce(Bounds.yes) { limits, level in
      level.map { level in limits && level.allow { $0.applies } } ?? limits
    }
    let core = grants(resourceLevel, identityLevel, limits, to: request.principal)
    return AccessResult(
      levels: levels, allowed: !denied && serviceControlAllows && core, denied: denied)
  }

  /// Whether a layer's policies are not about a principal or a resource at all: control policies
  /// spare the management account.
  func spares(_ principal: RequestPrincipal, _ layer: LayerKind) -> Certainty {
    switch layer {
    case .serviceControl:
      identity == nil && principal.isOfNoAccount || principal.isServiceLinkedRole
        ? .yes : principalIsManagement
    case .resourceControl: principal.isServiceLinkedRole ? .yes : resourceIsManagement
    case .resource, .boundary, .session, .identity: .no
    }
  }

  /// Every level must allow. (`RCPFullAWSAccess` cannot be detached, so that resource control
  /// policies only ever deny.)
  private func serviceControlAllow(_ levels: [LevelResult]) -> Bounds {
    var result = Bounds.yes
    for level in levels {
      if level.isUnleveled, level.isComplete,
        !level.statements.contains(where: { $0.statement.statement.effect != .deny })
      {
        continue
      }
      let allow = level.allow { $0.applies }
      result =
        result && (level.isUnleveled ? Bounds(must: allow.must, may: .constant(true)) : allow)
    }
    return result
  }

  /// What the policies grant, before any Deny.
  private func grants(
    _ resource: LevelResult, _ identity: LevelResult?, _ limits: Bounds,
    to principal: RequestPrincipal
  ) -> Bounds {
    // The root user has full access, and no identity policies (IAM User Guide, "How AWS
    // enforcement code logic evaluates requests to allow or deny access").
    let isRoot = principal.kind == .root
    let identityAllows = isRoot ? .yes : identity?.allow { $0.applies } ?? .no
    func resourceAllows(_ ways: (PrincipalMatch) -> Certainty) -> Bounds {
      resource.allow { ways($0.principal).bounds && $0.rest }
    }
    let direct = { resourceAllows { $0.session || $0.everyone || $0.service } }
    let inOneAccount: () -> Bounds = {
      switch resourceRule {
      case .identityOnly: identityAllows && limits
      case .either:
        direct() || ((resourceAllows { $0.role } || identityAllows) && limits)
      case .resourceFirst:
        direct()
          || ((resourceAllows { $0.role } || (resourceAllows { $0.account } && identityAllows))
            && limits)
      }
    }
    let acrossAccounts: () -> Bounds = {
      if resourceRule == .identityOnly { return identityAllows && limits }
      // A service in its own name has no identity policies: the resource policy alone decides.
      guard isRoot || identity != nil else { return direct() }
      return resourceAllows { $0.anyWay } && identityAllows && limits
    }
    switch isSameAccount {
    case .yes: return inOneAccount()
    case .no: return acrossAccounts()
    case .perhaps:
      // One of both worlds is true: what holds in both is certain, what holds in one is possible.
      let same = inOneAccount()
      let across = acrossAccounts()
      return Bounds(must: same.must && across.must, may: same.may || across.may)
    }
  }
}

extension RequestPrincipal {
  /// Whether no account's service control policies are about it (AWS Organizations User Guide,
  /// "Service control policies (SCPs)": they are about users and roles of member accounts).
  fileprivate var isOfNoAccount: Bool {
    switch kind {
    case .service, .anonymous: true
    case .roleSession, .user, .root, .federated: false
    }
  }

  /// Whether it is a role that a service made for itself: control policies "don't affect any
  /// service-linked role" (AWS Organizations User Guide, "Service control policies (SCPs)" and
  /// "Resource control policies (RCPs)").
  fileprivate var isServiceLinkedRole: Bool {
    guard case .roleSession(.literal(let role), _) = kind, let name = ARNParts(role)?.resource
    else {
      return false
    }
    return name.utf8.starts(with: "role/aws-service-role/".utf8)
  }
}
