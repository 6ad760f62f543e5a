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
  /// What was told about findings that do not count.
  package var suppressions = Suppressions()
  /// Whether an unproven copy fails the run.
  package var isStrict: Bool
  /// The program's version, for the report.
  package var version: String
  /// Whether reports hold each decision step by step, which costs as much as deciding.
  package var tracesDecisions = true

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
    var suppressor = Suppressor(settings.suppressions, for: plans, others)
    for index in Report.order(of: findings) { suppressor.apply(to: &findings[index], asOf: asOf) }
    let judges = plans.concurrentMap { plan in
      var judge = CopyJudge(plan, settings)
      judge.decide()
      return judge
    }
    for var judge in judges {
      judge.suppress(by: &suppressor)
      copies.append(judge.report)
      findings += judge.findings
    }
    findings += suppressor.findings(settings, asOf: asOf)
    self.init(
      version: settings.version, asOf: asOf, copies: copies, findings: Report.sorted(findings),
      documentCount: documentCount, isStrict: settings.isStrict)
    newBaseline = suppressor.newBaseline
  }

  /// By path, offset and rule; findings without a place come last; the same twice counts once.
  package static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.unique().sorted(by: precedes)
  }

  /// The positions of findings in the order of the report.
  static func order(of findings: [Finding]) -> [Int] {
    findings.indices.sorted { precedes(findings[$0], findings[$1]) }
  }

  private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    let leftKey = key(left)
    let rightKey = key(right)
    if leftKey != rightKey { return leftKey < rightKey }
    return left.message < right.message
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
private struct CopyJudge: Sendable {
  private let plan: CopyPlan
  private let settings: JudgeSettings
  private(set) var findings: [Finding] = []
  /// The places of findings.
  private var taken: Set<Place> = []
  private var rows: [Requirement] = []
  private var refutations: [Refutation] = []
  /// The mistakes whose findings explain each row.
  private var explanations: [[Mistake]] = []
  private var assumptions: [String] = []
  /// Mistakes that already have a finding, so that each has one; with its position, if it counts.
  private var owned: [Mistake: Int?] = [:]

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
  }

  /// Decides every rule.
  mutating func decide() {
    // Not kept: the automata of a copy take a megabyte, and a repository may have thousands.
    let copy = CompiledCopy(plan, tracesDecisions: settings.tracesDecisions)
    addPlanFindings(of: copy)
    var later: [(rule: Rule, outcomes: [Outcome], rows: Range<Int>)] = []
    for rule in settings.catalog.rules {
      guard let check = CheckRegistry.check(rule.check) else { continue }
      guard settings.isActive(rule.id) else {
        addDeselected(rule)
        continue
      }
      let outcomes = check.outcomes(of: rule, on: copy)
      // Rows that explain others come after them: what decides an access is owned there.
      if rule.check == .trustCondition {
        later.append((rule, outcomes, rows.count..<rows.count + outcomes.count))
        for outcome in outcomes {
          append(row(rule, outcome, severity: settings.catalog.severity(of: rule)))
        }
      } else {
        for outcome in outcomes { add(outcome, of: rule) }
      }
    }
    for entry in later { settle(entry.outcomes, of: entry.rule, entry.rows) }
    addDocumentMistakes()
  }

  /// What is said of the copy.
  var report: CopyReport {
    CopyReport(
      name: plan.name, verdict: verdict, assumptions: allAssumptions.unique(),
      facts: FactRows.rows(of: plan), requirements: rows, refutations: refutations)
  }

  // MARK: Suppression

  /// Marks findings that do not count, and the rows that only such findings explain.
  mutating func suppress(by suppressor: inout Suppressor) {
    for index in Report.order(of: findings) {
      suppressor.apply(to: &findings[index], asOf: plan.asOf)
    }
    for index in rows.indices where rows[index].status == .violated {
      let own = explanations[index].compactMap { owned[$0] ?? nil }.map { findings[$0] }
      guard let first = own.first?.suppression, own.allSatisfy({ $0.suppression != nil }) else {
        continue
      }
      rows[index].suppression = first
    }
  }

  // MARK: Findings of reading

  private mutating func addPlanFindings(of copy: CompiledCopy) {
    var deselected: [RuleID] = []
    for var finding in plan.findings {
      if let severity = settings.catalog.severities[finding.rule] { finding.severity = severity }
      guard settings.isActive(finding.rule) else {
        if finding.severity == .error { deselected.append(finding.rule) }
        continue
      }
      finding.copy = plan.name
      finding.remedies += MissingStatements(copy: copy).remedies(for: finding)
        .map(\.withReadableTitle)
      owned[Mistake(rule: finding.rule, place: finding.place)] = findings.count
      findings.append(finding)
      if let place = finding.place { taken.insert(place) }
    }
    // These rules have no rows: without one, leaving out what stands in the way would clear it.
    for rule in deselected.unique() {
      if let rule = settings.catalog[rule] { addDeselected(rule) }
    }
  }

  // MARK: Rows

  private mutating func append(_ row: Requirement) {
    rows.append(row)
    explanations.append([])
  }

  private mutating func addDeselected(_ rule: Rule) {
    append(
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
    append(row(rule, outcome, severity: severity))
    let row = rows.count - 1
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
        add(finding, rule.id, severity, explaining: row)
      } else {
        for cause in causes {
          add(
            cause.draft, cause.rule, causeSeverity(cause.rule, of: rule, severity),
            explaining: row)
        }
      }
    case .open: add(outcome.finding, rule.id, min(severity, .warning), explaining: row)
    case .proven, .notChecked, .notApplicable: break
    }
  }

  /// A mistake has the severity of the row it explains; where access is granted otherwise, its own.
  private func causeSeverity(_ cause: RuleID, of rule: Rule, _ severity: Severity) -> Severity {
    guard rule.check == .documentedStatement, let cause = settings.catalog[cause] else {
      return severity
    }
    return settings.catalog.severityOtherwise(of: cause)
  }

  /// Gives the rows of source conditions their severity: the first where a condition decides an
  /// access, else the lesser one, with findings only for what nobody has found yet.
  private mutating func settle(_ outcomes: [Outcome], of rule: Rule, _ positions: Range<Int>) {
    let lesser = settings.catalog.severityOtherwise(of: rule)
    for (row, outcome) in zip(positions, outcomes) where outcome.status == .violated {
      let decides = outcome.causes.contains { cause in
        let mistake = Mistake(rule: cause.rule, place: cause.draft.place)
        guard let position = owned[mistake] ?? nil else { return false }
        return findings[position].severity > lesser
      }
      if !decides { rows[row].severity = lesser }
      for cause in outcome.causes where isKnown(cause.rule) {
        let known = settings.catalog[cause.rule]
        let severity = known.map { settings.catalog.severityOtherwise(of: $0) } ?? lesser
        add(cause.draft, cause.rule, severity, explaining: row)
      }
    }
  }

  /// Adds the mistakes that block nothing; one at the place of a finding explains that finding.
  private mutating func addDocumentMistakes() {
    for (mistake, statement) in DocumentMistakes(plan: plan).all() where isKnown(mistake.rule) {
      guard let rule = settings.catalog[mistake.rule],
        owned[Mistake(rule: rule.id, place: mistake.draft.place)] == nil
      else { continue }
      if let index = findings.firstIndex(where: { $0.repeats(mistake, in: statement) }) {
        // The same slip twice in one statement is one.
        findings[index].related.append(Note("here too", at: mistake.draft.place))
      } else if let index = findings.firstIndex(where: { $0.covers(mistake.draft.place) }) {
        findings[index].explain(by: mistake.draft)
      } else {
        add(mistake.draft, rule.id, settings.catalog.severityOtherwise(of: rule), explaining: nil)
      }
    }
  }

  private mutating func add(
    _ draft: Outcome.Draft?, _ rule: RuleID, _ severity: Severity, explaining row: Int?
  ) {
    guard let draft else { return }
    let mistake = Mistake(rule: rule, place: draft.place)
    if let row { explanations[row].append(mistake) }
    guard owned[mistake] == nil else { return }
    // What is wrong at a place is said once: advice about it waits until it is mended.
    if severity == .note, let place = draft.place, taken.contains(place) {
      owned.updateValue(nil, forKey: mistake)
      return
    }
    if let place = draft.place { taken.insert(place) }
    owned[mistake] = findings.count
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
    // A suppression takes a finding out of the count, not out of the documents.
    let hasError = findings.contains { $0.severity == .error }
    if hasError || !Assumptions.inferred(in: plan).isEmpty { verdict = max(verdict, .unproven) }
    return verdict
  }

  private var allAssumptions: [String] {
    Assumptions.inferred(in: plan) + assumptions + Assumptions.absentLayers(of: plan)
  }
}

extension Finding {
  /// Whether the finding is about a place or what is around it.
  fileprivate func covers(_ other: Place?) -> Bool {
    guard let place, let other, severity > .note else { return false }
    return place.source == other.source && place.range.lowerBound <= other.range.lowerBound
      && other.range.upperBound <= place.range.upperBound
  }

  /// Whether the finding says the same about the same statement.
  fileprivate func repeats(_ mistake: Outcome.Cause, in statement: Place) -> Bool {
    guard rule == mistake.rule, message == mistake.draft.message, let place else { return false }
    return place.source == statement.source && statement.range.contains(place.range.lowerBound)
  }

  /// Takes a mistake in that stands where the finding is.
  fileprivate mutating func explain(by draft: Outcome.Draft) {
    let remark = Note(draft.message, at: draft.place == place ? nil : draft.place)
    if !related.contains(remark) { related.append(remark) }
    if remedies.isEmpty { remedies = draft.remedies.map(\.withReadableTitle) }
  }
}
