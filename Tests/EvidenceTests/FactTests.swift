import PolicyModel
import Testing

@testable import Evidence

@Suite struct `Facts` {
  static let importInput = """
    {"Destinations": ["\(Scenario.store)"], "ImportSource": {"S3": {
      "S3LocationUri": "s3://acme-trail-logs/AWSLogs/", "S3BucketRegion": "eu-west-1",
      "S3BucketAccessRoleArn": "\(Scenario.role)"}},
      "StartEventTime": "2026-01-01T00:00:00Z", "EndEventTime": 1769904000.5}
    """

  static func getRole(_ arn: String = Scenario.role, boundary: String = "") -> String {
    """
    {"Role": {"RoleName": "\(arn.nameOfRole)", "RoleId": "AROA12", "Arn": "\(arn)",
      \(boundary) "AssumeRolePolicyDocument": \(Scenario.trustPolicy)}}
    """
  }

  static let getStore = """
    {"EventDataStoreArn": "\(Scenario.store)", "Status": "ENABLED", "RetentionPeriod": "90",
     "OrganizationEnabled": true, "KmsKeyId": "\(Scenario.otherKey)"}
    """

  @Test func `The input of an import states the copy`() {
    let facts = plan(Given(Self.importInput)).facts
    #expect(facts.bucket.value == Scenario.bucket)
    #expect(facts.prefix.value == "AWSLogs/")
    #expect(facts.bucketRegion.value == "eu-west-1")
    #expect(facts.roleARN.value == Scenario.role)
    #expect(facts.destination.value == Scenario.store)
    #expect(facts.startTime.value == Timestamp(iso8601: "2026-01-01"))
    #expect(facts.endTime.value == Timestamp(seconds: 1_769_904_000))
    #expect(facts.bucket.status == .stated)
    #expect(facts.roleARN.place?.pointer == ["/ImportSource/S3/S3BucketAccessRoleArn"])
    #expect(facts.callerAccount.value == Scenario.account)
    #expect(facts.callerAccount.status == .inferred)
    #expect(facts.bucketAccount.status == .unknown)
  }

  @Test func `A skeleton states nothing`() {
    let plan = plan(
      Given(
        """
        {"Destinations": [""], "ImportSource": {"S3": {"S3LocationUri": "",
          "S3BucketRegion": "", "S3BucketAccessRoleArn": ""}},
          "StartEventTime": "1970-01-01T00:00:00", "ImportId": ""}
        """))
    #expect(plan.facts.bucket.status == .unknown)
    #expect(plan.facts.startTime.status == .unknown)
    #expect(plan.findings.isEmpty)
  }

  @Test func `A retry is what the import was`() {
    let answer =
      #"{"ImportId": "i1", "ImportStatus": "FAILED", "#
      + Self.importInput.dropFirst()
    let retry = plan(Given(#"{"ImportId": "i1"}"#), Given(answer))
    #expect(retry.facts.roleARN.status == .stated)
    #expect(retry.facts.bucket.status == .stated)
    let other = plan(Given(#"{"ImportId": "i2"}"#), Given(answer))
    #expect(other.facts.roleARN.value == Scenario.role)
    #expect(other.facts.roleARN.status == .inferred)
    #expect(other.facts.bucket.status == .inferred)
    #expect(other.facts.startTime.status == .inferred)
  }

  @Test func `Descriptions state the role and the store`() {
    let facts = plan(Given(Self.getRole()), Given(Self.getStore)).facts
    #expect(facts.roleARN.value == Scenario.role)
    #expect(facts.roleARN.status == .stated)
    #expect(facts.roleID.value == "AROA12")
    #expect(facts.destination.status == .stated)
    #expect(facts.retentionPeriod.value == 90)
    #expect(facts.isOrganizationStore.value == true)
    #expect(facts.storeStatus.value == "ENABLED")
  }

  @Test func `Options win, and what contradicts them is said`() throws {
    let other = "arn:aws:iam::222233334444:role/Another"
    let (text, ranges) = marked(
      #"{"Role": {"RoleName": "Another", "Arn": «"\#(other)"», "AssumeRolePolicyDocument": {}}}"#)
    let plan = try plan(Given(text), facts: [.roleARN: Scenario.role])
    #expect(plan.facts.roleARN.value == Scenario.role)
    #expect(plan.facts.roleARN.origin == "`--role-arn`")
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.findings.first?.place?.range == ranges[0])
    #expect(plan.findings.first?.message.contains("`\(other)`") == true)
    // The other role's trust policy is not this role's.
    #expect(plan.trust.policies.isEmpty)
  }

  @Test func `Two documents that state different roles name both places`() {
    let other = "arn:aws:iam::222233334444:role/Another"
    let plan = plan(Given(Self.importInput), Given(Self.getRole(other)))
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.findings.first?.place?.source.path == "1.json")
    #expect(plan.findings.first?.related.first?.place?.source.path == "0.json")
    #expect(plan.facts.roleARN.status == .unknown)
    #expect(plan.facts.roleARN.origin == "documents disagree on the role")
  }

  @Test func `Of several described roles the stated one is taken`() {
    let other = "arn:aws:iam::222233334444:role/Another"
    let plan = plan(
      Given(Self.importInput), Given(Self.getRole(other)), Given(Self.getRole()))
    #expect(plan.findings.isEmpty)
    #expect(plan.facts.roleARN.value == Scenario.role)
    #expect(plan.trust.policies.map(\.node.tree.source.path) == ["2.json"])
  }

  @Test func `Two described roles that CloudTrail may assume are not told apart`() {
    let other = "arn:aws:iam::222233334444:role/Another"
    let plan = plan(Given(Self.getRole(other)), Given(Self.getRole()))
    #expect(plan.facts.roleARN.status == .unknown)
    #expect(plan.facts.roleARN.origin == "documents name 2, and nothing says which")
    #expect(plan.trust.gap?.needs == ["--role-arn"])
    #expect(plan.findings.isEmpty)
  }

  @Test func `The shortest call infers bucket and role but no account`() {
    let plan = plan(
      Given(Scenario.rolePolicy, as: .role), Given(Scenario.bucketPolicy, as: .bucket))
    #expect(plan.facts.bucket.value == Scenario.bucket)
    #expect(plan.facts.bucket.status == .inferred)
    #expect(plan.facts.prefix.value == "AWSLogs/222233334444/CloudTrail/")
    #expect(plan.facts.prefix.status == .inferred)
    #expect(plan.facts.roleARN.value == Scenario.role)
    #expect(plan.facts.roleARN.status == .inferred)
    #expect(plan.facts.roleARN.origin == "the Principal of the bucket policy")
    #expect(plan.facts.roleARN.place?.pointer == ["/Statement/1/Principal/AWS"])
    #expect(plan.facts.bucketAccount.status == .unknown)
    #expect(plan.facts.destination.status == .unknown)
    #expect(plan.keys.isEmpty)
    #expect(plan.findings.isEmpty)
  }

  struct Inferred: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var value: String?
    var documents: [Given]
  }

  static func trust(_ sourceARN: String, _ operation: String = "StringEquals") -> Given {
    Given(
      """
      {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole", "Condition": {"\(operation)": {"AWS:SourceARN": \(sourceARN)}}}}
      """, as: .trust)
  }

  static let stores: [Inferred] = [
    Inferred(
      testDescription: "from the trust policy", value: Scenario.store,
      documents: [trust("\"\(Scenario.store)\"")]),
    Inferred(
      testDescription: "a list of one", value: Scenario.store,
      documents: [trust("[\"\(Scenario.store)\"]", "ArnLike")]),
    Inferred(
      testDescription: "the older spelling means the store", value: Scenario.store,
      documents: [
        trust("\"\(Scenario.store.replacing("eventdatastore", with: "eventdataStore"))\"")
      ]),
    Inferred(
      testDescription: "a whole ARN after the slash means the store", value: Scenario.store,
      documents: [
        trust("\"arn:aws:cloudtrail:eu-west-1:222233334444:eventdatastore/\(Scenario.store)\"")
      ]),
    Inferred(
      testDescription: "a wildcard is no fact", value: nil,
      documents: [
        trust("\"arn:aws:cloudtrail:eu-west-1:222233334444:eventdatastore/*\"", "StringLike")
      ]),
    Inferred(
      testDescription: "a placeholder is no fact", value: nil,
      documents: [
        trust("\"arn:aws:cloudtrail:region:myAccountID:eventdatastore/eventDataStoreId\"")
      ]),
    Inferred(
      testDescription: "a placeholder of the id alone is no fact", value: nil,
      documents: [
        trust("\"arn:aws:cloudtrail:eu-west-1:222233334444:eventdatastore/eventDataStoreId\"")
      ]),
    Inferred(
      testDescription: "a trail is no store", value: nil,
      documents: [trust("\"arn:aws:cloudtrail:eu-west-1:222233334444:trail/main1\"")]),
    Inferred(
      testDescription: "what must not equal is no fact", value: nil,
      documents: [trust("\"\(Scenario.store)\"", "StringNotEquals")]),
    Inferred(
      testDescription: "two stores are not told apart", value: nil,
      documents: [trust("[\"\(Scenario.store)\", \"\(Scenario.store)2\"]")]),
    Inferred(
      testDescription: "two stores, of which the role knows one", value: Scenario.store,
      documents: [
        trust("[\"\(Scenario.store)\", \"\(Scenario.store)2\"]"),
        Given(
          Scenario.rolePolicy.replacing(
            "\"Resource\": \"arn:aws:s3:::acme-trail-logs\"",
            with: """
              "Resource": "*",
              "Condition": {"StringEquals": {"aws:SourceArn": "\(Scenario.store)"}}
              """), as: .role),
      ]),
    Inferred(
      testDescription: "a list of the account's stores, where nothing else tells",
      value: Scenario.store,
      documents: [
        Given(#"{"EventDataStores": [{"EventDataStoreArn": "\#(Scenario.store)"}]}"#)
      ]),
    Inferred(
      testDescription: "a cut list of the account's stores does not tell", value: nil,
      documents: [
        Given(
          """
          {"EventDataStores": [{"EventDataStoreArn": "\(Scenario.store)"}], "NextToken": "n"}
          """)
      ]),
  ]

  @Test(arguments: stores) func `The store is inferred only where one is left`(_ example: Inferred)
  {
    let plan = plan(example.documents) { _ in }
    #expect(plan.facts.destination.value == example.value)
    #expect(plan.facts.destination.status == (example.value == nil ? .unknown : .inferred))
    #expect(!plan.rules.contains("documents-disagree"))
  }

  @Test func `Policies that want different stores disagree`() {
    let plan = plan(
      Self.trust("\"\(Scenario.store)\""),
      Given(
        Scenario.rolePolicy.replacing(
          "\"Resource\": \"arn:aws:s3:::acme-trail-logs\"",
          with: """
            "Resource": "*", "Condition": {"StringEquals": {"aws:SourceArn": "\(Scenario.store)2"}}
            """), as: .role))
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.findings.first?.help == "say which with `--destination`")
    #expect(plan.facts.destination.status == .unknown)
  }

  @Test func `A stated store is not contradicted by a policy that wants another`() throws {
    let plan = try plan(
      Self.trust("\"\(Scenario.store)\""), facts: [.destination: "\(Scenario.store)2"])
    #expect(plan.facts.destination.value == "\(Scenario.store)2")
    #expect(plan.findings.isEmpty)
  }

  @Test func `Policies about different buckets disagree until the source is stated`() throws {
    let documents = [
      Given(Scenario.rolePolicy, as: .role),
      Given(
        Scenario.bucketPolicy.replacing("acme-trail-logs", with: "other-trail-logs"),
        as: .bucket),
    ]
    let unstated = plan(documents) { _ in }
    #expect(unstated.rules == ["documents-disagree"])
    #expect(unstated.facts.bucket.status == .unknown)
    let stated = try plan(documents) { input in
      input.facts = [
        try StatedFact(.source, "s3://acme-trail-logs/AWSLogs/", origin: "`--source`")
      ]
    }
    #expect(stated.findings.isEmpty)
    #expect(stated.facts.bucket.value == Scenario.bucket)
    #expect(stated.facts.prefix.value == "AWSLogs/")
  }

  static let prefixes: [Inferred] = [
    Inferred(
      testDescription: "one prefix", value: "logs/AWSLogs/",
      documents: [role(reading: "acme-trail-logs/logs/AWSLogs/*")]),
    Inferred(
      testDescription: "the whole bucket", value: "",
      documents: [role(reading: "acme-trail-logs/*")]),
    Inferred(
      testDescription: "the whole bucket, of which the trail fills a part",
      value: "AWSLogs/222233334444/CloudTrail/",
      documents: [
        role(reading: "acme-trail-logs/*"),
        Given(
          """
          {"trailList": [{"S3BucketName": "acme-trail-logs",
            "TrailARN": "arn:aws:cloudtrail:eu-west-1:222233334444:trail/t"}]}
          """),
      ]),
    Inferred(
      testDescription: "a wildcard inside", value: nil,
      documents: [role(reading: "acme-trail-logs/AWSLogs/*/CloudTrail/*")]),
    Inferred(
      testDescription: "a variable inside", value: nil,
      documents: [role(reading: "acme-trail-logs/${aws:PrincipalAccount}/*")]),
    Inferred(
      testDescription: "no wildcard at the end", value: nil,
      documents: [role(reading: "acme-trail-logs/AWSLogs")]),
  ]

  static func role(reading resource: String) -> Given {
    Given(
      """
      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*",
        "Resource": "arn:aws:s3:::\(resource)"}}
      """, as: .role)
  }

  @Test(arguments: prefixes) func `The prefix is inferred only where it is spelled out`(
    _ example: Inferred
  ) {
    let plan = plan(example.documents) { _ in }
    #expect(plan.facts.bucket.value == Scenario.bucket)
    #expect(plan.facts.prefix.value == example.value)
  }

  @Test func `Single facts are read from the answers that tell them`() {
    let facts = plan(
      Given(#"{"OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}}"#),
      Given(
        #"{"UserId": "u", "Account": "222233334444", "Arn": "arn:aws:iam::222233334444:user/u"}"#),
      Given(#"{"Organization": {"Id": "o-abcdefghij", "MasterAccountId": "999988887777"}}"#),
      Given(#"{"LocationConstraint": "EU"}"#), Given(#"{"Payer": "Requester"}"#),
      Given(#"{"PublicAccessBlockConfiguration": {"RestrictPublicBuckets": false}}"#),
      Given(#"{"Imports": [{"ImportId": "i", "ImportStatus": "INITIALIZING"}]}"#)
    ).facts
    #expect(facts.objectOwnership.value == "ObjectWriter")
    #expect(facts.callerAccount.value == Scenario.account)
    #expect(facts.callerAccount.status == .stated)
    #expect(facts.callerARN.value == "arn:aws:iam::222233334444:user/u")
    #expect(facts.organizationID.value == "o-abcdefghij")
    #expect(facts.managementAccount.value == "999988887777")
    #expect(facts.bucketRegion.value == "eu-west-1")
    #expect(facts.payer.value == "Requester")
    #expect(facts.restrictsPublicBuckets.value == false)
    #expect(facts.hasOngoingImport.value == true)
  }

  @Test func `Failed calls tell what is not there`() {
    let plan = plan(
      Given("An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: x"),
      Given("An error occurred (OwnershipControlsNotFoundError) when calling the X operation: x"),
      Given("An error occurred (AWSOrganizationsNotInUseException) when calling the X operation:"))
    #expect(plan.bucket.policies.isEmpty && plan.bucket.gap == nil)
    #expect(plan.facts.hasNoOwnershipControls.value == true)
    #expect(plan.facts.objectOwnership.status == .unknown)
    #expect(plan.facts.isOutsideOrganizations.value == true)
    #expect(plan.findings.isEmpty)
  }

  @Test func `A list of imports that was cut short proves nothing`() {
    let none = plan(Given(#"{"Imports": [], "NextToken": "n"}"#))
    #expect(none.facts.hasOngoingImport.status == .unknown)
    let one = plan(
      Given(
        #"{"Imports": [{"ImportId": "i", "ImportStatus": "IN_PROGRESS"}], "NextToken": "n"}"#))
    #expect(one.facts.hasOngoingImport.value == true)
  }

  struct Malformed: Sendable, CustomTestStringConvertible {
    var name: FactName
    var text: String
    var testDescription: String { "\(name.rawValue)=\(text)" }

    init(_ name: FactName, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  @Test(arguments: [
    Malformed(.source, "https://acme-trail-logs.s3.amazonaws.com/"),
    Malformed(.source, "s3://Acme_Logs/"), Malformed(.source, "s3://"),
    Malformed(.bucketRegion, "europe"), Malformed(.bucketAccount, "12345678901"),
    Malformed(.roleARN, "arn:aws:iam::222233334444:role/*"),
    Malformed(.roleARN, "arn:aws:sts::222233334444:assumed-role/Copier/s"),
    Malformed(.destination, "0b1c2d3e"),
    Malformed(.destination, Scenario.store.replacing("eventdatastore", with: "eventdataStore")),
    Malformed(.keyARN, "arn:aws:kms:eu-west-1:222233334444:alias/logs1"),
    Malformed(.organizationID, "ou-1234567890"), Malformed(.startTime, "yesterday"),
    Malformed(.keepDays, "-1"), Malformed(.keepDays, "ninety"), Malformed(.bucketKeys, "yes"),
  ])
  func `A value of another form is refused with an example`(_ example: Malformed) {
    #expect {
      try StatedFact(example.name, example.text, origin: "`--x`")
    } throws: { error in
      guard let malformed = error as? StatedFact.Malformed else { return false }
      return malformed.message.hasPrefix("`\(example.text)` is not ") && !malformed.help.isEmpty
    }
  }

  @Test func `Every fact of an option is stated by it`() throws {
    let facts = try plan(facts: [
      .source: "s3://acme-trail-logs", .bucketRegion: "eu-west-1",
      .bucketAccount: "555566667777", .roleARN: Scenario.role, .destination: Scenario.store,
      .callerAccount: Scenario.account, .managementAccount: Scenario.account,
      .organizationID: "o-abcdefghij", .startTime: "2026-01-01", .endTime: "2026-02-01T10:00Z",
      .keepDays: "90", .bucketKeys: "mixed", .keyARN: Scenario.key,
    ])
    #expect(facts.facts.prefix.value == "")
    #expect(facts.facts.bucketAccount.value == "555566667777")
    #expect(facts.facts.keepDays.value == 90)
    #expect(facts.facts.bucketKeys.value == .mixed)
    #expect(facts.facts.endTime.value == Timestamp(iso8601: "2026-02-01T10:00:00Z"))
    #expect(facts.facts.organizationID.status == .stated)
    #expect(facts.facts.managementAccount.status == .stated)
    #expect(facts.keys.map(\.arn.value) == [Scenario.key])
    #expect(facts.keys.map(\.policy.gap?.needs) == [["--key"]])
  }

  @Test func `A lifecycle rule with a date is read from every form it has`() throws {
    let api = #"""
      {"Rules": [{"Status": "Enabled", "Filter": {"Prefix": ""},
        "Expiration": {"Date": "2025-06-01T00:00:00+00:00"},
        "Transitions": [{"Date": "2025-02-01T00:00:00Z", "StorageClass": "GLACIER"}]}]}
      """#
    let template = """
      Resources:
        Logs:
          Type: AWS::S3::Bucket
          Properties:
            BucketName: acme-trail-logs
            LifecycleConfiguration:
              Rules:
                - Status: Enabled
                  ExpirationDate: 2025-06-01T00:00:00Z
                  Transitions: [{TransitionDate: "2025-02-01T00:00:00Z", StorageClass: GLACIER}]
      """
    let terraform = TerraformTests.plan([
      TerraformTests.change("aws_s3_bucket.logs", #"{"bucket": "acme-trail-logs"}"#),
      TerraformTests.change(
        "aws_s3_bucket_lifecycle_configuration.logs",
        """
        {"bucket": "acme-trail-logs", "rule": [{"status": "Enabled", "prefix": "",
          "expiration": [{"date": "2025-06-01T00:00:00Z", "days": 0}],
          "transition": [{"date": "2025-02-01T00:00:00Z", "days": null, "storage_class": "GLACIER"}]}]}
        """,
        unknown:
          #"{"id": true, "rule": [{"expiration": [{"expired_object_delete_marker": true}]}]}"#),
    ])
    for (text, path) in [(api, "l.json"), (template, "t.yaml"), (terraform, "p.json")] {
      let plan = try EvidenceTests.plan(
        Given(text, path: path), facts: [.source: "s3://acme-trail-logs/"])
      let rule = plan.lifecycle?.first
      #expect(rule?.expiration == .on(Timestamp(seconds: 1_748_736_000)), "\(path)")
      #expect(rule?.expirationPlace != nil)
      #expect(rule?.transitions.map(\.moment) == [.on(Timestamp(seconds: 1_738_368_000))])
    }
  }
}
