import Testing

@testable import Authorization

/// Formulas about a free string, and what is left of them when their parts are put into each other.
@Suite struct `Formulas` {
  private static func atom(_ pattern: String) -> Formula {
    let elements = pattern.unicodeScalars.map { scalar -> Pattern.Element in
      switch scalar {
      case "*": .many(butColon: false)
      case "?": .one(butColon: false)
      default: .literal(scalar.value)
      }
    }
    return .atom(
      Atom(
        reader: PatternReader(Pattern(elements), bound: .must),
        text: RequestText(head: [], isFree: true)))
  }

  private static let a = atom("a*")
  private static let b = atom("*b")
  private static let c = atom("?c")

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var formula: Formula
    var propagated: Formula

    init(_ name: String, _ formula: Formula, _ propagated: Formula) {
      testDescription = name
      self.formula = formula
      self.propagated = propagated
    }
  }

  private static let cases = [
    Case("a and not a", .all([a, .not(a)]), .constant(false)),
    Case("(a or b) and not a", .all([.any([a, b]), .not(a)]), .all([b, .not(a)])),
    Case(
      "(a or b) and not a and not b", .all([.any([a, b]), .not(a), .not(b)]), .constant(false)),
    Case("(not a or b) and a", .all([.any([.not(a), b]), a]), .all([b, a])),
    Case(
      "what a part says only after another", .all([.any([a, b]), .not(a), .any([.not(b), c])]),
      .all([b, .not(a), c])),
    Case("a or (b and not b)", .any([a, .all([b, .not(b)])]), a),
    Case("not of all", .all([.not(.all([a, b])), a, b]), .constant(false)),
    Case("nothing to put in", .all([.any([a, b]), c]), .all([.any([a, b]), c])),
    Case("one atom", a, a),
    Case("a constant", .constant(true), .constant(true)),
  ]

  @Test(arguments: cases) func `What parts say is put into the others`(_ example: Case) {
    #expect(example.formula.propagated == example.propagated)
  }

  @Test func `Propagation changes the truth of no formula for any text`() {
    let atoms = ["", "a", "b", "a*", "*b", "?c", "*", "ab", "*a*"].map(Self.atom)
    var random = SeededGenerator(seed: 5)
    func formula(_ depth: Int) -> Formula {
      switch Int.random(in: 0..<(depth == 0 ? 2 : 5), using: &random) {
      case 0: random.pick(atoms)
      case 1: .not(random.pick(atoms))
      case 2: .not(formula(depth - 1))
      case 3: .all((0..<Int.random(in: 0...4, using: &random)).map { _ in formula(depth - 1) })
      default: .any((0..<Int.random(in: 0...4, using: &random)).map { _ in formula(depth - 1) })
      }
    }
    let texts = ["", "a", "b", "c", "ab", "ac", "bc", "ba", "aab", "bac", "cab"].map {
      $0.unicodeScalars.map(\.value)
    }
    var differences: [String] = []
    for _ in 0..<3_000 {
      let original = formula(3)
      let propagated = original.propagated
      for text in texts where original.holds(for: text) != propagated.holds(for: text) {
        differences.append("\(original) for \(RequestText.string(text))")
      }
    }
    #expect(differences.isEmpty)
  }

  @Test func `Long lists are left as they are`() {
    let many = (0..<100).map { Self.atom("\($0)*") }
    let formula = Formula.all([.any(many), .not(many[7])])
    #expect(formula.propagated == formula)
    let longer = Formula.all(many + [.not(many[7])])
    #expect(longer.propagated == longer)
  }

  @Test func `A text that was read already is left out of an atom`() {
    let pattern = Pattern(
      "abc*d".unicodeScalars.map { $0 == "*" ? .many(butColon: false) : .literal($0.value) })
    func formula(_ head: String) -> Formula {
      Bounds.match(
        pattern, RequestText(head: head.unicodeScalars.map(\.value), isFree: true)
      ).must
    }
    #expect(formula("ab") == Self.atom("c*d"))
    #expect(formula("abc") == Self.atom("*d"))
    #expect(formula("abcxyz") == Self.atom("*d"))
    // Here the text may be read in two ways, which no rest of the pattern says.
    #expect(formula("abcd") != Self.atom("*d"))
    #expect(formula("x") == .constant(false))
  }
}
