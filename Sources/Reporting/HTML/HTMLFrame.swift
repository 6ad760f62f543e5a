import PolicyModel

/// Lines of source with ranges marked in the text itself, so that they wrap on a narrow page.
struct HTMLFrame {
  /// A range to mark, with what to say of it below its last line.
  struct Annotation {
    var range: Range<Int>
    var label: String
    var isPrimary: Bool
    /// Joins mark and label where there are several; nil where there is one.
    var number: Int?
  }

  /// Columns of a line that are shown; of a longer one, windows around the ranges.
  private static let widestLine = 400
  /// Of a longer range, the first lines and the last are shown.
  private static let longestRange = 10

  let table: LineTable
  let annotations: [Annotation]

  /// The frame as one element.
  var markup: String {
    var output = "<div class=\"source\">"
    var previous: Int?
    for line in shownLines {
      if let previous, line > previous + 1 { output += "<div class=\"gap\">⋮</div>" }
      output += self.line(line)
      previous = line
    }
    return output + "</div>\n"
  }

  private var shownLines: [Int] {
    var lines: Set<Int> = []
    for annotation in annotations {
      let range = SourceFrame.lines(of: annotation.range, in: table)
      if range.count <= Self.longestRange {
        lines.formUnion(range)
      } else {
        lines.formUnion(range.prefix(Self.longestRange - 2))
        lines.insert(range.upperBound)
      }
    }
    return lines.sorted()
  }

  private func line(_ line: Int) -> String {
    let here = annotations.filter {
      SourceFrame.lines(of: $0.range, in: table).contains(line)
    }
    let ranges = here.map { part(of: $0.range, on: line) }
    let shown = DisplayLine(table, line: line, around: ranges, budget: Self.widestLine)
    var output =
      "<div class=\"line\"><span class=\"number\">\(table.number(ofLine: line))</span><code>"
    for run in shown.runs(of: ranges) {
      let text = MarkupText.entities(run.text)
      let covering = run.covering.map { here[$0] }
      guard let top = covering.first(where: \.isPrimary) ?? covering.first else {
        output += text
        continue
      }
      output += "<mark class=\"\(top.isPrimary ? "primary" : "related")\">\(text)</mark>"
      for index in run.ending where isLast(line, of: here[index]) {
        if let number = here[index].number { output += "<sup>\(number)</sup>" }
      }
    }
    output += "</code></div>"
    for annotation in here where !annotation.label.isEmpty {
      guard isLast(line, of: annotation) else { continue }
      let number = annotation.number.map { "<sup>\($0)</sup> " } ?? ""
      output += "<div class=\"note \(annotation.isPrimary ? "primary" : "related")\">"
      output += "\(number)\(HTMLText.prose(annotation.label))</div>"
    }
    return output
  }

  private func isLast(_ line: Int, of annotation: Annotation) -> Bool {
    SourceFrame.lines(of: annotation.range, in: table).upperBound == line
  }

  /// The part of a range on one of its lines, without the indentation of those after the first.
  private func part(of range: Range<Int>, on line: Int) -> Range<Int> {
    let content = table.content(ofLine: line)
    guard range.lowerBound < content.lowerBound else { return range }
    let start = content.first { table.text[$0] != 0x20 && table.text[$0] != 0x09 }
    return min(start ?? content.lowerBound, range.upperBound)..<range.upperBound
  }
}

/// Text of documents and messages as HTML.
enum HTMLText {
  /// A message, its code in `code` elements.
  static func prose(_ message: String) -> String {
    MessagePiece.pieces(of: message).map { piece in
      switch piece {
      case .words(let words): MarkupText.escaped(words)
      case .code(let code): "<code>\(MarkupText.escaped(code))</code>"
      }
    }.joined()
  }

  /// An identifier in a `code` element.
  static func code(_ text: String) -> String { "<code>\(MarkupText.escaped(text))</code>" }

  /// A link where there is an address.
  static func link(_ markup: String, to url: String?) -> String {
    guard let url else { return markup }
    return "<a href=\"\(MarkupText.escaped(url))\" rel=\"noreferrer\">\(markup)</a>"
  }
}
