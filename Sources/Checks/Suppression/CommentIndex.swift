import PolicyModel

/// The suppressions in the comments of a run's documents, found by rule and line.
struct CommentIndex {
  /// One rule of one comment.
  struct Key: Hashable {
    var source: Source
    var comment: Int
    var name: Int
  }

  private struct Site {
    var line: Int
    var key: Key
  }

  private struct Group: Hashable {
    var source: Source
    var rule: RuleID
  }

  private var lines: [Source: LineIndex] = [:]
  private var comments: [Source: [SuppressionComment]] = [:]
  /// By line, for each rule.
  private var sites: [Group: [Site]] = [:]
  /// By the line below a comment that is alone, for each rule.
  private var below: [Group: [Int: Key]] = [:]
  /// Every rule that a comment names.
  private(set) var names: [(key: Key, name: SuppressionComment.Name, source: Source)] = []
  /// Comments that miss the form of a suppression.
  private(set) var malformed: [(malformed: SuppressionComment.Malformed, source: Source)] = []

  init(_ sources: [Source]) {
    for source in sources {
      let (found, malformed) = SuppressionComment.all(in: source)
      self.malformed += malformed.map { ($0, source) }
      guard !found.isEmpty else { continue }
      lines[source] = LineIndex(source)
      comments[source] = found
      for (position, comment) in found.enumerated() {
        for (index, name) in comment.names.enumerated() {
          let key = Key(source: source, comment: position, name: index)
          let group = Group(source: source, rule: name.rule)
          names.append((key, name, source))
          sites[group, default: []].append(Site(line: comment.line, key: key))
          if let next = comment.nextLine, below[group]?[next] == nil {
            below[group, default: [:]][next] = key
          }
        }
      }
    }
  }

  /// The first comment that suppresses a finding: on a line of its range, or alone above it.
  func first(for finding: Finding) -> (key: Key, reason: String)? {
    guard let place = finding.place, let lines = lines[place.source] else { return nil }
    let group = Group(source: place.source, rule: finding.rule)
    let start = lines.line(of: place.range.lowerBound)
    let end = lines.line(of: max(place.range.lowerBound, place.range.upperBound - 1))
    guard let key = below[group]?[start] ?? site(of: group, from: start, to: end) else {
      return nil
    }
    return (key, comments[place.source]?[key.comment].reason ?? "")
  }

  private func site(of group: Group, from start: Int, to end: Int) -> Key? {
    guard let sites = sites[group] else { return nil }
    var low = 0
    var high = sites.count
    while low < high {
      let middle = (low + high) / 2
      if sites[middle].line < start { low = middle + 1 } else { high = middle }
    }
    guard low < sites.count, sites[low].line <= end else { return nil }
    return sites[low].key
  }
}
