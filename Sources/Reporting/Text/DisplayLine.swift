/// One line of source as a terminal shows it: tabs expanded, what is invisible made visible, and of
/// a line that is too long only the parts around the ranges that matter.
struct DisplayLine {
  /// The visible text.
  let text: String
  /// How many columns the text takes.
  let width: Int
  private let cells: [PlacedCell]

  /// A piece of source that is shown as a whole.
  private struct Cell {
    var range: Range<Int>
    var text: String
    var width: Int
  }

  private struct PlacedCell {
    var start: Int
    var end: Int
    var text: String
    var column: Int
    var width: Int
  }

  /// A part of the line that the same ranges cover.
  struct Run {
    var text: String
    /// Positions of the ranges that cover it.
    var covering: [Int]
    /// Those of them that end with it, on this line.
    var ending: [Int]
  }

  /// Lays out a line, counted from 0, in at most about `budget` columns.
  init(_ table: LineTable, line: Int, around focus: [Range<Int>], budget: Int) {
    let content = table.content(ofLine: line)
    let layout = CellReader(text: table.text)
    var kept: [Cell]
    if content.count <= budget * CellReader.longestScalar {
      kept = layout.cells(in: content)
      if Self.width(of: kept) > budget {
        kept = layout.window(around: focus, in: content, budget: budget)
      }
    } else {
      kept = layout.window(around: focus, in: content, budget: budget)
    }
    var text = ""
    var cells: [PlacedCell] = []
    var column = 0
    var end = content.lowerBound
    func place(_ range: Range<Int>, _ shown: String, _ width: Int) {
      cells.append(
        PlacedCell(
          start: range.lowerBound, end: range.upperBound, text: shown, column: column, width: width)
      )
      text += shown
      column += width
    }
    for cell in kept {
      if cell.range.lowerBound > end { place(end..<cell.range.lowerBound, "…", 1) }
      place(cell.range, cell.text, cell.width)
      end = cell.range.upperBound
    }
    if end < content.upperBound { place(end..<content.upperBound, "…", 1) }
    self.text = text
    self.cells = cells
    width = column
  }

  /// The column of the character at an offset, from 0; past the text at the line's end.
  func column(at offset: Int) -> Int {
    guard let index = index(at: offset) else { return 0 }
    return offset >= cells[index].end ? width : cells[index].column
  }

  /// The column after the last character before an offset.
  func endColumn(at offset: Int) -> Int {
    guard let index = index(at: offset - 1) else { return 0 }
    return cells[index].column + cells[index].width
  }

  /// The line in parts that the same of some ranges cover.
  ///
  /// An empty range covers the character that follows, at the line's end a space.
  func runs(of ranges: [Range<Int>]) -> [Run] {
    var runs: [Run] = []
    var ranges = ranges
    let end = cells.last?.end ?? 0
    for index in ranges.indices where ranges[index].isEmpty {
      ranges[index] = ranges[index].lowerBound..<(ranges[index].lowerBound + 1)
    }
    let isEndCovered = cells.isEmpty ? !ranges.isEmpty : ranges.contains { $0.lowerBound >= end }
    let tail =
      isEndCovered
      ? [PlacedCell(start: end, end: Int.max, text: " ", column: width, width: 1)] : []
    for cell in cells + tail {
      let covering = ranges.indices.filter {
        ranges[$0].lowerBound < cell.end && cell.start < ranges[$0].upperBound
      }
      if let last = runs.indices.last, runs[last].covering == covering {
        runs[last].text += cell.text
      } else {
        runs.append(Run(text: cell.text, covering: covering, ending: []))
      }
    }
    for index in ranges.indices {
      if let last = runs.lastIndex(where: { $0.covering.contains(index) }) {
        runs[last].ending.append(index)
      }
    }
    return runs
  }

  /// The column of the first character that is no space.
  var indentation: Int { text.utf8.prefix { $0 == UInt8(ascii: " ") }.count }

  private func index(at offset: Int) -> Int? {
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : (cells.isEmpty ? nil : 0)
  }

  private static func width(of cells: [Cell]) -> Int { cells.reduce(0) { $0 + $1.width } }

  /// Cuts source into cells.
  private struct CellReader {
    /// Bytes of the longest code point: so many bytes hold at least one column each.
    static let longestScalar = 4
    /// Columns around a range that show what it belongs to, where there is room.
    private static let context = 4
    /// Columns a window has at least, however many ranges share a line.
    private static let smallestWindow = 24
    private static let tab = "    "

    let text: [UInt8]

    func cells(in range: Range<Int>) -> [Cell] {
      var cells: [Cell] = []
      cells.reserveCapacity(range.count)
      var start = range.lowerBound
      for character in String(decoding: text[range], as: UTF8.self) {
        let end = start + character.utf8.count
        let shown = character == "\t" ? Self.tab : VisibleText.escaped(String(character))
        cells.append(Cell(range: start..<end, text: shown, width: DisplayWidth.of(shown)))
        start = end
      }
      return cells
    }

    /// The parts of a line around each range; near a range's ends where the range is too long.
    func window(around focus: [Range<Int>], in content: Range<Int>, budget: Int) -> [Cell] {
      let share = max(Self.smallestWindow, budget / max(focus.count, 1) - 2)
      var kept: [Int: Cell] = [:]
      for range in focus.isEmpty ? [content.lowerBound..<content.lowerBound] : focus {
        let range = range.clamped(to: content)
        let inside = inside(of: range, columns: share - 2 * (Self.context + 1))
        let free = share - DisplayLine.width(of: inside)
        // What one side cannot use, at the line's start or end, goes to the other.
        let upTo = content.lowerBound..<range.lowerBound
        let from = range.upperBound..<content.upperBound
        let shortest = prefix(of: from, columns: max(Self.context, free / 2))
        let before = suffix(
          of: upTo, columns: max(Self.context, free - DisplayLine.width(of: shortest)))
        let after = prefix(
          of: from, columns: max(Self.context, free - DisplayLine.width(of: before)))
        for cell in before + inside + after { kept[cell.range.lowerBound] = cell }
      }
      return joined(kept.values.sorted { $0.range.lowerBound < $1.range.lowerBound })
    }

    private func inside(of range: Range<Int>, columns: Int) -> [Cell] {
      if range.count <= columns * Self.longestScalar {
        let cells = cells(in: range)
        if DisplayLine.width(of: cells) <= columns { return cells }
      }
      let tail = columns / 3
      return prefix(of: range, columns: columns - tail) + suffix(of: range, columns: tail)
    }

    private func prefix(of range: Range<Int>, columns: Int) -> [Cell] {
      var end = min(range.upperBound, range.lowerBound + columns * Self.longestScalar)
      while end > range.lowerBound, end < text.count, isContinuation(text[end]) { end -= 1 }
      var free = columns
      return Array(
        cells(in: range.lowerBound..<end).prefix { cell in
          free -= cell.width
          return free >= 0
        })
    }

    private func suffix(of range: Range<Int>, columns: Int) -> [Cell] {
      var start = max(range.lowerBound, range.upperBound - columns * Self.longestScalar)
      while start < range.upperBound, isContinuation(text[start]) { start += 1 }
      var free = columns
      return cells(in: start..<range.upperBound).reversed().prefix { cell in
        free -= cell.width
        return free >= 0
      }.reversed()
    }

    /// Windows may cut one character differently where they meet: the first cut stays.
    ///
    /// Between windows that nearly meet, what an ellipsis would hide is shown.
    private func joined(_ cells: [Cell]) -> [Cell] {
      var result: [Cell] = []
      for cell in cells {
        let end = result.last?.range.upperBound ?? cell.range.lowerBound
        guard cell.range.lowerBound >= end else { continue }
        if cell.range.lowerBound - end <= Self.context {
          result += self.cells(in: end..<cell.range.lowerBound)
        }
        result.append(cell)
      }
      return result
    }

    private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
  }
}
