import PolicyModel

extension PlanAssembly {
  /// Chooses the role's trust policy.
  mutating func placeTrust() {
    addTrustOfRoles()
    let given = policies.filter { $0.given.layer == .trust }
    let bare = given.filter { $0.given.owner == nil && $0.given.option == nil }
    let isTold = given.count > bare.count
    if !isTold, bare.withoutRepetition.count > 1 {
      plan.trust = PolicyLayer(
        gap: .init(
          "\(bare.withoutRepetition.count) trust policies were given, and nothing says which is the role's",
          needs: ["--trust"]))
      return
    }
    if given.isEmpty, plan.facts.roleARN.value == nil, dossier.roles.count > 1 {
      plan.trust = PolicyLayer(
        gap: .init(
          "nothing says which of \(dossier.roles.count) roles it is", needs: ["--role-arn"]))
      return
    }
    let names = roleNames
    plan.trust = single(
      .trust, from: given, noun: "the role's trust policy", option: "--trust",
      deferred: deferral(in: .trust, option: "--trust") { owner in
        if case .role(let name)? = owner { names.contains(name) } else { false }
      })
  }

  /// Takes the chosen role's trust policy out of what describes the role.
  private mutating func addTrustOfRoles() {
    guard let arn = plan.facts.roleARN.value else { return }
    for role in rolesOfPlan(named: arn) {
      guard let trust = role.trust else { continue }
      let given = GivenPolicy(
        node: trust, layer: .trust, owner: .role(name: role.name), option: role.option,
        origin: role.arn.origin, isPickedOut: role.isPickedOut)
      policies.append(ReadPolicy(given, order: policies.count))
    }
  }
}
