import PolicyModel

extension Shape {
  /// A version of a managed policy; the answer does not say of which policy.
  static let getPolicyVersion = Shape.answer(
    "iam get-policy-version", carries: [.role, .boundary, .caller],
    matches: { root in
      root["PolicyVersion"]?.has("Document") == true
        || root.has("Document", "VersionId", "IsDefaultVersion")
    },
    read: { root, reader in
      let version = root["PolicyVersion"] ?? root
      // A version that somebody asks about by an option is judged though it is not in force.
      let isInForce = version["IsDefaultVersion"]?.boolean != false || reader.use != .anything
      reader.keep(policy: version["Document"], as: .managed, isInForce: isInForce)
    })

  /// A managed policy without its document.
  static let getPolicy = Shape.answer(
    "iam get-policy",
    matches: { root in
      root["Policy"]?.has("Arn", "DefaultVersionId") == true
    },
    read: { root, reader in
      guard let arn = reader.text(root[path: "Policy", "Arn"], where: AWSNames.isPolicyARN) else {
        return
      }
      reader.dossier.managedPolicies.append(
        ManagedPolicyRecord(
          arn: arn, defaultVersion: root[path: "Policy", "DefaultVersionId"]?.string))
    })
}
