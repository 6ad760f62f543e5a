import PolicyModel

extension PlanAssembly {
  /// Finds the role's permissions boundary, if it has one.
  mutating func placeBoundary() {
    guard !dossier.absences.contains(where: { $0.layer == .boundary }) else {
      plan.boundary = .none
      return
    }
    let given = policies.filter { $0.given.layer == .boundary }
    if !given.isEmpty || dossier.unreadable.contains(where: { $0.value == .boundary }) {
      plan.boundary = single(
        .boundary, from: given, noun: "the permissions boundary", option: "--boundary")
      return
    }
    guard let arn = plan.facts.roleARN.value else { return }
    let roles = rolesOfPlan(named: arn)
    guard !roles.isEmpty else { return }
    // One document may be older than the other: the boundary that any of them shows is judged.
    guard let boundary = roles.lazy.compactMap(\.boundary).first else {
      plan.boundary = .none
      return
    }
    let documents = policies.filter { read in
      guard case .managedPolicy(let arn)? = read.given.owner else { return false }
      return arn == boundary.value
    }
    if documents.isEmpty {
      plan.boundary = PolicyLayer(
        gap: .init(
          "the role has the permissions boundary `\(boundary.value.withReadableReferences)`, which was not given",
          needs: ["--boundary"]))
    } else {
      plan.boundary = PolicyLayer(policies: use(Array(documents.prefix(1)), as: .boundary))
    }
  }

  /// Sorts the policies of an organization by level.
  mutating func placeOrganization() {
    plan.serviceControl = organizationLayer(option: "--scp") { layer in
      if case .serviceControl(let level) = layer { .some(level) } else { nil }
    }
    plan.resourceControl = organizationLayer(option: "--rcp") { layer in
      if case .resourceControl(let level) = layer { .some(level) } else { nil }
    }
  }

  private mutating func organizationLayer(
    option: String, level: (GivenPolicy.Layer) -> String??
  ) -> OrganizationLayer {
    var names: [String?] = []
    let mentioned =
      policies.map(\.given.layer) + dossier.unreadable.map(\.value)
    for layer in mentioned {
      if let name = level(layer), !names.contains(name) { names.append(name) }
    }
    let levels = names.map { name -> OrganizationLayer.Level in
      let given = policies.filter { level($0.given.layer) == .some(name) }
      let layer = given.first?.given.layer
      let chosen = layer.map { use(given.withoutRepetition, as: $0) } ?? []
      let broken = dossier.unreadable.first { level($0.value) == .some(name) }
      let gaps = (broken?.value ?? layer).map { self.gaps(in: $0, chosen, option: option) } ?? []
      return OrganizationLayer.Level(name: name, policies: chosen, gap: .joining(gaps))
    }
    return OrganizationLayer(
      levels: levels,
      isStatedAbsent: levels.isEmpty && dossier.absences.contains { level($0.layer) != nil })
  }

  /// Takes the policies of whoever starts the import.
  mutating func placeCaller() {
    guard !dossier.absences.contains(where: { $0.layer == .caller }) else {
      plan.caller = .none
      return
    }
    let given = policies.filter { $0.given.layer == .caller }
    let byOption = given.filter { $0.given.option != nil }
    let chosen = use((byOption.isEmpty ? given : byOption).withoutRepetition, as: .caller)
    let gaps = self.gaps(in: .caller, chosen, option: "--caller-policy")
    guard chosen.isEmpty, gaps.isEmpty else {
      plan.caller = PolicyLayer(policies: chosen, gap: .joining(gaps))
      return
    }
  }
}
