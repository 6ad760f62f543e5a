import Authorization
import Evidence
import PolicyModel

/// Says why a request is denied: by which statement, at which part of it, and what would mend it.
struct DenialWriter {
  let access: AccessCase
  let explanation: Explanation

  private var action: String { explanation.request.action }
  private var object: String { access.copy.requests.describe(explanation.request.resource) }
  private var who: String {
    if access.resource.isForService { return "CloudTrail" }
    return access.resource.isForCaller ? "whoever starts the import" : "the role"
  }

  private var requestName: String {
    access.resource.isForCaller ? "the request" : "CloudTrail's request"
  }

  /// Why, in one clause for the table.
  var reason: String {
    if let deny = explanation.decidingDenies.first {
      return "denied by \(deny.statement.name) of \(LayerName.of(deny.layer, access.resource))"
    }
    let names = lacking.map { LayerName.of($0, access.resource) }
    return "not allowed by \(names.joined(separator: " nor "))"
  }

  /// The finding.
  var draft: Outcome.Draft {
    if let deny = explanation.decidingDenies.first { return denied(by: deny) }
    if let layer = lacking.first, layer != .identity, layer != .resource {
      return limited(by: layer)
    }
    return ungranted
  }

  // MARK: Deny

  private func denied(by located: Explanation.Located) -> Outcome.Draft {
    let statement = located.statement
    var draft = Outcome.Draft(
      "\(who) is denied `\(action)` on `\(object)`",
      at: (statement.effectNode ?? statement.node).place,
      label: "\(statement.name) denies it")
    for (position, condition) in statement.conditions.enumerated()
    where located.result.conditions.indices.contains(position) {
      draft.related.append(
        Note(holding(condition, in: explanation.request.context), at: condition.keyNode.place))
    }
    draft.help =
      access.resource.isForCaller
      ? "except whoever starts the import from the statement"
      : access.resource.isForService
        ? "except CloudTrail from the statement, or narrow it so that it does not match"
        : "except the role from the statement, for example with `ArnNotEquals` on `aws:PrincipalArn`"
    draft.remedies = DenyExceptions(access: access, denies: explanation.decidingDenies).remedies
    return draft
  }

  private func holding(_ condition: Condition, in context: RequestContext) -> String {
    let value = context[condition.key]
    let name = condition.operatorNode.scalarText ?? "the condition"
    switch value.presence {
    case .absent: return "\(requestName) carries no `\(condition.key)`, so `\(name)` holds"
    case .present, .unknown:
      return value.literal.map { "the request has `\($0)`, so `\(name)` holds" }
        ?? "`\(name)` holds whatever the request has"
    }
  }

  // MARK: Limits

  private func limited(by layer: LayerKind) -> Outcome.Draft {
    let level = explanation.result.levels.first { level in
      level.kind == layer
        && !level.statements.contains {
          $0.statement.statement.effect == .allow && $0.applies.certainty == .yes
        }
    }
    let place = level?.statements.first?.statement.statement.node.place ?? documents(layer).first
    return Outcome.Draft(
      "`\(action)` on `\(object)` is not allowed by \(LayerName.of(layer, access.resource))",
      at: place, label: "no statement here allows it",
      help: "a request needs an Allow in \(LayerName.of(layer, access.resource)) too")
  }

  // MARK: No grant

  /// The layers whose Allow is missing; each is needed, or one of them is where `either` is enough.
  private var lacking: [LayerKind] {
    let limits = [LayerKind.resourceControl, .serviceControl, .boundary, .session].filter { layer in
      explanation.result.levels.contains { level in
        level.kind == layer && layer != .resourceControl && level.isComplete
          && !level.statements.contains {
            $0.statement.statement.effect == .allow && $0.applies.certainty != .no
          }
      }
    }
    let granting: [LayerKind] =
      access.question.identity == nil ? [.resource] : [.identity, .resource]
    let missing = granting.filter { !explanation.isAllowed(by: $0) }
    let isLimit =
      missing.isEmpty || access.question.isSameAccount == .yes && missing.count < granting.count
    if isLimit, access.question.resourceRule != .resourceFirst, !limits.isEmpty { return limits }
    if missing.isEmpty { return limits.isEmpty ? granting : limits }
    return missing
  }

  /// The nearest statement that could grant it: the fewest failing parts, in a layer that must.
  private var nearest: Explanation.Located? {
    let layers = Set(lacking)
    return explanation.nearMisses.first { located in
      layers.contains(located.layer) && isNear(located)
    }
  }

  private func isNear(_ located: Explanation.Located) -> Bool {
    let failures = located.result.failures
    if failures.isEmpty { return false }
    if !failures.contains(.action) {
      // A statement for somebody else that fails otherwise too is about another matter.
      return failures.count == 1 || failures.count == 2 && !failures.contains(.principal)
    }
    // Another action of the same service on the same resource by the same principal.
    let service = action.prefix { $0 != ":" }.lowercased()
    let items = located.statement.actions?.items ?? []
    return failures.count == 1
      && items.contains { $0.text.description.prefix { $0 != ":" }.lowercased() == service }
  }

  private var ungranted: Outcome.Draft {
    var draft = ungrantedByNearest
    draft.remedies =
      GrantPlanner(access: access, explanation: explanation, lacking: lacking).remedies
    return draft
  }

  private var ungrantedByNearest: Outcome.Draft {
    guard let nearest,
      let part = nearest.result.failures.first(where: { $0 != .action })
        ?? nearest.result.failures.first
    else { return nothingNear }
    var draft = Outcome.Draft(
      "\(who) is not allowed `\(action)` on `\(object)`", at: nearest.statement.node.place)
    let statement = nearest.statement
    switch part {
    case .resource:
      draft.place = clausePlace(statement.resources?.node) ?? draft.place
      draft.label = resourceLabel
      draft.help = resourceHelp(statement)
      if let remark = resourceRemark(statement) { draft.related.append(Note(remark)) }
    case .action:
      draft.place = clausePlace(statement.actions?.node) ?? draft.place
      draft.label = "`\(action)` is not among the actions"
      draft.help = "add `\(action)`"
    case .principal:
      draft.place = clausePlace(statement.principals?.node) ?? draft.place
      draft.label = "does not name \(access.resource.isForService ? "CloudTrail" : "the role")"
      draft.help = "add `\(explanation.request.principal.name)` to the principals"
    case .condition(let position):
      let condition = statement.conditions[position]
      draft.place = clausePlace(condition.valueNode) ?? draft.place
      draft.label = conditionLabel(condition)
      draft.help = conditionHelp(condition)
    }
    if nearest.result.failures.count > 1 {
      draft.related.append(
        Note("the nearest statement fails in more than one part", at: statement.node.place))
    }
    return alsoLacking(draft, beside: nearest.layer)
  }

  /// Across accounts both sides must allow: says so where the other side does not either.
  private func alsoLacking(_ draft: Outcome.Draft, beside layer: LayerKind) -> Outcome.Draft {
    var draft = draft
    guard access.question.isSameAccount != .yes || access.question.resourceRule == .resourceFirst
    else { return draft }
    for other in lacking where other != layer {
      draft.related.append(
        Note(
          "\(LayerName.of(other, access.resource)) does not allow it either",
          at: documents(other).first))
    }
    return draft
  }

  private var nothingNear: Outcome.Draft {
    let layer = lacking.first ?? .identity
    let name = LayerName.of(layer, access.resource)
    var draft = Outcome.Draft(
      "\(who) is not allowed `\(action)` on `\(object)`", at: documents(layer).first,
      label: "no statement of \(name) grants it",
      help: "add a statement that allows `\(action)` on `\(wanted)`"
        + (layer == .resource ? " for `\(explanation.request.principal.name)`" : ""))
    if draft.place == nil {
      draft.message += "; \(name) grants nothing"
    }
    return alsoLacking(draft, beside: layer)
  }

  // MARK: Words

  /// The resource a statement should name.
  private var wanted: String {
    switch access.resource {
    case .objects: access.subject
    case .bucket: object
    case .key, .storeKey: object
    case .role, .passedRole: object
    case .elsewhere: access.subject
    case .account: "*"
    }
  }

  private var resourceLabel: String {
    switch access.resource {
    case .objects: "does not cover this log file"
    case .bucket: "does not cover the bucket itself"
    case .key, .storeKey: "does not cover the key"
    case .role, .passedRole: "does not cover the role"
    case .elsewhere: "does not cover this resource"
    case .account: "the action has no resource types: only `*` grants it"
    }
  }

  private func resourceHelp(_ statement: Statement) -> String {
    switch access.resource {
    case .account: return "write `*`"
    case .objects, .bucket, .role, .passedRole, .elsewhere: return "add `\(wanted)`"
    case .key, .storeKey:
      return statement.resources == nil || lacking.first == .resource
        ? "a key policy names its own key with `*`" : "add `\(wanted)`"
    }
  }

  /// What the statement names in the place of what is wanted.
  private func resourceRemark(_ statement: Statement) -> String? {
    let items = statement.resources?.items.map(\.text.description) ?? []
    switch access.resource {
    case .bucket where items.contains(where: { $0.hasPrefix(object + "/") }):
      return "`\(object)/*` is the bucket's objects, not the bucket"
    case .objects where items.contains(bucketARN):
      return "`\(bucketARN)` is the bucket, not its objects"
    case .objects, .bucket, .role, .passedRole, .elsewhere, .account, .key, .storeKey: return nil
    }
  }

  /// The ARN of the bucket that an object's ARN begins with.
  private var bucketARN: String { String(object.prefix { $0 != "/" }) }

  private func conditionLabel(_ condition: Condition) -> String {
    let value = explanation.request.context[condition.key]
    switch value.presence {
    case .absent: return "\(requestName) carries no `\(condition.key)`"
    case .present, .unknown:
      return value.literal.map { "the request has `\($0)`" } ?? "the request never has this"
    }
  }

  private func conditionHelp(_ condition: Condition) -> String {
    let value = explanation.request.context[condition.key]
    return value.literal.map { "let the condition match `\($0)`" }
      ?? "remove the condition on `\(condition.key)`, or use a statement without it"
  }

  private func clausePlace(_ node: Node?) -> Place? {
    guard let node else { return nil }
    // One item in a list: the item itself is the smallest place that makes sense.
    if node.kind == .array, node.count == 1, let only = node.elements.first(where: { _ in true }) {
      return only.place
    }
    return node.place
  }

  /// Where the policies of a layer list their statements.
  private func documents(_ layer: LayerKind) -> [Place] {
    let groups: [PolicyGroup] =
      switch layer {
      case .identity: [access.question.identity].compactMap { $0 }
      case .resource: [access.question.resource]
      case .boundary: [access.question.boundary].compactMap { $0 }
      case .session: [access.question.session].compactMap { $0 }
      case .serviceControl: access.question.serviceControl
      case .resourceControl: access.question.resourceControl
      }
    return groups.flatMap(\.policies).map { compiled in
      let node = compiled.policy.node
      let key = node.members.first { $0.key.hasContent("Statement") }?.key
      return (key ?? node).place
    }
  }
}
