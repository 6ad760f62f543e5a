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

  package let elements: [Element]
  /// Whether ASCII letters match in either case.
  package let ignoresCase: Bool
  /// Whether it stands for text that nobody knows.
  package let holdsUnknown: Bool
  /// Whether ignoring case beyond ASCII might change what matches.
  package let holdsUnfoldable: Bool
  /// Whether it matches every text.
  package let matchesEverything: Bool
  /// The matcher of literal text; nil where that is not enough to tell what the pattern matches.
  let point: PointMatcher?

  package init(_ elements: [Element], ignoresCase: Bool = false) {
    self.elements = elements
    self.ignoresCase = ignoresCase
    holdsUnknown = elements.contains { element in
      switch element {
      case .unknown: true
      case .literal(let symbol): symbol.isReference
      case .one, .many: false
      }
    }
    holdsUnfoldable =
      ignoresCase
      && elements.contains { if case .literal(let symbol) = $0 { symbol > 0x7F } else { false } }
    matchesEverything =
      !elements.isEmpty && elements.allSatisfy { $0 == .many(butColon: false) }
    point =
      holdsUnknown || holdsUnfoldable ? nil : PointMatcher(elements, ignoresCase: ignoresCase)
  }

  /// Whether two patterns are written alike; all else follows from that.
  package static func == (left: Pattern, right: Pattern) -> Bool {
    left.ignoresCase == right.ignoresCase && left.elements == right.elements
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(elements)
    hasher.combine(ignoresCase)
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
  package let head: [Symbol]
  /// After the free string.
  package let tail: [Symbol]
  /// Whether the free string stands between head and tail.
  package let isFree: Bool
  /// Whether a part of it is a reference or unknown.
  package let holdsUnknown: Bool
  /// Whether every literal character is ASCII. (A free string may hold any; classes of characters
  /// are closed under ASCII folding.)
  let isASCII: Bool

  package init(head: [Symbol], isFree: Bool = false, tail: [Symbol] = []) {
    self.head = head
    self.isFree = isFree
    self.tail = tail
    holdsUnknown = head.contains(where: \.isReference) || tail.contains(where: \.isReference)
    isASCII = !(head.contains(where: \.isBeyondASCII) || tail.contains(where: \.isBeyondASCII))
  }

  private init(literal symbols: [Symbol], isASCII: Bool) {
    head = symbols
    tail = []
    isFree = false
    holdsUnknown = false
    self.isASCII = isASCII
  }

  package init(_ text: String) {
    let ascii = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe Self.ascii($0) } ?? nil
    if let ascii {
      self.init(literal: ascii, isASCII: true)
    } else {
      self.init(head: text.unicodeScalars.map(\.value))
    }
  }

  /// Text of UTF-8 bytes.
  package init(utf8 bytes: ArraySlice<UInt8>) {
    if let ascii = unsafe bytes.withUnsafeBufferPointer({ unsafe Self.ascii($0) }) {
      self.init(literal: ascii, isASCII: true)
    } else {
      self.init(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The symbols of ASCII bytes; nil where some are not.
  private static func ascii(_ bytes: UnsafeBufferPointer<UInt8>) -> [Symbol]? {
    guard unsafe bytes.reduce(0, |) < 0x80 else { return nil }
    return unsafe [Symbol](unsafeUninitializedCapacity: bytes.count) { symbols, count in
      for position in 0..<bytes.count {
        unsafe symbols.initializeElement(at: position, to: Symbol(bytes[position]))
      }
      count = bytes.count
    }
  }

  /// Whether it is one text that is known.
  var isPlain: Bool { !isFree && !holdsUnknown }

  /// Text nobody knows.
  package static let unknown = RequestText(head: [.unknownText])

  /// The same text with a value for the free string.
  package func fixing(_ free: [Symbol]) -> RequestText {
    isFree ? RequestText(head: head + free + tail) : self
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
///
/// Nearly all patterns are shorter than 256 characters; their sets need no memory of their own.
package struct PositionSet: Hashable, Sendable {
  private var first64: UInt64 = 0
  private var second64: UInt64 = 0
  private var third64: UInt64 = 0
  private var fourth64: UInt64 = 0
  private var rest: [UInt64] = []

  init(count: Int) {
    if count > 256 { rest = [UInt64](repeating: 0, count: (count - 193) / 64) }
  }

  var isEmpty: Bool {
    first64 | second64 | third64 | fourth64 == 0 && rest.allSatisfy { $0 == 0 }
  }

  private func word(_ index: Int) -> UInt64 {
    switch index {
    case 0: first64
    case 1: second64
    case 2: third64
    case 3: fourth64
    default: rest[index - 4]
    }
  }

  /// Whether the sets are told apart well does not matter, but that it costs little.
  package func hash(into hasher: inout Hasher) {
    var mixed = first64
    for word in [second64, third64, fourth64] where word != 0 {
      mixed = mixed &* 0x9E37_79B9_7F4A_7C15 ^ word
    }
    for word in rest { mixed = mixed &* 0x9E37_79B9_7F4A_7C15 ^ word }
    hasher.combine(mixed)
  }

  subscript(position: Int) -> Bool { word(position / 64) & (1 << UInt64(position % 64)) != 0 }

  mutating func insert(_ position: Int) {
    let bit: UInt64 = 1 << UInt64(position % 64)
    switch position / 64 {
    case 0: first64 |= bit
    case 1: second64 |= bit
    case 2: third64 |= bit
    case 3: fourth64 |= bit
    default: rest[position / 64 - 4] |= bit
    }
  }

  var first: Int? {
    for index in 0..<(4 + rest.count) where word(index) != 0 {
      return index * 64 + word(index).trailingZeroBitCount
    }
    return nil
  }

  func forEachPosition(_ body: (Int) -> Void) {
    for index in 0..<(4 + rest.count) {
      var word = word(index)
      while word != 0 {
        body(index * 64 + word.trailingZeroBitCount)
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
