import Evidence
import PolicyModel

@testable import Checks

private let logs = "arn:aws:s3:::acme-logs"
private let agent = #""StringLike": {"aws:UserAgent": "*bot*"}"#

extension SaidCase {
  /// Answers that hang on what nobody knows.
  static let open: [SaidCase] = statements + accounts + managementAccounts

  private static let statements: [SaidCase] = [
    .one("a Deny of the role by a key nobody knows") {
      $0.add(\.roleText, said("Deny", "s3:*", if: agent, sid: "Bots"))
    },
    .two("an Allow of the role by a key nobody knows") {
      $0.replace(\.roleText, "\"StringEquals\": {", agent + ", \"StringEquals\": {")
    },
    .two("an Allow and two Denies") {
      $0.replace(
        \.roleText, "\"StringEquals\": {",
        #""StringLike": {"aws:Referer": "x*"}, "StringEquals": {"#)
      $0.add(
        \.bucketDocument, said("Deny", "s3:GetObject", to: "*", if: agent, sid: "A"),
        said(
          "Deny", "s3:Get*", to: "*", if: #""StringLike": {"s3:signatureversion": "*4*"}"#, sid: "B"
        ))
    },
    .one("a Deny that spares the role by NotPrincipal") {
      $0.add(
        \.bucketDocument,
        #"{"Sid": "Spared", "Effect": "Deny", "NotPrincipal": {"AWS": "\#(SampleCopy.role)"}, "Action": "s3:ListBucket", "Resource": "*"}"#
      )
    },
    .one("a Deny that spares a session") {
      $0.add(
        \.bucketDocument,
        said(
          "Deny", "s3:ListBucket",
          to: #"{"AWS": "arn:aws:sts::111122223333:assumed-role/CopyEvents/x"}"#))
    },
    .two("an Allow for all but one principal") {
      $0.replace(
        \.bucketDocument, "\"Principal\": {\"AWS\": \"\(SampleCopy.role)\"}",
        #""NotPrincipal": "arn:aws:iam::111122223333:root""#)
    },
    .two("a canonical user") {
      $0.replace(
        \.bucketDocument, "{\"AWS\": \"\(SampleCopy.role)\"}",
        #"{"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}"#)
    },
    .one("a Deny whose operator nobody knows") {
      $0.add(
        \.roleText, said("Deny", "s3:*", if: #""StringEqual": {"aws:PrincipalArn": "x"}"#, sid: "X")
      )
    },
    .two("an Allow whose operator nobody knows") {
      $0.replace(
        \.bucketDocument, "\"\(logs)/*\"]",
        "\"\(logs)/*\"], \"Condition\": {\"Equals\": {\"aws:SourceAccount\": \"1\"}}")
    },
    .one("a Deny that is misspelt") {
      $0.add(\.roleText, #"{"Effect": "Deny", "Action": "s3:*", "Resourcs": "*"}"#)
    },
    .one("a resource with a variable") {
      $0.add(\.roleText, said("Deny", "s3:GetObject", on: "\(logs)/${aws:PrincipalTag/team}/*"))
    },
    .one("a list of prefixes") {
      $0.add(
        \.bucketDocument,
        said(
          "Deny", "s3:ListBucket", to: "*",
          if: #""StringNotLike": {"s3:prefix": "AWSLogs/*"}"#))
    },
    .one("addresses") {
      $0.add(
        \.bucketDocument,
        said("Deny", "s3:*", to: "*", if: #""NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#))
    },
    .one("a trust policy by an organization's path") {
      $0.replace(
        \.trustText, #""StringEquals": {"#,
        #""StringLike": {"aws:SourceOrgPaths": "o-*"}, "StringEquals": {"#)
    },
    .one("another organization may use the trust policy") {
      $0.replace(
        \.trustText, SampleCopy.sourceCondition,
        #""StringEquals": {"aws:SourceOrgID": "o-acme123456"}"#)
    },
    .one("a store's key by a context") {
      $0.storeKey(
        said(
          "Allow", "kms:*", to: #"{"Service": "cloudtrail.amazonaws.com"}"#,
          if: #""StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": "arn:*"}"#))
    },
    .one("a caller from an address") {
      $0.replace(
        \.callerText, #""Resource": "*""#,
        #""Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#)
    },
    .one("policies that interleave without end") { copy in
      let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
      for number in 0..<60 {
        let pattern = (0..<20).map { "*" + letters[(number * 7 + $0 * 5) % 26] }.joined()
        copy.add(\.roleText, said("Deny", "s3:GetObject", on: "\(logs)/\(pattern)*"))
      }
    },
  ]

  /// Whether role and bucket share an account decides.
  private static let accounts: [SaidCase] =
    [
      SaidCase.one("the bucket's account is not known") { _ in },
      .one("the bucket's account is not known, and the role grants alone") {
        $0.only(\.bucketDocument)
      },
      .one("the bucket's account is not known, and the bucket grants alone") {
        $0.only(\.roleText)
      },
      .one("the bucket's account is not known, and nobody grants") {
        $0.only(\.roleText)
        $0.only(\.bucketDocument)
      },
      .one("the bucket's account is not known, and the role grants perhaps") {
        $0.only(\.bucketDocument)
        $0.replace(\.roleText, "\"StringEquals\": {", agent + ", \"StringEquals\": {")
      },
      .one("the bucket's account is not known, and both grant perhaps") {
        $0.add(\.roleText, said("Deny", "s3:*", if: agent))
      },
      .one("the bucket's account is not known, and the bucket is public") {
        $0.add(\.bucketDocument, said("Allow", "s3:GetBucketLocation", on: logs, to: "*"))
      },
    ].map { example in
      SaidCase(name: example.name, owner: example.owner) {
        example.change(&$0)
        $0.then { $0.facts.bucketAccount = .unknown }
      }
    } + [
      .one("a role of another account than its store's") {
        $0.then {
          $0.facts.roleARN = .stated(
            "arn:aws:iam::777788889999:role/lake/CopyEvents", by: "`--role-arn`")
        }
      },
      .one("the key's account is not the role's") {
        $0.only(\.keyText, said("Allow", "kms:*", to: #"{"AWS": "111122223333"}"#))
        $0.replace(\.roleText, #""kms:GenerateDataKey", "kms:Decrypt""#, #""kms:Encrypt""#)
        $0.then { $0.keys[0].arn = .unknown }
      },
    ]

  /// Which account manages the organization decides.
  private static let managementAccounts: [SaidCase] = [
    .one("a service control policy denies, and nobody knows which account manages") {
      $0.serviceControl((name: "root", statements: [said("Allow"), said("Deny", "s3:ListBucket")]))
    },
    .one("a service control policy denies nothing, and nobody knows which account manages") {
      $0.serviceControl((name: "root", statements: [said("Allow"), said("Deny", "ec2:*")]))
    },
    .one("a service control policy denies perhaps, and nobody knows which account manages") {
      $0.serviceControl(
        (name: "root", statements: [said("Allow"), said("Deny", "s3:*", if: agent)]))
    },
    .one("a resource control policy denies, and nobody knows which account manages") {
      $0.resourceControl(said("Deny", "s3:ListBucket", to: "*"))
    },
    .two("a resource control policy denies, and nobody knows which account manages") {
      $0.resourceControl(said("Deny", "s3:ListBucket", to: "*"), said("Deny", "sts:*", to: "*"))
    },
    .two("a resource control policy denies, and the role's account manages") {
      $0.resourceControl(said("Deny", "s3:ListBucket", to: "*"), said("Deny", "sts:*", to: "*"))
      $0.then { $0.facts.managementAccount = .stated("111122223333", by: "`--management-account`") }
    },
    .two("a resource control policy denies, and the bucket's account manages") {
      $0.resourceControl(
        said("Deny", "s3:ListBucket", to: "*"), said("Deny", "kms:Decrypt", to: "*"),
        said("Deny", "sts:*", to: "*"))
      $0.then { $0.facts.managementAccount = .stated("444455556666", by: "`--management-account`") }
    },
    .two("both kinds deny, and the account is in no organization") {
      $0.serviceControl((name: "root", statements: [said("Allow"), said("Deny", "s3:ListBucket")]))
      $0.resourceControl(said("Deny", "s3:ListBucket", to: "*"))
      $0.then { $0.facts.isOutsideOrganizations = .stated(true, by: "the organization") }
    },
    .two("the role denies too, and nobody knows which account manages") {
      $0.serviceControl((name: "root", statements: [said("Allow"), said("Deny", "s3:ListBucket")]))
      $0.add(\.roleText, said("Deny", "s3:ListBucket"))
    },
    .one("a store's key, and nobody knows which account manages") {
      $0.storeKey(said("Allow", "kms:*", to: #"{"Service": "cloudtrail.amazonaws.com"}"#))
      $0.resourceControl(said("Deny", "kms:*", to: "*"))
    },
    .two("a service control policy denies, and the template leaves the role's account open") {
      $0.serviceControl((name: "root", statements: [said("Allow"), said("Deny", "s3:ListBucket")]))
      $0.then {
        $0.leaveOpen(account: true)
        $0.facts.bucketAccount = .stated("444455556666", by: "`--bucket-account`")
        $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`")
      }
    },
    .two("an organization's policies and neither account is known") {
      $0.resourceControl(said("Deny", "s3:ListBucket", to: "*"))
      $0.then { $0.facts.bucketAccount = .unknown }
    },
  ]

  /// Condition keys of a Deny, and the fact without which nobody knows their value.
  private static let keysOfFacts: [(key: String, without: @Sendable (inout CopyPlan) -> Void)] = [
    ("aws:SourceArn", { $0.facts.destination = .unknown }),
    ("aws:SourceAccount", { $0.facts.destination = .unknown }),
    ("aws:PrincipalArn", { $0.facts.roleARN = .unknown }),
    ("aws:PrincipalAccount", { $0.facts.roleARN = .unknown }),
    ("aws:PrincipalOrgID", { _ in }),
    ("aws:SourceOrgID", { _ in }),
    ("aws:ResourceAccount", { $0.facts.bucketAccount = .unknown }),
    ("s3:ResourceAccount", { $0.facts.bucketAccount = .unknown }),
    ("aws:RequestedRegion", { $0.facts.bucketRegion = .unknown }),
    ("aws:userid", { _ in }),
    ("aws:UserAgent", { _ in }),
  ]

  /// What would tell where a fact is missing, or the fact that is only suggested.
  static let unknownFacts: [SaidCase] =
    keysOfFacts.map { key, without in
      SaidCase.one("a Deny by \(key)") {
        $0.add(
          \.bucketDocument,
          said("Deny", "s3:ListBucket", to: "*", if: "\"StringLike\": {\"\(key)\": \"*7*\"}"))
        $0.then(without)
      }
    } + [
      .one("a Deny for the key by kms:ViaService") {
        $0.add(
          \.keyText,
          said("Deny", "kms:*", to: "*", if: #""StringLike": {"kms:ViaService": "*west*"}"#))
        $0.then {
          $0.facts.bucketRegion = .unknown
          $0.keys[0].arn = .unknown
        }
      },
      .one("a Deny for the key by kms:CallerAccount") {
        $0.add(
          \.keyText,
          said("Deny", "kms:*", to: "*", if: #""StringLike": {"kms:CallerAccount": "*7*"}"#))
        $0.then { $0.facts.roleARN = .unknown }
      },
      .one("ids of the role") {
        $0.add(
          \.bucketDocument,
          said(
            "Deny", "s3:ListBucket", to: "*",
            if: #""StringNotLike": {"aws:userid": "AROAEXAMPLEID1234567:*"}"#))
        $0.then { $0.facts.roleID = .stated("AROAEXAMPLEID1234567", by: "the role") }
      },
      .one("no bucket") {
        $0.then { $0.facts.bucket = .unknown }
      },
      .one("no prefix") { $0.then { $0.facts.prefix = .unknown } },
      .one("no prefix, and every object is allowed") {
        $0.replace(\.bucketDocument, "s3:GetObject", "s3:*")
        $0.then { $0.facts.prefix = .unknown }
      },
      .one("no prefix, and objects are denied") {
        $0.add(\.bucketDocument, said("Deny", "s3:GetObject", to: "*"))
        $0.then { $0.facts.prefix = .unknown }
      },
      .one("no role") { $0.then { $0.facts.roleARN = .unknown } },
      .one("no event data store") { $0.then { $0.facts.destination = .unknown } },
      .one("no policies of the role") {
        $0.then { $0.role = .notGiven("--role", "the role's permissions", isPlural: true) }
      },
      .two("no bucket policy") {
        $0.then { $0.bucket = .notGiven("--bucket", "the bucket policy") }
      },
      .one("no bucket policy") {
        $0.then { $0.bucket = .notGiven("--bucket", "the bucket policy") }
      },
      .one("no trust policy") { $0.then { $0.trust = .notGiven("--trust", "the trust policy") } },
      .one("no key policy") {
        $0.then { $0.keys[0].policy = .notGiven("--key", "the key policy") }
      },
      .two("a boundary that was not given") {
        $0.then { $0.boundary = .notGiven("--boundary", "the permissions boundary") }
      },
      .one("levels that were not given") {
        $0.then {
          let gap = PolicyLayer.Gap(
            "the policies of the root were not given", needs: ["--scp", "--rcp"])
          $0.serviceControl.levels = [.init(name: "root", policies: [], gap: gap)]
          $0.resourceControl.levels = [.init(name: nil, policies: [], gap: gap)]
          $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`")
        }
      },
      .two("policies that cannot be read") {
        $0.roleText = "[]"
        $0.bucketText = #"{"Version": "2012-10-17", "Statement": ["x"]}"#
      },
      .one("control policies that cannot be read") {
        $0.then {
          guard let scp = try? SampleCopy.policy("scp.json", "[]", .serviceControl),
            let rcp = try? SampleCopy.policy("rcp.json", "3", .resourceControl)
          else { return }
          $0.serviceControl.levels = [.init(name: "root", policies: [scp])]
          $0.resourceControl.levels = [.init(name: "root", policies: [rcp])]
          $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`")
        }
      },
      .one("facts that policies suggest") {
        $0.then {
          $0.facts.roleARN = .inferred(SampleCopy.role, from: "the bucket policy")
          $0.facts.destination = .inferred(SampleCopy.store, from: "the trust policy")
          $0.facts.bucket = .inferred("acme-logs", from: "the role's permissions")
          $0.facts.prefix = .inferred(SampleCopy.prefix, from: "the role's permissions")
          $0.facts.bucketAccount = .inferred("111122223333", from: "the key policy")
        }
      },
      .one("whoever starts the import is known") {
        $0.then {
          $0.facts.callerARN = .stated("arn:aws:iam::111122223333:user/Ann", by: "the caller")
        }
      },
      .one("the root user starts the import") {
        $0.only(\.callerText)
        $0.then {
          $0.facts.callerARN = .stated("arn:aws:iam::111122223333:root", by: "the caller")
        }
      },
      .one("a role that a template makes") { $0.then { $0.leaveOpen(role: true) } },
      .one("a store that a template makes") { $0.then { $0.leaveOpen(store: true) } },
      .one("an account that a template leaves open") { $0.then { $0.leaveOpen(account: true) } },
    ]
}

extension CopyPlan {
  /// Puts references of a template in the place of names.
  fileprivate mutating func leaveOpen(
    role: Bool = false, store: Bool = false, account: Bool = false
  ) {
    func reference(_ resource: String, _ attribute: String) -> PolicyText.Segment {
      .symbol(PolicyText.Symbol(resource: resource, attribute: attribute))
    }
    if role {
      facts.roleARN = .stated(
        PolicyText.segments([
          .literal("arn:aws:iam::111122223333:role/"), reference("Role", "Ref"),
        ]).encoded, by: "the template")
    }
    if store {
      facts.destination = .stated(
        PolicyText.segments([
          .literal("arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/"),
          reference("Store", "Id"),
        ]).encoded, by: "the template")
    }
    if account {
      let own = reference("AWS::AccountId", "Ref")
      facts.roleARN = .stated(
        PolicyText.segments([.literal("arn:aws:iam::"), own, .literal(":role/lake/CopyEvents")])
          .encoded, by: "the template")
      facts.destination = .stated(
        PolicyText.segments([
          .literal("arn:aws:cloudtrail:us-east-1:"), own,
          .literal(":eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"),
        ]).encoded, by: "the template")
      facts.bucketAccount = .stated(PolicyText.segments([own]).encoded, by: "the template")
    }
  }
}
