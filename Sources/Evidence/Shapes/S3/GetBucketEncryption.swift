import PolicyModel

extension Shape {
  /// The bucket's default encryption, which holds for objects put without another.
  static let getBucketEncryption = Shape.answer(
    "s3api get-bucket-encryption",
    matches: { $0.hasObject("ServerSideEncryptionConfiguration") },
    read: { root, reader in
      for rule in root["ServerSideEncryptionConfiguration"]?.list("Rules") ?? root.elements {
        reader.keep(
          defaultEncryption: rule["ApplyServerSideEncryptionByDefault"],
          bucketKey: rule["BucketKeyEnabled"])
      }
    })
}

extension ShapeReader {
  /// Keeps the default encryption of a bucket, as the API, a template or a plan writes it.
  mutating func keep(defaultEncryption rule: Node?, bucketKey: Node?) {
    guard let rule, let algorithm = text(rule["SSEAlgorithm"]) else { return }
    dossier.facts.defaultEncryption.documents.append(algorithm)
    guard algorithm.value.hasPrefix("aws:kms") else { return }
    if let key = text(rule["KMSMasterKeyID"]) {
      dossier.keys.append(KeyMention(text: key, standing: .named))
    } else {
      dossier.keys.append(
        KeyMention(
          text: Said(KeyMention.awsManaged, by: origin, at: rule.place), standing: .named))
    }
    // The setting holds for new objects; the ones to copy may be older.
    let isOn = boolean(bucketKey)?.value ?? false
    dossier.facts.bucketKeys.suggestions.append(
      [Said(isOn ? .on : .off, by: origin, at: (bucketKey ?? rule).place)])
  }
}
