import PolicyModel
import Testing

@testable import Evidence

@Suite(.enabled(if: Samples.arePresent, "the samples do not lie beside the project"))
struct `The samples` {
  /// What the part of a sample's name before its variant is.
  static func expectedName(of file: String) -> String {
    switch file {
    case "caller-policy.json": return "a policy of whoever starts the import"
    case "cloudtrail-start-import.cli-input.json", "cloudtrail-start-import.skeleton.json",
      "cloudtrail-start-import.retry.cli-input.json":
      return "the input of `aws cloudtrail start-import`"
    default:
      let stem = file.split(separator: ".")[0]
      let words = stem.split(separator: "-", maxSplits: 1)
      return "the answer of `aws \(words.joined(separator: " "))`"
    }
  }

  @Test(arguments: Samples.names) func `A sample alone is recognised`(_ name: String) throws {
    let plan = try Samples.plan([name])
    #expect(plan.documents.map(\.name) == [Self.expectedName(of: name)])
    #expect(plan.findings.isEmpty)
  }

  @Test(arguments: [
    ("bucket.json", "a bucket policy"), ("kms.json", "a key policy"),
    ("role-permissions.json", "a policy without principals"),
    ("role-trust.json", "a trust policy"),
  ])
  func `A bare policy alone is recognised`(_ name: String, _ expected: String) throws {
    let plan = try Samples.plan(["policy-docs/\(name)"])
    #expect(plan.documents.map(\.name) == [expected])
    #expect(plan.findings.isEmpty)
  }

  /// The samples that tell of one copy together: those that are no variant of another.
  static let together =
    Samples.names.filter { name in
      name.split(separator: ".").count == 2 || name == "cloudtrail-start-import.cli-input.json"
        || name == "cloudtrail-start-import.output.json"
    }
    + ["bucket", "kms", "role-permissions", "role-trust"].map { "policy-docs/\($0).json" }

  @Test func `All of one scenario make one plan without disagreement`() throws {
    let plan = try Samples.plan(Self.together)
    #expect(plan.findings.isEmpty)
    #expect(plan.facts.bucket.value == "aws-cloudtrail-logs-111122223333-612ff1f6")
    #expect(plan.facts.prefix.value == "AWSLogs/111122223333/CloudTrail/")
    #expect(plan.facts.roleARN.status == .stated)
    #expect(plan.facts.destination.status == .stated)
    #expect(plan.facts.bucketRegion.value == "us-east-1")
    #expect(plan.facts.managementAccount.value == "111122223333")
    #expect(plan.facts.isOrganizationStore.value == false)
    #expect(plan.facts.retentionPeriod.value == 1095)
    #expect(plan.facts.objectOwnership.value == "BucketOwnerEnforced")
    #expect(plan.facts.bucketKeys.value == .on)
    #expect(plan.facts.hasOngoingImport.value == false)
    for layer in [plan.role, plan.trust, plan.bucket, plan.caller, plan.boundary] {
      #expect(layer.policies.count == 1)
      #expect(layer.gap == nil)
    }
    #expect(plan.keys.count == 1)
    #expect(plan.keys.first?.arn.status == .stated)
    #expect(plan.keys.first?.policy.policies.count == 1)
    #expect(plan.keys.first?.policy.gap == nil)
    #expect(plan.keys.first?.state.value == "Enabled")
  }

  @Test func `A variant in its twin's place changes just what it is about`() throws {
    func plan(with variant: String, for twin: String) throws -> CopyPlan {
      try Samples.plan(Self.together.map { $0 == twin ? variant : $0 })
    }
    let store = try plan(
      with: "cloudtrail-get-event-data-store.org-pending-deletion.json",
      for: "cloudtrail-get-event-data-store.json")
    #expect(store.findings.isEmpty)
    #expect(store.facts.storeStatus.value == "PENDING_DELETION")
    #expect(store.facts.retentionPeriod.value == 7)
    #expect(store.facts.isOrganizationStore.value == true)
    let items = try plan(
      with: "cloudtrail-get-event-data-store.config-items.json",
      for: "cloudtrail-get-event-data-store.json")
    #expect(items.facts.storeCategories.value == ["ConfigurationItem"])
    let imports = try plan(
      with: "cloudtrail-list-imports.ongoing.json", for: "cloudtrail-list-imports.json")
    #expect(imports.facts.hasOngoingImport.value == true)
    let grants = try plan(
      with: "s3api-get-bucket-acl.with-grants.json", for: "s3api-get-bucket-acl.json")
    #expect(grants.facts.foreignGrants.value == 3)
    let encryption = try plan(
      with: "s3api-get-bucket-encryption.sse-s3.json", for: "s3api-get-bucket-encryption.json")
    #expect(encryption.facts.defaultEncryption.value == "AES256")
    #expect(encryption.keys.count == 1)
    let retry = try plan(
      with: "cloudtrail-start-import.retry.cli-input.json",
      for: "cloudtrail-start-import.cli-input.json")
    #expect(retry.facts.bucket.status == .stated)
    #expect(retry.findings.isEmpty)
  }
}
