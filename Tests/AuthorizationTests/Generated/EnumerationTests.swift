import PolicyModel
import Testing

@testable import Authorization

@Suite struct `Proofs and enumeration` {
  static let slices = Slice.all(Effort.count(1_000, full: 20_000))
  /// Enough texts that the shortest escape is nearly always among them.
  static let all = texts(upTo: Effort.isFull ? 6 : 4)

  /// Every text up to a length is tried one by one.
  @Test(arguments: slices)
  func `A proof says what trying every text says`(_ slice: Slice) throws {
    var answers: [String: Int] = [:]
    for seed in slice.seeds {
      var generator = FamilyGenerator(seed: seed)
      let example = generator.next()
      let question = try example.layers.question()
      #expect(question.isWellFormed, "seed \(seed)")
      let automaton = LanguageAutomaton(example.language)
      let texts = Self.all.filter { automaton.contains($0) }
      func decision(_ text: [Symbol]) -> Expected? {
        question.evaluate(example.family.request.fixing(text)).allowed.decision
      }
      let escaping = texts.first { decision($0) != .allowed }
      let denied = texts.first { decision($0) == .denied }
      func fail(_ what: String) {
        Issue.record(
          "seed \(seed): \(what); escaping \(escaping.map(RequestText.string) ?? "none"), denied \(denied.map(RequestText.string) ?? "none")\n\(example)"
        )
      }
      switch question.prove(example.family) {
      case .proven:
        answers["proven", default: 0] += 1
        if escaping != nil { return fail("proven") }
      case .refuted(let explanation):
        answers["refuted", default: 0] += 1
        let found = explanation.free
        let isDenied = automaton.contains(found) && decision(found) == .denied
        if !isDenied { return fail("refuted by \(RequestText.string(found))") }
        if example.hasFreeVariable { continue }
        if let denied, denied.count < found.count { return fail("not the shortest") }
        if denied == nil, found.count <= Self.all.last?.count ?? 0 { return fail("not tried") }
      case .open(let explanation):
        answers["open", default: 0] += 1
        let found = explanation.free
        // A variable that holds the free string stands for any text there: open at worst.
        if example.hasFreeVariable { continue }
        if denied != nil { return fail("open") }
        if !automaton.contains(found) || decision(found) != .open { return fail("open, wrongly") }
        if let escaping, escaping.count < found.count { return fail("not the shortest") }
      case .tooComplex: return fail("too complex")
      }
    }
    for answer in ["proven", "refuted", "open"] {
      #expect(answers[answer, default: 0] > slice.seeds.count / 30, "\(answers)")
    }
  }

  /// The opposite question: whether any text is allowed.
  @Test(arguments: slices)
  func `A proof that nothing is allowed says what trying every text says`(_ slice: Slice) throws {
    for seed in slice.seeds where seed.isMultiple(of: 4) {
      var generator = FamilyGenerator(seed: seed)
      let example = generator.next()
      let question = try example.layers.question()
      let automaton = LanguageAutomaton(example.language)
      let texts = Self.all.filter { automaton.contains($0) }
      func decision(_ text: [Symbol]) -> Expected? {
        question.evaluate(example.family.request.fixing(text)).allowed.decision
      }
      let allowed = texts.first { decision($0) == .allowed }
      let passing = texts.first { decision($0) != .denied }
      switch question.proveDenied(example.family) {
      case .proven: #expect(passing == nil, "seed \(seed)\n\(example)")
      case .refuted(let explanation):
        #expect(decision(explanation.free) == .allowed, "seed \(seed)\n\(example)")
        let isShortest = allowed.map { $0.count >= explanation.free.count } ?? true
        #expect(isShortest || example.hasFreeVariable, "seed \(seed)\n\(example)")
      case .open(let explanation):
        let isRight = allowed == nil && decision(explanation.free) == .open
        #expect(isRight || example.hasFreeVariable, "seed \(seed)\n\(example)")
      case .tooComplex: Issue.record("seed \(seed): too complex\n\(example)")
      }
    }
  }

  static let sampleSlices = Slice.all(Effort.count(200, full: 4_000))

  /// Random texts of languages without end, longer than enumeration can go.
  @Test(arguments: sampleSlices)
  func `Samples of what is proven are allowed`(_ slice: Slice) throws {
    var proven = 0
    for seed in slice.seeds {
      var generator = FamilyGenerator(seed: seed &+ 1 << 32)
      let example = generator.next()
      let question = try example.layers.question()
      guard case .proven = question.prove(example.family) else { continue }
      proven += 1
      var random = SeededGenerator(seed: seed)
      for _ in 0..<Effort.count(100, full: 1_000) {
        let text = example.language.sample(&random)
        let decision = question.evaluate(example.family.request.fixing(text)).allowed.decision
        guard decision == .allowed else {
          Issue.record("seed \(seed): \(RequestText.string(text)) is not allowed\n\(example)")
          return
        }
      }
    }
    #expect(proven > slice.seeds.count / 25)
  }
}

extension Language {
  /// Some text of the language.
  func sample(_ random: inout SeededGenerator) -> [Symbol] {
    switch self {
    case .one(let set):
      let range = random.pick(set.ranges)
      return [Symbol.random(in: range, using: &random)]
    case .text(let text): return text.unicodeScalars.map(\.value)
    case .sequence(let parts): return parts.flatMap { $0.sample(&random) }
    case .either(let choices): return random.pick(choices).sample(&random)
    case .many(let repeated):
      return (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in repeated.sample(&random) }
    }
  }
}
