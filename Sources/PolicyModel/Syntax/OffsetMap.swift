/// Where the bytes of a decoded text came from.
package struct OffsetMap: Sendable {
  /// A run of decoded bytes and what they were decoded from.
  package struct Run: Hashable, Sendable {
    /// The first decoded byte.
    package var inner: UInt32
    /// Where the run begins in the source.
    package var outer: UInt32
    /// Where the run ends in the source; what follows may begin later, after an indentation.
    package var outerEnd: UInt32
    /// Whether the bytes stand one for one in the source; an escape stands as a whole.
    package var isExact: Bool

    package init(inner: Int, outer: Range<Int>, isExact: Bool) {
      self.inner = UInt32(truncatingIfNeeded: inner)
      self.outer = UInt32(truncatingIfNeeded: outer.lowerBound)
      self.outerEnd = UInt32(truncatingIfNeeded: outer.upperBound)
      self.isExact = isExact
    }
  }

  /// Sorted by `inner`, without gaps there.
  package private(set) var runs: [Run] = []
  /// How many decoded bytes there are.
  package private(set) var count = 0
  /// Where a text that decodes to nothing stands.
  private let empty: Int

  /// Makes the map of no bytes, to be filled by ``append(_:from:isExact:)``.
  package init(emptyAt outer: Int) { empty = outer }

  /// Adds decoded bytes that came from a range of the source.
  package mutating func append(_ length: Int, from outer: Range<Int>, isExact: Bool) {
    guard length > 0 else { return }
    defer { count += length }
    if isExact, let last = runs.last, last.isExact, last.outerEnd == outer.lowerBound {
      runs[runs.count - 1].outerEnd = UInt32(truncatingIfNeeded: outer.upperBound)
      return
    }
    runs.append(Run(inner: count, outer: outer, isExact: isExact))
  }

  /// The source's range of decoded bytes, escapes and the like as a whole.
  package subscript(range: Range<Int>) -> Range<Int> {
    let start = self.start(of: range.lowerBound)
    guard !range.isEmpty else { return start..<start }
    return start..<max(start, end(of: range.upperBound - 1))
  }

  /// Where a decoded byte begins in the source; of the end, where the last byte ends.
  private func start(of inner: Int) -> Int {
    guard let last = runs.last else { return empty }
    guard inner < count else { return Int(last.outerEnd) }
    let run = runs[position(of: inner)]
    return Int(run.outer) + (run.isExact ? inner - Int(run.inner) : 0)
  }

  private func end(of inner: Int) -> Int {
    guard !runs.isEmpty else { return empty }
    let run = runs[position(of: inner)]
    return run.isExact ? Int(run.outer) + inner - Int(run.inner) + 1 : Int(run.outerEnd)
  }

  /// The last run that begins at or before a decoded byte.
  private func position(of inner: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if Int(runs[middle].inner) <= inner { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// The map from these decoded bytes through a text that itself was decoded.
  package func composed(with outer: OffsetMap?) -> OffsetMap {
    guard let outer else { return self }
    var composed = OffsetMap(emptyAt: outer.start(of: empty))
    for (position, run) in runs.enumerated() {
      let end = position + 1 < runs.count ? Int(runs[position + 1].inner) : count
      let length = end - Int(run.inner)
      let range = Int(run.outer)..<Int(run.outerEnd)
      guard run.isExact else {
        composed.append(length, from: outer[range], isExact: false)
        continue
      }
      composed.append(exactly: range, through: outer)
    }
    return composed
  }

  /// Adds bytes that stand one for one in a decoded text, run by run of that text's map.
  private mutating func append(exactly range: Range<Int>, through outer: OffsetMap) {
    var start = range.lowerBound
    var position = outer.position(of: start)
    while start < range.upperBound, position < outer.runs.count {
      let run = outer.runs[position]
      let next =
        position + 1 < outer.runs.count ? Int(outer.runs[position + 1].inner) : outer.count
      let end = min(range.upperBound, max(next, start + 1))
      append(end - start, from: outer[start..<end], isExact: run.isExact)
      start = end
      position += 1
    }
    append(range.upperBound - start, from: outer[start..<range.upperBound], isExact: false)
  }
}
