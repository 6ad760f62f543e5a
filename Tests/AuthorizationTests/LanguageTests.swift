import Testing

@testable import Authorization

/// Languages as automata, those with many ways to begin among them.
@Suite struct `Languages as automata` {
  private static func symbols(_ text: String) -> [Symbol] { text.unicodeScalars.map(\.value) }

  /// Repetitions of one of some numbers, each with an `x`.
  private static func repetitions(of count: Int) -> Language {
    .either((0..<count).map { .many(.text("\($0)x")) })
  }

  @Test(arguments: [2, 100])
  func `A text is in a language on one of its ways`(_ count: Int) {
    let automaton = LanguageAutomaton(Self.repetitions(of: count))
    for text in ["", "0x", "1x1x", "\(count - 1)x\(count - 1)x\(count - 1)x"] {
      #expect(automaton.contains(Self.symbols(text)), "\(text)")
    }
    for text in ["0", "x", "0x1x", "\(count)x"] {
      #expect(!automaton.contains(Self.symbols(text)), "\(text)")
    }
  }

  @Test(arguments: [2, 100])
  func `A search finds the shortest text on any of the ways`(_ count: Int) {
    let table = LanguageTable(Self.repetitions(of: count))
    let last = "\(count - 1)x"
    let pattern = Pattern(Self.symbols(last + last).map { .literal($0) } + [.many(butColon: false)])
    let formula = Formula.atom(
      Atom(
        reader: PatternReader(pattern, bound: .must), text: RequestText(head: [], isFree: true)))
    // Twice: what the first search built serves the second.
    for _ in 0..<2 {
      var search = Search(for: formula, in: table)
      var budget = SearchBudget()
      #expect(search.run(&budget) == .found(Self.symbols(last + last)))
    }
  }
}

/// Patterns around the length up to which a set of positions needs no memory of its own.
@Suite struct `Long patterns` {
  @Test(arguments: [63, 64, 65, 191, 192, 193, 254, 255, 256, 257, 318, 319, 320, 321, 600])
  func `A text matches the pattern of its characters, and one more does not`(_ length: Int) {
    let text = [Symbol](repeating: 0x61, count: length)
    let reader = PatternReader(Pattern(text.map { .literal($0) }), bound: .must)
    #expect(reader.matches(text))
    #expect(!reader.matches(text + [0x61]))
    #expect(!reader.matches(text.dropLast() + [0x62]))
    let open = PatternReader(
      Pattern(text.map { .literal($0) } + [.many(butColon: false)]), bound: .must)
    #expect(open.matches(text + [0x62]))
  }

  @Test func `Keys below two prefixes are not the same`() {
    let keys = LogFileKeys(prefix: "AWSLogs/111122223333/")
    #expect(keys == LogFileKeys(prefix: "AWSLogs/111122223333/"))
    #expect(keys != LogFileKeys(prefix: "AWSLogs/444455556666/"))
  }
}
