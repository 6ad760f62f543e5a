import Evidence
import PolicyModel

/// Decides which findings of a run do not count, and remembers which suppressions were of use.
struct Suppressor {
  private let settings: Suppressions
  private let comments: CommentIndex
  private var usedComments: Set<CommentIndex.Key> = []
  private var ignoresByRule: [RuleID: [Int]] = [:]
  private let globs: [Glob?]
  private var usedIgnores: Set<Int> = []
  private var baselineEntries: [Baseline.Entry: [Int]] = [:]
  private var usedBaselineEntries: Set<Int> = []
  private var fingerprints: Fingerprints
  private let documentPaths: Set<String>
  private let baselinePaths: Set<String>
  /// What a new baseline holds.
  private(set) var newBaseline: [Baseline.Entry] = []

  /// - Parameter others: what was found in documents that belong to no copy.
  init(_ settings: Suppressions, for plans: [CopyPlan], _ others: [Finding]) {
    self.settings = settings
    fingerprints = Fingerprints(path: settings.baselinePath)
    let documents = plans.flatMap(\.documents).map(\.source)
    let unnamed = others.compactMap(\.place?.source)
    comments = CommentIndex((documents + unnamed + [settings.manifest].compactMap { $0 }).unique())
    globs = settings.ignores.map { ignore in
      // A folder stands for what is below it.
      ignore.path.map { Glob($0.text.hasSuffix("/") ? $0.text + "**" : $0.text) }
    }
    for (index, ignore) in settings.ignores.enumerated() {
      ignoresByRule[ignore.rule, default: []].append(index)
    }
    for (index, known) in (settings.baseline?.entries ?? []).enumerated() {
      baselineEntries[known.entry.known, default: []].append(index)
    }
    // Nearly every run has neither, and paths are dear.
    documentPaths =
      settings.ignores.isEmpty ? [] : Set(documents.map { settings.ignorePath($0.path) })
    baselinePaths =
      settings.baseline == nil ? [] : Set(documents.map { settings.baselinePath($0.path) })
  }

  /// Suppresses a finding if something says so; one whose suppression has expired says that.
  ///
  /// Findings must come in the order of the report, which fingerprints of like ones depend on.
  mutating func apply(to finding: inout Finding, asOf: Timestamp) {
    let fingerprint = fingerprints.next(finding)
    if let comment = comments.first(for: finding) {
      usedComments.insert(comment.key)
      finding.suppression = Suppression(kind: .inSource, reason: comment.reason)
    }
    applyIgnores(to: &finding, asOf: asOf)
    applyBaseline(to: &finding, fingerprint)
  }

  private mutating func applyIgnores(to finding: inout Finding, asOf: Timestamp) {
    guard let candidates = ignoresByRule[finding.rule] else { return }
    let path = finding.place.map { settings.ignorePath($0.source.path) }
    for index in candidates {
      let ignore = settings.ignores[index]
      if let glob = globs[index] {
        guard let path, glob.matches(path) else { continue }
      }
      if let sid = ignore.sid {
        guard let place = finding.place, fingerprints.sid(at: place) == sid else { continue }
      }
      usedIgnores.insert(index)
      guard finding.suppression == nil else { continue }
      if let expires = ignore.expires, expires < asOf.date {
        finding.related.append(
          Note(
            "its suppression expired after \(expires.iso8601): \(ignore.reason)", at: ignore.place))
      } else {
        finding.suppression = Suppression(kind: .configuration, reason: ignore.reason)
      }
    }
  }

  private mutating func applyBaseline(to finding: inout Finding, _ fingerprint: String) {
    guard settings.makesBaseline || settings.baseline != nil else { return }
    let entry = Baseline.Entry(
      rule: finding.rule, path: finding.place.map { settings.baselinePath($0.source.path) },
      sid: finding.place.flatMap { fingerprints.sid(at: $0) }, message: finding.message,
      fingerprint: fingerprint)
    guard settings.makesBaseline else {
      guard let known = baselineEntries[entry.known] else { return }
      usedBaselineEntries.formUnion(known)
      if finding.suppression == nil {
        finding.suppression = Suppression(kind: .baseline, reason: "known since the baseline")
      }
      return
    }
    guard finding.suppression == nil else { return }
    newBaseline.append(entry)
    finding.suppression = Suppression(kind: .baseline, reason: "taken into the baseline")
  }
}

// MARK: - What was of no use

extension Suppressor {
  /// A finding for each suppression that suppresses nothing, or cannot; some of them may be
  /// suppressed themselves.
  mutating func findings(_ settings: JudgeSettings, asOf: Timestamp) -> [Finding] {
    guard settings.isActive(.unusedSuppression),
      let rule = settings.catalog[.unusedSuppression]
    else { return [] }
    let severity = settings.catalog.severity(of: rule)
    var findings = unused(settings, severity, ofRuleItself: false)
    for index in Report.order(of: findings) { apply(to: &findings[index], asOf: asOf) }
    return findings + unused(settings, severity, ofRuleItself: true)
  }

  /// - Parameter isOfRule: whether the findings are about suppressions of the rule about
  ///   suppressions, which are known last.
  private func unused(
    _ run: JudgeSettings, _ severity: Severity, ofRuleItself isOfRule: Bool
  ) -> [Finding] {
    let catalog = run.catalog
    func report(_ message: String, _ help: String?, at place: Place) -> Finding {
      Finding(.unusedSuppression, severity, message, at: place, help: help)
    }
    var findings: [Finding] = []
    func check(_ rule: RuleID, _ place: Place, _ message: String, _ help: String) {
      guard (rule == .unusedSuppression) == isOfRule else { return }
      guard self.settings.tellsUnused || catalog[rule] == nil else { return }
      if catalog[rule] == nil, !RuleCatalog.reserved.contains(rule) {
        findings.append(
          report(
            "there is no rule \(quoted(rule.name))",
            catalog.suggestion(for: rule).map { "did you mean `\($0)`?" }
              ?? "`lint-copy rules` lists them", at: place))
      } else if run.isActive(rule) {
        findings.append(report(message, help, at: place))
      }
    }
    for (key, name, source) in comments.names where !usedComments.contains(key) {
      check(
        name.rule, Place(source: source, range: name.range),
        "nothing that `\(name.rule)` finds here is suppressed", "take the comment out")
    }
    for (index, ignore) in settings.ignores.enumerated() where !usedIgnores.contains(index) {
      guard settings.isWhole || isAboutDocument(index) || catalog[ignore.rule] == nil else {
        continue
      }
      check(
        ignore.rule, ignore.place,
        "nothing that `\(ignore.rule)` finds is suppressed by this entry",
        "take the entry out")
    }
    for (index, known) in (settings.baseline?.entries ?? []).enumerated()
    where !usedBaselineEntries.contains(index) && !settings.makesBaseline {
      guard settings.isWhole || known.entry.path.map(baselinePaths.contains) ?? false else {
        continue
      }
      check(
        known.entry.rule, known.place, "`\(known.entry.rule)` no longer finds this",
        "write the baseline again with `--write-baseline`")
    }
    if !isOfRule {
      for (malformed, source) in comments.malformed {
        findings.append(
          report(
            malformed.message, "write \(SuppressionComment.form)",
            at: Place(source: source, range: malformed.range)))
      }
    }
    return findings
  }

  /// Whether an entry is about a document of this run, and not only about those of other copies.
  private func isAboutDocument(_ index: Int) -> Bool {
    globs[index].map { glob in documentPaths.contains(where: glob.matches) } ?? false
  }
}

extension RuleID {
  /// The rule about suppressions of no use.
  static let unusedSuppression: RuleID = "unused-suppression"
}

extension Baseline.Entry {
  /// The entry as it is known again: what is said for people may change.
  fileprivate var known: Self {
    var known = self
    known.message = ""
    return known
  }
}

extension CivilDate {
  fileprivate var iso8601: String { String(Timestamp(startOf: self).iso8601.prefix(10)) }
}
