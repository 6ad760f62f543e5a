import Authorization
import PolicyModel

/// The policies of a document, ready, with the names that answers give them.
struct Layers {
  /// A policy in its place.
  struct Attached {
    var policy: CachedPolicy
    var id: SourcePolicyID
  }

  /// The policies of one layer, or of one level of it.
  struct Level {
    var kind: LayerKind
    var position: Int
    var policies: [Attached]

    var group: PolicyGroup { PolicyGroup(policies.map(\.policy.compiled)) }
  }

  /// The levels in the order in which answers list their statements.
  private(set) var levels: [Level] = []
  private(set) var question: AccessQuestion
  /// The roles that policies about the resource name.
  private(set) var roles: [CachedPolicy.RoleName] = []

  init(
    _ input: SimulationInput, caller: Caller, type: ResourcePolicyType?, isSameAccount: Bool,
    cache: inout PolicyCache
  ) throws(InputProblem) {
    // Without a resource policy, the caller's own account decides by identity policies alone, as
    // AWS's simulator does; another account has granted nothing.
    let hasResourcePolicy = input.resourcePolicy != nil
    question = AccessQuestion(
      identity: nil, resource: .none,
      resourceRule: hasResourcePolicy || !isSameAccount ? type.rule : .identityOnly,
      isSameAccount: isSameAccount ? .yes : .no)
    if caller.hasIdentityPolicies {
      question.identity = append(try Level(.identity, 0, input.identity, .identity, &cache))
    } else if let policy = input.identity.first {
      throw InputProblem(
        "the caller has no identity policies", at: policy.node,
        help: "only users, roles and their sessions have; leave `PolicyInputList` empty")
    }
    if let policy = input.resourcePolicy {
      question.resource = append(try Level(.resource, 0, [policy], type.kind, &cache))
    }
    if let boundary = input.boundary {
      question.boundary = append(try Level(.boundary, 0, boundary, .boundary, &cache))
    }
    if let session = input.session {
      question.session = append(try Level(.session, 0, session, .session, &cache))
    }
    try appendOrganizationPolicies(of: input, caller, &cache)
  }

  private mutating func appendOrganizationPolicies(
    of input: SimulationInput, _ caller: Caller, _ cache: inout PolicyCache
  ) throws(InputProblem) {
    // AWS Organizations User Guide, "Service control policies (SCPs)": they limit users and roles
    // of accounts, not services.
    if caller.hasIdentityPolicies {
      for (position, policies) in input.serviceControl.enumerated() {
        let level = try Level(.serviceControl, position, policies, .serviceControl, &cache)
        question.serviceControl.append(append(level))
      }
    }
    for (position, policies) in input.resourceControl.enumerated() {
      let level = try Level(.resourceControl, position, policies, .resourceControl, &cache)
      question.resourceControl.append(append(level))
    }
  }

  private mutating func append(_ level: Level) -> PolicyGroup {
    levels.append(level)
    switch level.kind {
    case .resource, .resourceControl:
      for attached in level.policies { roles += attached.policy.roles }
    case .serviceControl, .boundary, .session, .identity: break
    }
    return level.group
  }
}

extension Layers.Level {
  fileprivate init(
    _ kind: LayerKind, _ position: Int, _ policies: [SimulationInput.PolicyNode],
    _ policyKind: PolicyKind, _ cache: inout PolicyCache
  ) throws(InputProblem) {
    self.init(kind: kind, position: position, policies: [])
    self.policies.reserveCapacity(policies.count)
    for policy in policies {
      self.policies.append(
        Layers.Attached(policy: try cache.policy(policy.node, as: policyKind), id: policy.id))
    }
  }
}

extension Layers {
  /// Visits every statement that was judged and that stands in a document.
  func forEachStatement(
    of result: AccessResult,
    _ body: (StatementResult, SourcePolicyID, CachedPolicy.StatementNotes) -> Void
  ) {
    for level in levels {
      guard
        let judged = result.levels.first(where: {
          $0.kind == level.kind && $0.level == level.position
        })
      else { continue }
      var position = 0
      for attached in level.policies {
        for notes in attached.policy.notes {
          body(judged.statements[position], attached.id, notes)
          position += 1
        }
      }
    }
  }
}
