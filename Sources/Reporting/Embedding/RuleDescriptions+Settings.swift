package import Checks
import PolicyModel

extension JudgeSettings {
  /// What a report says of the rules of this run, in some formats; only pages that it shows are read.
  ///
  /// A rule's address is that of the page where AWS says so: the program has none of its own, and
  /// `lint-copy rule ID` shows its pages.
  package func ruleDescriptions(
    for report: Report, as formats: [OutputFormat]
  ) -> RuleDescriptions {
    let catalog = catalog
    var shown = Set(report.findings.map(\.rule))
    if formats.contains(where: \.linksEveryRule) { shown.formUnion(catalog.rules.map(\.id)) }
    var urls: [RuleID: String] = [:]
    for id in shown {
      urls[id] = catalog[id]?.page?.sources.lazy.compactMap(\.url).first
    }
    let found = urls
    return RuleDescriptions(
      ids: catalog.rules.map(\.id).filter(isActive), url: { found[$0] },
      find: { id in
        catalog[id].map { rule in
          RuleDescription(
            id: id, summary: rule.summary, severity: catalog.severity(of: rule),
            explanation: RulePage.markdown(for: rule), url: found[id], category: rule.category)
        }
      })
  }
}
