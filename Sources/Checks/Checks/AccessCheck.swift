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
    switch (principal, resource) {
    case ("service", "role"): return [trust(copy)]
    case ("role", "objects"): return [objects(action, copy)]
    case ("role", "bucket"): return [bucket(action, copy)]
    case ("role", "key"): return keys(action, copy)
    case ("caller", "any"): return [caller(action, on: nil, copy)]
    case ("caller", "role"): return [caller(action, on: copy.plan.facts.roleARN, copy)]
    default: return []
    }
  }

  // MARK: Subjects

  private static func trust(_ copy: CompiledCopy) -> Outcome {
    let access = AccessCase(
      subject: copy.plan.facts.roleARN.value ?? "the role", resource: .role, copy: copy,
      question: copy.trustQuestion, family: copy.requests.assumeRole)
    return access.decided()
  }

  /// Whoever starts the import; a role to pass, or an action without resource types.
  private static func caller(
    _ action: String, on role: Fact<String>?, _ copy: CompiledCopy
  ) -> Outcome {
    let subject =
      role?.value?.withReadableReferences ?? copy.plan.facts.callerARN.value ?? "the caller"
    if let role, role.value == nil, copy.plan.caller.gap == nil {
      return .notChecked(subject, "the role is not known", needs: ["--role-arn"])
    }
    // IAM User Guide, "AWS account root user": full access, which policies of the account cannot limit.
    if copy.plan.facts.callerARN.value?.hasSuffix(":root") == true {
      return .proven(subject, "the root user may do everything")
    }
    let access = AccessCase(
      subject: subject, resource: role == nil ? .account : .passedRole, copy: copy,
      question: copy.callerQuestion, family: copy.requests.byCaller(action, on: role))
    return access.decided()
  }

  private static func bucket(_ action: String, _ copy: CompiledCopy) -> Outcome {
    let subject = copy.requests.describe(copy.requests.bucket)
    guard copy.plan.facts.bucket.value != nil else {
      return .notChecked("the source bucket", "the source bucket is not known", needs: ["--source"])
    }
    let access = AccessCase(
      subject: subject, resource: .bucket, copy: copy, question: copy.bucketQuestion,
      family: copy.requests.onBucket(action))
    return access.decided()
  }

  private static func objects(_ action: String, _ copy: CompiledCopy) -> Outcome {
    let bucket = copy.requests.describe(copy.requests.bucket)
    guard copy.plan.facts.bucket.value != nil else {
      return .notChecked("the log files", "the source bucket is not known", needs: ["--source"])
    }
    let prefix = copy.plan.facts.prefix.value
    let access = AccessCase(
      subject: "\(bucket)/\(prefix ?? "")*", resource: .objects, copy: copy,
      question: copy.bucketQuestion, family: copy.requests.onObjects(action))
    guard prefix == nil else { return access.decided() }
    // Without a prefix, only an answer that holds for every prefix is one.
    let outcome = access.decided()
    if outcome.status == .proven { return outcome }
    var anywhere = access
    anywhere.family.request.resource = copy.requests.bucket + RequestText("/") + .unknown
    anywhere.family.freeString = nil
    let general = anywhere.decided()
    if general.status == .violated { return general }
    return .notChecked(access.subject, "the source prefix is not known", needs: ["--source"])
  }

  private static func keys(_ action: String, _ copy: CompiledCopy) -> [Outcome] {
    if let outcome = copy.plan.outcomeWithoutKeys { return [outcome] }
    return copy.plan.keys.indices.map { position in
      key(action, position, copy)
    }
  }

  private static func key(_ action: String, _ position: Int, _ copy: CompiledCopy) -> Outcome {
    let key = copy.plan.keys[position]
    if let managed = AWSManagedKey(position, of: copy), managed.outcome.status != .proven {
      return outOfReach(action, managed, position, copy)
    }
    func access(withBucketKeys: Bool) -> AccessCase {
      AccessCase(
        subject: key.name, resource: .key(position),
        copy: copy, question: copy.keyQuestion(position),
        family: copy.requests.onKey(action, key: key.arn, withBucketKeys: withBucketKeys))
    }
    switch copy.plan.facts.bucketKeys.value {
    case .on: return access(withBucketKeys: true).decided()
    case .off: return access(withBucketKeys: false).decided()
    case .mixed:
      return worse(
        access(withBucketKeys: false).decided(), access(withBucketKeys: true).decided())
    case nil:
      let each = access(withBucketKeys: false).decided()
      let shared = access(withBucketKeys: true).decided()
      if each.status == shared.status { return each }
      if each.status == .notChecked || shared.status == .notChecked {
        return each.status == .notChecked ? each : shared
      }
      return undecidedBucketKeys(each, shared)
    }
  }

  /// A key whose policy nobody can change does not let the role in, or its account is not known.
  private static func outOfReach(
    _ action: String, _ managed: AWSManagedKey, _ position: Int, _ copy: CompiledCopy
  ) -> Outcome {
    var outcome = managed.outcome
    guard let draft = managed.draft else { return outcome }
    outcome.reason = "not allowed by the key policy"
    outcome.causes = [Outcome.Cause("encryption-keys-covered", draft)]
    let request = copy.requests.onKey(action, key: managed.key.arn, withBucketKeys: true).request
    outcome.counterexample = Requirement.Counterexample(
      principal: request.principal.name, action: action,
      resource: managed.key.name, context: [])
    return outcome
  }

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
