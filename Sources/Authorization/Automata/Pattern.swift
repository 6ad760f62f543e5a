/// A pattern of a policy: literal characters, `?` and `*`, with variables already put in.
package struct Pattern: Hashable, Sendable {
  /// One position of a pattern.
  package enum Element: Hashable, Sendable {
    case literal(Symbol)
    /// `?`: exactly one character; in the first five parts of an ARN, none that is a colon.
    case one(butColon: Bool)
    /// `*`: any characters; in the first five parts of an ARN, none that is a colon.
    case many(butColon: Bool)
    /// A variable or reference whose value nobody knows: any text in the best case, none in the worst.
    case unknown
  }

  package var elements: [Element]
  /// Whether ASCII letters match in either case.
  package var ignoresCase: Bool

  package init(_ elements: [Element], ignoresCase: Bool = false) {
    self.elements = elements
    self.ignoresCase = ignoresCase
  }

  /// Whether it stands for text that nobody knows.
  package var holdsUnknown: Bool {
    elements.contains { element in
      switch element {
      case .unknown: true
      case .literal(let symbol): symbol.isReference
      case .one, .many: false
      }
    }
  }

  /// Whether ignoring case beyond ASCII might change what matches.
  package var holdsUnfoldable: Bool {
    ignoresCase
      && elements.contains { if case .literal(let symbol) = $0 { symbol > 0x7F } else { false } }
  }

  /// Whether it matches every text.
  package var matchesEverything: Bool {
    !elements.isEmpty && elements.allSatisfy { $0 == .many(butColon: false) }
  }

  /// The pattern that matches at least as much as the true one: unknown text matches anything.
  fileprivate var widened: Pattern {
    Pattern(
      elements.map { element in
        switch element {
        case .unknown: .many(butColon: false)
        case .literal(let symbol) where symbol.isReference: .many(butColon: false)
        case .literal, .one, .many: element
        }
      }, ignoresCase: ignoresCase)
  }
}

/// Text of a request: literal, or with a free string, or with parts nobody knows.
package struct RequestText: Hashable, Sendable {
  /// A part of a text.
  package enum Part: Hashable, Sendable {
    case literal([Symbol])
    /// The free string of the family; at most one in a text.
    case free
  }

  /// Before the free string; all of it where there is none.
  package var head: [Symbol]
  /// After the free string.
  package var tail: [Symbol]
  /// Whether the free string stands between head and tail.
  package var isFree: Bool

  package init(head: [Symbol], isFree: Bool = false, tail: [Symbol] = []) {
    self.head = head
    self.isFree = isFree
    self.tail = tail
  }

  package init(_ text: String) {
    self.init(head: text.unicodeScalars.map(\.value))
  }

  /// Text of UTF-8 bytes.
  package init(utf8 bytes: some Sequence<UInt8>) {
    self.init(String(decoding: Array(bytes), as: UTF8.self))
  }

  /// Text nobody knows.
  package static let unknown = RequestText(head: [.unknownText])

  /// The same text with a value for the free string.
  package func fixing(_ free: [Symbol]) -> RequestText {
    isFree ? RequestText(head: head + free + tail) : self
  }

  /// Whether a part of it is a reference or unknown.
  package var holdsUnknown: Bool {
    head.contains(where: \.isReference) || tail.contains(where: \.isReference)
  }

  /// The text where it is all literal; nil with a free string or unknown parts.
  package var literal: String? {
    guard !isFree, !holdsUnknown else { return nil }
    return RequestText.string(head)
  }

  /// The text as people read it; references show as `…`.
  package var description: String {
    RequestText.string(head) + (isFree ? "…" + RequestText.string(tail) : "")
  }

  package static func string(_ symbols: some Sequence<Symbol>) -> String {
    var text = ""
    for symbol in symbols {
      text.unicodeScalars.append(Unicode.Scalar(symbol) ?? "…")
    }
    return text
  }

  package static func + (left: RequestText, right: RequestText) -> RequestText {
    guard left.isFree else {
      return RequestText(head: left.head + right.head, isFree: right.isFree, tail: right.tail)
    }
    return RequestText(head: left.head, isFree: true, tail: left.tail + right.head + right.tail)
  }
}

/// How a pattern with unknown parts is read: as matching as little, or as much, as it possibly can.
package enum Bound: Hashable, Sendable {
  case must
  case may
}

/// A set of positions in a pattern that reading a text may have reached.
package struct PositionSet: Hashable, Sendable {
  private var low: UInt64 = 0
  private var high: [UInt64] = []

  init(count: Int) {
    if count > 64 { high = [UInt64](repeating: 0, count: (count - 1) / 64) }
  }

  var isEmpty: Bool { low == 0 && high.allSatisfy { $0 == 0 } }

  subscript(position: Int) -> Bool {
    position < 64
      ? low & (1 << UInt64(position)) != 0
      : high[position / 64 - 1] & (1 << UInt64(position % 64)) != 0
  }

  mutating func insert(_ position: Int) {
    if position < 64 {
      low |= 1 << UInt64(position)
    } else {
      high[position / 64 - 1] |= 1 << UInt64(position % 64)
    }
  }

  var first: Int? {
    if low != 0 { return low.trailingZeroBitCount }
    for (index, word) in high.enumerated() where word != 0 {
      return (index + 1) * 64 + word.trailingZeroBitCount
    }
    return nil
  }

  func forEachPosition(_ body: (Int) -> Void) {
    var word = low
    while word != 0 {
      body(word.trailingZeroBitCount)
      word &= word - 1
    }
    for (index, stored) in high.enumerated() {
      var word = stored
      while word != 0 {
        body((index + 1) * 64 + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
  }
}

/// A pattern read as a nondeterministic automaton over its positions.
package struct PatternReader: Hashable, Sendable {
  private let elements: [Pattern.Element]
  private let ignoresCase: Bool
  let bound: Bound

  /// Makes the reader of a pattern in its narrowest or widest meaning.
  package init(_ pattern: Pattern, bound: Bound) {
    let pattern = bound == .may ? pattern.widened : pattern
    elements =
      pattern.ignoresCase
      ? pattern.elements.map { element in
        if case .literal(let symbol) = element { .literal(symbol.foldedASCII) } else { element }
      } : pattern.elements
    ignoresCase = pattern.ignoresCase
    self.bound = bound
  }

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
  func addBoundaries(to boundaries: inout Set<Symbol>) {
    for element in elements {
      switch element {
      case .literal(let symbol):
        guard !symbol.isReference else { continue }
        boundaries.formUnion([symbol, symbol + 1])
        if ignoresCase, symbol >= 0x61, symbol <= 0x7A {
          boundaries.formUnion([symbol - 0x20, symbol - 0x1F])
        }
      case .one(let butColon), .many(let butColon):
        if butColon { boundaries.formUnion([.colon, .colon + 1]) }
      case .unknown: break
      }
    }
  }
}
