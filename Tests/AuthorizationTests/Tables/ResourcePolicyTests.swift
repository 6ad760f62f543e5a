import PolicyModel
import Testing

@testable import Authorization

private let everything: PolicySource = [allow()]
private let nothingHere: PolicySource = [statement("Allow", #""ec2:*""#)]
private let canonical =
  #"{"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}"#
private let google = RequestPrincipal(.federated("accounts.google.com"), account: nil)
private let anonymous = RequestPrincipal(.anonymous, account: nil)
private let somebody = RequestPrincipal(
  .roleSession(role: .segments([.unknown(reason: "not given")]), session: nil), account: nil)

/// What a bucket policy grants a principal that has no other permission.
private func granting(
  _ row: String, _ note: String, _ who: String, by principal: RequestPrincipal = session(),
  identity: [PolicySource] = [], _ expected: Expected
) -> DecisionCase {
  DecisionCase(
    row, note, Layers(identity: identity, resource: [[allow(who)]]), request(by: principal),
    expected)
}

/// What a Deny with NotPrincipal leaves of a permission.
private func excluding(
  _ row: String, _ note: String, _ excluded: String, by principal: RequestPrincipal = session(),
  boundary: [PolicySource]? = nil, _ expected: Expected
) -> DecisionCase {
  var layers = Layers(identity: [everything], boundary: boundary)
  layers.resource = [[statement("Deny", not: excluded)]]
  if case .service = principal.kind {
    layers.identity = nil
    layers.resource.append([allow("\"*\"")])
  }
  return DecisionCase(row, note, layers, request(by: principal), expected)
}

@Suite struct `Principals of resource policies` {
  static let named: [DecisionCase] = [
    granting(
      "principal-role", "another role", aws("arn:aws:iam::111122223333:role/Copy2"), .denied),
    granting(
      "principal-role", "the same name without the path",
      aws("arn:aws:iam::111122223333:role/Copy"), .denied),
    granting(
      "principal-role", "in another case",
      aws("arn:aws:iam::111122223333:role/service-role/copy"), .denied),
    granting(
      "principal-role", "of another account",
      aws("arn:aws:iam::444455556666:role/service-role/Copy"), .denied),
    granting(
      "principal-several", "one of several",
      aws("arn:aws:iam::444455556666:role/Other", roleARN), .allowed),
    granting(
      "principal-several", "of several kinds",
      #"{"Service": "s3.amazonaws.com", "AWS": "\#(roleARN)"}"#, .allowed),
    granting(
      "principal-account", "as a number", aws(lakeAccount), identity: [everything], .allowed),
    granting("principal-user", "the user", aws(userARN), by: annUser, .allowed),
    granting(
      "principal-user", "in another case", aws("arn:aws:iam::111122223333:user/ann"), by: annUser,
      .denied),
    granting(
      "principal-session", "the session", aws(sessionARN), by: session(named: "import"), .allowed),
    granting(
      "principal-session", "another session of the role", aws(sessionARN),
      by: session(named: "other"), .denied),
    granting(
      "principal-session", "a session of a role of another account",
      aws("arn:aws:sts::444455556666:assumed-role/Copy/import"), by: session(named: "import"),
      .denied),
    granting(
      "principal-session-unknown", "an Allow does not count", aws(sessionARN), .denied),
    DecisionCase(
      "principal-session-unknown", "a Deny may hit",
      Layers(identity: [everything], resource: [[deny(aws(sessionARN))]]), request(), .open),
    DecisionCase(
      "principal-session-unknown", "a Deny for a session of another role does not",
      Layers(
        identity: [everything],
        resource: [[deny(aws("arn:aws:sts::111122223333:assumed-role/Other/import"))]]), request(),
      .allowed),
    DecisionCase(
      "principal-partition", "an account of another partition",
      Layers(
        identity: [everything], resource: [[deny(aws("arn:aws-cn:iam::111122223333:root"))]]),
      request(), .allowed),
    granting(
      "principal-service", "a role is no service", #"{"Service": "cloudtrail.amazonaws.com"}"#,
      .denied),
    granting(
      "principal-service", "`*` is the name of none", #"{"Service": "*"}"#, by: cloudTrail, .denied),
    granting(
      "principal-federated", "the provider", #"{"Federated": "accounts.google.com"}"#, by: google,
      .allowed),
    granting(
      "principal-federated", "another provider", #"{"Federated": "graph.facebook.com"}"#,
      by: google, .denied),
    granting(
      "principal-federated", "a role is no provider", #"{"Federated": "accounts.google.com"}"#,
      .denied),
    granting(
      "principal-canonical", "an account grants nothing by itself", canonical,
      identity: [nothingHere], .denied),
    DecisionCase(
      "principal-canonical", "nobody knows which account it is",
      Layers(identity: [everything], resource: [[allow(canonical)]], isSameAccount: .no),
      request(), .open),
    DecisionCase(
      "principal-canonical", "it is nobody who has not signed in",
      Layers(identity: nil, resource: [[allow("\"*\""), deny(canonical)]], isSameAccount: .no),
      request(by: anonymous), .allowed),
    granting(
      "principal-deleted", "an id of something deleted", aws("AROAEXAMPLEEXAMPLE123"), .denied),
    granting(
      "principal-partial-wildcard", "matches nobody", aws("arn:aws:iam::111122223333:role/*"),
      .denied),
    granting(
      "principal-unknown", "the role may be anybody's", aws(roleARN), by: somebody, .open),
    DecisionCase(
      "principal-unknown", "a Deny for an account may hit",
      Layers(identity: [everything], resource: [[deny(aws(lakeAccount))]]), request(by: somebody),
      .open),
  ]

  @Test(arguments: named)
  func `Who is named`(_ example: DecisionCase) throws { try example.check() }

  static let excluded: [DecisionCase] = [
    excluding("not-principal-deny", "nobody of ours is listed", aws(otherAccount), .denied),
    excluding(
      "not-principal-deny", "role and account are listed", aws(roleARN, lakeAccount), .allowed),
    excluding("not-principal-deny", "everyone is listed", "{\"AWS\": \"*\"}", .allowed),
    excluding("not-principal-without-account", "the role alone", aws(roleARN), .open),
    excluding("not-principal-without-account", "the account alone", aws(lakeAccount), .open),
    excluding(
      "not-principal-without-account", "a session nobody knows", aws(sessionARN, lakeAccount),
      .open),
    excluding(
      "not-principal-boundary", "a boundary is attached", aws(roleARN, lakeAccount),
      boundary: [everything], .denied),
    excluding(
      "not-principal-service", "the service is listed",
      #"{"Service": "cloudtrail.amazonaws.com"}"#, by: cloudTrail, .allowed),
    excluding(
      "not-principal-service", "another service is listed",
      #"{"Service": "config.amazonaws.com"}"#, by: cloudTrail, .denied),
    excluding(
      "not-principal-root", "the account's ARN is the root user's", aws(lakeAccount), by: rootUser,
      .allowed),
    DecisionCase(
      "not-principal-allow", "with Allow it is not supported",
      Layers(resource: [[statement("Allow", not: aws(otherAccount))]]), request(), .open),
  ]

  @Test(arguments: excluded)
  func `Who is left out by NotPrincipal`(_ example: DecisionCase) throws { try example.check() }
}

private let decrypt = #""kms:Decrypt""#

/// A question about a KMS key of the role's account.
private func key(
  _ row: String, _ note: String, identity: [PolicySource]? = [], _ statement: String,
  boundary: [PolicySource]? = nil, isSameAccount: Certainty = .yes,
  sending context: [String: ContextValue] = [:], _ expected: Expected
) -> DecisionCase {
  var layers = Layers(identity: identity, kind: .key, boundary: boundary)
  layers.resource = [[statement]]
  layers.isSameAccount = isSameAccount
  return DecisionCase(row, note, layers, request("kms:Decrypt", on: keyARN, context), expected)
}

@Suite struct `Key policies and trust policies` {
  private static let root = aws("arn:aws:iam::111122223333:root")
  private static let onKey: PolicySource = [statement("Allow", decrypt, on: "\"\(keyARN)\"")]
  private static let onAlias: PolicySource = [
    statement("Allow", decrypt, on: #""arn:aws:kms:us-east-1:111122223333:alias/logs""#)
  ]
  private static let toRole = statement("Allow", decrypt, to: aws(roleARN))
  private static let viaS3 = #"{"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}"#

  static let keys: [DecisionCase] = [
    key(
      "kms-key-policy-needed", "the identity policy alone", identity: [onKey],
      allow(aws(otherAccount)), .denied),
    key("kms-direct", "the role", toRole, .allowed),
    key("kms-direct", "everyone", allow("\"*\""), .allowed),
    key(
      "kms-direct", "the role, limited by its boundary", toRole, boundary: [nothingHere], .denied),
    key("kms-delegated", "with the identity policy", identity: [onKey], allow(root), .allowed),
    key("kms-delegated", "without", allow(root), .denied),
    key(
      "kms-delegated", "the account's number", identity: [onKey], allow(aws(lakeAccount)), .allowed),
    key("kms-delegated", "another account", identity: [onKey], allow(aws(otherAccount)), .denied),
    key(
      "kms-delegated-narrower", "the action is delegated", identity: [onKey],
      statement("Allow", #"["kms:Decrypt", "kms:DescribeKey"]"#, to: root), .allowed),
    key(
      "kms-delegated-narrower", "the action is not", identity: [onKey],
      statement("Allow", #""kms:Encrypt""#, to: root), .denied),
    key(
      "kms-delegated-condition", "which holds", identity: [onKey], allow(root, if: viaS3),
      sending: ["kms:ViaService": .value("s3.us-east-1.amazonaws.com")], .allowed),
    key(
      "kms-delegated-condition", "which does not", identity: [onKey], allow(root, if: viaS3),
      sending: ["kms:ViaService": .value("s3.eu-west-1.amazonaws.com")], .denied),
    key("kms-identity-deny", "", identity: [[deny()]], toRole, .denied),
    key(
      "kms-alias", "in an identity policy it is no key", identity: [onAlias], allow(root), .denied),
    key(
      "kms-no-resource", "the statement has no effect",
      statement("Allow", decrypt, on: nil, to: aws(roleARN)), .denied),
    key(
      "kms-across-accounts", "both allow", identity: [onKey], allow(root), isSameAccount: .no,
      .allowed),
    key("kms-across-accounts", "the key policy alone", toRole, isSameAccount: .no, .denied),
    key(
      "kms-across-accounts", "the identity policy alone", identity: [onKey],
      allow(aws(otherAccount)), isSameAccount: .no, .denied),
  ]

  @Test(arguments: keys)
  func `A key`(_ example: DecisionCase) throws { try example.check() }

  private static func trust(
    _ row: String, _ note: String, _ who: String, action: String = #""sts:AssumeRole""#,
    if condition: String? = nil, by principal: RequestPrincipal = cloudTrail,
    identity: [PolicySource]? = nil, sending context: [String: ContextValue] = [:],
    _ expected: Expected
  ) -> DecisionCase {
    DecisionCase(
      row, note,
      Layers(
        identity: identity,
        resource: [[statement("Allow", action, on: nil, to: who, if: condition)]], kind: .trust),
      request(by: principal, "sts:AssumeRole", on: roleARN, context), expected)
  }

  private static let service = #"{"Service": "cloudtrail.amazonaws.com"}"#
  private static let forStore = #"{"StringEquals": {"aws:SourceArn": "\#(storeARN)"}}"#
  private static let oldStoreARN =
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdataStore/11111111-2222-3333"

  static let trusts: [DecisionCase] = [
    trust("trust-service", "CloudTrail", service, .allowed),
    trust(
      "trust-service", "another name", #"{"Service": "cloudtrail.us-east-1.amazonaws.com"}"#,
      .denied),
    trust("trust-service", "another action", service, action: #""sts:TagSession""#, .denied),
    trust("trust-service", "a wildcard in the action", service, action: #""sts:*""#, .allowed),
    trust("trust-everyone", "includes services", "\"*\"", .allowed),
    trust(
      "trust-condition", "the store", service, if: forStore,
      sending: ["aws:SourceArn": .value(storeARN)],
      .allowed),
    trust(
      "trust-condition", "the store in the old spelling", service, if: forStore,
      sending: ["aws:SourceArn": .value(oldStoreARN)], .denied),
    trust(
      "trust-condition", "on a key CloudTrail does not send", service,
      if: #"{"StringEquals": {"sts:ExternalId": "1"}}"#, .denied),
    trust("trust-same-account", "a user named", aws(userARN), by: annUser, identity: [], .allowed),
    trust(
      "trust-same-account", "the account, without an identity policy", aws(lakeAccount),
      by: annUser, identity: [], .denied),
    trust(
      "trust-same-account", "the account, with an identity policy", aws(lakeAccount), by: annUser,
      identity: [everything], .allowed),
    trust(
      "trust-same-account", "the identity policy alone", service, by: annUser,
      identity: [everything], .denied),
    DecisionCase(
      "trust-not-principal", "AWS refuses it",
      Layers(
        identity: nil,
        resource: [
          [statement("Allow", #""sts:AssumeRole""#, on: nil, not: aws(otherAccount))]
        ], kind: .trust), request(by: cloudTrail, "sts:AssumeRole", on: roleARN), .open),
    DecisionCase(
      "trust-resource-element", "AWS refuses it",
      Layers(
        identity: nil, resource: [[statement("Allow", #""sts:AssumeRole""#, to: service)]],
        kind: .trust), request(by: cloudTrail, "sts:AssumeRole", on: roleARN), .open),
  ]

  @Test(arguments: trusts)
  func `A role's trust`(_ example: DecisionCase) throws { try example.check() }
}
