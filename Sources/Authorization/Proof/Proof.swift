/// A question about every request of a family.
package struct RequestFamily: Sendable {
  /// The requests, with the free string in the resource or in context values.
  package var request: Request
  /// What the free string may be; nil for a single request.
  package var freeString: FreeString?
  /// Keys whose guess may prove but never refute: for a refutation nothing is known of them.
  package var hedgedKeys: [String]

  package init(_ request: Request, freeString: FreeString? = nil, hedgedKeys: [String] = []) {
    self.request = request
    self.freeString = freeString
    self.hedgedKeys = hedgedKeys
  }
}

/// The answer to a question about every request of a family.
package enum Proof: Sendable {
  /// Every request is allowed, whatever the unknowns are.
  case proven
  /// This request is denied, whatever the unknowns are.
  case refuted(Explanation)
  /// This request may be denied: it depends on unknowns.
  case open(Explanation)
  /// The patterns interleave in too many ways to decide.
  case tooComplex
}

extension AccessQuestion {
  /// Whether every request of a family is allowed, whatever the unknowns are.
  package func isProven(_ family: RequestFamily) -> Bool {
    let certain = evaluate(family.request).allowed.must
    guard let freeString = family.freeString, certain != .constant(false) else {
      return certain == .constant(true)
    }
    var budget = SearchBudget()
    return freeString.first(satisfying: !certain, &budget) == .none
  }

  /// Proves that every request of a family is allowed, or finds one that is not.
  package func prove(_ family: RequestFamily, budget: SearchBudget = SearchBudget()) -> Proof {
    var budget = budget
    let certain = evaluate(family.request).allowed.must
    var hedged = family.request
    for key in family.hedgedKeys { hedged.context[key] = .unknown }
    let possible =
      family.hedgedKeys.isEmpty && certain == .constant(true)
      ? certain : evaluate(hedged).allowed.may
    guard let freeString = family.freeString else {
      if certain == .constant(true) { return .proven }
      if possible == .constant(false) {
        return .refuted(Explanation(of: hedged, free: [], self, isRefutation: true))
      }
      return .open(Explanation(of: family.request, free: [], self, isRefutation: false))
    }
    let escape = freeString.first(satisfying: !certain, &budget)
    if escape == .none { return .proven }
    switch freeString.first(satisfying: !possible, &budget) {
    case .found(let text):
      return .refuted(Explanation(of: hedged, free: text, self, isRefutation: true))
    case .tooComplex: return .tooComplex
    case .none:
      guard case .found(let text) = escape else { return .tooComplex }
      return .open(Explanation(of: family.request, free: text, self, isRefutation: false))
    }
  }

  /// Proves that no request of a family is allowed, or finds one that is.
  ///
  /// `.refuted` then holds a request that is allowed, `.open` one that may be.
  ///
  /// - Parameter expected: patterns of resources that may well be allowed.
  package func proveDenied(
    _ family: RequestFamily, outside expected: [Pattern] = [],
    budget: SearchBudget = SearchBudget()
  ) -> Proof {
    var budget = budget
    let isUnexpected = expected.reduce(Bounds.yes) { unexpected, pattern in
      unexpected && !Bounds.match(pattern, family.request.resource)
    }
    let allowed = evaluate(family.request).allowed && isUnexpected
    guard let freeString = family.freeString else {
      if allowed.may == .constant(false) { return .proven }
      let explanation = Explanation(
        of: family.request, free: [], self, isRefutation: allowed.must == .constant(true))
      return allowed.must == .constant(true) ? .refuted(explanation) : .open(explanation)
    }
    let escape = freeString.first(satisfying: allowed.may, &budget)
    if escape == .none { return .proven }
    switch freeString.first(satisfying: allowed.must, &budget) {
    case .found(let text):
      return .refuted(Explanation(of: family.request, free: text, self, isRefutation: true))
    case .tooComplex: return .tooComplex
    case .none:
      guard case .found(let text) = escape else { return .tooComplex }
      return .open(Explanation(of: family.request, free: text, self, isRefutation: false))
    }
  }
}
