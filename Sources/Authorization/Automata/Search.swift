import PolicyModel

/// What a search for a text that makes a formula true found.
package enum SearchResult: Hashable, Sendable {
  /// No text of the language does.
  case none
  /// The shortest that does.
  case found([Symbol])
  /// The search would take too long.
  case tooComplex
}

/// The work one search may do, in steps of one pattern over one character.
package struct SearchBudget: Sendable {
  package var steps: Int

  package init(steps: Int = Limits.searchSteps) { self.steps = steps }
}

/// Finds the shortest text of a language that makes a formula true.
///
/// The language and every pattern advance together over classes of characters, breadth first; a
/// state in which the formula can no longer become true is left out.
package struct Search {
  private let language: LanguageTable
  private var atoms: [AtomAutomaton]
  private let goal: IndexedFormula
  private let alphabet: Alphabet
  private let hasTooManyPatterns: Bool

  package init(for formula: Formula, in language: LanguageTable) {
    var indices: [Atom: Int] = [:]
    goal = IndexedFormula(formula, &indices)
    var boundaries = Boundaries()
    language.addBoundaries(to: &boundaries)
    for atom in indices.keys { atom.reader.addBoundaries(to: &boundaries) }
    let alphabet = Alphabet(boundaries: boundaries)
    self.alphabet = alphabet
    self.language = language
    hasTooManyPatterns = indices.count > Limits.searchPatterns
    atoms =
      hasTooManyPatterns
      ? []
      : indices.sorted { $0.value < $1.value }.map {
        AtomAutomaton($0.key, classes: alphabet.count)
      }
  }

  package mutating func run(_ budget: inout SearchBudget) -> SearchResult {
    guard !hasTooManyPatterns else { return .tooComplex }
    let atomCount = atoms.count
    var walk = LanguageWalk(language, alphabet)
    var states = StateTable(width: atomCount + 1)
    var parents: [(state: Int, symbol: Symbol)] = [(-1, 0)]
    // Written over and over: only a state that is new is kept.
    var next = [Int32](repeating: 0, count: atomCount + 1)
    next[0] = LanguageTable.start
    _ = states.insert(next)
    var position = 0
    while position < states.count {
      let languageState = walk.state(states[position, 0])
      if languageState.accepts, goal.value({ atoms[$0].accepts(states[position, $0 + 1]) }) {
        return .found(path(to: position, parents))
      }
      for (classIndex, nextLanguage) in languageState.steps {
        budget.steps -= atomCount + 1
        guard budget.steps > 0 else { return .tooComplex }
        next[0] = nextLanguage
        for index in 0..<atomCount {
          let state = states[position, index + 1]
          next[index + 1] =
            atoms[index].known(state, classIndex)
            ?? atoms[index].step(
              state, classIndex, alphabet.representatives[classIndex], &budget)
        }
        guard goal.possibleValue({ atoms[$0].settled(next[$0 + 1]) }) != false else { continue }
        guard states.insert(next) else { continue }
        parents.append((position, alphabet.representatives[classIndex]))
      }
      position += 1
    }
    return .none
  }

  private func path(to end: Int, _ parents: [(state: Int, symbol: Symbol)]) -> [Symbol] {
    var symbols: [Symbol] = []
    var current = end
    while parents[current].state >= 0 {
      symbols.append(parents[current].symbol)
      current = parents[current].state
    }
    return symbols.reversed()
  }
}

/// A language's states over the classes of a search, which are finer than the language's own.
private struct LanguageWalk {
  typealias Step = (classIndex: Int, state: Int32)
  typealias State = (accepts: Bool, steps: [Step])

  private let language: LanguageTable
  /// By class of the search, the language's own.
  private let ownClasses: [Int]
  private var known: [State?] = []

  init(_ language: LanguageTable, _ alphabet: Alphabet) {
    self.language = language
    ownClasses = alphabet.representatives.map(language.alphabet.classIndex)
  }

  /// Whether a state accepts, and where each class of characters leads, in the order of the classes.
  mutating func state(_ number: Int32) -> State {
    let index = Int(number)
    if index < known.count, let state = known[index] { return state }
    let found = language.state(number)
    var steps: [Step] = []
    for (classIndex, own) in ownClasses.enumerated() where found.next[own] >= 0 {
      steps.append((classIndex, found.next[own]))
    }
    while known.count <= index { known.append(nil) }
    known[index] = (found.accepts, steps)
    return (found.accepts, steps)
  }
}

/// The states of a search in the order they were reached, each once: the language's number, then
/// each pattern's.
///
/// A set of arrays would make one for each state; a search has thousands.
private struct StateTable {
  private let width: Int
  private var numbers: [Int32] = []
  /// Positions of states by hash, -1 for none; a power of two long, at most half full.
  private var slots = [Int32](repeating: -1, count: 64)
  private(set) var count = 0

  init(width: Int) { self.width = width }

  subscript(state: Int, index: Int) -> Int32 { numbers[state * width + index] }

  /// Adds a state; false where it is there already.
  mutating func insert(_ state: [Int32]) -> Bool {
    if (count + 1) * 2 > slots.count { grow() }
    var slot = hash { state[$0] }
    while slots[slot] >= 0 {
      let start = Int(slots[slot]) * width
      if (0..<width).allSatisfy({ numbers[start + $0] == state[$0] }) { return false }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(count)
    numbers.append(contentsOf: state)
    count += 1
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for state in 0..<count {
      var slot = hash { numbers[state * width + $0] }
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(state)
    }
  }

  private func hash(_ number: (Int) -> Int32) -> Int {
    var mixed: UInt64 = 0
    for index in 0..<width {
      mixed = (mixed ^ UInt64(UInt32(bitPattern: number(index)))) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= mixed >> 29
    }
    return Int(truncatingIfNeeded: mixed & UInt64(slots.count - 1))
  }
}

/// A formula whose atoms are numbers.
private indirect enum IndexedFormula {
  case constant(Bool)
  case atom(Int)
  case not(IndexedFormula)
  case all([IndexedFormula])
  case any([IndexedFormula])

  init(_ formula: Formula, _ indices: inout [Atom: Int]) {
    switch formula {
    case .constant(let value): self = .constant(value)
    case .atom(let atom):
      let index = indices[atom] ?? indices.count
      indices[atom] = index
      self = .atom(index)
    case .not(let inner): self = .not(IndexedFormula(inner, &indices))
    case .all(let parts): self = .all(parts.map { IndexedFormula($0, &indices) })
    case .any(let parts): self = .any(parts.map { IndexedFormula($0, &indices) })
    }
  }

  func value(_ atom: (Int) -> Bool) -> Bool {
    switch self {
    case .constant(let value): value
    case .atom(let index): atom(index)
    case .not(let inner): !inner.value(atom)
    case .all(let parts): parts.allSatisfy { $0.value(atom) }
    case .any(let parts): parts.contains { $0.value(atom) }
    }
  }

  /// The value where the settled atoms decide it; nil where the rest of the text does.
  func possibleValue(_ atom: (Int) -> Bool?) -> Bool? {
    switch self {
    case .constant(let value): return value
    case .atom(let index): return atom(index)
    case .not(let inner): return inner.possibleValue(atom).map { !$0 }
    case .all(let parts):
      var result: Bool? = true
      for part in parts {
        switch part.possibleValue(atom) {
        case false: return false
        case nil: result = nil
        case true: break
        }
      }
      return result
    case .any(let parts):
      var result: Bool? = false
      for part in parts {
        switch part.possibleValue(atom) {
        case true: return true
        case nil: result = nil
        case false: break
        }
      }
      return result
    }
  }
}

/// A pattern as a deterministic automaton that is built as far as a search walks it.
private struct AtomAutomaton {
  private static let dead: Int32 = -1
  private static let everything: Int32 = -2
  private static let unvisited: Int32 = -3

  private let atom: Atom
  private let classes: Int
  private var sets: [PositionSet] = []
  private var accepting: [Bool] = []
  private var numbers: [PositionSet: Int32] = [:]
  private var steps: [Int32] = []

  init(_ atom: Atom, classes: Int) {
    self.atom = atom
    self.classes = classes
    // INVARIANT: formulas fold atoms that are settled before the free string, so the start is state 0.
    _ = number(of: atom.reader.reading(atom.text.head))
  }

  private mutating func number(of set: PositionSet) -> Int32 {
    if sets.isEmpty == false {
      if set.isEmpty { return Self.dead }
      if atom.reader.acceptsEverything(set) { return Self.everything }
    }
    if let known = numbers[set] { return known }
    let new = Int32(sets.count)
    numbers[set] = new
    sets.append(set)
    accepting.append(atom.reader.accepts(atom.reader.reading(atom.text.tail, from: set)))
    steps.append(contentsOf: repeatElement(Self.unvisited, count: classes))
    return new
  }

  /// Where a class of characters leads; nil where nobody has gone before.
  func known(_ state: Int32, _ classIndex: Int) -> Int32? {
    guard state >= 0 else { return state }
    let known = steps[Int(state) * classes + classIndex]
    return known == Self.unvisited ? nil : known
  }

  /// Goes where nobody has gone before.
  mutating func step(
    _ state: Int32, _ classIndex: Int, _ symbol: Symbol, _ budget: inout SearchBudget
  ) -> Int32 {
    let slot = Int(state) * classes + classIndex
    budget.steps -= atom.reader.stepCost
    let next = number(of: atom.reader.step(sets[Int(state)], over: symbol))
    steps[slot] = next
    return next
  }

  func accepts(_ state: Int32) -> Bool {
    state >= 0 ? accepting[Int(state)] : state == Self.everything
  }

  func settled(_ state: Int32) -> Bool? {
    state >= 0 ? nil : state == Self.everything
  }
}
