import PolicyModel
import Testing

@testable import Evidence

/// Each list that the AWS CLI may print in part, and each error that a person may have saved in place
/// of an answer.
@Suite struct `Saved answers` {
  /// A list, what says that there is more of it, and what the whole list makes known.
  struct List: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The list without its last brace.
    var text: String
    var cuts: [String]
    var others: [Given] = []
    var isKnown: @Sendable (CopyPlan) -> Bool

    init(
      _ name: String, _ text: String, cuts: [String], with others: [Given] = [],
      _ isKnown: @escaping @Sendable (CopyPlan) -> Bool
    ) {
      testDescription = name
      self.text = text
      self.cuts = cuts
      self.others = others
      self.isKnown = isKnown
    }
  }

  static let token = #", "NextToken": "bmV4dA==""#
  static let marker = #", "IsTruncated": true, "Marker": "bmV4dA==""#

  static let lists: [List] = [
    List(
      "iam list-role-policies", #"{"PolicyNames": ["one"]"#,
      cuts: [marker, token, #", "IsTruncated": true"#],
      with: [LayerTests.inline("one", Scenario.rolePolicy), Given(LayerTests.noneAttached)]
    ) { $0.role.gap == nil },
    List(
      "iam list-attached-role-policies", #"{"AttachedPolicies": []"#, cuts: [marker, token],
      with: [LayerTests.inline("one", Scenario.rolePolicy), Given(LayerTests.inlineList)]
    ) { $0.role.gap == nil },
    List(
      "iam get-account-authorization-details",
      """
      {"RoleDetailList": [{"RoleName": "Copier", "RoleId": "AROA1", "Arn": "\(Scenario.role)",
        "AssumeRolePolicyDocument": \(Scenario.trustPolicy), "AttachedManagedPolicies": [],
        "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": \(Scenario.rolePolicy)}]}],
       "Policies": []
      """, cuts: [marker, token]
    ) { $0.facts.roleARN.value != nil && $0.role.gap == nil && !$0.trust.policies.isEmpty },
    List(
      "cloudtrail list-event-data-stores",
      "{\"EventDataStores\": [{\"EventDataStoreArn\": \"\(Scenario.store)\"}]", cuts: [token]
    ) { $0.facts.destination.value != nil },
    List("cloudtrail list-imports", #"{"Imports": []"#, cuts: [token]) {
      $0.facts.hasOngoingImport.value == false
    },
    List(
      "kms list-grants", #"{"Grants": []"#,
      cuts: [#", "Truncated": true, "NextMarker": "n""#, token]
    ) { $0.grants.allSatisfy(\.isComplete) && $0.grants.count == 1 },
    List(
      "s3api list-objects-v2",
      #"{"Contents": [{"Key": "AWSLogs/222233334444/CloudTrail/eu-west-1/2026/03/01/222233334444_CloudTrail_eu-west-1_20260301T0005Z_GhIjKlMnOpAbCdEf.json.gz", "StorageClass": "STANDARD"}]"#,
      cuts: [token, #", "IsTruncated": true, "NextContinuationToken": "n""#],
      with: [Given(Scenario.rolePolicy, as: .role)]
    ) { $0.listing?.isComplete == true },
  ]

  @Test(arguments: lists) func `A list that was cut short proves nothing`(_ list: List) {
    let whole = plan([Given(list.text + "}")] + list.others) { _ in }
    #expect(list.isKnown(whole))
    #expect(whole.findings.isEmpty)
    for cut in list.cuts {
      let part = plan([Given(list.text + cut + "}")] + list.others) { _ in }
      #expect(!list.isKnown(part), "\(cut)")
      #expect(part.findings.isEmpty)
      #expect(part.documents.first?.name == whole.documents.first?.name)
    }
  }

  /// An error, the call that fails with it, and what it says.
  struct Failure: Sendable, CustomTestStringConvertible {
    var code: String
    var call: String
    var isKnown: @Sendable (CopyPlan) -> Bool
    var testDescription: String { code }

    init(_ code: String, _ call: String, _ isKnown: @escaping @Sendable (CopyPlan) -> Bool) {
      self.code = code
      self.call = call
      self.isKnown = isKnown
    }

    /// As both versions of the AWS CLI print it and as SDKs do.
    var texts: [String] {
      let message = "(\(code)) when calling the \(call) operation: The thing does not exist"
      return [
        "An error occurred \(message)\n", "\nAn error occurred \(message)\r\n",
        "aws: [ERROR]: An error occurred \(message)\n",
        #"{"Error": {"Code": "\#(code)", "Message": "none"}, "ResponseMetadata": {}}"#,
        #"{"__type": "com.amazonaws#\#(code)", "message": "none"}"#,
      ]
    }
  }

  static let failures: [Failure] = [
    Failure("NoSuchBucketPolicy", "GetBucketPolicy") {
      $0.bucket.gap == nil && $0.bucket.policies.isEmpty
    },
    Failure("OwnershipControlsNotFoundError", "GetBucketOwnershipControls") {
      $0.facts.hasNoOwnershipControls.value == true && $0.facts.objectOwnership.value == nil
    },
    Failure("AWSOrganizationsNotInUseException", "DescribeOrganization") {
      $0.facts.isOutsideOrganizations.value == true
    },
    Failure("NoSuchPublicAccessBlockConfiguration", "GetPublicAccessBlock") {
      $0.facts.restrictsPublicBuckets.value == false
    },
    Failure("NoSuchLifecycleConfiguration", "GetBucketLifecycleConfiguration") {
      $0.lifecycle?.isEmpty == true
    },
    Failure("ServerSideEncryptionConfigurationNotFoundError", "GetBucketEncryption") {
      $0.facts.defaultEncryption.value == "AES256"
    },
  ]

  @Test(arguments: failures) func `A saved error says what there is none of`(_ failure: Failure) {
    #expect(!failure.isKnown(plan()))
    for text in failure.texts {
      let plan = plan(Given(text))
      #expect(failure.isKnown(plan), "\(text)")
      #expect(plan.findings.isEmpty)
      #expect(plan.documents.first?.name?.contains("the error `\(failure.code)`") == true)
    }
  }

  @Test(arguments: ["AccessDenied", "NoSuchBucket", "ThrottlingException", "ExpiredToken"])
  func `A saved error about anything else says nothing`(_ code: String) {
    let said = plan(
      Given("An error occurred (\(code)) when calling the GetBucketPolicy operation: x"))
    let nothing = plan()
    #expect(said.bucket.gap == nothing.bucket.gap)
    #expect(said.bucket.gap?.needs == ["--bucket"])
    #expect(said.facts.hasNoOwnershipControls.value == nil)
    #expect(said.lifecycle == nil)
    #expect(said.findings.isEmpty)
  }
}
