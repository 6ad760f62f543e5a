import PolicyModel

extension Shape {
  /// The names of a role's inline policies; the answer does not say of which role.
  static let listRolePolicies = Shape.answer(
    "iam list-role-policies",
    matches: { root in
      // `kms list-key-policies` answers with `Truncated`, and its only name is `default`.
      root.hasArray("PolicyNames") && !root.has("Truncated")
    },
    read: { root, reader in
      reader.keep(
        attachments: root["PolicyNames"], of: .inline, isTruncated: reader.isTruncated(root)
      ) { $0 }
    })

  /// The ARNs of the managed policies that are attached to a role.
  static let listAttachedRolePolicies = Shape.answer(
    "iam list-attached-role-policies",
    matches: { $0.hasArray("AttachedPolicies") },
    read: { root, reader in
      reader.keep(
        attachments: root["AttachedPolicies"], of: .managed,
        isTruncated: reader.isTruncated(root)
      ) { $0["PolicyArn"] }
    })
}

extension ShapeReader {
  fileprivate mutating func keep(
    attachments list: Node?, of kind: AttachmentList.Kind, isTruncated: Bool,
    name: (Node) -> Node?
  ) {
    guard let list else { return }
    dossier.attachments.append(
      AttachmentList(
        kind: kind, names: list.elements.compactMap { text(name($0)) }, role: nil,
        isTruncated: isTruncated, place: list.place, origin: origin))
  }
}
