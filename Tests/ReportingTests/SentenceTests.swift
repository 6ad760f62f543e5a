import Checks
import Evidence
import PolicyModel
import Reporting
import Testing

/// What the formats say in a sentence: the summary, the verdict, the last line.
@Suite struct `Sentences of a report` {
  private static let source = Source(path: "a.json", "text")

  private static func finding(
    _ severity: Severity, _ safety: Fix.Safety? = nil, isSuppressed: Bool = false
  ) -> Finding {
    var finding = Finding("a-rule", severity, "m", at: nil)
    if let safety {
      let edit = Edit(source: source, range: 0..<1, replacement: "x")
      finding.fixes = [Fix(title: "mend it", safety: safety, edits: [edit])]
    }
    if isSuppressed { finding.suppression = Suppression(kind: .baseline, reason: "r") }
    return finding
  }

  /// A finding whose fix can only be made by hand.
  private static func offered(_ safety: Fix.Safety) -> Finding {
    var finding = finding(.error, safety)
    finding.fixes[0].isOffer = true
    return finding
  }

  private func report(
    _ findings: [Finding] = [], _ copies: [CopyReport] = [], documents: Int = 4,
    isStrict: Bool = false
  ) -> Report {
    Report(
      version: "1", asOf: Timestamp(seconds: 0), copies: copies, findings: findings,
      documentCount: documents, isStrict: isStrict)
  }

  private func lastLine(_ report: Report, failOn: Severity = .error) -> String {
    let text = render(report, as: .text, options: RichReport.options { $0.failOn = failOn })
    return text.split(separator: "\n").last.map(String.init) ?? ""
  }

  struct SummaryCase: Sendable, CustomTestStringConvertible {
    var findings: [Finding]
    var documents = 4
    var summary: String
    var testDescription: String { summary }
  }

  static let summaries = [
    SummaryCase(findings: [], summary: "no findings in 4 documents"),
    SummaryCase(findings: [], documents: 1, summary: "no findings in 1 document"),
    SummaryCase(findings: [finding(.error)], summary: "1 finding (1 error)"),
    SummaryCase(
      findings: [finding(.error, .safe), finding(.error), finding(.warning)],
      summary: "3 findings (2 errors, 1 warning); 1 fixable with --fix"),
    SummaryCase(
      findings: [finding(.note, .unsafe), finding(.note)],
      summary: "2 findings (2 notes); 1 fixable with --unsafe-fixes"),
    SummaryCase(
      findings: [finding(.error, .unsafe), finding(.warning, .safe)],
      summary: "2 findings (1 error, 1 warning); 1 fixable with --fix; 1 more with --unsafe-fixes"),
    SummaryCase(
      findings: [offered(.safe), offered(.unsafe), finding(.error, .safe)],
      summary: "3 findings (3 errors); 1 fixable with --fix; --fix shows 2 changes to make by hand"),
    SummaryCase(
      findings: [finding(.error, .safe, isSuppressed: true)],
      summary: "no findings in 4 documents; 1 suppressed"),
  ]

  @Test(arguments: summaries) func `The summary counts`(_ example: SummaryCase) {
    #expect(lastLine(report(example.findings, documents: example.documents)) == example.summary)
  }

  struct VerdictCase: Sendable, CustomTestStringConvertible {
    var verdict: Verdict
    var rows: [Requirement.Status]
    var inferred: [String] = []
    var sentence: String
    var remedy: String?
    var testDescription: String { sentence }

    var copy: CopyReport {
      CopyReport(
        name: "history", verdict: verdict, assumptions: [],
        facts: inferred.map {
          CopyReport.FactRow(name: $0, value: "x", status: .inferred, place: nil, origin: "")
        },
        requirements: rows.map { status in
          Requirement(
            rule: "a-rule", summary: "s", subject: "x", severity: .error, status: status,
            reason: "r", needs: status == .notChecked ? ["--trust"] : [])
        })
    }
  }

  static let verdicts = [
    VerdictCase(
      verdict: .ready, rows: [.proven, .notApplicable],
      sentence: "`history` is ready: every requirement is proven or not applicable"),
    VerdictCase(
      verdict: .blocked, rows: [.violated, .proven, .open],
      sentence: "`history` is blocked: 1 requirement is violated and 1 is open"),
    VerdictCase(
      verdict: .blocked, rows: [.violated, .violated, .open, .open, .notChecked],
      sentence: "`history` is blocked: 2 requirements are violated, 2 are open and 1 is not checked"
    ),
    VerdictCase(
      verdict: .unproven, rows: [.proven, .notChecked],
      sentence: "`history` is unproven: 1 requirement is not checked",
      remedy: "  `--trust` would tell"),
    VerdictCase(
      verdict: .unproven, rows: [.proven],
      inferred: ["role-arn", "bucket-account", "caller-account"],
      sentence: "`history` is unproven: `role-arn` and `bucket-account` are only inferred",
      remedy: "  `--role-arn` and `--bucket-account` would tell"),
    VerdictCase(
      verdict: .unproven, rows: [.proven],
      sentence: "`history` is unproven: a finding of severity error stands in the way"),
  ]

  @Test(arguments: verdicts) func `The verdict says what it rests on`(_ example: VerdictCase) {
    let text = render(report([], [example.copy]), as: .text, options: RichReport.options())
    let lines = text.split(separator: "\n").map(String.init)
    let index = lines.firstIndex(of: example.sentence)
    #expect(index != nil)
    if let remedy = example.remedy, let index { #expect(lines[index + 1] == remedy) }
  }

  struct LastLineCase: Sendable, CustomTestStringConvertible {
    var name: String
    var verdicts: [Verdict]
    var severity: Severity?
    var failOn = Severity.error
    var isStrict = false
    var names: [String]?
    var testDescription: String { name }
  }

  static let lastLines = [
    LastLineCase(name: "unproven", verdicts: [.unproven], names: ["c0"]),
    LastLineCase(
      name: "two of three", verdicts: [.unproven, .ready, .unproven], names: ["c0", "c2"]),
    LastLineCase(name: "with a warning", verdicts: [.unproven], severity: .warning, names: ["c0"]),
    LastLineCase(name: "ready", verdicts: [.ready]),
    LastLineCase(name: "no copy", verdicts: []),
    LastLineCase(name: "blocked", verdicts: [.blocked, .unproven]),
    LastLineCase(name: "strict", verdicts: [.unproven], isStrict: true),
    LastLineCase(name: "with an error", verdicts: [.unproven], severity: .error),
    LastLineCase(
      name: "with a warning that fails", verdicts: [.unproven], severity: .warning,
      failOn: .warning),
  ]

  @Test(arguments: lastLines) func `A run that succeeds unproven says so last and names the option`(
    _ example: LastLineCase
  ) {
    let copies = example.verdicts.enumerated().map { index, verdict in
      CopyReport(
        name: "c\(index)", verdict: verdict, assumptions: [], facts: [], requirements: [])
    }
    let findings = example.severity.map { [Self.finding($0)] } ?? []
    let report = report(findings, copies, isStrict: example.isStrict)
    let line = lastLine(report, failOn: example.failOn)
    #expect(line.contains("--strict") == (example.names != nil))
    for name in example.names ?? [] { #expect(line.contains("`\(name)`")) }
    for format in [OutputFormat.concise, .github, .markdown, .html] {
      let text = render(
        report, as: format, options: RichReport.options { $0.failOn = example.failOn })
      #expect(text.contains("--strict") == (example.names != nil))
    }
  }

  @Test(arguments: [
    ("depends on `aws:SourceIp`", "open: depends on `aws:SourceIp`"),
    ("it is unclear", "open: it is unclear; depends on `aws:SourceIp`"),
  ]) func `A key that the reason names is not said twice`(_ reason: String, _ line: String) {
    let row = Requirement(
      rule: "a-rule", summary: "s", subject: "x", severity: .error, status: .open, reason: reason,
      dependsOn: ["aws:SourceIp"])
    let copy = CopyReport(
      name: "c", verdict: .unproven, assumptions: [], facts: [], requirements: [row])
    let text = render(report([], [copy]), as: .text, options: RichReport.options())
    #expect(text.split(separator: "\n").contains { $0.hasSuffix(line) })
  }

  @Test func `Quiet shows findings alone`() {
    for format in [OutputFormat.text, .concise, .github] {
      let copies = [RichReport.fresh]
      let options = RichReport.options { $0.isQuiet = true }
      #expect(render(report([], copies), as: format, options: options) == "")
    }
  }

  @Test func `Colour and hyperlinks appear only where they are asked for`() {
    for format in OutputFormat.allCases {
      #expect(
        !render(RichReport.report, as: format, options: RichReport.options()).contains("\u{1b}"))
      let coloured = render(
        RichReport.report, as: format,
        options: RichReport.options {
          $0.usesColor = true
          $0.links = .hyperlinks
        })
      #expect(coloured.contains("\u{1b}[") == format.isForTerminals)
    }
  }

  @Test func `Without colour a report says the same`() {
    let plain = render(RichReport.report, as: .text, options: RichReport.options())
    var coloured = render(
      RichReport.report, as: .text, options: RichReport.options { $0.usesColor = true })
    while let start = coloured.firstRange(of: "\u{1b}[") {
      let end = coloured[start.upperBound...].firstIndex(of: "m") ?? start.upperBound
      coloured.removeSubrange(start.lowerBound...end)
    }
    #expect(coloured == plain)
  }
}
