import PolicyModel

/// A source whose ranges are marked with « and » in the text it is made of.
struct MarkedSource {
  let source: Source
  /// The marked ranges in the order of their opening marks.
  let marks: [Range<Int>]

  init(_ path: String, _ marked: String, encoding: Source.Encoding = .utf8) {
    var text: [UInt8] = []
    var open: [Int] = []
    var ranges: [(order: Int, range: Range<Int>)] = []
    var order = 0
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        open.append(text.count)
        order += 1
      case "»":
        precondition(!open.isEmpty, "a mark is closed that was never opened")
        let start = open.removeLast()
        ranges.append((start, start..<text.count))
      default: text += Array(String(scalar).utf8)
      }
    }
    precondition(open.isEmpty && order == ranges.count, "every mark is closed")
    source = Source(path: path, text: text, encoding: encoding)
    marks = ranges.sorted { ($0.order, -$0.range.count) < ($1.order, -$1.range.count) }.map(\.range)
  }

  func place(_ mark: Int, pointer: [String] = [], address: String? = nil) -> Place {
    Place(source: source, range: marks[mark], pointer: pointer, address: address)
  }
}
