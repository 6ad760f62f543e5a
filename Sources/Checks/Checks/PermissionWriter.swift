import Authorization
import Evidence
import PolicyModel

/// Says why a request is allowed that a rule wants denied: by which statement, at which part of it.
struct PermissionWriter {
  let access: AccessCase
  let explanation: Explanation

  private var request: Request { explanation.request }

  private var who: String {
    if access.resource == .role { return "CloudTrail" }
    return access.resource.isForCaller ? "whoever starts the import" : "the role"
  }

  /// The statement that allows it: of the principal's own permissions where one of them does.
  private var allowing: Explanation.Located? {
    explanation.allowing.first { $0.layer == .identity }
      ?? explanation.allowing.first { $0.layer == .resource }
  }

  /// The violation with its finding and the request that is allowed.
  func outcome(_ rule: RuleID, summary: String, trace: [String]) -> Outcome {
    let object = request.resource.description
    let source = allowing.map {
      "\($0.statement.name) of \(LayerName.of($0.layer, access.resource))"
    }
    var outcome = Outcome(
      subject: access.subject, status: .violated,
      reason: "`\(request.action)` is allowed by \(source ?? "the policies")")
    outcome.counterexample = access.counterexample(explanation)
    outcome.evidence = access.evidence(explanation)
    outcome.trace = trace
    outcome.finding = Outcome.Draft(
      "\(who) may do `\(request.action)` on `\(object)`", at: place,
      label: allowing.map { "\($0.statement.name) allows it" },
      help: "the rule asks that \(summary)")
    return outcome
  }

  /// The action that allows it, as the statement writes it.
  private var place: Place? {
    guard let statement = allowing?.statement else { return access.policies.first?.node.place }
    guard let actions = statement.actions, !actions.isNegated else {
      return (statement.actions?.keyNode ?? statement.node).place
    }
    let action = Array(request.action.utf8)
    let item = actions.items.first { item in
      item.text.literal.map { Wildcard.matches(action, Array($0.utf8)) } ?? false
    }
    return (item?.node ?? actions.node).place
  }
}
