import PolicyModel

extension Shape {
  /// An inline policy of a role.
  static let getRolePolicy = Shape.answer(
    "iam get-role-policy", carries: [.role, .caller],
    matches: { $0.has("RoleName", "PolicyName", "PolicyDocument") },
    read: { root, reader in
      guard let role = reader.text(root["RoleName"]) else { return }
      reader.keep(
        policy: root["PolicyDocument"], as: .role, of: .role(name: role.value),
        named: root["PolicyName"]?.string)
    })

  /// An inline policy of a user or a group: of whoever starts the import.
  static let getUserPolicy = Shape.answer(
    "iam get-user-policy", carries: [.caller],
    matches: { root in
      root.has("PolicyName", "PolicyDocument") && (root.has("UserName") || root.has("GroupName"))
    },
    read: { root, reader in
      let name = root["UserName"] ?? root["GroupName"]
      reader.keep(
        policy: root["PolicyDocument"], as: .caller,
        of: .principal(name: name?.string ?? ""), named: root["PolicyName"]?.string)
    })
}
