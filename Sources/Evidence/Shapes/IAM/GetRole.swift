import PolicyModel

extension Shape {
  /// A role with its trust policy; `create-role` and `update-role` answer alike, and
  /// `--query Role` leaves the outer braces out.
  static let getRole = Shape.answer(
    "iam get-role", carries: [.trust],
    matches: { root in
      let role = root["Role"] ?? root
      return role.has("RoleName", "Arn") && !role.has("PolicyDocument")
    },
    read: { root, reader in
      let role = root["Role"] ?? root
      reader.keep(role: role, isPickedOut: true)
      if reader.use == .trust, role["AssumeRolePolicyDocument"] == nil {
        reader.dossier.findings.append(.noTrustPolicy(role))
      }
    })
}

extension ShapeReader {
  /// Keeps what `get-role` and a dump of the account say of a role.
  mutating func keep(role: Node, isPickedOut: Bool) {
    guard let arn = text(role["Arn"], where: AWSNames.isRoleARN) else { return }
    var trust: Node?
    if let document = role["AssumeRolePolicyDocument"] {
      do throws(SyntaxFailure) {
        trust = try document.policyDocument()
      } catch {
        dossier.unreadable.append(Said(.trust, by: origin, at: document.place))
        dossier.findings.append(Finding(error))
      }
    }
    dossier.roles.append(
      RoleRecord(
        arn: arn, name: role["RoleName"]?.string ?? "", id: text(role["RoleId"]), trust: trust,
        boundary: text(role[path: "PermissionsBoundary", "PermissionsBoundaryArn"]),
        isPickedOut: isPickedOut, option: use.option))
  }
}

extension Finding {
  fileprivate static func noTrustPolicy(_ role: Node) -> Finding {
    Finding(
      "policy-grammar", .error, "the role has no `AssumeRolePolicyDocument` here", at: role.place,
      help: "save the whole answer of `aws iam get-role --role-name NAME`")
  }
}
