import Checks
import PolicyModel

/// A line a finding in gcc's order, which editors and problem matchers read.
///
/// `path:line:column: severity: message [rule]`; a finding without a place begins with its copy, as
/// those of gcc begin with gcc.
struct ConciseReport {
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
    for finding in report.findings where finding.suppression == nil {
      line(finding).write(to: &output, usesColor: options.usesColor)
    }
    guard !options.isQuiet else { return output }
    for copy in report.copies {
      output += VisibleText.escaped("`\(copy.name)` is \(Sentences.fullVerdict(of: copy))") + "\n"
    }
    output += Sentences.summary(of: report) + "\n"
    if let last = Sentences.unprovenSuccess(report, options) {
      output += VisibleText.escaped(last) + "\n"
    }
    return output
  }

  private func line(_ finding: Finding) -> StyledLine {
    var line = StyledLine(start(of: finding) + ": ", .strong)
    line.append("\(finding.severity.name): ", finding.severity.style)
    line.append(VisibleText.escaped(finding.message))
    line.append(" [\(VisibleText.escaped(finding.rule.name))]", .faint)
    return line
  }

  private func start(of finding: Finding) -> String {
    guard let place = finding.place else {
      return VisibleText.escaped(finding.copy ?? "lint-copy")
    }
    let start = lines.start(of: place)
    return "\(VisibleText.escaped(place.source.path)):\(start.line):\(start.column)"
  }
}

extension Severity {
  /// How the severity's word stands out in a terminal.
  var style: Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
