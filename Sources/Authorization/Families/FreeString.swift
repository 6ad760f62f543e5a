/// What the free string of a family may be.
package enum FreeString: Hashable, Sendable {
  /// Any text of a regular language but one; the second, where given, holds the nicer-looking ones.
  case language(Language, realistic: Language?, excluding: String?)
  /// What follows the source prefix in the keys of log files.
  case logFileKeys(LogFileKeys)

  /// Finds the shortest text that makes a formula true; one that looks real where there is one.
  func first(satisfying formula: Formula, _ budget: inout SearchBudget) -> SearchResult {
    var formula = formula
    if case .language(_, _, let excluding?) = self { formula = formula && .is(not: excluding) }
    formula = formula.propagated
    guard !formula.isFalse else { return .none }
    // Most searches are over when nothing is found in the whole language. One that looks real is
    // looked for after that, with a budget of its own: it may be near where the shortest is far.
    var rest = SearchBudget(steps: budget.steps / 4)
    let shortest = search(formula, &budget)
    guard shortest != .none else { return .none }
    if let realistic = realistic(satisfying: formula, &rest) { return .found(realistic) }
    return shortest
  }

  private func search(_ formula: Formula, _ budget: inout SearchBudget) -> SearchResult {
    switch self {
    case .language(let language, _, _): Self.search(formula, language, &budget)
    case .logFileKeys(let keys):
      keys.fitsShape
        ? Self.search(formula, keys, &budget) : Self.search(formula, .anything, &budget)
    }
  }

  /// A text that makes a formula true and looks like one people have; nil where none was found.
  private func realistic(
    satisfying formula: Formula, _ budget: inout SearchBudget
  ) -> [Symbol]? {
    switch self {
    case .language(_, let realistic, _):
      guard let realistic, case .found(let text) = Self.search(formula, realistic, &budget) else {
        return nil
      }
      return text
    case .logFileKeys(let keys):
      guard keys.fitsShape else { return nil }
      for looks in [LogFileKeys.Looks.recent, .plausible] {
        guard let realistic = keys.realistic(looks),
          case .found(let text) = Self.search(formula, realistic, &budget)
        else { continue }
        if keys.agrees(text) { return text }
        for candidate in keys.agreeing(text) where formula.holds(for: candidate) {
          return candidate
        }
      }
      return nil
    }
  }

  private static func search(
    _ formula: Formula, _ language: Language, _ budget: inout SearchBudget
  ) -> SearchResult {
    search(formula, LanguageTable(language), &budget)
  }

  private static func search(
    _ formula: Formula, _ language: LanguageTable, _ budget: inout SearchBudget
  ) -> SearchResult {
    var search = Search(for: formula, in: language)
    return search.run(&budget)
  }

  /// Searches keys in which what is named twice agrees: where the regular languages offer one that
  /// does not, the question is split by the next character of what differs.
  private static func search(
    _ formula: Formula, _ keys: LogFileKeys, _ budget: inout SearchBudget
  ) -> SearchResult {
    var boundaries = Boundaries()
    formula.addBoundaries(to: &boundaries)
    let alphabet = Alphabet(boundaries: boundaries)
    var pending = [LogFileKeys.Fields()]
    while let fields = pending.popLast() {
      let isWhole = fields == LogFileKeys.Fields()
      guard
        let language = isWhole
          ? keys.all : keys.language(fields, .any).map({ LanguageTable($0) })
      else { continue }
      switch search(formula, language, &budget) {
      case .none: continue
      case .tooComplex: return .tooComplex
      case .found(let text):
        if keys.agrees(text) { return .found(text) }
        for candidate in keys.agreeing(text) where formula.holds(for: candidate) {
          return .found(candidate)
        }
        guard let parts = keys.splitting(fields, by: text, alphabet) else { return .tooComplex }
        pending += parts
      }
    }
    return .none
  }
}

extension Formula {
  /// Whether the free string is another text.
  fileprivate static func `is`(not text: String) -> Formula {
    let pattern = Pattern(text.unicodeScalars.map { .literal($0.value) })
    return .not(
      .atom(
        Atom(
          reader: PatternReader(pattern, bound: .must), text: RequestText(head: [], isFree: true))))
  }

  /// Whether the formula is true for one text.
  package func holds(for free: [Symbol]) -> Bool {
    switch self {
    case .constant(let value): value
    case .atom(let atom): atom.reader.matches(atom.text.head + free + atom.text.tail)
    case .not(let inner): !inner.holds(for: free)
    case .all(let parts): parts.allSatisfy { $0.holds(for: free) }
    case .any(let parts): parts.contains { $0.holds(for: free) }
    }
  }

  func addBoundaries(to boundaries: inout Boundaries) {
    switch self {
    case .constant: break
    case .atom(let atom): atom.reader.addBoundaries(to: &boundaries)
    case .not(let inner): inner.addBoundaries(to: &boundaries)
    case .all(let parts), .any(let parts):
      for part in parts { part.addBoundaries(to: &boundaries) }
    }
  }
}
