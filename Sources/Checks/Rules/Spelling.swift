/// Finds the word somebody meant.
package enum Spelling {
  /// The known word that a misspelt one is closest to; nil where none is close.
  ///
  /// Two slips are forgiven in a long word, one in a short word, so that a guess is worth reading;
  /// a caller who must be surer asks for fewer.
  package static func closest(
    to word: String, among known: some Sequence<String>, slips: Int = 2
  ) -> String? {
    let wanted = lowered(word)
    let limit = min(slips, wanted.count > 4 ? 2 : 1)
    var best: (word: String, distance: Int)?
    for candidate in known {
      let letters = lowered(candidate)
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  private static func lowered(_ word: String) -> [UInt8] {
    word.utf8.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 + 32 : $0 }
  }

  /// How many letters must be added, removed, replaced or swapped with their neighbour.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let isSame = left[row] == right[column]
        var cost = min(
          previous[column] + (isSame ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforePrevious[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
