import Checks
import PolicyModel

/// The text of one source with its lines.
struct LineTable: Sendable {
  /// The source's bytes.
  let text: [UInt8]
  /// Where the text begins in its file.
  let beginning: Source.Beginning
  private let index: LineIndex

  init(_ source: Source) {
    text = source.text
    beginning = source.beginning
    index = LineIndex(source)
  }

  /// The line, from 0, that an offset lies on.
  func line(at offset: Int) -> Int { index.line(of: min(max(offset, 0), text.count)) }

  /// The number of a line, counted from 0, as people and editors count the lines of the file.
  func number(ofLine line: Int) -> Int { beginning.line + line }

  /// The bytes of a line, counted from 0, without its line end.
  func content(ofLine line: Int) -> Range<Int> { index.range(ofLine: line + 1) }

  /// Line and column of an offset, from 1.
  func position(of offset: Int) -> LineIndex.Position { index.position(of: offset) }
}

/// The lines of every source that a report speaks of.
struct SourceLines: Sendable {
  private let tables: [Source: LineTable]

  init(_ report: Report) {
    var tables: [Source: LineTable] = [:]
    func add(_ source: Source) {
      if tables[source] == nil { tables[source] = LineTable(source) }
    }
    for finding in report.findings {
      if let place = finding.place { add(place.source) }
      for note in finding.related { if let place = note.place { add(place.source) } }
      for fix in finding.fixes { for edit in fix.edits { add(edit.source) } }
    }
    for copy in report.copies {
      for fact in copy.facts { if let place = fact.place { add(place.source) } }
    }
    self.tables = tables
  }

  /// The lines of a source; made anew for one the report does not mention.
  subscript(source: Source) -> LineTable { tables[source] ?? LineTable(source) }

  /// Where a place begins.
  func start(of place: Place) -> LineIndex.Position {
    self[place.source].position(of: place.range.lowerBound)
  }

  /// Where a place ends, exclusive.
  func end(of place: Place) -> LineIndex.Position {
    self[place.source].position(of: place.range.upperBound)
  }
}

extension Finding {
  /// Where a service that shows findings beside files shows it: at its place, else where the first
  /// related place is.
  var shownPlace: Place? { place ?? related.lazy.compactMap(\.place).first }
}
