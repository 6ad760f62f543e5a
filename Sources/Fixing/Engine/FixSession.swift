package import Checks
package import Evidence
package import PolicyModel

/// Mends copies: makes fixes of what was found, and keeps only those that a second judgement likes.
///
/// Everything happens in memory. A fix is kept if its finding is gone and nothing else is worse off;
/// fixes that overlap take turns.
package struct FixSession {
  /// What was made of one document.
  package struct Change: Sendable {
    /// The document as it was read.
    package var original: Source
    /// The document as it should be.
    package var mended: Source
  }

  /// A fix that was made or not.
  package struct Attempt: Sendable {
    package var finding: Finding
    package var fix: Fix
    /// Why it was not made; nil where it was.
    package var objection: String?
  }

  private let judge: Judge
  /// What was said of the copies as they were read.
  private let first: Report
  private let unwritable: Set<String>
  private var copies: [JudgedCopy]
  /// The document as it was read, of each that was changed.
  private var originals: [Source: Source] = [:]
  private var judgements = 0
  /// Whether answers of AWS are mended too, as if they were what somebody wrote.
  var imagines = false
  private var objections: [AttemptKey: String] = [:]
  /// The fixes that were made, in their order.
  package private(set) var made: [Attempt] = []

  /// Takes copies with what was said of them; `unwritable` are paths that cannot be written to.
  package init(
    _ inputs: [CopyInput], _ plans: [CopyPlan], _ report: Report, unwritable: Set<String> = [],
    judgedBy judge: @escaping Judge
  ) {
    self.judge = judge
    self.unwritable = unwritable
    first = report
    copies = zip(inputs, plans).map { input, plan in
      inputs.count == 1 ? JudgedCopy(input, plan, report) : JudgedCopy(input, plan, judge: judge)
    }
  }

  /// Judges copies.
  package init(_ inputs: [CopyInput], judgedBy judge: @escaping Judge) {
    let plans = inputs.map(CopyPlan.init(assembling:))
    self.init(inputs, plans, judge(plans), judgedBy: judge)
  }

  // MARK: Mending

  /// Makes every fix that does what it should.
  package mutating func mend(withUnsafe allowsUnsafe: Bool) {
    while judgements < Limits.judgements {
      let candidates = candidates(withUnsafe: allowsUnsafe)
      guard !candidates.isEmpty else { return }
      // What is wrong is corrected first: a statement that is right then may need no other beside it.
      let stages = [
        candidates.filter { !$0.addsStatement }, candidates.filter(\.addsStatement),
      ]
      let hasMade = stages.contains { stage in
        makeTogether(stage, withUnsafe: allowsUnsafe)
          || stage.contains { make($0, withUnsafe: allowsUnsafe) }
      }
      guard hasMade else { return }
    }
  }

  /// A finding with the fixes that were not tried yet, the best first.
  private struct Candidate {
    var finding: Finding
    var fixes: [Fix]
    /// Whether the first of them adds a statement.
    var addsStatement: Bool
  }

  private func candidates(withUnsafe allowsUnsafe: Bool) -> [Candidate] {
    var planner = planner
    return findings.compactMap { finding in
      let fixes = planner.fixes(for: finding).filter { fix in
        (allowsUnsafe || fix.safety == .safe) && objections[AttemptKey(finding, fix)] == nil
      }
      guard let first = fixes.first else { return nil }
      let remedy = finding.remedies.first { first.title.hasPrefix($0.title) }
      return Candidate(
        finding: finding, fixes: fixes, addsStatement: remedy?.addsStatement == true)
    }
  }

  /// Makes the first fix of each finding at once, as far as they do not overlap.
  private mutating func makeTogether(_ candidates: [Candidate], withUnsafe: Bool) -> Bool {
    var edits: [Source: [TextEdit]] = [:]
    var chosen: [Attempt] = []
    for candidate in candidates {
      guard let fix = candidate.fixes.first, fix.isFree(beside: edits) else { continue }
      for (source, new) in fix.textEdits { edits[source, default: []] += new }
      chosen.append(Attempt(finding: candidate.finding, fix: fix))
    }
    guard chosen.count > 1, attempt(chosen, edits, withUnsafe: withUnsafe) == nil else {
      return false
    }
    return true
  }

  /// Makes the first fix of a finding that does what it should.
  private mutating func make(_ candidate: Candidate, withUnsafe: Bool) -> Bool {
    for fix in candidate.fixes {
      let own = Attempt(finding: candidate.finding, fix: fix)
      guard let objection = attempt([own], fix.textEdits, withUnsafe: withUnsafe) else {
        return true
      }
      objections[AttemptKey(candidate.finding, fix)] = objection
    }
    return false
  }

  /// Makes fixes and keeps them; else says why not.
  private mutating func attempt(
    _ attempts: [Attempt], _ edits: [Source: [TextEdit]], withUnsafe: Bool
  ) -> String? {
    let trial = Trial(copies, edits, judge: judge)
    judgements += trial.judgements
    if let objection = trial.objection(
      mending: attempts.map(\.finding), mayGrant: withUnsafe)
    {
      return objection
    }
    copies = trial.copies
    for (old, new) in trial.sources {
      originals[new] = originals.removeValue(forKey: old) ?? old
    }
    made += attempts
    return nil
  }

  // MARK: Results

  /// What was changed, by path.
  package var changes: [Change] {
    originals.map { Change(original: $0.value, mended: $0.key) }
      .filter { $0.original.text != $0.mended.text }
      .sorted { $0.original.path < $1.original.path }
  }

  /// The fixes that could have been made and were not, each with the reason.
  package func refused(withUnsafe allowsUnsafe: Bool) -> [Attempt] {
    var planner = planner
    return findings.compactMap { finding in
      planner.fixes(for: finding).lazy.compactMap { fix -> Attempt? in
        guard allowsUnsafe || fix.safety == .safe,
          let objection = objections[AttemptKey(finding, fix)]
        else { return nil }
        return Attempt(finding: finding, fix: fix, objection: objection)
      }.first
    }
  }

  /// What is said of the copies as they are now, with the fixes that would do what they should.
  ///
  /// Those of answers of AWS are among them, as offers: their edits show what the policies should be.
  package func report() -> Report {
    var report = made.isEmpty ? first : copies.count == 1 ? copies[0].report : judge(plans)
    var planner = planner(imagining: true)
    var looked = 0
    var plannedFixes = report.findings.map { finding -> [Fix] in
      guard !finding.remedies.isEmpty, looked < Limits.findingsWithFixes else { return [] }
      looked += 1
      return planner.fixes(for: finding).filter {
        $0.safety == .unsafe || objections[AttemptKey(finding, $0)] == nil
      }
    }
    var trials = Trials(copies, judge)
    let together = triedTogether(report.findings, plannedFixes, &trials)
    for (index, finding) in report.findings.enumerated() {
      if let fix = together[index] {
        report.findings[index].fixes = [fix]
      } else {
        report.findings[index].fixes =
          best(of: plannedFixes[index], for: finding, &trials).map { [$0] } ?? []
      }
      plannedFixes[index] = []
    }
    return report
  }

  /// The first safe fix of each finding, by the finding's position, if they do what they should when
  /// all are made at once: one judgement is then enough for all.
  private func triedTogether(
    _ findings: [Finding], _ fixes: [[Fix]], _ trials: inout Trials
  ) -> [Int: Fix] {
    var edits: [Source: [TextEdit]] = [:]
    var made: Set<[Edit]> = []
    var chosen: [Int: Fix] = [:]
    for (index, fixes) in fixes.enumerated() {
      guard let fix = fixes.first, fix.safety == .safe else { continue }
      if !made.contains(fix.edits) {
        guard fix.isFree(beside: edits) else { continue }
        for (source, new) in fix.textEdits { edits[source, default: []] += new }
        made.insert(fix.edits)
      }
      chosen[index] = fix
    }
    guard !chosen.isEmpty else { return [:] }
    let mended = chosen.keys.sorted().map { findings[$0] }
    guard let trial = trials.trial(of: edits) else { return [:] }
    return trial.objection(mending: mended, mayGrant: false) == nil ? chosen : [:]
  }

  /// The best fix that does what it should, safe before unsafe; nil where none was found within what
  /// may be tried.
  private func best(of fixes: [Fix], for finding: Finding, _ trials: inout Trials) -> Fix? {
    var unsafe: Fix?
    for var fix in fixes where fix.safety == .safe || unsafe == nil {
      guard let trial = trials.trial(of: fix.textEdits) else { break }
      if trial.objection(mending: [finding], mayGrant: false) != nil {
        guard trial.objection(mending: [finding], mayGrant: true) == nil else { continue }
        fix.safety = .unsafe
      }
      if fix.safety == .safe { return fix }
      unsafe = unsafe ?? fix
    }
    return unsafe
  }

  /// The copies as they are now.
  var plans: [CopyPlan] { copies.map(\.plan) }

  private var findings: [Finding] {
    Report.sorted(copies.reports.flatMap(\.findings)).filter { $0.suppression == nil }
  }

  private var planner: FixPlanner { planner(imagining: imagines) }

  private func planner(imagining imagines: Bool) -> FixPlanner {
    FixPlanner(
      plans,
      unwritable: Set(copies.flatMap(\.sources).filter { unwritable.contains($0.path) }),
      imagines: imagines)
  }

  /// Whether a document's file can be written to.
  func canWrite(_ source: Source) -> Bool { !unwritable.contains(source.path) }
}
