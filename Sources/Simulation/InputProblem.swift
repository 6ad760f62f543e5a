package import PolicyModel

/// Why an input document cannot be simulated.
package struct InputProblem: Error, Sendable, Hashable {
  /// What is wrong, in a finding's words.
  package var message: String
  /// What to do; nil where nothing general can be said.
  package var help: String?
  /// Where.
  package var place: Place

  init(_ message: String, at node: Node, help: String? = nil) {
    self.message = message
    self.help = help
    place = node.place
  }

  init(_ failure: SyntaxFailure) {
    message = failure.message
    help = failure.help
    place = failure.place
  }

  /// A problem of a whole text, without a place in it.
  init(_ message: String, of source: Source, help: String? = nil) {
    self.message = message
    self.help = help
    place = Place(source: source, range: 0..<0)
  }

  /// Line and column of the place.
  package var position: LineIndex.Position {
    LineIndex(place.source).position(of: place.range.lowerBound)
  }

  /// The answer to the document: an object that holds the error alone.
  package var answer: [UInt8] {
    var writer = JSONWriter(isIndented: true)
    writer.problem(self, line: nil)
    writer.lineBreak()
    return writer.bytes
  }
}
