import Authorization
import Evidence
import PolicyModel

/// Whether the role may do more than the copy needs: other actions, or the same on other resources.
package struct ExcessAccessCheck: Check {
  package static let name = CheckName.excessAccess

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    let subject = facts.roleARN.value?.withReadableReferences ?? "the role"
    guard !copy.role.policies.isEmpty else {
      guard let gap = copy.plan.role.gap else {
        return [Outcome(subject: subject, status: .proven, reason: "the role has no permissions")]
      }
      return [.notChecked(subject, gap.reason, needs: gap.needs)]
    }
    guard facts.bucket.value != nil, facts.prefix.value != nil else {
      return [.notChecked(subject, "the source is not known", needs: ["--source"])]
    }
    let excesses = otherActions(copy) + otherResources(copy)
    guard let first = excesses.first else {
      if let gap = copy.plan.role.gap {
        return [.notChecked(subject, gap.reason, needs: gap.needs)]
      }
      return [
        Outcome(subject: subject, status: .proven, reason: "the role may do no more than that")
      ]
    }
    var outcome = Outcome(
      subject: subject, status: .violated,
      reason: "the role may do `\(first.action)` on `\(first.resource)` too")
    outcome.counterexample = Requirement.Counterexample(
      principal: copy.requests.session.name, action: first.action, resource: first.resource,
      context: [])
    outcome.causes = excesses.map { Outcome.Cause(rule.id, $0.draft) }
    return [outcome]
  }

  private struct Excess {
    var action: String
    var resource: String
    var draft: Outcome.Draft
  }

  /// What a copy needs the role for.
  private static let neededActions = [
    "s3:getobject", "s3:listbucket", "s3:getbucketacl", "kms:decrypt", "kms:generatedatakey",
  ]

  // MARK: Other actions

  private static func otherActions(_ copy: CompiledCopy) -> [Excess] {
    var excesses: [Excess] = []
    var misspelt = 0
    for (policy, statement) in copy.plan.role.policies.flatMap({ policy in
      policy.statements.map { (policy, $0) }
    }) where statement.effect == .allow {
      guard let actions = statement.actions else { continue }
      let resource = statement.resources?.items.first?.text.description ?? "*"
      if actions.isNegated {
        excesses.append(
          excess(
            "every other action", resource, at: actions.keyNode.place,
            "`NotAction` with `Allow` grants every action it does not list",
            ExcessRemedies(copy: copy, policy: policy, statement: statement).namingActions()))
        continue
      }
      for item in actions.items where excesses.count < Limits.excessActions {
        guard let text = item.text.literal else { continue }
        // Comparing with all that there are takes long: a list of slips is not looked through.
        if misspelt < Limits.excessActions, InventedAction(item) != nil {
          misspelt += 1
          continue
        }
        guard
          let other = ActionCatalog.first(
            matching: text, unless: { neededActions.contains($0.lowercased()) })
        else { continue }
        excesses.append(
          excess(
            other, resource, at: item.node.place,
            "the role may do `\(other)`, which the copy does not need",
            ExcessRemedies(copy: copy, policy: policy, statement: statement)
              .narrowing(action: item)))
      }
    }
    if excesses.count >= Limits.excessActions {
      excesses[excesses.count - 1].draft.related.append(
        Note("the first \(Limits.excessActions) actions of this role are told, and no more"))
    }
    return excesses
  }

  private static func excess(
    _ action: String, _ resource: String, at place: Place?, _ message: String,
    _ remedies: [Remedy] = []
  ) -> Excess {
    Excess(
      action: action, resource: resource,
      draft: Outcome.Draft(
        message, at: place,
        help:
          "list the actions the copy needs: `s3:GetObject`, `s3:ListBucket`, `s3:GetBucketAcl`, `kms:Decrypt` and `kms:GenerateDataKey`",
        remedies: remedies))
  }

  // MARK: Other resources

  private static func otherResources(_ copy: CompiledCopy) -> [Excess] {
    questions(copy).compactMap { action, family, expected in
      var question = AccessQuestion(
        identity: copy.role, resource: .none, resourceRule: .identityOnly, isSameAccount: .yes)
      question.boundary = copy.boundary
      guard case .refuted(let explanation) = question.proveDenied(family, outside: expected),
        let statement = explanation.allowing.first(where: { $0.layer == .identity })?.statement
      else { return nil }
      let example = explanation.request.resource.description
      let item = widest(statement.resources, covering: example)
      let policy = copy.plan.role.policies.first { policy in
        policy.statements.contains { $0.node.place == statement.node.place }
      }
      return Excess(
        action: action, resource: example,
        draft: Outcome.Draft(
          "the role may do `\(action)` on more than the copy needs",
          at: (item ?? statement.node).place,
          label: "covers `\(example)` too",
          help: "name \(wanted(action, copy))",
          remedies: policy.flatMap { policy in
            item.map {
              ExcessRemedies(copy: copy, policy: policy, statement: statement)
                .narrowing(resource: $0)
            }
          } ?? []))
    }
  }

  private static func questions(
    _ copy: CompiledCopy
  ) -> [(action: String, family: RequestFamily, expected: [Pattern])] {
    let requests = copy.requests
    let bucket = requests.bucket
    let prefix = copy.plan.facts.prefix.value ?? ""
    let s3 = RequestText("arn:\(requests.partition):s3:::")
    func free(_ family: RequestFamily, _ head: RequestText, _ freeString: FreeString)
      -> RequestFamily
    {
      var family = family
      family.request.resource = head + RequestText(head: [], isFree: true)
      family.freeString = freeString
      return family
    }
    let objects = free(
      requests.onObjects("s3:GetObject"), s3,
      ResourceARNs.objects(of: copy.plan.facts.bucket.value ?? ""))
    // The guide's own sample allows the prefix without its slash too, which is no log file.
    let folder = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    var all: [(String, RequestFamily, [Pattern])] = [
      (
        "s3:GetObject", objects,
        [
          Pattern.text(bucket + RequestText("/\(prefix)"), followedByAnything: true),
          Pattern.text(bucket + RequestText("/\(folder)"), followedByAnything: false),
        ]
      )
    ]
    for action in ["s3:ListBucket", "s3:GetBucketAcl"] {
      all.append(
        (
          action, free(requests.onBucket(action), s3, ResourceARNs.buckets),
          [Pattern.text(bucket, followedByAnything: false)]
        ))
    }
    let known = copy.plan.keys.compactMap(\.arn.value)
    guard copy.plan.facts.isWithoutKeys.value == true || known.count == copy.plan.keys.count else {
      return all
    }
    if let key = copy.plan.keys.first {
      for action in ["kms:Decrypt", "kms:GenerateDataKey"] {
        let family = free(
          requests.onKey(action, key: key.arn, withBucketKeys: true),
          RequestText("arn:\(requests.partition):kms:"),
          ResourceARNs.keys(
            region: copy.plan.facts.bucketRegion.value ?? "us-east-1",
            account: requests.roleAccount ?? "111122223333"))
        all.append(
          (action, family, known.map { Pattern.text(RequestText($0), followedByAnything: false) }))
      }
    }
    return all
  }

  private static func wanted(_ action: String, _ copy: CompiledCopy) -> String {
    let bucket = copy.requests.describe(copy.requests.bucket)
    switch action {
    case "s3:GetObject": return "`\(bucket)/\(copy.plan.facts.prefix.value ?? "")*`"
    case "s3:ListBucket", "s3:GetBucketAcl": return "`\(bucket)`"
    default: return "the keys' own ARNs"
    }
  }

  /// The item of a clause that covers the most, told by where its first wildcard stands, of those
  /// that cover a resource.
  private static func widest(
    _ clause: Statement.Clause<PolicyString>?, covering resource: String
  ) -> Node? {
    guard let clause, !clause.isNegated else { return clause?.keyNode }
    let covering = clause.items.filter { PatternText.matches($0.text.encoded, resource) }
    return (covering.isEmpty ? clause.items : covering).min { left, right in
      left.text.description.prefix { $0 != "*" && $0 != "?" }.count
        < right.text.description.prefix { $0 != "*" && $0 != "?" }.count
    }?.node
  }
}

extension Pattern {
  /// The pattern of exactly a text, or of everything that begins with it.
  fileprivate static func text(_ text: RequestText, followedByAnything: Bool) -> Pattern {
    Pattern(
      text.head.map(Element.literal) + (followedByAnything ? [.many(butColon: false)] : []))
  }
}
