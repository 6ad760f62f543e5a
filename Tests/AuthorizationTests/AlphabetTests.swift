import Testing

@testable import Authorization

@Suite struct `Classes of characters` {
  /// Boundaries of patterns, some of which end with the last character that there is.
  private static let boundaries: [Set<Symbol>] = [
    [], [0x61], [Symbol.firstReference], [0x61, 0x7B, Symbol.firstReference],
    [0xD800], [0xD700, 0xD7FF, 0xE001], [0, 0x10_FFFF],
  ]

  @Test(arguments: boundaries) func `Each is a character, and none a reference`(
    _ boundaries: Set<Symbol>
  ) {
    let alphabet = Alphabet(boundaries: Boundaries(boundaries))
    #expect(
      alphabet.representatives.allSatisfy {
        !$0.isReference && UnicodeScalar($0).map { _ in true } == true
      })
    #expect(Set(alphabet.representatives).count == alphabet.representatives.count)
  }
}
