import PolicyModel
import Testing

@Suite struct `Lines and columns` {
  struct Case: Sendable, CustomTestStringConvertible {
    /// The mark begins at the position.
    var marked: String
    var line: Int
    var column: Int
    var testDescription: String { marked.debugDescription }
  }

  @Test(arguments: [
    Case(marked: "«»", line: 1, column: 1),
    Case(marked: "ab«c»", line: 1, column: 3),
    Case(marked: "a\n«b»", line: 2, column: 1),
    Case(marked: "a\r\n«b»", line: 2, column: 1),
    Case(marked: "a\r«b»", line: 2, column: 1),
    Case(marked: "a\r\r\n\n«b»", line: 4, column: 1),
    Case(marked: "a«\n»", line: 1, column: 2),
    Case(marked: "a\n«»", line: 2, column: 1),
    Case(marked: "é😀«x»", line: 1, column: 3),
    Case(marked: "e\u{301}«x»", line: 1, column: 3),
    Case(marked: "a\u{85}b\u{2028}c\u{2029}«d»", line: 1, column: 7),
    Case(marked: "a\u{0B}\u{0C}«b»", line: 1, column: 4),
  ]) func `A position counts code points in lines of LF, CR LF and CR`(_ example: Case) {
    let marked = MarkedText(example.marked)
    let position = LineIndex(marked.source()).position(of: marked.ranges[0].lowerBound)
    #expect(position.line == example.line)
    #expect(position.column == example.column)
  }

  @Test func `Positions agree with counting from the beginning`() {
    let text =
      (0..<90).map { String(repeating: "aé😀", count: $0 % 40) }.joined(separator: "\r\n")
      + String(repeating: "ü", count: 2500)
    let source = Source(path: "a", text)
    let index = LineIndex(source)
    var line = 1
    var column = 1
    var offset = 0
    for scalar in text.unicodeScalars {
      let position = index.position(of: offset)
      guard position.line == line, position.column == column else {
        Issue.record("\(position) is not \(line):\(column)")
        return
      }
      column += 1
      if scalar == "\n" { (line, column) = (line + 1, 1) }
      offset += UTF8.width(scalar)
    }
    #expect(line == index.lineCount)
  }

  @Test func `A line's range leaves out its end`() {
    let marked = MarkedText("«a»\r\n«»\n«b»\r«é»\n\n«»")
    let index = LineIndex(marked.source())
    #expect(index.lineCount == 6)
    let ranges = [1, 2, 3, 4, 6].map(index.range(ofLine:))
    #expect(ranges == marked.ranges)
    let end = marked.text.utf8.count
    #expect(index.range(ofLine: 7) == end..<end)
    #expect(index.range(ofLine: 0) == end..<end)
    #expect(index.position(of: end + 9) == index.position(of: end))
  }
}
