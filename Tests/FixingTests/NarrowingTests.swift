import Checks
import PolicyModel
import Testing

@testable import Fixing

/// Something that the role may do beyond the copy, and what its policy looks like without.
struct Excess: Sendable, CustomTestStringConvertible {
  var name: String
  var make: @Sendable (inout Remedy.Value) -> Void
  /// What the role's policy becomes; nil where it becomes what it was.
  var mended: (@Sendable (inout Remedy.Value) -> Void)?

  var testDescription: String { name }

  static let all: [Excess] = [
    Excess(name: "another action in a list") {
      $0["Statement", 0, "Action"] = ["s3:ListBucket", "s3:PutObject", "s3:GetBucketAcl"]
    },
    Excess(name: "a pattern of actions") { $0["Statement", 1, "Action"] = "s3:Get*" },
    Excess(name: "every action") {
      $0["Statement", 2, "Action"] = "*"
    } mended: {
      $0["Statement", 2, "Action"] = ["kms:Decrypt", "kms:GenerateDataKey"]
    },
    Excess(name: "a pattern beside what it matches") {
      $0["Statement", 0, "Action"] = ["s3:ListBucket", "s3:GetBucketAcl", "s3:List*"]
    },
    Excess(name: "a statement for something else") {
      guard case .list(let statements)? = $0["Statement"] else { return }
      $0["Statement"] = .list(
        statements + [["Effect": "Allow", "Action": "ec2:DescribeRegions", "Resource": "*"]])
    },
    Excess(name: "every object of the bucket") {
      $0["Statement", 1, "Resource"] = [.text("\(Bundle.bucketARN)/*")]
    },
    Excess(name: "every bucket") {
      $0["Statement", 0, "Resource"] = "*"
    } mended: {
      $0["Statement", 0, "Resource"] = .text(Bundle.bucketARN)
    },
    Excess(name: "bucket and objects in one statement") {
      $0["Statement", 0, "Action"] = ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"]
      $0["Statement", 0, "Resource"] = ["arn:aws:s3:::*"]
      $0["Statement", 1] = nil
    } mended: {
      $0["Statement", 0, "Action"] = ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"]
      $0["Statement", 0, "Resource"] = [
        .text(Bundle.bucketARN), .text("\(Bundle.bucketARN)/\(Bundle.prefix)*"),
      ]
      $0["Statement", 1] = nil
    },
    Excess(name: "every key") { $0["Statement", 2, "Resource"] = "*" },
    Excess(name: "every bucket and every key in one statement") {
      $0["Statement"] = [
        [
          "Effect": "Allow", "Action": ["s3:*", "kms:*"],
          "Resource": ["arn:aws:s3:::*", "arn:aws:kms:*:*:*"],
        ]
      ]
    } mended: {
      $0["Statement"] = [
        [
          "Effect": "Allow",
          "Action": [
            "s3:GetObject", "kms:Decrypt", "s3:ListBucket", "s3:GetBucketAcl",
            "kms:GenerateDataKey",
          ],
          "Resource": [
            .text(Bundle.bucketARN), $0["Statement", 2, "Resource"] ?? "",
            .text("\(Bundle.bucketARN)/\(Bundle.prefix)*"),
          ],
        ]
      ]
    },
    Excess(name: "every action but one") {
      $0["Statement", 1, "Action"] = "s3:PutObject"
      $0.rename("Statement", 1, "Action", to: "NotAction")
    },
    Excess(name: "every action but some") {
      $0["Statement", 0, "Action"] = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"]
      $0.rename("Statement", 0, "Action", to: "NotAction")
    },
    Excess(name: "every object but some") {
      $0["Statement", 1, "Resource"] = [.text("\(Bundle.bucketARN)/other/*")]
      $0.rename("Statement", 1, "Resource", to: "NotResource")
    },
  ]
}

@Suite struct `Narrowing what the role may do` {
  private static let forms: [DocumentForm] = [
    .json, .jsonWithTabs, .minifiedJSON, .jsonWithCRLF, .commentedYAML, .yaml, .yamlInBrackets,
  ]

  @Test(arguments: Excess.all, Accounts.allCases)
  func `What the copy does not need goes when somebody asks for it`(
    _ excess: Excess, _ accounts: Accounts
  ) throws {
    let ready = try #require(Bundle(accounts).policies["role"])
    var wanted = ready
    excess.mended?(&wanted)
    for form in accounts == .one ? Self.forms : [.minifiedJSON, .commentedYAML] {
      var bundle = Bundle(accounts, form: form)
      var role = ready
      excess.make(&role)
      bundle.policies["role"] = role
      var session = try bundle.session()
      session.mend(withUnsafe: false)
      #expect(session.changes.isEmpty, "\(form): nothing is taken away without asking")
      session.mend(withUnsafe: true)
      let report = session.report()
      #expect(report.verdict == .ready, "\(form): \(report.complaints)")
      #expect(report.complaints.isEmpty, "\(form): \(report.complaints)")
      let change = try #require(session.changes.first, "\(form)")
      let value = Remedy.Value(try Tree.parse(change.mended).root)
      #expect(value == wanted, "\(form): \(String(decoding: change.mended.text, as: UTF8.self))")
    }
  }
}
