import Authorization
import PolicyModel

/// Everything that decides a request, for the plain evaluator.
struct PlainQuestion: Sendable {
  enum Rule: Sendable {
    /// S3: one of both policies is enough in one account.
    case either
    /// KMS and trust: the resource policy must allow, or hand over to the account.
    case resourceFirst
    case identityOnly
  }

  enum Who: Sendable {
    case service(String)
    case session(role: String, name: String?)
    case user(String)
    case root
    case federated(String)
    case anonymous
  }

  var who: Who
  var account: String?
  var action: String
  var resource: String
  var context: PlainContext
  var rule: Rule
  var isSameAccount: Answer
  var identity: [PlainPolicy]?
  var resourcePolicies: [PlainPolicy]
  var boundary: [PlainPolicy]?
  var session: [PlainPolicy]?
  var serviceControl: [[PlainPolicy]]
  var resourceControl: [[PlainPolicy]]
  var principalIsManagement: Answer
  var resourceIsManagement: Answer
}

/// In which ways a statement of a resource policy names whoever asks.
private struct PlainNaming {
  var direct = Answer.no
  var role = Answer.no
  var account = Answer.no

  var anyhow: Answer { .any([direct, role, account]) }
}

extension PlainQuestion {
  /// Whether the request is allowed: IAM User Guide, "How AWS enforcement code logic evaluates
  /// requests to allow or deny access" and "Cross-account policy evaluation logic".
  var isAllowed: Answer {
    // "An explicit deny overrides an explicit allow."
    let isServiceOrAnonymous: Bool
    switch who {
    case .service, .anonymous: isServiceOrAnonymous = true
    case .session, .user, .root, .federated: isServiceOrAnonymous = false
    }
    let own = [identity ?? [], boundary ?? [], session ?? [], resourcePolicies].flatMap { $0 }
    // Service control policies are about users and roles of member accounts.
    let controlsPrincipal: Answer = isServiceOrAnonymous ? .no : principalIsManagement.not
    let denies = Answer.any([
      denied(by: own),
      .all([controlsPrincipal, denied(by: serviceControl.flatMap { $0 })]),
      .all([resourceIsManagement.not, denied(by: resourceControl.flatMap { $0 })]),
    ])
    let levels =
      serviceControl.isEmpty
      ? Answer.yes : .any([controlsPrincipal.not, .all(serviceControl.map { allowed(by: $0) })])
    let granted: Answer
    switch isSameAccount {
    case .yes: granted = grantedInOneAccount
    case .no: granted = grantedAcrossAccounts
    case .open: granted = .oneOf([grantedInOneAccount, grantedAcrossAccounts])
    }
    return .all([denies.not, levels, granted])
  }

  /// What boundary and session policy leave over.
  private var limits: Answer {
    .all([boundary, session].compactMap { $0 }.map { allowed(by: $0) })
  }

  private var identityAllows: Answer {
    // The root user has full access without any policy.
    if case .root = who { return .yes }
    return allowed(by: identity ?? [])
  }

  private var grantedInOneAccount: Answer {
    let direct = resourceAllows(\.direct)
    let byRole = resourceAllows(\.role)
    switch rule {
    case .identityOnly: return .all([identityAllows, limits])
    case .either: return .any([direct, .all([.any([byRole, identityAllows]), limits])])
    case .resourceFirst:
      let delegated = Answer.all([resourceAllows(\.account), identityAllows])
      return .any([direct, .all([.any([byRole, delegated]), limits])])
    }
  }

  private var grantedAcrossAccounts: Answer {
    if rule == .identityOnly { return .all([identityAllows, limits]) }
    if identity == nil, case .root = who {
    } else if identity == nil {
      return resourceAllows(\.direct)
    }
    return .all([resourceAllows(\.anyhow), identityAllows, limits])
  }

  private func resourceAllows(_ way: (PlainNaming) -> Answer) -> Answer {
    .any(
      resourcePolicies.flatMap { policy in
        policy.statements.filter(\.isAllow).map { statement in
          .all([way(naming(statement)), applies(statement, of: policy)])
        }
      })
  }

  private func allowed(by policies: [PlainPolicy]) -> Answer { said(by: policies, isAllow: true) }

  private func denied(by policies: [PlainPolicy]) -> Answer { said(by: policies, isAllow: false) }

  private func said(by policies: [PlainPolicy], isAllow: Bool) -> Answer {
    .any(
      policies.flatMap { policy in
        policy.statements.filter { $0.isAllow == isAllow }.map { statement in
          .all([naming(statement).anyhow, applies(statement, of: policy)])
        }
      })
  }
}

// MARK: - Statements

extension PlainQuestion {
  /// Whether everything but the principal applies.
  private func applies(_ statement: PlainStatement, of policy: PlainPolicy) -> Answer {
    let isNew = policy.isNew
    // Actions are alike in any case, and take wildcards anywhere.
    let asked = Array(action.lowercased().unicodeScalars)
    let isListed = Answer.any(
      statement.actions.map { name in
        plainPieces(name.lowercased(), .wildcards, isNew: false, context)
          .map { plainAnswer($0, asked) } ?? .no
      })
    let text = Array(resource.unicodeScalars)
    var missesVariable = false
    func answer(_ pattern: String) -> Answer {
      guard let pieces = plainPieces(pattern, .resource, isNew: isNew, context) else {
        missesVariable = true
        return .no
      }
      return plainAnswer(pieces, text)
    }
    var isAbout = Answer.any(
      statement.resources.map { pattern in
        // An ARN has six parts; what it lacks is `*` in some policies, and perhaps in others.
        let lacking = 6 - pattern.split(separator: ":", omittingEmptySubsequences: false).count
        guard pattern.hasPrefix("arn:"), lacking > 0 else { return answer(pattern) }
        let completed = answer(pattern + String(repeating: ":*", count: lacking))
        let written = answer(pattern)
        return policy.completesARNs
          ? .any([completed, .all([written, .open])]) : .any([written, .all([completed, .open])])
      })
    if statement.excludesResources {
      // What a variable without a value excludes is described in two ways.
      if missesVariable, isAbout == .no { isAbout = .open }
      isAbout = isAbout.not
    }
    return .all(
      [statement.excludesActions ? isListed.not : isListed, isAbout]
        + statement.conditions.map { plainHolds($0, isNew: isNew, context) })
  }

  private func naming(_ statement: PlainStatement) -> PlainNaming {
    // An identity policy is about whoever has it.
    guard let principals = statement.principals else { return PlainNaming(direct: .yes) }
    let namings = principals.map { naming($0, isAllow: statement.isAllow) }
    let together = PlainNaming(
      direct: .any(namings.map(\.direct)), role: .any(namings.map(\.role)),
      account: .any(namings.map(\.account)))
    guard statement.excludesPrincipals else { return together }
    return PlainNaming(direct: isExcluded(by: principals, together).not)
  }

  /// IAM User Guide, "AWS JSON policy elements: NotPrincipal" (with Deny).
  private func isExcluded(by principals: [PlainStatement.Who], _ naming: PlainNaming) -> Answer {
    switch who {
    case .service: return naming.direct
    case .anonymous, .federated, .root, .session, .user: break
    }
    if boundary != nil { return .no }
    if principals.contains(where: { $0.kind == "*" }) { return .yes }
    if naming.anyhow == .no { return .no }
    if case .root = who { return naming.account }
    let isNamed = Answer.any([naming.direct, naming.role])
    return isNamed == .yes && naming.account == .yes ? .yes : .open
  }

  /// IAM User Guide, "AWS JSON policy elements: Principal".
  private func naming(_ item: PlainStatement.Who, isAllow: Bool) -> PlainNaming {
    switch item.kind {
    case "*": return PlainNaming(direct: .yes)
    case "Service":
      guard case .service(let name) = who else { return PlainNaming() }
      return PlainNaming(direct: Answer(name == item.name))
    case "Federated":
      guard case .federated(let name) = who else { return PlainNaming() }
      return PlainNaming(direct: Answer(name == item.name))
    case "CanonicalUser":
      switch who {
      case .service, .anonymous: return PlainNaming()
      // An account, but nobody knows which.
      case .session, .user, .root, .federated: return PlainNaming(account: .open)
      }
    default: break
    }
    switch who {
    case .service, .anonymous: return PlainNaming()
    case .session, .user, .root, .federated: break
    }
    if item.name.count == 12, item.name.allSatisfy(\.isNumber) {
      return PlainNaming(account: account.map { Answer($0 == item.name) } ?? .open)
    }
    let parts = item.name.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6 else { return PlainNaming() }
    if parts[2] == "iam", parts[5] == "root" {
      return PlainNaming(account: account.map { Answer($0 == parts[4]) } ?? .open)
    }
    switch who {
    case .user(let arn): return PlainNaming(direct: Answer(arn == item.name))
    case .federated(let arn): return PlainNaming(direct: Answer(arn == item.name))
    case .session(let role, let name):
      if role == item.name { return PlainNaming(role: .yes) }
      let roleParts = role.split(separator: ":")
      let roleName = role.split(separator: "/").last ?? ""
      let prefix = "arn:aws:sts::\(roleParts[3]):assumed-role/\(roleName)/"
      guard item.name.hasPrefix(prefix) else { return PlainNaming() }
      guard let name else { return PlainNaming(direct: isAllow ? .no : .open) }
      return PlainNaming(direct: Answer(item.name == prefix + name))
    case .service, .root, .anonymous: return PlainNaming()
    }
  }
}
