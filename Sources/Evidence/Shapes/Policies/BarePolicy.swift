import PolicyModel

extension Shape {
  /// A policy document by itself: what it is for is told by what its statements hold.
  static let policy = Shape(
    "a policy",
    carries: [.role, .trust, .bucket, .key, .boundary, .organization, .caller],
    matches: { $0.has("Statement") },
    read: { root, reader in
      reader.keep(policy: root, as: PolicyTraits(root).nature.layer)
    })

  /// A policy in a string named `Policy` that does not show what it is for.
  static let policyText = Shape(
    "a policy in a string", carries: [.bucket, .key],
    matches: { $0["Policy"]?.kind == .string },
    read: { root, reader in
      reader.keep(policy: root["Policy"], as: .foreign)
    })
}
