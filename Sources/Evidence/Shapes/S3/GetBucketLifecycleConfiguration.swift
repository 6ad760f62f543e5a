import PolicyModel

extension Shape {
  /// When objects move to colder storage and when they are deleted.
  static let getBucketLifecycleConfiguration = Shape.answer(
    "s3api get-bucket-lifecycle-configuration",
    matches: { root in
      root.hasArray("Rules")
        && (root.has("TransitionDefaultMinimumObjectSize")
          || root.list("Rules").contains { rule in
            rule.has("Status")
              && (rule.has("Expiration") || rule.has("Transitions")
                || rule.has("NoncurrentVersionExpiration")
                || rule.has("NoncurrentVersionTransitions")
                || rule.has("AbortIncompleteMultipartUpload"))
          })
    },
    read: { root, reader in
      reader.dossier.lifecycles.append(contentsOf: LifecycleRule.reading(apiRules: root))
    })
}
