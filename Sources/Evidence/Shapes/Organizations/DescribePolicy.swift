import PolicyModel

extension Shape {
  /// A policy of an organization, as JSON in a string, with its type.
  static let describePolicy = Shape.answer(
    "organizations describe-policy", carries: [.organization],
    matches: { root in
      root["Policy"]?.has("Content") == true && root["Policy"]?.hasObject("PolicySummary") == true
    },
    read: { root, reader in
      guard let policy = root["Policy"] else { return }
      let type = policy[path: "PolicySummary", "Type"]?.string
      let layer: GivenPolicy.Layer? =
        switch type {
        case "SERVICE_CONTROL_POLICY": .serviceControl(level: nil)
        case "RESOURCE_CONTROL_POLICY": .resourceControl(level: nil)
        default: nil
        }
      guard let layer = layer ?? reader.use.layer else { return }
      reader.keep(
        policy: policy["Content"], as: layer,
        named: policy[path: "PolicySummary", "Name"]?.string)
    })
}
