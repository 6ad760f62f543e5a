import PolicyModel

extension Shape {
  /// Who calls: taken to be whoever will start the import.
  static let getCallerIdentity = Shape.answer(
    "sts get-caller-identity",
    matches: { $0.has("UserId", "Account", "Arn") },
    read: { root, reader in
      if let account = reader.text(root["Account"], where: AWSNames.isAccount) {
        reader.dossier.facts.callerAccount.documents.append(account)
      }
      if let arn = reader.text(root["Arn"], where: { $0.accountOfARN != nil }) {
        reader.dossier.facts.callerARN.documents.append(arn)
      }
    })
}
