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
