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
    matches: { root in
      root["Policy"]?.kind == .string
        && root.members.allSatisfy { membersBesideText.contains($0.name) }
    },
    read: { root, reader in
      reader.keep(policy: root["Policy"], as: .foreign)
    })

  /// What an answer with a policy in a string may hold: other documents have a `Policy` too.
  private static let membersBesideText: Set<String> = [
    "Policy", "PolicyName", "RevisionId", "ResponseMetadata", "Truncated", "NextMarker",
  ]
}
