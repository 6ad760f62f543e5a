/// A part of a copy that breaks a rule, or keeps it: read on the rule's page, and judged by the
/// tests with everything else as it should be.
package struct RuleExample: Sendable, Hashable {
  /// How the text goes into the document.
  package enum Extent: Sendable, Hashable {
    /// One statement: it replaces the statement with the same Sid, else it is added.
    case statement
    /// The whole document.
    case document
  }

  /// A document of the example.
  package struct Document: Sendable, Hashable {
    /// What the document is: `role`, `trust`, `bucket`, `key`, `scp` … or an AWS CLI command whose
    /// answer it is.
    package var name: String
    /// Whether it is a statement or all of the document.
    package var extent: Extent
    /// The text, with the range of the finding marked.
    package var text: MarkedText
  }

  /// An option of the command line.
  package struct Option: Sendable, Hashable {
    /// The option without its dashes: `keep-days`.
    package var name: String
    /// The value, with the range of the finding marked.
    package var value: MarkedText
  }

  /// What is special about it, in a few words; nil where the text says it.
  package var about: String?
  /// The document it is about; nil for options alone.
  package var document: Document?
  /// Other documents it takes.
  package var beside: [Document]
  /// The options it is about.
  package var options: [Option]

  /// All of its documents.
  package var documents: [Document] { (document.map { [$0] } ?? []) + beside }

  /// How many ranges are marked.
  package var markCount: Int {
    documents.reduce(0) { $0 + $1.text.marks.count }
      + options.reduce(0) { $0 + $1.value.marks.count }
  }
}

/// A text in which ranges are marked: `«…»`.
package struct MarkedText: Sendable, Hashable {
  /// The text without the marks.
  package let text: String
  /// What stood between marks, as half-open UTF-8 offsets of `text`.
  package let marks: [Range<Int>]

  /// Takes the marks out; nil where one is not closed or not opened.
  ///
  /// Marks do not nest.
  package init?(_ marked: String) {
    // The two marks in UTF-8 are C2 AB and C2 BB.
    let bytes = Array(marked.utf8)
    var text: [UInt8] = []
    var marks: [Range<Int>] = []
    var start: Int?
    var position = 0
    while position < bytes.count {
      let isMark = bytes[position] == 0xC2 && position + 1 < bytes.count
      switch (isMark ? bytes[position + 1] : 0, start) {
      case (0xAB, nil):
        start = text.count
        position += 2
      case (0xBB, let opened?):
        marks.append(opened..<text.count)
        start = nil
        position += 2
      case (0xAB, _), (0xBB, nil): return nil
      default:
        text.append(bytes[position])
        position += 1
      }
    }
    guard start == nil else { return nil }
    self.text = String(decoding: text, as: UTF8.self)
    self.marks = marks
  }

  /// The lines, each followed by one of carets where a mark touches it.
  package var linesWithCarets: [String] {
    var lines: [String] = []
    var offset = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let bytes = Array(line.utf8)
      lines.append(String(line))
      if let carets = carets(under: bytes, from: offset) { lines.append(carets) }
      offset += bytes.count + 1
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private func carets(under line: [UInt8], from offset: Int) -> String? {
    var carets = ""
    var end = 0
    var isIndented = true
    for (column, byte) in line.enumerated() where byte & 0xC0 != 0x80 {
      isIndented = isIndented && byte == UInt8(ascii: " ")
      let isMarked = marks.contains { $0.contains(offset + column) } && !isIndented
      carets += isMarked ? "^" : " "
      if isMarked { end = carets.utf8.count }
    }
    guard end == 0 else { return String(decoding: carets.utf8.prefix(end), as: UTF8.self) }
    guard let empty = marks.first(where: { $0.isEmpty && $0.lowerBound >= offset }),
      empty.lowerBound <= offset + line.count
    else { return nil }
    return String(repeating: " ", count: empty.lowerBound - offset) + "^"
  }
}
