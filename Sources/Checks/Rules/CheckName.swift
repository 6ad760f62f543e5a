/// The checks that rules can use: how something is decided.
///
/// A rule whose check is not here is refused, so a rule that is loaded is a rule that is judged.
package enum CheckName: String, Sendable, Hashable, CaseIterable {
  /// Whether a principal may do an action on every resource of a kind.
  case access
  /// Whether the conditions on one key of the trust policy let CloudTrail in.
  case trustCondition = "trust-condition"
  /// Whether only the event data store of the copy can make CloudTrail assume the role.
  case confusedDeputy = "confused-deputy"
  /// Whether the role may do no more than the copy needs.
  case excessAccess = "excess-access"
  /// Whether the bucket's ACLs are disabled.
  case objectOwnership = "object-ownership"
  /// Whether a copy into an organization's store is started by the management account.
  case managementAccount = "management-account"
  /// What the store's retention period means for the copied events.
  case retention
  /// One of the mistakes that explain why an access is denied.
  case cause
  /// What reading a policy document finds.
  case grammar
  /// Whether the documents and facts agree.
  case agreement

  /// Whether a team's own rules may use the check: others are about one rule of the program alone.
  package var isOpen: Bool {
    switch self {
    case .access: true
    case .trustCondition, .confusedDeputy, .excessAccess, .objectOwnership, .managementAccount,
      .retention, .cause, .grammar, .agreement:
      false
    }
  }

  /// One thing a check can be told.
  package struct Parameter: Sendable {
    /// What may stand for it.
    package enum Kind: Sendable {
      /// One of a few words.
      case word([String])
      /// One of a few words, or an ARN.
      case wordOrARN([String])
      /// Any text.
      case text
      /// Any text or a list of texts.
      case texts
    }

    /// The name in the rule's file.
    package let name: String
    /// What may stand for it.
    package let kind: Kind
    /// Whether a rule must give it.
    package let isRequired: Bool

    static func required(_ name: String, _ kind: Kind) -> Self {
      Self(name: name, kind: kind, isRequired: true)
    }
  }

  /// What the check can be told.
  package var parameters: [Parameter] {
    switch self {
    case .access:
      [
        .required("principal", .word(["role", "service", "caller"])),
        .required("action", .text),
        .required(
          "resource", .wordOrARN(["objects", "bucket", "key", "role", "store", "any"])),
      ]
    case .trustCondition:
      [.required("key", .word(["aws:SourceArn", "aws:SourceAccount"]))]
    case .retention:
      [.required("question", .word(["coverage", "range"]))]
    case .cause:
      [
        .required(
          "kind",
          .word([
            "event-data-store-arn-case", "bucket-key-context", "wildcard-in-string-equals",
            "placeholder", "orphaned-principal",
          ]))
      ]
    case .confusedDeputy, .excessAccess, .objectOwnership, .managementAccount, .grammar, .agreement:
      []
    }
  }
}
