import Foundation
import Testing

/// SplitMix64: the same seed gives the same cases on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True once in so many times.
  mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }

  /// Between one and so many of the values, some perhaps twice.
  mutating func some<Value>(_ values: [Value], upTo count: Int) -> [Value] {
    (0..<Int.random(in: 1...count, using: &self)).map { _ in pick(values) }
  }

  /// A text of so many of the characters.
  mutating func text(of alphabet: [String], _ length: ClosedRange<Int>) -> String {
    (0..<Int.random(in: length, using: &self)).map { _ in pick(alphabet) }.joined()
  }
}

/// How many cases a generated test tries.
enum Effort {
  /// Whether the full counts were asked for: `make test-all`.
  static let isFull = ProcessInfo.processInfo.environment["LINT_COPY_FULL_TESTS"] != nil

  static func count(_ normal: Int, full: Int) -> Int { isFull ? full : normal }
}

/// Seeds of cases, in slices that run in parallel.
struct Slice: Sendable, CustomTestStringConvertible {
  var seeds: Range<UInt64>

  var testDescription: String { "seeds \(seeds.lowerBound)..<\(seeds.upperBound)" }

  static func all(_ count: Int, in slices: Int = 4) -> [Slice] {
    (0..<slices).map { slice in
      Slice(
        seeds: UInt64(count * slice / slices)..<UInt64(count * (slice + 1) / slices))
    }
  }
}
