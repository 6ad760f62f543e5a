import PolicyModel

extension Shape {
  /// One object: how it is encrypted and stored.
  static let headObject = Shape.answer(
    "s3api head-object",
    matches: { $0.has("ETag", "ContentLength") || $0.has("AcceptRanges", "LastModified") },
    read: { root, reader in
      if let key = reader.text(root["SSEKMSKeyId"]) {
        reader.dossier.keys.append(KeyMention(text: key, standing: .named))
        let flag = reader.boolean(root["BucketKeyEnabled"])
        reader.dossier.facts.bucketKeys.suggestions.append(
          [
            Said(
              flag?.value == true ? .on : .off, by: reader.origin,
              at: flag?.place ?? root.place)
          ])
      }
    })
}
