import Evidence
import PolicyModel

@testable import Checks

private let logs = "arn:aws:s3:::acme-logs"

extension SaidCase {
  /// Permissions of the role beyond the copy.
  static let excess: [SaidCase] =
    [
      ("another action", said("Allow", "s3:PutObject", on: "\(logs)/*")),
      ("every action", said("Allow", "*")),
      ("every action on the bucket", said("Allow", "s3:*", on: "[\"\(logs)\", \"\(logs)/*\"]")),
      ("every action on keys", said("Allow", "kms:*", on: "*")),
      ("patterns of needed actions", said("Allow", #"["s3:Get*", "s3:List*"]"#, on: "\(logs)*")),
      (
        "a pattern beside the action it is for",
        said("Allow", #"["s3:GetObject*", "s3:GETOBJECT"]"#, on: "\(logs)/*")
      ),
      (
        "an action that nobody needs beside one",
        said("Allow", #"["s3:GetObject", "s3:PutObject"]"#, on: "\(logs)/*")
      ),
      ("NotAction", #"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}"#),
      (
        "NotResource",
        #"{"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::x/*"}"#
      ),
      (
        "several resources",
        said("Allow", "s3:GetObject", on: "[\"\(logs)/AWSLogs/*\", \"\(logs)/*\", \"\(logs)/A?\"]")
      ),
      (
        "a resource beside the one that is needed",
        said(
          "Allow", "s3:GetObject",
          on: "[\"\(logs)/*\", \"\(logs)/AWSLogs/111122223333/CloudTrail/*\"]")
      ),
      (
        "the folder without its slash",
        said("Allow", "s3:GetObject", on: "\(logs)/AWSLogs/111122223333/CloudTrail")
      ),
      (
        "what begins as the folder does",
        said("Allow", "s3:GetObject", on: "\(logs)/AWSLogs/111122223333/CloudTrail*")
      ),
      (
        "other buckets",
        said("Allow", #"["s3:ListBucket", "s3:GetBucketAcl"]"#, on: "arn:aws:s3:::*")
      ),
      (
        "other buckets with a condition",
        said("Allow", "s3:ListBucket", if: #""StringLike": {"aws:UserAgent": "*"}"#)
      ),
      ("an action that there is not", said("Allow", "s3:PutObjekt", on: "\(logs)/*")),
      ("a Deny", said("Deny", "s3:PutObject", on: "\(logs)/*")),
      (
        "an action in other capitals",
        said("Allow", "S3:getobject", on: "\(logs)/AWSLogs/111122223333/CloudTrail/*")
      ),
      (
        "one key and another",
        said(
          "Allow", "kms:Decrypt",
          on:
            #"["arn:aws:kms:us-east-1:111122223333:key/*", "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]"#
        )
      ),
      (
        "a long pattern beside a short text",
        said(
          "Allow", "s3:GetObject", on: "[\"\(logs)/other\", \"\(logs)/*/CloudTrail/of/everybody\"]")
      ),
    ].map { name, statement in
      SaidCase.two(name) { $0.add(\.roleText, statement) }
    } + [
      .one("every action in the only statement") {
        $0.only(\.roleText, said("Allow", "s3:PutObject", on: "\(logs)/*"))
      },
      .one("every object in the only statement") {
        $0.only(\.roleText, said("Allow", "s3:GetObject", on: "*", sid: "All"))
      },
      .one("a boundary that takes the excess away") {
        $0.replace(\.roleText, "[\"\(logs)\"]", "[\"arn:aws:s3:::*\"]")
        $0.boundary(
          said("Allow", "kms:*"), said("Allow", "s3:*", on: "[\"\(logs)\", \"\(logs)/*\"]"))
      },
      .one("a prefix without its slash") {
        $0.then { $0.facts.prefix = .stated("AWSLogs/111122223333/CloudTrail", by: "`--source`") }
      },
      .one("no prefix") { $0.then { $0.facts.prefix = .stated("", by: "`--source`") } },
      .one("other keys, and the ARN of the copy's is not known") {
        $0.replace(\.roleText, "\"\($0.key)\"", #""*""#)
        $0.then { $0.keys[0].arn = .unknown }
      },
      .one("other keys, and none encrypts the objects") {
        $0.replace(\.roleText, "\"\($0.key)\"", #""*""#)
        $0.withoutKeys()
      },
    ]
}
