public import Evidence
public import PolicyModel

/// What is said of all copies of one run; reporters turn it into bytes and add nothing.
public struct Report: Sendable {
  /// The program's version.
  public var version: String
  /// The moment the copies were judged at.
  public var asOf: Timestamp
  /// The copies in the order of the configuration.
  public var copies: [CopyReport]
  /// All findings, sorted by path, offset and rule.
  public var findings: [Finding]
  /// How many documents were read.
  public var documentCount: Int
  /// Whether an unproven copy fails the run.
  public var isStrict: Bool
  /// What a baseline of this run holds, where one was asked for.
  package var newBaseline: [Baseline.Entry] = []

  package init(
    version: String, asOf: Timestamp, copies: [CopyReport], findings: [Finding],
    documentCount: Int, isStrict: Bool
  ) {
    self.version = version
    self.asOf = asOf
    self.copies = copies
    self.findings = findings
    self.documentCount = documentCount
    self.isStrict = isStrict
  }

  /// The worst verdict of all copies; nil without a copy.
  public var verdict: Verdict? { copies.map(\.verdict).max() }
}

/// The answer for one copy, or all, best first.
public enum Verdict: String, Sendable, Hashable, Comparable {
  /// Every requirement of severity error is proven or not applicable.
  case ready
  /// None is violated, but something is not known.
  case unproven
  /// A requirement is violated.
  case blocked

  private var rank: Int {
    switch self {
    case .ready: 0
    case .unproven: 1
    case .blocked: 2
    }
  }

  /// Orders verdicts by how bad they are.
  public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }
}

/// What is said of one copy.
public struct CopyReport: Sendable {
  /// One fact as every output shows it.
  public struct FactRow: Sendable, Hashable {
    /// The name of the option that would state it, such as `role-arn`.
    public var name: String
    /// The value as text; nil where it is unknown.
    public var value: String?
    /// `stated`, `inferred` or `unknown`.
    public var status: FactStatus
    /// Where it was said.
    public var place: Place?
    /// In words, where the value comes from.
    public var origin: String

    package init(
      name: String, value: String?, status: FactStatus, place: Place?, origin: String
    ) {
      self.name = name
      self.value = value
      self.status = status
      self.place = place
      self.origin = origin
    }
  }

  /// The copy's name.
  public var name: String
  /// The answer.
  public var verdict: Verdict
  /// What was taken for granted, a clause each.
  public var assumptions: [String]
  /// Every fact, in a fixed order.
  public var facts: [FactRow]
  /// The requirements in a fixed order, one row a subject.
  public var requirements: [Requirement]
  /// The violated access requirements, in the order of their rows.
  package var refutations: [Refutation]

  package init(
    name: String, verdict: Verdict, assumptions: [String], facts: [FactRow],
    requirements: [Requirement], refutations: [Refutation] = []
  ) {
    self.name = name
    self.verdict = verdict
    self.assumptions = assumptions
    self.facts = facts
    self.requirements = requirements
    self.refutations = refutations
  }
}

/// One requirement of one copy, decided for one subject.
public struct Requirement: Sendable, Hashable {
  /// What is known of a requirement.
  public enum Status: String, Sendable, Hashable {
    case proven
    case violated
    /// It depends on something the documents leave open.
    case open
    /// Something was not given that would tell.
    case notChecked = "not-checked"
    case notApplicable = "not-applicable"
  }

  /// A request that is denied although the copy needs it.
  public struct Counterexample: Sendable, Hashable {
    /// Who asks: an ARN or a service name.
    public var principal: String
    /// What for, such as `s3:GetObject`.
    public var action: String
    /// On which ARN.
    public var resource: String
    /// The context keys that policies look at, sorted by name.
    public var context: [(key: String, value: String)]

    package init(
      principal: String, action: String, resource: String, context: [(key: String, value: String)]
    ) {
      self.principal = principal
      self.action = action
      self.resource = resource
      self.context = context
    }

    /// Whether all parts are equal.
    public static func == (left: Self, right: Self) -> Bool {
      left.principal == right.principal && left.action == right.action
        && left.resource == right.resource
        && left.context.elementsEqual(right.context, by: ==)
    }

    /// Hashes all parts.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(principal)
      hasher.combine(action)
      hasher.combine(resource)
      for (key, value) in context {
        hasher.combine(key)
        hasher.combine(value)
      }
    }
  }

  /// The rule that states the requirement.
  public var rule: RuleID
  /// The rule's one-line summary: "the role can list the source bucket".
  public var summary: String
  /// What it was decided for: an ARN, a name.
  public var subject: String
  /// The rule's severity.
  public var severity: Severity
  /// What is known.
  public var status: Status
  /// Why, in one sentence without a full stop.
  public var reason: String
  /// The rules that explain a violation and own its finding.
  public var causes: [RuleID]
  /// The options that would tell.
  public var needs: [String]
  /// The context keys an open answer hangs on.
  public var dependsOn: [String]
  /// Why a violation does not count; nil where it does.
  public var suppression: Suppression?
  /// A request that is denied, where one refutes the requirement.
  public var counterexample: Counterexample?
  /// What was decided step by step, for `-v`; empty where nothing was.
  public var trace: [String]

  package init(
    rule: RuleID, summary: String, subject: String, severity: Severity, status: Status,
    reason: String, causes: [RuleID] = [], needs: [String] = [], dependsOn: [String] = [],
    suppression: Suppression? = nil, counterexample: Counterexample? = nil, trace: [String] = []
  ) {
    self.rule = rule
    self.summary = summary
    self.subject = subject
    self.severity = severity
    self.status = status
    self.reason = reason
    self.causes = causes
    self.needs = needs
    self.dependsOn = dependsOn
    self.suppression = suppression
    self.counterexample = counterexample
    self.trace = trace
  }
}
