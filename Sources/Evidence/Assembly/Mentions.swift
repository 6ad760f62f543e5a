import PolicyModel

/// What a policy mentions that facts may be inferred from.
///
/// Only whole names count: nothing with a wildcard or a variable in it, and nothing that does not
/// have the form of such a name.
struct Mentions: Sendable {
  /// The policy.
  let policy: Policy
  /// What the policy is, in words that can follow "by": "the bucket policy".
  let origin: String

  init(_ policy: Policy, _ origin: String) {
    self.policy = policy
    self.origin = origin
  }

  /// The buckets that an identity policy lets somebody read, with their objects or without.
  var grantedBuckets: [Said<String>] {
    statements(allowing: ["s3:getobject", "s3:listbucket", "s3:getbucketacl"])
      .flatMap(resources).compactMap { $0.map(\.bucketOfARN) }
  }

  /// The buckets that a bucket policy is about: each of its statements names its own bucket.
  var ownBuckets: [Said<String>] {
    policy.statements.flatMap(resources).compactMap { $0.map(\.bucketOfARN) }
  }

  /// The prefixes below which an identity or bucket policy grants all objects of a bucket.
  func prefixes(in bucket: String) -> [Said<String>] {
    statements(allowing: ["s3:getobject"]).flatMap(resources).compactMap { resource in
      resource.map { $0.prefix(ofAllObjectsIn: bucket) }
    }
  }

  /// The roles that may do an action.
  func roles(allowed action: String) -> [Said<String>] {
    statements(allowing: [action]).flatMap { statement -> [Said<String>] in
      guard let principals = statement.principals, !principals.isNegated else { return [] }
      return principals.items.compactMap { item in
        guard item.kind == .aws, let text = item.text.factName, AWSNames.isRoleARN(text) else {
          return nil
        }
        return Said(text, by: origin, at: item.node.place)
      }
    }
  }

  /// The roles that a caller may hand over.
  var passedRoles: [Said<String>] {
    statements(allowing: ["iam:passrole"]).flatMap(resources).compactMap { resource in
      AWSNames.isRoleARN(resource.value) ? resource : nil
    }
  }

  /// The stores that conditions on `aws:SourceArn` want, or that a caller may import into.
  var stores: [Said<String>] {
    let conditions = policy.statements.filter { $0.effect == .allow }.flatMap(\.conditions)
    let wanted = conditions.filter { $0.isEquality && $0.key.lowercased() == "aws:sourcearn" }
      .flatMap(\.values)
      .compactMap { value in
        value.text.factName.map { Said($0, by: origin, at: value.node.place) }
      }
    let resources = statements(allowing: [
      "cloudtrail:startimport", "cloudtrail:geteventdatastore",
    ]).flatMap(resources)
    return (wanted + resources).compactMap { $0.map(\.storeARN) }
  }

  /// The keys that an identity policy lets somebody decrypt with.
  var grantedKeys: [Said<String>] {
    statements(allowing: ["kms:decrypt", "kms:generatedatakey"]).flatMap(resources)
      .filter { AWSNames.isKeyARN($0.value) }
  }

  /// The key that a key policy names as its own; nil where its resource is `*`, as it mostly is.
  var ownKey: Said<String>? {
    let keys = policy.statements.flatMap(resources).filter { AWSNames.isKeyARN($0.value) }
    guard let first = keys.first, keys.allSatisfy({ $0.value == first.value }) else { return nil }
    return first
  }

  /// Whether a trust policy lets CloudTrail assume the role.
  var trustsCloudTrail: Bool {
    statements(allowing: ["sts:assumerole"]).contains { statement in
      statement.principals?.items.contains {
        $0.kind == .service && $0.text.literal == "cloudtrail.amazonaws.com"
      } ?? false
    }
  }

  /// The statements that allow one of some actions, written in lower case, by a list of actions.
  private func statements(allowing actions: [String]) -> [Statement] {
    policy.statements.filter { statement in
      guard statement.effect == .allow, let clause = statement.actions, !clause.isNegated else {
        return false
      }
      return clause.items.contains { item in
        guard let pattern = item.text.literal?.lowercased() else { return false }
        return actions.contains { $0.isMatched(by: pattern) }
      }
    }
  }

  /// The resources that a statement lists, as far as they are known.
  private func resources(of statement: Statement) -> [Said<String>] {
    guard let clause = statement.resources, !clause.isNegated else { return [] }
    return clause.items.compactMap { item in
      item.text.factName.map { Said($0, by: origin, at: item.node.place) }
    }
  }
}

extension Condition {
  /// Whether a key must equal one of the values.
  fileprivate var isEquality: Bool {
    switch comparison?.base {
    case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike: true
    default: false
    }
  }
}

extension String {
  /// The bucket of a bucket's or an object's ARN; nil where its name is not spelled out.
  fileprivate var bucketOfARN: String? {
    guard let arn = ARNParts(self), arn.prefix == "arn", arn.service == "s3", arn.region.isEmpty,
      arn.account.isEmpty
    else { return nil }
    let name = arn.resource.prefix { $0 != "/" }
    return AWSNames.isBucket(name) ? String(name) : nil
  }

  /// The prefix of `arn:aws:s3:::bucket/prefix*`; nil for every other text.
  fileprivate func prefix(ofAllObjectsIn bucket: String) -> String? {
    guard bucketOfARN == bucket, let resource = ARNParts(self)?.resource,
      resource.hasSuffix("*")
    else { return nil }
    let key = resource.dropFirst(bucket.count).dropLast()
    // `bucket*` is about the objects of many buckets.
    guard key.hasPrefix("/") else { return nil }
    let prefix = key.dropFirst()
    let isPlain = prefix.utf8.allSatisfy {
      $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "$")
    }
    return isPlain ? String(prefix) : nil
  }

  /// The event data store that a text means.
  ///
  /// Older pages of the CloudTrail guide spell `eventdataStore/`, and their placeholder invites a
  /// whole ARN after the slash: both mean a store, though neither text ever matches its ARN.
  fileprivate var storeARN: String? {
    if AWSNames.isStoreARN(self) { return self }
    guard let arn = ARNParts(self), let slash = arn.resource.firstIndex(of: "/") else { return nil }
    guard arn.resource[..<slash].lowercased() == "eventdatastore" else { return nil }
    let id = String(arn.resource[slash...].dropFirst())
    if AWSNames.isStoreARN(id) { return id }
    let mended =
      "\(arn.prefix):\(arn.partition):\(arn.service):\(arn.region):\(arn.account)"
      + ":eventdatastore/\(id)"
    return AWSNames.isStoreARN(mended) ? mended : nil
  }
}
