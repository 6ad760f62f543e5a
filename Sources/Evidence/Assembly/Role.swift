import PolicyModel

extension PlanAssembly {
  /// Settles which role CloudTrail assumes.
  mutating func settleRole() {
    let names = Set(namesOfPolicies.map(\.value))
    addDescribedRoles(names)
    // In the rest of a dump that was cut short there may be another.
    let isCut = !dossier.truncatedDetails.isEmpty
    let trusting = dossier.roles.filter { role in
      !role.isPickedOut && role.trustsCloudTrail
        && (role.isDefined ? isForCopies(role) : !isCut)
    }
    addRoleHint(trusting.map(\.arn), names)
    let bucketPolicies = used(in: .bucket)
    let others = policies.filter { $0.given.layer == .bucket && !$0.given.isPickedOut }
    for read in bucketPolicies.isEmpty ? others : bucketPolicies {
      addRoleHint(
        Mentions(read.policy, "the Principal of the bucket policy").roles(
          allowed: "s3:getobject"), names)
    }
    for read in policies where read.given.layer == .key {
      addRoleHint(
        Mentions(read.policy, "the Principal of the key policy").roles(allowed: "kms:decrypt"),
        names)
    }
    for read in policies where read.given.layer == .caller {
      addRoleHint(Mentions(read.policy, "the caller's `iam:PassRole`").passedRoles, names)
    }
    addRoleHint(answeredRoles, names)
    plan.facts.roleARN = dossier.facts.roleARN.settled(
      "the role", option: "--role-arn", findings: &dossier.findings)
    if isCut, plan.facts.roleARN.status == .unknown,
      plan.facts.roleARN.origin.isEmpty
    {
      plan.facts.roleARN = .unknown(because: "the list of the account's roles was cut short")
    }
    if let record = chosenRole {
      plan.facts.roleID = record.id.map(\.stated) ?? .unknown
    }
    checkNames()
  }

  /// What a document describes of the chosen role; nil where nothing does.
  var chosenRole: RoleRecord? {
    guard let arn = plan.facts.roleARN.value else { return nil }
    let records = rolesOfPlan(named: arn)
    return records.first { $0.option != nil } ?? records.first { $0.isPickedOut } ?? records.first
  }

  /// What documents describe of the role with an ARN.
  ///
  /// A literal ARN may fit several roles whose names a template leaves open: then it is the only one
  /// of them that can be one for copies.
  func rolesOfPlan(named arn: String) -> [RoleRecord] {
    let same = dossier.roles.filter { $0.arn.value == arn }
    guard same.isEmpty else { return same }
    let possible = dossier.roles.filter { $0.arn.value.mayEqual(arn) }
    if possible.count < 2 { return possible }
    let likely = possible.filter { $0.trustsCloudTrail && isForCopies($0) }
    return likely.count == 1 ? likely : []
  }

  /// The names under which policies are said to be the chosen role's: its own, and what a template
  /// calls it.
  var roleNames: Set<String> {
    var names = Set([roleName].compactMap(\.self))
    if let arn = plan.facts.roleARN.value { names.formUnion(rolesOfPlan(named: arn).map(\.name)) }
    return names
  }

  /// The chosen role's name: of its ARN, else the only one that inline policies are said to be of.
  var roleName: String? {
    if let arn = plan.facts.roleARN.value { return arn.nameOfRole }
    let names = namesOfPolicies
    return names.count == 1 ? names.first?.value : nil
  }

  /// A role that `get-role` shows is stated, unless several are shown: then something else must
  /// say which, or the trust of CloudTrail does.
  private mutating func addDescribedRoles(_ names: Set<String>) {
    let shown = dossier.roles.filter(\.isPickedOut)
    let preferred = shown.filter { $0.option != nil }
    let roles = preferred.isEmpty ? shown : preferred
    let arns = Set(roles.map(\.arn.value))
    if arns.count == 1, let role = roles.first {
      dossier.facts.roleARN.documents.append(role.arn)
    } else if arns.count > 1 {
      dossier.facts.roleARN.hints.insert(roles.map(\.arn), at: 0)
      addRoleHint(roles.filter(\.trustsCloudTrail).map(\.arn), names)
    }
    // The only role of a template is the copy's if it can be one at all.
    let defined = dossier.roles.filter(\.isDefined)
    if let only = defined.first, defined.count == 1, only.trustsCloudTrail, isForCopies(only) {
      dossier.facts.roleARN.documents.append(only.arn)
    }
    // Whom a plan's role trusts may be known only later.
    let later = Set(
      dossier.deferred.compactMap { policy -> String? in
        guard policy.layer == .trust, case .role(let name)? = policy.owner else { return nil }
        return name
      })
    addRoleHint(
      defined.filter { role in
        role.trust == nil && later.contains(role.name) && isForCopies(role)
      }.map(\.arn), names)
  }

  /// Whether a role that CloudTrail may assume is one for copies: CloudTrail also writes to log
  /// groups with a role.
  private func isForCopies(_ role: RoleRecord) -> Bool {
    let trust = role.trust.map { Mentions(Policy(reading: $0, as: .trust), "").stores } ?? []
    return !trust.isEmpty
      || policiesOfRoles[role.name, default: []].contains { order in
        !Mentions(policies[order].policy, "").grantedBuckets.isEmpty
      }
  }

  /// Adds roles that some document suggests, as far as they have one of the names that are known.
  private mutating func addRoleHint(_ roles: [Said<String>], _ names: Set<String>) {
    let possible =
      names.isEmpty
      ? roles : roles.filter { role in names.contains { $0.mayEqual(role.value.nameOfRole) } }
    dossier.facts.roleARN.hints.append(possible)
  }

  /// The roles' names that inline policies picked out for this copy are said to be of.
  private var namesOfPolicies: [Said<String>] {
    var names: [Said<String>] = []
    var seen: Set<String> = []
    for read in policies where read.given.isPickedOut && read.given.layer == .role {
      guard case .role(let name)? = read.given.owner else { continue }
      guard seen.insert(name).inserted else { continue }
      names.append(Said(name, by: read.origin, at: read.place))
    }
    return names
  }

  /// Reports policies of another role, where none of the chosen role's were given.
  private mutating func checkNames() {
    let role = plan.facts.roleARN
    guard let name = role.value?.nameOfRole, role.status == .stated else { return }
    let names = namesOfPolicies
    guard let other = names.first, !names.contains(where: { $0.value.mayEqual(name) }) else {
      return
    }
    dossier.findings.append(
      .disagreement(
        on: "the role's name", other, Said(name, by: role.origin, at: role.place),
        help: "give the policies of the role `\(name)`"))
  }
}

extension RoleRecord {
  /// Whether the role's trust policy lets CloudTrail assume it.
  fileprivate var trustsCloudTrail: Bool {
    trust.map { Mentions(Policy(reading: $0, as: .trust), "").trustsCloudTrail } ?? false
  }
}

extension String {
  /// The name at the end of a role's ARN, after its path.
  var nameOfRole: String {
    utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[index(after: $0)...]) } ?? self
  }
}
