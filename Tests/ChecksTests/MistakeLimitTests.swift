import Evidence
import PolicyModel
import Testing

@testable import Checks

/// Policies made of mistakes: what is said of them stays within bounds, and says so.
@Suite struct `Policies without measure` {
  /// Misspelt actions, each of which could be compared with all that there are.
  private static func misspelt(_ count: Int) -> String {
    "[" + (0..<count).map { "\"s3:GetObjec\($0)\"" }.joined(separator: ", ") + "]"
  }

  private static func accounts(_ count: Int) -> [String] {
    (0..<count).map { String(200_000_000_000 + $0) }
  }

  @Test func `The first mistakes of a policy are told, and that there are more`() throws {
    var copy = SampleCopy()
    copy.only(\.callerText, said("Allow", Self.misspelt(Limits.policyFindings + 50)))
    let found = try copy.report.findings.filter { $0.rule == "unknown-action" }
    #expect(found.count == Limits.policyFindings)
    #expect(
      found.filter { finding in
        finding.related.contains {
          $0.message == "the first 250 mistakes of this policy are told, and no more"
        }
      }.count == 1)
    copy.only(\.callerText, said("Allow", Self.misspelt(Limits.policyFindings - 1)))
    let fewer = try copy.report.findings.filter { $0.rule == "unknown-action" }
    #expect(fewer.count == Limits.policyFindings - 1)
    #expect(fewer.allSatisfy { $0.related.isEmpty })
  }

  @Test func `A statement that is larger than any policy is not searched for slips`() throws {
    var copy = SampleCopy()
    copy.only(\.callerText, said("Allow", Self.misspelt(20_000)))
    let report = try copy.report
    #expect(report.findings.allSatisfy { $0.rule != "unknown-action" })
    #expect(
      report.findings.filter { $0.rule == "policy-size" }.flatMap(\.saying).contains(
        "statement 1 has more than \(256 << 10) bytes, and AWS takes no policy as large"))
  }

  @Test func `Slips of the role's actions do not hide what it may do`() throws {
    var copy = SampleCopy()
    copy.add(\.roleText, said("Allow", "[\"s3:PutObject\", " + Self.misspelt(150).dropFirst()))
    let report = try copy.report
    #expect(report.statuses(of: "excess-access") == [.violated])
    #expect(
      report.rows(of: "excess-access").map(\.reason) == [
        "the role may do `s3:PutObject` on `*` too"
      ])
  }

  @Test func `Of what the role may do too the first is told, and that there is more`() throws {
    func told(_ count: Int) throws -> [String] {
      var copy = SampleCopy()
      let actions = Array(repeating: "\"s3:PutObject\"", count: count).joined(separator: ", ")
      copy.add(\.roleText, said("Allow", "[\(actions)]"))
      return try copy.report.findings.filter { $0.rule == "excess-access" }.flatMap(\.saying)
        .filter { $0.contains("no more") }
    }
    #expect(try told(Limits.excessActions - 1) == [])
    #expect(
      try told(Limits.excessActions + 50)
        == ["the first 100 actions of this role are told, and no more"])
  }

  @Test func `A pattern that is longer than what is looked into leaves the answer open`() throws {
    var copy = SampleCopy()
    let resource = "arn:aws:s3:::logs/" + String(repeating: "a*", count: Limits.patternElements / 2)
    copy.only(\.roleText, said("Allow", "s3:*", on: resource))
    copy.bucketText =
      #"{"Version": "2012-10-17", "Statement": [\#(said("Deny", "s3:DeleteObject", to: "*"))]}"#
    let report = try copy.report
    #expect(
      report.rows(of: "s3-get-object").map(\.reason) == [
        "what statement 1 matches is not known: a text of it has more than 8192 characters"
      ])
    #expect(
      report.findings.filter { $0.rule == "s3-get-object" }.map(\.help) == [
        "shorten it: an ARN has 2,048 characters at most"
      ])
  }

  @Test func `Of many wrong values the first are told`() throws {
    var copy = SampleCopy()
    let values = Self.accounts(50).map { "\"\($0)\"" }.joined(separator: ", ")
    copy.replace(
      \.trustText, #""aws:SourceAccount": "111122223333""#, "\"aws:SourceAccount\": [\(values)]")
    let report = try copy.report
    #expect(report.statuses(of: "sts-assume-role") == [.violated])
    #expect(
      report.findings.filter { $0.rule == "source-account-condition" }.count
        == Limits.mistakesOfOneKind)
  }

  @Test(arguments: [(99, Requirement.Status.proven), (101, .open)])
  func `Nothing is proven of accounts that were not tried`(
    count: Int, status: Requirement.Status
  ) throws {
    var copy = SampleCopy()
    let values = Self.accounts(count).map { "\"\($0)\"" }.joined(separator: ", ")
    copy.replace(
      \.trustText, #""StringEquals": {"#,
      "\"StringNotEquals\": {\"aws:SourceAccount\": [\(values)]}, \"StringEquals\": {")
    let report = try copy.report
    #expect(report.statuses(of: "confused-deputy") == [status])
    if status == .open {
      #expect(
        report.rows(of: "confused-deputy").map(\.reason)
          == ["the trust policy names more than 100 accounts"])
    }
  }
}

extension Finding {
  /// What the finding says and what it says beside.
  fileprivate var saying: [String] { [message] + related.map(\.message) }
}
