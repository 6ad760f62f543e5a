import Authorization
import Evidence
import PolicyModel

/// Whether a statement is about nothing but the copy, so that what is added to it grants no more
/// than the copy needs.
struct StatementScope {
  private let statement: Statement
  private let access: AccessCase
  private let layer: LayerKind

  init(_ statement: Statement, _ access: AccessCase, _ layer: LayerKind) {
    self.statement = statement
    self.access = access
    self.layer = layer
  }

  /// Whether every part but the one that fails names things of the copy alone.
  func isCopysOwn(but part: FailingPart) -> Bool {
    (part == .action || hasOwnActions) && (part == .resource || hasOwnResources)
      && (part == .principal || hasOwnPrincipals)
  }

  /// The actions that the copy needs on the kind of resource.
  private var ownActions: [String] {
    switch access.resource {
    case .role: ["sts:assumerole"]
    case .bucket, .objects: ["s3:getobject", "s3:listbucket", "s3:getbucketacl"]
    case .key: ["kms:decrypt", "kms:generatedatakey"]
    case .account: ["cloudtrail:startimport"]
    case .passedRole: ["iam:passrole"]
    case .storeKey, .elsewhere: []
    }
  }

  private var hasOwnActions: Bool {
    guard let clause = statement.actions, !clause.isNegated else { return false }
    return clause.items.allSatisfy { item in
      item.text.literal.map { ownActions.contains($0.lowercased()) } ?? false
    }
  }

  private var hasOwnPrincipals: Bool {
    guard layer == .resource else { return true }
    guard let clause = statement.principals, !clause.isNegated else { return false }
    return clause.items.allSatisfy { item in
      switch item.kind {
      case .service:
        access.resource == .role && item.text.literal == ImportRequests.service
      case .aws:
        access.resource != .role && item.text.encoded == access.copy.plan.facts.roleARN.value
      case .everyone, .federated, .canonicalUser: false
      }
    }
  }

  private var hasOwnResources: Bool {
    guard access.resource != .role else { return true }
    guard let clause = statement.resources, !clause.isNegated else { return false }
    let facts = access.copy.plan.facts
    return clause.items.allSatisfy { item in
      let text = item.text.encoded
      switch access.resource {
      case .role: return true
      case .bucket, .objects:
        guard let bucket = facts.bucket.value else { return false }
        let arn = "arn:\(access.copy.requests.partition):s3:::\(bucket)"
        return text == arn || text.hasPrefix(arn + "/")
      case .key(let position):
        return text == access.copy.plan.keys[position].arn.value
          || layer == .resource && text == "*"
      case .account: return text == "*"
      case .passedRole: return text == facts.roleARN.value
      case .storeKey, .elsewhere: return false
      }
    }
  }
}
