/// A regular language, such as the keys log files have.
package indirect enum Language: Sendable, Hashable {
  /// Exactly one character of a set.
  case one(ScalarSet)
  case text(String)
  case sequence([Language])
  case either([Language])
  case many(Language)

  package static let empty = Language.sequence([])
  /// Every text.
  package static let anything = Language.many(.one(.all))
  package static let somethingOrNothing = anything

  package static func repeated(_ language: Language, _ count: Int) -> Language {
    .sequence([Language](repeating: language, count: count))
  }

  package static func optional(_ language: Language) -> Language { .either([language, .empty]) }

  package static func oneOrMore(_ language: Language) -> Language {
    .sequence([language, .many(language)])
  }
}

/// A language as a nondeterministic automaton.
package struct LanguageAutomaton: Sendable {
  struct Edge: Sendable {
    var scalars: ScalarSet
    var target: Int
  }

  private var edges: [[Edge]] = []
  private var silent: [[Int]] = []
  private let final: Int
  private let first: Int

  package init(_ language: Language) {
    var edges: [[Edge]] = [[], []]
    var silent: [[Int]] = [[], []]
    func state() -> Int {
      edges.append([])
      silent.append([])
      return edges.count - 1
    }
    func build(_ language: Language, from: Int, to: Int) {
      switch language {
      case .one(let scalars): edges[from].append(Edge(scalars: scalars, target: to))
      case .text(let text):
        var current = from
        for scalar in text.unicodeScalars {
          let next = state()
          edges[current].append(Edge(scalars: ScalarSet(scalar), target: next))
          current = next
        }
        silent[current].append(to)
      case .sequence(let parts):
        var current = from
        for part in parts.dropLast() {
          let next = state()
          build(part, from: current, to: next)
          current = next
        }
        if let last = parts.last {
          build(last, from: current, to: to)
        } else {
          silent[from].append(to)
        }
      case .either(let choices):
        for choice in choices { build(choice, from: from, to: to) }
      case .many(let repeated):
        let loop = state()
        silent[from].append(loop)
        build(repeated, from: loop, to: loop)
        silent[loop].append(to)
      }
    }
    build(language, from: 0, to: 1)
    self.edges = edges
    self.silent = silent
    first = 0
    final = 1
  }

  func start() -> [Int] { closure([first]) }

  func step(_ set: [Int], over scalar: Symbol) -> [Int] {
    var targets: [Int] = []
    for state in set {
      for edge in edges[state] where edge.scalars.contains(scalar) { targets.append(edge.target) }
    }
    return closure(targets)
  }

  /// Where classes of characters lead from a set of states: each group of classes that lead to the
  /// same states, the classes of a group in their order.
  func steps(from set: [Int], _ alphabet: Alphabet) -> [(classes: [Int], states: [Int])] {
    // Most of a log file's key is one character after the other.
    if let only = onlyEdge(from: set) {
      var classes: [Int] = []
      for range in only.scalars.ranges { alphabet.forEachClass(in: range) { classes.append($0) } }
      classes.sort()
      return classes.isEmpty ? [] : [(classes, closure([only.target]))]
    }
    // By class, the number of the group that its characters have led to so far; 0 for none.
    var groups = [Int](repeating: 0, count: alphabet.count)
    var targets: [[Int]] = [[]]
    for state in set {
      for edge in edges[state] {
        // A group is the set of edges that lead there: this edge makes one of each it meets.
        var extended: [(from: Int, to: Int)] = []
        for range in edge.scalars.ranges {
          alphabet.forEachClass(in: range) { index in
            let old = groups[index]
            if let known = extended.first(where: { $0.from == old }) {
              groups[index] = known.to
            } else {
              extended.append((old, targets.count))
              groups[index] = targets.count
              targets.append(targets[old] + [edge.target])
            }
          }
        }
      }
    }
    var classes = [[Int]](repeating: [], count: targets.count)
    for (index, group) in groups.enumerated() where group > 0 { classes[group].append(index) }
    return targets.indices.compactMap { group in
      classes[group].isEmpty ? nil : (classes[group], closure(targets[group]))
    }
  }

  /// The edge that leads away from a set of states, where there is exactly one.
  private func onlyEdge(from set: [Int]) -> Edge? {
    var only: Edge?
    for state in set {
      guard let first = edges[state].first else { continue }
      guard only == nil, edges[state].count == 1 else { return nil }
      only = first
    }
    return only
  }

  func accepts(_ set: [Int]) -> Bool { set.contains(final) }

  /// How many states are looked through one by one for one that is known.
  private static let fewStates = 32

  /// The states, and those that silent steps lead to, sorted.
  private func closure(_ states: [Int]) -> [Int] {
    // Most have a handful of states, for which a mark for each state there is would take longer.
    var marks: [Bool] = []
    var all: [Int] = []
    func add(_ state: Int) {
      if marks.isEmpty {
        guard !all.contains(state) else { return }
        all.append(state)
        guard all.count > Self.fewStates else { return }
        marks = [Bool](repeating: false, count: edges.count)
        for state in all { marks[state] = true }
      } else if !marks[state] {
        marks[state] = true
        all.append(state)
      }
    }
    for state in states { add(state) }
    var position = 0
    while position < all.count {
      for next in silent[all[position]] { add(next) }
      position += 1
    }
    all.sort()
    return all
  }

  func addBoundaries(to boundaries: inout Boundaries) {
    for edge in edges.joined() {
      for range in edge.scalars.ranges {
        boundaries.insert(range.lowerBound)
        boundaries.insert(range.upperBound + 1)
      }
    }
  }

  /// Whether a text is in the language.
  package func contains(_ text: some Sequence<Symbol>) -> Bool {
    var set = start()
    for symbol in text {
      set = step(set, over: symbol)
      if set.isEmpty { return false }
    }
    return accepts(set)
  }
}
