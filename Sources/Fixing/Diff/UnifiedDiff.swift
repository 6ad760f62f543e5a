/// The difference of two texts as `git apply` and `patch -p1` take it.
///
/// Lines end at a line feed and nowhere else, as those programs see it: a carriage return belongs to
/// its line, and text of any encoding passes through unchanged.
package struct UnifiedDiff {
  /// How many unchanged lines stand around a change.
  private static let context = 3

  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  private let path: String

  /// Compares the bytes of a file before and after.
  package init(path: String, old: [UInt8], new: [UInt8]) {
    self.path = path
    self.old = Self.lines(of: old)
    self.new = Self.lines(of: new)
  }

  /// The lines with their line ends.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for at in text.indices where text[at] == UInt8(ascii: "\n") {
      lines.append(text[start...at])
      start = at + 1
    }
    if start < text.count { lines.append(text[start...]) }
    return lines
  }

  /// The diff; empty where nothing differs.
  package var bytes: [UInt8] {
    let hunks = hunks
    guard !hunks.isEmpty else { return [] }
    var output: [UInt8] = []
    output += "--- \(Self.name("a/", path))\n+++ \(Self.name("b/", path))\n".utf8
    for hunk in hunks { write(hunk, to: &output) }
    return output
  }

  // MARK: Names

  /// A path behind `a/` or `b/`: in C's quotes where it holds what would end the line, and with a
  /// tab behind it where it holds a space, as git writes it.
  private static func name(_ prefix: String, _ path: String) -> String {
    let relative = path.utf8.first == UInt8(ascii: "/") ? String(path.dropFirst()) : path
    let text = prefix + relative
    guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x22 || $0 == 0x5C }) else {
      return "\"" + text.utf8.map(escaped).joined() + "\""
    }
    return text.utf8.contains(UInt8(ascii: " ")) ? text + "\t" : text
  }

  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""): return "\\\""
    case UInt8(ascii: "\\"): return "\\\\"
    case UInt8(ascii: "\n"): return "\\n"
    case UInt8(ascii: "\t"): return "\\t"
    case 0x20..<0x7F: return String(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
    }
  }

  // MARK: Hunks

  /// Lines of both texts that stand for each other, but for a change.
  private struct Change: Hashable {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// Changes with what is around them.
  private struct Hunk {
    var old: Range<Int>
    var new: Range<Int>
    var changes: [Change]
  }

  private var hunks: [Hunk] {
    var hunks: [Hunk] = []
    for change in changes {
      let before = min(Self.context, change.old.lowerBound)
      let after = min(Self.context, old.count - change.old.upperBound)
      let oldRange = change.old.lowerBound - before..<change.old.upperBound + after
      let newRange = change.new.lowerBound - before..<change.new.upperBound + after
      if var last = hunks.last, last.old.upperBound >= oldRange.lowerBound {
        last.old = last.old.lowerBound..<oldRange.upperBound
        last.new = last.new.lowerBound..<newRange.upperBound
        last.changes.append(change)
        hunks[hunks.count - 1] = last
      } else {
        hunks.append(Hunk(old: oldRange, new: newRange, changes: [change]))
      }
    }
    return hunks
  }

  private var changes: [Change] {
    LineComparison(old: old, new: new).changes.map { Change(old: $0, new: $1) }
  }

  private func write(_ hunk: Hunk, to output: inout [UInt8]) {
    output += "@@ -\(Self.range(hunk.old)) +\(Self.range(hunk.new)) @@\n".utf8
    var at = hunk.old.lowerBound
    for change in hunk.changes {
      for line in old[at..<change.old.lowerBound] { write(line, " ", to: &output) }
      for line in old[change.old] { write(line, "-", to: &output) }
      for line in new[change.new] { write(line, "+", to: &output) }
      at = change.old.upperBound
    }
    for line in old[at..<hunk.old.upperBound] { write(line, " ", to: &output) }
  }

  private func write(_ line: ArraySlice<UInt8>, _ mark: String, to output: inout [UInt8]) {
    output += mark.utf8
    output += line
    if line.last != UInt8(ascii: "\n") { output += "\n\\ No newline at end of file\n".utf8 }
  }

  /// A range of lines from 1: one line without its count, none with the line before it.
  private static func range(_ lines: Range<Int>) -> String {
    switch lines.count {
    case 0: "\(lines.lowerBound),0"
    case 1: "\(lines.lowerBound + 1)"
    default: "\(lines.lowerBound + 1),\(lines.count)"
    }
  }
}
