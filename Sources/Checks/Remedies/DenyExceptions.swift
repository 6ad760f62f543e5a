import Authorization
import Evidence
import PolicyModel

/// Plans what would except the role from the statements of a bucket or key policy that deny it.
///
/// Whoever wrote the Deny meant somebody by it, so that an exception is never safe.
struct DenyExceptions {
  let access: AccessCase
  let denies: [Explanation.Located]

  var remedies: [Remedy] {
    guard access.resource != .role, !access.resource.isForCaller,
      let role = access.copy.plan.facts.roleARN.value,
      denies.allSatisfy({ $0.layer == .resource })
    else { return [] }
    let names = denies.map(\.statement.name).unique().joined(separator: " and ")
    return [
      Remedy(
        "except `\(role.withReadableReferences)` from \(names)", .unsafe,
        denies.map { change(of: $0.statement, excepting: role) })
    ]
  }

  private func change(of statement: Statement, excepting role: String) -> Remedy.Change {
    let key = "aws:PrincipalArn"
    let exception = statement.conditions.first { condition in
      RequestContext.folded(condition.key) == RequestContext.folded(key)
        && condition.comparison?.base.isNegated == true
        && condition.comparison?.base.comparesTexts == true
    }
    if let exception { return .append([.text(role)], to: exception.valueNode.place) }
    let value = Remedy.Value.object([Remedy.Member(key, .text(role))])
    guard let block = statement.node["Condition"], block.kind == .object else {
      return .add(
        "Condition", .object([Remedy.Member("ArnNotEquals", value)]), to: statement.node.place)
    }
    if let entry = block["ArnNotEquals"], entry.kind == .object {
      return .add(key, .text(role), to: entry.place)
    }
    return .add("ArnNotEquals", value, to: block.place)
  }
}
