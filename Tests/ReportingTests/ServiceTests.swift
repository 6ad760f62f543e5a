import Checks
import PolicyModel
import Reporting
import Testing

/// What the services behind the formats want.
@Suite struct `Reports for services` {
  private func report(_ findings: [Finding], _ copies: [CopyReport] = []) -> Report {
    Report(
      version: "1", asOf: Timestamp(seconds: 0), copies: copies, findings: findings,
      documentCount: 1, isStrict: false)
  }

  private func finding(_ severity: Severity, _ place: Place? = nil) -> Finding {
    Finding("a-rule", severity, "m", at: place)
  }

  // MARK: - GitHub

  @Test func `GitHub is given errors first`() {
    let text = render(
      report([finding(.note), finding(.error), finding(.warning), finding(.error)]), as: .github)
    let words = text.split(separator: "\n").filter { $0.hasPrefix("::") }.map {
      $0.dropFirst(2).prefix { $0 != " " }
    }
    #expect(words == ["error", "error", "warning", "notice"])
  }

  @Test(arguments: [(10, false), (11, true)]) func `More than ten of a kind are said to be cut`(
    count: Int, isCut: Bool
  ) {
    let text = render(report(Array(repeating: finding(.error), count: count)), as: .github)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("::error ") } == count)
    #expect(text.contains("first 10 annotations") == isCut)
  }

  @Test func `A range of several lines has no columns for GitHub`() {
    let marked = MarkedSource("a.json", "{\n  «\"a\":\n  1»\n}")
    let text = render(report([finding(.error, marked.place(0))]), as: .github)
    #expect(text.hasPrefix("::error title=lint-copy (a-rule),file=a.json,line=2,endLine=3::m\n"))
  }

  // MARK: - GitLab

  @Test func `Fingerprints for GitLab are all different`() throws {
    let place = MarkedSource("a.json", "«x»").place(0)
    let findings = Array(repeating: finding(.error, place), count: 5) + [finding(.note)]
    let text = render(report(findings), as: .gitlab)
    let root = try Tree.parse(Source(path: "r.json", text)).root
    let fingerprints = root.elements.compactMap { $0["fingerprint"]?.string }
    #expect(fingerprints.count == 6)
    #expect(Set(fingerprints).count == 6)
    #expect(
      root.elements.compactMap { $0["severity"]?.string }
        == Array(repeating: "critical", count: 5) + ["info"])
  }

  @Test func `Suppressing a finding renames no other`() throws {
    let place = MarkedSource("a.json", "«x»").place(0)
    var findings = [finding(.error, place), finding(.error, place)]
    func fingerprints() throws -> [String] {
      let text = render(report(findings), as: .gitlab)
      return try Tree.parse(Source(path: "r.json", text)).root.elements.compactMap {
        $0["fingerprint"]?.string
      }
    }
    let before = try fingerprints()
    findings[0].suppression = Suppression(kind: .inSource, reason: "r")
    #expect(try fingerprints() == [before[1]])
  }

  @Test(arguments: [OutputFormat.gitlab, .sarif, .github])
  func `A finding without a place is shown where its first related place is`(
    _ format: OutputFormat
  ) {
    let place = MarkedSource("facts.json", "\n\n«90»").place(0)
    let related = Finding(
      "a-rule", .error, "m", at: nil, related: [Note("the period", at: place)])
    let text = render(report([related]), as: format)
    #expect(text.contains("facts.json"))
    #expect(!text.contains("lint-copy.yaml"))
  }

  // MARK: - JUnit

  struct CaseResult: Sendable, CustomTestStringConvertible {
    var status: Requirement.Status
    var severity = Severity.error
    var findingSeverity: Severity?
    var failOn = Severity.error
    var isStrict = false
    var isSuppressed = false
    var element: String?
    var testDescription: String {
      "\(status.rawValue) \(severity.name)\(isStrict ? " strict" : "") \(element ?? "passes")"
    }
  }

  static let results = [
    CaseResult(status: .proven, element: nil),
    CaseResult(status: .violated, findingSeverity: .error, element: "failure"),
    CaseResult(status: .violated, element: "failure"),
    CaseResult(status: .violated, isSuppressed: true, element: "skipped"),
    CaseResult(
      status: .violated, severity: .warning, findingSeverity: .warning, element: "system-out"),
    CaseResult(
      status: .violated, severity: .warning, findingSeverity: .warning, failOn: .warning,
      element: "failure"),
    CaseResult(status: .open, findingSeverity: .warning, element: "skipped"),
    CaseResult(
      status: .open, findingSeverity: .warning, failOn: .warning, element: "failure"),
    CaseResult(status: .open, isStrict: true, element: "failure"),
    CaseResult(status: .notChecked, element: "skipped"),
    CaseResult(status: .notChecked, isStrict: true, element: "failure"),
    CaseResult(status: .notChecked, severity: .warning, isStrict: true, element: "skipped"),
    CaseResult(status: .notApplicable, isStrict: true, element: "skipped"),
  ]

  @Test(arguments: results) func `A case of JUnit fails where it fails the run`(
    _ example: CaseResult
  ) {
    let row = Requirement(
      rule: "a-rule", summary: "s", subject: "x", severity: example.severity,
      status: example.status, reason: "why",
      suppression: example.isSuppressed ? Suppression(kind: .baseline, reason: "r") : nil)
    let copy = CopyReport(
      name: "c", verdict: .unproven, assumptions: [], facts: [], requirements: [row])
    var findings = example.findingSeverity.map { [finding($0)] } ?? []
    for index in findings.indices { findings[index].copy = "c" }
    var report = report(findings, [copy])
    report.isStrict = example.isStrict
    let text = render(
      report, as: .junit, options: RichReport.options { $0.failOn = example.failOn })
    for element in ["failure", "skipped", "system-out"] {
      #expect(text.contains("<\(element)") == (element == example.element))
    }
    #expect(text.contains("<testcase classname=\"lint-copy.c\" name=\"a-rule: x\""))
    #expect(text.contains("tests=\"1\""))
  }

  @Test func `Nothing to judge is one case that passes`() {
    let text = render(report([]), as: .junit)
    #expect(text.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""))
    #expect(text.contains("<testcase classname=\"lint-copy\" name=\"lint-copy\" time=\"0\"/>"))
  }

  // MARK: - Markdown

  @Test func `A comment stays shorter than GitHub takes`() {
    let place = MarkedSource("a.json", "«x»").place(0)
    let text = render(
      report(Array(repeating: finding(.error, place), count: 5000)), as: .markdown)
    #expect(text.utf8.count < 65_536)
    #expect(text.contains("further findings left out here"))
  }
}
