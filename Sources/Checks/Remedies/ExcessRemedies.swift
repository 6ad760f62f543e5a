import Evidence
import PolicyModel

/// Plans how to take away what a statement of the role grants beyond the copy.
///
/// The role may be somebody else's too, so that none of it is safe.
struct ExcessRemedies {
  let copy: CompiledCopy
  let policy: Policy
  let statement: Statement

  // MARK: Actions

  /// Lists the actions that the copy needs in the place of an item that matches more.
  func narrowing(action item: PolicyString) -> [Remedy] {
    guard let clause = statement.actions, !clause.isNegated else { return [] }
    return replacing(
      item, of: clause.node, among: clause.items,
      with: wantedActions(item.text.description.lowercased()))
  }

  private func wantedActions(_ pattern: String) -> [String] {
    Self.objectActions.filter { _ in covers(objects) }.matched(by: pattern)
      + Self.bucketActions.filter { _ in covers(bucket) }.matched(by: pattern)
      + Self.keyActions.filter { _ in keys.contains { covers($0) } }.matched(by: pattern)
  }

  /// Names the actions that the copy needs in the place of those it does not.
  func namingActions() -> [Remedy] {
    guard let clause = statement.actions, clause.isNegated else { return [] }
    let excluded = clause.items.map { $0.text.description.lowercased() }
    let wanted = wantedActions("*").filter { action in
      !excluded.contains { PatternText.matches($0, action.lowercased()) }
    }
    return naming(wanted, as: "Action", in: clause)
  }

  private static let objectActions = ["s3:GetObject"]
  private static let bucketActions = ["s3:ListBucket", "s3:GetBucketAcl"]
  private static let keyActions = ["kms:Decrypt", "kms:GenerateDataKey"]

  /// Whether the statement's resources hold one that the copy needs.
  private func covers(_ resource: String?) -> Bool {
    guard let resource, let clause = statement.resources, !clause.isNegated else { return false }
    return clause.items.contains { PatternText.matches($0.text.encoded, resource) }
  }

  // MARK: Resources

  /// Lists the resources that the copy needs in the place of an item that matches more.
  func narrowing(resource node: Node) -> [Remedy] {
    if let clause = statement.resources, clause.isNegated { return namingResources(clause) }
    guard let clause = statement.resources,
      let item = clause.items.first(where: { $0.node.index == node.index })
    else { return [] }
    let wanted = wantedResources.filter { PatternText.matches(item.text.encoded, $0) }.map(written)
    return replacing(item, of: clause.node, among: clause.items, with: wanted)
  }

  /// Names the resources that the copy needs in the place of those it does not.
  private func namingResources(_ clause: Statement.Clause<PolicyString>) -> [Remedy] {
    let wanted = wantedResources.filter { resource in
      !clause.items.contains { PatternText.matches($0.text.encoded, resource) }
    }.map(written)
    return naming(wanted, as: "Resource", in: clause)
  }

  private var wantedResources: [String] {
    guard let clause = statement.actions, !clause.isNegated else { return [] }
    func allows(_ actions: [String]) -> Bool {
      clause.items.contains { item in
        !actions.matched(by: item.text.description.lowercased()).isEmpty
      }
    }
    return (allows(Self.bucketActions) ? [bucket] : []).compactMap(\.self)
      + (allows(Self.objectActions) ? [objects] : []).compactMap(\.self)
      + (allows(Self.keyActions) ? keys : [])
  }

  private var bucket: String? {
    copy.plan.facts.bucket.value.map { "arn:\(copy.requests.partition):s3:::\($0)" }
  }

  private var objects: String? {
    bucket.flatMap { bucket in copy.plan.facts.prefix.value.map { "\(bucket)/\($0)*" } }
  }

  /// A resource as a policy names it, where wildcards in the prefix are meant as they are.
  private func written(_ resource: String) -> String {
    guard resource == objects else { return resource }
    return DocumentedStatements(copy)?.objects ?? resource
  }

  private var keys: [String] { copy.plan.keys.compactMap(\.arn.value) }

  // MARK: Changes

  /// Lists what is wanted under the name of the element that lists what is meant.
  private func naming(
    _ wanted: [String], as name: String, in clause: Statement.Clause<PolicyString>
  ) -> [Remedy] {
    guard let first = wanted.first, let last = clause.items.last else {
      guard policy.statements.count > 1 else { return [] }
      return [Remedy("remove \(statement.name)", .unsafe, [.remove(statement.node.place)])]
    }
    var changes: [Remedy.Change] = [
      .rename(clause.keyNode.place, to: name), .rewrite(last.node.place, to: first),
    ]
    changes += clause.items.dropLast().map { .remove($0.node.place) }
    if wanted.count > 1 {
      changes.append(.append(wanted.dropFirst().map(Remedy.Value.text), to: clause.node.place))
    }
    return [
      Remedy("allow only \(Self.listed(wanted)) instead of `Not\(name)`", .unsafe, changes)
    ]
  }

  private static func listed(_ texts: [String]) -> String {
    let names = texts.map { "`\($0.withReadableReferences)`" }
    return names.count > 1
      ? names.dropLast().joined(separator: ", ") + " and \(names[names.count - 1])" : names[0]
  }

  private func replacing(
    _ item: PolicyString, of clause: Node, among items: [PolicyString], with wanted: [String]
  ) -> [Remedy] {
    // Each item of a list would be compared with all others, and nothing mends such a statement.
    guard statement.node.range.count <= Limits.searchedStatementBytes else { return [] }
    let others = Set(
      items.filter { $0.node.index != item.node.index }.map { $0.text.encoded.lowercased() })
    let missing = wanted.filter { !others.contains($0.lowercased()) }
    let shown = item.text.description
    guard let first = missing.first else {
      if items.count > 1 {
        return [Remedy("remove `\(shown)`", .unsafe, [.remove(item.node.place)])]
      }
      guard policy.statements.count > 1 else { return [] }
      return [Remedy("remove \(statement.name)", .unsafe, [.remove(statement.node.place)])]
    }
    guard missing != [item.text.encoded] else { return [] }
    var changes: [Remedy.Change] = [.rewrite(item.node.place, to: first)]
    if missing.count > 1 {
      changes.append(.append(missing.dropFirst().map(Remedy.Value.text), to: clause.place))
    }
    return [
      Remedy("allow only \(Self.listed(missing)) instead of `\(shown)`", .unsafe, changes)
    ]
  }
}

extension [String] {
  /// Those that a pattern of an `Action` element matches, which is in lower case here.
  fileprivate func matched(by pattern: String) -> [String] {
    filter { PatternText.matches(pattern, $0.lowercased()) }
  }
}
