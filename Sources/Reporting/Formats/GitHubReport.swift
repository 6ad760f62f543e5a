import Checks
import PolicyModel

/// The report as workflow commands, which GitHub Actions shows beside the changed lines.
///
/// GitHub keeps ten errors, ten warnings and ten notices of a step, the first ones: errors come
/// first. What follows in plain words says how many there are in all.
struct GitHubReport {
  /// Annotations of one kind that GitHub keeps of a step.
  private static let limit = 10

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
    var output = ""
    let active = report.findings.filter { $0.suppression == nil }
    for severity in Severity.allCases.reversed() {
      for finding in active where finding.severity == severity {
        output += command(finding) + "\n"
      }
    }
    guard !options.isQuiet else { return output }
    for copy in report.copies {
      output += plain("`\(copy.name)` is \(Sentences.fullVerdict(of: copy))")
    }
    output += plain(Sentences.summary(of: report))
    let isCut = Severity.allCases.contains { severity in
      active.count { $0.severity == severity } > Self.limit
    }
    if isCut {
      output += plain(
        "GitHub shows the first \(Self.limit) annotations of each kind; all are above")
    }
    if let last = Sentences.unprovenSuccess(report, options) { output += plain(last) }
    return output
  }

  private func command(_ finding: Finding) -> String {
    let word =
      switch finding.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties = [("title", "lint-copy (\(finding.rule.name))")]
    if let place = finding.shownPlace {
      let start = lines.start(of: place)
      let end = lines.end(of: place)
      properties.append(("file", options.paths.relative(place.source.path)))
      properties.append(("line", String(start.line)))
      // Columns of different lines are refused.
      if start.line == end.line { properties.append(("col", String(start.column))) }
      properties.append(("endLine", String(end.line)))
      if start.line == end.line { properties.append(("endColumn", String(end.column))) }
    }
    var paragraphs = [finding.message]
    if finding.place == nil, let copy = finding.copy {
      paragraphs = ["`\(copy)`: \(finding.message)"]
    }
    paragraphs += finding.related.filter { $0.place == nil }.map { "note: \($0.message)" }
    if let help = finding.help { paragraphs.append("help: \(help)") }
    let data = paragraphs.map { Self.escapedData(VisibleText.escaped($0)) }
    return "::\(word) "
      + properties.map { "\($0)=\(Self.escapedProperty(VisibleText.escaped($1)))" }
      .joined(separator: ",")
      + "::" + data.joined(separator: "%0A")
  }

  /// A line of the log that is no command, whatever names are in it.
  private func plain(_ text: String) -> String {
    // The runner still reads `##[error]` anywhere in a line, and `::` where one begins.
    let text = VisibleText.escaped(text).replacing("##[", with: "#\\u{23}[")
    return (text.hasPrefix("::") ? " \\u{3a}" + text.dropFirst() : text) + "\n"
  }

  /// Data of a command: toolkit, `packages/core/src/command.ts`, `escapeData`.
  private static func escapedData(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// A property of a command: toolkit, `packages/core/src/command.ts`, `escapeProperty`.
  private static func escapedProperty(_ text: String) -> String {
    escapedData(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
