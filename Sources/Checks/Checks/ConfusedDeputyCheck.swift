import Authorization
import Evidence
import PolicyModel

/// Whether only the copy's event data store can make CloudTrail assume the role: that no other
/// resource and no other account can is the same proof turned round.
package struct ConfusedDeputyCheck: Check {
  package static let name = CheckName.confusedDeputy

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    let subject = copy.plan.facts.roleARN.value ?? "the role"
    if let gap = copy.plan.trust.gap {
      return [.notChecked(subject, gap.reason, needs: gap.needs)]
    }
    guard let destination = copy.plan.facts.destination.value, let arn = ARNParts(destination)
    else {
      return [.notChecked(subject, "the event data store is not known", needs: ["--destination"])]
    }
    let question = copy.trustQuestion
    var open: Explanation?
    for strangers in Strangers.all(of: copy, destination: destination, arn) {
      switch question.proveDenied(strangers.family) {
      case .proven: continue
      case .tooComplex: continue
      case .open(let explanation): if open == nil { open = explanation }
      case .refuted(let explanation):
        return [violated(subject, strangers, explanation, copy)]
      }
    }
    if destination.holdsReference, admitsOnly(destination, copy.plan.trust) { open = nil }
    if open != nil, destination.holdsReference {
      let isAccountOpen = copy.requests.storeAccount?.holdsReference ?? true
      return [
        isAccountOpen
          ? .notChecked(
            subject, "the account of the template is not known", needs: ["--account", "--region"])
          : .notChecked(
            subject, "the event data store gets its id when it is made", needs: ["--destination"])
      ]
    }
    // An account that is named and not tried may be let in.
    if open == nil, Strangers.areTooMany(copy) {
      return [
        .open(
          subject, "the trust policy names more than \(Limits.trustedAccounts) accounts",
          Outcome.Draft(
            "whether others can have CloudTrail assume the role is open: the trust policy names more than \(Limits.trustedAccounts) accounts",
            at: copy.plan.trust.policies.first?.node.headPlace,
            help: "name the account of the event data store alone"))
      ]
    }
    if let open {
      var outcome = Outcome(
        subject: subject, status: .open,
        reason: OpenWriter.reason(open, open.undecidedKeys))
      outcome.dependsOn = open.undecidedKeys
      let place =
        open.undecided.first?.statement.node.place ?? copy.plan.trust.policies.first?.node.place
      outcome.finding = Outcome.Draft(
        "whether others can have CloudTrail assume the role is open: \(outcome.reason)",
        at: place, help: "add conditions on `aws:SourceArn` and `aws:SourceAccount`")
      return [outcome]
    }
    return [
      Outcome(
        subject: subject, status: .proven, reason: "no other resource or account can")
    ]
  }

  /// Whether each statement that lets CloudTrail in wants the store itself, by the reference that a
  /// template has to it: whatever its ARN will be, no other is the same.
  private static func admitsOnly(_ destination: String, _ trust: PolicyLayer) -> Bool {
    trust.policies.allSatisfy { policy in
      !policy.isUnreadable && !policy.mayHoldFurtherStatements
        && policy.statements.allSatisfy { statement in
          statement.isWellFormed
            && (statement.effect == .deny || statement.isForOthersOnly
              || statement.conditions.contains { $0.requires(sourceARN: destination) })
        }
    }
  }

  private static func violated(
    _ subject: String, _ strangers: Strangers, _ explanation: Explanation, _ copy: CompiledCopy
  ) -> Outcome {
    let source = explanation.request.context["aws:SourceArn"].literal ?? "another event data store"
    var outcome = Outcome(
      subject: subject, status: .violated,
      reason: "CloudTrail may assume the role for \(strangers.name) too")
    let statement = explanation.allowing.first?.statement
    let conditions = (statement?.conditions ?? []).filter {
      ["aws:sourcearn", "aws:sourceaccount"].contains(RequestContext.folded($0.key))
    }
    let condition =
      conditions.first { RequestContext.folded($0.key) == strangers.key } ?? conditions.first
    outcome.counterexample = AccessCase(
      subject: subject, resource: .role, copy: copy, question: copy.trustQuestion,
      family: strangers.family
    ).counterexample(explanation)
    // A condition that names something else keeps CloudTrail out too, which is the mistake.
    outcome.causes = conditions.flatMap { SourceConditions.wrong(in: copy, at: $0) }
    let destination = copy.plan.facts.destination.value ?? ""
    let account = copy.requests.storeAccount ?? ""
    outcome.finding = Outcome.Draft(
      "the trust policy lets CloudTrail assume the role for \(strangers.name)",
      at: condition.map(\.valueNode.place) ?? statement?.principals?.service?.place
        ?? statement?.node.place,
      label: condition == nil
        ? "without a condition on its source" : "admits `\(source)` too",
      help:
        "allow only `aws:SourceArn` `\(destination)` and `aws:SourceAccount` `\(account)`",
      remedies: statement.map { TrustConditions(copy: copy, statement: $0).remedies } ?? [])
    return outcome
  }
}

/// Requests by which somebody else would have CloudTrail assume the role.
private struct Strangers {
  /// Who they are: "another account".
  let name: String
  /// The condition key that keeps them out, in lower case.
  let key: String
  let family: RequestFamily

  static func all(of copy: CompiledCopy, destination: String, _ arn: ARNParts) -> [Strangers] {
    let own = String(arn.account)
    // Accounts that policies name are tried by name, all others by one that nothing names.
    let mentioned = accounts(in: copy.plan.trust.policies).subtracting([own]).sorted()
      .prefix(Limits.trustedAccounts)
    let unmentioned = ["999999999999", "888888888888", "777777777777"].first {
      $0 != own && !mentioned.contains($0)
    }
    var strangers = (mentioned + [unmentioned].compactMap { $0 }).map { account in
      Strangers(
        name: "another account", key: "aws:sourceaccount",
        family: family(copy, arn, account: account, excluding: nil))
    }
    strangers.append(
      Strangers(
        name: "another resource of the account", key: "aws:sourcearn",
        family: family(copy, arn, account: own, excluding: destination)))
    return strangers
  }

  static func areTooMany(_ copy: CompiledCopy) -> Bool {
    let own = copy.requests.storeAccount.map { [$0] } ?? []
    return accounts(in: copy.plan.trust.policies).subtracting(own).count > Limits.trustedAccounts
  }

  private static func accounts(in policies: [Policy]) -> Set<String> {
    var found: Set<String> = []
    for condition in policies.flatMap(\.statements).flatMap(\.conditions) {
      for value in condition.values {
        let digits = value.text.description.split { !$0.isASCII || !$0.isNumber }
        found.formUnion(digits.filter { $0.utf8.count == 12 }.map(String.init))
      }
    }
    return found
  }

  private static func family(
    _ copy: CompiledCopy, _ arn: ARNParts, account: String, excluding: String?
  ) -> Strangers.Family {
    var family = copy.requests.assumeRole
    let head = "arn:\(arn.partition):cloudtrail:"
    family.request.context["aws:SourceArn"] = .value(
      RequestText(head: head.unicodeScalars.map(\.value), isFree: true))
    family.request.context["aws:SourceAccount"] = .value(account)
    family.request.context["aws:SourceOrgID"] = .unknown
    family.freeString = CloudTrailARNs.following(
      account: account, excluding: excluding.map { String($0.dropFirst(head.count)) })
    return family
  }

  typealias Family = RequestFamily
}

extension Statement {
  /// Whether a statement is about other principals than CloudTrail.
  fileprivate var isForOthersOnly: Bool {
    guard let principals, !principals.isNegated, !principals.items.isEmpty else { return false }
    return principals.items.allSatisfy { item in
      switch item.kind {
      case .service: item.text.literal.map { $0 != "cloudtrail.amazonaws.com" } ?? false
      case .everyone: false
      default: true
      }
    }
  }
}

extension Condition {
  /// Whether a condition holds for one `aws:SourceArn` alone.
  fileprivate func requires(sourceARN: String) -> Bool {
    guard RequestContext.folded(key) == "aws:sourcearn", let comparison, !comparison.ifExists,
      comparison.quantifier == nil, !values.isEmpty
    else { return false }
    switch comparison.base {
    case .stringEquals, .stringLike, .arnEquals, .arnLike:
      return values.allSatisfy { $0.text.encoded == sourceARN }
    default: return false
    }
  }
}

extension Statement.Clause where Item == PrincipalItem {
  /// The item that names a service.
  fileprivate var service: Node? {
    items.first { $0.kind == .service || $0.kind == .everyone }?.node
  }
}
