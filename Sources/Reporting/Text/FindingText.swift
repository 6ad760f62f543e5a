import Checks
import PolicyModel

/// One finding as a compiler would print it: message, source with carets, help.
struct FindingText {
  /// Columns of source that are shown where the output is no terminal and may be scrolled.
  private static let widestSource = 160

  private let finding: Finding
  private let lines: SourceLines
  private let options: RenderingOptions
  private let width: Int
  /// Whether the report judges several copies, so that a finding says which it belongs to.
  private let namesCopy: Bool

  init(
    _ finding: Finding, _ lines: SourceLines, _ options: RenderingOptions, width: Int,
    namesCopy: Bool
  ) {
    self.finding = finding
    self.lines = lines
    self.options = options
    self.width = width
    self.namesCopy = namesCopy
  }

  /// The finding's lines.
  func render() -> [StyledLine] {
    var result = [header]
    let blocks = blocks
    let gutterWidth = SourceFrame.gutterWidth(
      blocks.flatMap { block in
        block.lines.map { lines[block.source].number(ofLine: $0) }
      })
    for (index, block) in blocks.enumerated() {
      result.append(arrow(to: block, isFirst: index == 0, gutterWidth: gutterWidth))
      result += SourceFrame(
        lines[block.source], block.annotations, primaryStyle: style, gutterWidth: gutterWidth,
        width: options.width == nil ? Self.widestSource : width
      ).lines()
    }
    let remarks = remarks
    if !remarks.isEmpty, !blocks.isEmpty {
      result.append(StyledLine(String(repeating: " ", count: gutterWidth + 2) + "|", .frame))
    }
    for (kind, text) in remarks {
      result += remark(kind, text, gutterWidth: blocks.isEmpty ? 1 : gutterWidth)
    }
    return result
  }

  private var style: Style { finding.severity.style }

  private var header: StyledLine {
    var header = StyledLine("\(finding.severity.name)[", style)
    let isLinked = options.links == .hyperlinks
    header.append(
      VisibleText.escaped(finding.rule.name), style,
      linkedTo: isLinked ? options.rules.url(of: finding.rule) : nil)
    header.append("]", style)
    header.append(": " + VisibleText.escaped(finding.message), .strong)
    return header
  }

  // MARK: - Source

  /// The ranges that lie in one file.
  private struct Block {
    var source: Source
    var address: String?
    var first: Int
    var annotations: [SourceFrame.Annotation]
    var lines: [Int]
  }

  /// The finding's own file first, then the files of related places in their order.
  private var blocks: [Block] {
    var blocks: [Block] = []
    func add(_ place: Place, _ label: String, isPrimary: Bool) {
      let annotation = SourceFrame.Annotation(
        range: place.range, label: VisibleText.escaped(label), isPrimary: isPrimary)
      let touched = SourceFrame.lines(of: place.range, in: lines[place.source])
      if let index = blocks.firstIndex(where: { $0.source == place.source }) {
        blocks[index].annotations.append(annotation)
        blocks[index].lines += [touched.lowerBound, touched.upperBound]
      } else {
        blocks.append(
          Block(
            source: place.source, address: place.address, first: place.range.lowerBound,
            annotations: [annotation], lines: [touched.lowerBound, touched.upperBound]))
      }
    }
    if let place = finding.place { add(place, finding.label ?? "", isPrimary: true) }
    for note in finding.related {
      if let place = note.place { add(place, note.message, isPrimary: false) }
    }
    return blocks
  }

  private func arrow(to block: Block, isFirst: Bool, gutterWidth: Int) -> StyledLine {
    let isMain = isFirst && finding.place != nil
    let start = lines[block.source].position(of: block.first)
    var arrow = StyledLine(
      String(repeating: " ", count: gutterWidth + 1) + (isMain ? "--> " : "::: "), .frame)
    arrow.append("\(VisibleText.escaped(block.source.path)):\(start.line):\(start.column)")
    if let address = block.address { arrow.append(" (`\(VisibleText.escaped(address))`)") }
    return arrow
  }

  // MARK: - Remarks

  private var remarks: [(kind: String, text: String)] {
    var remarks: [(kind: String, text: String)] = []
    if let place = finding.place, place.pointer.count > 1, let inner = place.pointer.last {
      let outer = place.pointer.dropLast().map { "`\($0)`" }.joined(separator: ", ")
      remarks.append(("note", "at `\(inner)` of the document in \(outer)"))
    }
    for note in finding.related where note.place == nil { remarks.append(("note", note.message)) }
    // A fix says what to do as exactly as help does, and that it can be had.
    if finding.fixes.isEmpty, let help = finding.help { remarks.append(("help", help)) }
    for fix in finding.fixes { remarks.append(("fix", "\(fix.title), \(fix.means)")) }
    if namesCopy, let copy = finding.copy { remarks.append(("copy", copy)) }
    if let suppression = finding.suppression {
      remarks.append(("suppressed", "\(suppression.kind.words): \(suppression.reason)"))
    }
    if options.links == .urls, let url = options.rules.url(of: finding.rule) {
      remarks.append(("see", url))
    }
    return remarks
  }

  private func remark(_ kind: String, _ text: String, gutterWidth: Int) -> [StyledLine] {
    let indent = gutterWidth + 2
    let hang = indent + 4 + kind.utf8.count
    let broken = wrapped(VisibleText.escaped(text), to: max(30, width - hang))
    return broken.enumerated().map { index, text in
      var line = StyledLine()
      if index == 0 {
        line.pad(to: indent)
        line.append("= ", .frame)
        line.append("\(kind): ", .strong)
      } else {
        line.pad(to: hang)
      }
      line.append(text)
      return line
    }
  }
}

extension Suppression.Kind {
  /// Where the suppression stands, in words.
  var words: String {
    switch self {
    case .inSource: "by a comment"
    case .configuration: "in `lint-copy.yaml`"
    case .baseline: "in the baseline"
    }
  }
}
