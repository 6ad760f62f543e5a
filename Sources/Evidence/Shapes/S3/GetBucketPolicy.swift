import PolicyModel

extension Shape {
  /// A bucket policy as JSON in a string.
  static let getBucketPolicy = Shape.answer(
    "s3api get-bucket-policy", carries: [.bucket],
    matches: { root in
      !root.has("PolicyName") && root.traitsOfPolicyText?.nature == .bucket
    },
    read: { root, reader in
      reader.keep(policy: root["Policy"], as: .bucket)
    })
}

extension Node {
  /// What the policy in a string named `Policy` is like; nil where there is none to read.
  var traitsOfPolicyText: PolicyTraits? {
    guard let text = self["Policy"], text.kind == .string,
      let document = try? text.embeddedDocument()
    else { return nil }
    return PolicyTraits(document.root)
  }
}
