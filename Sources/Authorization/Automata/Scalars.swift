/// A Unicode scalar, or a mark for text that is no literal (above U+10FFFF).
package typealias Symbol = UInt32

extension Symbol {
  /// The first number that is no Unicode scalar; references of templates count up from here.
  package static let firstReference: Symbol = 0x11_0000
  /// Text that nobody knows, of any length.
  package static let unknownText: Symbol = 0xFFFF_FFFF
  package static let colon: Symbol = 0x3A

  /// Whether it stands for text that is no literal.
  package var isReference: Bool { self >= Symbol.firstReference }

  /// Whether it is a character beyond ASCII.
  var isBeyondASCII: Bool { self > 0x7F && !isReference }

  /// ASCII letters in lower case, all else as it is.
  package var foldedASCII: Symbol { self >= 0x41 && self <= 0x5A ? self + 0x20 : self }
}

/// A set of Unicode scalars as sorted, disjoint, closed ranges.
package struct ScalarSet: Hashable, Sendable {
  package private(set) var ranges: [ClosedRange<Symbol>]

  package init(_ ranges: [ClosedRange<Symbol>]) {
    var merged: [ClosedRange<Symbol>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  package init(_ scalar: Unicode.Scalar) { self.init([scalar.value...scalar.value]) }

  /// Every scalar, without the surrogates, which no text holds.
  package static let all = ScalarSet([0...0xD7FF, 0xE000...0x10_FFFF])
  package static let digits = ScalarSet([0x30...0x39])
  package static let lowercase = ScalarSet([0x61...0x7A])
  package static let alphanumerics = ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A])

  package func contains(_ scalar: Symbol) -> Bool {
    ranges.contains { $0.contains(scalar) }
  }

  package func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  package func subtracting(_ other: ScalarSet) -> ScalarSet {
    var result = ranges
    for hole in other.ranges {
      result = result.flatMap { range -> [ClosedRange<Symbol>] in
        guard range.overlaps(hole) else { return [range] }
        var rest: [ClosedRange<Symbol>] = []
        if range.lowerBound < hole.lowerBound {
          rest.append(range.lowerBound...(hole.lowerBound - 1))
        }
        if hole.upperBound < range.upperBound {
          rest.append((hole.upperBound + 1)...range.upperBound)
        }
        return rest
      }
    }
    return ScalarSet(result)
  }

  package func intersection(_ other: ScalarSet) -> ScalarSet {
    var result: [ClosedRange<Symbol>] = []
    for left in ranges {
      for right in other.ranges where left.overlaps(right) {
        result.append(left.clamped(to: right))
      }
    }
    return ScalarSet(result)
  }

  package var isEmpty: Bool { ranges.isEmpty }

  /// The scalars for which something holds; for small sets only.
  func filter(_ holds: (Symbol) -> Bool) -> ScalarSet {
    ScalarSet(ranges.joined().filter(holds).map { $0...$0 })
  }
}

/// The first characters of classes: where what patterns tell apart begins and ends.
package struct Boundaries: Sendable {
  /// Those below 256, a bit each: nearly all.
  private var low = [UInt64](repeating: 0, count: 4)
  private var high: Set<Symbol> = []

  package init(_ symbols: some Sequence<Symbol> = []) {
    for symbol in symbols { insert(symbol) }
  }

  package mutating func insert(_ symbol: Symbol) {
    if symbol < 256 {
      low[Int(symbol / 64)] |= 1 << UInt64(symbol % 64)
    } else if symbol < Symbol.firstReference {
      high.insert(symbol)
    }
  }

  /// All of them in order.
  var sorted: [Symbol] {
    var all: [Symbol] = []
    for (index, word) in low.enumerated() {
      var word = word
      while word != 0 {
        all.append(Symbol(index * 64 + word.trailingZeroBitCount))
        word &= word - 1
      }
    }
    return all + high.sorted()
  }
}

/// The characters that a set of patterns and languages can tell apart, one class for each.
///
/// Two scalars of one class behave alike in every pattern, so a search tries one of each class.
package struct Alphabet: Sendable {
  /// One scalar of each class, the ones people like to read first.
  package let representatives: [Symbol]
  private let starts: [Symbol]
  private let classes: [Int]

  /// Makes the classes that these boundaries separate; a boundary is the first scalar of a class.
  package init(boundaries: Boundaries) {
    var boundaries = boundaries
    // Surrogates are no text: a class of their own, which is then left out.
    for symbol: Symbol in [0, 0x20, 0x7F, 0xD800, 0xE000] { boundaries.insert(symbol) }
    let starts = boundaries.sorted
    var found: [(start: Int, symbol: Symbol)] = []
    for (index, start) in starts.enumerated() where start != 0xD800 {
      let end = index + 1 < starts.count ? starts[index + 1] : Symbol.firstReference
      found.append((index, Alphabet.readable(in: start..<end)))
    }
    found.sort { Alphabet.rank($0.symbol) < Alphabet.rank($1.symbol) }
    var classes = [Int](repeating: -1, count: starts.count)
    for (position, entry) in found.enumerated() { classes[entry.start] = position }
    self.starts = starts
    self.classes = classes
    representatives = found.map(\.symbol)
  }

  /// How many classes there are.
  package var count: Int { representatives.count }

  /// The class of a scalar, as a position in `representatives`.
  package func classIndex(of scalar: Symbol) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle + 1 } else { high = middle }
    }
    return classes[max(0, low - 1)]
  }

  /// Does something for each class of the scalars of a range; the range must not cut a class.
  func forEachClass(in range: ClosedRange<Symbol>, _ body: (Int) -> Void) {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < starts.count, starts[low] <= range.upperBound {
      if classes[low] >= 0 { body(classes[low]) }
      low += 1
    }
  }

  private static func readable(in range: Range<Symbol>) -> Symbol {
    for preferred: ClosedRange<Symbol> in [
      0x61...0x7A, 0x30...0x39, 0x41...0x5A, 0x21...0x7E, 0x20...0x20,
    ]
    where preferred.lowerBound < range.upperBound && range.lowerBound <= preferred.upperBound {
      return max(preferred.lowerBound, range.lowerBound)
    }
    return range.lowerBound
  }

  private static func rank(_ symbol: Symbol) -> (Int, Symbol) {
    switch symbol {
    case 0x30...0x39: (0, symbol)
    case 0x61...0x7A: (1, symbol)
    case 0x41...0x5A: (2, symbol)
    case 0x20...0x7E: (3, symbol)
    default: (4, symbol)
    }
  }
}
