import PolicyModel
import Testing

@Suite struct `Bytes are found` {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var wanted: String
    var range: Range<Int>?
    var testDescription: String { "\(wanted.debugDescription) in \(text.debugDescription)" }
  }

  @Test(arguments: [
    Case(text: "abc", wanted: "abc", range: 0..<3),
    Case(text: "aab", wanted: "ab", range: 1..<3),
    Case(text: "xabxab", wanted: "ab", range: 1..<3),
    Case(text: "ab", wanted: "abc", range: nil),
    Case(text: "abab", wanted: "abc", range: nil),
    Case(text: "abcab", wanted: "b", range: 1..<2),
    Case(text: "", wanted: "a", range: nil),
    Case(text: "a", wanted: "", range: nil),
    Case(text: "", wanted: "", range: nil),
  ]) func `Where they first stand`(_ example: Case) {
    let wanted = Array(example.wanted.utf8)
    #expect(Array(example.text.utf8).firstRange(ofBytes: wanted) == example.range)
    // The indices of a part are those of the whole.
    let part = Array("ab\(example.text)ab".utf8)[2..<(2 + example.text.utf8.count)]
    let shifted = example.range.map { $0.lowerBound + 2..<$0.upperBound + 2 }
    #expect(part.firstRange(ofBytes: wanted) == shifted)
  }
}
