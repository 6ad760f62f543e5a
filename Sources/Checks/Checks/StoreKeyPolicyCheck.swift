import Authorization
import Evidence
import PolicyModel

/// Whether CloudTrail itself may use the event data store's own key.
///
/// AWS CloudTrail User Guide, "Granting encrypt permissions for event data stores".
package struct StoreKeyPolicyCheck: Check {
  package static let name = CheckName.storeKeyPolicy

  private static let actions = ["kms:GenerateDataKey", "kms:Decrypt"]

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let facts = copy.plan.facts
    guard let key = copy.plan.storeKey else {
      guard facts.storeStatus.value != nil || facts.retentionPeriod.value != nil else {
        return [
          .notChecked(
            facts.storeName, "whether the event data store has a key of its own is not known",
            needs: ["aws cloudtrail get-event-data-store"])
        ]
      }
      return [.notApplicable(facts.storeName, "the event data store has no key of its own")]
    }
    let subject = key.arn.value?.withReadableReferences ?? "the event data store's key"
    if let problem = KeyStateCheck.problem(of: key) {
      return [.violated(subject, problem.reason, problem.draft)]
    }
    let outcomes = actions.map { outcome(of: $0, subject, key, copy) }
    return [
      outcomes.first { $0.status != .proven } ?? .proven(subject, "CloudTrail may use it")
    ]
  }

  private static func outcome(
    of action: String, _ subject: String, _ key: KeyPlan, _ copy: CompiledCopy
  ) -> Outcome {
    let access = AccessCase(
      subject: subject, resource: .storeKey, copy: copy, question: copy.storeKeyQuestion,
      family: copy.requests.onStoreKey(action, key: key.arn))
    var outcome = access.decided()
    guard outcome.status == .violated, let draft = sourceDraft(copy) else { return outcome }
    // Only where nothing else stands in the way is the condition what keeps CloudTrail out.
    var family = access.family
    for key in sourceKeys { family.request.context[key] = .presentWithAnyValue }
    if case .refuted = access.question.prove(family) { return outcome }
    outcome.finding = draft
    outcome.causes = []
    return outcome
  }

  private static let sourceKeys = ["aws:SourceArn", "aws:SourceAccount"]

  /// The mistake of guarding the store's key as one guards a trail's.
  private static func sourceDraft(_ copy: CompiledCopy) -> Outcome.Draft? {
    let statements = copy.plan.storeKey?.policy.policies.flatMap(\.statements) ?? []
    let conditions = statements.filter { statement in
      statement.effect == .allow
        && statement.principals?.items.contains {
          $0.text.literal == ImportRequests.service
        } == true
        && grants(statement)
    }.flatMap(\.conditions).filter {
      ["aws:sourcearn", "aws:sourceaccount"].contains(RequestContext.folded($0.key))
    }
    guard let first = conditions.first else { return nil }
    return Outcome.Draft(
      "`\(first.key)` does not work in the policy of an event data store's own key, so CloudTrail is not let in",
      at: first.keyNode.place, label: "CloudTrail's requests for the store carry no such key",
      related: conditions.dropFirst().map {
        Note("`\($0.key)` does not work either", at: $0.keyNode.place)
      },
      help: "allow `kms:GenerateDataKey` and `kms:Decrypt` to `cloudtrail.amazonaws.com` without it"
    )
  }

  /// Whether a statement is about one of the actions.
  private static func grants(_ statement: Statement) -> Bool {
    guard let clause = statement.actions, !clause.isNegated else { return true }
    return clause.items.contains { item in
      guard let text = item.text.literal?.lowercased() else { return true }
      return actions.contains { PatternText.matches(text, $0.lowercased()) }
    }
  }
}
