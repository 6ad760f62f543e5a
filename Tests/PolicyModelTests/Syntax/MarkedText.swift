import PolicyModel

/// A text whose `«…»` marks show the ranges a test expects, in the order they open.
struct MarkedText {
  var text: String
  var ranges: [Range<Int>] = []

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var open: [(order: Int, start: Int)] = []
    var found: [(order: Int, range: Range<Int>)] = []
    var count = 0
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        open.append((count, bytes.count))
        count += 1
      case "»":
        if let mark = open.popLast() { found.append((mark.order, mark.start..<bytes.count)) }
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
    ranges = found.sorted { $0.order < $1.order }.map(\.range)
  }

  /// The text as a source.
  func source(_ path: String = "policy.json") -> Source { Source(path: path, text) }
}

/// The failure of a text that must not parse; nil where it parses.
func syntaxFailure(of source: Source, as format: DocumentFormat? = nil) -> SyntaxFailure? {
  do {
    _ = try Tree.parse(source, format: format)
    return nil
  } catch {
    return error
  }
}
