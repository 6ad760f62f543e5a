import Checks
import PolicyModel

/// The report as one page to keep: no network, no script, light and dark, on paper, too.
struct HTMLReport {
  /// A page that loads nothing and runs nothing, whatever ends up in it.
  private static let contentPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

  private let report: Report
  private let options: RenderingOptions
  private let lines: SourceLines

  init(_ report: Report, _ options: RenderingOptions) {
    self.report = report
    self.options = options
    lines = SourceLines(report)
  }

  /// The whole page.
  func render() -> String {
    let findings = HTMLFindings(report, options, lines)
    var output = head
    output += "<body>\n<a class=\"skip\" href=\"#content\">to the report</a>\n" + header
    output += "<main id=\"content\">\n"
    for (index, copy) in report.copies.enumerated() {
      output +=
        HTMLCopy(
          copy, options, lines, id: "copy-\(index + 1)", findings: findings.numbers(of: copy)
        ).markup
    }
    output += findings.markup
    return output + "</main>\n" + footer + "</body>\n</html>\n"
  }

  private var head: String {
    let names = report.copies.map(\.name).joined(separator: ", ")
    let verdict = report.verdict?.rawValue ?? "no copy judged"
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      + "<meta http-equiv=\"Content-Security-Policy\" content=\"\(Self.contentPolicy)\">\n"
      + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      + "<meta name=\"color-scheme\" content=\"light dark\">\n"
      + "<meta name=\"generator\" content=\"lint-copy \(MarkupText.escaped(report.version))\">\n"
      + "<link rel=\"icon\" href=\"data:,\">\n"
      + "<title>\(verdict)\(names.isEmpty ? "" : ": " + MarkupText.escaped(names)) – lint-copy</title>\n"
      + "<style>\n\(HTMLStyle.sheet)</style>\n</head>\n"
  }

  private var header: String {
    var output = "<header>\n<p class=\"tool\">lint-copy</p>\n"
    output += "<h1>\(Self.badge(report.verdict)) "
    output += "Copying trail events to CloudTrail Lake</h1>\n"
    output += "<p>\(HTMLText.prose(Sentences.summary(of: report)))</p>\n"
    if let last = Sentences.unprovenSuccess(report, options) {
      output += "<p>\(HTMLText.prose(last))</p>\n"
    }
    if report.copies.count > 1 {
      output += "<nav aria-label=\"Copies\"><ul>\n"
      for (index, copy) in report.copies.enumerated() {
        output += "<li><a href=\"#copy-\(index + 1)\">\(Self.badge(copy.verdict)) "
        output += "\(MarkupText.escaped(copy.name))</a></li>\n"
      }
      output += "</ul></nav>\n"
    }
    return output + "</header>\n"
  }

  private var footer: String {
    "<footer>\n<p>Judged by lint-copy \(MarkupText.escaped(report.version)) as of "
      + "<time datetime=\"\(report.asOf.iso8601)\">\(report.asOf.iso8601)</time> from "
      + "\(Sentences.count(report.documentCount, "document")), without asking AWS. "
      + "<em>Proven</em> covers every request of its kind, under the assumptions listed.</p>\n"
      + "</footer>\n"
  }

  /// A verdict as a sign and a word.
  static func badge(_ verdict: Verdict?) -> String {
    guard let verdict else { return "<span class=\"badge unjudged\">no copy judged</span>" }
    return "<span class=\"badge \(verdict.rawValue)\">\(verdict.symbol) \(verdict.rawValue)</span>"
  }
}
