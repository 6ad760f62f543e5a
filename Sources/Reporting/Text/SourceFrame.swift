/// The lines of one file with ranges pointed at, as compilers print them.
///
/// ```
///    |
///  3 |       "Effect": "Allow",
///    |                 ------- the statement allows here
///  5 |       "Action": "*",
///    |                 ^^^ matches all actions
/// ```
struct SourceFrame {
  /// A range that the frame points at, with what to say of it.
  struct Annotation {
    var range: Range<Int>
    var label: String
    /// Whether it is what the finding is about; marked `^` and not `-`.
    var isPrimary: Bool
  }

  /// A range within one line.
  private struct Mark {
    var columns: Range<Int>
    var label: String
    var style: Style
    var isPrimary: Bool
  }

  /// A range of several lines, drawn as a bracket in a column of its own on the left.
  private struct Bracket {
    var annotation: Annotation
    var lines: ClosedRange<Int>
    var depth: Int
  }

  /// Of a longer range only the first two lines and the last are shown.
  private static let longestBracket = 6

  private let table: LineTable
  private let primaryStyle: Style
  private let budget: Int
  private let gutterWidth: Int
  private var marks: [(line: Int, annotation: Annotation)] = []
  private var brackets: [Bracket] = []

  /// Prepares the frame of one file; `width` is the terminal's.
  init(
    _ table: LineTable, _ annotations: [Annotation], primaryStyle: Style, gutterWidth: Int,
    width: Int
  ) {
    self.table = table
    self.primaryStyle = primaryStyle
    self.gutterWidth = gutterWidth
    for annotation in annotations {
      let lines = Self.lines(of: annotation.range, in: table)
      if lines.count == 1 {
        marks.append((lines.lowerBound, annotation))
      } else {
        brackets.append(Bracket(annotation: annotation, lines: lines, depth: 0))
      }
    }
    brackets = Self.nested(brackets)
    let margin = 2 * ((brackets.map(\.depth).max() ?? -1) + 1)
    budget = max(30, width - gutterWidth - 4 - margin)
  }

  /// The lines, from 0, that a range touches; the line after a final line break is not touched.
  static func lines(of range: Range<Int>, in table: LineTable) -> ClosedRange<Int> {
    let first = table.line(at: range.lowerBound)
    let last = table.line(at: max(range.lowerBound, range.upperBound - 1))
    return first...max(first, last)
  }

  /// How many columns line numbers take.
  static func gutterWidth(_ numbers: [Int]) -> Int { String(numbers.max() ?? 1).utf8.count }

  /// Brackets side by side where their lines overlap, the longest outside.
  private static func nested(_ brackets: [Bracket]) -> [Bracket] {
    var placed: [Bracket] = []
    let outermostFirst = brackets.sorted {
      $0.lines.count != $1.lines.count
        ? $0.lines.count > $1.lines.count : $0.lines.lowerBound < $1.lines.lowerBound
    }
    for var bracket in outermostFirst {
      while placed.contains(where: { $0.depth == bracket.depth && $0.lines.overlaps(bracket.lines) }
      ) {
        bracket.depth += 1
      }
      placed.append(bracket)
    }
    return placed
  }

  /// The frame's lines, from an empty one to the last label.
  func lines() -> [StyledLine] {
    var result = [gutter()]
    var previous: Int?
    for line in shownLines {
      if let previous, line > previous + 2 { result.append(gap(after: previous)) }
      result += rows(of: line)
      previous = line
    }
    return result
  }

  private var shownLines: [Int] {
    var lines = Set(marks.map(\.line))
    for bracket in brackets {
      if bracket.lines.count <= Self.longestBracket {
        lines.formUnion(bracket.lines)
      } else {
        let first = bracket.lines.lowerBound
        lines.formUnion([first, first + 1, bracket.lines.upperBound])
      }
    }
    return lines.sorted()
  }

  private func gutter(_ number: String = "") -> StyledLine {
    let fill = String(repeating: " ", count: gutterWidth - number.utf8.count)
    return StyledLine(" \(fill)\(number) |", .frame)
  }

  private func gap(after line: Int) -> StyledLine {
    var gap = StyledLine("...", .frame)
    gap.pad(to: gutterWidth + 3)
    gap.append(" ")
    margin(before: line + 1, to: &gap)
    return gap
  }

  // MARK: - One line of source

  private func rows(of line: Int) -> [StyledLine] {
    let own = marks.filter { $0.line == line }.map(\.annotation)
    let starting = brackets.filter { $0.lines.lowerBound == line }
    let ending = brackets.filter { $0.lines.upperBound == line }
    let shown = DisplayLine(
      table, line: line,
      around: own.map(\.range) + starting.map { start(of: $0.annotation.range) }
        + ending.map { end(of: $0.annotation.range) }, budget: budget)

    // A bracket that opens at the line's first character needs no row of its own.
    let (inline, hooked) = starting.reduce(into: ([Bracket](), [Bracket]())) { result, bracket in
      let column = shown.column(at: bracket.annotation.range.lowerBound)
      if column <= shown.indentation { result.0.append(bracket) } else { result.1.append(bracket) }
    }
    var source = gutter(String(table.number(ofLine: line)))
    source.append(" ")
    margin(before: line, opening: inline, to: &source)
    source.append(shown.text)

    var rows = [source]
    let marks = own.map { mark($0, on: shown) }
    rows += markRows(marks, line: line, opened: inline)
    var opened = inline
    for bracket in hooked {
      rows.append(
        hook(
          bracket, column: shown.column(at: bracket.annotation.range.lowerBound), line: line,
          opened: opened, isStart: true))
      opened.append(bracket)
    }
    var closed: [Bracket] = []
    for bracket in ending.sorted(by: { $0.depth > $1.depth }) {
      let column = max(shown.endColumn(at: bracket.annotation.range.upperBound) - 1, 0)
      var row = hook(bracket, column: column, line: line, opened: opened, closed: closed)
      if !bracket.annotation.label.isEmpty {
        row.append(" " + bracket.annotation.label, style(of: bracket.annotation))
      }
      rows.append(row)
      closed.append(bracket)
    }
    return rows
  }

  private func start(of range: Range<Int>) -> Range<Int> { range.lowerBound..<range.lowerBound }

  private func end(of range: Range<Int>) -> Range<Int> { range.upperBound..<range.upperBound }

  private func style(of annotation: Annotation) -> Style {
    annotation.isPrimary ? primaryStyle : .frame
  }

  private func mark(_ annotation: Annotation, on line: DisplayLine) -> Mark {
    let start = line.column(at: annotation.range.lowerBound)
    let end =
      annotation.range.isEmpty ? start + 1 : line.endColumn(at: annotation.range.upperBound)
    return Mark(
      columns: start..<max(start + 1, end), label: annotation.label,
      style: style(of: annotation), isPrimary: annotation.isPrimary)
  }

  // MARK: - Marks and their labels

  /// Marks under a line, the rightmost label beside its mark, others hanging below theirs.
  private func markRows(_ marks: [Mark], line: Int, opened: [Bracket]) -> [StyledLine] {
    guard !marks.isEmpty else { return [] }
    func row() -> StyledLine {
      var row = gutter()
      row.append(" ")
      margin(after: line, opened: opened, to: &row)
      return row
    }
    let labelled = marks.filter { !$0.label.isEmpty }.sorted {
      ($0.columns.lowerBound, $0.isPrimary ? 1 : 0) < ($1.columns.lowerBound, $1.isPrimary ? 1 : 0)
    }
    let rightmost = marks.map(\.columns.upperBound).max() ?? 0
    var hanging = labelled
    var beside: Mark?
    if let last = labelled.last, last.columns.upperBound == rightmost,
      rightmost + 1 + DisplayWidth.of(last.label) <= budget
    {
      beside = last
      hanging.removeLast()
    }

    var rows: [StyledLine] = []
    var first = row()
    appendMarks(marks, to: &first)
    if let beside { first.append(" " + beside.label, beside.style) }
    rows.append(first)
    guard !hanging.isEmpty else { return rows }
    var connectors = row()
    appendConnectors(hanging, to: &connectors)
    rows.append(connectors)
    while let mark = hanging.popLast() {
      var label = row()
      let left = label.width
      appendConnectors(
        hanging.filter { $0.columns.lowerBound < mark.columns.lowerBound }, to: &label)
      // A label that is too long for its place begins further left.
      let latest = max(0, budget - DisplayWidth.of(mark.label))
      label.pad(to: left + min(mark.columns.lowerBound, latest))
      label.append(mark.label, mark.style)
      rows.append(label)
    }
    return rows
  }

  private func appendMarks(_ marks: [Mark], to row: inout StyledLine) {
    let left = row.width
    let end = marks.map(\.columns.upperBound).max() ?? 0
    var column = 0
    while column < end {
      let here = marks.filter { $0.columns.contains(column) }
      let top = here.first(where: \.isPrimary) ?? here.first
      let next =
        marks.flatMap { [$0.columns.lowerBound, $0.columns.upperBound] }
        .filter { $0 > column }.min() ?? end
      if let top {
        row.pad(to: left + column)
        row.append(String(repeating: top.isPrimary ? "^" : "-", count: next - column), top.style)
      }
      column = next
    }
  }

  private func appendConnectors(_ marks: [Mark], to row: inout StyledLine) {
    let left = row.width
    for mark in marks where row.width <= left + mark.columns.lowerBound {
      row.pad(to: left + mark.columns.lowerBound)
      row.append("|", mark.style)
    }
  }

  // MARK: - Brackets

  private var depths: Int { (brackets.map(\.depth).max() ?? -1) + 1 }

  /// The brackets' columns beside a source line.
  private func margin(before line: Int, opening: [Bracket] = [], to row: inout StyledLine) {
    for depth in 0..<depths {
      let bracket = brackets.first { $0.depth == depth && $0.lines.contains(line) }
      guard let bracket else {
        row.append("  ")
        continue
      }
      let isOpening = bracket.lines.lowerBound == line
      let symbol =
        !isOpening ? "| " : opening.contains { $0.depth == depth } ? "/ " : "  "
      row.append(symbol, style(of: bracket.annotation))
    }
  }

  /// The brackets' columns beside a row below a source line.
  private func margin(
    after line: Int, depths: Range<Int>? = nil, opened: [Bracket], closed: [Bracket] = [],
    to row: inout StyledLine
  ) {
    for depth in depths ?? 0..<self.depths {
      let bracket = brackets.first { bracket in
        bracket.depth == depth && bracket.lines.contains(line)
          && (bracket.lines.lowerBound < line || opened.contains { $0.depth == depth })
          && !closed.contains { $0.depth == depth }
      }
      row.append(bracket == nil ? "  " : "| ", bracket.map { style(of: $0.annotation) } ?? .plain)
    }
  }

  /// The row that joins a bracket to the column where its range starts or ends.
  private func hook(
    _ bracket: Bracket, column: Int, line: Int, opened: [Bracket], closed: [Bracket] = [],
    isStart: Bool = false
  ) -> StyledLine {
    var row = gutter()
    row.append(" ")
    margin(after: line, depths: 0..<bracket.depth, opened: opened, closed: closed, to: &row)
    let style = style(of: bracket.annotation)
    let length = 2 * (depths - bracket.depth) - 1 + column
    row.append((isStart ? " " : "|") + String(repeating: "_", count: length), style)
    row.append(bracket.annotation.isPrimary ? "^" : "-", style)
    return row
  }
}
