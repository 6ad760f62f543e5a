import PolicyModel

extension Shape {
  /// A KMS key and its state; what it encrypts is not said.
  static let describeKey = Shape.answer(
    "kms describe-key",
    matches: { $0.hasObject("KeyMetadata") },
    read: { root, reader in
      guard let metadata = root["KeyMetadata"],
        let arn = reader.text(metadata["Arn"], where: AWSNames.isKeyARN)
      else { return }
      reader.dossier.keys.append(
        KeyMention(text: arn, standing: .described, metadata: metadata))
    })
}
