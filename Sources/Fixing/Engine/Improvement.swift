import Checks
import PolicyModel

/// Compares what is said of copies before a change and after it.
struct Improvement {
  private let before: [Report]
  private let after: [Report]

  init(from before: [Report], to after: [Report]) {
    self.before = before
    self.after = after
  }

  /// Why a change that should mend some findings is not to be made; nil where it is.
  ///
  /// The findings must be gone, no requirement may be worse off, and nothing new may be found; what
  /// could not be checked before may turn out to be wrong, and what was wrong already may have
  /// another reason now. Only who `mayGrant` may let the role do
  /// more than the copy needs.
  func objection(mending mended: [Finding], mayGrant: Bool) -> String? {
    var old = Counts(before.flatMap(\.findings))
    let new = Counts(after.flatMap(\.findings))
    for finding in mended { old.remove(finding) }
    for finding in mended where new[finding] > old[finding] {
      return "the finding would still be there"
    }
    let unchecked = Set(rows(before).filter { $0.value.rank == 1 }.map(\.key.name))
    // What was wrong already may have had its finding from the mistake that is mended now.
    let violated = Set(rows(before).filter { $0.value.rank == 3 }.map(\.key.name))
    let own = Set(mended.map { RowName(copy: $0.copy ?? "", rule: $0.rule) })
    for finding in after.flatMap(\.findings) where new[finding] > old[finding] {
      let isExcess = finding.rule == "excess-access"
      if isExcess, !mayGrant {
        return "the role could do more than the copy needs: \(finding.message)"
      }
      // A suppression that is of no use any more is what a fix makes of it.
      let row = RowName(copy: finding.copy ?? "", rule: finding.rule)
      guard finding.severity > .note, !isExcess, finding.rule != "unused-suppression",
        !unchecked.contains(row),
        own.contains(row) || !violated.contains(row)
      else { continue }
      return "there would be another finding: \(finding.message) (\(finding.rule))"
    }
    return worseRow
  }

  /// The first requirement that is worse off, in words.
  private var worseRow: String? {
    let old = rows(before)
    for (key, row) in rows(after).sorted(by: { $0.key < $1.key }) {
      // What could not be checked may turn out either way, and what there was nothing to check for
      // may be what nobody can check. A warning that nobody can check any more is none.
      guard let known = old[key]?.rank, known != 1, known >= 0 || row.rank > 1,
        row.isError || row.rank > 1
      else { continue }
      if row.rank > known { return "`\(key.name.rule)` would be worse off for `\(key.subject)`" }
    }
    return nil
  }

  // MARK: Rows

  private struct RowName: Hashable {
    var copy: String
    var rule: RuleID
  }

  private struct RowKey: Hashable, Comparable {
    var name: RowName
    var subject: String

    static func < (left: RowKey, right: RowKey) -> Bool {
      (left.name.copy, left.name.rule, left.subject)
        < (right.name.copy, right.name.rule, right.subject)
    }
  }

  private struct Row {
    /// How bad it is: 0 for proven, 1 for not checked, 2 for open, 3 for violated; -1 for not
    /// applicable.
    var rank: Int
    var isError: Bool
  }

  /// The requirements that are more than advice.
  private func rows(_ reports: [Report]) -> [RowKey: Row] {
    var rows: [RowKey: Row] = [:]
    for copy in reports.flatMap(\.copies) {
      for row in copy.requirements where row.severity > .note {
        let key = RowKey(name: RowName(copy: copy.name, rule: row.rule), subject: row.subject)
        let known = rows[key]
        rows[key] = Row(
          rank: max(known?.rank ?? -1, row.status.rank),
          isError: known?.isError == true || row.severity == .error)
      }
    }
    return rows
  }
}

extension Requirement.Status {
  fileprivate var rank: Int {
    switch self {
    case .notApplicable: -1
    case .proven: 0
    case .notChecked: 1
    case .open: 2
    case .violated: 3
    }
  }
}

/// How often the same is found; places do not count, as they move when text is inserted.
private struct Counts {
  private struct Key: Hashable {
    var copy: String?
    var rule: RuleID
    var severity: Severity
    var message: String
    var path: String?

    init(_ finding: Finding) {
      copy = finding.copy
      rule = finding.rule
      severity = finding.severity
      message = finding.message
      path = finding.place?.source.path
    }
  }

  private var counts: [Key: Int] = [:]

  init(_ findings: [Finding]) {
    for finding in findings where finding.suppression == nil {
      counts[Key(finding), default: 0] += 1
    }
  }

  subscript(finding: Finding) -> Int { counts[Key(finding)] ?? 0 }

  mutating func remove(_ finding: Finding) {
    counts[Key(finding), default: 1] -= 1
  }
}
