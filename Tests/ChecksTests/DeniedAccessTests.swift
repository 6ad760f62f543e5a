import Evidence
import PolicyModel
import Testing

@testable import Checks

/// An access that a rule wants denied, and what it comes to for a copy.
struct DeniedCase: Sendable, CustomTestStringConvertible {
  var parameters: String
  var status: Requirement.Status
  var reason: String
  /// The text at the finding's place.
  var found: String?
  /// The action and the resource of the request that is allowed.
  var example: [String]?
  var needs: [String]
  var change: @Sendable (inout SampleCopy) -> Void

  var testDescription: String { "\(parameters) is \(status.rawValue): \(reason)" }

  init(
    _ parameters: String, _ status: Requirement.Status, _ reason: String, found: String? = nil,
    example: [String]? = nil, needs: [String] = [],
    change: @escaping @Sendable (inout SampleCopy) -> Void = { _ in }
  ) {
    self.parameters = parameters
    self.status = status
    self.reason = reason
    self.found = found
    self.example = example
    self.needs = needs
    self.change = change
  }

  /// Adds a statement to the role's permissions.
  private static func granting(
    _ actions: String, on resource: String, condition: String = ""
  ) -> @Sendable (inout SampleCopy) -> Void {
    { copy in
      copy = copy.replacing(
        \.roleText, #""Sid": "Bucket""#,
        #""Sid": "Extra", "Effect": "Allow", "Action": \#(actions), "Resource": "\#(resource)"\#(condition)}, {"Sid": "Bucket""#
      )
    }
  }

  private static let userAgent = #", "Condition": {"StringLike": {"aws:UserAgent": "*bot*"}}"#

  static let all = [
    DeniedCase(
      "{principal: role, action: \"s3:DeleteObject\", resource: objects, expect: denied}", .proven,
      "denied for every log file below the prefix"),
    DeniedCase(
      "{principal: role, action: \"s3:DeleteObject\", resource: objects, expect: denied}",
      .violated, "`s3:DeleteObject` is allowed by statement `Extra` of the role's permissions",
      found: "\"s3:Del*\"",
      example: [
        "s3:DeleteObject",
        "arn:aws:s3:::acme-logs/AWSLogs/111122223333/CloudTrail/eu-west-1/2024/12/20/"
          + "111122223333_CloudTrail_eu-west-1_20241220T0000Z_AbCdEfGhIjKlMnOp.json.gz",
      ], change: granting(#"["s3:PutObject", "s3:Del*"]"#, on: "arn:aws:s3:::acme-logs/*")),
    DeniedCase(
      "{principal: role, action: \"s3:DeleteObject\", resource: objects, expect: denied}", .open,
      "depends on `aws:UserAgent`", found: "\"aws:UserAgent\"",
      change: granting("\"s3:*\"", on: "*", condition: userAgent)),
    DeniedCase(
      "{principal: role, action: \"s3:DeleteObject\", resource: objects, expect: denied}",
      .notChecked, "the role's permissions was not given", needs: ["--role"]
    ) { $0.change = { $0.role = .notGiven("--role", "the role's permissions") } },
    DeniedCase(
      "{principal: role, action: \"s3:DeleteObject\", resource: objects, expect: denied}",
      .notChecked, "the source bucket is not known", needs: ["--source"]
    ) { $0.change = { $0.facts.bucket = .unknown } },
    DeniedCase(
      "{principal: role, action: \"s3:Delete*\", resource: bucket, expect: denied}", .violated,
      "`s3:DeleteBucket` is allowed by statement `Extra` of the role's permissions",
      found: "\"s3:DeleteBucket\"", example: ["s3:DeleteBucket", "arn:aws:s3:::acme-logs"],
      change: granting("\"s3:DeleteBucket\"", on: "arn:aws:s3:::acme-logs")),
    DeniedCase(
      "{principal: role, action: \"kms:Encrypt\", resource: key, expect: denied}", .proven,
      "denied for every log file"),
    DeniedCase(
      "{principal: role, action: \"kms:Decrypt\", resource: key, expect: denied}",
      .violated, "`kms:Decrypt` is allowed by statement `Key` of the role's permissions",
      found: "\"kms:Decrypt\"", example: ["kms:Decrypt", SampleCopy().key]),
    DeniedCase(
      "{principal: role, action: \"kms:Encrypt\", resource: key, expect: denied}", .notApplicable,
      "the objects are not encrypted with a KMS key"
    ) {
      $0.change = {
        $0.keys = []
        $0.facts.isWithoutKeys = .stated(true, by: "`--key none`")
      }
    },
    DeniedCase(
      "{principal: role, action: \"iam:CreateUser\", resource: any, expect: denied}", .proven,
      "denied"),
    DeniedCase(
      "{principal: role, action: \"iam:*\", resource: any, expect: denied}", .violated,
      "`iam:CreateUser` is allowed by statement `Extra` of the role's permissions",
      found: "\"iam:CreateUser\"",
      example: ["iam:CreateUser", "arn:aws:iam::111122223333:user/"],
      change: granting("\"iam:CreateUser\"", on: "arn:aws:iam::111122223333:user/*")),
    DeniedCase(
      "{principal: role, action: \"s3:GetObject\", resource: \"arn:aws:s3:::payroll/*\", "
        + "expect: denied}", .violated,
      "`s3:GetObject` is allowed by statement `Extra` of the role's permissions",
      found: "\"s3:GetObject\"", example: ["s3:GetObject", "arn:aws:s3:::payroll/example"],
      change: granting("\"s3:GetObject\"", on: "arn:aws:s3:::pay*")),
    DeniedCase(
      "{principal: role, action: \"s3:GetObject\", resource: \"arn:aws:s3:::payroll/*\", "
        + "expect: denied}", .proven, "denied"),
    DeniedCase(
      "{principal: role, action: \"s3:GetObject\", resource: \"arn:aws:s3:::acme-logs/other/*\", "
        + "expect: denied}", .proven, "denied",
      change: {
        $0 = $0.replacing(
          \.bucketDocument, #""arn:aws:s3:::acme-logs/*""#, #""arn:aws:s3:::acme-logs/AWSLogs/*""#)
      }),
    DeniedCase(
      "{principal: role, action: \"s3:GetObject\", resource: \"arn:aws:s3:::acme-logs/other/*\", "
        + "expect: denied}", .violated,
      "`s3:GetObject` is allowed by statement `Import` of the bucket policy",
      found: "\"s3:GetObject\"", example: ["s3:GetObject", "arn:aws:s3:::acme-logs/other/example"]),
    DeniedCase(
      "{principal: role, action: \"cloudtrail:DeleteEventDataStore\", resource: store, "
        + "expect: denied}", .proven, "denied"),
    DeniedCase(
      "{principal: role, action: \"iam:PassRole\", resource: role, expect: denied}", .notChecked,
      "the role is not known", needs: ["--role-arn"]
    ) { $0.change = { $0.facts.roleARN = .unknown } },
    DeniedCase(
      "{principal: caller, action: \"cloudtrail:DeleteTrail\", resource: any, expect: denied}",
      .notChecked, "the policies of whoever starts the import were not given",
      needs: ["--caller-policy"]
    ) { $0.change = { $0.caller = CopyPlan(name: "", asOf: $0.asOf).caller } },
    DeniedCase(
      "{principal: caller, action: \"cloudtrail:DeleteTrail\", resource: any, expect: denied}",
      .proven, "denied"),
    DeniedCase(
      "{principal: caller, action: \"cloudtrail:DeleteTrail\", resource: any, expect: denied}",
      .violated, "the root user may do everything", found: nil
    ) {
      $0.change = {
        $0.facts.callerARN = .stated("arn:aws:iam::111122223333:root", by: "the caller")
      }
    },
    DeniedCase(
      "{principal: service, action: \"sts:AssumeRole\", resource: role, expect: denied}",
      .violated, "`sts:AssumeRole` is allowed by statement 1 of the trust policy",
      found: "\"sts:AssumeRole\"", example: ["sts:AssumeRole", SampleCopy.role]),
    DeniedCase(
      "{principal: service, action: \"sts:TagSession\", resource: role, expect: denied}",
      .proven, "denied"),
    DeniedCase(
      "{principal: role, action: \"s3:Get*\", resource: bucket, expect: allowed}", .violated,
      "not allowed by the role's permissions nor the bucket policy",
      found: #"["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"]"#),
  ]
}

@Suite struct `A rule about what somebody may not do` {
  @Test(arguments: DeniedCase.all)
  func `It is proven, refuted by a request that is allowed, or says what is missing`(
    _ example: DeniedCase
  ) throws {
    var copy = SampleCopy()
    example.change(&copy)
    let rule = CustomRule.text(.access, example.parameters)
    let report = try CustomRule.report(rule, on: try copy.plan)
    let rows = report.rows(of: "custom")
    #expect(rows.map(\.status) == [example.status])
    #expect(rows.map(\.reason) == [example.reason])
    #expect(rows.map(\.needs) == [example.needs])
    if let wanted = example.example {
      #expect(rows.first?.counterexample.map { [$0.action, $0.resource] } == wanted)
    }
    let text = report.findings.first.flatMap(\.place).map { place in
      String(decoding: place.source.text[place.range], as: UTF8.self)
    }
    #expect(text == example.found)
  }

  @Test(arguments: [
    ("s3:Delete*", ": \(ActionCatalog.actions(matching: "s3:Delete*").count) actions"),
    ("s3:GetObjectVersionT*", ": 2 actions"), ("s3:DeleteObject", ""),
  ])
  func `All actions of a pattern are proven`(pattern: String, remark: String) throws {
    let rule = CustomRule.text(
      .access, "{principal: role, action: \"\(pattern)\", resource: objects, expect: denied}")
    let row = try #require(
      try CustomRule.report(rule, on: try SampleCopy().plan).rows(of: "custom").first)
    #expect(row.reason == "denied for every log file below the prefix" + remark)
  }

  @Test func `What the policy of another resource may say is taken for granted aloud`() throws {
    let rule = CustomRule.text(
      .access,
      "{principal: role, action: \"s3:GetObject\", resource: \"arn:aws:s3:::payroll/*\", "
        + "expect: denied}")
    let report = try CustomRule.report(rule, on: try SampleCopy().plan)
    #expect(
      report.copies.first?.assumptions.contains(
        "no policy of `arn:aws:s3:::payroll/*` itself allows `s3:GetObject`") == true)
  }

  @Test func `A violation blocks the copy like one of the program's own`() throws {
    let rule = CustomRule.text(
      .access, "{principal: role, action: \"kms:Decrypt\", resource: key, expect: denied}")
    let report = try CustomRule.report(rule, on: try SampleCopy().plan)
    #expect(report.verdict == .blocked)
    let warning = CustomRule.text(
      .access, "{principal: role, action: \"kms:Decrypt\", resource: key, expect: denied}",
      severity: .warning)
    #expect(try CustomRule.report(warning, on: try SampleCopy().plan).verdict == .unproven)
  }
}
