import Checks
import PolicyModel

/// The report as JUnit XML: a suite a copy and a case a requirement, so that a CI page shows the
/// table; findings that belong to no requirement follow in a suite of their own.
///
/// What fails the run fails its case. What is open or not checked is skipped, with what would tell,
/// and fails under `--strict`.
struct JUnitReport {
  private enum Result {
    case passed(output: String)
    case skipped(String)
    case failed(message: String, type: String, body: String)
  }

  private struct Case {
    var className: String
    var name: String
    var result: Result
  }

  private let report: Report
  private let options: RenderingOptions
  private let lines: SourceLines

  init(_ report: Report, _ options: RenderingOptions) {
    self.report = report
    self.options = options
    lines = SourceLines(report)
  }

  /// The whole text.
  func render() -> String {
    var suites = report.copies.map { copy in
      (name: copy.name, cases: copy.requirements.map { requirementCase($0, of: copy) })
    }
    var others = otherFindings.map(findingCase)
    if others.isEmpty, suites.allSatisfy(\.cases.isEmpty) {
      // Without any case a CI page says that nothing was tested.
      others.append(Case(className: "lint-copy", name: "lint-copy", result: .passed(output: "")))
    }
    if !others.isEmpty { suites.append((name: "documents", cases: others)) }

    var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"lint-copy\""
    output += counts(suites.flatMap(\.cases)) + ">\n"
    for suite in suites {
      output += "  <testsuite name=\"\(MarkupText.escaped(suite.name))\"\(counts(suite.cases))"
      // Readers want local time without an offset; ours is UTC.
      output += " timestamp=\"\(report.asOf.iso8601.dropLast())\">\n"
      for testCase in suite.cases { output += element(testCase) }
      output += "  </testsuite>\n"
    }
    return output + "</testsuites>\n"
  }

  private func counts(_ cases: [Case]) -> String {
    let failures = cases.count { if case .failed = $0.result { true } else { false } }
    let skipped = cases.count { if case .skipped = $0.result { true } else { false } }
    return " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
      + " time=\"0\""
  }

  private func element(_ testCase: Case) -> String {
    let head =
      "    <testcase classname=\"\(MarkupText.escaped(testCase.className))\""
      + " name=\"\(MarkupText.escaped(testCase.name))\" time=\"0\""
    switch testCase.result {
    case .passed(let output):
      guard !output.isEmpty else { return head + "/>\n" }
      return "\(head)>\n      <system-out>\(MarkupText.entities(output))</system-out>\n"
        + "    </testcase>\n"
    case .skipped(let reason):
      return "\(head)>\n      <skipped message=\"\(MarkupText.escaped(reason))\"/>\n"
        + "    </testcase>\n"
    case .failed(let message, let type, let body):
      return "\(head)>\n      <failure message=\"\(MarkupText.escaped(message))\""
        + " type=\"\(MarkupText.escaped(type))\">\(MarkupText.entities(body))</failure>\n"
        + "    </testcase>\n"
    }
  }

  // MARK: - Requirements

  private func requirementCase(_ row: Requirement, of copy: CopyReport) -> Case {
    let subject = row.subject.isEmpty ? "" : ": \(row.subject)"
    return Case(
      className: "lint-copy.\(copy.name)", name: "\(row.rule.name)\(subject)",
      result: result(of: row, of: copy))
  }

  private func result(of row: Requirement, of copy: CopyReport) -> Result {
    let explanation = row.explanation
    let message = explanation.isEmpty ? row.summary : explanation
    let fails = findings(of: row, in: copy).contains { $0.severity >= options.failOn }
    switch row.status {
    case .proven: return .passed(output: "")
    case .notApplicable: return .skipped(join("not applicable", explanation))
    case .open, .notChecked:
      let words = join(row.status.words, explanation)
      guard fails || (report.isStrict && row.severity == .error) else { return .skipped(words) }
      return .failed(message: words, type: row.severity.name, body: body(of: row, in: copy))
    case .violated:
      guard row.suppression == nil else { return .skipped(message) }
      guard fails || row.severity == .error else {
        return .passed(output: body(of: row, in: copy))
      }
      return .failed(message: message, type: row.severity.name, body: body(of: row, in: copy))
    }
  }

  private func join(_ words: String, _ explanation: String) -> String {
    explanation.isEmpty ? words : "\(words): \(explanation)"
  }

  private func body(of row: Requirement, in copy: CopyReport) -> String {
    var texts = findings(of: row, in: copy).map(text)
    if texts.isEmpty { texts = [VisibleText.escaped(row.explanation)] }
    return texts.joined(separator: "\n")
  }

  private func findings(of row: Requirement, in copy: CopyReport) -> [Finding] {
    report.findings.filter { finding in
      finding.copy == copy.name && finding.suppression == nil
        && (finding.rule == row.rule || row.causes.contains(finding.rule))
    }
  }

  // MARK: - Other findings

  /// Findings that no requirement's case shows.
  private var otherFindings: [Finding] {
    var shown: [String: Set<RuleID>] = [:]
    for copy in report.copies {
      for row in copy.requirements {
        shown[copy.name, default: []].formUnion([row.rule] + row.causes)
      }
    }
    return report.findings.filter { finding in
      finding.suppression == nil && !(shown[finding.copy ?? ""]?.contains(finding.rule) ?? false)
    }
  }

  private func findingCase(_ finding: Finding) -> Case {
    let path = finding.place.map { options.paths.relative($0.source.path) } ?? "lint-copy"
    let position = finding.place.map { lines.start(of: $0) }
    let place = position.map { ":\($0.line):\($0.column)" } ?? ""
    let result: Result =
      finding.severity >= options.failOn
      ? .failed(message: finding.message, type: finding.severity.name, body: text(finding))
      : .passed(output: text(finding))
    return Case(className: path, name: "\(finding.rule.name)\(place)", result: result)
  }

  private func text(_ finding: Finding) -> String {
    var options = options
    options.links = .none
    var output = ""
    let lines = FindingText(
      finding, lines, options, width: TextReport.usualWidth, namesCopy: false
    ).render()
    for line in lines { line.write(to: &output, usesColor: false) }
    return output
  }
}
