import Evidence
import PolicyModel

@testable import Checks

private let store = SampleCopy.store
private let stores = "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore"
private let cloudTrail = #"{"Service": "cloudtrail.amazonaws.com"}"#

extension SampleCopy {
  /// Gives the trust policy's statement other conditions.
  fileprivate mutating func trust(if condition: String) {
    only(
      \.trustText, said("Allow", "sts:AssumeRole", on: nil, to: cloudTrail, if: condition))
  }

  /// Gives the key policy's statement a further condition.
  fileprivate mutating func key(if condition: String) {
    replace(\.keyText, #""StringLike": {"#, condition + #", "StringLike": {"#)
  }
}

extension SaidCase {
  /// Conditions that do not hold for CloudTrail.
  static let conditions: [SaidCase] = sourceARNs + wildcards + others

  private static let sourceARNs: [SaidCase] = [
    ("a trail", #""arn:aws:cloudtrail:us-east-1:111122223333:trail/all""#),
    ("an ARN in the place of the id", "\"\(stores)/\(store)\""),
    (
      "a store of another account", #""arn:aws:cloudtrail:us-east-1:444455556666:eventdatastore/x""#
    ),
    ("any account's channels", #""arn:aws:cloudtrail:us-east-1:*:channel/x""#),
    ("another store of the account", "\"\(stores)/other\""),
    ("a store in another Region", #""arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/x""#),
    ("a text that is no ARN", #""eventdatastore/x""#),
    ("the spelling of 2023", #""\#(store.replacingStore("eventdataStore"))""#),
    ("the spelling of 2023 for others", "\"\(stores.replacingStore("eventdataStore"))/other\""),
    ("two others", "[\"\(stores)/a\", \"arn:aws:cloudtrail:us-east-1:111122223333:trail/t\"]"),
  ].flatMap { name, value in
    ["StringEquals", "ArnLike"].map { comparison in
      SaidCase.one("\(comparison) aws:SourceArn with \(name)") {
        $0.trust(if: "\"\(comparison)\": {\"aws:SourceArn\": \(value)}")
      }
    }
  }

  private static let wildcards: [SaidCase] = [
    ("a wildcard", "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\"}"),
    (
      "a wildcard beside a known value",
      "\"StringEquals\": {\"aws:SourceArn\": [\"\(stores)/other\", \"\(stores)/*\"]}"
    ),
    (
      "a wildcard beside another key",
      "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\", \"aws:SourceAccount\": \"111122223333\"}"
    ),
    (
      "a wildcard beside a key with a wildcard",
      "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\", \"aws:SourceAccount\": \"1111*\"}"
    ),
    (
      "a wildcard beside a key with a variable",
      "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\", \"aws:ResourceAccount\": \"${aws:SourceAccount}\"}"
    ),
    (
      "a wildcard beside a key that is left open",
      "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\", \"aws:SourceOrgPaths\": \"o-a/*\"}"
    ),
    (
      "a wildcard, and the right operator is there for another key",
      "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\"}, \"ArnLike\": {\"aws:PrincipalArn\": \"x\"}"
    ),
    (
      "a wildcard among two keys, and the right operator is there",
      "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\", \"aws:SourceAccount\": \"111122223333\"}, "
        + "\"StringLike\": {\"aws:SourceOrgPaths\": \"*\"}"
    ),
    (
      "a wildcard, and the right operator has the key",
      "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\"}, \"ArnLike\": {\"aws:SourceArn\": \"\(stores)/*\"}"
    ),
    (
      "a question mark",
      "\"StringEquals\": {\"aws:SourceArn\": \"\(stores)/?\(store.dropFirst(stores.utf8.count + 2))\"}"
    ),
    ("a wildcard in an account", #""StringEquals": {"aws:SourceAccount": "1111*"}"#),
    (
      "a wildcard whatever the capitals",
      "\"StringEqualsIgnoreCase\": {\"aws:SourceArn\": \"\(stores)/*\"}"
    ),
    (
      "a wildcard if the key is there",
      "\"StringEqualsIfExists\": {\"aws:SourceArn\": \"\(stores)/*\"}"
    ),
    (
      "a wildcard for some value",
      "\"ForAnyValue:StringEquals\": {\"aws:SourceArn\": \"\(stores)/*\"}"
    ),
    ("a placeholder", #""StringEquals": {"aws:SourceAccount": "myAccountID"}"#),
    (
      "a placeholder in an ARN",
      #""ArnLike": {"aws:SourceArn": "arn:aws:cloudtrail:us-east-1:myAccountID:eventdatastore/eventDataStoreId"}"#
    ),
    ("a variable of a template", #""StringEquals": {"aws:SourceAccount": "${AccountId}"}"#),
    ("a hole", #""StringEquals": {"aws:SourceAccount": "<YOUR-ACCOUNT>"}"#),
  ].map { name, condition in SaidCase.one(name) { $0.trust(if: condition) } }

  private static let others: [SaidCase] = [
    .one("another account in the trust policy") {
      $0.trust(if: #""StringEquals": {"aws:SourceAccount": "444455556666"}"#)
    },
    .one("other accounts in the trust policy") {
      $0.trust(if: #""StringLike": {"aws:SourceAccount": ["444455556666", "5*"]}"#)
    },
    .one("a Deny by a wildcard that is none") {
      $0.add(
        \.trustText,
        said(
          "Deny", "sts:AssumeRole", on: nil, to: "*",
          if: "\"StringNotEquals\": {\"aws:SourceArn\": \"\(stores)/*\"}"))
    },
    .one("a Deny by the spelling of 2023") {
      $0.add(
        \.trustText,
        said(
          "Deny", "sts:AssumeRole", on: nil, to: "*",
          if: "\"ArnNotEquals\": {\"aws:SourceArn\": \"\(store.replacingStore("eventdataStore"))\"}"
        ))
    },
    .one("a Deny with a key that there is not") {
      $0.add(
        \.trustText,
        said(
          "Deny", "sts:AssumeRole", on: nil, to: "*",
          if: #""StringNotEquals": {"aws:SourceAcount": "111122223333"}"#))
    },
    .one("a key that there is not") {
      $0.trust(if: #""StringEquals": {"aws:SourceArns": "x", "aws:SourceAccount": "111122223333"}"#)
    },
    .one("a key that there is not, if it is there") {
      $0.trust(if: #""StringEqualsIfExists": {"aws:SourceArns": "x"}"#)
    },
    .one("keys that there are not, absent or for all values") {
      $0.trust(
        if:
          #""Null": {"aws:SourceArns": "true", "cloudtrail:Nothing": "false"}, "ForAllValues:StringEquals": {"kms:Nothing": "x"}, "ForAnyValue:StringEqualsIfExists": {"s3:Nothing": "x"}"#
      )
    },
    .two("a wildcard in the role's own condition") {
      $0.replace(
        \.roleText, "\"aws:SourceArn\": \"\(store)\"", "\"aws:SourceArn\": \"\(stores)/*\"")
    },
    .two("another account in the role's own conditions") {
      $0.replace(
        \.roleText, #""aws:SourceAccount": "111122223333""#, #""aws:SourceAccount": "444455556666""#
      )
    },
    .two("an account in the bucket's condition, beside one it is for") {
      $0.replace(
        \.bucketDocument, "\"\(folder)\"]",
        "\"\(folder)\"], \"Condition\": {\"StringEquals\": {\"aws:PrincipalAccount\": [\"444455556666\", \"555566667777\"]}}"
      )
    },
    .one("another service for the key") {
      $0.key(if: #""StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}"#)
    },
    .one("another caller for the key") {
      $0.key(if: #""StringNotEquals": {"kms:CallerAccount": "111122223333"}"#)
    },
    .one("another caller for the key, which is named") {
      $0.key(if: #""StringEqualsIgnoreCase": {"kms:CallerAccount": "444455556666"}"#)
    },
    .one("a service for the key that is none, as a number") {
      $0.key(if: #""NumericEquals": {"kms:CallerAccount": "1"}"#)
    },
    .one("an organization for the key") {
      $0.key(if: #""StringEquals": {"aws:PrincipalOrgID": "o-other12345"}"#)
      $0.then { $0.facts.organizationID = .stated("o-acme123456", by: "`--organization-id`") }
    },
    .one("a placeholder in the key's context") {
      $0.replace(\.keyText, "acme-logs/*", "amzn-s3-demo-bucket/*")
    },
    .one("the bucket of the key's context in other capitals") {
      $0.replace(\.keyText, "acme-logs/*", "Acme-Logs/*")
    },
  ]

  private static let folder = "arn:aws:s3:::acme-logs/*"

  /// Names that nobody replaced.
  static let placeholders: [SaidCase] =
    ([
      "arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/111122223333/CloudTrail/*",
      "arn:aws:s3:::myBucketName/prefix/*", "arn:aws:s3:::source-bucket-name/AWSLogs/myAccountID/*",
      "arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/eventDataStoreId/*",
      "arn:aws:s3:::${LogBucket}/*", "arn:aws:s3:::<BUCKET>/AWSLogs/*",
      "arn:aws:s3:::acme-logs/<>/x",
      "arn:aws:s3:::${aws:PrincipalTag/a}/${Prefix}/*", "arn:aws:s3:::myBucketName/keyAccountID/*",
    ] as [String]).map { resource in
      SaidCase.two("objects of \(resource)") {
        $0.only(
          \.roleText,
          said("Allow", #"["s3:ListBucket", "s3:GetBucketAcl"]"#, on: "arn:aws:s3:::acme-logs"),
          said("Allow", "s3:GetObject", on: resource), said("Allow", "kms:*", on: $0.key))
      }
    } + [
      .two("several placeholders, one of which would do") {
        $0.only(
          \.roleText,
          said("Allow", #"["s3:ListBucket", "s3:GetBucketAcl"]"#, on: "arn:aws:s3:::acme-logs"),
          said(
            "Allow", "s3:GetObject",
            on:
              #"["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/*", "arn:aws:s3:::<X>/*"]"#
          ), said("Allow", "kms:*", on: $0.key))
      },
      .one("a placeholder for the key") {
        $0.only(\.keyText, said("Allow", "kms:*", to: #"{"AWS": "111122223333"}"#))
        $0.replace(\.roleText, $0.key, "arn:aws:kms:key-region:keyAccountID:key/keyID")
      },
      .two("a placeholder for the role") {
        $0.replace(\.bucketDocument, SampleCopy.role, "arn:aws:iam::myAccountID:role/roleArn")
      },
      .two("a role that was deleted") {
        $0.replace(\.bucketDocument, SampleCopy.role, "AROAEXAMPLEID1234567")
      },
      .two("a role that was deleted, beside another") {
        $0.replace(
          \.bucketDocument, "\"\(SampleCopy.role)\"",
          #"["AIDAEXAMPLEID1234567", "AROAEXAMPLEID1234567", "arn:aws:iam::444455556666:root"]"#)
      },
      .two("what is no id of a role") {
        $0.replace(\.bucketDocument, SampleCopy.role, "AROAEXAMPLE")
      },
      .one("a service that is a placeholder") {
        $0.replace(\.trustText, "cloudtrail.amazonaws.com", "<service>.amazonaws.com")
      },
      .two("an operation in the place of an action") {
        $0.replace(\.roleText, "s3:ListBucket", "s3:ListObjectsV2")
      },
      .two("a misspelt action") { $0.replace(\.roleText, "s3:GetObject", "s3:GetObjct") },
      .two("a misspelt service") { $0.replace(\.roleText, "kms:Decrypt", "kma:Decrypt") },
      .two("a pattern that no action matches") {
        $0.replace(\.roleText, "kms:Decrypt", "kms:Decript*")
      },
      .two("an action that nobody can tell") { $0.replace(\.roleText, "kms:Decrypt", "kms:Foo") },
      .one("two slips of one kind in a statement") {
        $0.replace(\.roleText, "kms:Decrypt\"", "kms:Decrypt\", \"kms:Decripd\", \"kms:Decripd\"")
      },
    ]
}

extension String {
  /// The ARN of a store with its type written otherwise.
  fileprivate func replacingStore(_ type: String) -> String {
    split(separator: "eventdatastore", omittingEmptySubsequences: false).joined(separator: type)
  }
}
