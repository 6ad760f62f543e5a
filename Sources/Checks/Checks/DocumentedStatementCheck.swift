import Authorization
import Evidence
import PolicyModel

/// Whether the bucket's and each key's policy names the role itself, as the guide's statements do.
///
/// What counts is that access is granted; where it is granted otherwise, this is advice.
package struct DocumentedStatementCheck: Check {
  package static let name = CheckName.documentedStatement

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    switch rule.parameters["policy"]?.text {
    case "bucket": [bucket(copy)]
    case "key": keys(copy)
    default: []
    }
  }

  // MARK: Subjects

  private static func bucket(_ copy: CompiledCopy) -> Outcome {
    let facts = copy.plan.facts
    let subject = facts.bucketName
    if let gap = copy.plan.bucket.gap {
      return .notChecked(subject, gap.reason, needs: gap.needs)
    }
    guard facts.bucket.value != nil, facts.prefix.value != nil else {
      return .notChecked(subject, "the source is not known", needs: ["--source"])
    }
    let requests = copy.requests
    return outcome(
      subject, copy, .bucket, policies: copy.plan.bucket.policies, noun: "the bucket policy",
      question: copy.bucketQuestion, direct: copy.questionOfRole(named: copy.bucket),
      families: [
        requests.onBucket("s3:ListBucket"), requests.onBucket("s3:GetBucketAcl"),
        requests.onObjects("s3:GetObject"),
      ])
  }

  private static func keys(_ copy: CompiledCopy) -> [Outcome] {
    if let outcome = copy.plan.outcomeWithoutKeys { return [outcome] }
    return copy.plan.keys.indices.map { position in
      let key = copy.plan.keys[position]
      if key.isAWSManaged.value == true {
        return .notApplicable(key.name, "AWS manages the key and its policy")
      }
      if let gap = key.policy.gap { return .notChecked(key.name, gap.reason, needs: gap.needs) }
      let families = ["kms:Decrypt", "kms:GenerateDataKey"].flatMap { action in
        contexts(copy).map { copy.requests.onKey(action, key: key.arn, withBucketKeys: $0) }
      }
      return outcome(
        key.name, copy, .key(position), policies: key.policy.policies, noun: "the key policy",
        question: copy.keyQuestion(position),
        direct: copy.questionOfRole(named: copy.keys[position]), families: families)
    }
  }

  /// With and without S3 Bucket Keys, as far as it is known.
  private static func contexts(_ copy: CompiledCopy) -> [Bool] {
    switch copy.plan.facts.bucketKeys.value {
    case .on: [true]
    case .off: [false]
    case .mixed, nil: [false, true]
    }
  }

  // MARK: Answer

  private static func outcome(
    _ subject: String, _ copy: CompiledCopy, _ resource: AccessCase.Resource,
    policies: [Policy], noun: String,
    question: AccessQuestion, direct: AccessQuestion, families: [RequestFamily]
  ) -> Outcome {
    guard copy.plan.facts.roleARN.value != nil else {
      return .notChecked(subject, "the role is not known", needs: ["--role-arn"])
    }
    let missing = families.filter { family in
      if case .refuted = direct.prove(family) { true } else { false }
    }
    guard let first = missing.first else { return .proven(subject, "\(noun) names the role") }
    // Where access is not granted, that is what has to be said.
    guard families.allSatisfy(question.isProven) else {
      return .notApplicable(subject, "access is not granted otherwise either")
    }
    let actions = Set(missing.map(\.request.action)).sorted().map { "`\($0)`" }
    let names = actions.joined(separator: ", ")
    var outcome = Outcome.violated(
      subject, "\(noun) does not allow \(names) to the role itself",
      draft(
        "\(noun) has no statement that allows the role itself \(names), as the guide documents",
        names, question, first, policies, copy))
    // A statement that is there and misses by a slip is told by the slip.
    outcome.causes = missing.flatMap { slips(direct, $0, resource, subject, copy) }.unique()
    return outcome
  }

  /// The known mistakes but for which a statement would let the role in by its name.
  private static func slips(
    _ direct: AccessQuestion, _ family: RequestFamily, _ resource: AccessCase.Resource,
    _ subject: String, _ copy: CompiledCopy
  ) -> [Outcome.Cause] {
    AccessCase(subject: subject, resource: resource, copy: copy, question: direct, family: family)
      .decided().causes
  }

  private static func draft(
    _ message: String, _ names: String, _ question: AccessQuestion, _ family: RequestFamily,
    _ policies: [Policy], _ copy: CompiledCopy
  ) -> Outcome.Draft {
    // Somebody else's name in a statement that lets the role in is the nearest place.
    let level = question.evaluate(family.request, isThorough: true).levels.first {
      $0.kind == .resource
    }
    let near = level?.statements.first { result in
      result.statement.statement.effect == .allow && result.action.certainty != .no
        && result.resource.certainty != .no && result.principal.anyWay == .yes
    }?.statement.statement
    let principals = near?.principals
    let only = principals?.items.count == 1 ? principals?.items.first?.node : nil
    return Outcome.Draft(
      message, at: (only ?? principals?.node)?.place ?? policies.first.map { statements(of: $0) },
      label: near == nil ? nil : "lets the role in with others",
      help:
        "add a statement that allows \(names) to `\(copy.plan.facts.roleARN.value?.withReadableReferences ?? "")`, or leave it: the copy works without"
    )
  }

  /// Where a policy lists its statements.
  private static func statements(of policy: Policy) -> Place {
    let key = policy.node.members.first { $0.key.hasContent("Statement") }?.key
    return (key ?? policy.node).place
  }
}
