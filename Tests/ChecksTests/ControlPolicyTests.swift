import Evidence
import PolicyModel
import Testing

@testable import Checks

/// What an organization's policies come to for a copy, and where findings about them point.
@Suite struct `Control policies of an organization` {
  private static let owner = "444455556666"

  private static func policy(_ path: String, _ statement: String, _ kind: PolicyKind) throws
    -> Policy
  {
    try SampleCopy.policy(
      path, #"{"Version": "2012-10-17", "Statement": [\#(statement)]}"#, kind)
  }

  /// A copy across accounts whose bucket is under a policy that denies reading objects.
  private func copy(management: String?) -> SampleCopy {
    var copy = SampleCopy(owner: Self.owner)
    copy.change = { plan in
      let deny = try? Self.policy(
        "rcp.json",
        #"{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}"#,
        .resourceControl)
      plan.resourceControl = OrganizationLayer(levels: [
        .init(name: "root", policies: [deny].compactMap(\.self))
      ])
      plan.facts.managementAccount =
        management.map { .stated($0, by: "`--management-account`") } ?? .unknown
    }
    return copy
  }

  @Test func `Resource control policies spare buckets of the management account`() throws {
    #expect(
      try copy(management: Self.owner).report.statuses(of: "s3-get-object") == [.proven])
    #expect(
      try copy(management: "777788889999").report.statuses(of: "s3-get-object") == [.violated])
    // The role's account being spared by service control policies does not spare the bucket.
    #expect(
      try copy(management: "111122223333").report.statuses(of: "s3-get-object") == [.violated])
  }

  @Test func `Which account that is may have to be told`() throws {
    let rows = try copy(management: nil).report.rows(of: "s3-get-object")
    #expect(rows.map(\.status) == [.open])
    #expect(rows.first?.needs == ["--management-account"])
  }

  @Test func `The level without an Allow is the one that is pointed at`() throws {
    var copy = SampleCopy()
    copy.change = { plan in
      let levels = [("root", "*"), ("account", "ec2:*")].compactMap { name, action in
        try? Self.policy(
          "\(name).json", #"{"Effect": "Allow", "Action": "\#(action)", "Resource": "*"}"#,
          .serviceControl)
      }
      plan.serviceControl = OrganizationLayer(
        levels: levels.map { .init(name: $0.node.tree.source.path, policies: [$0]) })
      plan.facts.managementAccount = .stated("777788889999", by: "`--management-account`")
    }
    let found = try copy.report.findings.filter { $0.rule == "s3-get-object" }
    #expect(found.map { $0.place?.source.path } == ["account.json"])
  }
}

/// The nearest statement that does not allow, and what is said of it.
@Suite struct `Statements that nearly allow` {
  private static func alone() -> SampleCopy {
    var copy = SampleCopy()
    copy.bucketText = nil
    return copy
  }

  @Test(arguments: [
    ("arn:aws:s3:::myBucketName", "arn:aws:s3:::acme-logs"),
    ("arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::acme-logs"),
  ])
  func `A placeholder of the guide is filled in`(_ written: String, _ wanted: String) throws {
    let report = try Self.alone()
      .replacing(\.roleText, #"["arn:aws:s3:::acme-logs"]"#, #"["\#(written)"]"#).report
    let remedies = report.findings.filter { $0.rule == "placeholder" }.flatMap(\.remedies)
    #expect(!remedies.isEmpty)
    #expect(remedies.allSatisfy { $0.title.hasSuffix("`\(wanted)`") })
  }
}

/// Stores of accounts that only a trust policy names.
@Suite struct `Accounts that a trust policy lets in` {
  @Test func `An account that is named beside the copy's own is a stranger`() throws {
    let report = try SampleCopy()
      .replacing(\.trustText, #""111122223333", "#, #"["111122223333", "444455556666"], "#)
      .replacing(
        \.trustText, "\"\(SampleCopy.store)\"",
        "[\"\(SampleCopy.store)\", \"arn:aws:cloudtrail:us-east-1:444455556666:eventdatastore/*\"]"
      )
      .replacing(\.trustText, "StringEquals", "StringLike")
      .report
    #expect(report.statuses(of: "confused-deputy") == [.violated])
    #expect(try SampleCopy().report.statuses(of: "confused-deputy") == [.proven])
  }
}
