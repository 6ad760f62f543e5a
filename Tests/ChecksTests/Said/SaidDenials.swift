import Evidence
import PolicyModel

@testable import Checks

private let other = "arn:aws:iam::111122223333:role/Other"
private let outsider = #""StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}"#
private let exempted =
  #""ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Other"}"#

extension SaidCase {
  /// Statements that deny what the copy needs.
  static let denied: [SaidCase] = [
    .one("the role denies itself") { $0.add(\.roleText, said("Deny", "s3:GetObject", sid: "No")) },
    .one("role and bucket deny") {
      $0.add(\.roleText, said("Deny", "s3:GetObject"))
      $0.add(\.bucketDocument, said("Deny", "s3:GetObject", to: "*"))
    },
    .one("the bucket denies all") { $0.add(\.bucketDocument, said("Deny", "s3:*", to: "*")) },
    .two("two statements of the bucket deny") {
      $0.add(
        \.bucketDocument, said("Deny", "s3:ListBucket", to: "*", sid: "First"),
        said("Deny", "s3:List*", to: "*", sid: "Second"))
    },
    .one("the bucket denies other networks") {
      $0.add(\.bucketDocument, said("Deny", "s3:ListBucket", to: "*", if: outsider))
    },
    .one("the bucket denies by a key with one value") {
      $0.add(
        \.bucketDocument,
        said("Deny", "s3:GetBucketAcl", to: "*", if: #""Bool": {"aws:SecureTransport": "true"}"#))
    },
    .one("the bucket denies every address") {
      $0.add(
        \.bucketDocument,
        said("Deny", "s3:ListBucket", to: "*", if: #""IpAddress": {"aws:SourceIp": "0.0.0.0/0"}"#))
    },
    .one("the bucket denies where a key is absent") {
      $0.add(
        \.bucketDocument,
        said("Deny", "s3:ListBucket", to: "*", if: #""Null": {"aws:SourceVpc": "true"}"#))
    },
    .one("the bucket exempts another role") {
      $0.add(\.bucketDocument, said("Deny", "s3:ListBucket", to: "*", if: exempted))
    },
    .one("the bucket exempts other roles, after another condition") {
      $0.add(
        \.bucketDocument,
        said(
          "Deny", "s3:ListBucket", to: "*",
          if: outsider
            + #", "StringNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/A", "arn:aws:iam::*:role/B"]}"#
        ))
    },
    .one("the bucket exempts by an operator for other keys") {
      $0.add(
        \.bucketDocument,
        said(
          "Deny", "s3:ListBucket", to: "*",
          if: #""ArnNotEquals": {"aws:SourceVpcArn": "arn:aws:ec2:us-east-1:111122223333:vpc/v"}"#))
    },
    .one("the bucket denies roles by a pattern") {
      $0.add(
        \.bucketDocument,
        said(
          "Deny", "s3:ListBucket", to: "*",
          if: #""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/lake/*"}"#))
    },
    .one("the bucket denies roles that are there") {
      $0.add(
        \.bucketDocument,
        said("Deny", "s3:ListBucket", to: "*", if: #""Null": {"aws:PrincipalArn": "false"}"#))
    },
    .one("the bucket denies other stores") {
      $0.add(
        \.bucketDocument,
        said(
          "Deny", "s3:ListBucket", to: "*",
          if:
            #""ArnNotEquals": {"aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/other"}"#
        ))
    },
    .one("the bucket denies objects of a year") {
      $0.add(
        \.bucketDocument,
        said("Deny", "s3:GetObject", on: "arn:aws:s3:::acme-logs/AWSLogs/*/2026/*", to: "*"))
    },
    .two("the bucket denies with two conditions, one of them wrong") {
      $0.add(
        \.bucketDocument,
        said(
          "Deny", "s3:GetObject", to: "*",
          if: outsider + #", "StringNotEquals": {"aws:SourceAccount": "444455556666"}"#))
    },
    .one("the key denies other services") {
      $0.add(
        \.keyText,
        said(
          "Deny", "kms:*", to: "*",
          if: #""StringNotEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}"#))
    },
    .one("the key denies other objects by a wildcard that is none") {
      $0.add(
        \.keyText,
        said(
          "Deny", "kms:Decrypt", to: "*",
          if:
            #""StringNotEquals": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::acme-logs/*"}"#)
      )
    },
    .one("the trust policy denies other accounts") {
      $0.add(
        \.trustText,
        said(
          "Deny", "sts:AssumeRole", on: nil, to: #"{"Service": "cloudtrail.amazonaws.com"}"#,
          if: #""StringNotEquals": {"aws:SourceAccount": "444455556666"}"#, sid: "Others"))
    },
    .one("the trust policy denies all") {
      $0.add(\.trustText, said("Deny", "sts:AssumeRole", on: nil, to: "*"))
    },
    .one("whoever starts the import is denied it") {
      $0.add(
        \.callerText, said("Deny", "cloudtrail:*"),
        said("Deny", "iam:PassRole", on: SampleCopy.role))
    },
    .one("a boundary denies") {
      $0.boundary(said("Allow"), said("Deny", "kms:Decrypt", sid: "NoKeys"))
    },
    .one("a service control policy denies") {
      $0.serviceControl((name: "root", statements: [said("Allow"), said("Deny", "s3:ListBucket")]))
      $0.then { $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`") }
    },
    .one("a resource control policy denies") {
      $0.resourceControl(said("Deny", "s3:ListBucket", to: "*"))
      $0.then { $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`") }
    },
    .one("a resource control policy keeps CloudTrail from the role") {
      $0.resourceControl(
        said(
          "Deny", "sts:AssumeRole", to: "*",
          if: #""StringNotEquals": {"aws:SourceOrgID": "o-other12345"}"#))
      $0.then {
        $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`")
        $0.facts.organizationID = .stated("o-acme123456", by: "`--organization-id`")
      }
    },
    .one("the store's key denies") {
      $0.storeKey(
        said("Allow", "kms:*", to: #"{"Service": "cloudtrail.amazonaws.com"}"#),
        said("Deny", "kms:Decrypt", to: "*", sid: "No"))
    },
  ]

  /// Layers that limit what others grant.
  static let limited: [SaidCase] = [
    .one("a boundary without keys") {
      $0.boundary(said("Allow", "s3:*", sid: "Storage"))
    },
    .two("a boundary without keys") { $0.boundary(said("Allow", "s3:*", sid: "Storage")) },
    .one("a boundary for another bucket") {
      $0.boundary(said("Allow", "kms:*"), said("Allow", "s3:*", on: "arn:aws:s3:::other*"))
    },
    .one("an empty boundary") { $0.boundary() },
    .one("an empty boundary, and a role without permissions") {
      $0.boundary()
      $0.only(\.roleText)
    },
    .one("an empty boundary, and nobody grants") {
      $0.boundary()
      $0.only(\.roleText)
      $0.only(\.bucketDocument)
    },
    .two("an empty boundary, and nobody grants") {
      $0.boundary()
      $0.only(\.roleText)
      $0.only(\.bucketDocument)
    },
    .one("a level of service control policies without S3") {
      $0.serviceControl(
        (name: "root", statements: [said("Allow")]),
        (name: "unit", statements: [said("Allow", "kms:*", sid: "Keys")]))
      $0.then { $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`") }
    },
    .one("two levels without S3") {
      $0.serviceControl(
        (name: "root", statements: [said("Allow", "kms:*", sid: "Root")]),
        (name: "unit", statements: [said("Allow", "kms:*", sid: "Unit")]))
      $0.then { $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`") }
    },
    .two("a service control policy without a level that allows S3 alone") {
      $0.serviceControl((name: nil, statements: [said("Allow", "s3:*")]))
      $0.then { $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`") }
    },
    .one("a service control policy that allows under a condition nobody knows") {
      $0.serviceControl(
        (
          name: "root",
          statements: [said("Allow", if: #""StringLike": {"aws:UserAgent": "*"}"#)]
        ))
      $0.then { $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`") }
    },
    .one("a service control policy without S3 in the management account") {
      $0.serviceControl((name: "root", statements: [said("Allow", "kms:*")]))
      $0.then { $0.facts.managementAccount = .stated("111122223333", by: "`--management-account`") }
    },
    .one("a boundary for the role's reading, and the bucket policy names the role's account") {
      $0.boundary(said("Allow", "kms:*"))
      $0.replace(\.bucketDocument, SampleCopy.role, "arn:aws:iam::111122223333:root")
    },
  ]
}
