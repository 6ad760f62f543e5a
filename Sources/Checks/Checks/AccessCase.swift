import Authorization
import Evidence
import PolicyModel

/// One access that a copy needs, or that a team rules out: who decides it, and the requests it
/// stands for.
struct AccessCase {
  /// What a rule wants.
  enum Expectation: Hashable {
    case allowed
    /// No request may be allowed; the rule's summary says why.
    case denied(RuleID, summary: String)
  }

  /// What the access is to.
  enum Resource: Hashable {
    case role
    case bucket
    case objects
    /// By its position in the plan.
    case key(Int)
    /// The event data store's own key.
    case storeKey
    /// The account, for an action of whoever starts the import that has no resource types.
    case account
    /// The role, which whoever starts the import passes.
    case passedRole
    /// Something that is no part of the copy, whose own policy nobody knows.
    case elsewhere(isForCaller: Bool)

    /// Whether the request is made by whoever starts the import.
    var isForCaller: Bool {
      switch self {
      case .account, .passedRole: true
      case .elsewhere(let isForCaller): isForCaller
      case .role, .bucket, .objects, .key, .storeKey: false
      }
    }

    /// Whether CloudTrail makes the request in its own name.
    var isForService: Bool { self == .role || self == .storeKey }
  }

  var subject: String
  var resource: Resource
  var copy: CompiledCopy
  var question: AccessQuestion
  var family: RequestFamily
  var expectation = Expectation.allowed

  /// Whether a question is answered as the rule wants.
  private func answer(_ question: AccessQuestion) -> Proof {
    switch expectation {
    case .allowed: question.prove(family)
    case .denied: question.proveDenied(family)
    }
  }

  /// Proves or refutes what the rule wants, and says what an open answer hangs on.
  func decided() -> Outcome {
    switch answer(question) {
    case .proven:
      var outcome = Outcome(subject: subject, status: .proven, reason: provenReason)
      outcome.assumptions = assumptions
      outcome.trace = trace(family.request)
      return outcome
    case .refuted(let explanation):
      switch expectation {
      case .allowed: return violated(explanation)
      case .denied(let rule, let summary):
        return PermissionWriter(access: self, explanation: explanation)
          .outcome(rule, summary: summary, trace: trace(explanation.request))
      }
    case .open(let explanation): return undecided(explanation)
    case .tooComplex:
      var outcome = Outcome(
        subject: subject, status: .open,
        reason:
          "too complex: the patterns of the policies take more than \(Limits.searchSteps / 1_000_000) million steps to decide, or are more than \(Limits.searchPatterns)"
      )
      outcome.finding = Outcome.Draft(
        "whether `\(family.request.action)` is allowed on `\(subject)` is too complex to decide",
        at: policies.first?.node.place,
        help: "use fewer wildcards in the resources and conditions of these policies")
      return outcome
    }
  }

  private var provenReason: String {
    let word = expectation == .allowed ? "allowed" : "denied"
    switch resource {
    case .objects:
      switch family.freeString {
      case .logFileKeys: return "\(word) for every log file below the prefix"
      case .language, nil: return word
      }
    case .role, .bucket, .account, .passedRole, .storeKey, .elsewhere: return word
    case .key:
      return family.freeString == nil ? "\(word) for the bucket" : "\(word) for every log file"
    }
  }

  // MARK: Violated

  private func violated(_ explanation: Explanation) -> Outcome {
    let writer = DenialWriter(access: self, explanation: explanation)
    var outcome = Outcome(subject: subject, status: .violated, reason: writer.reason)
    outcome.counterexample = counterexample(explanation)
    outcome.evidence = evidence(explanation)
    outcome.finding = writer.draft
    outcome.causes = CauseSearch(access: self, explanation: explanation).causes()
    outcome.trace = trace(explanation.request)
    return outcome
  }

  /// What decides the counterexample.
  func evidence(_ explanation: Explanation) -> Refutation.Evidence {
    let facts = copy.plan.facts
    let owner: String? =
      switch resource {
      case .bucket, .objects: facts.bucketAccount.value
      case .key(let position):
        copy.plan.keys[position].arn.value.flatMap(ImportRequests.account(of:))
      case .storeKey: copy.plan.storeKey?.arn.value.flatMap(ImportRequests.account(of:))
      case .role, .passedRole: copy.requests.roleAccount
      case .account, .elsewhere: nil
      }
    return Refutation.Evidence(
      question, explanation,
      resourceAccount: owner.flatMap { $0.holdsReference ? nil : $0 })
  }

  func counterexample(_ explanation: Explanation) -> Requirement.Counterexample {
    let request = explanation.request
    var context: [String: String] = [:]
    for level in explanation.result.levels {
      for statement in level.statements {
        for condition in statement.statement.statement.conditions {
          guard let value = request.context[condition.key].literal else { continue }
          context[request.context.spelling(of: condition.key)] = value
        }
      }
    }
    return Requirement.Counterexample(
      principal: request.principal.name, action: request.action,
      resource: copy.requests.describe(request.resource),
      context: context.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) })
  }

  // MARK: Open

  private func undecided(_ explanation: Explanation) -> Outcome {
    let gaps = explanation.incompleteLayers.flatMap(gaps(of:))
    if !gaps.isEmpty {
      var outcome = Outcome.notChecked(
        subject, gaps.map(\.reason).unique().joined(separator: "; "),
        needs: gaps.flatMap(\.needs).unique())
      outcome.trace = trace(explanation.request)
      return outcome
    }
    if let missing = missingFact {
      return .notChecked(subject, missing.reason, needs: missing.needs)
    }
    let keys = explanation.undecidedKeys
    var needs = keys.flatMap { Self.options(for: $0, facts: copy.plan.facts) }
    if explanation.undecided.contains(where: { $0.statement.namesParameter }) {
      needs.append("--parameter")
    }
    var clauses: [String] = []
    if let relation = dependsOnRelation() {
      needs.append(relationOption)
      clauses.append(relation)
    }
    if dependsOnManagement() {
      needs.append("--management-account")
      clauses.append("control policies spare the management account, and which that is nobody said")
    }
    if clauses.isEmpty { clauses.append(OpenWriter.reason(explanation, keys)) }
    var outcome = Outcome(subject: subject, status: .open, reason: clauses.joined(separator: "; "))
    outcome.needs = needs.unique()
    outcome.dependsOn = keys
    outcome.finding = OpenWriter.draft(
      self, explanation, reason: outcome.reason, needs: outcome.needs)
    outcome.trace = trace(explanation.request)
    return outcome
  }

  private func gaps(of layer: LayerKind) -> [PolicyLayer.Gap] {
    let plan = copy.plan
    switch layer {
    case .identity: return [gap(resource.isForCaller ? plan.caller : plan.role)]
    case .resource:
      switch resource {
      case .role: return [gap(plan.trust)]
      case .bucket, .objects: return [gap(plan.bucket)]
      case .key(let position): return [gap(plan.keys[position].policy)]
      case .storeKey: return plan.storeKey.map { [gap($0.policy)] } ?? []
      case .account, .passedRole, .elsewhere: return []
      }
    case .boundary: return [gap(plan.boundary)]
    case .session: return []
    case .serviceControl:
      return plan.serviceControl.levels.compactMap(\.gap)
        + plan.serviceControl.levels.flatMap(\.policies).filter(\.isUnreadable).map {
          Self.gap(of: $0)
        }
    case .resourceControl:
      return plan.resourceControl.levels.compactMap(\.gap)
        + plan.resourceControl.levels.flatMap(\.policies).filter(\.isUnreadable).map {
          Self.gap(of: $0)
        }
    }
  }

  private func gap(_ layer: PolicyLayer) -> PolicyLayer.Gap {
    layer.gap
      ?? layer.policies.first { $0.isUnreadable || $0.mayHoldFurtherStatements }
      .map(Self.gap(of:)) ?? PolicyLayer.Gap("a policy could not be read", needs: [])
  }

  private static func gap(of policy: Policy) -> PolicyLayer.Gap {
    PolicyLayer.Gap("`\(policy.node.place.source.path)` could not be read as a policy", needs: [])
  }

  private var missingFact: (reason: String, needs: [String])? {
    let facts = copy.plan.facts
    switch resource {
    case .role, .account, .passedRole, .storeKey, .elsewhere: return nil
    case .bucket, .objects, .key:
      if facts.roleARN.value == nil {
        return ("the role is not known", ["--role-arn"])
      }
      if case .key(let position) = resource, copy.plan.keys[position].arn.value == nil {
        return ("the key's ARN is not known", ["--key-arn"])
      }
      return nil
    }
  }

  private var relationOption: String {
    if case .key = resource { "--key-arn" } else { "--bucket-account" }
  }

  /// Whether the answer hangs on whether role and resource share an account, in a clause.
  private func dependsOnRelation() -> String? {
    guard question.isSameAccount == .perhaps else { return nil }
    var same = question
    same.isSameAccount = .yes
    var across = question
    across.isSameAccount = .no
    let word = expectation == .allowed ? "allowed" : "denied"
    switch (answer(same), answer(across)) {
    case (.proven, .proven), (.tooComplex, _), (_, .tooComplex): return nil
    case (.proven, _):
      return "\(word) if role and bucket belong to one account, not across accounts"
    case (_, .proven):
      return "\(word) across accounts, not if role and bucket belong to one account"
    case (.refuted, .refuted), (.open, .open): return nil
    case (.refuted, .open), (.open, .refuted):
      return "whether role and bucket belong to one account is not known"
    }
  }

  private func dependsOnManagement() -> Bool {
    func rank(_ certainty: Certainty) -> Int {
      var question = question
      if question.principalIsManagement == .perhaps { question.principalIsManagement = certainty }
      if question.resourceIsManagement == .perhaps { question.resourceIsManagement = certainty }
      return switch answer(question) {
      case .proven: 0
      case .refuted: 1
      case .open, .tooComplex: 2
      }
    }
    guard question.principalIsManagement == .perhaps || question.resourceIsManagement == .perhaps,
      !question.serviceControl.isEmpty || !question.resourceControl.isEmpty
    else { return false }
    return rank(.yes) != rank(.no)
  }

  /// The options that would tell what a condition key holds.
  private static func options(for key: String, facts: CopyFacts) -> [String] {
    let known = [facts.destination.value, facts.roleARN.value, facts.bucketAccount.value]
    // In a template the account is a reference until somebody says which it is.
    let open = known.compactMap(\.self).flatMap { PolicyText(encoded: $0).deploymentOptions }
    if key.hasPrefix("aws:") || key.hasPrefix("kms:"), !open.isEmpty,
      ["account", "arn"].contains(where: { RequestContext.folded(key).hasSuffix($0) })
    {
      return ["--account", "--region"].filter(open.contains)
    }
    return switch RequestContext.folded(key) {
    case "aws:sourcearn", "aws:sourceaccount":
      facts.destination.value == nil ? ["--destination"] : []
    case "aws:principalarn", "aws:principalaccount", "kms:calleraccount":
      facts.roleARN.value == nil ? ["--role-arn"] : []
    case "aws:principalorgid", "aws:sourceorgid":
      facts.organizationID.value == nil ? ["--organization-id"] : []
    case "aws:resourceaccount", "s3:resourceaccount":
      facts.bucketAccount.value == nil ? ["--bucket-account"] : []
    case "aws:requestedregion", "kms:viaservice":
      facts.bucketRegion.value == nil ? ["--bucket-region"] : []
    case "aws:userid": facts.roleID.value == nil ? ["aws iam get-role"] : []
    default: []
    }
  }

  // MARK: Assumptions

  private var assumptions: [String] {
    guard case .elsewhere = resource else {
      return expectation == .allowed ? sourceAssumptions : []
    }
    let verb = expectation == .allowed ? "denies" : "allows"
    return ["no policy of `\(subject)` itself \(verb) `\(family.request.action)`"]
  }

  /// Where the grant hangs on `aws:SourceArn` or `aws:SourceAccount` in the session's requests,
  /// which only AWS's sample policies say are there.
  private var sourceAssumptions: [String] {
    guard resource != .role, resource != .storeKey, !resource.isForCaller else { return [] }
    let keys = ["aws:SourceArn", "aws:SourceAccount"].filter { key in
      // A key that no policy asks about is nothing that a grant hangs on.
      guard copy.mentions(conditionKey: key) else { return false }
      var without = family
      without.request.context[key] = .absent
      return !question.isProven(without)
    }
    guard !keys.isEmpty else { return [] }
    let names = keys.map { "`\($0)`" }.joined(separator: " and ")
    return ["CloudTrail's requests to S3 and KMS carry \(names), as in AWS's own sample policies"]
  }

  // MARK: Trace

  var policies: [Policy] {
    [question.resource, question.identity ?? .none].flatMap(\.policies).map(\.policy)
  }

  private func trace(_ request: Request) -> [String] {
    guard copy.tracesDecisions else { return [] }
    return TraceWriter.lines(question.evaluate(request, isThorough: true), request, resource)
  }
}

extension Sequence where Element: Hashable {
  /// The elements in order, each once.
  package func unique() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension ContextValue {
  /// The value of a key that is present with one literal value.
  var literal: String? {
    guard presence == .present, case .exactly(let texts) = values, texts.count == 1 else {
      return nil
    }
    return texts.first?.literal
  }
}

extension RequestPrincipal {
  /// The name people know the principal by.
  var name: String {
    switch kind {
    case .service(let name), .federated(let name): name
    case .roleSession(let role, _): role.literal ?? "the role"
    case .user(let user): user.literal ?? "the user"
    case .root: account.map { "arn:\(partition ?? "aws"):iam::\($0):root" } ?? "the root user"
    case .anonymous: "anonymous"
    }
  }
}
