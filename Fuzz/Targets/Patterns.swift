import Authorization

/// The input: a byte for the language, a byte for case, then patterns and connectives in postfix
/// order; answers are compared with trying every short text, matched by a plain matcher.
func fuzzGlob(_ bytes: [UInt8]) {
  guard bytes.count >= 3, bytes.count <= 256 else { return }
  let language = languages[Int(bytes[0]) % languages.count]
  guard let term = GlobTerm(bytes.dropFirst(2), ignoresCase: bytes[1] & 1 == 1) else { return }
  let automaton = LanguageAutomaton(language)
  let all = shortTexts.filter { automaton.contains($0) }
  let bounds = term.bounds
  let first = all.first { term.holds(for: $0) }
  for text in all.prefix(64) {
    check(
      bounds.must.holds(for: text) == term.holds(for: text),
      "a formula and plain matching differ on `\(RequestText.string(text))`")
  }
  var search = Search(for: bounds.must, in: LanguageTable(automaton))
  var budget = SearchBudget(steps: 400_000)
  switch search.run(&budget) {
  case .none:
    check(
      first == nil, "no text was found, but there is `\(first.map(RequestText.string) ?? "")`")
  case .found(let text):
    check(automaton.contains(text), "`\(RequestText.string(text))` is not in the language")
    check(term.holds(for: text), "`\(RequestText.string(text))` was found, but does not fit")
    check(
      first.map { $0.count >= text.count } ?? true,
      "`\(RequestText.string(text))` is not the shortest")
  case .tooComplex: break
  }
}

private let languages: [Language] = [
  .anything,
  .sequence([.many(.one(.lowercase)), .text("/"), .anything]),
  .many(.either([.text("a"), .text("b:"), .one(ScalarSet([0x2F...0x2F, 0x41...0x41]))])),
  .sequence([.optional(.text("a")), .repeated(.one(ScalarSet([0x61...0x62])), 2), .anything]),
  .oneOrMore(.one(ScalarSet.all.subtracting(ScalarSet([0x3A...0x3A])))),
]

/// Every text up to four characters of an alphabet that patterns are made of.
private let shortTexts: [[Symbol]] = {
  let alphabet: [Symbol] = [0x61, 0x62, 0x41, 0x3A, 0x2F]
  var all: [[Symbol]] = [[]]
  var longest = all
  for _ in 0..<4 {
    longest = longest.flatMap { text in alphabet.map { text + [$0] } }
    all += longest
  }
  return all
}()

/// A boolean combination of patterns, matched in the plainest way there is.
private indirect enum GlobTerm {
  case pattern([Pattern.Element], ignoresCase: Bool)
  case not(GlobTerm)
  case both(GlobTerm, GlobTerm)
  case either(GlobTerm, GlobTerm)

  init?(_ bytes: ArraySlice<UInt8>, ignoresCase: Bool) {
    var stack: [GlobTerm] = []
    var elements: [Pattern.Element] = []
    func finish() {
      if !elements.isEmpty { stack.append(.pattern(elements, ignoresCase: ignoresCase)) }
      elements = []
    }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"): finish()
      case UInt8(ascii: "!"):
        finish()
        guard let last = stack.popLast() else { continue }
        stack.append(.not(last))
      case UInt8(ascii: "&"), UInt8(ascii: "|"):
        finish()
        guard let right = stack.popLast(), let left = stack.popLast() else { continue }
        stack.append(byte == UInt8(ascii: "&") ? .both(left, right) : .either(left, right))
      case UInt8(ascii: "*"): elements.append(.many(butColon: false))
      case UInt8(ascii: "?"): elements.append(.one(butColon: false))
      case UInt8(ascii: "+"): elements.append(.many(butColon: true))
      case UInt8(ascii: "."): elements.append(.one(butColon: true))
      case 0..<0x80: elements.append(.literal(Symbol(byte)))
      default: elements.append(.literal(Symbol(byte) + 0x80))
      }
    }
    finish()
    guard var term = stack.popLast() else { return nil }
    while let other = stack.popLast() { term = .both(other, term) }
    // Folding case beyond ASCII is open by design, and has no plain answer.
    guard !ignoresCase || bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    self = term
  }

  var bounds: Bounds {
    switch self {
    case .pattern(let elements, let ignoresCase):
      Bounds.match(
        Pattern(elements, ignoresCase: ignoresCase), RequestText(head: [], isFree: true))
    case .not(let inner): !inner.bounds
    case .both(let left, let right): left.bounds && right.bounds
    case .either(let left, let right): left.bounds || right.bounds
    }
  }

  func holds(for text: [Symbol]) -> Bool {
    switch self {
    case .pattern(let elements, let ignoresCase):
      return Self.matches(elements, text, ignoresCase)
    case .not(let inner): return !inner.holds(for: text)
    case .both(let left, let right): return left.holds(for: text) && right.holds(for: text)
    case .either(let left, let right): return left.holds(for: text) || right.holds(for: text)
    }
  }

  /// A row of "the first so many elements match the first so many characters" after the other.
  private static func matches(
    _ elements: [Pattern.Element], _ text: [Symbol], _ ignoresCase: Bool
  ) -> Bool {
    func folded(_ symbol: Symbol) -> Symbol { ignoresCase ? symbol.foldedASCII : symbol }
    var row = [Bool](repeating: false, count: text.count + 1)
    row[0] = true
    for element in elements {
      var next = [Bool](repeating: false, count: text.count + 1)
      for position in 0...text.count {
        switch element {
        case .literal(let symbol):
          next[position] =
            position > 0 && row[position - 1] && folded(symbol) == folded(text[position - 1])
        case .one(let butColon):
          next[position] =
            position > 0 && row[position - 1] && !(butColon && text[position - 1] == 0x3A)
        case .many(let butColon):
          next[position] =
            row[position]
            || position > 0 && next[position - 1] && !(butColon && text[position - 1] == 0x3A)
        case .unknown: return false
        }
      }
      row = next
    }
    return row[text.count]
  }
}
