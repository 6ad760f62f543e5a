import Evidence
import PolicyModel

/// Whether a fact of the copy has one of the values that a rule lets it have.
package struct FactCheck: Check {
  package static let name = CheckName.fact

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    guard let fact = rule.parameters["fact"]?.text.flatMap(NamedFact.init(rawValue:)),
      let comparison = Comparison(rule.parameters)
    else { return [] }
    if let absence = fact.absence(in: copy.plan) { return [.notApplicable(fact.noun, absence)] }
    let subjects = fact.subjects(in: copy.plan)
    guard !subjects.isEmpty else { return [unknown(fact, fact.noun, .unknown)] }
    return subjects.map { subject in
      let outcomes = subject.values.map { value in
        outcome(fact, subject.name, value, comparison, rule, copy.plan)
      }
      // Of several values the first that is not as it should be decides.
      return outcomes.first { $0.status == .violated } ?? outcomes.first { $0.status != .proven }
        ?? outcomes.first ?? unknown(fact, subject.name, .unknown)
    }
  }

  private static func outcome(
    _ fact: NamedFact, _ subject: String, _ value: Fact<String>, _ comparison: Comparison,
    _ rule: Rule, _ plan: CopyPlan
  ) -> Outcome {
    guard let text = value.value else { return unknown(fact, subject, value) }
    var other: Fact<String>?
    if case .sameAs(let otherFact) = comparison {
      if let absence = otherFact.absence(in: plan) { return .notApplicable(subject, absence) }
      let candidates = otherFact.subjects(in: plan).flatMap(\.values)
      // With several keys, the one that is the same if there is one.
      other = candidates.first { $0.value == text } ?? candidates.first
      guard other?.value != nil else { return unknown(otherFact, subject, other ?? .unknown) }
    }
    let shown = quoted(text.withReadableReferences)
    switch comparison.holds(text, other: other?.value) {
    case true?: return Outcome(subject: subject, status: .proven, reason: "it is \(shown)")
    case nil:
      return .notChecked(
        subject, "it is \(shown), which the template leaves open",
        needs: ["--account", "--region", "--parameter"])
    case false?: return violated(fact, subject, value, comparison, other, rule)
    }
  }

  private static func violated(
    _ fact: NamedFact, _ subject: String, _ value: Fact<String>, _ comparison: Comparison,
    _ other: Fact<String>?, _ rule: Rule
  ) -> Outcome {
    let shown = quoted((value.value ?? "").withReadableReferences)
    let objection = comparison.objection(other: other?.value)
    var outcome = Outcome(
      subject: subject, status: .violated, reason: "it is \(shown), \(objection)")
    var draft = Outcome.Draft(
      "\(fact.noun) is \(shown), \(objection)", at: value.place,
      help: "the rule asks that \(rule.summary)")
    if case .sameAs(let name) = comparison, let place = other?.place, place != draft.place {
      draft.related = [Note("\(name.noun) is stated here", at: place)]
    }
    outcome.finding = draft
    return outcome
  }

  private static func unknown(
    _ fact: NamedFact, _ subject: String, _ value: Fact<String>
  ) -> Outcome {
    let reason = value.origin.isEmpty ? "\(fact.noun) is not known" : value.origin
    return .notChecked(subject, reason, needs: fact.needs)
  }
}

// MARK: - Comparing

/// What a fact is compared with.
private enum Comparison {
  case oneOf([String])
  case noneOf([String])
  case matches(String)
  case atLeast(Int)
  case atMost(Int)
  case sameAs(NamedFact)

  /// Reads the one comparison of a rule; nil where it has none, which reading its file rules out.
  init?(_ parameters: Rule.Parameters) {
    if let values = parameters["one-of"]?.values {
      self = .oneOf(values)
    } else if let values = parameters["none-of"]?.values {
      self = .noneOf(values)
    } else if let pattern = parameters["matches"]?.text {
      self = .matches(pattern)
    } else if let number = parameters["at-least"]?.text.flatMap({ Int($0) }) {
      self = .atLeast(number)
    } else if let number = parameters["at-most"]?.text.flatMap({ Int($0) }) {
      self = .atMost(number)
    } else if let fact = parameters["same-as"]?.text.flatMap(NamedFact.init(rawValue:)) {
      self = .sameAs(fact)
    } else {
      return nil
    }
  }

  /// Whether a value is as wanted; nil where it holds references of a template that decide it.
  func holds(_ value: String, other: String?) -> Bool? {
    switch self {
    case .oneOf(let values): values.contains(value) ? true : value.holdsReference ? nil : false
    case .noneOf(let values): value.holdsReference ? nil : !values.contains(value)
    case .matches(let pattern):
      value.holdsReference ? (pattern == "*" ? true : nil) : Wildcard.matches(value, pattern)
    case .atLeast(let number): Int(value).map { $0 >= number }
    case .atMost(let number): Int(value).map { $0 <= number }
    case .sameAs:
      value == other
        ? true : value.holdsReference || other?.holdsReference == true ? nil : false
    }
  }

  /// What is wrong with a value that is not as wanted, in a clause.
  func objection(other: String?) -> String {
    switch self {
    case .oneOf(let values): "not \(Self.list(values))"
    case .noneOf: "which is ruled out"
    case .matches(let pattern): "which does not match \(quoted(pattern))"
    case .atLeast(let number): "less than \(number)"
    case .atMost(let number): "more than \(number)"
    case .sameAs(let fact):
      "but \(fact.noun) is \(quoted((other ?? "").withReadableReferences))"
    }
  }

  private static func list(_ values: [String]) -> String {
    let quotations = values.map { quoted($0) }
    guard let last = quotations.last, quotations.count > 1 else { return quotations.joined() }
    return "\(quotations.dropLast().joined(separator: ", ")) or \(last)"
  }
}
