import Evidence
import PolicyModel
import Testing

@testable import Checks

/// A comparison, and what it comes to for a copy.
struct FactCase: Sendable, CustomTestStringConvertible {
  var parameters: String
  var status: Requirement.Status
  var reason: String
  var needs: [String] = []
  var change: @Sendable (inout CopyPlan) -> Void = { _ in }

  var testDescription: String { "\(parameters) is \(status.rawValue): \(reason)" }

  private static func state(_ status: String) -> @Sendable (inout CopyPlan) -> Void {
    { $0.facts.storeStatus = .stated(status, by: "the store") }
  }

  static let all = [
    FactCase(
      parameters: "{fact: event-data-store-status, one-of: [ENABLED, STOPPED_INGESTION]}",
      status: .proven, reason: "it is `ENABLED`", change: state("ENABLED")),
    FactCase(
      parameters: "{fact: event-data-store-status, one-of: [ENABLED, STOPPED_INGESTION]}",
      status: .violated,
      reason: "it is `PENDING_DELETION`, not `ENABLED` or `STOPPED_INGESTION`",
      change: state("PENDING_DELETION")),
    FactCase(
      parameters: "{fact: event-data-store-status, one-of: ENABLED}", status: .notChecked,
      reason: "the event data store's status is not known",
      needs: ["aws cloudtrail get-event-data-store"],
      change: { $0.facts.storeStatus = .unknown }),
    FactCase(
      parameters: "{fact: bucket-region, none-of: [us-east-1, us-east-2]}", status: .violated,
      reason: "it is `us-east-1`, which is ruled out"),
    FactCase(
      parameters: "{fact: bucket-region, none-of: [eu-west-1]}", status: .proven,
      reason: "it is `us-east-1`"),
    FactCase(
      parameters: #"{fact: role-arn, matches: "arn:aws:iam::*:role/lake/Copy*"}"#,
      status: .proven, reason: "it is `\(SampleCopy.role)`"),
    FactCase(
      parameters: "{fact: role-name, matches: CloudTrailImport*}", status: .violated,
      reason: "it is `CopyEvents`, which does not match `CloudTrailImport*`"),
    FactCase(
      parameters: "{fact: role-name, matches: copy*}", status: .violated,
      reason: "it is `CopyEvents`, which does not match `copy*`"),
    FactCase(
      parameters: "{fact: role-name, matches: Copy*}", status: .notChecked,
      reason: "the role's name is not known", needs: ["--role-arn"],
      change: { $0.facts.roleARN = .unknown }),
    FactCase(
      parameters: "{fact: retention-period, at-least: 1095}", status: .proven,
      reason: "it is `1095`"),
    FactCase(
      parameters: "{fact: retention-period, at-least: 1096}", status: .violated,
      reason: "it is `1095`, less than 1096"),
    FactCase(
      parameters: "{fact: retention-period, at-most: 1094}", status: .violated,
      reason: "it is `1095`, more than 1094"),
    FactCase(
      parameters: "{fact: role-account, same-as: destination-account}", status: .proven,
      reason: "it is `111122223333`"),
    FactCase(
      parameters: "{fact: bucket-account, same-as: caller-account}", status: .violated,
      reason: "it is `444455556666`, but the caller's account is `111122223333`",
      change: { $0.facts.bucketAccount = .stated("444455556666", by: "`--bucket-account`") }),
    FactCase(
      parameters: "{fact: bucket-account, same-as: management-account}", status: .notChecked,
      reason: "the management account is not known", needs: ["--management-account"]),
    FactCase(
      parameters: "{fact: bucket-account, same-as: management-account}", status: .notApplicable,
      reason: "the account belongs to no organization",
      change: { $0.facts.isOutsideOrganizations = .stated(true, by: "an error") }),
    FactCase(
      parameters: #"{fact: key-arn, matches: "arn:aws:kms:eu-*"}"#, status: .violated,
      reason: "it is `\(SampleCopy().key)`, which does not match `arn:aws:kms:eu-*`"),
    FactCase(
      parameters: #"{fact: key-arn, matches: "*"}"#, status: .notApplicable,
      reason: "the objects are not encrypted with a KMS key",
      change: {
        $0.keys = []
        $0.facts.isWithoutKeys = .stated(true, by: "`--key none`")
      }),
    FactCase(
      parameters: #"{fact: key-arn, matches: "*"}"#, status: .notChecked,
      reason: "the key is not known", needs: ["--key-arn", "aws s3api get-bucket-encryption"],
      change: { $0.keys = [] }),
    FactCase(
      parameters: "{fact: event-data-store-category, one-of: [Data, Management]}",
      status: .violated, reason: "it is `Insight`, not `Data` or `Management`",
      change: { $0.facts.storeCategories = .stated(["Data", "Insight"], by: "the store") }),
    FactCase(
      parameters: "{fact: event-data-store-category, one-of: [Data, Management]}",
      status: .proven, reason: "it is `Data`",
      change: { $0.facts.storeCategories = .stated(["Data", "Management"], by: "the store") }),
    FactCase(
      parameters: "{fact: object-ownership, one-of: [BucketOwnerEnforced]}", status: .violated,
      reason: "it is `none`, not `BucketOwnerEnforced`",
      change: {
        $0.facts.objectOwnership = .unknown
        $0.facts.hasNoOwnershipControls = .stated(true, by: "an error")
      }),
    FactCase(
      parameters: "{fact: organization-store, one-of: [false]}", status: .proven,
      reason: "it is `false`"),
    FactCase(
      parameters: "{fact: bucket, one-of: [acme-logs]}", status: .notChecked,
      reason: "the template gives several names",
      needs: ["--source"],
      change: { $0.facts.bucket = .unknown(because: "the template gives several names") }),
    FactCase(
      parameters: "{fact: role-name, matches: Copy*}", status: .notChecked,
      reason: "it is `${Role.Name}`, which the template leaves open",
      needs: ["--account", "--region", "--parameter"],
      change: { plan in
        let name = PolicyText.segments([
          .literal("arn:aws:iam::111122223333:role/"),
          .symbol(PolicyText.Symbol(resource: "Role", attribute: "Name")),
        ])
        plan.facts.roleARN = .stated(name.encoded, by: "the template")
      }),
  ]
}

@Suite struct `A rule that compares a fact` {
  @Test(arguments: FactCase.all)
  func `It is decided, or says what would tell`(_ example: FactCase) throws {
    var plan = try SampleCopy().plan
    example.change(&plan)
    let report = try CustomRule.report(CustomRule.text(.fact, example.parameters), on: plan)
    let row = try #require(report.rows(of: "custom").first)
    #expect(report.rows(of: "custom").count == 1)
    #expect(row.status == example.status)
    #expect(row.reason == example.reason)
    #expect(row.needs == example.needs)
    #expect(report.findings.count == (example.status == .violated ? 1 : 0))
  }

  @Test func `Its finding stands where the fact was said`() throws {
    let text = #"{"RetentionPeriod": 90}"#
    let source = Source(path: "store.json", text)
    var plan = try SampleCopy().plan
    plan.facts.retentionPeriod = .stated(
      90, by: "the store", at: Place(source: source, range: 20..<22))
    let rule = CustomRule.text(.fact, "{fact: retention-period, at-least: 365}", severity: .warning)
    let report = try CustomRule.report(rule, on: plan)
    #expect(report.summary == ["custom warning store.json: 90"])
    let finding = try #require(report.findings.first)
    #expect(finding.message == "the retention period in days is `90`, less than 365")
    #expect(finding.help == "the rule asks that all is as we want it")
  }

  @Test func `Every key has a row of its own`() throws {
    var plan = try SampleCopy().plan
    let other = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    plan.keys.append(KeyPlan(arn: .stated(other, by: "`--key-arn`"), policy: .none))
    let rule = CustomRule.text(.fact, #"{fact: key-arn, matches: "arn:aws:kms:eu-*"}"#)
    let rows = try CustomRule.report(rule, on: plan).rows(of: "custom")
    #expect(rows.map(\.subject) == [SampleCopy().key, other])
    #expect(rows.map(\.status) == [.violated, .proven])
  }

  @Test(arguments: NamedFact.allCases)
  func `Every fact is not checked while nobody gave it, and says what would tell`(
    _ fact: NamedFact
  ) throws {
    let plan = CopyPlan(name: "empty", asOf: Timestamp(seconds: 0))
    let rule = CustomRule.text(.fact, "{fact: \(fact.rawValue), one-of: [x]}")
    let row = try #require(try CustomRule.report(rule, on: plan).rows(of: "custom").first)
    #expect(row.status == .notChecked)
    #expect(row.needs == fact.needs)
    #expect(!row.needs.isEmpty)
  }

  @Test func `Every fact that reports show can be compared`() throws {
    let shown = FactRows.rows(of: try SampleCopy().plan).map(\.name)
    #expect(shown.allSatisfy { NamedFact(rawValue: $0) != nil })
    #expect(shown.contains("event-data-store-status"))
  }
}

@Suite struct `Wildcards in a value` {
  @Test(arguments: [
    ("", "", true), ("", "*", true), ("a", "", false), ("abc", "a*c", true), ("abc", "a?c", true),
    ("abc", "a?", false), ("abc", "*b*", true), ("aXbXc", "a*X?", true), ("é", "?", true),
    ("abc", "ABC", false), ("a*c", "a*c", true), ("mississippi", "m*iss*ip*i", true),
    ("mississippi", "m*iss*ipx*i", false),
  ])
  func `A star is any text, a question mark one character`(
    _ text: String, _ pattern: String, _ matches: Bool
  ) {
    #expect(Wildcard.matches(text, pattern) == matches)
  }

  @Test func `Many stars take no exponential time`() {
    let text = String(repeating: "a", count: 2000)
    #expect(!Wildcard.matches(text, String(repeating: "a*", count: 500) + "b"))
  }
}
