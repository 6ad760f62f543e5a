import Authorization
import PolicyModel

/// Says what an open answer hangs on.
enum OpenWriter {
  /// Why, in one clause for the table.
  static func reason(_ explanation: Explanation, _ keys: [String]) -> String {
    let flawed = explanation.undecided.first { !$0.statement.isWellFormed }
    if keys.isEmpty, let flawed {
      return "\(flawed.statement.name) cannot be read with certainty"
    }
    guard keys.isEmpty else {
      return "depends on \(keys.map { "`\($0)`" }.joined(separator: ", "))"
    }
    if let located = explanation.undecided.first(where: hangsOnPrincipal) {
      return located.statement.principals?.isNegated == true
        ? "depends on whether `NotPrincipal` of \(located.statement.name) spares the session"
        : "depends on whom the principal of \(located.statement.name) names"
    }
    for located in explanation.undecided {
      guard let reason = unknown(in: located.statement) else { continue }
      return "what \(located.statement.name) matches is not known: \(reason.text)"
    }
    return "what the statements match is not known"
  }

  /// Why a text of a statement is not known, where a template or plan leaves one open or it is longer
  /// than what is looked into; and what to do about it.
  private static func unknown(in statement: Statement) -> (text: String, help: String)? {
    let texts =
      [statement.actions, statement.resources].compactMap { $0 }.flatMap(\.items)
      + statement.conditions.flatMap(\.values)
    for segment in texts.flatMap(\.text.segments) {
      if case .unknown(let reason) = segment {
        return (reason, "give the policy as it will be, or what it leaves open")
      }
    }
    let isTooLong = texts.contains { item in
      (item.text.literal?.unicodeScalars.count ?? 0) > Limits.patternElements
    }
    guard isTooLong else { return nil }
    return (
      "a text of it has more than \(Limits.patternElements) characters",
      "shorten it: an ARN has 2,048 characters at most"
    )
  }

  private static func hangsOnPrincipal(_ located: Explanation.Located) -> Bool {
    located.result.principal.anyWay == .perhaps
  }

  private static func principalHelp(_ clause: Statement.Clause<PrincipalItem>) -> String {
    guard clause.isNegated else { return "name the role by its ARN" }
    return clause.node.kind == .object
      ? "list the role's session and account in `NotPrincipal` too, or use `Principal` with a condition on `aws:PrincipalArn`"
      : "use `Principal` with a condition on `aws:PrincipalArn` instead"
  }

  static func draft(
    _ access: AccessCase, _ explanation: Explanation, reason: String, needs: [String]
  ) -> Outcome.Draft {
    let undecided = explanation.undecided.sorted { left, right in
      (left.statement.effect == .deny ? 0 : 1) < (right.statement.effect == .deny ? 0 : 1)
    }
    let statement = undecided.first
    var place = statement?.statement.node.place
    var label: String?
    if let statement,
      let position = statement.result.conditions.firstIndex(where: { $0.certainty == .perhaps }),
      statement.statement.conditions.indices.contains(position)
    {
      let condition = statement.statement.conditions[position]
      place = condition.keyNode.place
      label = "nobody can know this key's value beforehand"
      if !needs.isEmpty { label = "this key's value is not known" }
    }
    if place == nil { place = access.policies.first?.node.place }
    var help =
      needs.isEmpty
      ? "remove the condition, or make sure it holds for CloudTrail's requests"
      : "give \(needs.map { "`\($0)`" }.joined(separator: " or "))"
    if label == nil, needs.isEmpty, let statement, let reason = unknown(in: statement.statement) {
      help = reason.help
    }
    if let statement, hangsOnPrincipal(statement), let principals = statement.statement.principals {
      place = principals.node.place
      label =
        principals.isNegated ? "lists the role, but not all that it goes by" : "may name the role"
      help = principalHelp(principals)
    }
    let related = undecided.dropFirst().map { located in
      Note(
        "it hangs on \(located.statement.name) of \(LayerName.of(located.layer, access.resource)) too",
        at: (located.statement.effectNode ?? located.statement.node).place)
    }
    return Outcome.Draft(
      "whether `\(explanation.request.action)` is allowed on `\(access.subject)` is open: \(reason)",
      at: place, label: label, related: Array(related),
      help: help, remedies: needs.isEmpty ? remedies(access, undecided) : [])
  }

  /// What keeps statements from denying the request, whatever it carries.
  private static func remedies(
    _ access: AccessCase, _ undecided: [Explanation.Located]
  ) -> [Remedy] {
    let denies = undecided.filter { $0.statement.effect == .deny }
    guard access.expectation == .allowed, !denies.isEmpty else { return [] }
    return DenyExceptions(access: access, denies: denies).remedies
  }
}
