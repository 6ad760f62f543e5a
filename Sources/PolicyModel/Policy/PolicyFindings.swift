extension RuleID {
  static let policyGrammar: RuleID = "policy-grammar"
  static let policyVersion: RuleID = "policy-version"
  static let unknownConditionOperator: RuleID = "unknown-condition-operator"
  static let malformedARN: RuleID = "malformed-arn"
  static let malformedConditionValue: RuleID = "malformed-condition-value"
}

/// What a finding says, apart from which rule found it and how bad it is.
struct PolicyProblem {
  var message: String
  var place: Place
  var related: [Note] = []
  var help: String?
  var remedies: [Remedy] = []

  init(
    _ message: String, at place: Place, related: [Note] = [], help: String? = nil,
    remedies: [Remedy] = []
  ) {
    self.message = message
    self.place = place
    self.related = related
    self.help = help
    self.remedies = remedies
  }
}

/// Gathers what is wrong with one policy.
struct PolicyFindings {
  private(set) var list: [Finding] = []
  /// How many findings of severity error there are, those beyond the limit included.
  private(set) var errorCount = 0
  private var omitted = 0

  /// Adds an error in the grammar.
  mutating func report(_ problem: @autoclosure () -> PolicyProblem) {
    report(.error, .policyGrammar, problem())
  }

  /// Adds a finding.
  mutating func report(
    _ severity: Severity, _ rule: RuleID, _ problem: @autoclosure () -> PolicyProblem
  ) {
    if severity == .error { errorCount += 1 }
    guard list.count < Limits.policyFindings else {
      omitted += 1
      return
    }
    let problem = problem()
    var finding = Finding(
      rule, severity, problem.message, at: problem.place, related: problem.related,
      help: problem.help)
    finding.remedies = problem.remedies
    list.append(finding)
  }

  /// All findings, with one more that says how many were left out.
  func complete(for policy: Node) -> [Finding] {
    guard omitted > 0 else { return list }
    let rest = Finding(
      .policyGrammar, errorCount > 0 ? .error : .warning,
      "\(omitted) findings beyond the first \(Limits.policyFindings) of this policy are not shown",
      at: policy.headPlace,
      help: "mend the ones that are shown first")
    return list + [rest]
  }
}

extension Node {
  /// The place for a finding about something an object lacks: its first key, or all of it where it
  /// has none.
  package var headPlace: Place {
    var place = place
    for member in members {
      place.range = member.key.range
      break
    }
    return place
  }
}

extension Node.Kind {
  /// What a value is, with its article, as messages say it.
  var noun: String {
    switch self {
    case .null: "null"
    case .boolean: "a Boolean"
    case .number: "a number"
    case .string: "a string"
    case .reference: "a reference"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension PolicyKind {
  /// The kind with its article, as messages say it.
  package var noun: String {
    switch self {
    case .identity: "an identity policy"
    case .trust: "a trust policy"
    case .bucket: "a bucket policy"
    case .key: "a key policy"
    case .boundary: "a permissions boundary"
    case .session: "a session policy"
    case .serviceControl: "a service control policy"
    case .resourceControl: "a resource control policy"
    case .resource: "a resource policy"
    }
  }
}
