extension Policy {
  /// Reads a policy of any quality: what cannot be read is left out and found fault with.
  ///
  /// The grammar is that of the IAM User Guide, "Grammar of the IAM JSON policy language", with
  /// the differences that policies of the kind have. Text that holds references is not judged.
  package init(reading node: Node, as kind: PolicyKind) {
    var reader = PolicyReader(kind: kind)
    self = reader.policy(node)
  }
}

/// Reads one policy; its extensions read the parts.
struct PolicyReader {
  let kind: PolicyKind
  var findings = PolicyFindings()
  /// Whether the policy is written in the language without variables.
  private var lacksVariables = false
  /// The first string with a policy variable in it, in the language without variables.
  private var firstVariable: PolicyString?
  /// Whether a template hides an element of the statement that is being read.
  var hidesElements = false
  /// The statements' names, with the place of each.
  var sids: [String: Node] = [:]

  init(kind: PolicyKind) { self.kind = kind }

  mutating func policy(_ node: Node) -> Policy {
    guard node.kind == .object else {
      if node.kind != .reference { findings.report(.noPolicy(node)) }
      return Policy(
        kind: kind, node: node, version: .v2012, statements: [],
        findings: findings.complete(for: node), isUnreadable: true)
    }
    let elements = elements(of: node, known: Self.policyElements, in: "a policy")
    let version = version(elements["Version"], of: node)
    let statements = statements(of: node, elements)
    if let id = elements["Id"] { checkID(id) }
    if let firstVariable {
      findings.report(
        .warning, .policyVersion, .variableInOldVersion(firstVariable, elements["Version"]?.value))
    }
    return Policy(
      kind: kind, node: node, version: version, statements: statements.read,
      findings: findings.complete(for: node),
      isUnreadable: statements.read.isEmpty
        && statements.hasUnreadable, mayHoldFurtherStatements: statements.hasUnreadable)
  }

  private static let policyElements = ["Version", "Id", "Statement"]
}

// MARK: - Statements

extension PolicyReader {
  /// The statements that could be read, and whether there may be others.
  private mutating func statements(
    of policy: Node, _ elements: Elements
  ) -> (read: [Statement], hasUnreadable: Bool) {
    guard let value = elements["Statement"]?.value else {
      if !elements.holdsMisspelled("Statement") { findings.report(.noStatementElement(policy)) }
      return ([], true)
    }
    // A second `Statement` hides the statements of the first.
    var hasUnreadable =
      elements.isDoubled("Statement") || elements.holdsMisspelled("Statement")
    guard value.kind == .array || value.kind == .object else {
      if value.kind != .reference {
        findings.report(.wrongType("Statement", value, wanted: "an object or a list of objects"))
      }
      return ([], true)
    }
    if value.kind == .array, value.count == 0 { findings.report(.noStatements(value)) }
    var read: [Statement] = []
    for (index, node) in value.oneOrMany.enumerated() {
      if node.kind == .object {
        read.append(statement(node, at: index))
      } else {
        if node.kind != .reference { findings.report(.noStatement(node)) }
        hasUnreadable = true
      }
    }
    return (read, hasUnreadable)
  }
}

// MARK: - Version and Id

extension PolicyReader {
  private mutating func version(_ member: Node.Member?, of policy: Node) -> Policy.Version {
    guard let value = member?.value else {
      lacksVariables = !kind.requiresNewVersion
      if kind.requiresNewVersion {
        findings.report(.warning, .policyVersion, .noVersion(policy, kind))
      }
      return .v2008
    }
    switch value.kind {
    case .array, .object:
      findings.report(.wrongType("Version", value, wanted: "a string"))
      return .v2012
    case .reference:
      return .v2012
    case .null, .boolean, .number, .string:
      break
    }
    switch value.string {
    case "2012-10-17":
      return .v2012
    case "2008-10-17":
      lacksVariables = !kind.requiresNewVersion
      if kind.requiresNewVersion {
        findings.report(.warning, .policyVersion, .oldVersion(value, kind))
      }
      return .v2008
    default:
      findings.report(.warning, .policyVersion, .unknownVersion(value))
      // The newer language is what somebody who mistypes a version means.
      return .v2012
    }
  }

  /// Remembers the first variable in the language that has none (IAM User Guide, "IAM JSON policy
  /// elements: Version": variables are treated as literal strings).
  mutating func watchVariables(in item: PolicyString) {
    guard lacksVariables, firstVariable == nil, item.text.firstVariable != nil else { return }
    firstVariable = item
  }

  /// Finds fault with an `Id` in a policy that is no resource policy.
  ///
  /// IAM User Guide, "Grammar of the IAM JSON policy language", section "Policy grammar notes". IAM
  /// is not known to refuse it, so this is a warning.
  private mutating func checkID(_ member: Node.Member) {
    switch member.value.kind {
    case .string, .reference:
      if !kind.namesPrincipals {
        findings.report(.warning, .policyGrammar, .misplacedID(member, kind))
      }
    case .null, .boolean, .number, .array, .object:
      findings.report(.wrongType("Id", member.value, wanted: "a string"))
    }
  }
}

extension PolicyKind {
  /// Whether AWS refuses such a policy in the old language.
  ///
  /// IAM answers "Policy document must be version 2012-10-17 or greater"; AWS Organizations User
  /// Guide, "SCP syntax" and "RCP syntax", section "Version element", demand the new one. Inline
  /// policies of old are still around, and no document says which kind of identity policy it is.
  fileprivate var requiresNewVersion: Bool {
    switch self {
    case .identity, .boundary, .serviceControl, .resourceControl: true
    case .trust, .bucket, .key, .session, .resource: false
    }
  }
}

// MARK: - Messages

extension PolicyProblem {
  fileprivate static func noPolicy(_ node: Node) -> Self {
    Self(
      "expected a policy, found \(node.kind.noun)", at: node.place,
      help: "a policy is an object with `Version` and `Statement`")
  }

  fileprivate static func noStatementElement(_ policy: Node) -> Self {
    Self(
      "policy has no `Statement`", at: policy.headPlace,
      help: "add `Statement` with a list of statements")
  }

  fileprivate static func noStatements(_ value: Node) -> Self {
    Self(
      "policy has no statements", at: value.place, help: "add a statement, or do without the policy"
    )
  }

  fileprivate static func noStatement(_ node: Node) -> Self {
    Self(
      "expected a statement, found \(node.kind.noun)", at: node.place,
      help: "a statement is an object with `Effect`, `Action` and so on")
  }

  fileprivate static func noVersion(_ policy: Node, _ kind: PolicyKind) -> Self {
    Self(
      "\(kind.noun) needs `Version`: without, it is written in the language of 2008",
      at: policy.headPlace, help: #"add `"Version": "2012-10-17"`"#)
  }

  fileprivate static func oldVersion(_ value: Node, _ kind: PolicyKind) -> Self {
    Self(
      "\(kind.noun) is refused in the language version `2008-10-17`", at: value.place,
      help: "write `2012-10-17`")
  }

  fileprivate static func unknownVersion(_ value: Node) -> Self {
    Self(
      "unknown language version \(quoted(value.scalarText ?? ""))", at: value.place,
      help: "write `2012-10-17`, the newest there is")
  }

  fileprivate static func variableInOldVersion(_ item: PolicyString, _ version: Node?) -> Self {
    Self(
      "\(quoted(item.text.firstVariable ?? "${")) is plain text in the language version of 2008",
      at: item.node.place,
      related: version.map { [Note("the version is given here", at: $0.place)] } ?? [],
      help: #"set `"Version": "2012-10-17"`, which has variables"#)
  }

  fileprivate static func misplacedID(_ member: Node.Member, _ kind: PolicyKind) -> Self {
    Self(
      "`Id` has no place in \(kind.noun)", at: member.key.place,
      help: "remove it: only resource policies have one")
  }
}
