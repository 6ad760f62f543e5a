import Authorization
import Evidence
import PolicyModel

/// Whether a principal may do an action on every resource of a kind, proven over all policies
/// together.
package struct AccessCheck: Check {
  package static let name = CheckName.access

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    guard let action = rule.parameters["action"]?.text,
      let principal = rule.parameters["principal"]?.text,
      let resource = rule.parameters["resource"]?.text
    else { return [] }
    let check = AccessCheck(
      copy: copy,
      expectation: rule.parameters["expect"]?.text == "denied"
        ? .denied(rule.id, summary: rule.summary) : .allowed)
    var outcomes: [Outcome] = []
    let actions = ActionCatalog.actions(matching: action)
    for action in actions {
      let next = check.outcomes(principal, resource, action)
      outcomes =
        outcomes.isEmpty ? next : zip(outcomes, next).map { worse($0, $1) }
      if outcomes.allSatisfy({ $0.status == .violated }) { break }
    }
    guard actions.count > 1 else { return outcomes }
    return outcomes.map { outcome in
      var outcome = outcome
      if outcome.status == .proven { outcome.reason += ": \(actions.count) actions" }
      return outcome
    }
  }

  /// Why a principal cannot be judged on a resource; nil where it can.
  static func refusal(_ principal: String, on resource: String) -> String? {
    let isForeign = ["role", "store", "any"].contains(resource) || resource.hasPrefix("arn:")
    switch principal {
    case "service":
      return resource == "role" ? nil : "use `role`: CloudTrail itself only assumes it"
    case "caller": return isForeign ? nil : "use `role`, `store`, `any` or an ARN"
    default: return nil
    }
  }

  let copy: CompiledCopy
  let expectation: AccessCase.Expectation

  private func outcomes(_ principal: String, _ resource: String, _ action: String) -> [Outcome] {
    switch (principal, resource) {
    case ("service", _): [trust(action)]
    case ("role", "objects"): [objects(action)]
    case ("role", "bucket"): [bucket(action)]
    case ("role", "key"): keys(action)
    case ("role", _): [role(action, on: resource)]
    case ("caller", "any") where expectation == .allowed: [caller(action, on: nil)]
    case ("caller", "role"): [caller(action, on: copy.plan.facts.roleARN)]
    case ("caller", _): [elsewhere(action, on: resource, isForCaller: true)]
    default: []
    }
  }

  // MARK: Subjects

  private func decide(
    _ subject: String, _ resource: AccessCase.Resource, _ question: AccessQuestion,
    _ family: RequestFamily
  ) -> Outcome {
    AccessCase(
      subject: subject, resource: resource, copy: copy, question: question, family: family,
      expectation: expectation
    ).decided()
  }

  private func trust(_ action: String) -> Outcome {
    var family = copy.requests.assumeRole
    family.request.action = action
    return decide(
      copy.plan.facts.roleARN.value ?? "the role", .role, copy.trustQuestion, family)
  }

  /// Whoever starts the import; a role to pass, or an action without resource types.
  private func caller(_ action: String, on role: Fact<String>?) -> Outcome {
    let subject =
      role?.value?.withReadableReferences ?? copy.plan.facts.callerARN.value ?? "the caller"
    if let role, role.value == nil, copy.plan.caller.gap == nil {
      return .notChecked(subject, "the role is not known", needs: ["--role-arn"])
    }
    if let outcome = ofRootUser(action, subject) { return outcome }
    return decide(
      subject, role == nil ? .account : .passedRole, copy.callerQuestion,
      copy.requests.byCaller(action, on: role))
  }

  /// IAM User Guide, "AWS account root user": full access, which policies of the account cannot
  /// limit.
  private func ofRootUser(_ action: String, _ subject: String) -> Outcome? {
    let caller = copy.plan.facts.callerARN
    guard caller.value?.hasSuffix(":root") == true else { return nil }
    let reason = "the root user may do everything"
    guard expectation != .allowed else { return .proven(subject, reason) }
    var outcome = Outcome(subject: subject, status: .violated, reason: reason)
    outcome.finding = Outcome.Draft(
      "the root user starts the import, and may do `\(action)`", at: caller.place,
      help: "start the import with a role")
    return outcome
  }

  private func bucket(_ action: String) -> Outcome {
    guard copy.plan.facts.bucket.value != nil else {
      return .notChecked("the source bucket", "the source bucket is not known", needs: ["--source"])
    }
    return decide(
      copy.requests.describe(copy.requests.bucket), .bucket, copy.bucketQuestion,
      copy.requests.onBucket(action))
  }

  private func objects(_ action: String) -> Outcome {
    let bucket = copy.requests.describe(copy.requests.bucket)
    guard copy.plan.facts.bucket.value != nil else {
      return .notChecked("the log files", "the source bucket is not known", needs: ["--source"])
    }
    let prefix = copy.plan.facts.prefix.value
    let subject = "\(bucket)/\(prefix ?? "")*"
    let family = copy.requests.onObjects(action)
    guard prefix == nil else { return decide(subject, .objects, copy.bucketQuestion, family) }
    // Without a prefix, only an answer that holds for every prefix is one.
    if expectation == .allowed {
      let outcome = decide(subject, .objects, copy.bucketQuestion, family)
      if outcome.status == .proven { return outcome }
    }
    var anywhere = family
    anywhere.request.resource = copy.requests.bucket + RequestText("/") + .unknown
    anywhere.freeString = nil
    let general = decide(subject, .objects, copy.bucketQuestion, anywhere)
    let isAnswer = general.status == .violated || general.status == .proven
    return isAnswer
      ? general : .notChecked(subject, "the source prefix is not known", needs: ["--source"])
  }

  private func keys(_ action: String) -> [Outcome] {
    if let outcome = copy.plan.outcomeWithoutKeys { return [outcome] }
    return copy.plan.keys.indices.map { key(action, $0) }
  }

  private func key(_ action: String, _ position: Int) -> Outcome {
    let key = copy.plan.keys[position]
    if let managed = AWSManagedKey(position, of: copy), managed.outcome.status != .proven {
      return outOfReach(action, managed, position)
    }
    func outcome(withBucketKeys: Bool) -> Outcome {
      decide(
        key.name, .key(position), copy.keyQuestion(position),
        copy.requests.onKey(action, key: key.arn, withBucketKeys: withBucketKeys))
    }
    switch copy.plan.facts.bucketKeys.value {
    case .on: return outcome(withBucketKeys: true)
    case .off: return outcome(withBucketKeys: false)
    case .mixed:
      return Self.worse(outcome(withBucketKeys: false), outcome(withBucketKeys: true))
    case nil:
      let each = outcome(withBucketKeys: false)
      let shared = outcome(withBucketKeys: true)
      if each.status == shared.status { return each }
      if each.status == .notChecked || shared.status == .notChecked {
        return each.status == .notChecked ? each : shared
      }
      return Self.undecidedBucketKeys(each, shared)
    }
  }

  /// A key whose policy nobody can change does not let the role in, or its account is not known.
  private func outOfReach(
    _ action: String, _ managed: AWSManagedKey, _ position: Int
  ) -> Outcome {
    var outcome = managed.outcome
    guard let draft = managed.draft else { return outcome }
    guard expectation == .allowed else {
      return .proven(outcome.subject, "denied by the key policy")
    }
    outcome.reason = "not allowed by the key policy"
    outcome.causes = [Outcome.Cause("encryption-keys-covered", draft)]
    let family = copy.requests.onKey(action, key: managed.key.arn, withBucketKeys: true)
    let request = family.request
    let question = copy.keyQuestion(position)
    if case .refuted(let explanation) = question.prove(family) {
      outcome.evidence = Refutation.Evidence(
        question, explanation,
        resourceAccount: managed.key.arn.value.flatMap(ImportRequests.account(of:)))
    }
    outcome.counterexample = Requirement.Counterexample(
      principal: request.principal.name, action: action,
      resource: managed.key.name, context: [])
    return outcome
  }

  // MARK: Resources beside the copy's

  /// The role's session on something that its own permissions are about.
  private func role(_ action: String, on resource: String) -> Outcome {
    if let bucket = copy.plan.facts.bucket.value,
      resource.hasPrefix("arn:\(copy.requests.partition):s3:::\(bucket)/"),
      let target = ResourcePattern(resource)
    {
      var family = copy.requests.onObjects(action)
      family.request.resource = target.text
      family.freeString = target.freeString
      return decide(resource, .objects, copy.bucketQuestion, family)
    }
    if resource == copy.requests.bucket.description { return bucket(action) }
    if let position = copy.plan.keys.firstIndex(where: { $0.arn.value == resource }) {
      return key(action, position)
    }
    return elsewhere(action, on: resource, isForCaller: false)
  }

  private func elsewhere(_ action: String, on resource: String, isForCaller: Bool) -> Outcome {
    let facts = copy.plan.facts
    let fact: Fact<String>
    switch resource {
    case "role": fact = facts.roleARN
    case "store": fact = facts.destination
    case "any": fact = .stated("*", by: "the rule")
    default: fact = .stated(resource, by: "the rule")
    }
    guard let arn = fact.value else {
      return resource == "role"
        ? .notChecked("the role", "the role is not known", needs: ["--role-arn"])
        : .notChecked(
          "the event data store", "the event data store is not known", needs: ["--destination"])
    }
    let subject = resource == "any" ? "any resource" : arn.withReadableReferences
    if isForCaller, let outcome = ofRootUser(action, subject) { return outcome }
    var family =
      isForCaller
      ? copy.requests.byCaller(action, on: fact) : copy.requests.elsewhere(action, on: fact)
    // A pattern of a rule stands for each of its resources; a fact is one.
    let isPattern = resource == "any" ? expectation != .allowed : resource.hasPrefix("arn:")
    if isPattern, let target = ResourcePattern(arn) {
      family.request.resource = target.text
      family.freeString = target.freeString
    }
    return decide(
      subject, .elsewhere(isForCaller: isForCaller),
      isForCaller ? copy.callerQuestion : copy.roleQuestion, family)
  }

  // MARK: Several answers

  private static func worse(_ left: Outcome, _ right: Outcome) -> Outcome {
    let order: [Requirement.Status] = [.violated, .notChecked, .open, .proven, .notApplicable]
    let leftRank = order.firstIndex(of: left.status) ?? 0
    let rightRank = order.firstIndex(of: right.status) ?? 0
    return leftRank <= rightRank ? left : right
  }

  private static func undecidedBucketKeys(_ each: Outcome, _ shared: Outcome) -> Outcome {
    let failing = each.status == .proven ? shared : each
    var outcome = Outcome(
      subject: each.subject, status: .open,
      reason: each.status == .proven
        ? "proven without S3 Bucket Keys, not with them; whether the objects use them is not known"
        : "proven with S3 Bucket Keys, not without them; whether the objects use them is not known")
    if each.status != .proven, shared.status != .proven {
      outcome.reason = "whether the objects use S3 Bucket Keys is not known"
    }
    outcome.needs = ["--bucket-keys"] + failing.needs.filter { $0 != "--bucket-keys" }
    outcome.dependsOn = ["kms:EncryptionContext:aws:s3:arn"]
    outcome.trace = failing.trace
    let cause = failing.causes.first { $0.rule == "bucket-key-context" }
    if var draft = cause?.draft ?? failing.finding {
      draft.message =
        "whether the role may use the key depends on whether the objects use S3 Bucket Keys"
      draft.help =
        "say `--bucket-keys on`, `off` or `mixed`, or list the bucket's ARN and its objects in the condition"
      outcome.finding = draft
    }
    return outcome
  }
}
