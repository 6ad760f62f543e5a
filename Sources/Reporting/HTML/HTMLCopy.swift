import Checks
import Evidence
import PolicyModel

/// One copy on the page: its path, its requirements, what was assumed and what is known.
struct HTMLCopy {
  private let copy: CopyReport
  private let options: RenderingOptions
  private let lines: SourceLines
  private let id: String
  /// The numbers of the findings of each rule.
  private let findings: [RuleID: [Int]]

  init(
    _ copy: CopyReport, _ options: RenderingOptions, _ lines: SourceLines, id: String,
    findings: [RuleID: [Int]]
  ) {
    self.copy = copy
    self.options = options
    self.lines = lines
    self.id = id
    self.findings = findings
  }

  /// The section of the copy.
  var markup: String {
    var output = "<section id=\"\(id)\" aria-labelledby=\"\(id)-name\">\n"
    output += "<h2 id=\"\(id)-name\">\(MarkupText.escaped(copy.name)) "
    output += "\(HTMLReport.badge(copy.verdict))</h2>\n"
    output += "<p class=\"verdict\">\(HTMLText.prose(Sentences.fullVerdict(of: copy)))</p>\n"
    if !copy.requirements.isEmpty {
      output += picture + requirements
    }
    return output + assumptions + facts + "</section>\n"
  }

  private var picture: String {
    let drawing = CopyPictureSVG(
      picture: CopyPicture(copy), id: "\(id)-path", title: "Path of the copy \(copy.name)")
    return "<figure>\n\(drawing.markup)\n<figcaption>The path of the copy. "
      + "✓ proven, ✗ violated, ? open, – not checked.</figcaption>\n</figure>\n"
  }

  // MARK: - Requirements

  private var requirements: String {
    var output = "<h3>Requirements</h3>\n"
    output += "<table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">"
    for name in ["Status", "Requirement", "Subject", "Why"] {
      output += "<th scope=\"col\" role=\"columnheader\">\(name)</th>"
    }
    output += "</tr></thead>\n<tbody role=\"rowgroup\">\n"
    for status in Requirement.Status.worstFirst {
      for row in copy.requirements where row.status == status { output += self.row(row) }
    }
    return output + "</tbody>\n</table>\n"
  }

  private func row(_ row: Requirement) -> String {
    let name = row.className
    var output = "<tr role=\"row\" class=\"\(name)\">"
    output += "<td role=\"cell\"><span class=\"status \(name)\">\(row.status.symbol) "
    output += "\(row.status.words)</span></td>"
    output += "<th scope=\"row\" role=\"rowheader\">"
    output += HTMLText.link(HTMLText.code(row.rule.name), to: options.rules.url(of: row.rule))
    output += "<span class=\"summary\">\(HTMLText.prose(row.summary))"
    if row.severity != .error { output += " (\(row.severity.name))" }
    output += "</span></th><td role=\"cell\">"
    output += row.subject.isEmpty ? "" : HTMLText.code(row.subject)
    output += "</td><td role=\"cell\">" + why(row) + "</td></tr>\n"
    return output
  }

  private func why(_ row: Requirement) -> String {
    var output = ""
    let explanation = row.explanation
    if !explanation.isEmpty { output += "<p>\(HTMLText.prose(explanation))</p>" }
    let numbers = ([row.rule] + row.causes).flatMap { findings[$0] ?? [] }
    if row.status != .proven, !numbers.isEmpty {
      let links = numbers.map { "<a href=\"#finding-\($0)\">finding \($0)</a>" }
      output += "<p class=\"see\">\(links.joined(separator: ", "))</p>"
    }
    if let example = row.counterexample { output += counterexample(example) }
    if options.isVerbose, !row.trace.isEmpty {
      output += "<ol class=\"trace\">"
      for step in row.trace { output += "<li>\(HTMLText.prose(step))</li>" }
      output += "</ol>"
    }
    return output
  }

  private func counterexample(_ example: Requirement.Counterexample) -> String {
    var output = "<dl class=\"request\"><dt>denied, for example</dt>"
    output += "<dd>\(HTMLText.code(example.action))</dd><dt>on</dt>"
    output += "<dd>\(HTMLText.code(example.resource))</dd><dt>by</dt>"
    output += "<dd>\(HTMLText.code(example.principal))</dd>"
    if !example.context.isEmpty {
      output += "<dt>with</dt>"
      for (key, value) in example.context {
        output += "<dd>\(HTMLText.code(key)) = \(HTMLText.code(value))</dd>"
      }
    }
    return output + "</dl>"
  }

  // MARK: - Assumptions and facts

  private var assumptions: String {
    guard !copy.assumptions.isEmpty else { return "" }
    var output = "<h3>Assumptions</h3>\n<ul>\n"
    for assumption in copy.assumptions { output += "<li>\(HTMLText.prose(assumption))</li>\n" }
    return output + "</ul>\n"
  }

  private var facts: String {
    guard !copy.facts.isEmpty else { return "" }
    var output = "<h3>Facts</h3>\n<table role=\"table\" class=\"facts\">\n"
    output += "<thead role=\"rowgroup\"><tr role=\"row\">"
    for name in ["Fact", "Value", "From"] {
      output += "<th scope=\"col\" role=\"columnheader\">\(name)</th>"
    }
    output += "</tr></thead>\n<tbody role=\"rowgroup\">\n"
    for fact in copy.facts {
      output += "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">"
      output += "\(HTMLText.code(fact.name))</th><td role=\"cell\">"
      output += fact.value.map(HTMLText.code) ?? "–"
      output += "</td><td role=\"cell\">\(origin(of: fact))</td></tr>\n"
    }
    return output + "</tbody>\n</table>\n"
  }

  private func origin(of fact: CopyReport.FactRow) -> String {
    var output = "<span class=\"fact \(fact.status.rawValue)\">\(fact.status.rawValue)</span>"
    if !fact.origin.isEmpty {
      output += fact.status == .stated ? " by " : " from "
      output += HTMLText.prose(fact.origin)
    }
    if let place = fact.place {
      let start = lines.start(of: place)
      output +=
        " <code>\(MarkupText.escaped(place.source.path)):\(start.line):\(start.column)</code>"
    }
    return output
  }
}
