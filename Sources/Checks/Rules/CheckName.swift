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
  /// What the store's retention period means for the copied events, and whether it can be.
  case retention
  /// Whether the event data store takes copies in the state it is in.
  case storeStatus = "event-data-store-status"
  /// Whether the event data store holds CloudTrail events.
  case storeCategory = "event-data-store-category"
  /// Whether another import is under way.
  case ongoingImport = "ongoing-import"
  /// Whether the time range overlaps what the store collected itself.
  case duplicateEvents = "duplicate-events"
  /// Whether the role is in the account of the event data store.
  case roleAccount = "role-account"
  /// Whether the bucket's owner pays for requests.
  case requestPayer = "request-payer"
  /// Whether the policy of every key is known.
  case keyCoverage = "key-coverage"
  /// Whether a key can be used.
  case keyState = "key-state"
  /// Whether StartImport takes the request.
  case importRequest = "import-request"
  /// Whether blocking public access shuts the role out.
  case publicAccessBlock = "public-access-block"
  /// Whether the store's own key lets CloudTrail use it.
  case storeKeyPolicy = "store-key-policy"
  /// Whether log files can be read, as a listing or the bucket's lifecycle shows them.
  case listing
  /// Whether the bucket's lifecycle has deleted log files of the time range.
  case logExpiry = "log-expiry"
  /// Whether the source prefix is where the trail's log files are.
  case copyPrefix = "copy-prefix"
  /// Whether a policy names the role itself, as the guide's statement does.
  case documentedStatement = "documented-statement"
  /// One of the mistakes that explain why an access is denied.
  case cause
  /// What reading a policy document finds.
  case grammar
  /// Whether the documents and facts agree.
  case agreement
  /// Whether a fact of the copy has one of the values it may have.
  case fact
  /// Whether an element is there in the statements of a policy.
  case document
  /// Whether suppressions suppress something.
  case suppression

  /// Whether a team's own rules may use the check: others are about one rule of the program alone.
  package var isOpen: Bool {
    switch self {
    case .access, .document, .fact: true
    case .trustCondition, .confusedDeputy, .excessAccess, .objectOwnership, .managementAccount,
      .retention, .storeStatus, .storeCategory, .ongoingImport, .duplicateEvents, .roleAccount,
      .requestPayer, .keyCoverage, .keyState, .importRequest, .publicAccessBlock, .storeKeyPolicy,
      .listing, .logExpiry, .copyPrefix, .documentedStatement, .cause, .grammar, .agreement,
      .suppression:
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
      /// A whole number.
      case number
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

    static func optional(_ name: String, _ kind: Kind) -> Self {
      Self(name: name, kind: kind, isRequired: false)
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
        .optional("expect", .word(["allowed", "denied"])),
      ]
    case .trustCondition:
      [.required("key", .word(["aws:SourceArn", "aws:SourceAccount"]))]
    case .retention:
      [.required("question", .word(["coverage", "range"]))]
    case .listing:
      [.required("question", .word(["storage-class", "gzip", "foreign"]))]
    case .documentedStatement:
      [.required("policy", .word(["bucket", "key"]))]
    case .cause:
      [
        .required(
          "kind",
          .word([
            "event-data-store-arn-case", "bucket-key-context", "wildcard-in-string-equals",
            "placeholder", "orphaned-principal", "key-statement-resource", "unknown-action",
            "unknown-condition-key",
          ]))
      ]
    case .fact:
      [
        .required("fact", .word(Self.facts)), .optional("one-of", .texts),
        .optional("none-of", .texts), .optional("matches", .text), .optional("at-least", .number),
        .optional("at-most", .number), .optional("same-as", .word(Self.facts)),
      ]
    case .document:
      [
        .required("policy", .word(PolicyName.allCases.map(\.rawValue))),
        .required("element", .word(ElementSearch.Element.allCases.map(\.rawValue))),
        .required("presence", .word(["required", "forbidden"])), .optional("values", .texts),
        .optional("effect", .word(["Allow", "Deny"])),
      ]
    case .confusedDeputy, .excessAccess, .objectOwnership, .managementAccount, .storeStatus,
      .storeCategory, .ongoingImport, .duplicateEvents, .roleAccount, .requestPayer, .keyCoverage,
      .keyState, .importRequest, .publicAccessBlock, .storeKeyPolicy, .logExpiry, .copyPrefix,
      .grammar, .agreement, .suppression:
      []
    }
  }

  private static let facts = NamedFact.allCases.map(\.rawValue)

  /// Parameters of which a rule must give exactly one; none for most checks.
  package var alternatives: [String] {
    self == .fact ? ["one-of", "none-of", "matches", "at-least", "at-most", "same-as"] : []
  }
}
