import Checks
import PolicyModel

/// The report as GitLab's Code Quality reads it: one array of findings.
struct GitLabReport {
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
    var fingerprints = Fingerprints(path: options.paths.relative)
    // Every finding is named, so that suppressing one does not rename the next.
    let named = report.findings.map { ($0, fingerprints.next($0)) }
    return JSONValue.array(
      named.filter { $0.0.suppression == nil }.map { finding, fingerprint in
        .object([
          ("description", .string(description(of: finding))),
          ("check_name", .string(finding.rule.name)),
          ("fingerprint", .string(fingerprint)),
          ("severity", .string(severity(of: finding))),
          ("location", location(of: finding)),
        ])
      }
    ).document
  }

  /// GitLab does not show `check_name`: the rule is part of the text.
  private func description(of finding: Finding) -> String {
    var text = finding.message
    if finding.place == nil, let copy = finding.copy { text = "`\(copy)`: \(text)" }
    if let help = finding.help { text += "; \(help)" }
    return "\(text) [\(finding.rule.name)]"
  }

  private func severity(of finding: Finding) -> String {
    switch finding.severity {
    case .error: "critical"
    case .warning: "minor"
    case .note: "info"
    }
  }

  private func location(of finding: Finding) -> JSONValue {
    let begin = finding.shownPlace.map { lines.start(of: $0).line } ?? 1
    let end = finding.shownPlace.map { place in
      let last = max(place.range.lowerBound, place.range.upperBound - 1)
      return lines[place.source].position(of: last).line
    }
    return .object([
      (
        "path",
        .string(options.paths.relative(finding.shownPlace?.source.path ?? options.paths.fallback))
      ),
      ("lines", .object([("begin", .integer(begin)), ("end", .integer(end ?? begin))])),
    ])
  }
}
