import Authorization
import Evidence
import PolicyModel

/// Finds the mistakes that policies hold whether or not they decide an access.
///
/// Where one explains a denial, it has its finding already; the others are found here, each once.
struct DocumentMistakes {
  let plan: CopyPlan

  /// Each mistake with the statement, or the policy, that it stands in.
  func all() -> [(mistake: Outcome.Cause, around: Place)] {
    var found: [(mistake: Outcome.Cause, around: Place)] = []
    for policy in plan.allPolicies {
      var count = 0
      for statement in policy.statements where count < Limits.policyFindings {
        for mistake in mistakes(in: statement, of: policy).prefix(Limits.policyFindings - count) {
          found.append((mistake: mistake, around: statement.node.place))
          count += 1
        }
      }
      if count == Limits.policyFindings {
        found[found.count - 1].mistake.draft.related.append(
          Note("the first \(Limits.policyFindings) mistakes of this policy are told, and no more"))
      }
      for mistake in tooLarge(policy) {
        found.append((mistake: mistake, around: policy.node.place))
      }
    }
    return found
  }

  private func mistakes(in statement: Statement, of policy: Policy) -> [Outcome.Cause] {
    guard statement.node.range.count <= Limits.searchedStatementBytes else {
      return [.init("policy-size", PolicySize.draft(ofStatement: statement))]
    }
    var found: [Outcome.Cause] = []
    let isOwn = statement.isForCopyAlone
    for item in statement.principals?.items ?? [] { found += principal(item, isOwn) }
    for item in statement.actions?.items ?? [] where found.count < Limits.policyFindings {
      if let action = InventedAction(item) { found.append(.init("unknown-action", action.draft())) }
    }
    for item in statement.resources?.items ?? [] { found += placeholder(item, isOwn) }
    for condition in statement.conditions { found += mistakes(in: condition, isOwn) }
    if policy.kind == .key, statement.resources == nil, statement.isWellFormed {
      found.append(.init("key-statement-resource", KeyStatement.draft(statement, isCause: false)))
    }
    return found
  }

  private func principal(_ item: PrincipalItem, _ isOwn: Bool) -> [Outcome.Cause] {
    guard item.kind == .aws || item.kind == .service, let text = item.text.literal else {
      return []
    }
    if item.kind == .aws, UniqueID.isOrphaned(text) {
      return [.init("orphaned-principal", UniqueID.draft(text, item.node, wanted: nil))]
    }
    return placeholder(PolicyString(item.text, item.node), isOwn)
  }

  /// A placeholder; what it stands for is written without asking where nothing but the copy needs it.
  private func placeholder(_ item: PolicyString, _ isOwn: Bool) -> [Outcome.Cause] {
    guard let text = item.text.literal, let placeholder = Placeholder.found(in: text) else {
      return []
    }
    let key = plan.keys.count == 1 ? plan.keys[0] : nil
    var draft = Placeholder.draft(
      placeholder, item.node, wanted: nil,
      replaced: PlaceholderNames(plan, key: key).filled(in: text))
    if !isOwn { for index in draft.remedies.indices { draft.remedies[index].safety = .unsafe } }
    return [.init("placeholder", draft)]
  }

  // MARK: Conditions

  private func mistakes(in condition: Condition, _ isOwn: Bool) -> [Outcome.Cause] {
    if let key = InventedKey(condition) {
      return [.init("unknown-condition-key", key.draft(isCause: false))]
    }
    return condition.values.flatMap { value in
      let placeholders = placeholder(value, isOwn)
      guard placeholders.isEmpty else { return placeholders }
      return [spelling(condition, value), wildcard(condition, value)].compactMap(\.self)
        .prefix(1).map(\.self)
    }
  }

  /// The spelling of 2023, which no ARN has, whatever the event data store is.
  private func spelling(_ condition: Condition, _ value: PolicyString) -> Outcome.Cause? {
    guard RequestContext.folded(condition.key) == "aws:sourcearn",
      let comparison = condition.comparison, !comparison.base.ignoresCase,
      let spelling = ResourceTypeSpelling(value.text.encoded)
    else { return nil }
    var draft = spelling.draft(at: value.node)
    let isOwn = plan.facts.destination.value.map(spelling.mayMean) ?? false
    draft.remedies = spelling.remedies(at: value.node, isOwn ? .safe : .unsafe)
    return .init("event-data-store-arn-case", draft)
  }

  private func wildcard(_ condition: Condition, _ value: PolicyString) -> Outcome.Cause? {
    LiteralWildcard(condition, value).map {
      .init("wildcard-in-string-equals", $0.draft(actual: nil))
    }
  }

  // MARK: Size

  private func tooLarge(_ policy: Policy) -> [Outcome.Cause] {
    PolicySize(policy).map { [.init("policy-size", $0.draft)] } ?? []
  }
}

/// A `*` that an operator compares as an ordinary character.
struct LiteralWildcard {
  private let condition: Condition
  private let value: PolicyString
  private let text: String
  private let like: String

  /// A value that was meant as a pattern, which it surely was if it `matches` what a request has;
  /// nil for others.
  ///
  /// A lone `?` is as often part of an address, and `${*}` is a `*` that is meant.
  init?(_ condition: Condition, _ value: PolicyString, matches: Bool = false) {
    guard let text = value.text.literal else { return nil }
    switch condition.comparison?.base {
    case .stringEquals, .stringEqualsIgnoreCase: like = "StringLike"
    case .stringNotEquals, .stringNotEqualsIgnoreCase: like = "StringNotLike"
    default: return nil
    }
    let (many, one) = (UInt8(ascii: "*"), UInt8(ascii: "?"))
    guard text.hasByte(many) || text.hasByte(one) else { return nil }
    let bare = text.withoutVariables
    let isPattern =
      bare.hasByte(many) || (matches || text.hasPrefix("arn:")) && bare.hasByte(one)
    guard isPattern else { return nil }
    self.condition = condition
    self.value = value
    self.text = text
  }

  /// The finding; `actual` is what the request has, where one is known that the pattern matches.
  func draft(actual: String?) -> Outcome.Draft {
    let arn = text.hasPrefix("arn:") ? " or `Arn\(like.dropFirst("String".count))`" : ""
    let name = condition.operatorNode.scalarText ?? "the operator"
    return Outcome.Draft(
      "`\(name)` compares `*` and `?` literally, so `\(text)` never matches",
      at: value.node.place, label: actual.map { "the request has `\($0)`" },
      help: "use `\(like)`\(arn) to match a pattern")
  }
}

/// `eventdataStore/` in an ARN, as the guide wrote it in 2023.
struct ResourceTypeSpelling {
  /// The text as it should be.
  let corrected: String
  private let range: Range<Int>

  init?(_ text: String) {
    let wrong = Array("eventdataStore/".utf8)
    let bytes = Array(text.utf8)
    guard bytes.count >= wrong.count,
      let start = (0...(bytes.count - wrong.count)).first(where: {
        bytes[$0..<($0 + wrong.count)].elementsEqual(wrong)
      })
    else { return nil }
    range = start..<(start + wrong.count - 1)
    corrected =
      String(decoding: bytes[..<start], as: UTF8.self) + "eventdatastore/"
      + String(decoding: bytes[(start + wrong.count)...], as: UTF8.self)
  }

  /// Whether the text as it should be takes in an event data store's ARN; what a template leaves
  /// open may be anything.
  func mayMean(_ store: String) -> Bool {
    func parts(_ text: String) -> [String] {
      text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    }
    let (own, others) = (parts(corrected), parts(store))
    return own.count == others.count
      && zip(own, others).allSatisfy { pattern, text in
        pattern == text || pattern.holdsReference || PatternText.matches(pattern, text)
          || text.holdsReference && !text.hasPrefix("eventdatastore/")
      }
  }

  /// Writes the word as it should be, in a function of a template too; a safe fix where the
  /// condition is meant for the copy.
  func remedies(at node: Node, _ safety: Fix.Safety) -> [Remedy] {
    [
      Remedy(
        "write `\(corrected)`", safety,
        [.correct(node.place, word: "eventdataStore/", to: "eventdatastore/")])
    ]
  }

  func draft(at node: Node) -> Outcome.Draft {
    Outcome.Draft(
      "`eventdataStore/` never matches: the ARN of an event data store is written `eventdatastore/`",
      at: node.place(ofContent: range), label: "lower case in every ARN that CloudTrail sends",
      help: "write `\(corrected)`")
  }
}

extension String {
  /// The text without policy variables and escapes such as `${*}`.
  fileprivate var withoutVariables: String {
    var rest = Substring(self)
    var bare = ""
    while let dollar = rest.firstIndex(of: "$") {
      bare += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("${"), let close = rest.firstIndex(of: "}") {
        rest = rest[rest.index(after: close)...]
      } else {
        bare += "$"
        rest = rest.dropFirst()
      }
    }
    return bare + rest
  }
}

extension ConditionOperator.Base {
  /// Whether letters are the same in upper and lower case.
  fileprivate var ignoresCase: Bool {
    self == .stringEqualsIgnoreCase || self == .stringNotEqualsIgnoreCase
  }
}

extension Statement {
  /// Whether it allows nothing but what a copy needs.
  fileprivate var isForCopyAlone: Bool {
    guard effect == .allow, let actions, !actions.isNegated else { return false }
    let needed = [
      "s3:getobject", "s3:listbucket", "s3:getbucketacl", "kms:decrypt", "kms:generatedatakey",
      "sts:assumerole", "cloudtrail:startimport", "iam:passrole",
    ]
    return actions.items.allSatisfy { item in
      item.text.literal.map { needed.contains($0.lowercased()) } ?? false
    }
  }
}
