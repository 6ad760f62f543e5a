package import Evidence
package import PolicyModel

/// What a run was told about rules and findings.
package struct JudgeSettings: Sendable {
  /// The rules, with the severities of this run.
  package var catalog: RuleCatalog
  /// The only rules to judge; nil for all.
  package var selected: Set<RuleID>?
  /// The rules not to judge.
  package var ignored: Set<RuleID>
  /// Whether an unproven copy fails the run.
  package var isStrict: Bool
  /// The program's version, for the report.
  package var version: String

  package init(
    catalog: RuleCatalog = .builtIn, selected: Set<RuleID>? = nil, ignored: Set<RuleID> = [],
    isStrict: Bool = false, version: String
  ) {
    self.catalog = catalog
    self.selected = selected
    self.ignored = ignored
    self.isStrict = isStrict
    self.version = version
  }

  /// Whether a rule takes part in the run.
  package func isActive(_ rule: RuleID) -> Bool {
    !ignored.contains(rule) && selected?.contains(rule) ?? true
  }
}

extension Report {
  /// Judges copies: decides every rule for each, and says what was found.
  ///
  /// `documentCount` says how many documents were read, for the summary; `others` is what was found
  /// in documents that belong to no copy.
  package init(
    judging plans: [CopyPlan], with settings: JudgeSettings, asOf: Timestamp, documentCount: Int,
    others: [Finding] = []
  ) {
    var findings = others.filter { settings.isActive($0.rule) }
    for index in findings.indices {
      guard let severity = settings.catalog.severities[findings[index].rule] else { continue }
      findings[index].severity = severity
    }
    var copies: [CopyReport] = []
    for plan in plans {
      var judge = CopyJudge(plan, settings)
      copies.append(judge.report())
      findings += judge.findings
    }
    self.init(
      version: settings.version, asOf: asOf, copies: copies, findings: Report.sorted(findings),
      documentCount: documentCount, isStrict: settings.isStrict)
  }

  /// By path, offset and rule; findings without a place come last; the same twice counts once.
  package static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.unique().sorted { left, right in
      let leftKey = key(left)
      let rightKey = key(right)
      if leftKey != rightKey { return leftKey < rightKey }
      return left.message < right.message
    }
  }

  private struct Key: Comparable {
    var hasNoPlace: Int
    var path: String
    var offset: Int
    var rule: RuleID

    static func < (left: Key, right: Key) -> Bool {
      (left.hasNoPlace, left.path, left.offset, left.rule)
        < (right.hasNoPlace, right.path, right.offset, right.rule)
    }
  }

  private static func key(_ finding: Finding) -> Key {
    Key(
      hasNoPlace: finding.place == nil ? 1 : 0, path: finding.place?.source.path ?? "",
      offset: finding.place?.start ?? 0, rule: finding.rule)
  }
}

/// Judges one copy.
private struct CopyJudge {
  private let plan: CopyPlan
  private let settings: JudgeSettings
  private let copy: CompiledCopy
  private(set) var findings: [Finding] = []
  private var rows: [Requirement] = []
  private var refutations: [Refutation] = []
  private var assumptions: [String] = []
  /// Mistakes that already have a finding, so that each has one.
  private var owned: Set<Mistake> = []

  private struct Mistake: Hashable {
    var rule: RuleID
    var source: Source?
    var range: Range<Int>?

    /// A YAML alias leads to one place on several ways: it is one mistake there.
    init(rule: RuleID, place: Place?) {
      self.rule = rule
      source = place?.source
      range = place?.range
    }
  }

  init(_ plan: CopyPlan, _ settings: JudgeSettings) {
    self.plan = plan
    self.settings = settings
    copy = CompiledCopy(plan)
  }

  mutating func report() -> CopyReport {
    addPlanFindings()
    var later: [(Rule, [Outcome])] = []
    for rule in settings.catalog.rules {
      guard let check = CheckRegistry.check(rule.check) else { continue }
      guard settings.isActive(rule.id) else {
        addDeselected(rule)
        continue
      }
      let outcomes = check.outcomes(of: rule, on: copy)
      // Rows that explain others come after them: what decides an access is owned there.
      if rule.check == .trustCondition {
        later.append((rule, outcomes))
        rows.append(
          contentsOf: outcomes.map { row(rule, $0, severity: settings.catalog.severity(of: rule)) })
      } else {
        for outcome in outcomes { add(outcome, of: rule) }
      }
    }
    for (rule, outcomes) in later { settle(outcomes, of: rule) }
    return CopyReport(
      name: plan.name, verdict: verdict, assumptions: allAssumptions.unique(),
      facts: FactRows.rows(of: plan), requirements: rows, refutations: refutations)
  }

  // MARK: Findings of reading

  private mutating func addPlanFindings() {
    for var finding in plan.findings where settings.isActive(finding.rule) {
      if let severity = settings.catalog.severities[finding.rule] { finding.severity = severity }
      finding.copy = plan.name
      findings.append(finding)
      owned.insert(Mistake(rule: finding.rule, place: finding.place))
    }
  }

  // MARK: Rows

  private mutating func addDeselected(_ rule: Rule) {
    rows.append(
      Requirement(
        rule: rule.id, summary: rule.summary, subject: "",
        severity: settings.catalog.severity(of: rule),
        status: .notChecked, reason: "the rule is not selected"))
  }

  private func row(_ rule: Rule, _ outcome: Outcome, severity: Severity) -> Requirement {
    Requirement(
      rule: rule.id, summary: rule.summary, subject: outcome.subject.withReadableReferences,
      severity: severity,
      status: outcome.status, reason: outcome.reason.withReadableReferences,
      causes: outcome.status == .violated
        ? outcome.causes.map(\.rule).filter { $0 != rule.id && isKnown($0) }.unique() : [],
      needs: outcome.needs, dependsOn: outcome.dependsOn, counterexample: outcome.counterexample,
      trace: outcome.trace)
  }

  private func isKnown(_ rule: RuleID) -> Bool {
    settings.catalog[rule] != nil && settings.isActive(rule)
  }

  private mutating func add(_ outcome: Outcome, of rule: Rule) {
    let severity = settings.catalog.severity(of: rule)
    rows.append(row(rule, outcome, severity: severity))
    assumptions += outcome.assumptions
    switch outcome.status {
    case .violated:
      if rule.check == .access {
        refutations.append(
          Refutation(
            rule: rule.id, subject: outcome.subject.withReadableReferences,
            evidence: outcome.evidence))
      }
      let causes = outcome.causes.filter { isKnown($0.rule) }
      if causes.isEmpty {
        // A rule that takes no part explains nothing, and still knows what would mend it.
        var finding = outcome.finding
        finding?.remedies.insert(contentsOf: outcome.causes.flatMap(\.draft.remedies), at: 0)
        add(finding, rule.id, severity)
      } else {
        for cause in causes { add(cause.draft, cause.rule, severity) }
      }
    case .open: add(outcome.finding, rule.id, min(severity, .warning))
    case .proven, .notChecked, .notApplicable: break
    }
  }

  /// Gives the rows of source conditions their severity: the first where a condition decides an
  /// access, else the lesser one, with findings only for what nobody has found yet.
  private mutating func settle(_ outcomes: [Outcome], of rule: Rule) {
    let lesser = settings.catalog.severityOtherwise(of: rule)
    for outcome in outcomes where outcome.status == .violated {
      let decides = outcome.causes.contains { cause in
        owned.contains(Mistake(rule: cause.rule, place: cause.draft.place))
      }
      if !decides {
        for index in rows.indices
        where rows[index].rule == rule.id
          && rows[index].subject == outcome.subject.withReadableReferences
        {
          rows[index].severity = lesser
        }
      }
      for cause in outcome.causes where isKnown(cause.rule) {
        let known = settings.catalog[cause.rule]
        let severity = known.map { settings.catalog.severityOtherwise(of: $0) } ?? lesser
        add(cause.draft, cause.rule, severity)
      }
    }
  }

  private mutating func add(_ draft: Outcome.Draft?, _ rule: RuleID, _ severity: Severity) {
    guard let draft, owned.insert(Mistake(rule: rule, place: draft.place)).inserted else { return }
    // What is wrong at a place is said once: advice about it waits until it is mended.
    if severity == .note, let place = draft.place, findings.contains(where: { $0.place == place }) {
      return
    }
    var finding = Finding(
      rule, severity, draft.message.withReadableReferences, at: draft.place,
      label: draft.label?.withReadableReferences, related: draft.related,
      help: draft.help?.withReadableReferences)
    finding.remedies = draft.remedies.map(\.withReadableTitle)
    finding.copy = plan.name
    findings.append(finding)
  }

  // MARK: Verdict

  private var verdict: Verdict {
    var verdict = Verdict.ready
    for row in rows where row.severity == .error {
      switch row.status {
      case .violated: verdict = max(verdict, row.suppression == nil ? .blocked : .unproven)
      case .open, .notChecked: verdict = max(verdict, .unproven)
      case .proven, .notApplicable: break
      }
    }
    let hasError = findings.contains { $0.severity == .error && $0.suppression == nil }
    if hasError || !Assumptions.inferred(in: plan).isEmpty { verdict = max(verdict, .unproven) }
    return verdict
  }

  private var allAssumptions: [String] {
    Assumptions.inferred(in: plan) + assumptions + Assumptions.absentLayers(of: plan)
  }
}
