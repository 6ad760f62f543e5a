import Checks
import Evidence
import PolicyModel

/// Names a fix of a finding, wherever its text has moved to.
struct AttemptKey: Hashable {
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
struct Trial {
  private let before: [JudgedCopy]
  private let touched: [Int]
  /// All copies, with the edits made.
  let copies: [JudgedCopy]
  /// The new text of each source.
  let sources: [Source: Source]

  init(_ copies: [JudgedCopy], _ edits: [Source: [TextEdit]], judge: @escaping Judge) {
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
    touched = copies.touched(by: edits)
    let inputs = touched.map { copies[$0].input }
    let mended = inputs.concurrentMap { input in
      let input = input.replacing(sources)
      return JudgedCopy(input, CopyPlan(assembling: input), judge: judge)
    }
    var all = copies
    for (index, copy) in zip(touched, mended) { all[index] = copy }
    self.copies = all
  }

  var judgements: Int { touched.count }

  func objection(mending findings: [Finding], mayGrant: Bool) -> String? {
    let old = touched.map { before[$0] }
    let new = touched.map { copies[$0] }
    return Improvement(from: old.reports, to: new.reports)
      .objection(mending: findings, mayGrant: mayGrant)
  }
}

extension [JudgedCopy] {
  /// The positions of those that have one of the edited documents.
  func touched(by edits: [Source: [TextEdit]]) -> [Int] {
    indices.filter { index in
      self[index].input.documents.contains { edits[$0.source] != nil }
    }
  }
}

extension Remedy {
  /// Whether a statement is added, not something to one that is there.
  var addsStatement: Bool {
    changes.contains { change in
      guard case .append(let values, _) = change else { return false }
      return values.contains { if case .object = $0 { true } else { false } }
    }
  }
}

extension Fix {
  /// Whether the edits overlap none of others.
  func isFree(beside edits: [Source: [TextEdit]]) -> Bool {
    textEdits.allSatisfy { source, new in
      !(edits[source] ?? []).contains { known in new.contains { $0.overlaps(known) } }
    }
  }

  /// The edits of each source.
  var textEdits: [Source: [TextEdit]] {
    var all: [Source: [TextEdit]] = [:]
    for edit in edits {
      all[edit.source, default: []].append(TextEdit(edit.range, edit.replacement))
    }
    return all
  }
}

/// Trials of the same copies, each made once however many findings it would mend.
struct Trials {
  private let copies: [JudgedCopy]
  private let judge: Judge
  /// How many bytes each reads again.
  private let bytes: Int
  private var judgements = 0
  private var known: [[Source: [TextEdit]]: Trial] = [:]

  init(_ copies: [JudgedCopy], _ judge: @escaping Judge) {
    self.copies = copies
    self.judge = judge
    bytes = Set(copies.flatMap(\.sources)).reduce(1) { $0 + $1.text.count }
  }

  /// The trial of some edits; nil where it would be more than what may be tried.
  mutating func trial(of edits: [Source: [TextEdit]]) -> Trial? {
    if let trial = known[edits] { return trial }
    let touched = copies.touched(by: edits).count
    guard known.count < Limits.shownTrials, known.count * bytes < Limits.shownFixBytes,
      judgements + touched <= Limits.shownJudgements
    else { return nil }
    judgements += touched
    let trial = Trial(copies, edits, judge: judge)
    known[edits] = trial
    return trial
  }
}
