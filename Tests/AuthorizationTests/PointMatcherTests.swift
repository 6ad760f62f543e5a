import Testing

@testable import Authorization

/// The quick way to match a single text, against the automaton that decides whole families.
@Suite struct `Matching single texts` {
  /// Every list of elements up to a length.
  private static func patterns(upTo length: Int) -> [[Pattern.Element]] {
    let elements: [Pattern.Element] = [
      .literal(0x61), .literal(0x41), .literal(.colon), .one(butColon: false), .one(butColon: true),
      .many(butColon: false), .many(butColon: true),
    ]
    var all: [[Pattern.Element]] = [[]]
    var last = all
    for _ in 0..<length {
      last = last.flatMap { pattern in elements.map { pattern + [$0] } }
      all += last
    }
    return all
  }

  private static func texts(upTo length: Int) -> [String] {
    var all = [""]
    var last = all
    for _ in 0..<length {
      last = last.flatMap { text in ["a", "A", "b", ":"].map { text + $0 } }
      all += last
    }
    return all
  }

  @Test(arguments: [true, false])
  func `It agrees with the automaton on every short pattern and text`(ignoresCase: Bool) {
    let texts = Self.texts(upTo: 4).map { RequestText($0) }
    var differences: [String] = []
    for elements in Self.patterns(upTo: 3) {
      let pattern = Pattern(elements, ignoresCase: ignoresCase)
      let reader = PatternReader(pattern, bound: .must)
      for text in texts where pattern.point?.matches(text) != reader.matches(text.head) {
        differences.append("\(elements) on \(text.description)")
      }
    }
    #expect(differences.isEmpty)
  }

  @Test func `What is not literal is left to the automaton`() {
    let everything = Pattern([.many(butColon: false)])
    #expect(everything.point?.matches(RequestText(head: [0x61], isFree: true)) == nil)
    #expect(everything.point?.matches(.unknown) == nil)
    #expect(Pattern([.unknown]).point == nil)
    #expect(Pattern([.literal(.firstReference)]).point == nil)
    #expect(Pattern([.literal(0xE9)], ignoresCase: true).point == nil)
    #expect(Pattern([.literal(0x61)], ignoresCase: true).point?.matches(RequestText("é")) == nil)
    #expect(Pattern([.literal(0xE9)]).point?.matches(RequestText("é")) == true)
  }

  @Test func `A text of bytes is the text of its characters`() {
    for text in ["", "arn:aws:s3:::b/k", "schlüssel/😀", "é"] {
      #expect(RequestText(utf8: Array(text.utf8)[...]) == RequestText(text))
      #expect(RequestText(text).literal == text)
    }
  }

  @Test func `Patterns are equal that are written alike`() {
    let pattern = Pattern([.literal(0x61), .many(butColon: false)])
    #expect(pattern == Pattern([.literal(0x61), .many(butColon: false)]))
    #expect(pattern != Pattern([.literal(0x61), .many(butColon: true)]))
    #expect(pattern != Pattern([.literal(0x61), .many(butColon: false)], ignoresCase: true))
  }
}
