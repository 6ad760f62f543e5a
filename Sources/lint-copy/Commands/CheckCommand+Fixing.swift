import Checks
import Evidence
import Fixing
import PolicyModel
import Reporting

/// What a run made of the documents, or would make of them.
struct MendingOutcome {
  /// What is said of the copies as they are now, with the fixes that are left.
  var report: Report
  /// The documents that change.
  var changes: [FixSession.Change]
  /// What is said on standard error.
  var remarks: String
  /// The mended policies that are to be put in their place by hand.
  var offers: [Offer] = []
}

extension FixOptions {
  /// Shows the fixes of a report's findings, and makes them where that is wanted.
  ///
  /// `judge` says what is found in copies; `inputName` is what standard input is called.
  func mend(
    _ inputs: [CopyInput], _ plans: [CopyPlan], _ report: Report, inputName: String,
    judgedBy judge: @escaping Judge
  ) -> MendingOutcome {
    guard report.findings.contains(where: { !$0.remedies.isEmpty }) else {
      return MendingOutcome(report: report, changes: [], remarks: "")
    }
    var session = FixSession(
      inputs, plans, report, unwritable: diff ? [] : [inputName], judgedBy: judge)
    guard areWanted else {
      return MendingOutcome(report: session.report(), changes: [], remarks: "")
    }
    session.mend(withUnsafe: unsafeFixes)
    var remarks = FixRemarks(isDiff: diff)
    remarks.add(made: session.made, session.changes)
    remarks.add(refused: session.refused(withUnsafe: unsafeFixes))
    return MendingOutcome(
      report: session.report(), changes: session.changes, remarks: remarks.text,
      offers: session.offers(withUnsafe: unsafeFixes))
  }
}

/// What is said on standard error about fixes.
private struct FixRemarks {
  var isDiff: Bool
  private(set) var text = ""

  init(isDiff: Bool) { self.isDiff = isDiff }

  private mutating func add(_ line: String) {
    text += "lint-copy: \(VisibleText.escaped(line))\n"
  }

  mutating func add(made: [FixSession.Attempt], _ changes: [FixSession.Change]) {
    guard !made.isEmpty else { return }
    let paths = changes.map { "`\($0.original.path)`" }
    let count = made.count == 1 ? "1 finding" : "\(made.count) findings"
    add("\(isDiff ? "would fix" : "fixed") \(count) in \(paths.joined(separator: ", "))")
  }

  mutating func add(refused: [FixSession.Attempt]) {
    for attempt in refused {
      guard let objection = attempt.objection else { continue }
      var line = "did not \(attempt.fix.title): \(objection)"
      if let place = attempt.finding.place {
        let position = LineIndex(place.source).position(of: place.range.lowerBound)
        line = "\(place.source.path):\(position.line):\(position.column): " + line
      }
      add(line)
    }
  }
}

extension Offer {
  /// The mended policy with what to do with it, in lines.
  fileprivate var text: String {
    let command = command.map { ", for `\($0)`" } ?? ""
    let line = "`\(path)` \(origin.reason): this is the mended \(policy)\(command)"
    // JSON shows whatever a terminal would act on as escapes.
    return VisibleText.escaped(line) + "\n" + document + "\n"
  }
}

extension PolicyOrigin {
  /// Why a policy is not mended where it is.
  fileprivate var reason: String {
    switch self {
    case .answer: "is an answer of AWS, not the policy itself"
    case .generated(let name): "is \(name), not what it was made of"
    case .input: "cannot be written back to"
    case .file: "is to be mended together with another"
    }
  }
}

extension MendingOutcome {
  /// The mended policies that somebody has to put in their place.
  var offered: [UInt8] { Array(offers.map(\.text).joined(separator: "\n").utf8) }

  /// Writes the documents that change.
  func write(in surroundings: Surroundings) throws(Refusal) {
    try FileBatch.replace(
      changes.map {
        FileBatch.Entry(path: $0.original.path, old: $0.original.bytes, new: $0.mended.bytes)
      }, in: surroundings)
  }

  /// Where a diff is to be applied, if not where it was made.
  func diffRemark(in surroundings: Surroundings) -> String {
    guard surroundings.leavesDirectory(changes.map(\.original.path)),
      surroundings.paths.root != nil
    else { return "" }
    return "lint-copy: the diff is to be applied in the root of the repository\n"
  }

  /// The diff in the place of a report; what would be changed fails the run.
  func diffOutcome(_ code: RunOutcome.Code, _ surroundings: Surroundings) -> RunOutcome {
    var outcome = RunOutcome(changes.isEmpty ? code : .findings)
    outcome.output = diff(in: surroundings)
    return outcome
  }

  /// The documents' changes as a unified diff, with paths from where it is to be applied.
  private func diff(in surroundings: Surroundings) -> [UInt8] {
    let mapping = surroundings.diffPaths(of: changes.map(\.original.path))
    return changes.flatMap { change in
      UnifiedDiff(
        path: mapping.relative(change.original.path), old: change.original.bytes,
        new: change.mended.bytes
      ).bytes
    }
  }
}

extension Surroundings {
  /// How a diff names files: from the working directory, where it is applied, unless a file lies
  /// outside of it; then from the repository's root.
  fileprivate func diffPaths(of paths: [String]) -> PathMapping {
    var mapping = self.paths
    if leavesDirectory(paths) { return mapping }
    mapping.root = nil
    return mapping
  }

  /// Whether any of some files lies outside of the working directory.
  fileprivate func leavesDirectory(_ paths: [String]) -> Bool {
    var mapping = self.paths
    mapping.root = nil
    return paths.contains { path in
      let relative = mapping.relative(path)
      return relative.hasPrefix("../") || relative.hasPrefix("/")
    }
  }
}
