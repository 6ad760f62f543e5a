import PolicyModel

/// One replacement of bytes of a text.
package struct TextEdit: Hashable, Sendable {
  /// The bytes to replace; empty for an insertion.
  package var range: Range<Int>
  /// What stands there afterwards.
  package var replacement: String

  package init(_ range: Range<Int>, _ replacement: String) {
    self.range = range
    self.replacement = replacement
  }

  /// Puts a text before the byte at an offset.
  package static func insert(_ text: String, at offset: Int) -> TextEdit {
    TextEdit(offset..<offset, text)
  }

  /// Whether both change the same bytes, or insert at the same place, where nobody could tell which
  /// comes first.
  package func overlaps(_ other: TextEdit) -> Bool {
    if range.isEmpty, other.range.isEmpty { return range.lowerBound == other.range.lowerBound }
    return range.lowerBound < other.range.upperBound && other.range.lowerBound < range.upperBound
  }
}

extension Array where Element == TextEdit {
  /// Whether any two of the edits overlap.
  var overlapThemselves: Bool {
    let sorted = sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    return zip(sorted, sorted.dropFirst()).contains { $0.overlaps($1) }
  }

  /// The text with the edits made; they must not overlap.
  package func applied(to text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + reduce(0) { $0 + $1.replacement.utf8.count })
    var at = 0
    for edit in sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }) {
      result += text[at..<edit.range.lowerBound]
      result += edit.replacement.utf8
      at = edit.range.upperBound
    }
    return result + text[at...]
  }
}
