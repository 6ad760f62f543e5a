import PolicyModel

extension CompiledCondition {
  /// Whether the condition holds for a request.
  ///
  /// IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for
  /// multi-valued context keys": a missing key makes a positive operator false, a negated one and
  /// `…IfExists` true; `ForAllValues` is true for it and `ForAnyValue` false.
  func holds(
    in context: RequestContext, repairs: Repairs, statement: CompiledStatement.ID, position: Int
  ) -> Bounds {
    guard let comparison else { return .perhaps }
    if repairs.contains(statement, .condition(position, holds: true)) { return .yes }
    if repairs.contains(statement, .condition(position, holds: false)) { return .no }
    let value = context[folded: key]
    if comparison.base == .null { return presence(value, comparison) }
    let present =
      value.presence == .absent
      ? Bounds.no : comparing(value, comparison, context, repairs, statement, position)
    switch value.presence {
    case .present: return present
    case .absent: return Self.withoutKey(comparison)
    case .unknown:
      let absent = Self.withoutKey(comparison)
      return Bounds(must: present.must && absent.must, may: present.may || absent.may)
    }
  }

  private func presence(_ value: ContextValue, _ comparison: ConditionOperator) -> Bounds {
    if comparison.quantifier != nil { return .perhaps }
    func holds(whereAbsent isAbsent: Bounds) -> Bounds {
      operands.reduce(Bounds.no) { result, operand in
        switch operand {
        case .boolean(let wantsAbsent): result || (wantsAbsent ? isAbsent : !isAbsent)
        case .pattern, .number, .date, .network, .bytes, .unreadable: result || .perhaps
        }
      }
    }
    // Whether an empty value counts as present is described in two ways.
    let empty = value.isEmpty
    let present = (!empty && holds(whereAbsent: .no)) || (empty && .perhaps)
    switch value.presence {
    case .present: return present
    case .absent: return holds(whereAbsent: .yes)
    case .unknown:
      let absent = holds(whereAbsent: .yes)
      return Bounds(must: present.must && absent.must, may: present.may || absent.may)
    }
  }

  private static func withoutKey(_ comparison: ConditionOperator) -> Bounds {
    switch comparison.quantifier {
    case .forAllValues: .yes
    // `…IfExists` says true and `ForAnyValue` says false: the documentation contradicts itself.
    case .forAnyValue: comparison.ifExists ? .perhaps : .no
    case nil: Bounds(comparison.ifExists || comparison.base.isNegated)
    }
  }

  private func comparing(
    _ value: ContextValue, _ comparison: ConditionOperator, _ context: RequestContext,
    _ repairs: Repairs, _ statement: CompiledStatement.ID, _ position: Int
  ) -> Bounds {
    func test(_ subject: Subject) -> Bounds {
      var matched = Bounds.no
      for (index, operand) in operands.enumerated() {
        if repairs.contains(statement, .conditionValue(condition: position, value: index)) {
          matched = .yes
        } else {
          matched.formUnion(subject.matches(operand, comparison.base, context))
        }
      }
      if case .someText = subject, !matched.must.isTrue, matchesEveryText(context) {
        matched = .yes
      }
      return comparison.base.isNegated ? !matched : matched
    }
    // Without values nothing is compared; of several, no text says what happens without a set
    // operator.
    if operands.isEmpty || value.isMultivalued && comparison.quantifier == nil { return .perhaps }
    /// What one value says, which by itself is the whole set: "a null dataset, such as an empty
    /// string" satisfies `ForAllValues` and no `ForAnyValue` (IAM User Guide, "Single-valued vs.
    /// multivalued context keys").
    func alone(_ subject: Subject) -> Bounds {
      switch comparison.quantifier {
      case .forAllValues: test(subject) || subject.isEmpty
      case .forAnyValue: test(subject) && !subject.isEmpty
      case nil: test(subject)
      }
    }
    switch value.values {
    case .exactly(let texts):
      if texts.count == 1, let only = texts.first { return alone(.text(only)) }
      switch comparison.quantifier {
      case .forAllValues: return texts.reduce(.yes) { $0 && test(.text($1)) }
      case .forAnyValue: return texts.reduce(.no) { $0 || test(.text($1)) }
      case nil: return .perhaps
      }
    case .oneOf(let texts):
      guard let first = texts.first else { return .perhaps }
      return texts.dropFirst().reduce(alone(.text(first))) { result, text in
        let other = alone(.text(text))
        return Bounds(must: result.must && other.must, may: result.may || other.may)
      }
    case .moment(let from, let to): return test(.moment(from: from, to: to))
    case .anything:
      let noText = Subject.text(RequestText(head: []))
      if value.isMultivalued {
        // No value at all is possible too, and an empty one among others is compared like them.
        let (empty, other) = (test(noText), test(.someText))
        return comparison.quantifier == .forAllValues
          ? Bounds(must: empty.must && other.must, may: .constant(true))
          : Bounds(must: .constant(false), may: empty.may || other.may)
      }
      let (empty, other) = (alone(noText), alone(.someText))
      return Bounds(must: empty.must && other.must, may: empty.may || other.may)
    }
  }

  /// Whether the values together match every text that is not empty.
  ///
  /// No list of patterns has all characters, so that those without any must do it: one of them from
  /// some length on, and one for each length before.
  private func matchesEveryText(_ context: RequestContext) -> Bool {
    var lengths: Set<Int> = []
    var everythingFrom = Int.max
    for case .pattern(let template) in operands where !template.comparesARNs {
      guard let wildcards = template.pattern(in: context)?.wildcards else { continue }
      if wildcards.isOpen {
        everythingFrom = min(everythingFrom, wildcards.least)
      } else {
        lengths.insert(wildcards.least)
      }
    }
    guard everythingFrom < Int.max else { return false }
    return (1..<max(1, everythingFrom)).allSatisfy(lengths.contains)
  }
}

extension ContextValue {
  /// Whether the key holds nothing but an empty value, where it is present.
  fileprivate var isEmpty: Bounds {
    switch values {
    case .exactly(let texts):
      if texts.isEmpty { return .yes }
      return texts.count == 1 ? texts[0].isEmpty : .no
    case .oneOf(let texts):
      let each = texts.map(\.isEmpty)
      return Bounds(
        must: each.reduce(.constant(true)) { $0 && $1.must },
        may: each.reduce(.constant(false)) { $0 || $1.may })
    // A key of which nothing but its presence is known is taken to have a value.
    case .moment, .anything: return .no
    }
  }
}

extension RequestText {
  fileprivate var isEmpty: Bounds { .match(Pattern([]), self) }

  /// Whether it is surely no ARN of six parts.
  fileprivate var hasTooFewParts: Bool {
    guard !isFree, !holdsUnknown else { return false }
    return head.count { $0 == .colon } < 5
  }
}

/// One value of a request's key, as far as it is known.
private enum Subject {
  case text(RequestText)
  case moment(from: Timestamp, to: Timestamp)
  /// Any text that is not empty.
  case someText

  var isEmpty: Bounds {
    switch self {
    case .text(let text): text.isEmpty
    case .moment, .someText: .no
    }
  }

  func matches(
    _ operand: CompiledCondition.Operand, _ base: ConditionOperator.Base, _ context: RequestContext
  ) -> Bounds {
    switch operand {
    case .pattern(let template): matches(template, context)
    case .unreadable: .perhaps
    case .number(let number): matches(number, base)
    case .date(let date): matches(date, base)
    case .boolean(let wanted): literal { PolicyBoolean($0).map { $0.isTrue == wanted } }
    case .network(let network, let perhaps): matches(network, perhaps: perhaps)
    case .bytes(let bytes): literal { decodeBase64($0).map { $0 == bytes } }
    }
  }

  /// A comparison of literal text; what becomes of text the operator cannot read is not described.
  private func literal(_ compare: (String) -> Bool?) -> Bounds {
    guard case .text(let text) = self, let literal = text.literal else { return .perhaps }
    return compare(literal).map { Bounds($0) } ?? .perhaps
  }

  private func matches(_ network: IPNetwork, perhaps: IPNetwork) -> Bounds {
    let surely = literal { IPNetwork($0).map { network.contains($0) } }
    guard surely == .no, perhaps != network else { return surely }
    return literal { IPNetwork($0).map { perhaps.contains($0) } } == .no ? .no : .perhaps
  }

  private func matches(_ template: PatternTemplate, _ context: RequestContext) -> Bounds {
    if case .text(let text) = self, !template.comparesARNs,
      let matches = template.point?.matches(text)
    {
      return Bounds(matches)
    }
    guard let pattern = template.pattern(in: context) else { return .no }
    switch self {
    case .text(let text):
      if template.hasTooFewParts || template.comparesARNs && text.hasTooFewParts {
        return .perhaps
      }
      return .match(pattern, text)
    case .someText:
      if pattern.elements.isEmpty { return .no }
      return pattern.matchesEverything ? .yes : .perhaps
    case .moment: return pattern.matchesEverything ? .yes : .perhaps
    }
  }

  private func matches(_ number: PolicyNumber, _ base: ConditionOperator.Base) -> Bounds {
    if case .moment(let from, let to) = self {
      // aws:EpochTime
      guard let first = PolicyNumber(String(from.seconds)),
        let last = PolicyNumber(String(to.seconds))
      else { return .perhaps }
      return Self.interval(from: first, to: last, base, number)
    }
    return literal { PolicyNumber($0).map { Self.compare($0, base, number) } }
  }

  private func matches(_ date: PolicyDate, _ base: ConditionOperator.Base) -> Bounds {
    if case .moment(let from, let to) = self {
      return Self.interval(
        from: PolicyDate(seconds: from.seconds), to: PolicyDate(seconds: to.seconds), base, date)
    }
    return literal { PolicyDate($0).map { Self.compare($0, base, date) } }
  }

  /// The positive comparison; a negated operator is turned round by the caller.
  private static func compare<Value: Comparable>(
    _ left: Value, _ base: ConditionOperator.Base, _ right: Value
  ) -> Bool {
    switch base {
    case .numericLessThan, .dateLessThan: left < right
    case .numericLessThanEquals, .dateLessThanEquals: left <= right
    case .numericGreaterThan, .dateGreaterThan: left > right
    case .numericGreaterThanEquals, .dateGreaterThanEquals: left >= right
    case .numericEquals, .numericNotEquals, .dateEquals, .dateNotEquals: left == right
    case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase,
      .stringLike, .stringNotLike, .bool, .binaryEquals, .ipAddress, .notIPAddress, .arnEquals,
      .arnLike, .arnNotEquals, .arnNotLike, .null:
      false
    }
  }

  private static func interval<Value: Comparable>(
    from: Value, to: Value, _ base: ConditionOperator.Base, _ right: Value
  ) -> Bounds {
    let first = compare(from, base, right)
    let last = compare(to, base, right)
    switch base {
    case .numericEquals, .numericNotEquals, .dateEquals, .dateNotEquals:
      if from == to { return Bounds(first) }
      return from <= right && right <= to ? .perhaps : .no
    default:
      return first == last ? Bounds(first) : .perhaps
    }
  }
}
