import PolicyModel

extension Shape {
  /// All roles and customer managed policies of an account, in one document.
  static let getAccountAuthorizationDetails = Shape.answer(
    "iam get-account-authorization-details", carries: [.role, .trust, .boundary],
    matches: { root in
      root.hasArray("RoleDetailList") || root.hasArray("UserDetailList")
        || (root.hasArray("Policies")
          && root["Policies"]?.elements.contains { $0.has("PolicyVersionList") } == true)
    },
    read: { root, reader in
      for role in root.list("RoleDetailList") {
        reader.keep(detailsOf: role)
      }
      for policy in root.list("Policies") {
        reader.keep(versionsOf: policy)
      }
      if reader.isTruncated(root) {
        reader.dossier.truncatedDetails.append(Said(true, by: reader.origin, at: root.place))
      }
    })
}

extension ShapeReader {
  fileprivate mutating func keep(detailsOf role: Node) {
    guard let name = role["RoleName"]?.string else { return }
    keep(role: role, isPickedOut: false)
    for inline in role.list("RolePolicyList") {
      keep(
        dumped: inline["PolicyDocument"], as: .role, of: .role(name: name),
        named: inline["PolicyName"]?.string)
    }
    if let attached = role["AttachedManagedPolicies"] {
      dossier.attachments.append(
        AttachmentList(
          kind: .managed, names: attached.elements.compactMap { text($0["PolicyArn"]) },
          role: name, isTruncated: false, place: attached.place, origin: origin))
    }
  }

  fileprivate mutating func keep(versionsOf policy: Node) {
    guard let arn = text(policy["Arn"], where: AWSNames.isPolicyARN) else { return }
    let inForce = policy["DefaultVersionId"]?.string
    for version in policy.list("PolicyVersionList")
    where version["IsDefaultVersion"]?.boolean ?? (version["VersionId"]?.string == inForce) {
      keep(
        dumped: version["Document"], as: .managed, of: .managedPolicy(arn: arn.value),
        named: policy["PolicyName"]?.string)
    }
  }

  /// Keeps a policy of a dump: which of its many an option means is told by the role, later.
  private mutating func keep(
    dumped node: Node?, as layer: GivenPolicy.Layer, of owner: GivenPolicy.Owner,
    named name: String?
  ) {
    guard let node else { return }
    do throws(SyntaxFailure) {
      dossier.policies.append(
        GivenPolicy(
          node: try node.policyDocument(), layer: layer, owner: owner, name: name, option: nil,
          origin: origin, isPickedOut: false))
    } catch {
      dossier.unreadable.append(Said(layer, by: origin, at: node.place))
      dossier.findings.append(Finding(error))
    }
  }
}
