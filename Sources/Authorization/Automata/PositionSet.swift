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
