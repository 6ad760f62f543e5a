import Testing

@testable import Authorization

@Suite struct `Many alternatives` {
  @Test func `Adding one does not copy the others`() {
    func atom(_ number: Int) -> Formula {
      let pattern = Pattern([.literal(UInt32(number)), .many(butColon: false)])
      return .atom(
        Atom(
          reader: PatternReader(pattern, bound: .must), text: RequestText(head: [], isFree: true)))
    }
    var formula = Formula.constant(false)
    var buffers: Set<Int> = []
    for number in 1...4_000 {
      formula.formUnion(atom(number))
      guard case .any(let parts) = formula else { continue }
      unsafe parts.withUnsafeBufferPointer { buffer in
        _ = buffers.insert(Int(bitPattern: buffer.baseAddress))
      }
    }
    guard case .any(let parts) = formula else {
      Issue.record("it is no list of alternatives")
      return
    }
    #expect(parts.count == 4_000)
    // The list doubles when it is full.
    #expect(buffers.count <= 20)
  }

  @Test func `Adding one is the same as writing it out`() {
    let letters = ["a", "b"].map { text -> Formula in
      let pattern = Pattern([.literal(text.unicodeScalars.first?.value ?? 0)])
      return .atom(
        Atom(
          reader: PatternReader(pattern, bound: .must), text: RequestText(head: [], isFree: true)))
    }
    let formulas: [Formula] =
      letters + [.constant(true), .constant(false), .any(letters), .all(letters), !letters[0]]
    for left in formulas {
      for right in formulas {
        var union = left
        union.formUnion(right)
        #expect(union == (left || right))
        var bounds = Bounds(must: left, may: left || right)
        bounds.formUnion(Bounds(must: right, may: right))
        #expect(
          bounds == (Bounds(must: left, may: left || right) || Bounds(must: right, may: right)))
      }
    }
  }
}
