import Evidence
import PolicyModel

extension CopyPlan {
  /// Every policy of the copy, each once, by layer.
  var allPolicies: [Policy] {
    let layers = [role, trust, bucket] + keys.map(\.policy) + [boundary, caller]
    let levels = serviceControl.levels + resourceControl.levels
    let all =
      layers.flatMap(\.policies) + levels.flatMap(\.policies) + (storeKey?.policy.policies ?? [])
    // One key may encrypt both the objects and the store.
    var seen: Set<Place> = []
    return all.filter { seen.insert($0.node.place).inserted }
  }
}
