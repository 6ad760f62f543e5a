public import PolicyModel

/// A policy made ready for deciding requests; made once, used for any number of them.
public final class CompiledPolicy: Sendable {
  /// The policy as it was read.
  public let policy: Policy
  /// Its number among the policies of a question, by which repairs and matches name it.
  package let number: Int
  package let statements: [CompiledStatement]
  /// Whether the statements are all that the document may hold.
  let isComplete: Bool

  package init(_ policy: Policy, number: Int, references: inout ReferenceTable) {
    self.policy = policy
    self.number = number
    isComplete = !policy.isUnreadable && !policy.mayHoldFurtherStatements
    let flawed = policy.findings.filter { $0.severity == .error }.compactMap(\.place?.range)
    statements = policy.statements.map { statement in
      CompiledStatement(
        statement, of: policy, number: number, flawed: flawed, references: &references)
    }
  }

  private init(_ policy: CompiledPolicy, statements: [CompiledStatement]) {
    self.policy = policy.policy
    number = policy.number
    isComplete = policy.isComplete
    self.statements = statements
  }

  /// The same policy with those of its statements that a condition picks.
  package func filtered(_ isIncluded: (CompiledStatement) -> Bool) -> CompiledPolicy {
    CompiledPolicy(self, statements: statements.filter(isIncluded))
  }

  /// Makes a policy ready that refers to nothing outside itself.
  public convenience init(_ policy: Policy) {
    var references = ReferenceTable()
    self.init(policy, number: 0, references: &references)
  }
}

/// A statement made ready for deciding requests.
///
/// A class, because results of every request refer to it.
package final class CompiledStatement: Sendable {
  /// Names a statement among all policies of a question.
  package struct ID: Hashable, Sendable {
    package var policy: Int
    package var statement: Int
  }

  package struct Clause: Sendable {
    let isNegated: Bool
    let templates: [PatternTemplate]
    /// What items may mean, too: an ARN that lacks parts, read in another way.
    let doubtful: [PatternTemplate]
    /// Whether an item of it has an error-level finding, so that it may match anything.
    let isFlawed: Bool
  }

  package let id: ID
  package let statement: Statement
  package let kind: PolicyKind
  /// What `statement.principals` lists.
  let principals: [CompiledPrincipal]
  let actions: Clause?
  let resources: Clause?
  let conditions: [CompiledCondition]

  init(
    _ statement: Statement, of policy: Policy, number: Int, flawed: [Range<Int>],
    references: inout ReferenceTable
  ) {
    let allowsVariables = policy.version == .v2012
    func isFlawed(_ range: Range<Int>) -> Bool {
      !statement.isWellFormed && flawed.contains { $0.overlaps(range) || $0 == range }
    }
    func clause(
      _ clause: Statement.Clause<PolicyString>?, _ syntax: PatternTemplate.Syntax,
      ignoresCase: Bool, variables: Bool
    ) -> Clause? {
      clause.map { clause in
        let range = clause.node.range
        func templates(_ texts: [PolicyText]) -> [PatternTemplate] {
          texts.map {
            PatternTemplate(
              $0, syntax: syntax, ignoresCase: ignoresCase, allowsVariables: variables,
              references: &references)
          }
        }
        let texts = clause.items.map(\.text)
        let completed = syntax == .resource ? texts.map(\.completedARN) : []
        guard completed.contains(where: { $0 != nil }) else {
          return Clause(
            isNegated: clause.isNegated, templates: templates(texts), doubtful: [],
            isFlawed: isFlawed(range))
        }
        let pairs = zip(texts, completed).filter { $1 != nil }
        let isCompleted = policy.kind.completesARNs
        return Clause(
          isNegated: clause.isNegated,
          templates: templates(isCompleted ? zip(texts, completed).map { $1 ?? $0 } : texts),
          doubtful: templates(pairs.compactMap { isCompleted ? $0 : $1 }),
          isFlawed: isFlawed(range))
      }
    }
    id = ID(policy: number, statement: statement.index)
    self.statement = statement
    kind = policy.kind
    principals = statement.principals?.items.map(CompiledPrincipal.init) ?? []
    actions = clause(statement.actions, .wildcards, ignoresCase: true, variables: false)
    resources = clause(
      statement.resources, .resource, ignoresCase: false, variables: allowsVariables)
    conditions = statement.conditions.map {
      CompiledCondition($0, allowsVariables: allowsVariables, references: &references)
    }
  }
}

extension PolicyKind {
  /// Whether AWS completes a resource's ARN that lacks parts: "in an identity-based policy, AWS
  /// automatically completes the ARN by adding wildcard characters (*) to all missing fields" (IAM
  /// User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)").
  ///
  /// A boundary is a managed policy like those. Of other kinds the page says nothing, or that AWS
  /// refuses them.
  fileprivate var completesARNs: Bool {
    switch self {
    case .identity, .boundary: true
    case .trust, .bucket, .key, .session, .serviceControl, .resourceControl, .resource: false
    }
  }
}

extension PolicyText {
  /// An ARN with `*` in the parts it lacks; nil for what is no ARN, or has its six parts. (A
  /// reference may hold the colons that are missing.)
  fileprivate var completedARN: PolicyText? {
    guard let text = literal, text.utf8.starts(with: "arn:".utf8) else { return nil }
    var colons = 0
    for byte in text.utf8 where byte == UInt8(ascii: ":") {
      colons += 1
      if colons == 5 { return nil }
    }
    return .literal(text + String(repeating: ":*", count: 5 - colons))
  }
}

extension CompiledStatement {
  /// The condition keys that variables in Resource name, as they are spelled there.
  package var resourceVariables: [String] { resources?.templates.flatMap(\.variables) ?? [] }

  /// The condition keys that conditions compare, and that variables in their values name.
  package var conditionKeys: [String] {
    zip(statement.conditions, conditions).flatMap { written, compiled in
      [written.key] + compiled.variables
    }
  }
}

/// A condition made ready for deciding requests.
package struct CompiledCondition: Sendable {
  enum Operand: Sendable {
    case pattern(PatternTemplate)
    case number(PolicyNumber)
    case date(PolicyDate)
    case boolean(Bool)
    /// Addresses, and those that may be meant too.
    case network(IPNetwork, perhaps: IPNetwork)
    case bytes([UInt8])
    /// The operator cannot read it.
    case unreadable
  }

  let comparison: ConditionOperator?
  let key: String
  let operands: [Operand]

  init(_ condition: Condition, allowsVariables: Bool, references: inout ReferenceTable) {
    comparison = condition.comparison
    key = RequestContext.folded(condition.key)
    let base = condition.comparison?.base
    operands = condition.values.map { value in
      Self.operand(value.text, base, allowsVariables, &references)
    }
  }

  /// An address without a prefix length has "the default prefix value of /32" (IAM User Guide,
  /// "Condition operators", section "IP address condition operators"), which for version 6 can
  /// hardly be meant: nobody knows.
  private static func network(_ text: String) -> Operand? {
    guard let network = IPNetwork(text) else { return nil }
    guard network.family == .version6, !text.utf8.contains(UInt8(ascii: "/")),
      let wider = IPNetwork(text + "/32")
    else { return .network(network, perhaps: network) }
    return .network(network, perhaps: wider)
  }

  private static func operand(
    _ text: PolicyText, _ base: ConditionOperator.Base?, _ allowsVariables: Bool,
    _ references: inout ReferenceTable
  ) -> Operand {
    func pattern(_ syntax: PatternTemplate.Syntax, ignoresCase: Bool = false) -> Operand {
      .pattern(
        PatternTemplate(
          text, syntax: syntax, ignoresCase: ignoresCase, allowsVariables: allowsVariables,
          references: &references))
    }
    switch base {
    case .stringEquals, .stringNotEquals: return pattern(.literal)
    case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
      return pattern(.literal, ignoresCase: true)
    case .stringLike, .stringNotLike: return pattern(.wildcards)
    case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: return pattern(.arn)
    case nil: return .unreadable
    case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
      .numericGreaterThan, .numericGreaterThanEquals:
      return text.literal.flatMap { PolicyNumber($0) }.map(Operand.number) ?? .unreadable
    case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan,
      .dateGreaterThanEquals:
      return text.literal.flatMap { PolicyDate($0) }.map(Operand.date) ?? .unreadable
    case .bool, .null:
      return text.literal.flatMap { PolicyBoolean($0) }.map { .boolean($0.isTrue) } ?? .unreadable
    case .ipAddress, .notIPAddress:
      return text.literal.flatMap(network) ?? .unreadable
    case .binaryEquals:
      return text.literal.flatMap { decodeBase64($0) }.map(Operand.bytes) ?? .unreadable
    }
  }
}

extension ConditionOperator.Base {
  /// Whether it is true where the positive comparison is false.
  package var isNegated: Bool {
    switch self {
    case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericNotEquals,
      .dateNotEquals, .notIPAddress, .arnNotEquals, .arnNotLike:
      true
    case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .numericEquals, .numericLessThan,
      .numericLessThanEquals, .numericGreaterThan, .numericGreaterThanEquals, .dateEquals,
      .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals, .bool,
      .binaryEquals, .ipAddress, .arnEquals, .arnLike, .null:
      false
    }
  }
}
