import Authorization
import PolicyModel

/// Finds the parts of one statement that look like known mistakes.
struct MistakeFinder {
  let statement: Explanation.Located
  let request: Request
  /// The bucket's ARN where the request is about a key.
  let alternatives: [String]
  /// What the placeholders of the guide stand for in the copy.
  let names: PlaceholderNames

  private var isDeny: Bool { statement.statement.effect == .deny }

  func mistakes() -> [Mistake] {
    var found: [Mistake] = []
    for (position, condition) in statement.statement.conditions.enumerated()
    where isAtFault(position) {
      found += conditionMistakes(condition, position)
    }
    if !isDeny, statement.result.failures.contains(.principal) { found += principalMistakes() }
    if !isDeny, statement.result.failures.contains(.resource) { found += resourceMistakes() }
    if !isDeny, statement.result.failures.contains(.action) { found += actionMistakes() }
    return found
  }

  /// In an Allow the conditions that do not hold; in a Deny the negated ones that do.
  private func isAtFault(_ position: Int) -> Bool {
    guard statement.result.conditions.indices.contains(position) else { return false }
    let certainty = statement.result.conditions[position].certainty
    if isDeny {
      return certainty == .yes
        && statement.statement.conditions[position].comparison?.base.isNegated == true
    }
    return certainty == .no
  }

  // MARK: Conditions

  private func conditionMistakes(_ condition: Condition, _ position: Int) -> [Mistake] {
    guard let actual = request.context[condition.key].literal else { return [] }
    return condition.values.enumerated().compactMap { index, value in
      guard let text = value.text.literal,
        let (rule, draft) = ConditionMistake(
          statement: statement.statement, condition: condition, value: value, text: text,
          actual: actual,
          alternatives: alternatives
        ).explained
      else { return nil }
      let target = Repairs.Target(
        statement.result.id, .conditionValue(condition: position, value: index))
      return Mistake(target: target, rule: rule, draft: draft)
    }
  }

  // MARK: Principals, resources, actions

  private func principalMistakes() -> [Mistake] {
    (statement.statement.principals?.items ?? []).enumerated().compactMap { index, item in
      guard item.kind == .aws || item.kind == .service, let text = item.text.literal else {
        return nil
      }
      let target = Repairs.Target(statement.result.id, .principal(index))
      if UniqueID.isOrphaned(text) {
        return Mistake(
          target: target, rule: "orphaned-principal",
          draft: Outcome.Draft(
            "`\(text)` is the id of a principal that was deleted, and names nobody",
            at: item.node.place, label: "a role made anew under the same name has another id",
            help: "name the role by its ARN: `\(request.principal.name)`",
            remedies: Placeholder.remedies(item.node, wanted: request.principal.name)))
      }
      guard let placeholder = Placeholder.found(in: text) else { return nil }
      return Mistake(
        target: target, rule: "placeholder",
        draft: Placeholder.draft(placeholder, item.node, wanted: request.principal.name))
    }
  }

  private func resourceMistakes() -> [Mistake] {
    (statement.statement.resources?.items ?? []).enumerated().compactMap { index, item in
      guard let text = item.text.literal, let placeholder = Placeholder.found(in: text) else {
        return nil
      }
      return Mistake(
        target: Repairs.Target(statement.result.id, .resource(index)), rule: "placeholder",
        draft: Placeholder.draft(
          placeholder, item.node, wanted: nil, replaced: names.filled(in: text)))
    }
  }

  private func actionMistakes() -> [Mistake] {
    (statement.statement.actions?.items ?? []).enumerated().compactMap { index, item in
      guard let text = item.text.literal, isSlip(text) else { return nil }
      let parts = text.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return Mistake(
        target: Repairs.Target(statement.result.id, .action(index)), rule: "unknown-action",
        draft: Outcome.Draft(
          "service `\(parts[0])` has no action `\(parts[1])`", at: item.node.place,
          help: "did you mean `\(request.action)`?",
          remedies: [
            Remedy(
              "write `\(request.action)`", .safe,
              [.rewrite(item.node.place, to: request.action)])
          ]))
    }
  }

  /// Whether a text is the wanted action but for a slip of the pen.
  private func isSlip(_ text: String) -> Bool {
    let wanted = request.action.lowercased()
    let written = text.lowercased()
    guard written != wanted, !written.contains("*"), !written.contains("?"),
      written.prefix(while: { $0 != ":" }) == wanted.prefix(while: { $0 != ":" })
    else { return false }
    return suggestion(for: written, among: [wanted], slips: 2) != nil
  }
}

/// The ids IAM puts in place of a principal that was deleted.
enum UniqueID {
  /// IAM User Guide, "IAM identifiers", "Unique identifiers": AROA for roles, AIDA for users,
  /// AGPA for groups, ANPA for managed policies.
  static func isOrphaned(_ text: String) -> Bool {
    text.utf8.count >= 16 && text.utf8.count <= 128
      && ["AROA", "AIDA", "AGPA", "ANPA"].contains { text.hasPrefix($0) }
      && text.utf8.allSatisfy {
        $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A || $0 >= 0x61 && $0 <= 0x7A
      }
  }
}
