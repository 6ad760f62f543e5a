import PolicyModel

extension Shape {
  /// The accounts that administer a service for the organization.
  ///
  /// Their ARNs carry the management account and the organization:
  /// `arn:aws:organizations::MANAGEMENT:account/o-…/MEMBER`.
  static let listDelegatedAdministrators = Shape.answer(
    "organizations list-delegated-administrators",
    matches: { $0.hasArray("DelegatedAdministrators") },
    read: { root, reader in
      for administrator in root.list("DelegatedAdministrators") {
        guard let arn = reader.text(administrator["Arn"], where: { $0.accountOfARN != nil }),
          let parts = ARNParts(arn.value), parts.service == "organizations"
        else { continue }
        if let account = arn.map(\.accountOfARN) {
          reader.dossier.facts.managementAccount.documents.append(account)
        }
        let organization = parts.resource.split(separator: "/").dropFirst().first
        if let organization, AWSNames.isOrganization(organization) {
          reader.dossier.facts.organizationID.documents.append(
            Said(String(organization), by: reader.origin, at: arn.place))
        }
      }
    })
}
