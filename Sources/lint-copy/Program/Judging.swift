import Checks
import Evidence
import PolicyModel

/// The report on plans of which nothing but their documents is judged: no copy is ever ready.
func judge(_ plans: [CopyPlan], isStrict: Bool) -> Report {
  Report(
    version: Program.version, asOf: plans.first?.asOf ?? Timestamp(seconds: 0),
    copies: plans.map {
      CopyReport(name: $0.name, verdict: .unproven, assumptions: [], facts: [], requirements: [])
    },
    findings: plans.flatMap(\.findings), documentCount: 0, isStrict: isStrict)
}
