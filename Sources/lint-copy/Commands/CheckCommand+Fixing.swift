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
}

extension FixOptions {
  /// Shows the fixes of a report's findings, and makes them where that is wanted.
  ///
  /// `judge` says what is found in copies; `inputName` is what standard input is called.
  func mend(
    _ inputs: [CopyInput], _ plans: [CopyPlan], _ report: Report, inputName: String,
    judgedBy judge: @escaping ([CopyPlan]) -> Report
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
    remarks.add(session.offers(withUnsafe: unsafeFixes))
    return MendingOutcome(
      report: session.report(), changes: session.changes, remarks: remarks.text)
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

  mutating func add(_ offers: [Offer]) {
    for offer in offers {
      let reason =
        offer.isAnswer ? "is an answer of AWS, not the policy itself" : "cannot be written back to"
      let command = offer.command.map { ", for `\($0)`" } ?? ""
      add("`\(offer.path)` \(reason): this is the mended \(offer.policy)\(command)")
      // JSON shows whatever a terminal would act on as escapes.
      text += offer.document + "\n"
    }
  }
}

extension MendingOutcome {
  /// Writes the documents that change.
  func write(in surroundings: Surroundings) throws(Refusal) {
    try FileBatch.replace(
      changes.map {
        FileBatch.Entry(path: $0.original.path, old: $0.original.bytes, new: $0.mended.bytes)
      }, in: surroundings)
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
    let root = mapping.root
    mapping.root = nil
    let leavesDirectory = paths.contains { path in
      let relative = mapping.relative(path)
      return relative.hasPrefix("../") || relative.hasPrefix("/")
    }
    if leavesDirectory { mapping.root = root }
    return mapping
  }
}
