package import Checks

extension JudgeSettings {
  /// What reports say of the rules of this run; a page is read only where a report shows it.
  package var ruleDescriptions: RuleDescriptions {
    let catalog = catalog
    return RuleDescriptions(
      ids: catalog.rules.map(\.id).filter(isActive), url: { _ in nil },
      find: { id in
        catalog[id].map { rule in
          RuleDescription(
            id: id, summary: rule.summary, severity: catalog.severity(of: rule),
            explanation: RulePage.markdown(for: rule))
        }
      })
  }
}
