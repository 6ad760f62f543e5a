import Checks
import Evidence
import PolicyModel

/// What is said of one copy: its requirements, assumptions, facts and verdict.
struct CopyText {
  private static let indent = 2
  /// Where a row's rule begins, after its sign.
  private static let ruleColumn = 4
  /// Where the rows of a group and what is said of a row begin.
  private static let detailColumn = 6

  private let copy: CopyReport
  private let lines: SourceLines
  private let options: RenderingOptions
  private let width: Int
  private let subjectColumn: Int

  init(_ copy: CopyReport, _ lines: SourceLines, _ options: RenderingOptions, width: Int) {
    self.copy = copy
    self.lines = lines
    self.options = options
    self.width = width
    let longest = copy.requirements.map { DisplayWidth.of(VisibleText.escaped($0.rule.name)) }.max()
    subjectColumn = Self.detailColumn + (longest ?? 0) + 2
  }

  /// The section of the copy.
  func render() -> [StyledLine] {
    var result: [StyledLine] = []
    var title = StyledLine("copy ", .strong)
    title.append("`\(VisibleText.escaped(copy.name))`", .strong)
    result.append(title)
    result.append(StyledLine())
    result += requirements
    result += assumptions
    if options.isVerbose { result += facts }
    var verdict = StyledLine()
    verdict.append(
      "`\(VisibleText.escaped(copy.name))` is \(VisibleText.escaped(Sentences.verdict(of: copy)))",
      verdictStyle)
    result.append(verdict)
    if let remedy = Sentences.remedy(of: copy) { result += detail(remedy, from: Self.indent) }
    return result
  }

  private var verdictStyle: Style {
    switch copy.verdict {
    case .ready: .good
    case .unproven: .warning
    case .blocked: .error
    }
  }

  // MARK: - Requirements

  /// Rows that were decided in the copy's own order, then what was not checked, by what would tell,
  /// then what does not apply.
  private var requirements: [StyledLine] {
    guard !copy.requirements.isEmpty else { return [] }
    var result: [StyledLine] = []
    for row in copy.requirements where row.status.isDecided { result += single(row) }
    var groups: [(needs: [String], rows: [Requirement])] = []
    for row in copy.requirements where row.status == .notChecked {
      if let index = groups.firstIndex(where: { $0.needs == row.needs }) {
        groups[index].rows.append(row)
      } else {
        groups.append((row.needs, [row]))
      }
    }
    for (needs, rows) in groups { result += group(rows, needs: needs) }
    let others = copy.requirements.filter { $0.status == .notApplicable }
    if !others.isEmpty {
      result.append(head(.notApplicable, "not applicable"))
      for row in others { result += groupRow(row, saysReason: options.isVerbose) }
    }
    result.append(StyledLine())
    return result
  }

  private func single(_ row: Requirement) -> [StyledLine] {
    var result = self.row(row, sign: true)
    switch row.status {
    case .proven:
      if options.isVerbose { result += detail(row.explanation) }
    case .violated, .open, .notChecked, .notApplicable:
      let kind = row.severity == .error ? "" : " (\(row.severity.name))"
      let explanation = row.explanation
      result += detail(
        row.status.words + kind + (explanation.isEmpty ? "" : ": \(explanation)"))
      if let example = row.counterexample, options.isVerbose || example.resource != row.subject {
        result += counterexample(example)
      }
    }
    result += trace(of: row, from: Self.detailColumn)
    return result
  }

  private func trace(of row: Requirement, from column: Int) -> [StyledLine] {
    guard options.isVerbose else { return [] }
    return row.trace.flatMap { bullet($0, from: column) }
  }

  private func group(_ rows: [Requirement], needs: [String]) -> [StyledLine] {
    let reasons = Set(rows.map(\.reason))
    let shared = reasons.count == 1 ? reasons.first ?? "" : ""
    let parts = [shared, Sentences.wouldTell(needs) ?? ""].filter { !$0.isEmpty }
    let words = "not checked" + (parts.isEmpty ? "" : ": ") + parts.joined(separator: "; ")
    var result: [StyledLine] = []
    for (index, text) in wrap(words, from: Self.ruleColumn).enumerated() {
      if index == 0 {
        result.append(head(.notChecked, text))
      } else {
        result.append(indented(text, to: Self.ruleColumn))
      }
    }
    for row in rows { result += groupRow(row, saysReason: shared.isEmpty) }
    return result
  }

  private func groupRow(_ row: Requirement, saysReason: Bool) -> [StyledLine] {
    var result = self.row(row, sign: false)
    if saysReason { result += detail(row.reason, from: Self.detailColumn + 2) }
    if let suppression = row.suppression {
      let words = "suppressed \(suppression.kind.words): \(suppression.reason)"
      result += detail(words, from: Self.detailColumn + 2)
    }
    return result + trace(of: row, from: Self.detailColumn + 2)
  }

  private func head(_ status: Requirement.Status, _ text: String) -> StyledLine {
    var line = StyledLine()
    line.pad(to: Self.indent)
    line.append(status.symbol, status.style)
    line.append(" " + text)
    return line
  }

  /// The rule and the subject, side by side where both fit.
  private func row(_ row: Requirement, sign: Bool) -> [StyledLine] {
    let rule = VisibleText.escaped(row.rule.name)
    let subject = VisibleText.escaped(row.subject)
    var line = StyledLine()
    line.pad(to: Self.indent)
    if sign { line.append(row.status.symbol, row.signStyle) }
    line.pad(to: sign ? Self.ruleColumn : Self.detailColumn)
    let style: Style = row.status == .notApplicable ? .faint : sign ? .strong : .plain
    line.append(
      rule, style, linkedTo: options.links == .hyperlinks ? options.rules.url(of: row.rule) : nil)
    guard !subject.isEmpty else { return [line] }
    if subjectColumn + DisplayWidth.of(subject) <= width {
      line.pad(to: subjectColumn)
      line.append(subject)
      return [line]
    }
    return [line, indented(subject, to: sign ? Self.detailColumn : Self.detailColumn + 2)]
  }

  private func counterexample(_ example: Requirement.Counterexample) -> [StyledLine] {
    var result = detail("for example `\(example.action)` on `\(example.resource)`")
    guard options.isVerbose else { return result }
    result += detail("by `\(example.principal)`", from: Self.detailColumn + 2)
    for (key, value) in example.context {
      result += detail("with `\(key)` = `\(value)`", from: Self.detailColumn + 2)
    }
    return result
  }

  // MARK: - Assumptions and facts

  private var assumptions: [StyledLine] {
    guard !copy.assumptions.isEmpty else { return [] }
    var result = [indented("assumptions", to: Self.indent)]
    for assumption in copy.assumptions { result += bullet(assumption, from: Self.ruleColumn) }
    return result + [StyledLine()]
  }

  private var facts: [StyledLine] {
    guard !copy.facts.isEmpty else { return [] }
    var result = [indented("facts", to: Self.indent)]
    let known = copy.facts.filter { $0.status != .unknown }
    let nameWidth = known.map { DisplayWidth.of(VisibleText.escaped($0.name)) }.max() ?? 0
    let valueColumn = Self.ruleColumn + nameWidth + 2
    for fact in known {
      var line = indented(VisibleText.escaped(fact.name), to: Self.ruleColumn)
      line.pad(to: valueColumn)
      line.append(fact.value.map(VisibleText.escaped) ?? "–", fact.value == nil ? .faint : .plain)
      result.append(line)
      result += detail(self.origin(of: fact), from: valueColumn)
    }
    let unknown = copy.facts.filter { $0.status == .unknown }.map { "`\($0.name)`" }
    if !unknown.isEmpty {
      result += detail("not known: \(Sentences.list(unknown))", from: Self.ruleColumn)
    }
    return result + [StyledLine()]
  }

  private func origin(of fact: CopyReport.FactRow) -> String {
    var words =
      switch fact.status {
      case .stated: fact.origin.isEmpty ? "stated" : "stated by \(fact.origin)"
      case .inferred: fact.origin.isEmpty ? "inferred" : "inferred from \(fact.origin)"
      case .unknown: "unknown"
      }
    if let place = fact.place {
      let start = lines.start(of: place)
      words += ", \(place.source.path):\(start.line):\(start.column)"
    }
    return words
  }

  // MARK: - Lines

  private func indented(_ text: String, to column: Int) -> StyledLine {
    var line = StyledLine()
    line.pad(to: column)
    line.append(text)
    return line
  }

  private func wrap(_ text: String, from column: Int) -> [String] {
    wrapped(VisibleText.escaped(text), to: max(30, width - column))
  }

  private func bullet(_ text: String, from column: Int) -> [StyledLine] {
    wrap(text, from: column + 2).enumerated().map { index, text in
      indented((index == 0 ? "- " : "  ") + text, to: column)
    }
  }

  private func detail(_ text: String, from column: Int = CopyText.detailColumn) -> [StyledLine] {
    guard !text.isEmpty else { return [] }
    return wrap(text, from: column).map { indented($0, to: column) }
  }
}

extension Requirement {
  /// How the sign of the status stands out: a violation by the harm that it does.
  fileprivate var signStyle: Style {
    guard suppression == nil else { return .faint }
    return status == .violated ? severity.style : status.style
  }
}

extension Requirement.Status {
  /// Whether the documents were enough to look.
  fileprivate var isDecided: Bool {
    switch self {
    case .proven, .violated, .open: true
    case .notChecked, .notApplicable: false
    }
  }
}
