import PolicyModel

extension Shape {
  /// A key policy as JSON in a string; the answer does not say of which key.
  static let getKeyPolicy = Shape.answer(
    "kms get-key-policy", carries: [.key],
    matches: { root in
      root["Policy"]?.kind == .string
        && (root.has("PolicyName") || root.traitsOfPolicyText?.nature == .key)
    },
    read: { root, reader in
      reader.keep(policy: root["Policy"], as: .key)
    })

  /// The names of a key's policies, of which there is one: `default`.
  static let listKeyPolicies = Shape.answer(
    "kms list-key-policies",
    matches: { $0.hasArray("PolicyNames") && $0.has("Truncated") },
    read: { _, _ in })
}
