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
  /// The ARN of the event data store.
  let store: String?

  private var isDeny: Bool { statement.statement.effect == .deny }

  func mistakes() -> [Mistake] {
    guard statement.statement.node.range.count <= Limits.searchedStatementBytes else { return [] }
    var found = resourceIsMissing
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
      let condition = statement.statement.conditions[position]
      return certainty == .yes
        && (condition.comparison?.base.isNegated == true || InventedKey(condition) != nil)
    }
    return certainty == .no
  }

  // MARK: Conditions

  private func conditionMistakes(_ condition: Condition, _ position: Int) -> [Mistake] {
    if let draft = InventedKey(condition)?.draft(isCause: true) {
      let target = Repairs.Target(
        statement.result.id, .condition(position, holds: !isDeny))
      return [Mistake(target: target, rule: "unknown-condition-key", draft: draft)]
    }
    guard let actual = request.context[condition.key].literal else {
      return spellingMistakes(condition, position)
    }
    return condition.values.prefix(Limits.mistakesOfOneKind).enumerated().compactMap {
      index, value in
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

  /// The old spelling beside an event data store that a template makes, whose ARN nobody knows yet.
  private func spellingMistakes(_ condition: Condition, _ position: Int) -> [Mistake] {
    guard RequestContext.folded(condition.key) == "aws:sourcearn", let store else { return [] }
    return condition.values.enumerated().compactMap { index, value in
      guard let spelling = ResourceTypeSpelling(value.text.encoded), spelling.mayMean(store) else {
        return nil
      }
      var draft = spelling.draft(at: value.node)
      draft.remedies =
        spelling.remedies(at: value.node, .safe)
        // What is right may still be too wide for the trust policy.
        + [Remedy("write `\(store)`", .safe, [.rewrite(value.node.place, to: store)])]
      return Mistake(
        target: Repairs.Target(
          statement.result.id, .conditionValue(condition: position, value: index)),
        rule: "event-data-store-arn-case", draft: draft)
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
          draft: UniqueID.draft(text, item.node, wanted: request.principal.name))
      }
      guard let placeholder = Placeholder.found(in: text) else { return nil }
      return Mistake(
        target: target, rule: "placeholder",
        draft: Placeholder.draft(placeholder, item.node, wanted: request.principal.name))
    }
  }

  private func resourceMistakes() -> [Mistake] {
    let actual = request.resource.literal
    var found: [(mistake: Mistake, isFitting: Bool)] = []
    for (index, item) in (statement.statement.resources?.items ?? []).enumerated() {
      guard let text = item.text.literal, let placeholder = Placeholder.found(in: text) else {
        continue
      }
      let replaced = names.filled(in: text)
      let mistake = Mistake(
        target: Repairs.Target(statement.result.id, .resource(index)), rule: "placeholder",
        draft: Placeholder.draft(placeholder, item.node, wanted: nil, replaced: replaced))
      let isFitting = replaced.map { PatternText.matches($0, actual ?? "") } ?? false
      found.append((mistake, isFitting))
    }
    // Of several, those are at fault that would name the resource once they are filled in.
    let fitting = found.filter { $0.isFitting }
    return (fitting.isEmpty ? found : fitting).map { $0.mistake }
  }

  private func actionMistakes() -> [Mistake] {
    let mistakes = (statement.statement.actions?.items ?? []).enumerated().lazy.compactMap {
      index, item -> Mistake? in
      guard let mistaken = InventedAction(item), mistaken.isMeant(for: request.action) else {
        return nil
      }
      return Mistake(
        target: Repairs.Target(statement.result.id, .action(index)), rule: "unknown-action",
        draft: mistaken.draft(meant: request.action))
    }
    return Array(mistakes.prefix(Limits.mistakesOfOneKind))
  }

  /// KMS takes a statement without Resource, which then is about nothing.
  private var resourceIsMissing: [Mistake] {
    guard !isDeny, statement.statement.resources == nil, statement.result.statement.kind == .key,
      statement.statement.isWellFormed
    else { return [] }
    return [
      Mistake(
        target: Repairs.Target(statement.result.id, .missingResource),
        rule: "key-statement-resource",
        draft: KeyStatement.draft(statement.statement, isCause: true))
    ]
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

  /// The finding; `wanted` is the role that should be there, where that is known.
  static func draft(_ id: String, _ node: Node, wanted: String?) -> Outcome.Draft {
    Outcome.Draft(
      "`\(id)` is the id of a principal that was deleted, and names nobody", at: node.place,
      label: "a role made anew under the same name has another id",
      help: wanted.map { "name the role by its ARN: `\($0)`" }
        ?? "name the principal by its ARN, or remove the id",
      remedies: Placeholder.remedies(node, wanted: wanted))
  }
}
