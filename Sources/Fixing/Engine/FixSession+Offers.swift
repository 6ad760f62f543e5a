import Evidence
import PolicyModel

/// A statement to be put into a policy by hand, as what was read of it is no file to be edited.
package struct Offer: Sendable, Hashable {
  /// The answer's path.
  package var path: String
  /// Whether it is an answer of AWS, not standard input that nothing can be written back to.
  package var isAnswer: Bool
  /// What the policy is: "bucket policy".
  package var policy: String
  /// The statement's position, from 0, where it takes the place of one; nil for a new one.
  package var position: Int?
  /// The statement as indented JSON.
  package var statement: String
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
      return zip(old, new).flatMap {
        Self.offers(
          from: $0, to: $1, in: change.original, isAnswer: !written.contains(change.original))
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

  private static func offers(
    from old: Policy, to new: Policy, in source: Source, isAnswer: Bool
  ) -> [Offer] {
    new.statements.enumerated().compactMap { index, statement in
      let known = index < old.statements.count ? old.statements[index] : nil
      guard known?.node.hasSameValue(as: statement.node) != true else { return nil }
      var writer = JSONWriter(isIndented: true)
      guard writer.value(statement.node) else { return nil }
      return Offer(
        path: source.path, isAnswer: isAnswer, policy: new.kind.nounWithoutArticle,
        position: known == nil ? nil : index,
        statement: String(decoding: writer.bytes, as: UTF8.self))
    }
  }
}

extension PolicyKind {
  fileprivate var nounWithoutArticle: String {
    noun.split(separator: " ").dropFirst().joined(separator: " ")
  }
}
