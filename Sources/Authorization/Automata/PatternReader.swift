/// How a pattern with unknown parts is read: as matching as little, or as much, as it possibly can.
package enum Bound: Hashable, Sendable {
  case must
  case may
}

/// A pattern read as a nondeterministic automaton over its positions.
package struct PatternReader: Hashable, Sendable {
  private let elements: [Pattern.Element]
  private let ignoresCase: Bool
  let bound: Bound

  /// Patterns that are written alike are few, and hashing each of their characters is dear.
  package func hash(into hasher: inout Hasher) {
    var mixed = UInt64(elements.count)
    for element in elements {
      let word: UInt64 =
        switch element {
        case .literal(let symbol): UInt64(symbol)
        case .one(let butColon): butColon ? 1 << 33 : 1 << 34
        case .many(let butColon): butColon ? 1 << 35 : 1 << 36
        case .unknown: 1 << 37
        }
      mixed = (mixed ^ word) &* 0x0000_0100_0000_01B3
    }
    hasher.combine(mixed)
  }

  /// Makes the reader of a pattern in its narrowest or widest meaning.
  package init(_ pattern: Pattern, bound: Bound) {
    let pattern = bound == .may ? pattern.widened : pattern
    self.init(pattern.elements, ignoresCase: pattern.ignoresCase, bound: bound)
  }

  /// Makes the reader of elements whose unknown parts have their meaning already.
  init(_ elements: [Pattern.Element], ignoresCase: Bool, bound: Bound) {
    self.elements =
      ignoresCase
      ? elements.map { element in
        if case .literal(let symbol) = element { .literal(symbol.foldedASCII) } else { element }
      } : elements
    self.ignoresCase = ignoresCase
    self.bound = bound
  }

  /// What a step that nobody has taken before costs of a search's budget, beyond any step's one.
  ///
  /// It walks over the reached positions, and a long pattern has many.
  var stepCost: Int { elements.count / 16 }

  var start: PositionSet {
    var set = PositionSet(count: elements.count + 1)
    add(0, to: &set)
    return set
  }

  /// Adds a position and those behind `*` that need no character.
  private func add(_ position: Int, to set: inout PositionSet) {
    var position = position
    while true {
      set.insert(position)
      guard position < elements.count, case .many = elements[position] else { return }
      position += 1
    }
  }

  func step(_ set: PositionSet, over symbol: Symbol) -> PositionSet {
    if symbol.isReference { return stepOverReference(set, symbol) }
    let symbol = ignoresCase ? symbol.foldedASCII : symbol
    var next = PositionSet(count: elements.count + 1)
    set.forEachPosition { position in
      guard position < elements.count else { return }
      switch elements[position] {
      case .literal(let literal): if literal == symbol { add(position + 1, to: &next) }
      case .one(let butColon): if !butColon || symbol != .colon { add(position + 1, to: &next) }
      case .many(let butColon): if !butColon || symbol != .colon { add(position, to: &next) }
      case .unknown: break
      }
    }
    return next
  }

  /// Reads text that is no literal: at its narrowest only `*` or the same reference takes it; at
  /// its widest it may be whatever the pattern wants.
  private func stepOverReference(_ set: PositionSet, _ symbol: Symbol) -> PositionSet {
    var next = PositionSet(count: elements.count + 1)
    switch bound {
    case .must:
      set.forEachPosition { position in
        guard position < elements.count else { return }
        switch elements[position] {
        case .literal(let literal):
          if literal == symbol, symbol != .unknownText { add(position + 1, to: &next) }
        case .many(let butColon): if !butColon { add(position, to: &next) }
        case .one, .unknown: break
        }
      }
    case .may:
      guard let first = set.first else { return next }
      for position in first...elements.count { next.insert(position) }
    }
    return next
  }

  func reading(_ symbols: some Sequence<Symbol>, from start: PositionSet) -> PositionSet {
    var set = start
    for symbol in symbols {
      set = step(set, over: symbol)
      if set.isEmpty { break }
    }
    return set
  }

  /// The reader of what is left of the pattern at a set of positions: nil where the set is not one
  /// position and those behind `*` that need no character.
  func rest(at set: PositionSet) -> PatternReader? {
    guard let first = set.first else { return nil }
    var only = PositionSet(count: elements.count + 1)
    add(first, to: &only)
    guard set == only else { return nil }
    return PatternReader(Array(elements[first...]), ignoresCase: ignoresCase, bound: bound)
  }

  /// What reading a text from the start reaches.
  ///
  /// Most patterns begin with literal characters, which are compared as such.
  func reading(_ symbols: [Symbol]) -> PositionSet {
    var position = 0
    while position < symbols.count, position < elements.count,
      case .literal(let literal) = elements[position], !symbols[position].isReference
    {
      let symbol = ignoresCase ? symbols[position].foldedASCII : symbols[position]
      guard symbol == literal else { return PositionSet(count: elements.count + 1) }
      position += 1
    }
    var reached = PositionSet(count: elements.count + 1)
    add(position, to: &reached)
    return reading(symbols[position...], from: reached)
  }

  func accepts(_ set: PositionSet) -> Bool { set[elements.count] }

  /// Whether every text is accepted from here on: the pattern's last `*` has been reached.
  func acceptsEverything(_ set: PositionSet) -> Bool {
    guard case .many(butColon: false)? = elements.last else { return false }
    return set[elements.count - 1]
  }

  /// Whether the pattern matches a whole text without a free string.
  package func matches(_ symbols: some Sequence<Symbol>) -> Bool {
    accepts(reading(symbols, from: start))
  }

  /// The first scalars of the classes this pattern tells apart.
  func addBoundaries(to boundaries: inout Boundaries) {
    func insert(_ symbol: Symbol) {
      boundaries.insert(symbol)
      boundaries.insert(symbol + 1)
    }
    for element in elements {
      switch element {
      case .literal(let symbol):
        guard !symbol.isReference else { continue }
        insert(symbol)
        if ignoresCase, symbol >= 0x61, symbol <= 0x7A { insert(symbol - 0x20) }
      case .one(let butColon), .many(let butColon):
        if butColon { insert(.colon) }
      case .unknown: break
      }
    }
  }
}
