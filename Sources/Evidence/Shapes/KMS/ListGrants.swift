import PolicyModel

extension Shape {
  /// The grants of a KMS key.
  static let listGrants = Shape.answer(
    "kms list-grants",
    matches: { root in
      root.hasArray("Grants") && !root.has("Owner")
        && root.list("Grants").allSatisfy { $0.has("GrantId") || $0.has("GranteePrincipal") }
    },
    read: { root, reader in
      reader.dossier.grants.append(
        GrantList(
          grants: Array(root.list("Grants")), isTruncated: reader.isTruncated(root),
          place: root.place))
    })
}
