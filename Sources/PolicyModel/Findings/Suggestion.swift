/// The name that somebody may have meant: "did you mean".
///
/// Nil where no candidate is within a small edit distance, which grows with the length of the name.
/// Letters that differ only in case are alike. Of equally near candidates, the first. A caller who
/// must be surer than usual allows fewer slips.
package func suggestion(
  for name: String, among candidates: [String], slips: Int = 3
) -> String? {
  // A longer name is no slip of the pen, and the comparison takes quadratic time.
  guard name.utf8.count <= longestName else { return nil }
  let wanted = lowercased(name)
  let limit = min(slips, max(1, wanted.count / 3))
  var nearest: (name: String, distance: Int)?
  for candidate in candidates where candidate.utf8.count <= longestName && candidate != name {
    let known = lowercased(candidate)
    guard abs(known.count - wanted.count) <= limit else { continue }
    guard let distance = editDistance(wanted, known, upTo: limit), distance < known.count,
      distance < nearest?.distance ?? .max
    else { continue }
    nearest = (candidate, distance)
  }
  return nearest?.name
}

/// Whether two names differ in the case of ASCII letters alone.
package func differOnlyInCase(_ left: String, _ right: String) -> Bool {
  left != right && lowercased(left) == lowercased(right)
}

/// How many bytes a name may have that is compared with others.
private let longestName = 64

private func lowercased(_ name: String) -> [UInt8] {
  name.utf8.map { byte in
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}

/// How many bytes must be put in, taken out, replaced, or swapped with their neighbour to make one
/// name of the other; nil where that is more than a limit.
private func editDistance(_ left: [UInt8], _ right: [UInt8], upTo limit: Int) -> Int? {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  var lastLeast = 0
  for row in left.indices {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    var least = row + 1
    for column in right.indices {
      let isEqual = left[row] == right[column]
      var distance = min(
        last[column + 1] + 1, current[column] + 1, last[column] + (isEqual ? 0 : 1))
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
      least = min(least, distance)
    }
    // What follows comes of the last two rows, and is no less: most names differ at once.
    if least > limit, lastLeast > limit { return nil }
    lastLeast = least
    beforeLast = last
    last = current
  }
  return last[right.count] <= limit ? last[right.count] : nil
}
