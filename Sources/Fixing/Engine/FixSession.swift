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

  /// How many times a copy is judged again: a document made of mistakes must not keep the run from
  /// ending.
  private static let mostJudgements = 1_000
  /// How many fixes are tried only to show them.
  private static let mostTrials = 40

  private let judge: ([CopyPlan]) -> Report
  private let unwritable: Set<String>
  private var copies: [JudgedCopy]
  /// The document as it was read, of each that was changed.
  private var originals: [Source: Source] = [:]
  private var judgements = 0
  private var objections: [AttemptKey: String] = [:]
  /// The fixes that were made, in their order.
  package private(set) var made: [Attempt] = []

  /// Judges copies; `unwritable` are paths that cannot be written to.
  package init(
    _ inputs: [CopyInput], unwritable: Set<String> = [],
    judgedBy judge: @escaping ([CopyPlan]) -> Report
  ) {
    self.judge = judge
    self.unwritable = unwritable
    copies = inputs.map { JudgedCopy($0, judge: judge) }
  }

  // MARK: Mending

  /// Makes every fix that does what it should.
  package mutating func mend(withUnsafe allowsUnsafe: Bool) {
    while judgements < Self.mostJudgements {
      let candidates = candidates(withUnsafe: allowsUnsafe)
      guard !candidates.isEmpty else { return }
      if makeTogether(candidates, withUnsafe: allowsUnsafe) { continue }
      guard candidates.contains(where: { make($0, withUnsafe: allowsUnsafe) }) else { return }
    }
  }

  /// A finding with the fixes that were not tried yet, the best first.
  private struct Candidate {
    var finding: Finding
    var fixes: [Fix]
  }

  private func candidates(withUnsafe allowsUnsafe: Bool) -> [Candidate] {
    var planner = planner
    return findings.compactMap { finding in
      let fixes = planner.fixes(for: finding).filter { fix in
        (allowsUnsafe || fix.safety == .safe) && objections[AttemptKey(finding, fix)] == nil
      }
      return fixes.isEmpty ? nil : Candidate(finding: finding, fixes: fixes)
    }
  }

  /// Makes the first fix of each finding at once, as far as they do not overlap.
  private mutating func makeTogether(_ candidates: [Candidate], withUnsafe: Bool) -> Bool {
    var edits: [Source: [TextEdit]] = [:]
    var chosen: [Attempt] = []
    for candidate in candidates {
      guard let fix = candidate.fixes.first else { continue }
      let own = fix.textEdits
      let isFree = own.allSatisfy { source, new in
        !(edits[source] ?? []).contains { known in new.contains { $0.overlaps(known) } }
      }
      guard isFree else { continue }
      for (source, new) in own { edits[source, default: []] += new }
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
  package func report() -> Report {
    var report = judge(copies.map(\.plan))
    var planner = planner
    var trials = 0
    for index in report.findings.indices {
      let finding = report.findings[index]
      report.findings[index].fixes = fixes(of: finding, &planner, &trials)
    }
    return report
  }

  /// The best fix that can be made without asking and the best that cannot: tried, as long as there
  /// are not too many.
  private func fixes(
    of finding: Finding, _ planner: inout FixPlanner, _ trials: inout Int
  ) -> [Fix] {
    var safe: Fix?
    var unsafe: Fix?
    for var fix in planner.fixes(for: finding) {
      if safe != nil, fix.safety == .safe || unsafe != nil { continue }
      guard objections[AttemptKey(finding, fix)] == nil || fix.safety == .unsafe else { continue }
      if trials < Self.mostTrials {
        trials += 1
        let trial = Trial(copies, fix.textEdits, judge: judge)
        if trial.objection(mending: [finding], mayGrant: false) != nil {
          guard trial.objection(mending: [finding], mayGrant: true) == nil else { continue }
          fix.safety = .unsafe
        }
      }
      switch fix.safety {
      case .safe: safe = safe ?? fix
      case .unsafe: unsafe = unsafe ?? fix
      }
    }
    return [safe, unsafe].compactMap { $0 }
  }

  private var findings: [Finding] {
    Report.sorted(copies.flatMap(\.report.findings)).filter { $0.suppression == nil }
  }

  private var planner: FixPlanner {
    FixPlanner(
      copies.map(\.plan),
      unwritable: Set(copies.flatMap(\.sources).filter { unwritable.contains($0.path) }))
  }
}

/// Names a fix of a finding, wherever its text has moved to.
private struct AttemptKey: Hashable {
  private var copy: String?
  private var rule: RuleID
  private var message: String
  private var title: String
  private var replacements: [String]
  private var path: String?
  private var pointer: [String]

  init(_ finding: Finding, _ fix: Fix) {
    copy = finding.copy
    rule = finding.rule
    message = finding.message
    title = fix.title
    replacements = fix.edits.map(\.replacement)
    path = finding.place?.source.path
    pointer = finding.place?.pointer ?? []
  }
}

/// Copies judged again with some edits.
private struct Trial {
  private let before: [JudgedCopy]
  private let touched: [Int]
  /// All copies, with the edits made.
  let copies: [JudgedCopy]
  /// The new text of each source.
  let sources: [Source: Source]

  init(
    _ copies: [JudgedCopy], _ edits: [Source: [TextEdit]], judge: ([CopyPlan]) -> Report
  ) {
    before = copies
    let sources = Dictionary(
      uniqueKeysWithValues: edits.map { source, edits in
        (
          source,
          Source(
            path: source.path, text: edits.applied(to: source.text), encoding: source.encoding)
        )
      })
    self.sources = sources
    touched = copies.indices.filter { index in
      copies[index].sources.contains { sources[$0] != nil }
    }
    var all = copies
    for index in touched {
      all[index] = JudgedCopy(copies[index].input.replacing(sources), judge: judge)
    }
    self.copies = all
  }

  var judgements: Int { touched.count }

  func objection(mending findings: [Finding], mayGrant: Bool) -> String? {
    Improvement(from: touched.map { before[$0] }, to: touched.map { copies[$0] })
      .objection(mending: findings, mayGrant: mayGrant)
  }
}

extension Fix {
  /// The edits of each source.
  fileprivate var textEdits: [Source: [TextEdit]] {
    var all: [Source: [TextEdit]] = [:]
    for edit in edits {
      all[edit.source, default: []].append(TextEdit(edit.range, edit.replacement))
    }
    return all
  }
}
