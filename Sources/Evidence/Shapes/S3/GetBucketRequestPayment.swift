import PolicyModel

extension Shape {
  /// Who pays for requests to the bucket.
  static let getBucketRequestPayment = Shape.answer(
    "s3api get-bucket-request-payment",
    matches: { $0.has("Payer") && $0.count == 1 },
    read: { root, reader in
      guard let payer = reader.text(root["Payer"]) else { return }
      reader.dossier.facts.payer.documents.append(payer)
    })
}
