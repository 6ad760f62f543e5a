import PolicyModel

extension Shape {
  /// The organization and its management account.
  static let describeOrganization = Shape.answer(
    "organizations describe-organization",
    matches: { root in
      root["Organization"]?.has("Id") == true && root["Organization"]?.has("FeatureSet") == true
        || root["Organization"]?.has("MasterAccountId") == true
    },
    read: { root, reader in
      guard let organization = root["Organization"] else { return }
      if let id = reader.text(organization["Id"], where: AWSNames.isOrganization) {
        reader.dossier.facts.organizationID.documents.append(id)
      }
      if let account = reader.text(
        organization["MasterAccountId"], where: AWSNames.isAccount)
      {
        reader.dossier.facts.managementAccount.documents.append(account)
      }
    })
}
