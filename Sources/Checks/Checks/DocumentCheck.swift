import Evidence
import PolicyModel

/// Whether an element is there in the statements of a layer's policies.
///
/// It reads what is written, and proves nothing about what the policies do together.
package struct DocumentCheck: Check {
  package static let name = CheckName.document

  package static func outcomes(of rule: Rule, on copy: CompiledCopy) -> [Outcome] {
    guard let policy = rule.parameters["policy"]?.text.flatMap(PolicyName.init(rawValue:)),
      let search = ElementSearch(rule.parameters)
    else { return [] }
    let plan = copy.plan
    if policy == .key, let outcome = plan.outcomeWithoutKeys { return [outcome] }
    return policy.layers(of: plan).map { subject, layer in
      switch rule.parameters["presence"]?.text {
      case "required": required(search, policy, subject, layer, rule)
      default: forbidden(search, policy, subject, layer, rule)
      }
    }
  }

  // MARK: Forbidden

  private static func forbidden(
    _ search: ElementSearch, _ policy: PolicyName, _ subject: String, _ layer: PolicyLayer,
    _ rule: Rule
  ) -> Outcome {
    let matches = search.matches(in: layer)
    guard let first = matches.certain.first else {
      return absent(search, policy, subject, layer, isOpen: !matches.possible.isEmpty)
    }
    var outcome = Outcome(
      subject: subject, status: .violated,
      reason: "\(first.statement.name) of \(policy.noun) has \(first.text)")
    outcome.causes = matches.certain.map { match in
      Outcome.Cause(
        rule.id,
        Outcome.Draft(
          "\(match.statement.name) of \(policy.noun) has \(match.text)", at: match.node.place,
          help: "the rule asks that \(rule.summary)"))
    }
    return outcome
  }

  /// What is known where no statement has the element for certain.
  private static func absent(
    _ search: ElementSearch, _ policy: PolicyName, _ subject: String, _ layer: PolicyLayer,
    isOpen: Bool
  ) -> Outcome {
    if let gap = layer.firstGap { return .notChecked(subject, gap.reason, needs: gap.needs) }
    if isOpen {
      return .notChecked(
        subject, "the template leaves open whether \(policy.noun) has \(search.description)",
        needs: ["--account", "--region", "--parameter"])
    }
    guard !layer.policies.isEmpty else {
      return .notApplicable(subject, "there is nothing in \(policy.noun)")
    }
    return Outcome(
      subject: subject, status: .proven, reason: "no statement has \(search.description)")
  }

  // MARK: Required

  private static func required(
    _ search: ElementSearch, _ policy: PolicyName, _ subject: String, _ layer: PolicyLayer,
    _ rule: Rule
  ) -> Outcome {
    let matches = search.matches(in: layer)
    if let first = matches.certain.first {
      return Outcome(
        subject: subject, status: .proven, reason: "\(first.statement.name) has \(first.text)")
    }
    guard layer.firstGap == nil, matches.possible.isEmpty else {
      return absent(search, policy, subject, layer, isOpen: true)
    }
    guard !layer.isAssumedAbsent else {
      let gap = PolicyLayer.notGiven(policy.option, policy.noun, isPlural: policy.isPlural).gap
      return .notChecked(subject, gap?.reason ?? "", needs: gap?.needs ?? [])
    }
    var outcome = Outcome(
      subject: subject, status: .violated,
      reason: "no statement of \(policy.noun) has \(search.description)")
    let document = layer.policies.first?.node
    outcome.finding = Outcome.Draft(
      outcome.reason,
      at: (document?.members.first { $0.key.hasContent("Statement") }?.key ?? document)?.place,
      help: "the rule asks that \(rule.summary)")
    return outcome
  }
}

// MARK: - Policies

/// The policies that a rule can be about, by the names it calls them.
package enum PolicyName: String, Sendable, CaseIterable {
  case role
  case trust
  case bucket
  case key
  case boundary
  case serviceControl = "scp"
  case resourceControl = "rcp"
  case caller

  fileprivate var noun: String {
    switch self {
    case .role: "the role's permissions"
    case .trust: "the trust policy"
    case .bucket: "the bucket policy"
    case .key: "the key policy"
    case .boundary: "the permissions boundary"
    case .serviceControl: "the service control policies"
    case .resourceControl: "the resource control policies"
    case .caller: "the caller's policies"
    }
  }

  fileprivate var isPlural: Bool {
    switch self {
    case .role, .serviceControl, .resourceControl, .caller: true
    case .trust, .bucket, .key, .boundary: false
    }
  }

  /// The option that would give it.
  fileprivate var option: String {
    switch self {
    case .role, .trust, .bucket, .key, .boundary, .serviceControl, .resourceControl:
      "--\(rawValue)"
    case .caller: "--caller-policy"
    }
  }

  /// The policies with what they are attached to.
  fileprivate func layers(of plan: CopyPlan) -> [(subject: String, layer: PolicyLayer)] {
    let role = plan.facts.roleARN.value?.withReadableReferences ?? "the role"
    switch self {
    case .role: return [(role, plan.role)]
    case .trust: return [(role, plan.trust)]
    case .boundary: return [(role, plan.boundary)]
    case .bucket:
      let bucket = plan.facts.bucket.value?.withReadableReferences ?? "the source bucket"
      return [(bucket, plan.bucket)]
    case .key:
      return plan.keys.map { ($0.name, $0.policy) }
    case .serviceControl: return [(noun, PolicyLayer(joining: plan.serviceControl))]
    case .resourceControl: return [(noun, PolicyLayer(joining: plan.resourceControl))]
    case .caller:
      return [(plan.facts.callerARN.value ?? "whoever starts the import", plan.caller)]
    }
  }
}

extension PolicyLayer {
  /// All levels of an organization's policies as one layer.
  fileprivate init(joining layer: OrganizationLayer) {
    self.init(
      policies: layer.levels.flatMap(\.policies), gap: layer.levels.lazy.compactMap(\.gap).first,
      isAssumedAbsent: layer.levels.isEmpty && !layer.isStatedAbsent)
  }

  /// Why more may be there than is known.
  fileprivate var firstGap: Gap? {
    gap
      ?? policies.first { $0.isUnreadable || $0.mayHoldFurtherStatements }.map {
        Gap("`\($0.node.place.source.path)` could not be read as a policy", needs: [])
      }
  }
}
