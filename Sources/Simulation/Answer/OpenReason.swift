import Authorization
import PolicyModel

extension Decision.OpenReason {
  /// Everything that keeps a decision open.
  static func all(of request: Request, _ layers: Layers) -> [Self] {
    let result = layers.question.evaluate(request, isThorough: true)
    var reasons: [Self] = []
    for level in layers.levels {
      for attached in level.policies {
        let policy = attached.policy.compiled.policy
        if policy.isUnreadable || policy.mayHoldFurtherStatements {
          reasons.append(
            Self(statement: nil, policy: attached.id, reason: unreadable(policy)))
        }
      }
    }
    layers.forEachStatement(of: result) { statement, id, notes in
      guard statement.applies.certainty == .perhaps else { return }
      reasons.append(
        Self(
          statement: Decision.Matched(policy: id, notes: notes), policy: id,
          reason: reason(statement, findings(on: statement, layers))))
    }
    return reasons
  }

  private static func unreadable(_ policy: Policy) -> String {
    let finding = policy.findings.first { $0.severity == .error }
    return "the policy holds statements that cannot be read"
      + (finding.map { ": \($0.message)" } ?? "")
  }

  /// What is wrong with a statement's grammar.
  private static func findings(on result: StatementResult, _ layers: Layers) -> [Finding] {
    let statement = result.statement.statement.node
    let policies = layers.levels.flatMap { $0.policies.map(\.policy.compiled.policy) }
    // Every policy is a source of its own, so that the place tells the policy, too.
    return policies.flatMap(\.findings).filter { finding in
      guard finding.severity == .error, let place = finding.place else { return false }
      return place.source == statement.tree.source
        && statement.range.lowerBound <= place.range.lowerBound
        && place.range.upperBound <= statement.range.upperBound
    }
  }

  private static func reason(_ result: StatementResult, _ findings: [Finding]) -> String {
    let statement = result.statement.statement
    if !statement.isWellFormed {
      return "AWS would refuse the statement as it is written"
        + (findings.first.map { ": \($0.message)" } ?? "")
    }
    if result.principal.anyWay == .perhaps {
      return "whether it names the caller cannot be told"
    }
    if result.resource.certainty == .perhaps {
      return "whether it covers the resource is not documented"
    }
    for (condition, holds) in zip(statement.conditions, result.conditions)
    where holds.certainty == .perhaps {
      let comparison = condition.operatorNode.scalarText ?? ""
      return "whether \(quoted(comparison)) on \(quoted(condition.key)) holds is not documented"
    }
    return "whether it applies cannot be told"
  }
}
