import Evidence
import PolicyModel
import Testing

@testable import Checks

/// What is said of conditions on source keys where no statement has one.
@Suite struct `No condition on a source key` {
  private static let gap = PolicyLayer.Gap("a template leaves some out", needs: [])

  private func statuses(ofTrust policies: Bool, _ gap: PolicyLayer.Gap?) throws -> [Requirement
    .Status]
  {
    var copy = SampleCopy()
    copy.only(
      \.trustText,
      said("Allow", "sts:AssumeRole", on: nil, to: #"{"Service": "cloudtrail.amazonaws.com"}"#))
    copy.only(\.roleText, said("Allow", "s3:*"))
    copy.only(\.keyText, said("Allow", "kms:*", to: "*"))
    copy.change = { plan in
      plan.trust = PolicyLayer(policies: policies ? plan.trust.policies : [], gap: gap)
    }
    return try copy.report.statuses(of: "source-arn-condition")
  }

  @Test func `Without a trust policy nobody can tell`() throws {
    #expect(try statuses(ofTrust: false, Self.gap) == [.notChecked])
  }

  @Test func `A trust policy that is there has none`() throws {
    #expect(try statuses(ofTrust: true, nil) == [.notApplicable])
    #expect(try statuses(ofTrust: true, Self.gap) == [.notApplicable])
  }

  @Test func `No trust policy at all has none`() throws {
    #expect(try statuses(ofTrust: false, nil) == [.notApplicable])
  }
}
