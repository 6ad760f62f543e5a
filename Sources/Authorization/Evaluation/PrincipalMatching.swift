import PolicyModel

/// How a statement of a resource policy names the one who asks; each way grants differently.
///
/// IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access",
/// "Evaluating identity-based policies with resource-based policies".
package struct PrincipalMatch: Sendable, Hashable {
  /// By the session itself, or a user: not limited by a boundary or session policy.
  package var session = Certainty.no
  /// By the role: limited by boundary and session policy.
  package var role = Certainty.no
  /// By the account, which hands the decision to the identity policies.
  package var account = Certainty.no
  /// By `*`.
  package var everyone = Certainty.no
  /// By the name of the service that asks.
  package var service = Certainty.no

  /// Whether it names the one who asks in any way.
  package var anyWay: Certainty { session || role || account || everyone || service }

  fileprivate mutating func formUnion(_ other: PrincipalMatch) {
    session = session || other.session
    role = role || other.role
    account = account || other.account
    everyone = everyone || other.everyone
    service = service || other.service
  }

  fileprivate static func everyWay(_ certainty: Certainty) -> PrincipalMatch {
    PrincipalMatch(everyone: certainty)
  }
}

extension CompiledStatement {
  /// How the statement names a principal.
  ///
  /// `hasBoundary` says whether a permissions boundary is attached to the principal, which changes
  /// what `NotPrincipal` denies.
  func match(
    _ principal: RequestPrincipal, hasBoundary: Certainty, repairs: Repairs
  ) -> PrincipalMatch {
    guard let clause = statement.principals else {
      // Without Principal, a resource policy's statement is flawed; an identity policy's is about
      // whoever has the policy.
      return .everyWay(kind.namesPrincipals ? .perhaps : .yes)
    }
    guard kind.namesPrincipals else { return .everyWay(.perhaps) }
    var match = PrincipalMatch()
    for (index, item) in principals.enumerated() {
      if repairs.contains(id, .principal(index)) {
        match.formUnion(PrincipalMatch(role: .yes, service: .yes))
      } else {
        match.formUnion(principal.match(item, isDeny: statement.effect != .allow))
      }
    }
    return clause.isNegated ? complement(match, principal, hasBoundary) : match
  }

  /// IAM User Guide, "AWS JSON policy elements: NotPrincipal": a Deny with it hits every principal
  /// that has a boundary, and a role session unless the role, the session and the account are listed.
  private func complement(
    _ match: PrincipalMatch, _ principal: RequestPrincipal, _ hasBoundary: Certainty
  ) -> PrincipalMatch {
    if statement.effect == .allow { return .everyWay(.perhaps) }
    switch principal.kind {
    case .service:
      return .everyWay(match.anyWay == .yes ? .no : match.anyWay == .no ? .yes : .perhaps)
    case .roleSession, .user, .root, .federated, .anonymous: break
    }
    if hasBoundary == .yes { return .everyWay(.yes) }
    if match.everyone == .yes { return .everyWay(hasBoundary == .no ? .no : .perhaps) }
    if match.anyWay == .no { return .everyWay(.yes) }
    // The ARN of an account is the ARN of its root user.
    if case .root = principal.kind, match.account == .yes { return .everyWay(.no) }
    let isListed = (match.role || match.session) == .yes && match.account == .yes
    return .everyWay(isListed && hasBoundary == .no ? .no : .perhaps)
  }
}

/// A principal that a statement names, taken apart once.
struct CompiledPrincipal: Sendable {
  /// An ARN's parts.
  struct Name: Sendable {
    let partition: String
    let service: String
    let account: String
    let resource: String
  }

  let kind: PrincipalItem.Kind
  let text: PolicyText
  /// The text with references encoded: the same reference is the same text.
  let written: String
  let holdsReference: Bool
  /// Whether a part of it is not known at all.
  let holdsUnknown: Bool
  /// Nil for what is no ARN.
  let name: Name?

  init(_ item: PrincipalItem) {
    kind = item.kind
    text = item.text
    written = item.text.encoded
    holdsReference = written.holdsReference
    holdsUnknown =
      if case .segments(let segments) = item.text { segments.contains(where: \.isUnknown) } else {
        false
      }
    name = ARNParts(written).map {
      Name(
        partition: String($0.partition), service: String($0.service), account: String($0.account),
        resource: String($0.resource))
    }
  }
}

extension RequestPrincipal {
  fileprivate func match(_ item: CompiledPrincipal, isDeny: Bool) -> PrincipalMatch {
    switch item.kind {
    case .everyone: return PrincipalMatch(everyone: .yes)
    case .service:
      guard case .service(let name) = kind else { return PrincipalMatch() }
      guard let wanted = item.text.literal else { return PrincipalMatch(service: .perhaps) }
      return PrincipalMatch(service: wanted == name ? .yes : .no)
    case .canonicalUser:
      // A canonical id names an account; which one, the policy does not say.
      switch kind {
      case .service, .anonymous: return PrincipalMatch()
      case .roleSession, .user, .root, .federated: return PrincipalMatch(account: .perhaps)
      }
    case .federated:
      guard case .federated(let name) = kind else { return PrincipalMatch() }
      guard let wanted = item.text.literal else { return PrincipalMatch(session: .perhaps) }
      return PrincipalMatch(session: wanted == name ? .yes : .no)
    case .aws: return matchAWS(item, isDeny: isDeny)
    }
  }

  private func matchAWS(_ item: CompiledPrincipal, isDeny: Bool) -> PrincipalMatch {
    switch kind {
    case .service, .anonymous: return PrincipalMatch()
    case .roleSession, .user, .root, .federated: break
    }
    if item.holdsUnknown { return PrincipalMatch(role: .perhaps, account: .perhaps) }
    if case .roleSession(let role, _) = kind, role == item.text {
      return PrincipalMatch(role: .yes)
    }
    if case .user(let user) = kind, user == item.text { return PrincipalMatch(session: .yes) }
    guard let arn = item.name else { return matchAccount(item) }
    if let partition, compare(arn.partition, partition) == .no { return PrincipalMatch() }
    let isSameAccount = account.map { compare(arn.account, $0) } ?? .perhaps
    if arn.service == "iam", arn.resource == "root" {
      return PrincipalMatch(account: isSameAccount)
    }
    switch kind {
    case .roleSession(let role, let session):
      if arn.service == "sts" {
        // A role's own ARN says whose it is.
        let own = role.literal.flatMap { ARNParts($0) }.map { String($0.account) }
        return PrincipalMatch(
          session: matchSession(arn, role, session, isDeny: isDeny)
            && (own.map { compare(arn.account, $0) } ?? isSameAccount))
      }
      // Where a part of either is a reference, nobody knows whether it is this role.
      let isRole = arn.resource.hasPrefix("role/") || arn.resource.holdsReference
      guard isRole, arn.service == "iam", isSameAccount != .no,
        item.holdsReference || role.literal == nil
      else { return PrincipalMatch() }
      return PrincipalMatch(role: mayEqual(item.text, role) ? .perhaps : .no)
    case .federated(let name): return PrincipalMatch(session: name == item.written ? .yes : .no)
    case .user, .root, .anonymous, .service: return PrincipalMatch()
    }
  }

  /// A principal that is an account's number, or a reference to something.
  private func matchAccount(_ item: CompiledPrincipal) -> PrincipalMatch {
    let written = item.written
    let isNumber = written.utf8.count == 12 && written.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    if isNumber { return PrincipalMatch(account: account.map { compare(written, $0) } ?? .perhaps) }
    guard item.holdsReference else { return PrincipalMatch() }
    if let account, account == written { return PrincipalMatch(account: .yes) }
    return PrincipalMatch(role: .perhaps, account: .perhaps)
  }

  /// Whether two names that may hold references are the same.
  private func compare(_ left: String, _ right: String) -> Certainty {
    if left == right { return .yes }
    return left.holdsReference || right.holdsReference ? .perhaps : .no
  }

  /// Whether two texts are the same for some values of their references.
  private func mayEqual(_ left: PolicyText, _ right: PolicyText) -> Bool {
    var references = ReferenceTable()
    let template = PatternTemplate(
      left, syntax: .literal, allowsVariables: false, references: &references)
    let context = RequestContext(unlisted: .absent)
    guard let pattern = template.pattern(in: context) else { return false }
    return Bounds.match(pattern, references.requestText(right)).may == .constant(true)
  }

  /// A role session's ARN names the role without its path, and the session.
  private func matchSession(
    _ arn: CompiledPrincipal.Name, _ role: PolicyText, _ session: String?, isDeny: Bool
  ) -> Certainty {
    let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "assumed-role",
      let name = role.literal?.split(separator: "/").last, parts[1] == name
    else { return .no }
    guard let session else {
      // Nobody knows what CloudTrail will call its session: no grant rests on it, a Deny may hit it.
      return isDeny ? .perhaps : .no
    }
    return parts[2] == session ? .yes : .no
  }
}

extension PolicyText.Segment {
  fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
