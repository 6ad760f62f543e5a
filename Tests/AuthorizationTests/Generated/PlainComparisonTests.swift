import PolicyModel
import Testing

@testable import Authorization

extension Answer {
  fileprivate var certainty: Certainty {
    switch self {
    case .no: .no
    case .open: .perhaps
    case .yes: .yes
    }
  }
}

extension PlainKey {
  fileprivate var contextValue: ContextValue {
    let presence: ContextValue.Presence =
      switch self.presence {
      case .present: .present
      case .absent: .absent
      case .unknown: .unknown
      }
    let values: ContextValue.Values =
      switch self.values {
      case .all(let texts): .exactly(texts.map { RequestText($0) })
      case .one(let texts): .oneOf(texts.map { RequestText($0) })
      case .any: .anything
      }
    return ContextValue(presence, values, isMultivalued: isMultivalued)
  }
}

extension PlainQuestion {
  private var kind: PolicyKind {
    switch rule {
    case .either: .bucket
    case .resourceFirst: .key
    case .identityOnly: .identity
    }
  }

  /// The same policies for the real evaluator.
  func layers() -> Layers {
    func sources(_ policies: [PlainPolicy]) -> [PolicySource] {
      policies.map { PolicySource(stringLiteral: $0.json) }
    }
    return Layers(
      identity: identity.map(sources), resource: sources(resourcePolicies), kind: kind,
      boundary: boundary.map(sources), session: session.map(sources),
      serviceControl: serviceControl.map(sources), resourceControl: resourceControl.map(sources),
      isSameAccount: isSameAccount.certainty,
      principalIsManagement: principalIsManagement.certainty,
      resourceIsManagement: resourceIsManagement.certainty)
  }

  var asked: Request {
    let principal: RequestPrincipal.Kind =
      switch who {
      case .service(let name): .service(name)
      case .session(let role, let name): .roleSession(role: .literal(role), session: name)
      case .user(let arn): .user(.literal(arn))
      case .root: .root
      case .federated(let name): .federated(name)
      case .anonymous: .anonymous
      }
    var keys = RequestContext(unlisted: context.unlisted.contextValue)
    for (name, key) in context.keys { keys[name] = key.contextValue }
    return Request(
      principal: RequestPrincipal(principal, account: account), action: action,
      resource: resource, context: keys)
  }
}

@Suite struct `A second evaluator, plain and slow` {
  static let slices = Slice.all(Effort.count(5_000, full: 200_000))

  /// Compares both on generated questions: the same answer, and no answer that one of the worlds
  /// left open by unknown keys contradicts.
  @Test(arguments: slices)
  func `Both evaluators answer alike`(_ slice: Slice) throws {
    var answers: [Answer: Int] = [:]
    var flawed = 0
    for seed in slice.seeds {
      var generator = QuestionGenerator(seed: seed)
      let plain = generator.question()
      let question = try plain.layers().question()
      guard question.isWellFormed else {
        flawed += 1
        continue
      }
      let wanted = plain.isAllowed
      let result = question.evaluate(plain.asked)
      answers[wanted, default: 0] += 1
      guard result.allowed.certainty == wanted.certainty else {
        Issue.record("seed \(seed): plainly \(wanted), not \(result.allowed)\n\(plain)")
        return
      }
      let world = generator.world(of: plain)
      let inWorld = world.isAllowed
      let contradicts =
        wanted == .yes && inWorld == .no || wanted == .no && inWorld == .yes
      if contradicts {
        Issue.record("seed \(seed): \(wanted) for all, \(inWorld) in the world \(world)\n\(plain)")
        return
      }
    }
    // The generator must make all kinds of questions, and few that AWS would not take.
    let count = slice.seeds.count
    #expect(flawed < count / 20)
    for answer: Answer in [.yes, .no, .open] {
      #expect(answers[answer, default: 0] > count / 20, "\(answer): \(answers)")
    }
  }
}

extension AccessQuestion {
  /// Whether no statement has a flaw.
  var isWellFormed: Bool {
    let optional = [identity, boundary, session].compactMap { $0 }
    return (optional + [resource] + serviceControl + resourceControl).allSatisfy { group in
      group.policies.allSatisfy { $0.policy.statements.allSatisfy(\.isWellFormed) }
    }
  }
}

extension PlainQuestion: CustomStringConvertible {
  var description: String {
    func text(_ policies: [PlainPolicy]?) -> String {
      policies.map { $0.map(\.json).joined(separator: "\n    ") } ?? "none"
    }
    let keys = context.keys.sorted { $0.key < $1.key }.map { name, key in
      "\(name): \(key.presence) \(key.values)\(key.isMultivalued ? " (many)" : "")"
    }
    return """
      \(who) of \(account ?? "?"), \(action) on \(resource), \(rule), one account: \(isSameAccount)
      \(keys.joined(separator: "; ")); others: \(context.unlisted.presence)
      identity: \(text(identity))
      resource: \(text(resourcePolicies))
      boundary: \(text(boundary))
      session: \(text(session))
      control: \(serviceControl.map { text($0) }), management: \(principalIsManagement)
      resource control: \(resourceControl.map { text($0) }), management: \(resourceIsManagement)
      """
  }
}
