import Authorization
import Evidence
import PolicyModel

/// Plans how to keep everybody but the copy's event data store from having CloudTrail assume the
/// role.
///
/// The role may serve other imports too, so that none of it is safe.
struct TrustConditions {
  let copy: CompiledCopy
  let statement: Statement

  /// The condition keys by which CloudTrail says whom it acts for, with what they shall be.
  private var wanted: [(key: String, value: String)] {
    guard let store = copy.plan.facts.destination.value, let account = copy.requests.storeAccount
    else { return [] }
    return [("aws:SourceAccount", account), ("aws:SourceArn", store)]
  }

  var remedies: [Remedy] {
    guard !wanted.isEmpty, statement.isWellFormed, let principals = statement.principals,
      !principals.isNegated
    else { return [] }
    let others = principals.items.filter { !isCloudTrail($0) }
    return others.isEmpty ? requiringSource : splitting(principals, others)
  }

  private func isCloudTrail(_ item: PrincipalItem) -> Bool {
    item.kind == .service && item.text.literal == ImportRequests.service
  }

  // MARK: Conditions

  /// Adds the conditions that are missing, and narrows those that are too wide.
  private var requiringSource: [Remedy] {
    var missing: [Remedy.Member] = []
    var changes: [Remedy.Change] = []
    var changed: [String] = []
    for (key, value) in wanted {
      let conditions = statement.conditions.filter {
        RequestContext.folded($0.key) == RequestContext.folded(key)
          && $0.comparison?.base.comparesTexts == true && $0.comparison?.base.isNegated == false
      }
      if conditions.isEmpty {
        missing.append(Remedy.Member(key, .text(value)))
      } else if conditions.contains(where: { $0.values.map(\.text.encoded) == [value] }) {
        continue
      } else {
        // What names something else altogether is another mistake.
        guard let condition = conditions.first, let last = condition.values.last,
          condition.values.contains(where: { $0.mayMean(value) })
        else { return [] }
        if last.text.encoded != value { changes.append(.rewrite(last.node.place, to: value)) }
        changes += condition.values.dropLast().map { .remove($0.node.place) }
      }
      changed.append("`\(key)` to be `\(value.withReadableReferences)`")
    }
    if !missing.isEmpty {
      guard let addition = adding(missing) else { return [] }
      changes.append(addition)
    }
    guard !changes.isEmpty else { return [] }
    return [Remedy("require \(changed.joined(separator: " and "))", .unsafe, changes)]
  }

  private func adding(_ members: [Remedy.Member]) -> Remedy.Change? {
    let name = "StringEquals"
    guard let block = statement.node["Condition"] else {
      return .add(
        "Condition", .object([Remedy.Member(name, .object(members))]), to: statement.node.place)
    }
    guard block.kind == .object else { return nil }
    guard let entry = block[named: name] else {
      return .add(name, .object(members), to: block.place)
    }
    return entry.kind == .object ? .add(members, to: entry.place) : nil
  }

  // MARK: Other principals

  /// Gives CloudTrail a statement of its own where others share one with it, who send no source.
  private func splitting(
    _ principals: Statement.Clause<PrincipalItem>, _ others: [PrincipalItem]
  ) -> [Remedy] {
    let own = principals.items.filter(isCloudTrail)
    guard own.count == 1, let item = own.first, others.allSatisfy({ $0.kind != .everyone }),
      let policy = copy.plan.trust.policies.first(where: { policy in
        policy.statements.contains { $0.node.place == statement.node.place }
      }), let list = policy.node["Statement"], let statements = DocumentedStatements(copy)
    else { return [] }
    let new = statements.ofTrust(sid: policy.freeSid("AWSCloudTrailImportTrust"))
    return [
      Remedy(
        "give CloudTrail a statement of its own, for `\(statements.store.withReadableReferences)` alone",
        .unsafe, [.remove(item.node.place), .append([new], to: list.place)])
    ]
  }
}

extension PolicyString {
  /// Whether a text, read as a pattern, takes in what is wanted; what a template leaves open may.
  fileprivate func mayMean(_ wanted: String) -> Bool {
    text.literal == nil || wanted.holdsReference || PatternText.matches(text.encoded, wanted)
  }
}
