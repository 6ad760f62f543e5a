import Evidence
import PolicyModel
import Testing

@testable import Checks

/// A team's rule that is judged alone.
enum CustomRule {
  /// The text of a rule file of a check with its parameters.
  static func text(_ check: CheckName, _ parameters: String, severity: Severity = .error) -> String
  {
    """
    id: custom
    summary: all is as we want it
    severity: \(severity.name)
    check: \(check.rawValue)
    with: \(parameters)
    explanation: x
    """
  }

  /// What is said of a copy by the rule of a text alone.
  static func report(_ text: String, on plan: CopyPlan) throws -> Report {
    var catalog = RuleCatalog.builtIn
    let problems = catalog.add([Source(path: "lint-rules/custom.yaml", text)])
    try #require(problems.map(\.message) == [])
    let settings = JudgeSettings(catalog: catalog, selected: ["custom"], version: "test")
    return Report(judging: [plan], with: settings, asOf: plan.asOf, documentCount: 0)
  }
}
