package import PolicyModel
import Rules

/// The rules of a run: the program's in the order of its documentation, then a team's own.
package struct RuleCatalog: Sendable {
  /// The rules in order.
  package private(set) var rules: [Rule]
  /// The severities that configuration gives.
  package private(set) var severities: [RuleID: Severity] = [:]
  private var positions: [RuleID: Int]

  /// Makes a catalogue of rules in order; of two with the same id the first counts.
  package init(_ rules: [Rule]) {
    self.rules = rules
    positions = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The program's own rules.
  package static let builtIn = RuleCatalog(RuleRow.all.compactMap(Rule.init))

  /// The rule of an id.
  package subscript(id: RuleID) -> Rule? { positions[id].map { rules[$0] } }

  /// The severity of a rule in this run; where it decides an access, if that matters.
  package func severity(of rule: Rule) -> Severity { severities[rule.id] ?? rule.severity }

  /// The severity of a rule in this run where the mistake decides no access.
  package func severityOtherwise(of rule: Rule) -> Severity {
    severities[rule.id] ?? rule.otherwise ?? rule.severity
  }

  /// The id that a misspelt one is closest to; nil where none is close.
  package func suggestion(for id: RuleID) -> RuleID? {
    PolicyModel.suggestion(for: id.name, among: rules.map(\.id.name)).map { RuleID($0) }
  }

  /// Takes in one more rule; one whose id is taken stays out.
  package mutating func append(_ rule: Rule) {
    guard positions[rule.id] == nil else { return }
    positions[rule.id] = rules.count
    rules.append(rule)
  }

  /// Gives rules another severity.
  package mutating func setSeverities(_ severities: [RuleID: Severity]) {
    self.severities.merge(severities) { _, new in new }
  }
}

// MARK: - Order

extension RuleCatalog {
  /// Every id the program has or will have, in the order of its documentation: none may be given
  /// to another rule.
  package static let order: [RuleID] = [
    "s3-get-object", "s3-list-bucket", "s3-get-bucket-acl", "kms-decrypt", "kms-generate-data-key",
    "sts-assume-role", "public-access-block",
    "source-arn-condition", "source-account-condition", "event-data-store-arn-case",
    "bucket-key-context",
    "acls-disabled", "management-account-only", "event-data-store-key-policy",
    "retention-coverage", "archived-objects", "gzip-log-files", "encryption-keys-covered",
    "key-state",
    "retention-range", "event-data-store-status", "event-data-store-category", "import-request",
    "import-in-progress", "caller-start-import", "caller-pass-role",
    "policy-syntax", "policy-grammar", "unknown-condition-operator", "malformed-arn",
    "malformed-condition-value",
    "documents-disagree",
    "confused-deputy", "role-account", "copy-prefix", "foreign-files", "log-expiry",
    "requester-pays", "duplicate-events", "unknown-action", "unknown-condition-key",
    "policy-version", "policy-size", "wildcard-in-string-equals", "placeholder",
    "orphaned-principal", "key-statement-resource", "unused-suppression",
    "documented-bucket-statement", "documented-key-statement", "excess-access",
  ]

  /// The ids that no other rule may have.
  static let reserved = Set(order)
}
