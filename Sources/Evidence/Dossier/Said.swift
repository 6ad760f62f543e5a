import PolicyModel

/// A value with where, and by what, it was said.
struct Said<Value: Hashable & Sendable>: Sendable {
  /// The value.
  var value: Value
  /// Where it stands; nil for an option of the command line.
  var place: Place?
  /// What says so, in words that can follow "by": "`--role-arn`", "the answer of `get-role`".
  var origin: String

  init(_ value: Value, by origin: String, at place: Place?) {
    self.value = value
    self.origin = origin
    self.place = place
  }

  /// The same saying about a value made of this one; nil where it cannot be made.
  func map<Other>(_ transform: (Value) -> Other?) -> Said<Other>? {
    transform(value).map { Said<Other>($0, by: origin, at: place) }
  }

  /// The value as a fact that is known.
  var stated: Fact<Value> { .stated(value, by: origin, at: place) }

  /// The value as a fact that was only suggested.
  var inferred: Fact<Value> { .inferred(value, from: origin, at: place) }
}

/// Everything that was said about one fact, from which the fact is settled.
///
/// Options win over documents; documents must agree; where nobody states the fact, it is inferred
/// if exactly one value is left of what policies and the like suggest.
struct Testimony<Value: FactValue>: Sendable {
  /// What options and settings state.
  var options: [Said<Value>] = []
  /// What documents state that describe the thing itself.
  var documents: [Said<Value>] = []
  /// What policies can only be about: for each the values it mentions.
  ///
  /// They must have one in common.
  var suggestions: [[Said<Value>]] = []
  /// What narrows the suggestions down or, without any, takes their place.
  ///
  /// A hint never contradicts: a key policy may name another role, an account may hold another trail.
  var hints: [[Said<Value>]] = []

  /// The values that are left, in the order they were first said.
  var candidates: [Said<Value>] {
    let groups = suggestions.filter { !$0.isEmpty }
    var left = groups.first ?? []
    for group in groups.dropFirst() { left = left.agreeing(with: group) }
    if !groups.isEmpty, left.isEmpty { return [] }
    for hint in hints where !hint.isEmpty {
      let narrowed = left.isEmpty ? hint : left.agreeing(with: hint)
      if !narrowed.isEmpty { left = narrowed }
    }
    var seen = Set<Value>()
    return left.filter { seen.insert($0.value).inserted }
  }

  /// Settles the fact and reports documents that disagree.
  ///
  /// - Parameters:
  ///   - noun: what the fact is, with its article: "the role".
  ///   - option: the option that would tell, such as `--role-arn`; nil where there is none.
  ///   - show: a value as people write it.
  ///   - findings: where disagreement is reported.
  /// - Returns: the fact; unknown with a reason where something was said but does not tell.
  func settled(
    _ noun: String, option: String?, show: (Value) -> String = { "\($0)" },
    findings: inout [Finding]
  ) -> Fact<Value> {
    if let winner = options.first {
      for other in options.dropFirst() + documents where other.value.contradicts(winner.value) {
        findings.append(
          .disagreement(
            on: noun, other.shown(by: show), winner.shown(by: show),
            help: "the copy is judged with what \(winner.origin) says"))
      }
      return winner.stated
    }
    let help = option.map { "say which with `\($0)`" }
    if let first = documents.first(where: \.value.isLiteral) ?? documents.first {
      let others = documents.filter { $0.value.contradicts(first.value) }
      for other in others {
        findings.append(
          .disagreement(on: noun, other.shown(by: show), first.shown(by: show), help: help))
      }
      return others.isEmpty ? first.stated : .unknown(because: "documents disagree on \(noun)")
    }
    let candidates = candidates
    if let only = candidates.first, candidates.count == 1 { return only.inferred }
    if candidates.count > 1 {
      return .unknown(because: "documents name \(candidates.count), and nothing says which")
    }
    if let (one, other) = contradiction {
      findings.append(
        .disagreement(on: noun, other.shown(by: show), one.shown(by: show), help: help))
      return .unknown(because: "documents disagree on \(noun)")
    }
    return .unknown
  }

  /// Two policies that can each be about one value only, and not the same.
  private var contradiction: (Said<Value>, Said<Value>)? {
    let only = suggestions.compactMap { group -> Said<Value>? in
      guard let first = group.first, group.allSatisfy({ !$0.value.contradicts(first.value) })
      else {
        return nil
      }
      return first
    }
    guard let first = only.first,
      let other = only.first(where: { $0.value.contradicts(first.value) })
    else { return nil }
    return (first, other)
  }
}

extension [Said<String>] {
  /// The sayings whose value may be one of these names.
  func naming(_ name: String) -> [Said<String>] { filter { $0.value.mayEqual(name) } }
}

extension Array {
  /// The sayings that others agree with, in the more literal words of both.
  fileprivate func agreeing<Value: FactValue>(with others: [Said<Value>]) -> [Said<Value>]
  where Element == Said<Value> {
    compactMap { said in
      if said.value.isLiteral {
        return others.contains { $0.value.mayEqual(said.value) } ? said : nil
      }
      if let same = others.first(where: { $0.value == said.value }) { return same }
      return others.first { $0.value.isLiteral && $0.value.mayEqual(said.value) }
    }
  }
}

extension Said {
  /// The same saying with the value as people write it.
  fileprivate func shown(by show: (Value) -> String) -> Said<String> {
    Said<String>(show(value).withReadableReferences, by: origin, at: place)
  }
}

extension Finding {
  /// Two places that name different values of one fact.
  static func disagreement(
    on noun: String, _ one: Said<String>, _ other: Said<String>, help: String?
  ) -> Finding {
    Finding(
      "documents-disagree", .error,
      "\(noun) is `\(one.value)` by \(one.origin) but `\(other.value)` by \(other.origin)",
      at: one.place ?? other.place,
      related: other.place.map { [Note("`\(other.value)` stands here", at: $0)] } ?? [],
      help: help)
  }
}
