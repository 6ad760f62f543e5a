import PolicyModel
import Testing

@testable import Evidence

@Suite struct `The same documents in other encodings` {
  @Test(.enabled(if: Samples.arePresent, "the samples do not lie beside the project"))
  func `Answers as YAML make the same plan`() throws {
    var input = CopyInput(name: "samples", asOf: Timestamp(seconds: 1_795_000_000))
    // JSON is YAML too, and read by the other parser under this name.
    for name in `The samples`.together {
      let source = try Samples.source(name)
      input.documents.append(
        Document(Source(path: "\(name).yaml", text: source.text), as: .anything))
    }
    let yaml = CopyPlan(assembling: input)
    let json = try Samples.plan(`The samples`.together)
    #expect(yaml.documents.map(\.name) == json.documents.map(\.name))
    #expect(yaml.findings.isEmpty)
    #expect(yaml.facts.bucket.value == json.facts.bucket.value)
    #expect(yaml.facts.roleARN.value == json.facts.roleARN.value)
    #expect(
      yaml.facts.startTime == json.facts.startTime
        || yaml.facts.startTime.value == json.facts.startTime.value)
    #expect(yaml.keys.map(\.arn.value) == json.keys.map(\.arn.value))
    #expect(yaml.bucket.policies.count == 1)
    #expect(yaml.listing?.objects == json.listing?.objects)
  }

  @Test func `A policy as YAML prints it is read out of its string`() {
    let plan = plan(
      Given(
        """
        Policy: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*",
          "Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-trail-logs/*"}}'
        """, path: "bucket.yaml"))
    #expect(plan.documents.map(\.name) == ["the answer of `aws s3api get-bucket-policy`"])
    #expect(plan.bucket.policies.first?.statements.count == 1)
    #expect(plan.facts.bucket.value == Scenario.bucket)
    #expect(plan.findings.isEmpty)
  }

  @Test func `An account with leading zeros stays text in YAML`() {
    let plan = plan(
      Given(
        "UserId: x\nAccount: 012345678901\nArn: arn:aws:iam::012345678901:user/u\n",
        path: "me.yaml"))
    #expect(plan.facts.callerAccount.value == "012345678901")
  }

  @Test func `A policy that the API encoded is read through its percent signs`() throws {
    let (text, ranges) = marked(
      """
      {"Role": {"RoleName": "Copier", "Arn": "\(Scenario.role)", "AssumeRolePolicyDocument":
        "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C\
      %22Principal%22%3A%7B%22Service%22%3A«%22cloudtrail.amazonaws.com%22»%7D%2C\
      %22Action%22%3A%22sts%3AAssumeRole%22%7D%7D"}}
      """)
    let plan = plan(Given(text))
    let principal = try #require(plan.trust.policies.first?.statements.first?.principals?.items[0])
    #expect(principal.text.literal == "cloudtrail.amazonaws.com")
    #expect(principal.node.place.range == ranges[0])
    #expect(plan.findings.isEmpty)
  }

  @Test func `Both versions of the AWS CLI print times that are read`() {
    let first = plan(
      Given(
        #"{"EventDataStoreArn": "\#(Scenario.store)", "CreatedTimestamp": 1795200000.5, "Status": "ENABLED"}"#
      ))
    let second = plan(
      Given(
        #"{"EventDataStoreArn": "\#(Scenario.store)", "CreatedTimestamp": "2026-11-20T20:00:00.500000+01:00", "Status": "X"}"#
      ))
    #expect(first.facts.storeCreated.value == Timestamp(seconds: 1_795_200_000))
    #expect(second.facts.storeCreated.value == Timestamp(iso8601: "2026-11-20T19:00:00Z"))
    #expect(first.facts.storeIngests.value == true)
    #expect(second.facts.storeIngests.status == .unknown)
  }

  @Test func `Requests, trails and grants are kept for the rules`() {
    let plan = plan(
      Given(Facts.importInput), Given(#"{"ImportId": "", "ImportSource": {"S3": {}}}"#),
      Given(
        #"{"trailList": [{"Name": "main", "S3BucketName": "acme-trail-logs", "S3KeyPrefix": "logs", "IsOrganizationTrail": true}]}"#
      ),
      Given(#"{"Grants": [{"GrantId": "g"}], "Truncated": true, "NextMarker": "m"}"#),
      Given("An error occurred (NoSuchLifecycleConfiguration) when calling the X operation: none"))
    #expect(
      plan.importRequests.map { $0.location?.string } == [
        "s3://acme-trail-logs/AWSLogs/", nil,
      ])
    #expect(plan.importRequests.last?.importID?.string == "")
    #expect(plan.trails.map(\.prefix) == ["logs"])
    #expect(plan.trails.map(\.isOrganizationTrail) == [true])
    #expect(plan.grants.map(\.isComplete) == [false])
    #expect(plan.grants.map(\.grants.count) == [1])
    #expect(plan.lifecycle?.isEmpty == true)
  }

  // MARK: Broken documents

  /// A generator whose numbers are the same on every run.
  struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      // SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators").
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  static let documents: [(String, String)] = [
    (CloudFormationTests.copy, "t.yaml"), (TerraformTests.full, "p.json"),
    (CloudFormationTests.json, "t.json"), (Facts.importInput, "i.json"),
    (ListingTexts.answer([ListingTexts.object(ListingTexts.key("2025/03/04"))]), "l.json"),
    (ListingTexts.row(ListingTexts.key("2025/03/04")), "r.csv"),
    (ListingTexts.manifest(), "m.json"),
    (Scenario.bucketPolicy, "b.json"), (OptionTests.details, "d.json"),
  ]

  @Test(arguments: 0..<9) func `Documents broken anywhere end without a trap`(_ number: Int) {
    let (text, path) = Self.documents[number]
    var numbers = Numbers(state: UInt64(number))
    let bytes = Array(text.utf8)
    for _ in 0..<60 {
      var broken = bytes
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        let at = Int.random(in: 0..<broken.count, using: &numbers)
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0: broken.remove(at: at)
        case 1: broken[at] = UInt8.random(in: 0x20..<0x7F, using: &numbers)
        default: broken.insert(UInt8.random(in: 0x20..<0x7F, using: &numbers), at: at)
        }
      }
      var input = CopyInput(name: "broken", asOf: Timestamp(seconds: 0))
      input.documents = [
        Document(Source(path: path, text: broken), as: .anything),
        Document(Source(path: "trust.json", Scenario.trustPolicy), as: .trust),
      ]
      let plan = CopyPlan(assembling: input)
      #expect(plan.trust.policies.count <= 1)
      #expect(plan.documents.count == 2)
    }
  }
}
