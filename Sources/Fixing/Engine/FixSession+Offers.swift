import Evidence
import PolicyModel

/// A mended policy to be put in its place by hand, as what was read of it is no file to be edited.
package struct Offer: Sendable, Hashable {
  /// The answer's path.
  package var path: String
  /// What the document is that the policy was read from.
  package var origin: PolicyOrigin
  /// What the policy is, in words that can follow "the mended": "bucket policy".
  package var policy: String
  /// The command that puts a policy of its kind in its place.
  package var command: String?
  /// The whole policy as indented JSON.
  package var document: String
}

/// What a document is whose policies cannot be mended where they are.
package enum PolicyOrigin: Sendable, Hashable {
  /// An answer of AWS.
  case answer
  /// What was made of other files, in words: "a Terraform plan".
  case generated(String)
  /// What somebody wrote, but nothing can be written back to: standard input.
  case input
  /// What somebody wrote and could be mended, but not without another document.
  case file

  /// Tells what a document of a copy is; nil for another.
  init?(of source: Source, in plan: CopyPlan) {
    guard let document = plan.documents.first(where: { $0.source == source }) else { return nil }
    if document.isWritten {
      self = .input
    } else if let name = document.name, !name.hasPrefix("the answer of ") {
      self = .generated(name)
    } else {
      self = .answer
    }
  }
}

extension FixSession {
  /// What would have to be changed in AWS, as far as it can be told: found by mending the answers in
  /// memory, and judged like everything else.
  package func offers(withUnsafe allowsUnsafe: Bool) -> [Offer] {
    var imagined = self
    imagined.imagines = true
    imagined.mend(withUnsafe: allowsUnsafe)
    let own = Set(changes.map(\.original))
    return imagined.changes.filter { !own.contains($0.original) }.flatMap { change in
      let old = policies(of: change.original)
      let new = imagined.policies(of: change.mended)
      return zip(old, new).compactMap { old, new -> Offer? in
        guard !old.node.hasSameValue(as: new.node) else { return nil }
        return Offer(path: change.original.path, origin(of: change.original), mended: new)
      }
    }
  }

  private func origin(of source: Source) -> PolicyOrigin {
    let origin = plans.lazy.compactMap { PolicyOrigin(of: source, in: $0) }.first ?? .answer
    return origin == .input && canWrite(source) ? .file : origin
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
  fileprivate init?(path: String, _ origin: PolicyOrigin, mended policy: Policy) {
    var writer = JSONWriter(isIndented: true)
    guard writer.value(policy.node) else { return nil }
    let isForCommand = if case .generated = origin { false } else { true }
    self.init(
      path: path, origin: origin, policy: policy.kind.nounWithoutArticle,
      command: isForCommand ? policy.kind.command : nil,
      document: String(decoding: writer.bytes, as: UTF8.self))
  }
}

extension PolicyKind {
  /// The kind without its article.
  var nounWithoutArticle: String {
    noun.split(separator: " ").dropFirst().joined(separator: " ")
  }

  /// The command of the AWS CLI that takes such a policy.
  var command: String? {
    switch self {
    case .identity: "aws iam put-role-policy"
    case .trust: "aws iam update-assume-role-policy"
    case .bucket: "aws s3api put-bucket-policy"
    case .key: "aws kms put-key-policy"
    case .boundary, .session, .serviceControl, .resourceControl, .resource: nil
    }
  }
}
