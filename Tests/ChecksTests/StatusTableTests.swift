import Evidence
import PolicyModel
import Testing

@testable import Checks

/// One cell of the table: a requirement, a status, and a copy that has it; or why none can.
struct StatusCell: Sendable, CustomTestStringConvertible {
  enum Example: Sendable {
    /// Changes a ready copy so that the requirement has the status; `blocks` where the verdict
    /// must then be blocked.
    case copy(@Sendable (inout SampleCopy) -> Void)
    case cannotBe(String)
  }

  var rule: RuleID
  var status: Requirement.Status
  var example: Example
  /// The accounts of the bucket that the example has the status with: the role's and another.
  var owners = ["111122223333", "444455556666"]

  var testDescription: String { "\(rule) \(status.rawValue)" }

  init(
    _ rule: RuleID, _ status: Requirement.Status,
    _ change: @escaping @Sendable (inout SampleCopy) -> Void
  ) {
    self.rule = rule
    self.status = status
    example = .copy(change)
  }

  /// An example that has the status only in one account, or only across accounts.
  init(
    _ rule: RuleID, _ status: Requirement.Status, ofOwner owner: String,
    _ change: @escaping @Sendable (inout SampleCopy) -> Void = { _ in }
  ) {
    self.init(rule, status, change)
    owners = [owner]
  }

  init(_ rule: RuleID, _ status: Requirement.Status, cannotBe reason: String) {
    self.rule = rule
    self.status = status
    example = .cannotBe(reason)
  }
}

private typealias Copy = SampleCopy

/// Adds a Deny for everything to a policy's text; `condition` is the inside of its Condition.
private func deny(_ text: String, principal: Bool, condition: String = "") -> String {
  let head = principal ? "\"Principal\": \"*\", " : ""
  let tail = condition.isEmpty ? "" : ", \"Condition\": {\(condition)}"
  let statement =
    "{\"Effect\": \"Deny\", \(head)\"Action\": \"*\", \"Resource\": \"*\"\(tail)}, "
  return text.replacingFirst("\"Statement\": [", with: "\"Statement\": [" + statement)
}

extension String {
  fileprivate func replacingFirst(_ old: String, with new: String) -> String {
    let parts = split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "nothing to replace: \(old)")
    return parts.joined(separator: new)
  }
}

private let userAgent = #""StringLike": {"aws:UserAgent": "*bot*"}"#

private func accessCells(_ rule: RuleID, layers: any WritableKeyPath<SampleCopy, String> & Sendable)
  -> [StatusCell]
{
  [
    StatusCell(rule, .proven) { _ in },
    StatusCell(rule, .violated) {
      $0[keyPath: layers] = deny($0[keyPath: layers], principal: layers != \.roleText)
    },
    StatusCell(rule, .open) {
      $0[keyPath: layers] = deny(
        $0[keyPath: layers], principal: layers != \.roleText, condition: userAgent)
    },
  ]
}

private let accessAndTrustCells: [StatusCell] =
  accessCells("s3-list-bucket", layers: \.bucketDocument)
  + accessCells("s3-get-bucket-acl", layers: \.bucketDocument)
  + accessCells("s3-get-object", layers: \.bucketDocument)
  + accessCells("kms-decrypt", layers: \.keyText)
  + accessCells("kms-generate-data-key", layers: \.keyText)
  + [
    StatusCell("s3-list-bucket", .notChecked) {
      $0.change = { $0.bucket = .notGiven("--bucket", "the bucket policy") }
    },
    StatusCell("s3-list-bucket", .notApplicable, cannotBe: "every copy lists its bucket"),
    StatusCell("s3-get-bucket-acl", .notChecked) {
      $0.change = { $0.role = .notGiven("--role", "the role's permissions") }
    },
    StatusCell("s3-get-bucket-acl", .notApplicable, cannotBe: "every copy reads its bucket's ACL"),
    StatusCell("s3-get-object", .notChecked) {
      $0.change = {
        $0.facts.prefix = .unknown
        $0.facts.bucket = .unknown
      }
    },
    StatusCell("s3-get-object", .notApplicable, cannotBe: "every copy reads objects"),
    StatusCell("kms-decrypt", .notChecked) { $0.change = { $0.keys = [] } },
    StatusCell("kms-decrypt", .notApplicable) {
      $0.change = {
        $0.keys = []
        $0.facts.isWithoutKeys = .stated(true, by: "`--key none`")
      }
    },
    StatusCell("kms-generate-data-key", .notChecked) {
      $0.change = { $0.keys[0].policy = .notGiven("--key", "the key policy") }
    },
    StatusCell("kms-generate-data-key", .notApplicable) {
      $0.change = {
        $0.keys = []
        $0.facts.isWithoutKeys = .stated(true, by: "`--key none`")
      }
    },
    StatusCell("sts-assume-role", .proven) { _ in },
    StatusCell("sts-assume-role", .violated) {
      $0 = $0.replacing(\.trustText, "cloudtrail.amazonaws.com", "config.amazonaws.com")
    },
    StatusCell("sts-assume-role", .open) {
      $0 = $0.replacing(
        \.trustText, #""StringEquals""#,
        #""StringLike": {"aws:SourceOrgPaths": "o-*"}, "StringEquals""#)
    },
    StatusCell("sts-assume-role", .notChecked) {
      $0.change = { $0.trust = .notGiven("--trust", "the trust policy") }
    },
    StatusCell(
      "sts-assume-role", .notApplicable, cannotBe: "CloudTrail assumes the role in every copy"),
    StatusCell("source-arn-condition", .proven) { _ in },
    StatusCell("source-arn-condition", .violated) {
      $0 = $0.replacing(\.trustText, ":eventdatastore/", ":trail/")
    },
    StatusCell("source-arn-condition", .open) {
      $0 = $0.replacing(\.trustText, "eventdatastore/ee54f265", "eventdatastore/${aws:SourceOrgID}")
    },
    StatusCell("source-arn-condition", .notChecked) {
      $0.change = { $0.facts.destination = .unknown }
    },
    StatusCell("source-arn-condition", .notApplicable) { $0.removeSourceConditions() },
    StatusCell("source-account-condition", .proven) { _ in },
    StatusCell("source-account-condition", .violated) {
      $0 = $0.replacing(
        \.trustText, "\"aws:SourceAccount\": \"111122223333\"",
        "\"aws:SourceAccount\": \"777788889999\"")
    },
    StatusCell("source-account-condition", .open) {
      $0 = $0.replacing(
        \.trustText, "\"aws:SourceAccount\": \"111122223333\"",
        "\"aws:SourceAccount\": \"${aws:SourceOrgID}\"")
    },
    StatusCell("source-account-condition", .notChecked) {
      $0.change = { $0.facts.destination = .unknown }
    },
    StatusCell("source-account-condition", .notApplicable) { $0.removeSourceConditions() },
    StatusCell("confused-deputy", .proven) { _ in },
    StatusCell("confused-deputy", .violated) { $0.removeSourceConditions() },
    StatusCell("confused-deputy", .open) {
      $0.removeSourceConditions()
      $0 = $0.replacing(
        \.trustText, #""Condition": {}"#,
        #""Condition": {"StringEquals": {"aws:SourceOrgID": "o-acme123456"}}"#)
    },
    StatusCell("confused-deputy", .notChecked) {
      $0.change = { $0.trust = .notGiven("--trust", "the trust policy") }
    },
    StatusCell(
      "confused-deputy", .notApplicable, cannotBe: "every copy has a role with a trust policy"),
    StatusCell("excess-access", .proven) { _ in },
    StatusCell("excess-access", .violated) {
      $0 = $0.replacing(\.roleText, #"["s3:GetObject"]"#, #"["s3:GetObject*"]"#)
    },
    StatusCell("excess-access", .open, cannotBe: "what may be allowed is not reported"),
    StatusCell("excess-access", .notChecked) {
      $0.change = { $0.role = .notGiven("--role", "the role's permissions") }
    },
    StatusCell("excess-access", .notApplicable, cannotBe: "every copy has a role"),
    StatusCell("acls-disabled", .proven) { _ in },
    StatusCell("acls-disabled", .violated) {
      $0.change = { $0.facts.objectOwnership = .stated("ObjectWriter", by: "the bucket") }
    },
    StatusCell("acls-disabled", .open) {
      $0.change = {
        $0.facts.objectOwnership = .unknown
        $0.facts.hasNoOwnershipControls = .stated(true, by: "an error")
      }
    },
    StatusCell("acls-disabled", .notChecked) {
      $0.change = { $0.facts.objectOwnership = .unknown }
    },
    StatusCell("acls-disabled", .notApplicable, cannotBe: "every bucket has an Object Ownership"),
    StatusCell("management-account-only", .proven) {
      $0.change = { $0.facts.isOrganizationStore = .stated(true, by: "the store") }
    },
    StatusCell("management-account-only", .violated) {
      $0.change = {
        $0.facts.isOrganizationStore = .stated(true, by: "the store")
        $0.facts.callerAccount = .stated("777788889999", by: "`--caller-account`")
      }
    },
    StatusCell(
      "management-account-only", .open,
      cannotBe: "accounts are compared: each is known or not checked"),
    StatusCell("management-account-only", .notChecked) {
      $0.change = {
        $0.facts.isOrganizationStore = .stated(true, by: "the store")
        $0.facts.callerAccount = .unknown
      }
    },
    StatusCell("management-account-only", .notApplicable) { _ in },
    StatusCell("retention-coverage", .proven) { _ in },
    StatusCell("retention-coverage", .violated) {
      $0.change = { $0.facts.retentionPeriod = .stated(699, by: "the store") }
    },
    StatusCell(
      "retention-coverage", .open, cannotBe: "days are compared: each is known or not checked"),
    StatusCell("retention-coverage", .notChecked) { $0.change = { $0.facts.startTime = .unknown } },
    StatusCell(
      "retention-coverage", .notApplicable, cannotBe: "every copy has an oldest event and a period"),
  ]

extension SampleCopy {
  fileprivate mutating func removeSourceConditions() {
    let source = """
      "StringEquals": {"aws:SourceAccount": "111122223333", "aws:SourceArn": "\(Self.store)"}
      """
    roleText = roleText.split(separator: source).joined()
    trustText = trustText.split(separator: source).joined()
    keyText = keyText.split(separator: ",\n        " + source).joined()
    keyText = keyText.split(separator: source).joined()
    keyText = keyText.split(separator: "/*\"},").joined(separator: "/*\"}")
  }
}

/// Every status of every rule, with an example each.
let statusCells =
  accessAndTrustCells + StatusCell.store + StatusCell.keys + StatusCell.caller + StatusCell.request
  + StatusCell.publicAccess + StatusCell.listing + StatusCell.documented

@Suite struct `Every requirement in every status` {
  /// Every rule that has rows.
  static let rules = RuleCatalog.builtIn.rules.filter { CheckRegistry.check($0.check) != nil }
    .map(\.id)

  @Test func `The table has a cell for every requirement and status`() {
    for rule in Self.rules {
      for status in [Requirement.Status.proven, .violated, .open, .notChecked, .notApplicable] {
        #expect(
          statusCells.contains { $0.rule == rule && $0.status == status },
          "\(rule) \(status.rawValue)")
      }
    }
  }

  @Test(arguments: statusCells, ["111122223333", "444455556666"])
  func `Has the status in one account and across accounts`(cell: StatusCell, owner: String) throws {
    guard case .copy(let change) = cell.example, cell.owners.contains(owner) else { return }
    var copy = SampleCopy(owner: owner)
    change(&copy)
    let report = try copy.report
    let rows = report.rows(of: cell.rule)
    #expect(rows.map(\.status) == [cell.status], "\(rows.map(\.reason))")
    let severity = rows.first?.severity ?? .note
    switch cell.status {
    case .violated:
      #expect(report.findings.contains { $0.severity == severity })
      if severity == .error { #expect(report.verdict == .blocked) }
    case .open:
      #expect(
        report.findings.contains {
          $0.rule == cell.rule && $0.severity == min(severity, .warning)
        }
          || cell.rule.name.hasSuffix("condition"))
      if severity == .error { #expect(report.verdict != .ready) }
    case .notChecked:
      #expect(rows.allSatisfy { !$0.needs.isEmpty })
      if severity == .error { #expect(report.verdict != .ready) }
    case .proven, .notApplicable:
      #expect(report.findings.allSatisfy { $0.rule != cell.rule })
    }
  }
}
