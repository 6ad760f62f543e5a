package import PolicyModel

/// Why one request is denied, or cannot be decided: what each statement says of it.
package struct Explanation: Sendable {
  /// The request, with a text for the free string.
  package let request: Request
  /// The text of the free string; empty for a single request.
  package let free: [Symbol]
  /// What all layers say of it, with every part of every statement decided.
  package let result: AccessResult
  /// Whether the request is decided, whatever the unknowns are.
  package let isRefutation: Bool
  private let resourceRule: ResourceRule
  private let isSameAccount: Certainty
  /// The layers that are surely about the request.
  private let counting: Set<LayerKind>

  init(of request: Request, free: [Symbol], _ question: AccessQuestion, isRefutation: Bool) {
    self.request = request.fixing(free)
    self.free = free
    self.isRefutation = isRefutation
    result = question.evaluate(self.request, isThorough: true)
    resourceRule = question.resourceRule
    isSameAccount = question.isSameAccount
    counting = Set(
      LayerKind.allCases.filter { question.spares(request.principal, $0) == .no })
  }

  /// A statement with the layer it stands in.
  package struct Located: Sendable {
    package let layer: LayerKind
    package let level: Int
    package let result: StatementResult
    package var statement: Statement { result.statement.statement }

    fileprivate func misses(_ part: FailingPart) -> Int { result.failures.contains(part) ? 1 : 0 }
  }

  private var all: [Located] {
    result.levels.flatMap { level in
      level.statements.map { Located(layer: level.kind, level: level.level, result: $0) }
    }
  }

  /// The Deny statements that surely apply: each by itself ends the request.
  package var decidingDenies: [Located] {
    all.filter {
      $0.statement.effect == .deny && $0.result.applies.certainty == .yes
        && counting.contains($0.layer)
    }
  }

  /// The Allow statements that surely apply.
  package var allowing: [Located] {
    all.filter { $0.statement.effect == .allow && $0.result.applies.certainty == .yes }
  }

  /// The statements that apply perhaps: what an open answer hangs on.
  package var undecided: [Located] {
    all.filter { $0.result.applies.certainty == .perhaps }
  }

  /// The layers that may hold more than was given.
  package var incompleteLayers: [LayerKind] {
    var seen: Set<LayerKind> = []
    return result.levels.filter { !$0.isComplete && seen.insert($0.kind).inserted }.map(\.kind)
  }

  /// The condition keys that undecided statements hang on, as policies write them, sorted.
  package var undecidedKeys: [String] {
    var keys: [String: String] = [:]
    for located in undecided {
      for name in located.result.undecidedKeys(in: request.context) {
        keys[RequestContext.folded(name)] = request.context.spelling(of: name)
      }
    }
    return keys.values.sorted()
  }

  /// The Allow statements that surely do not apply, the ones with the fewest failing parts first;
  /// of those, the ones that grant the action.
  package var nearMisses: [Located] {
    all.filter { located in
      located.statement.effect == .allow && located.layer.grants
        && located.result.applies.certainty == .no
    }
    .enumerated()
    .sorted { left, right in
      let leftRank = (left.element.result.failures.count, left.element.misses(.action), left.offset)
      let rightRank = (
        right.element.result.failures.count, right.element.misses(.action), right.offset
      )
      return leftRank < rightRank
    }
    .map(\.element)
  }

  /// The Allow statements that apply for certain, by layer.
  package func isAllowed(by layer: LayerKind) -> Bool {
    all.contains {
      $0.layer == layer && $0.statement.effect == .allow && $0.result.applies.certainty == .yes
    }
  }

  /// Whether a layer takes part in the decision.
  package func has(_ layer: LayerKind) -> Bool { result.levels.contains { $0.kind == layer } }
}

extension LayerKind {
  /// Whether an Allow in the layer can grant something by itself.
  fileprivate var grants: Bool {
    switch self {
    case .identity, .resource: true
    case .resourceControl, .serviceControl, .boundary, .session: false
    }
  }
}

/// A part of a statement that does not match a request.
package enum FailingPart: Hashable, Sendable {
  case principal
  case action
  case resource
  /// A condition, by its position.
  case condition(Int)
}

extension StatementResult {
  /// The parts that surely do not match.
  package var failures: [FailingPart] {
    var parts: [FailingPart] = []
    if principal.anyWay == .no { parts.append(.principal) }
    if action.certainty == .no { parts.append(.action) }
    if resource.certainty == .no { parts.append(.resource) }
    for (position, condition) in conditions.enumerated() where condition.certainty == .no {
      parts.append(.condition(position))
    }
    return parts
  }

  /// The condition keys whose values would decide the statement.
  func undecidedKeys(in context: RequestContext) -> [String] {
    var keys: [String] = []
    for (position, condition) in conditions.enumerated() where condition.certainty == .perhaps {
      keys.append(statement.statement.conditions[position].key)
      keys += statement.conditions[position].variables.filter { context[$0].presence != .present }
    }
    if resource.certainty == .perhaps, let resources = statement.resources {
      keys += resources.templates.flatMap(\.variables)
    }
    return keys
  }
}

extension CompiledCondition {
  /// The condition keys that variables in its values name.
  var variables: [String] {
    var names: [String] = []
    for case .pattern(let template) in operands { names += template.variables }
    return names
  }
}
