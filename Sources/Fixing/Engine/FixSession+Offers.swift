import Evidence
import PolicyModel

/// A mended policy to be put in its place by hand, as what was read of it is no file to be edited.
package struct Offer: Sendable, Hashable {
  /// The answer's path.
  package var path: String
  /// Whether it is an answer of AWS, not standard input that nothing can be written back to.
  package var isAnswer: Bool
  /// What the policy is, in words that can follow "the mended": "bucket policy".
  package var policy: String
  /// The command that puts a policy of its kind in its place.
  package var command: String?
  /// The whole policy as indented JSON.
  package var document: String
}

extension FixSession {
  /// What would have to be changed in AWS, as far as it can be told: found by mending the answers in
  /// memory, and judged like everything else.
  package func offers(withUnsafe allowsUnsafe: Bool) -> [Offer] {
    var imagined = self
    imagined.imagines = true
    imagined.mend(withUnsafe: allowsUnsafe)
    let own = Set(changes.map(\.original))
    let written = Set(plans.flatMap(\.documents).filter(\.isWritten).map(\.source))
    return imagined.changes.filter { !own.contains($0.original) }.flatMap { change in
      let old = policies(of: change.original)
      let new = imagined.policies(of: change.mended)
      return zip(old, new).compactMap { old, new -> Offer? in
        guard !old.node.hasSameValue(as: new.node) else { return nil }
        return Offer(
          path: change.original.path, isAnswer: !written.contains(change.original), mended: new)
      }
    }
  }

  /// The policies of a source, in the order of its text.
  private func policies(of source: Source) -> [Policy] {
    var policies: [Policy] = []
    for plan in plans {
      for policy in plan.allPolicies
      where policy.node.tree.source == source
        && !policies.contains(where: { $0.node.place == policy.node.place })
      {
        policies.append(policy)
      }
    }
    return policies.sorted { $0.node.range.lowerBound < $1.node.range.lowerBound }
  }
}

extension Offer {
  fileprivate init?(path: String, isAnswer: Bool, mended policy: Policy) {
    var writer = JSONWriter(isIndented: true)
    guard writer.value(policy.node) else { return nil }
    self.init(
      path: path, isAnswer: isAnswer, policy: policy.kind.nounWithoutArticle,
      command: policy.kind.command, document: String(decoding: writer.bytes, as: UTF8.self))
  }
}

extension PolicyKind {
  fileprivate var nounWithoutArticle: String {
    noun.split(separator: " ").dropFirst().joined(separator: " ")
  }

  /// The command of the AWS CLI that takes such a policy.
  fileprivate var command: String? {
    switch self {
    case .identity: "aws iam put-role-policy"
    case .trust: "aws iam update-assume-role-policy"
    case .bucket: "aws s3api put-bucket-policy"
    case .key: "aws kms put-key-policy"
    case .boundary, .session, .serviceControl, .resourceControl, .resource: nil
    }
  }
}
