import Evidence
import PolicyModel
import Testing

@testable import Checks

/// A layer, what is taken for granted where nobody mentioned it, and how somebody mentions it.
struct AssumptionCase: Sendable, CustomTestStringConvertible {
  var text: String
  var mention: @Sendable (inout CopyPlan) -> Void
  var testDescription: String { text }
}

@Suite struct `What is taken for granted` {
  private static let allow = try? SampleCopy.policy(
    "scp.json",
    #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
    .serviceControl)

  private static let level = OrganizationLayer(levels: [
    .init(name: "root", policies: [allow].compactMap(\.self))
  ])

  static let cases = [
    AssumptionCase(text: "no service control policy denies the role") {
      $0.serviceControl = level
    },
    AssumptionCase(text: "no service control policy denies the role") {
      $0.serviceControl.isStatedAbsent = true
    },
    AssumptionCase(text: "no service control policy denies the role") {
      $0.facts.isOutsideOrganizations = .stated(true, by: "the organization")
    },
    AssumptionCase(text: "no resource control policy denies the role or CloudTrail") {
      $0.resourceControl = level
    },
    AssumptionCase(text: "no resource control policy denies the role or CloudTrail") {
      $0.resourceControl.isStatedAbsent = true
    },
    AssumptionCase(text: "no resource control policy denies the role or CloudTrail") {
      $0.facts.isOutsideOrganizations = .stated(true, by: "the organization")
    },
    AssumptionCase(text: "no other KMS key encrypts the objects") { $0.keys = [] },
    AssumptionCase(text: "no KMS grant decides what the role may do with a key") { $0.keys = [] },
  ]

  @Test(arguments: cases) func `Is listed until somebody mentions it`(
    _ example: AssumptionCase
  ) throws {
    var plan = try SampleCopy().plan
    #expect(Assumptions.absentLayers(of: plan).contains(example.text))
    example.mention(&plan)
    #expect(!Assumptions.absentLayers(of: plan).contains(example.text))
  }

  @Test func `A boundary is one of them only where nobody mentioned one`() throws {
    var plan = try SampleCopy().plan
    for isAssumed in [true, false] {
      plan.boundary.isAssumedAbsent = isAssumed
      #expect(
        Assumptions.absentLayers(of: plan).contains("no permissions boundary limits the role")
          == isAssumed)
    }
  }

  @Test func `Facts that only policies suggest are named with their origin`() throws {
    var plan = try SampleCopy().plan
    #expect(Assumptions.inferred(in: plan).isEmpty)
    plan.facts.bucketAccount = .inferred("111122223333", from: "`bucket.json`")
    #expect(
      Assumptions.inferred(in: plan)
        == ["the bucket belongs to account `111122223333`, inferred from `bucket.json`"])
  }
}
