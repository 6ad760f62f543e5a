import PolicyModel

extension Shape {
  /// The bucket's access control list; a clean one does not prove that ACLs are disabled.
  static let getBucketACL = Shape.answer(
    "s3api get-bucket-acl",
    matches: { $0.hasObject("Owner") && $0.hasArray("Grants") },
    read: { root, reader in
      guard let owner = reader.text(root[path: "Owner", "ID"]) else { return }
      let foreign = root.list("Grants").filter { grant in
        grant[path: "Grantee", "ID"]?.scalarText != owner.value
      }
      reader.dossier.facts.foreignGrants.documents.append(
        Said(
          foreign.count, by: reader.origin,
          at: (foreign.first ?? root["Grants"] ?? root).place))
    })
}
