import PolicyModel

/// What is known of one statement about one request, part by part.
package struct StatementResult: Sendable {
  package let statement: CompiledStatement
  /// How it names the one who asks.
  package let principal: PrincipalMatch
  package let action: Bounds
  package let resource: Bounds
  /// One for each of the statement's conditions.
  package let conditions: [Bounds]
  /// Whether all of it but the principal applies.
  package let rest: Bounds

  /// Whether the statement applies as a whole.
  package var applies: Bounds { principal.anyWay.bounds && rest }

  package var id: CompiledStatement.ID { statement.id }
}

extension CompiledStatement {
  /// Decides every part of the statement for a request.
  ///
  /// Where it `isThorough` it goes on after a part that does not match, so that the result can say
  /// which parts do not; otherwise what follows is left as "no".
  func evaluate(
    _ request: Request, hasBoundary: Certainty, repairs: Repairs, isThorough: Bool
  ) -> StatementResult {
    let action = actionMatch(request, repairs)
    var rest = action
    var resource = Bounds.no
    var conditions: [Bounds] = []
    var principal = PrincipalMatch()
    func goesOn() -> Bool { isThorough || !rest.may.isFalse }
    if goesOn() {
      principal = match(request.principal, hasBoundary: hasBoundary, repairs: repairs)
      if !isThorough, principal.anyWay == .no { rest = .no }
    }
    if goesOn() {
      resource = resourceMatch(request, repairs)
      rest = rest && resource
    }
    if goesOn() {
      conditions.reserveCapacity(self.conditions.count)
      for (position, condition) in self.conditions.enumerated() {
        let holds = condition.holds(
          in: request.context, repairs: repairs, statement: id, position: position)
        conditions.append(holds)
        rest = rest && holds
        if !goesOn() { break }
      }
    }
    // AWS refuses a document with such a statement: it applies perhaps, never surely.
    if !statement.isWellFormed { rest.must = .constant(false) }
    return StatementResult(
      statement: self, principal: principal, action: action, resource: resource,
      conditions: conditions, rest: rest)
  }

  private func actionMatch(_ request: Request, _ repairs: Repairs) -> Bounds {
    guard let actions else { return .perhaps }
    return actions.match(request.actionText, request.context) {
      repairs.contains(id, .action($0))
    }
  }

  private func resourceMatch(_ request: Request, _ repairs: Repairs) -> Bounds {
    guard let resources else {
      switch kind {
      // A trust policy is about its role, and has no Resource.
      case .trust: return .yes
      // KMS Developer Guide, "Key policies in AWS KMS": a key policy statement without Resource
      // has no effect.
      case .key: return repairs.contains(id, .missingResource) ? .yes : .no
      case .identity, .bucket, .boundary, .session, .serviceControl, .resourceControl, .resource:
        return .perhaps
      }
    }
    return resources.match(request.resource, request.context) {
      repairs.contains(id, .resource($0))
    }
  }
}

extension CompiledStatement.Clause {
  fileprivate func match(
    _ text: RequestText, _ context: RequestContext, isRepaired: (Int) -> Bool
  ) -> Bounds {
    var matched = Bounds.no
    var missesVariable = false
    for (index, template) in templates.enumerated() {
      if isRepaired(index) { return isNegated ? .no : .yes }
      if let matches = template.point?.matches(text) {
        if matches {
          matched = .yes
          break
        }
        continue
      }
      guard let pattern = template.pattern(in: context) else {
        // A variable without a value matches nothing (IAM User Guide, "IAM policy elements:
        // Variables and tags", section "Policy variables with no value").
        missesVariable = true
        continue
      }
      matched.formUnion(.match(pattern, text))
      if matched.must.isTrue { break }
    }
    for template in doubtful where !matched.must.isTrue {
      guard let pattern = template.pattern(in: context) else { continue }
      matched.formUnion(.match(pattern, text) && .perhaps)
    }
    // Of NotResource the section says the same; "Principal key values" there says that the whole
    // statement is invalid. So nobody knows whether it applies.
    if missesVariable, isNegated { matched = matched || .perhaps }
    if isFlawed { matched.may = .constant(true) }
    return isNegated ? !matched : matched
  }
}
