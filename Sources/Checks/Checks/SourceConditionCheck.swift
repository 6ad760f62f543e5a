import Authorization
import Evidence
import PolicyModel

/// Whether the conditions on one source key, where there are any, let CloudTrail through.
///
/// Looks at every statement that would grant the copy something if only its conditions held, in
/// all of the copy's policies.
package struct SourceConditionCheck: Check {
  package static let name = CheckName.trustCondition

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    guard let key = rule.parameters["key"]?.text else { return [] }
    let subject = key
    let found = SourceConditions.find(key: key, in: copy)
    guard !found.isEmpty else {
      if copy.plan.trust.gap != nil, copy.plan.trust.policies.isEmpty {
        return [.notChecked(subject, "the role's trust policy was not given", needs: ["--trust"])]
      }
      return [.notApplicable(subject, "no statement for the copy has a condition on it")]
    }
    guard copy.plan.facts.destination.value != nil else {
      return [
        .notChecked(subject, "the event data store is not known", needs: ["--destination"])
      ]
    }
    let wrong = found.filter { $0.certainty == .no }
    guard !wrong.isEmpty else {
      let isOpen = found.contains { $0.certainty == .perhaps }
      var outcome = Outcome(
        subject: subject, status: isOpen ? .open : .proven,
        reason: isOpen ? "a value is not known" : "names the event data store wherever it stands")
      if isOpen { outcome.dependsOn = [key] }
      if isOpen, copy.plan.facts.destination.value?.holdsReference == true {
        outcome.needs = ["--account", "--region"]
      }
      return [outcome]
    }
    var outcome = Outcome(
      subject: subject, status: .violated,
      reason: wrong.count == 1
        ? "a condition on it keeps CloudTrail out"
        : "\(wrong.count) conditions on it keep CloudTrail out")
    outcome.causes = wrong.flatMap(\.mistakes)
    outcome.isLesser = true
    return [outcome]
  }
}

/// Conditions on a source key in statements that grant the copy something.
struct SourceConditions {
  let certainty: Certainty
  /// Where its values stand.
  let place: Place
  /// What is wrong with its values, for a condition that does not hold.
  let mistakes: [Outcome.Cause]

  /// The mistakes in a condition that does not let the copy's event data store through.
  static func wrong(in copy: CompiledCopy, at condition: Condition) -> [Outcome.Cause] {
    find(key: condition.key, in: copy).filter {
      $0.certainty == .no && $0.place == condition.valueNode.place
    }.flatMap(\.mistakes)
  }

  static func find(key: String, in copy: CompiledCopy) -> [SourceConditions] {
    guard copy.mentions(conditionKey: key) else { return [] }
    var found: [SourceConditions] = []
    var seen: Set<Place> = []
    for (request, result) in copy.decisions.made({ decisions(of: copy) }) {
      for level in result.levels where level.kind == .identity || level.kind == .resource {
        for statement in level.statements {
          found += conditions(of: statement, level, key, request, copy, &seen)
        }
      }
    }
    return found
  }

  private static func conditions(
    of result: StatementResult, _ level: LevelResult, _ key: String, _ request: Request,
    _ copy: CompiledCopy, _ seen: inout Set<Place>
  ) -> [SourceConditions] {
    let statement = result.statement.statement
    guard statement.effect == .allow, result.action.certainty != .no,
      result.principal.anyWay != .no, result.resource.certainty != .no
    else { return [] }
    var found: [SourceConditions] = []
    for (position, condition) in statement.conditions.enumerated()
    where RequestContext.folded(condition.key) == RequestContext.folded(key)
      && condition.comparison?.base != .null && result.conditions.indices.contains(position)
    {
      guard seen.insert(condition.valueNode.place).inserted else { continue }
      let certainty = result.conditions[position].certainty ?? .perhaps
      found.append(
        SourceConditions(
          certainty: certainty, place: condition.valueNode.place,
          mistakes: certainty == .no ? mistakes(in: condition, of: statement, request, copy) : []))
    }
    return found
  }

  private static func mistakes(
    in condition: Condition, of statement: Statement, _ request: Request, _ copy: CompiledCopy
  ) -> [Outcome.Cause] {
    guard let actual = request.context[condition.key].literal else { return [] }
    return condition.values.prefix(Limits.mistakesOfOneKind).compactMap { value in
      guard let text = value.text.literal else { return nil }
      return ConditionMistake(
        statement: statement, condition: condition, value: value, text: text, actual: actual,
        alternatives: [copy.requests.describe(copy.requests.bucket)]
      ).explained.map { Outcome.Cause($0.0, $0.1) }
    }
  }

  /// The requests of the copy and what every statement says of them: what depends on the log file
  /// is left open.
  private static func decisions(of copy: CompiledCopy) -> [(Request, AccessResult)] {
    let requests = copy.requests
    var all: [(AccessQuestion, RequestFamily)] = [
      (copy.trustQuestion, requests.assumeRole),
      (copy.bucketQuestion, requests.onBucket("s3:ListBucket")),
      (copy.bucketQuestion, requests.onBucket("s3:GetBucketAcl")),
      (copy.bucketQuestion, requests.onObjects("s3:GetObject")),
    ]
    for (position, key) in copy.plan.keys.enumerated() {
      for action in ["kms:Decrypt", "kms:GenerateDataKey"] {
        for shares in [false, true] {
          all.append(
            (
              copy.keyQuestion(position),
              requests.onKey(action, key: key.arn, withBucketKeys: shares)
            ))
        }
      }
    }
    return all.map { question, family in
      (family.request, question.evaluate(family.request, isThorough: true))
    }
  }
}
