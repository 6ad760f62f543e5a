import PolicyModel

extension PlanAssembly {
  /// The policies of a layer that are in the plan already.
  func used(in layer: GivenPolicy.Layer) -> [ReadPolicy] {
    policies.filter { $0.usedAs == layer }
  }

  /// Puts policies into a layer of the plan.
  mutating func use(_ chosen: [ReadPolicy], as layer: GivenPolicy.Layer) -> [Policy] {
    for read in chosen {
      if read.kind != layer.kind {
        policies[read.order] = ReadPolicy(read.given, order: read.order, as: layer.kind)
      }
      policies[read.order].usedAs = layer
    }
    return chosen.map { policies[$0.order].policy }
  }

  /// What keeps a layer from being known although policies of it were given.
  func gaps(in layer: GivenPolicy.Layer, _ chosen: [Policy], option: String) -> [PolicyLayer.Gap] {
    var gaps: [PolicyLayer.Gap] = []
    if let broken = dossier.unreadable.first(where: { $0.value == layer }) {
      let name = broken.place.map { "`\($0.source.path)`" } ?? "a document"
      gaps.append(.init("\(name) could not be read", needs: [option]))
    }
    if let broken = chosen.first(where: { $0.isUnreadable || $0.mayHoldFurtherStatements }) {
      let name = broken.node.address ?? broken.node.tree.source.path
      gaps.append(
        .init(
          broken.openReason.map { "`\(name)` is open: \($0)" }
            ?? "a statement of `\(broken.node.tree.source.path)` could not be read",
          needs: [option]))
    }
    return gaps
  }

  /// Why a layer is unknown although a plan makes its policy: it is known only later.
  func deferral(
    in layer: GivenPolicy.Layer, option: String, of isOwner: (GivenPolicy.Owner?) -> Bool
  ) -> PolicyLayer.Gap? {
    let policy = dossier.deferred.first { $0.layer == layer && isOwner($0.owner) }
    return policy.map { .init($0.reason, needs: [option]) }
  }

  /// The policy of a layer that has exactly one, such as a bucket's.
  ///
  /// What an option gives wins. Documents that hold different policies for the same thing disagree;
  /// the layer is then unknown.
  mutating func single(
    _ layer: GivenPolicy.Layer, from candidates: [ReadPolicy], noun: String, option: String,
    deferred: PolicyLayer.Gap? = nil
  ) -> PolicyLayer {
    let absence = dossier.absences.first { $0.layer == layer }
    if let absence {
      guard let other = candidates.first(where: { $0.given.option != nil }) ?? candidates.first
      else { return .none }
      dossier.findings.append(.contradictsAbsence(other, noun, absence))
      if absence.isStated { return .none }
      if other.given.option == nil {
        return PolicyLayer(gap: .init("documents disagree on \(noun)", needs: [option]))
      }
    }
    let distinct = candidates.pickedOutFirst.withoutRepetition
    let chosen = distinct.first { $0.given.option != nil } ?? distinct.first
    guard let chosen else {
      let gaps =
        [deferred].compactMap(\.self) + self.gaps(in: layer, [], option: option)
      return gaps.isEmpty ? .notGiven(option, noun) : PolicyLayer(gap: .joining(gaps))
    }
    let others = distinct.filter { $0.order != chosen.order }
    for other in others {
      dossier.findings.append(.twoPolicies(other, chosen, noun))
    }
    if chosen.given.option == nil, !others.isEmpty {
      return PolicyLayer(gap: .init("documents disagree on \(noun)", needs: [option]))
    }
    let policies = use([chosen], as: layer)
    return PolicyLayer(
      policies: policies, gap: .joining(gaps(in: layer, policies, option: option)))
  }
}

extension Policy {
  /// Why a template or plan leaves the policy or one of its statements open; nil of one that is read.
  fileprivate var openReason: String? {
    let statements = node["Statement"]
    return node.openReason ?? statements?.openReason
      ?? statements?.elements.lazy.compactMap(\.openReason).first
  }
}

extension PolicyLayer.Gap {
  /// One gap of several; nil of none.
  static func joining(_ gaps: [PolicyLayer.Gap]) -> PolicyLayer.Gap? {
    guard let first = gaps.first else { return nil }
    var needs: [String] = []
    for need in gaps.flatMap(\.needs) where !needs.contains(need) { needs.append(need) }
    return .init(
      gaps.count == 1 ? first.reason : gaps.map(\.reason).joined(separator: "; "), needs: needs)
  }
}

extension [ReadPolicy] {
  /// The same policies, those of a whole account's dump last, so that findings point elsewhere.
  var pickedOutFirst: [ReadPolicy] {
    filter(\.given.isPickedOut) + filter { !$0.given.isPickedOut }
  }

  /// The policies without those that say the same as an earlier one.
  var withoutRepetition: [ReadPolicy] {
    guard count > 1 else { return self }
    var seen: Set<NodeValue> = []
    return filter { seen.insert($0.value).inserted }
  }
}

extension Finding {
  /// Two different policies for one thing that has only one.
  fileprivate static func twoPolicies(
    _ other: ReadPolicy, _ chosen: ReadPolicy, _ noun: String
  ) -> Finding {
    Finding(
      "documents-disagree", .error, "\(noun) is not the same in two documents", at: other.place,
      label: "differs", related: [Note("another stands here", at: chosen.place)],
      help: chosen.given.option.map { "the copy is judged with what `\($0)` gives" }
        ?? "leave out the one that is not in force")
  }

  /// A policy although something says that there is none.
  fileprivate static func contradictsAbsence(
    _ read: ReadPolicy, _ noun: String, _ absence: LayerAbsence
  ) -> Finding {
    Finding(
      "documents-disagree", .error,
      "\(noun) stands here, but there is none by \(absence.origin)", at: read.place,
      related: absence.place.map { [Note("this says that there is none", at: $0)] } ?? [],
      help: "leave out the one that is not in force")
  }
}
