import Checks
import Evidence
import PolicyModel

/// The sentences that several formats say alike.
enum Sentences {
  /// "1 finding", "2 findings".
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// "a", "a and b", "a, b and c".
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// "`--key` and `--trust` would tell"; nil where no option is known.
  static func wouldTell(_ options: [String]) -> String? {
    options.isEmpty ? nil : list(options.map { "`\($0)`" }) + " would tell"
  }

  // MARK: - Verdict

  /// The verdict of a copy in one line, with what it rests on and what would make it better.
  static func fullVerdict(of copy: CopyReport) -> String {
    [verdict(of: copy), remedy(of: copy)].compactMap(\.self).joined(separator: "; ")
  }

  /// What would prove an unproven copy, as far as an option tells; nil for others.
  static func remedy(of copy: CopyReport) -> String? {
    guard copy.verdict == .unproven else { return nil }
    let deciding = copy.requirements.filter { $0.severity == .error }
    return wouldTell(needs(of: deciding, and: copy.inferredFacts))
  }

  /// The verdict of a copy in one line, with what it rests on.
  static func verdict(of copy: CopyReport) -> String {
    let deciding = copy.requirements.filter { $0.severity == .error }
    func number(_ status: Requirement.Status) -> Int {
      deciding.count { $0.status == status && $0.suppression == nil }
    }
    let suppressed = deciding.count { $0.status == .violated && $0.suppression != nil }
    let violated = number(.violated)
    let open = number(.open)
    let notChecked = number(.notChecked)
    var reasons: [String] = []
    if violated > 0 {
      reasons.append("\(count(violated, "requirement")) \(violated == 1 ? "is" : "are") violated")
    }
    func append(_ number: Int, _ word: String) {
      guard number > 0 else { return }
      let noun = reasons.isEmpty ? count(number, "requirement") : String(number)
      reasons.append("\(noun) \(number == 1 ? "is" : "are") \(word)")
    }
    append(suppressed, "violated and suppressed")
    append(open, "open")
    append(notChecked, "not checked")
    let inferred = copy.inferredFacts
    if copy.verdict == .unproven, !inferred.isEmpty {
      let names = list(inferred.map { "`\($0)`" })
      reasons.append("\(names) \(inferred.count == 1 ? "is" : "are") only inferred")
    }
    if copy.verdict == .ready {
      reasons = ["every requirement is proven or not applicable"]
    } else if reasons.isEmpty {
      reasons = ["a finding of severity error stands in the way"]
    }
    return "\(copy.verdict.rawValue): \(list(reasons))"
  }

  /// The options that would make a copy proven, in the order of the rows that want them.
  private static func needs(of requirements: [Requirement], and inferred: [String]) -> [String] {
    let undecided = requirements.filter { $0.status == .open || $0.status == .notChecked }
    var needs: [String] = []
    for need in undecided.flatMap(\.needs) + inferred.map({ "--\($0)" })
    where !needs.contains(need) { needs.append(need) }
    return needs
  }

  /// What to say last where a run succeeds although a copy is unproven; nil where it does not.
  static func unprovenSuccess(_ report: Report, _ options: RenderingOptions) -> String? {
    guard report.verdict == .unproven, !report.isStrict,
      !report.findings.contains(where: { $0.suppression == nil && $0.severity >= options.failOn })
    else { return nil }
    let names = report.copies.filter { $0.verdict == .unproven }.map { "`\($0.name)`" }
    return "this run succeeds although \(list(names)) \(names.count == 1 ? "is" : "are") unproven; "
      + "`--strict` makes it fail"
  }

  // MARK: - Summary

  /// "3 findings (2 errors, 1 warning); 1 fixable with `--fix`".
  static func summary(of report: Report) -> String {
    let summary = ReportSummary(report)
    var text: String
    if summary.total == 0 {
      text = "no findings in \(count(report.documentCount, "document"))"
    } else {
      let kinds = [
        (summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note"),
      ].filter { $0.0 > 0 }.map { count($0.0, $0.1) }
      text = "\(count(summary.total, "finding")) (\(kinds.joined(separator: ", ")))"
    }
    if summary.fixable > 0 { text += "; \(summary.fixable) fixable with --fix" }
    if summary.unsafelyFixable > 0 {
      text += "; \(summary.unsafelyFixable)\(summary.fixable > 0 ? " more" : " fixable")"
      text += " with --unsafe-fixes"
    }
    if summary.offered > 0 {
      text += "; --fix shows \(count(summary.offered, "change")) to make by hand"
    }
    if summary.suppressed > 0 { text += "; \(summary.suppressed) suppressed" }
    return text
  }
}

extension Fix {
  /// How a fix can be had, in words that end a sentence.
  var means: String {
    let option =
      switch (safety, isOffer) {
      case (.safe, _): "--fix"
      case (.unsafe, false): "--unsafe-fixes"
      case (.unsafe, true): "--fix --unsafe-fixes"
      }
    return isOffer ? "as \(option) shows" : "with \(option)"
  }
}

/// How many findings of each kind a report has.
struct ReportSummary {
  /// Findings that count, by severity.
  let errors: Int
  let warnings: Int
  let notes: Int
  /// Findings that do not count.
  let suppressed: Int
  /// Findings with a safe fix.
  let fixable: Int
  /// Findings with unsafe fixes only.
  let unsafelyFixable: Int
  /// Findings with fixes that nobody but a person can make.
  let offered: Int

  init(_ report: Report) {
    let active = report.findings.filter { $0.suppression == nil }
    errors = active.count { $0.severity == .error }
    warnings = active.count { $0.severity == .warning }
    notes = active.count { $0.severity == .note }
    suppressed = report.findings.count - active.count
    let own = active.map { finding in finding.fixes.filter { !$0.isOffer } }
    fixable = own.count { $0.contains { $0.safety == .safe } }
    unsafelyFixable = own.count { fixes in
      !fixes.isEmpty && fixes.allSatisfy { $0.safety == .unsafe }
    }
    offered = active.count { finding in
      !finding.fixes.isEmpty && finding.fixes.allSatisfy(\.isOffer)
    }
  }

  /// Findings that count.
  var total: Int { errors + warnings + notes }
}

extension CopyReport {
  /// The names of facts that keep a copy unproven while they are only inferred.
  var inferredFacts: [String] {
    let decisive = ["role-arn", "destination", "source", "bucket-account"]
    return facts.filter { $0.status == .inferred && decisive.contains($0.name) }.map(\.name)
  }
}

extension Requirement.Status {
  /// A sign that tells the status without colour.
  var symbol: String {
    switch self {
    case .proven: "✓"
    case .violated: "✗"
    case .open: "?"
    case .notChecked: "–"
    case .notApplicable: "·"
    }
  }

  /// The status in words.
  var words: String {
    switch self {
    case .proven: "proven"
    case .violated: "violated"
    case .open: "open"
    case .notChecked: "not checked"
    case .notApplicable: "not applicable"
    }
  }

  var style: Style {
    switch self {
    case .proven: .good
    case .violated: .error
    case .open: .warning
    case .notChecked: .warning
    case .notApplicable: .faint
    }
  }
}

extension Requirement {
  /// Why the requirement is not proven, and what would tell, in one line; empty where nothing is said.
  var explanation: String {
    var parts: [String] = reason.isEmpty ? [] : [reason]
    let unsaid = dependsOn.map { "`\($0)`" }.filter { !reason.contains($0) }
    if !unsaid.isEmpty { parts.append("depends on " + Sentences.list(unsaid)) }
    if !causes.isEmpty {
      parts.append("because of " + Sentences.list(causes.map { "`\($0.name)`" }))
    }
    if let wouldTell = Sentences.wouldTell(needs) { parts.append(wouldTell) }
    if let suppression {
      parts.append("suppressed \(suppression.kind.words): \(suppression.reason)")
    }
    return parts.joined(separator: "; ")
  }
}
