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
  private let judge: ([CopyPlan]) -> Report
  private var known: [[Source: [TextEdit]]: Trial] = [:]

  init(_ copies: [JudgedCopy], _ judge: @escaping ([CopyPlan]) -> Report) {
    self.copies = copies
    self.judge = judge
  }

  /// How many were made.
  var count: Int { known.count }

  mutating func trial(of edits: [Source: [TextEdit]]) -> Trial {
    if let trial = known[edits] { return trial }
    let trial = Trial(copies, edits, judge: judge)
    known[edits] = trial
    return trial
  }
}
