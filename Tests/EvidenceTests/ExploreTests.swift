import PolicyModel
import Testing

@testable import Evidence

@Test func `explore`() throws {
  for name in ["cloudformation/template.json", "cloudformation/template.yaml"] {
    let plan = try Samples.plan([name])
    show(plan)
    let p2 = try Samples.plan([name]) { $0.facts = [try StatedFact(.account, "111122223333", origin: "`--account`"), try StatedFact(.region, "us-east-1", origin: "`--region`")] }
    show(p2)
  }
}
func show(_ plan: CopyPlan) {
    print(plan.documents.map { $0.name ?? "?" }, plan.findings.map { ($0.message, $0.place?.source.path, $0.place?.pointer) })
    for child in Mirror(reflecting: plan.facts).children {
      let fact = Mirror(reflecting: child.value).children.map { $0.value }
      if "\(fact[1])" != "unknown" || "\(fact[3])" != "" { print("  ", child.label ?? "", fact[0], fact[1], fact[3]) }
    }
    for (n, l) in [("role", plan.role), ("trust", plan.trust), ("bucket", plan.bucket), ("boundary", plan.boundary), ("caller", plan.caller)] {
      print("  ", n, l.policies.map { $0.node.place.pointer }, l.gap as Any, l.isAssumedAbsent)
      for p in l.policies { for s in p.statements { print("      ", s.actions?.items.map(\.text.description) ?? [], s.resources?.items.map(\.text.description) ?? [], s.principals?.items.map(\.text.description) ?? [], s.conditions.map { ($0.key, $0.values.map(\.text.description)) }, s.isWellFormed) } }
    }
    print("  ", plan.keys.map { ($0.arn.value as Any, $0.arn.status, $0.policy.policies.count, $0.policy.gap as Any, $0.isPairingInferred) })
}
