import PolicyModel

extension PlanAssembly {
  /// Puts the role's permissions together: its inline and attached policies, or what `--role` gives.
  mutating func placeRole() {
    guard !dossier.absences.contains(where: { $0.layer == .role }) else {
      plan.role = .none
      return
    }
    let names = roleNames
    let own = policies.filter { read in
      guard read.given.layer == .role else { return false }
      guard read.given.option == nil, case .role(let name)? = read.given.owner else { return true }
      return names.contains(name)
    }.pickedOutFirst
    let lists = RoleLists(dossier.attachments, roles: names)
    let attached = policies.filter { read in
      guard case .managedPolicy(let arn)? = read.given.owner else { return false }
      return lists.managed.contains { $0.value == arn }
    }
    var chosen = (own + attached).withoutRepetition
    var gaps: [PolicyLayer.Gap] = []
    // What may be any role's may be that of one the same document defines.
    let mayBeAnys =
      chosenRole?.isDefined == true && !own.contains { $0.given.option != nil }
    let isOwn = { (owner: GivenPolicy.Owner?) -> Bool in
      switch owner {
      case .role(let name): names.contains(name)
      case .managedPolicy(let arn): lists.managed.contains { $0.value == arn }
      case .key, .bucket, .principal: false
      case nil: mayBeAnys
      }
    }
    let deferred = dossier.deferred.filter { policy in
      (policy.layer == .role || policy.layer == .managed) && isOwn(policy.owner)
    }
    let missing = lists.missing(from: own + attached).filter { name in
      !deferred.contains { $0.name == name.value || $0.owner == .managedPolicy(arn: name.value) }
    }
    let loose = loosePolicies(besides: own + attached)
    if own.contains(where: { $0.given.option != nil }) {
      gaps += missing.dropFirst(own.filter { $0.given.name == nil }.count).map(Self.gap(missing:))
    } else {
      let placed = loose.placed(lists: lists, missing: missing.count, isFirst: chosen.isEmpty)
      chosen += placed.policies
      gaps += placed.gaps
      if placed.gaps.isEmpty { gaps += missing.dropFirst(placed.filled).map(Self.gap(missing:)) }
    }
    gaps += [
      deferral(in: .role, option: "--role", of: isOwn),
      deferral(in: .managed, option: "--role", of: isOwn),
    ].compactMap(\.self)
    gaps += lists.gaps
    if let open = policies.first(where: { isPerhapsRoles($0, names) }) {
      gaps.append(
        .init(
          "nothing says whether a policy of `\(open.place.source.path)` is the role's",
          needs: ["--role", "--parameter"]))
    }
    let used = use(chosen.withoutRepetition, as: .role)
    gaps = self.gaps(in: .role, used, option: "--role") + gaps
    if used.isEmpty, gaps.isEmpty, !lists.areComplete {
      gaps = namesOfOtherRoles + [.init("the role's permissions were not given", needs: ["--role"])]
      gaps = Array(gaps.prefix(1))
    }
    plan.role = PolicyLayer(policies: used, gap: .joining(gaps))
  }

  /// Whether a template attaches a policy to a role by a name that it leaves open.
  private func isPerhapsRoles(_ read: ReadPolicy, _ names: Set<String>) -> Bool {
    guard case .role(let name)? = read.given.owner, SymbolicName.isSymbolic(name),
      !names.contains(name), !dossier.roles.contains(where: { $0.name == name })
    else { return false }
    return names.contains { $0.mayEqual(name) }
  }

  /// Why policies that were given are not the role's: they are of several roles.
  private var namesOfOtherRoles: [PolicyLayer.Gap] {
    let names = Set(
      policies.compactMap { read -> String? in
        guard read.given.layer == .role, case .role(let name)? = read.given.owner else {
          return nil
        }
        return name
      })
    guard names.count > 1, roleName == nil else { return [] }
    return [.init("policies of \(names.count) roles were given", needs: ["--role-arn"])]
  }

  private static func gap(missing policy: Said<String>) -> PolicyLayer.Gap {
    .init(
      "the role has the policy `\(policy.value.withReadableReferences)`, which was not given",
      needs: ["--role"])
  }

  /// Policies without principals that nothing places, besides those that say nothing new.
  private func loosePolicies(besides known: [ReadPolicy]) -> LoosePolicies {
    let all = policies.filter { read in
      guard read.given.option == nil, read.given.owner == nil, read.given.isInForce else {
        return false
      }
      return read.given.layer == .unplaced || read.given.layer == .managed
    }
    let known = Set(known.map(\.value))
    return LoosePolicies(
      all: all, new: all.withoutRepetition.filter { !known.contains($0.value) })
  }
}

/// Policies without principals that nothing places.
private struct LoosePolicies {
  /// All of them; some may repeat what is known.
  var all: [ReadPolicy]
  /// Those that say something new.
  var new: [ReadPolicy]

  /// What becomes of them.
  struct Placement {
    var policies: [ReadPolicy] = []
    var gaps: [PolicyLayer.Gap] = []
    /// How many policies that a list names are accounted for.
    var filled = 0
  }

  /// Places them: where lists name as many policies as are loose, these are those; without any list
  /// a single one is the role's; otherwise nobody can tell.
  func placed(lists: RoleLists, missing: Int, isFirst: Bool) -> Placement {
    if missing > 0 {
      if new.count <= missing { return Placement(policies: new, filled: all.count) }
      return Placement(gaps: [ambiguous])
    }
    if new.isEmpty || lists.areComplete { return Placement() }
    if new.count == 1, isFirst { return Placement(policies: new) }
    return Placement(gaps: [ambiguous])
  }

  private var ambiguous: PolicyLayer.Gap {
    let names = new.prefix(2).map { "`\($0.place.source.path)`" }.joined(separator: " and ")
    return .init(
      "nothing says whether the policies of \(names) are the role's", needs: ["--role"])
  }
}

/// The policies that lists say a role has.
private struct RoleLists {
  /// The names of inline policies.
  var inline: [Said<String>] = []
  /// The ARNs of managed policies.
  var managed: [Said<String>] = []
  /// Whether lists of both kinds were given, and whole.
  var areComplete = false
  /// What lists that were cut short leave open.
  var gaps: [PolicyLayer.Gap] = []

  init(_ lists: [AttachmentList], roles: Set<String>) {
    var kinds = (inline: false, managed: false)
    var isCut = false
    for list in lists where list.role.map(roles.contains) ?? true {
      switch list.kind {
      case .inline:
        kinds.inline = true
        inline += list.names.filter { name in !inline.contains { $0.value == name.value } }
      case .managed:
        kinds.managed = true
        managed += list.names.filter { name in !managed.contains { $0.value == name.value } }
      }
      if list.isTruncated {
        isCut = true
        gaps.append(.init("the list of the role's policies was cut short", needs: ["--role"]))
      }
    }
    areComplete = kinds.inline && kinds.managed && !isCut
  }

  /// The policies on the lists that were not given by name.
  func missing(from given: [ReadPolicy]) -> [Said<String>] {
    let names = Set(given.compactMap(\.given.name))
    let arns = Set(
      given.compactMap { read -> String? in
        if case .managedPolicy(let arn)? = read.given.owner { arn } else { nil }
      })
    return inline.filter { !names.contains($0.value) }
      + managed.filter { !arns.contains($0.value) }
  }
}
