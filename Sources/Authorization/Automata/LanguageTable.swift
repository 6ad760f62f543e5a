import Synchronization

/// A language as a deterministic automaton over its own classes of characters.
///
/// It is built as far as searches walk it, and searches share it: the keys of log files have hundreds
/// of states, which take longer to find than to walk through.
package final class LanguageTable: Sendable {
  /// One state of the automaton.
  struct State {
    /// Whether the text that led here is in the language.
    var accepts: Bool
    /// Where each class of the language's own alphabet leads; -1 where it ends.
    var next: [Int32]
  }

  /// The state before any character.
  static let start: Int32 = 0

  let alphabet: Alphabet
  private let automaton: LanguageAutomaton
  private let built: Mutex<Built>

  private struct Built {
    var sets: [[Int]]
    var numbers: [[Int]: Int32]
    var states: [State?]

    init(from start: [Int]) {
      sets = [start]
      numbers = [start: LanguageTable.start]
      states = [nil]
    }

    mutating func number(of set: [Int]) -> Int32 {
      if let number = numbers[set] { return number }
      let new = Int32(sets.count)
      numbers[set] = new
      sets.append(set)
      states.append(nil)
      return new
    }
  }

  package init(_ automaton: LanguageAutomaton) {
    var boundaries = Boundaries()
    automaton.addBoundaries(to: &boundaries)
    alphabet = Alphabet(boundaries: boundaries)
    self.automaton = automaton
    built = Mutex(Built(from: automaton.start()))
  }

  package convenience init(_ language: Language) { self.init(LanguageAutomaton(language)) }

  func addBoundaries(to boundaries: inout Boundaries) {
    automaton.addBoundaries(to: &boundaries)
  }

  /// A state by its number.
  func state(_ number: Int32) -> State {
    built.withLock { built in
      if let known = built.states[Int(number)] { return known }
      let set = built.sets[Int(number)]
      var next = [Int32](repeating: -1, count: alphabet.count)
      for (classes, states) in automaton.steps(from: set, alphabet) {
        let target = built.number(of: states)
        for index in classes { next[index] = target }
      }
      let state = State(accepts: automaton.accepts(set), next: next)
      built.states[Int(number)] = state
      return state
    }
  }
}
