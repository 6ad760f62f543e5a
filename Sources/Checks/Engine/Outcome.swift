package import PolicyModel

/// What a check says of one subject.
package struct Outcome: Sendable {
  /// What it was decided for.
  package var subject: String
  package var status: Requirement.Status
  /// Why, in one clause.
  package var reason: String
  /// Options and AWS CLI commands that would tell.
  package var needs: [String] = []
  /// Condition keys that an open answer hangs on.
  package var dependsOn: [String] = []
  package var counterexample: Requirement.Counterexample?
  /// What decides the counterexample of an access requirement.
  package var evidence: Refutation.Evidence?
  /// The finding, without rule and severity; nil where the status has none or a cause owns it.
  package var finding: Draft?
  /// The mistakes that explain a violation, each with the finding that it owns.
  package var causes: [Cause] = []
  /// What the answer takes for granted beside what every answer does.
  package var assumptions: [String] = []
  /// What was decided, step by step.
  package var trace: [String] = []
  /// The severity where it is not the rule's first one.
  package var isLesser = false

  package init(subject: String, status: Requirement.Status, reason: String) {
    self.subject = subject
    self.status = status
    self.reason = reason
  }

  /// A finding before its rule and severity are known.
  package struct Draft: Sendable, Hashable {
    package var message: String
    package var place: Place?
    package var label: String?
    package var related: [Note] = []
    package var help: String?
    package var remedies: [Remedy] = []

    package init(
      _ message: String, at place: Place?, label: String? = nil, related: [Note] = [],
      help: String? = nil, remedies: [Remedy] = []
    ) {
      self.message = message
      self.place = place
      self.label = label
      self.related = related
      self.help = help
      self.remedies = remedies
    }
  }

  /// A mistake that explains a violation.
  package struct Cause: Sendable, Hashable {
    package var rule: RuleID
    package var draft: Draft

    package init(_ rule: RuleID, _ draft: Draft) {
      self.rule = rule
      self.draft = draft
    }
  }

  package static func proven(_ subject: String, _ reason: String) -> Outcome {
    Outcome(subject: subject, status: .proven, reason: reason)
  }

  package static func violated(_ subject: String, _ reason: String, _ finding: Draft) -> Outcome {
    var outcome = Outcome(subject: subject, status: .violated, reason: reason)
    outcome.finding = finding
    return outcome
  }

  package static func open(_ subject: String, _ reason: String, _ finding: Draft) -> Outcome {
    var outcome = Outcome(subject: subject, status: .open, reason: reason)
    outcome.finding = finding
    return outcome
  }

  package static func notChecked(_ subject: String, _ reason: String, needs: [String]) -> Outcome {
    var outcome = Outcome(subject: subject, status: .notChecked, reason: reason)
    outcome.needs = needs
    return outcome
  }

  package static func notApplicable(_ subject: String, _ reason: String) -> Outcome {
    Outcome(subject: subject, status: .notApplicable, reason: reason)
  }
}

/// A check: how rules that use it are decided.
package protocol Check: Sendable {
  /// The name rules call it by.
  static var name: CheckName { get }

  /// Decides a rule for a copy, once for each subject.
  static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome]
}
