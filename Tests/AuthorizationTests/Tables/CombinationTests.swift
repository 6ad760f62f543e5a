import PolicyModel
import Testing

@testable import Authorization

private let toRole = allow(aws(roleARN))
private let toAccount = allow(aws("arn:aws:iam::111122223333:root"))
private let toSession = allow(aws(sessionARN))
private let toEveryone = allow("\"*\"")
private let toCloudTrail = allow(#"{"Service": "cloudtrail.amazonaws.com"}"#)
private let nothingHere: PolicySource = [statement("Allow", #""ec2:*""#)]
private let everything: PolicySource = [allow()]
private let deniesAll: PolicySource = [allow(), deny()]
private let otherUser = aws("arn:aws:iam::111122223333:user/Bob")
private let anonymous = RequestPrincipal(.anonymous, account: nil)

@Suite struct `Policies of several kinds together` {
  static let inOneAccount: [DecisionCase] = [
    DecisionCase("nothing-allows", Layers(), request(), .denied),
    DecisionCase("identity-allows", Layers(identity: [everything]), request(), .allowed),
    DecisionCase(
      "deny-overrides", "in the identity policy", Layers(identity: [deniesAll]), request(), .denied),
    DecisionCase(
      "deny-overrides", "in the bucket policy",
      Layers(identity: [everything], resource: [[deny("\"*\"")]]), request(), .denied),
    DecisionCase(
      "deny-overrides", "in the boundary",
      Layers(identity: [everything], boundary: [deniesAll]), request(), .denied),
    DecisionCase(
      "deny-overrides", "in the session policy",
      Layers(identity: [everything], session: [deniesAll]), request(), .denied),
    DecisionCase(
      "deny-overrides", "in the boundary, against a direct grant",
      Layers(resource: [[toEveryone]], boundary: [[deny()]]), request(), .denied),
    DecisionCase(
      "deny-overrides", "in another policy of the layer",
      Layers(identity: [everything, [deny()]]), request(), .denied),
    DecisionCase(
      "one-account-either", "the bucket policy alone", Layers(resource: [[toRole]]), request(),
      .allowed),
    DecisionCase(
      "one-account-either", "the identity policy alone",
      Layers(identity: [everything], resource: [[allow(otherUser)]]), request(), .allowed),
    DecisionCase(
      "account-grant-delegates", "without the identity policy", Layers(resource: [[toAccount]]),
      request(), .denied),
    DecisionCase(
      "account-grant-delegates", "with it",
      Layers(identity: [everything], resource: [[toAccount]]), request(), .allowed),
    DecisionCase(
      "no-resource-policy", "the identity policy decides",
      Layers(identity: [everything], kind: .identity), request("cloudtrail:StartImport", on: "*"),
      .allowed),
    DecisionCase(
      "no-resource-policy", "and nothing else does",
      Layers(kind: .identity), request("cloudtrail:StartImport", on: "*"), .denied),
    DecisionCase(
      "no-resource-policy", "only `*` covers an action without resources",
      Layers(identity: [[statement("Allow", on: "\"\(storeARN)\"")]], kind: .identity),
      request("cloudtrail:StartImport", on: "*"), .denied),
    DecisionCase(
      "root-user", "needs no identity policy", Layers(identity: nil), request(by: rootUser),
      .allowed),
    DecisionCase(
      "root-user", "is stopped by a Deny",
      Layers(identity: nil, resource: [[deny("\"*\"")]]), request(by: rootUser), .denied),
    DecisionCase(
      "root-user", "across accounts needs the resource policy",
      Layers(identity: nil, isSameAccount: .no), request(by: rootUser), .denied),
    DecisionCase(
      "root-user", "across accounts with the resource policy",
      Layers(identity: nil, resource: [[toAccount]], isSameAccount: .no), request(by: rootUser),
      .allowed),
  ]

  @Test(arguments: inOneAccount)
  func `In one account`(_ example: DecisionCase) throws { try example.check() }

  static let limits: [DecisionCase] = [
    DecisionCase(
      "boundary-limits", "the identity policy",
      Layers(identity: [everything], boundary: [nothingHere]), request(), .denied),
    DecisionCase(
      "boundary-limits", "both allow", Layers(identity: [everything], boundary: [everything]),
      request(), .allowed),
    DecisionCase(
      "boundary-limits", "grants nothing itself", Layers(boundary: [everything]), request(),
      .denied),
    DecisionCase(
      "role-grant-limited", "by the boundary",
      Layers(resource: [[toRole]], boundary: [nothingHere]), request(), .denied),
    DecisionCase(
      "role-grant-limited", "not by a boundary that allows",
      Layers(resource: [[toRole]], boundary: [everything]), request(), .allowed),
    DecisionCase(
      "role-grant-limited", "by the session policy",
      Layers(resource: [[toRole]], session: [nothingHere]), request(), .denied),
    DecisionCase(
      "session-grant-unlimited", "by the boundary",
      Layers(resource: [[toSession]], boundary: [nothingHere]),
      request(by: session(named: "import")), .allowed),
    DecisionCase(
      "session-grant-unlimited", "by the session policy",
      Layers(resource: [[toSession]], session: [nothingHere]),
      request(by: session(named: "import")), .allowed),
    DecisionCase(
      "user-grant-unlimited",
      Layers(resource: [[allow(aws(userARN))]], boundary: [nothingHere]), request(by: annUser),
      .allowed),
    DecisionCase(
      "wildcard-grant-unlimited", #""Principal": "*""#,
      Layers(resource: [[toEveryone]], boundary: [nothingHere], session: [nothingHere]), request(),
      .allowed),
    DecisionCase(
      "wildcard-grant-unlimited", #""Principal": {"AWS": "*"}"#,
      Layers(resource: [[allow(aws("*"))]], boundary: [nothingHere]), request(), .allowed),
    DecisionCase(
      "wildcard-grant-unlimited", "with `aws:PrincipalArn`",
      Layers(
        resource: [
          [allow("\"*\"", if: #"{"ArnEquals": {"aws:PrincipalArn": "\#(roleARN)"}}"#)]
        ], boundary: [nothingHere]),
      request(["aws:PrincipalArn": .value(roleARN)]), .allowed),
    DecisionCase(
      "federated-grant-unlimited",
      Layers(
        resource: [[allow(aws("arn:aws:sts::111122223333:federated-user/Ann"))]],
        boundary: [nothingHere]),
      request(
        by: RequestPrincipal(
          .federated("arn:aws:sts::111122223333:federated-user/Ann"), account: lakeAccount)),
      .allowed),
    DecisionCase(
      "session-policy-limits", "the identity policy",
      Layers(identity: [everything], session: [nothingHere]), request(), .denied),
    DecisionCase(
      "session-policy-limits", "both allow", Layers(identity: [everything], session: [everything]),
      request(), .allowed),
    DecisionCase(
      "session-policy-limits", "grants nothing itself", Layers(session: [everything]), request(),
      .denied),
  ]

  @Test(arguments: limits)
  func `Boundaries and session policies`(_ example: DecisionCase) throws { try example.check() }

  static let acrossAccounts: [DecisionCase] = [
    DecisionCase(
      "across-accounts-both", "the identity policy alone",
      Layers(identity: [everything], isSameAccount: .no), request(), .denied),
    DecisionCase(
      "across-accounts-both", "the bucket policy alone, to the role",
      Layers(resource: [[toRole]], isSameAccount: .no), request(), .denied),
    DecisionCase(
      "across-accounts-both", "the bucket policy alone, to everyone",
      Layers(resource: [[toEveryone]], isSameAccount: .no), request(), .denied),
    DecisionCase(
      "across-accounts-both", "both, to the role",
      Layers(identity: [everything], resource: [[toRole]], isSameAccount: .no), request(), .allowed),
    DecisionCase(
      "across-accounts-both", "both, to the account",
      Layers(identity: [everything], resource: [[toAccount]], isSameAccount: .no), request(),
      .allowed),
    DecisionCase(
      "across-accounts-both", "both, to everyone",
      Layers(identity: [everything], resource: [[toEveryone]], isSameAccount: .no), request(),
      .allowed),
    DecisionCase(
      "across-accounts-both", "the bucket policy is for another account",
      Layers(
        identity: [everything], resource: [[allow(aws(otherAccount))]], isSameAccount: .no),
      request(), .denied),
    DecisionCase(
      "across-accounts-limits", "the boundary, against a session grant",
      Layers(
        identity: [everything], resource: [[toSession]], boundary: [nothingHere],
        isSameAccount: .no), request(by: session(named: "import")), .denied),
    DecisionCase(
      "across-accounts-limits", "the session policy",
      Layers(
        identity: [everything], resource: [[toRole]], session: [nothingHere], isSameAccount: .no),
      request(), .denied),
    DecisionCase(
      "account-relation-unknown", "allowed in both worlds",
      Layers(identity: [everything], resource: [[toRole]], isSameAccount: .perhaps), request(),
      .allowed),
    DecisionCase(
      "account-relation-unknown", "allowed in one account only",
      Layers(identity: [everything], isSameAccount: .perhaps), request(), .open),
    DecisionCase(
      "account-relation-unknown", "denied in both worlds",
      Layers(resource: [[toAccount]], isSameAccount: .perhaps), request(), .denied),
    DecisionCase(
      "service-calls-itself", "its name in the policy is enough, also across accounts",
      Layers(identity: nil, resource: [[toCloudTrail]], isSameAccount: .no),
      request(by: cloudTrail, "s3:PutObject"), .allowed),
    DecisionCase(
      "service-calls-itself", "another service",
      Layers(identity: nil, resource: [[allow(#"{"Service": "config.amazonaws.com"}"#)]]),
      request(by: cloudTrail, "s3:PutObject"), .denied),
    DecisionCase(
      "service-calls-itself", "its name is none of a role's", Layers(resource: [[toCloudTrail]]),
      request(), .denied),
    DecisionCase(
      "service-calls-itself", "an account is none of its names",
      Layers(identity: nil, resource: [[toAccount, toRole]]), request(by: cloudTrail), .denied),
    DecisionCase(
      "anonymous", "everyone includes who has not signed in",
      Layers(identity: nil, resource: [[toEveryone]], isSameAccount: .no), request(by: anonymous),
      .allowed),
    DecisionCase(
      "anonymous", "an account does not",
      Layers(identity: nil, resource: [[toAccount]], isSameAccount: .no), request(by: anonymous),
      .denied),
  ]

  @Test(arguments: acrossAccounts)
  func `Across accounts`(_ example: DecisionCase) throws { try example.check() }
}

@Suite struct `Control policies of an organization` {
  private static let insecure = #"{"Bool": {"aws:SecureTransport": "false"}}"#
  private static let overTLS = request(["aws:SecureTransport": .value("true")])
  private static let denyAll: PolicySource = [deny("\"*\"")]

  private static let serviceLinked = RequestPrincipal.session(
    ofRole: .literal(
      "arn:aws:iam::111122223333:role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRole"))

  private static func scp(
    _ levels: [[PolicySource]], unleveled: Bool = false, management: Certainty = .no,
    resource: [PolicySource] = [[toRole]]
  ) -> Layers {
    var layers = Layers(identity: [everything], resource: resource)
    layers.serviceControl = levels
    layers.isUnleveled = unleveled
    layers.principalIsManagement = management
    return layers
  }

  private static func rcp(_ levels: [[PolicySource]], management: Certainty = .no) -> Layers {
    var layers = Layers(identity: [everything], resource: [[toRole]])
    layers.resourceControl = levels
    layers.resourceIsManagement = management
    return layers
  }

  private static func forService(_ layers: Layers, trust: Bool = false) -> Layers {
    var layers = layers
    layers.identity = nil
    layers.resource = [[toCloudTrail]]
    if trust {
      layers.kind = .trust
      layers.resource = [
        [
          statement(
            "Allow", #""sts:AssumeRole""#, on: nil, to: #"{"Service": "cloudtrail.amazonaws.com"}"#)
        ]
      ]
    }
    return layers
  }

  static let cases: [DecisionCase] = [
    DecisionCase(
      "scp-every-level", "all levels allow", scp([[everything], [everything]]), request(), .allowed),
    DecisionCase(
      "scp-every-level", "one level does not", scp([[everything], [nothingHere], [everything]]),
      request(), .denied),
    DecisionCase(
      "scp-every-level", "one policy of a level is enough", scp([[nothingHere, everything]]),
      request(), .allowed),
    DecisionCase("scp-every-level", "an empty level", scp([[everything], []]), request(), .denied),
    DecisionCase(
      "scp-limits-every-grant", "a grant to everyone in the bucket policy",
      scp([[nothingHere]], resource: [[toEveryone]]), request(), .denied),
    DecisionCase("scp-deny", scp([[everything, [deny()]]]), request(), .denied),
    DecisionCase(
      "scp-spares-management", "a Deny", scp([[everything, [deny()]]], management: .yes), request(),
      .allowed),
    DecisionCase(
      "scp-spares-management", "a missing Allow", scp([[nothingHere]], management: .yes), request(),
      .allowed),
    DecisionCase(
      "scp-spares-management", "nobody knows which account it is",
      scp([[everything, [deny()]]], management: .perhaps), request(), .open),
    DecisionCase(
      "scp-spares-management", "nobody knows, and it does not matter",
      scp([[everything]], management: .perhaps), request(), .allowed),
    DecisionCase(
      "scp-spares-services", "a missing Allow", forService(scp([[nothingHere]])),
      request(by: cloudTrail), .allowed),
    DecisionCase(
      "scp-spares-services", "a Deny", forService(scp([[everything, [deny()]]])),
      request(by: cloudTrail), .allowed),
    DecisionCase(
      "scp-without-level", "each file with an Allow allows",
      scp([[everything], [[deny(if: insecure)]]], unleveled: true), overTLS, .allowed),
    DecisionCase(
      "scp-without-level", "a file with an Allow does not allow",
      scp([[everything], [nothingHere]], unleveled: true), request(), .open),
    DecisionCase(
      "scp-without-level", "every Deny counts", scp([[[deny()]]], unleveled: true), request(),
      .denied),
    DecisionCase(
      "control-spares-service-linked-roles", "a missing Allow and a Deny",
      scp([[nothingHere, [deny()]]], resource: []),
      request(by: serviceLinked), .allowed),
    DecisionCase(
      "control-spares-service-linked-roles", "a Deny of a resource control policy",
      rcp([[denyAll]]), request(by: serviceLinked), .allowed),
    DecisionCase(
      "control-spares-service-linked-roles", "a role whose path only begins like theirs",
      scp([[nothingHere]]),
      request(
        by: .session(ofRole: .literal("arn:aws:iam::111122223333:role/aws-service-roles/Copy"))),
      .denied),
    DecisionCase("rcp-deny", rcp([[denyAll]]), request(), .denied),
    DecisionCase(
      "rcp-full-access-implied", "a level without an Allow",
      rcp([[[deny("\"*\"", if: insecure)]]]), overTLS, .allowed),
    DecisionCase("rcp-spares-management", rcp([[denyAll]], management: .yes), request(), .allowed),
    DecisionCase(
      "rcp-spares-management", "nobody knows which account it is",
      rcp([[denyAll]], management: .perhaps), request(), .open),
    DecisionCase(
      "rcp-hits-services", "CloudTrail, on a role", forService(rcp([[denyAll]]), trust: true),
      request(by: cloudTrail, "sts:AssumeRole", on: roleARN), .denied),
  ]

  @Test(arguments: cases)
  func `Levels, and who is spared`(_ example: DecisionCase) throws { try example.check() }
}
