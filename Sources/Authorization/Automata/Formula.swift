import PolicyModel

/// Whether a text with a free string matches a pattern.
package struct Atom: Hashable, Sendable {
  let reader: PatternReader
  let text: RequestText
}

/// A boolean combination of atoms about the free string of a family.
package enum Formula: Hashable, Sendable {
  case constant(Bool)
  indirect case atom(Atom)
  indirect case not(Formula)
  case all([Formula])
  case any([Formula])

  /// Whether it holds for every text.
  @inline(__always)
  package var isTrue: Bool { if case .constant(true) = self { true } else { false } }

  /// Whether it holds for no text.
  @inline(__always)
  package var isFalse: Bool { if case .constant(false) = self { true } else { false } }

  package static func && (left: Formula, right: @autoclosure () -> Formula) -> Formula {
    switch left {
    case .constant(false): return left
    case .constant(true): return right()
    case .atom, .not, .all, .any:
      switch right() {
      case .constant(false): return .constant(false)
      case .constant(true): return left
      case .all(let more):
        if case .all(let parts) = left { return .all(parts + more) }
        return .all([left] + more)
      case let other:
        if case .all(let parts) = left { return .all(parts + [other]) }
        return .all([left, other])
      }
    }
  }

  package static func || (left: Formula, right: @autoclosure () -> Formula) -> Formula {
    switch left {
    case .constant(true): return left
    case .constant(false): return right()
    case .atom, .not, .all, .any:
      switch right() {
      case .constant(true): return .constant(true)
      case .constant(false): return left
      case .any(let more):
        if case .any(let parts) = left { return .any(parts + more) }
        return .any([left] + more)
      case let other:
        if case .any(let parts) = left { return .any(parts + [other]) }
        return .any([left, other])
      }
    }
  }

  /// Adds an alternative where it is: of a hundred thousand, the last takes as long as the first.
  package mutating func formUnion(_ other: Formula) {
    guard case .any(var parts) = self, !other.isTrue, !other.isFalse else {
      self = self || other
      return
    }
    // The list must not be held twice while it grows.
    self = .constant(false)
    if case .any(let more) = other { parts += more } else { parts.append(other) }
    self = .any(parts)
  }

  package static prefix func ! (formula: Formula) -> Formula {
    switch formula {
    case .constant(let value): .constant(!value)
    case .not(let inner): inner
    case .atom, .all, .any: .not(formula)
    }
  }
}

extension Formula {
  /// The formula with what its own parts say put into its other parts: `a and not a` is false, `(a
  /// or b) and not a` is `b and not a`.
  ///
  /// What a policy grants is mostly just what is expected, which is proven thereby without a search.
  package var propagated: Formula {
    switch self {
    case .constant, .atom, .not: return self
    case .any(let parts):
      guard parts.count <= Limits.comparedAlternatives else { return self }
      return parts.reduce(.constant(false)) { $0 || $1.propagated }
    case .all(var parts):
      guard parts.count <= Limits.comparedAlternatives else { return self }
      var known: [(atom: Atom, value: Bool)] = []
      while let next = parts.firstIndex(where: { part in
        part.literal.map { literal in !known.contains { $0.atom == literal.atom } } ?? false
      }), let literal = parts[next].literal {
        known.append(literal)
        for index in parts.indices where index != next {
          parts[index] = parts[index].assuming(literal.atom, is: literal.value)
          if parts[index].isFalse { return .constant(false) }
        }
      }
      return parts.reduce(.constant(true)) { $0 && $1 }
    }
  }

  /// An atom and whether it holds; nil for every other formula.
  private var literal: (atom: Atom, value: Bool)? {
    switch self {
    case .atom(let atom): return (atom, true)
    case .not(.atom(let atom)): return (atom, false)
    case .constant, .not, .all, .any: return nil
    }
  }

  private func assuming(_ known: Atom, is value: Bool) -> Formula {
    switch self {
    case .constant: return self
    case .atom(let atom): return atom == known ? .constant(value) : self
    case .not(let inner): return !inner.assuming(known, is: value)
    case .all(let parts):
      guard parts.count <= Limits.comparedAlternatives else { return self }
      return parts.reduce(.constant(true)) { $0 && $1.assuming(known, is: value) }
    case .any(let parts):
      guard parts.count <= Limits.comparedAlternatives else { return self }
      return parts.reduce(.constant(false)) { $0 || $1.assuming(known, is: value) }
    }
  }
}

/// What is certain and what is possible of one statement about a request.
package struct Bounds: Hashable, Sendable {
  /// Holds whatever the unknowns are.
  package var must: Formula
  /// Holds for some values of the unknowns.
  package var may: Formula

  package init(must: Formula, may: Formula) {
    self.must = must
    self.may = may
  }

  package init(_ value: Bool) { self.init(must: .constant(value), may: .constant(value)) }

  package static var yes: Bounds { Bounds(true) }
  package static var no: Bounds { Bounds(false) }
  package static var perhaps: Bounds { Bounds(must: .constant(false), may: .constant(true)) }

  package static func && (left: Bounds, right: @autoclosure () -> Bounds) -> Bounds {
    if left.may.isFalse { return .no }
    let right = right()
    return Bounds(must: left.must && right.must, may: left.may && right.may)
  }

  package static func || (left: Bounds, right: @autoclosure () -> Bounds) -> Bounds {
    if left.must.isTrue { return .yes }
    let right = right()
    return Bounds(must: left.must || right.must, may: left.may || right.may)
  }

  /// Adds an alternative where it is.
  package mutating func formUnion(_ other: Bounds) {
    if must.isTrue {
      self = .yes
      return
    }
    must.formUnion(other.must)
    may.formUnion(other.may)
  }

  package static prefix func ! (bounds: Bounds) -> Bounds {
    Bounds(must: !bounds.may, may: !bounds.must)
  }

  /// The answer where no free string is left in it.
  package var certainty: Certainty? {
    switch (must, may) {
    case (.constant(true), _): .yes
    case (_, .constant(false)): .no
    case (.constant(false), .constant(true)): .perhaps
    default: nil
    }
  }
}

/// A yes or no that may be unknown.
package enum Certainty: Hashable, Sendable {
  case no
  case perhaps
  case yes

  package var bounds: Bounds {
    switch self {
    case .no: .no
    case .perhaps: .perhaps
    case .yes: .yes
    }
  }

  package static func && (left: Certainty, right: @autoclosure () -> Certainty) -> Certainty {
    switch left {
    case .no: .no
    case .yes: right()
    case .perhaps: right() == .no ? .no : .perhaps
    }
  }

  package static func || (left: Certainty, right: @autoclosure () -> Certainty) -> Certainty {
    switch left {
    case .yes: .yes
    case .no: right()
    case .perhaps: right() == .yes ? .yes : .perhaps
    }
  }
}

extension Bounds {
  /// Whether a text of the request matches a pattern of a policy.
  package static func match(_ pattern: Pattern, _ text: RequestText) -> Bounds {
    if let matches = pattern.point?.matches(text) { return Bounds(matches) }
    if pattern.matchesEverything { return .yes }
    let hasUnknown = pattern.holdsUnknown || text.holdsUnknown
    if pattern.holdsUnfoldable || pattern.ignoresCase && !text.isASCII {
      // Folding case beyond ASCII is not documented: what matches exactly does, the rest might.
      let exact = Bounds.formula(PatternReader(pattern, bound: .must), text)
      return Bounds(must: exact, may: .constant(true))
    }
    let must = formula(PatternReader(pattern, bound: .must), text)
    return Bounds(
      must: must, may: hasUnknown ? formula(PatternReader(pattern, bound: .may), text) : must)
  }

  private static func formula(_ reader: PatternReader, _ text: RequestText) -> Formula {
    let set = reader.reading(text.head)
    guard text.isFree else { return .constant(reader.accepts(set)) }
    if set.isEmpty { return .constant(false) }
    if reader.acceptsEverything(set) { return .constant(true) }
    // What was read of the pattern already is left out, so that a search walks less, and what means
    // the same looks the same.
    guard let rest = reader.rest(at: set) else { return .atom(Atom(reader: reader, text: text)) }
    return .atom(
      Atom(reader: rest, text: RequestText(head: [], isFree: true, tail: text.tail)))
  }
}
