import PolicyModel

/// Finds which lines differ: the shortest script of removals and insertions (Myers, "An O(ND)
/// Difference Algorithm and Its Variations").
struct LineComparison {
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  /// Equal lines at the beginning, and at the end.
  private let head: Int
  private let tail: Int

  init(old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>]) {
    self.old = old
    self.new = new
    let shortest = min(old.count, new.count)
    var head = 0
    while head < shortest, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < shortest - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
      tail += 1
    }
    self.head = head
    self.tail = tail
  }

  /// The ranges of lines that differ, in order.
  var changes: [(old: Range<Int>, new: Range<Int>)] {
    let oldEnd = old.count - tail
    let newEnd = new.count - tail
    guard head < oldEnd || head < newEnd else { return [] }
    guard let pairs = equalLines else { return [(head..<oldEnd, head..<newEnd)] }
    var changes: [(old: Range<Int>, new: Range<Int>)] = []
    var at = (old: head, new: head)
    for pair in pairs + [(oldEnd, newEnd)] {
      if at.old < pair.0 || at.new < pair.1 {
        changes.append((at.old..<pair.0, at.new..<pair.1))
      }
      at = (pair.0 + 1, pair.1 + 1)
    }
    return changes
  }

  /// The lines between head and tail that are the same, as pairs of their positions; nil where the
  /// search gets too long.
  private var equalLines: [(Int, Int)]? {
    let oldCount = old.count - tail - head
    let newCount = new.count - tail - head
    let most = min(oldCount + newCount, Limits.diffSteps)
    // The furthest position on each diagonal, of each number of steps.
    var furthest = [Int](repeating: 0, count: 2 * most + 3)
    var history: [[Int]] = []
    for steps in 0...most {
      history.append(Array(furthest[most - steps...most + steps + 2]))
      for diagonal in stride(from: -steps, through: steps, by: 2) {
        let middle = most + 1 + diagonal
        let isDown =
          diagonal == -steps
          || diagonal != steps && furthest[middle - 1] < furthest[middle + 1]
        var x = isDown ? furthest[middle + 1] : furthest[middle - 1] + 1
        while x < oldCount, x - diagonal < newCount, old[head + x] == new[head + x - diagonal] {
          x += 1
        }
        furthest[middle] = x
        if x >= oldCount, x - diagonal >= newCount {
          return pairs(history, steps, oldCount, newCount)
        }
      }
    }
    return nil
  }

  /// Walks back from the end.
  private func pairs(
    _ history: [[Int]], _ steps: Int, _ oldCount: Int, _ newCount: Int
  ) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var x = oldCount
    var y = newCount
    for step in stride(from: steps, through: 1, by: -1) {
      let before = history[step]
      let middle = step + 1
      let diagonal = x - y
      let isDown =
        diagonal == -step
        || diagonal != step && before[middle + diagonal - 1] < before[middle + diagonal + 1]
      let previous = isDown ? diagonal + 1 : diagonal - 1
      let startX = before[middle + previous]
      let startY = startX - previous
      // The equal lines begin behind the one that was removed or inserted.
      let equalFrom = isDown ? startX : startX + 1
      while x > equalFrom {
        x -= 1
        y -= 1
        pairs.append((head + x, head + y))
      }
      x = startX
      y = startY
    }
    while x > 0, y > 0 {
      x -= 1
      y -= 1
      pairs.append((head + x, head + y))
    }
    return pairs.reversed()
  }
}
