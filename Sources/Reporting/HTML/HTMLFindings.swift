import Checks
import PolicyModel

/// The findings on the page, with the source they are about and what would mend it.
struct HTMLFindings {
  /// Bytes of a line up to which a fix shows whole lines; of longer ones only what changes.
  private static let longestLine = 300

  private let report: Report
  private let options: RenderingOptions
  private let lines: SourceLines
  /// What counts first, then what is suppressed; a finding's number is its position plus one.
  private let ordered: [Finding]

  init(_ report: Report, _ options: RenderingOptions, _ lines: SourceLines) {
    self.report = report
    self.options = options
    self.lines = lines
    ordered =
      report.findings.filter { $0.suppression == nil }
      + report.findings.filter { $0.suppression != nil }
  }

  /// The numbers of a copy's findings of each rule.
  func numbers(of copy: CopyReport) -> [RuleID: [Int]] {
    var numbers: [RuleID: [Int]] = [:]
    for (index, finding) in ordered.enumerated() where finding.copy == copy.name {
      numbers[finding.rule, default: []].append(index + 1)
    }
    return numbers
  }

  /// The section of all findings.
  var markup: String {
    guard !ordered.isEmpty else { return "" }
    var output = "<section id=\"findings\" aria-labelledby=\"findings-name\">\n"
    output += "<h2 id=\"findings-name\">Findings</h2>\n"
    for (index, finding) in ordered.enumerated() { output += article(finding, number: index + 1) }
    return output + "</section>\n"
  }

  private func article(_ finding: Finding, number: Int) -> String {
    let id = "finding-\(number)"
    let name = finding.suppression == nil ? finding.severity.name : "suppressed"
    var output = "<article id=\"\(id)\" class=\"\(name)\" aria-labelledby=\"\(id)-name\">\n"
    output += "<h3 id=\"\(id)-name\"><span class=\"number\">\(number)</span> "
    output += "<span class=\"severity \(name)\">\(finding.severity.name)</span> "
    output += "\(HTMLText.prose(finding.message))</h3>\n"
    output += "<p class=\"about\">\(about(finding))</p>\n"
    output += frames(finding)
    for note in finding.related where note.place == nil {
      output += remark("note", HTMLText.prose(note.message))
    }
    if finding.fixes.isEmpty, let help = finding.help {
      output += remark("help", HTMLText.prose(help))
    }
    if let suppression = finding.suppression {
      output += remark(
        "suppressed",
        HTMLText.prose("\(suppression.kind.words): \(suppression.reason)"))
    }
    for fix in finding.fixes { output += self.fix(fix) }
    return output + "</article>\n"
  }

  private func about(_ finding: Finding) -> String {
    var parts = [
      HTMLText.link(HTMLText.code(finding.rule.name), to: options.rules.url(of: finding.rule))
    ]
    if let copy = finding.copy { parts.append("copy \(HTMLText.code(copy))") }
    if let place = finding.place {
      if let address = place.address { parts.append("resource \(HTMLText.code(address))") }
      if !place.pointer.isEmpty, place.pointer != [""] {
        parts.append("at \(place.pointer.map(HTMLText.code).joined(separator: " in text at "))")
      }
    }
    return parts.joined(separator: " · ")
  }

  private func remark(_ kind: String, _ markup: String) -> String {
    "<p class=\"remark\"><b>\(kind):</b> \(markup)</p>\n"
  }

  // MARK: - Source

  private func frames(_ finding: Finding) -> String {
    var places: [(place: Place, label: String, isPrimary: Bool)] = []
    if let place = finding.place { places.append((place, finding.label ?? "", true)) }
    for note in finding.related {
      if let place = note.place { places.append((place, note.message, false)) }
    }
    var sources: [Source] = []
    for (place, _, _) in places where !sources.contains(place.source) {
      sources.append(place.source)
    }
    let isNumbered = places.count > 1
    var output = ""
    for source in sources {
      var annotations: [HTMLFrame.Annotation] = []
      for (index, item) in places.enumerated() where item.place.source == source {
        annotations.append(
          HTMLFrame.Annotation(
            range: item.place.range, label: item.label, isPrimary: item.isPrimary,
            number: isNumbered ? index + 1 : nil))
      }
      guard let first = annotations.first else { continue }
      let start = lines[source].position(of: first.range.lowerBound)
      output += "<p class=\"path\"><code>\(MarkupText.escaped(source.path))"
      output += ":\(start.line):\(start.column)</code></p>\n"
      output += HTMLFrame(table: lines[source], annotations: annotations).markup
    }
    return output
  }

  // MARK: - Fixes

  private func fix(_ fix: Fix) -> String {
    var output = remark("fix", HTMLText.prose("\(fix.title), \(fix.means)"))
    for edit in fix.edits {
      let (before, after) = change(edit)
      let start = lines[edit.source].position(of: edit.range.lowerBound)
      output +=
        "<p class=\"path\"><code>\(MarkupText.escaped(edit.source.path)):\(start.line)</code></p>\n"
      output += "<div class=\"change\">"
      output += self.lines(of: before).map { "<del>- \($0)</del>" }.joined()
      output += self.lines(of: after).map { "<ins>+ \($0)</ins>" }.joined()
      output += "</div>\n"
    }
    return output
  }

  /// The lines that an edit touches, before and after it; of long lines what changes alone.
  private func change(_ edit: Edit) -> (before: String, after: String) {
    let table = lines[edit.source]
    let range = edit.range.clamped(to: 0..<table.text.count)
    let first = table.content(ofLine: table.line(at: range.lowerBound))
    let last = table.content(ofLine: table.line(at: range.upperBound))
    func text(_ range: Range<Int>) -> String {
      String(decoding: table.text[range], as: UTF8.self)
    }
    let end = max(last.upperBound, range.upperBound)
    guard first.count <= Self.longestLine, last.count <= Self.longestLine else {
      return (text(range), edit.replacement)
    }
    return (
      text(first.lowerBound..<end),
      text(first.lowerBound..<range.lowerBound) + edit.replacement
        + text(range.upperBound..<end)
    )
  }

  /// Text in lines, ready for the page.
  private func lines(of text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    return text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { line in
      MarkupText.escaped(line.replacing("\t", with: "    "))
    }
  }
}
