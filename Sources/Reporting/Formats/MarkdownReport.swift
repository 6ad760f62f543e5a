import Checks
import PolicyModel

/// The report for a comment on a pull request: the verdict, the table of each copy, and the
/// findings folded away.
struct MarkdownReport {
  /// GitHub takes comments of 65,536 characters; a longer one would not appear at all.
  private static let longestComment = 60_000

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
    if !options.isQuiet {
      output += "## lint-copy: \(report.verdict?.rawValue ?? "no copy judged")\n\n"
      output += message(Sentences.summary(of: report)) + "\n"
      for copy in report.copies { output += "\n" + section(copy) }
    }
    output += findings(room: Self.longestComment - output.utf8.count)
    guard !options.isQuiet else { return output }
    if let last = Sentences.unprovenSuccess(report, options) { output += "\n\(message(last))\n" }
    output += "\n<sub>lint-copy \(code(report.version)), as of \(report.asOf.iso8601)</sub>\n"
    return output
  }

  // MARK: - Copies

  private func section(_ copy: CopyReport) -> String {
    var output = "### \(copy.verdict.symbol) \(code(copy.name))\n\n"
    output += message(Sentences.fullVerdict(of: copy)) + "\n"
    if !copy.requirements.isEmpty {
      output += "\n| | Requirement | Subject | Why |\n| --- | --- | --- | --- |\n"
      for status in Requirement.Status.worstFirst {
        for row in copy.requirements where row.status == status { output += self.row(row) }
      }
    }
    if !copy.assumptions.isEmpty {
      output += "\n<details><summary>Assumptions</summary>\n\n"
      for assumption in copy.assumptions { output += "- \(message(assumption))\n" }
      output += "\n</details>\n"
    }
    return output
  }

  private func row(_ row: Requirement) -> String {
    let rule = link(code(row.rule.name), to: options.rules.url(of: row.rule))
    let subject = row.subject.isEmpty ? "" : code(row.subject)
    let status = "\(row.status.symbol) \(row.status.words)"
    return "| \(status) | \(rule) | \(subject) | \(message(row.explanation)) |\n"
  }

  // MARK: - Findings

  private func findings(room: Int) -> String {
    let active = report.findings.filter { $0.suppression == nil }
    guard !active.isEmpty else { return "" }
    var output = options.isQuiet ? "" : "\n### Findings\n"
    for (index, finding) in active.enumerated() {
      let text = folded(finding)
      guard output.utf8.count + text.utf8.count <= room else {
        output += "\n\(Sentences.count(active.count - index, "further finding")) left out here\n"
        break
      }
      output += text
    }
    return output
  }

  private func folded(_ finding: Finding) -> String {
    var text = ""
    var options = options
    options.links = .none
    let frame = FindingText(
      finding, lines, options, width: TextReport.usualWidth, namesCopy: report.copies.count > 1
    ).render()
    for line in frame { line.write(to: &text, usesColor: false) }
    var place = ""
    if let found = finding.place {
      let start = lines.start(of: found)
      place = " <code>\(html(found.source.path)):\(start.line):\(start.column)</code>"
    }
    let summary = MessagePiece.pieces(of: finding.message).map { piece in
      switch piece {
      case .words(let words): html(words)
      case .code(let code): "<code>\(html(code))</code>"
      }
    }.joined()
    let fence = fence(for: text)
    return "\n<details><summary>\(finding.severity.name): \(summary)\(place)</summary>\n\n"
      + "\(fence)text\n\(text)\(fence)\n\n</details>\n"
  }

  // MARK: - Escapes

  /// Words and code of a message, nothing of which is Markdown.
  private func message(_ text: String) -> String {
    MessagePiece.pieces(of: text).map { piece in
      switch piece {
      case .words(let words): self.words(words)
      case .code(let code): self.code(code)
      }
    }.joined()
  }

  /// Words with every mark of Markdown escaped.
  private func words(_ text: String) -> String {
    var result = ""
    var rest = VisibleText.escaped(text).unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      // An empty comment keeps a name from being told and a number from becoming a link.
      case "@", "#": result += "\\\(scalar)<!-- -->"
      // Also with a backslash before it, a pipe may end a cell.
      case "|": result += "&#124;"
      case "\\", "`", "*", "_", "[", "]", "~", "$": result += "\\\(scalar)"
      // What begins a link: `https://`, `www.`.
      case ":": result += rest.first == "/" ? "\\:" : ":"
      case ".": result += result.lowercased().hasSuffix("www") || isNumber(result) ? "\\." : "."
      // What begins a list or a heading's underline.
      case "-", "+", "=": result += result.isEmpty ? "\\\(scalar)" : String(scalar)
      case ")": result += isNumber(result) ? "\\)" : ")"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether a full stop or bracket after the text would make it the number of a list.
  private func isNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }

  /// Code between as many backticks as it needs.
  private func code(_ text: String) -> String {
    let text = VisibleText.escaped(text)
    guard !text.isEmpty else { return "" }
    // A pipe ends a cell even between backticks.
    guard !text.utf8.contains(UInt8(ascii: "|")) else { return "<code>\(html(text))</code>" }
    let fence = String(repeating: "`", count: longestRun(in: text) + 1)
    let pad = text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ") ? " " : ""
    return fence + pad + text + pad + fence
  }

  private func fence(for text: String) -> String {
    String(repeating: "`", count: max(3, longestRun(in: text) + 1))
  }

  private func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// Text inside of a tag's element, where Markdown is read, too.
  private func html(_ text: String) -> String {
    var result = ""
    for scalar in VisibleText.escaped(text).unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "-", "/", "=", ";", ",":
        result.unicodeScalars.append(scalar)
      case "@", "#": result += "&#\(scalar.value);<!-- -->"
      default:
        if scalar.value < 0x80 {
          result += "&#\(scalar.value);"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  private func link(_ text: String, to url: String?) -> String {
    guard let url else { return text }
    return "[\(text)](\(url))"
  }
}

extension Verdict {
  /// A sign that tells the verdict without colour.
  var symbol: String {
    switch self {
    case .ready: "✓"
    case .unproven: "?"
    case .blocked: "✗"
    }
  }
}

extension Requirement.Status {
  /// The order for readers that begin at the top.
  static let worstFirst: [Self] = [.violated, .open, .notChecked, .proven, .notApplicable]
}
