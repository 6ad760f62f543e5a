import Authorization
import Evidence
import PolicyModel

/// Plans what would let a denied request of the copy through, and nothing else.
///
/// A statement that fails in one part only and is about nothing but the copy is given the part;
/// else a statement is added. Across accounts, and where nobody knows, both sides are mended at once.
struct GrantPlanner {
  let access: AccessCase
  let explanation: Explanation
  /// The layers whose Allow is missing.
  let lacking: [LayerKind]

  /// A change of one document, with what it does.
  private struct Option {
    var title: String
    var changes: [Remedy.Change]
  }

  /// The alternatives, the smallest change first.
  var remedies: [Remedy] {
    var remedies: [Remedy] = []
    for layers in layerChoices {
      let options = layers.map(options)
      guard options.allSatisfy({ !$0.isEmpty }) else { continue }
      remedies.append(Self.joined(options.compactMap(\.first)))
      remedies.append(Self.joined(options.compactMap(\.last)))
    }
    return remedies.unique()
  }

  private static func joined(_ options: [Option]) -> Remedy {
    Remedy(
      options.map(\.title).unique().joined(separator: " and "), .safe, options.flatMap(\.changes))
  }

  /// Which layers must be mended together, in order of preference.
  private var layerChoices: [[LayerKind]] {
    let granting = lacking.filter { $0 == .identity || $0 == .resource }
    guard granting.count == lacking.count, !granting.isEmpty else { return [] }
    guard access.question.isSameAccount == .yes, granting.count > 1 else { return [granting] }
    switch access.question.resourceRule {
    // Either side is enough: the role's own permissions first, as the guide has it.
    case .either: return [[.identity], [.resource]]
    // A key policy or a trust policy that names the principal is enough.
    case .resourceFirst: return [[.resource]]
    case .identityOnly: return [[.identity]]
    }
  }

  // MARK: Options of one layer

  private func options(_ layer: LayerKind) -> [Option] {
    var options: [Option] = []
    for located in explanation.nearMisses where isMendable(located, in: layer) {
      guard let part = located.result.failures.first else { continue }
      options += mending(part, of: located.statement, in: layer)
      // A statement that names what it leaves out cannot be given the part.
      if !options.isEmpty { break }
    }
    options += addingStatement(to: layer)
    return options
  }

  private func isMendable(_ located: Explanation.Located, in layer: LayerKind) -> Bool {
    located.layer == layer && located.result.failures.count == 1
      && located.statement.isWellFormed
      && StatementScope(located.statement, access, layer).isCopysOwn(
        but: located.result.failures[0])
  }

  private func mending(
    _ part: FailingPart, of statement: Statement, in layer: LayerKind
  ) -> [Option] {
    let action = explanation.request.action
    switch part {
    case .action:
      guard let clause = statement.actions, !clause.isNegated else { return [] }
      return [
        Option(
          title: "add `\(action)` to the actions",
          changes: [.append([.text(action)], to: clause.node.place)])
      ]
    case .resource:
      let resource = layer == .resource && access.resource.isKey ? "*" : wantedResource
      guard let resource else { return [] }
      let shown = resource.withReadableReferences
      guard let clause = statement.resources else {
        return [
          Option(
            title: "add `Resource` with `\(shown)`",
            changes: [.add("Resource", .text(resource), to: statement.node.place)])
        ]
      }
      guard !clause.isNegated else { return [] }
      return [
        Option(
          title: "add `\(shown)` to the resources",
          changes: [.append([.text(resource)], to: clause.node.place)])
      ]
    case .principal: return principal(statement)
    case .condition(let position): return condition(statement.conditions[position])
    }
  }

  private func principal(_ statement: Statement) -> [Option] {
    guard let clause = statement.principals, !clause.isNegated, clause.node.kind == .object else {
      return []
    }
    let key = access.resource == .role ? "Service" : "AWS"
    guard let name = access.resource == .role ? ImportRequests.service : facts.roleARN.value else {
      return []
    }
    let change: Remedy.Change =
      clause.node[named: key].map { .append([.text(name)], to: $0.place) }
      ?? .add(key, .text(name), to: clause.node.place)
    return [
      Option(
        title: "add `\(name.withReadableReferences)` to the principals", changes: [change])
    ]
  }

  /// The condition keys whose value in the copy's requests is a name of the copy's own.
  private static let ownKeys: Set<String> = [
    "aws:sourcearn", "aws:sourceaccount", "aws:principalarn", "aws:principalaccount",
    "aws:resourceaccount", "s3:resourceaccount", "kms:calleraccount", "kms:viaservice",
  ]

  private func condition(_ condition: Condition) -> [Option] {
    let key = RequestContext.folded(condition.key)
    guard let base = condition.comparison?.base, base.comparesTexts, !base.isNegated else {
      return []
    }
    let values: [String]
    if key == "kms:encryptioncontext:aws:s3:arn", let contexts = statements?.contexts {
      let fits = base == .stringLike || base == .arnLike || base == .arnEquals
      guard fits || contexts.allSatisfy({ !$0.contains("*") }) else { return [] }
      values = contexts
    } else if Self.ownKeys.contains(key),
      let value = explanation.request.context[condition.key].literal
    {
      values = [value]
    } else {
      return []
    }
    let known = condition.values.compactMap(\.text.literal)
    let missing = values.filter { !known.contains($0) }
    guard !missing.isEmpty else { return [] }
    let names = missing.map { "`\($0.withReadableReferences)`" }.joined(separator: " and ")
    return [
      Option(
        title: "add \(names) to the values of `\(condition.key)`",
        changes: [.append(missing.map(Remedy.Value.text), to: condition.valueNode.place)])
    ]
  }

  // MARK: A statement of its own

  /// A statement for each of the layer's documents that could take it.
  private func addingStatement(to layer: LayerKind) -> [Option] {
    guard let policy = policies(layer).first(where: { !$0.isUnreadable }),
      let statement = newStatement(in: layer, of: policy)
    else { return [] }
    let action = explanation.request.action
    let change: Remedy.Change
    if let list = policy.node["Statement"] {
      change = .append([statement], to: list.place)
    } else {
      change = .add("Statement", .list([statement]), to: policy.node.place)
    }
    return [
      Option(
        title:
          "add a statement that allows `\(action)` to \(LayerName.of(layer, access.resource))",
        changes: [change])
    ]
  }

  private func newStatement(in layer: LayerKind, of policy: Policy) -> Remedy.Value? {
    let action = explanation.request.action
    func sid(_ name: String) -> String? { policy.freeSid(name) }
    switch (layer, access.resource) {
    case (.resource, .role): return statements?.ofTrust(sid: sid("AWSCloudTrailImportTrust"))
    case (.resource, .bucket), (.resource, .objects):
      let name = access.resource == .bucket ? "Bucket" : "Object"
      return wantedResource.flatMap { resource in
        statements?.ofBucket(
          sid: sid("AWSCloudTrailImport\(name)Access"), [action], on: [resource])
      }
    case (.resource, .key):
      return statements?.ofKey(sid: sid("AWSCloudTrailImportDecrypt"), [action])
    case (.identity, .bucket):
      return wantedResource.flatMap { resource in
        statements?.ofRole(sid: sid("AWSCloudTrailImportBucketAccess"), [action], on: [resource])
      }
    case (.identity, .objects):
      return wantedResource.flatMap { resource in
        statements?.ofRole(sid: sid("AWSCloudTrailImportObjectAccess"), [action], on: [resource])
      }
    case (.identity, .key):
      return wantedResource.flatMap { resource in
        statements?.ofRole(
          sid: sid("AWSCloudTrailImportKeyAccess"), [action], on: [resource],
          isBoundToSource: false)
      }
    case (.identity, .account), (.identity, .passedRole):
      return wantedResource.map { resource in
        CallerStatements.statement(
          sid: sid(CallerStatements.sid(for: action)), action, on: resource)
      }
    // What AWS wants of a store's own key, no sample of the guide shows for one store alone.
    case (.resource, .storeKey), (.identity, .storeKey), (_, .elsewhere),
      (.resource, .account), (.resource, .passedRole), (.identity, .role),
      (.boundary, _), (.session, _), (.serviceControl, _), (.resourceControl, _):
      return nil
    }
  }

  // MARK: Facts

  private var facts: CopyFacts { access.copy.plan.facts }
  private var statements: DocumentedStatements? { DocumentedStatements(access.copy) }

  /// The resource that a statement should name; nil where it is not known.
  private var wantedResource: String? {
    switch access.resource {
    case .objects: statements?.objects
    case .bucket: statements?.bucket
    case .key(let position): access.copy.plan.keys[position].arn.value
    case .role, .passedRole: facts.roleARN.value
    case .account: "*"
    case .storeKey, .elsewhere: nil
    }
  }

  private func policies(_ layer: LayerKind) -> [Policy] {
    switch layer {
    case .identity: (access.question.identity?.policies ?? []).map(\.policy)
    case .resource: access.question.resource.policies.map(\.policy)
    case .boundary, .session, .serviceControl, .resourceControl: []
    }
  }
}

extension AccessCase.Resource {
  var isKey: Bool {
    if case .key = self { true } else { false }
  }
}

extension ConditionOperator.Base {
  /// Whether it compares texts as they are written, so that a value can be added to the others.
  var comparesTexts: Bool {
    switch self {
    case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase,
      .stringLike, .stringNotLike, .arnEquals, .arnLike, .arnNotEquals, .arnNotLike:
      true
    case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
      .numericGreaterThan, .numericGreaterThanEquals, .dateEquals, .dateNotEquals, .dateLessThan,
      .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals, .bool, .binaryEquals,
      .ipAddress, .notIPAddress, .null:
      false
    }
  }
}

extension Policy {
  /// A name for a new statement that no other has; nil in a policy whose statements have no names.
  func freeSid(_ name: String) -> String? {
    guard statements.isEmpty || statements.contains(where: { $0.sid != nil }) else { return nil }
    let taken = Set(statements.compactMap(\.sid))
    guard taken.contains(name) else { return name }
    return (2...taken.count + 2).lazy.map { "\(name)\($0)" }.first { !taken.contains($0) }
  }
}
