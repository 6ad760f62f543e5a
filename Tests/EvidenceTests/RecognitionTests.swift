import PolicyModel
import Testing

@testable import Evidence

@Suite struct `Documents are told by their shape` {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var testDescription: String { name }

    init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }

    static func answer(_ command: String, _ text: String) -> Case {
      Case("the answer of `aws \(command)`", text)
    }
  }

  static let cases: [Case] = [
    .answer(
      "iam get-role",
      #"{"Role": {"RoleName": "Copier", "Arn": "a", "AssumeRolePolicyDocument": {}}}"#),
    .answer("iam get-role", #"{"RoleName": "Copier", "Arn": "a", "RoleId": "AROA"}"#),
    .answer(
      "iam get-role-policy", #"{"RoleName": "r", "PolicyName": "p", "PolicyDocument": {}}"#),
    .answer(
      "iam get-user-policy", #"{"UserName": "u", "PolicyName": "p", "PolicyDocument": {}}"#),
    .answer(
      "iam get-policy-version", #"{"PolicyVersion": {"Document": {}, "VersionId": "v1"}}"#),
    .answer("iam get-policy", #"{"Policy": {"Arn": "a", "DefaultVersionId": "v2"}}"#),
    .answer("iam list-role-policies", #"{"PolicyNames": ["LakeImport"]}"#),
    .answer("iam list-attached-role-policies", #"{"AttachedPolicies": []}"#),
    .answer(
      "iam get-account-authorization-details",
      #"{"RoleDetailList": [], "Policies": [], "IsTruncated": false}"#),
    .answer(
      "iam get-account-authorization-details",
      #"{"Policies": [{"PolicyVersionList": []}], "IsTruncated": false}"#),
    .answer("s3api get-bucket-policy", "{\"Policy\": \(Scenario.quoted(Scenario.bucketPolicy))}"),
    .answer("kms get-key-policy", "{\"Policy\": \(Scenario.quoted(Scenario.keyPolicy))}"),
    .answer("kms get-key-policy", #"{"Policy": "{}", "PolicyName": "default"}"#),
    Case("a policy in a string", #"{"Policy": "{}"}"#),
    .answer("kms list-key-policies", #"{"PolicyNames": ["default"], "Truncated": false}"#),
    .answer("kms describe-key", #"{"KeyMetadata": {"KeyId": "k"}}"#),
    .answer("kms list-grants", #"{"Grants": [], "Truncated": false}"#),
    .answer(
      "organizations describe-policy",
      #"{"Policy": {"PolicySummary": {"Type": "SERVICE_CONTROL_POLICY"}, "Content": "{}"}}"#),
    .answer("organizations describe-organization", #"{"Organization": {"MasterAccountId": "1"}}"#),
    .answer(
      "organizations list-delegated-administrators", #"{"DelegatedAdministrators": []}"#),
    .answer("sts get-caller-identity", #"{"UserId": "u", "Account": "1", "Arn": "a"}"#),
    Case(
      "the input of `aws cloudtrail start-import`",
      #"{"Destinations": ["d"], "ImportSource": {"S3": {}}}"#),
    Case("the input of `aws cloudtrail start-import`", #"{"ImportId": "i"}"#),
    .answer(
      "cloudtrail start-import",
      #"{"ImportId": "i", "ImportSource": {}, "ImportStatus": "INITIALIZING"}"#),
    .answer(
      "cloudtrail get-import",
      #"{"ImportId": "i", "ImportSource": {}, "ImportStatus": "FAILED", "ImportStatistics": {}}"#),
    .answer("cloudtrail list-imports", #"{"Imports": [{"ImportId": "i"}]}"#),
    .answer("cloudtrail list-import-failures", #"{"Failures": [{"Location": "s3://b"}]}"#),
    .answer(
      "cloudtrail get-event-data-store", #"{"EventDataStoreArn": "a", "Status": "ENABLED"}"#),
    .answer("cloudtrail list-event-data-stores", #"{"EventDataStores": []}"#),
    .answer("cloudtrail describe-trails", #"{"trailList": []}"#),
    .answer("cloudtrail get-trail", #"{"Trail": {"TrailARN": "a"}}"#),
    .answer("cloudtrail get-event-selectors", #"{"TrailARN": "a", "EventSelectors": []}"#),
    .answer("s3api get-bucket-ownership-controls", #"{"OwnershipControls": {"Rules": []}}"#),
    .answer("s3api get-bucket-acl", #"{"Owner": {"ID": "1"}, "Grants": []}"#),
    .answer(
      "s3api get-bucket-encryption", #"{"ServerSideEncryptionConfiguration": {"Rules": []}}"#),
    .answer("s3api get-bucket-location", #"{"LocationConstraint": null}"#),
    .answer("s3api head-bucket", #"{"BucketRegion": "eu-west-1", "AccessPointAlias": false}"#),
    .answer("s3api get-public-access-block", #"{"PublicAccessBlockConfiguration": {}}"#),
    .answer("s3api get-bucket-request-payment", #"{"Payer": "Requester"}"#),
    .answer(
      "s3api get-bucket-lifecycle-configuration",
      #"{"Rules": [{"Status": "Enabled", "Expiration": {"Days": 90}}]}"#),
    .answer(
      "s3api list-bucket-intelligent-tiering-configurations",
      #"{"IntelligentTieringConfigurationList": []}"#),
    .answer("s3api head-object", #"{"ETag": "e", "ContentLength": 5}"#),
    .answer("s3api list-objects-v2", #"{"Contents": [{"Key": "k"}]}"#),
    .answer("s3api list-objects-v2", #"{"RequestCharged": null}"#),
    Case("the manifest of an S3 Inventory", #"{"sourceBucket": "b", "fileSchema": "Key"}"#),
    Case(
      "a CloudFormation parameter file", #"[{"ParameterKey": "A", "ParameterValue": "b"}]"#),
    Case("a CloudFormation parameter file", #"{"Parameters": {"A": "b"}, "Tags": {"x": "y"}}"#),
    Case(
      "a CloudFormation parameter file",
      #"{"template-file-path": "a.yaml", "parameters": {"A": "b"}}"#),
    Case("the checksum of an S3 Inventory's manifest", "e5b762b02c107a988c40069f463a972d\n"),
    Case(
      "the error `NoSuchBucketPolicy`", #"{"Error": {"Code": "NoSuchBucketPolicy", "Message": ""}}"#
    ),
    Case(
      "the error `AWSOrganizationsNotInUseException`",
      #"{"__type": "com.amazonaws.organizations#AWSOrganizationsNotInUseException", "message": "x"}"#
    ),
    Case("a trust policy", Scenario.trustPolicy),
    Case("a bucket policy", Scenario.bucketPolicy),
    Case("a key policy", Scenario.keyPolicy),
    Case("a policy of whoever starts the import", Scenario.callerPolicy),
    Case("a policy without principals", Scenario.rolePolicy),
    Case(
      "a resource policy",
      #"{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"}}"#),
    Case(
      "the error `NoSuchBucketPolicy` of `GetBucketPolicy`",
      """

      An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The \
      bucket policy does not exist
      """),
    Case("the error `AccessDenied`", "aws: [ERROR]: An error occurred (AccessDenied)"),
  ]

  @Test(arguments: cases) func `A document alone is recognised for what it is`(_ example: Case) {
    let plan = plan(Given(example.text))
    #expect(plan.documents.map(\.name) == [example.name])
  }

  @Test(arguments: [
    "{}", "[]", "3", #""text""#, #"{"name": "left-pad", "version": "1.0.0"}"#,
    #"{"Role": "admin"}"#, #"{"Policy": null}"#, #"{"Grants": "none"}"#, #"{"Rules": []}"#,
    #"{"Imports": [1]}"#, #"{"Contents": "text"}"#,
  ])
  func `What has nothing to do with a copy is not recognised and gives no finding`(_ text: String) {
    let plan = plan(Given(text))
    #expect(plan.documents.map(\.name) == [nil])
    #expect(plan.findings.isEmpty)
  }

  @Test func `A quoted message inside a document is no saved error`() {
    let text = #"{"note": "An error occurred (NoSuchBucketPolicy) when calling the X operation"}"#
    let plan = plan(Given(text))
    #expect(plan.documents.map(\.name) == [nil])
    #expect(plan.bucket.gap?.needs == ["--bucket"])
  }

  @Test func `A policy that a query printed as a string is read`() {
    let plan = plan(Given(Scenario.quoted(Scenario.trustPolicy)))
    #expect(plan.documents.map(\.name) == ["a trust policy"])
    #expect(plan.trust.policies.count == 1)
  }
}
