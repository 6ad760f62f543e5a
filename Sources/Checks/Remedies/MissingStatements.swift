import Evidence
import PolicyModel

/// Plans the statements of a policy that has none: everything that the copy needs of its layer.
struct MissingStatements {
  let copy: CompiledCopy

  /// What would mend a finding, if it is that a policy has no statements.
  func remedies(for finding: Finding) -> [Remedy] {
    guard finding.rule == "policy-grammar", let place = finding.place else { return [] }
    for (policy, name, statements) in layers where policy.lacksStatements(at: place) {
      let values = statements()
      guard !values.isEmpty else { return [] }
      return [
        Remedy(
          "add the \(values.count == 1 ? "statement" : "statements") that the copy needs to \(name)",
          .safe, [policy.adding(values)])
      ]
    }
    return []
  }

  /// The policies that are the only ones of their layer, with what the copy needs them to say.
  private var layers: [(policy: Policy, name: String, statements: () -> [Remedy.Value])] {
    var layers: [(policy: Policy, name: String, statements: () -> [Remedy.Value])] = []
    func add(_ layer: PolicyLayer, _ name: String, _ statements: @escaping () -> [Remedy.Value]) {
      guard layer.policies.count == 1 else { return }
      layers.append((layer.policies[0], name, statements))
    }
    let plan = copy.plan
    add(plan.trust, "the trust policy") {
      documented.map { [$0.ofTrust(sid: "AWSCloudTrailImportTrust")] } ?? []
    }
    add(plan.role, "the role's permissions") { ofRole }
    add(plan.bucket, "the bucket policy") {
      documented.map {
        [
          $0.ofBucket(
            sid: "AWSCloudTrailImportBucketAccess", Self.bucketActions + Self.objectActions,
            on: [$0.bucket, $0.objects])
        ]
      } ?? []
    }
    for key in plan.keys {
      add(key.policy, "the key policy") {
        documented.map { [$0.ofKey(sid: "AWSCloudTrailImportDecrypt", Self.keyActions)] } ?? []
      }
    }
    add(plan.caller, "the caller's permissions") { ofCaller }
    return layers
  }

  private static let bucketActions = ["s3:ListBucket", "s3:GetBucketAcl"]
  private static let objectActions = ["s3:GetObject"]
  private static let keyActions = ["kms:Decrypt", "kms:GenerateDataKey"]

  private var documented: DocumentedStatements? { DocumentedStatements(copy) }

  private var ofRole: [Remedy.Value] {
    guard let documented else { return [] }
    var statements = [
      documented.ofRole(
        sid: "AWSCloudTrailImportBucketAccess", Self.bucketActions, on: [documented.bucket]),
      documented.ofRole(
        sid: "AWSCloudTrailImportObjectAccess", Self.objectActions, on: [documented.objects]),
    ]
    let keys = copy.plan.keys.compactMap(\.arn.value)
    guard keys.count == copy.plan.keys.count else { return [] }
    if !keys.isEmpty {
      statements.append(
        documented.ofRole(
          sid: "AWSCloudTrailImportKeyAccess", Self.keyActions, on: keys, isBoundToSource: false))
    }
    return statements
  }

  private var ofCaller: [Remedy.Value] {
    guard let role = copy.plan.facts.roleARN.value else { return [] }
    return [("cloudtrail:StartImport", "*"), ("iam:PassRole", role)].map { action, resource in
      CallerStatements.statement(
        sid: CallerStatements.sid(for: action), action, on: resource)
    }
  }
}

extension Policy {
  /// Whether a finding at a place says that the policy has no statements, and nothing else is wrong
  /// with its elements.
  fileprivate func lacksStatements(at place: Place) -> Bool {
    guard statements.isEmpty, node.kind == .object,
      node.members.allSatisfy({ ["Version", "Id", "Statement"].contains($0.name) })
    else { return false }
    guard let list = node["Statement"] else { return place == node.headPlace }
    return list.kind == .array && list.count == 0 && place == list.place
  }

  /// The change that gives the policy statements.
  fileprivate func adding(_ statements: [Remedy.Value]) -> Remedy.Change {
    if let list = node["Statement"] { return .append(statements, to: list.place) }
    let version = Remedy.Member("Version", .text("2012-10-17"))
    return .add(
      (node["Version"] == nil ? [version] : []) + [Remedy.Member("Statement", .list(statements))],
      to: node.place)
  }
}
