package import Authorization
package import Evidence
import PolicyModel
import Synchronization

/// A copy with its policies made ready for deciding requests.
///
/// A class, since it is large and handed to every rule.
package final class CompiledCopy: Sendable {
  package let plan: CopyPlan
  package let requests: ImportRequests
  package let role: PolicyGroup
  package let trust: PolicyGroup
  package let bucket: PolicyGroup
  /// In the order of the plan's keys.
  package let keys: [PolicyGroup]
  /// The policy of the event data store's own key; empty without one.
  package let storeKey: PolicyGroup
  package let boundary: PolicyGroup?
  package let serviceControl: [PolicyGroup]
  package let resourceControl: [PolicyGroup]
  package let caller: PolicyGroup
  /// The condition keys that the copy's policies ask about, in lower case.
  private let conditionKeys: Set<String>
  /// Whether a policy has a variable, which may be any condition key.
  private let hasVariables: Bool
  /// What every statement says of the copy's requests, for all rules that ask.
  let decisions = Made<[(Request, AccessResult)]>()
  /// Whether each decision is written down step by step.
  package let tracesDecisions: Bool

  package init(_ plan: CopyPlan, tracesDecisions: Bool = true) {
    var compiler = Compiler()
    self.plan = plan
    self.tracesDecisions = tracesDecisions
    role = compiler.group(plan.role)
    trust = compiler.group(plan.trust)
    bucket = compiler.group(plan.bucket)
    keys = plan.keys.map { compiler.group($0, plan.facts) }
    storeKey = plan.storeKey.map { compiler.group($0.policy) } ?? .none
    boundary = plan.boundary.isAssumedAbsent ? nil : compiler.attached(plan.boundary)
    serviceControl = compiler.levels(plan.serviceControl)
    resourceControl = compiler.levels(plan.resourceControl)
    caller = compiler.group(plan.caller)
    requests = ImportRequests(plan, references: &compiler.references)
    let statements = plan.allPolicies.flatMap(\.statements)
    conditionKeys = Set(
      statements.flatMap(\.conditions).map { RequestContext.folded($0.key) })
    hasVariables = statements.contains { statement in
      statement.resources?.items.contains(where: \.mayHoldVariable) ?? false
        || statement.conditions.contains { $0.values.contains(where: \.mayHoldVariable) }
    }
  }

  /// Whether what a policy says may hang on a condition key: it has a condition on it, or a variable
  /// that may be it.
  package func mentions(conditionKey key: String) -> Bool {
    hasVariables || conditionKeys.contains(RequestContext.folded(key))
  }

  private struct Compiler {
    var references = ReferenceTable()
    var count = 0

    mutating func compile(_ policies: [Policy]) -> [CompiledPolicy] {
      policies.map { policy in
        count += 1
        return CompiledPolicy(policy, number: count, references: &references)
      }
    }

    mutating func group(_ layer: PolicyLayer) -> PolicyGroup {
      PolicyGroup(compile(layer.policies), isComplete: layer.gap == nil)
    }

    /// The policy of a key; AWS's own for the key that AWS manages.
    mutating func group(_ key: KeyPlan, _ facts: CopyFacts) -> PolicyGroup {
      guard AWSManagedKey.isMeant(by: key), let account = AWSManagedKey.owner(of: key, facts),
        let policy = AWSManagedKey.policy(account: account)
      else { return group(key.policy) }
      return PolicyGroup(compile([policy]))
    }

    /// A layer that limits only where it is there: stated to be absent, it is no layer at all.
    mutating func attached(_ layer: PolicyLayer) -> PolicyGroup? {
      layer.policies.isEmpty && layer.gap == nil ? nil : group(layer)
    }

    mutating func levels(_ layer: OrganizationLayer) -> [PolicyGroup] {
      var groups: [PolicyGroup] = []
      for level in layer.levels {
        let policies = compile(level.policies)
        if level.name != nil {
          groups.append(PolicyGroup(policies, isComplete: level.gap == nil))
        } else {
          groups += policies.map { PolicyGroup([$0], isUnleveled: true) }
          if level.gap != nil { groups.append(.unknown) }
        }
      }
      return groups
    }
  }

  // MARK: Questions

  /// Who decides what the role's session may do with the bucket and its objects.
  package var bucketQuestion: AccessQuestion {
    sessionQuestion(
      resource: bucket, rule: .either, owner: plan.facts.bucketAccount.value)
  }

  /// Who decides what the role's session may do with a key, by its position in the plan.
  package func keyQuestion(_ position: Int) -> AccessQuestion {
    let isManaged = AWSManagedKey.isMeant(by: plan.keys[position])
    var question = sessionQuestion(
      resource: keys[position], rule: .resourceFirst,
      owner: isManaged
        ? AWSManagedKey.owner(of: plan.keys[position], plan.facts)
        : plan.keys[position].arn.value.flatMap(ImportRequests.account(of:)))
    // "Resource control policies in your organization do not apply to AWS managed keys" (KMS
    // Developer Guide, "Resource control policies in AWS KMS").
    if isManaged { question.resourceControl = [] }
    return question
  }

  /// Whether a resource policy by itself lets the role in, by statements that name the role.
  package func questionOfRole(named resource: PolicyGroup) -> AccessQuestion {
    AccessQuestion(
      identity: PolicyGroup.none, resource: resource.naming(requests.session),
      resourceRule: .either, isSameAccount: .yes)
  }

  /// Who decides whether CloudTrail may use the event data store's own key.
  package var storeKeyQuestion: AccessQuestion {
    var question = AccessQuestion(
      identity: nil, resource: storeKey, resourceRule: .resourceFirst, isSameAccount: .no)
    question.resourceControl = resourceControl
    question.resourceIsManagement = isManagement(requests.storeAccount)
    return question
  }

  /// Who decides whether CloudTrail may assume the role.
  package var trustQuestion: AccessQuestion {
    var question = AccessQuestion(
      identity: nil, resource: trust, resourceRule: .resourceFirst, isSameAccount: .no)
    question.resourceControl = resourceControl
    question.resourceIsManagement = isManagement(requests.roleAccount)
    return question
  }

  /// Who decides what whoever starts the import may do: control policies of that account are not
  /// part of what is given.
  package var callerQuestion: AccessQuestion {
    AccessQuestion(
      identity: caller, resource: .none, resourceRule: .identityOnly, isSameAccount: .yes)
  }

  /// Who decides what the role's session may do with something that is no part of the copy: its own
  /// permissions and what limits them.
  package var roleQuestion: AccessQuestion {
    sessionQuestion(resource: .none, rule: .identityOnly, owner: nil)
  }

  private func sessionQuestion(
    resource: PolicyGroup, rule: ResourceRule, owner: String?
  ) -> AccessQuestion {
    var question = AccessQuestion(
      identity: role, resource: resource, resourceRule: rule,
      isSameAccount: relation(requests.roleAccount, owner))
    question.boundary = boundary
    question.serviceControl = serviceControl
    question.resourceControl = resourceControl
    question.principalIsManagement = isManagement(requests.roleAccount)
    question.resourceIsManagement = isManagement(owner)
    return question
  }

  private func relation(_ left: String?, _ right: String?) -> Certainty {
    guard let left, let right else { return .perhaps }
    if left == right { return .yes }
    return left.holdsReference || right.holdsReference ? .perhaps : .no
  }

  private func isManagement(_ account: String?) -> Certainty {
    if plan.facts.isOutsideOrganizations.value == true { return .no }
    return relation(account, plan.facts.managementAccount.value)
  }
}

extension PolicyString {
  fileprivate var mayHoldVariable: Bool { text.description.hasByte(UInt8(ascii: "$")) }
}

/// Something that is made when it is first asked for, and shared from then on.
final class Made<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  func made(_ make: () -> Value) -> Value {
    value.withLock { value in
      if let value { return value }
      let new = make()
      value = new
      return new
    }
  }
}
