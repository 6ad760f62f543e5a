import PolicyModel
import Testing

@testable import Evidence

@Suite struct `Keys` {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var documents: [Given]
    var options: [String] = []
    var arns: [String?]
    var policies: [Int]
    var needs: [[String]?]
    var statuses: [FactStatus]
  }

  static func encryption(_ key: String) -> Given {
    Given(
      """
      {"ServerSideEncryptionConfiguration": {"Rules": [{"ApplyServerSideEncryptionByDefault": {
        "SSEAlgorithm": "aws:kms"\(key.isEmpty ? "" : ", \"KMSMasterKeyID\": \"\(key)\"")}}]}}
      """)
  }

  static let otherPolicy = Scenario.keyPolicy.replacing(
    "\"kms:*\"", with: "[\"kms:Decrypt\", \"kms:GenerateDataKey\"]")
  static let ownPolicy = Scenario.keyPolicy.replacing(
    "\"Resource\": \"*\"", with: "\"Resource\": \"\(Scenario.key)\"")
  static let grant = Scenario.rolePolicy.replacing(
    "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\"",
    with: """
      {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": ["\(Scenario.key)", "*"]},
      {"Effect": "Allow", "Action": "s3:GetObject"
      """)

  static let cases: [Case] = [
    Case(
      testDescription: "a key's own option",
      documents: [Given(Scenario.keyPolicy, as: .key(arn: Scenario.key))],
      arns: [Scenario.key], policies: [1], needs: [nil], statuses: [.stated]),
    Case(
      testDescription: "two keys with options",
      documents: [
        Given(Scenario.keyPolicy, as: .key(arn: Scenario.key)),
        Given(otherPolicy, as: .key(arn: Scenario.otherKey)),
      ], arns: [Scenario.key, Scenario.otherKey], policies: [1, 1], needs: [nil, nil],
      statuses: [.stated, .stated]),
    Case(
      testDescription: "one bare policy and one known key pair up",
      documents: [Given(Scenario.keyPolicy, as: .key(arn: nil))], options: [Scenario.key],
      arns: [Scenario.key], policies: [1], needs: [nil], statuses: [.stated]),
    Case(
      testDescription: "one bare policy and two known keys do not",
      documents: [Given(Scenario.keyPolicy, as: .key(arn: nil))],
      options: [Scenario.key, Scenario.otherKey], arns: [Scenario.key, Scenario.otherKey],
      policies: [0, 0], needs: [["--key"], ["--key"]], statuses: [.stated, .stated]),
    Case(
      testDescription: "two bare policies and one known key do not",
      documents: [
        Given(Scenario.keyPolicy, as: .key(arn: nil)), Given(otherPolicy, as: .key(arn: nil)),
      ], options: [Scenario.key], arns: [Scenario.key], policies: [0], needs: [["--key"]],
      statuses: [.stated]),
    Case(
      testDescription: "the same bare policy twice is one",
      documents: [
        Given(Scenario.keyPolicy, as: .key(arn: nil)), Given(Scenario.keyPolicy),
      ], options: [Scenario.key], arns: [Scenario.key], policies: [1], needs: [nil],
      statuses: [.stated]),
    Case(
      testDescription: "a bare policy without any known key",
      documents: [Given(Scenario.keyPolicy, as: .key(arn: nil))], arns: [nil], policies: [1],
      needs: [nil], statuses: [.unknown]),
    Case(
      testDescription: "a policy that names its key",
      documents: [Given(ownPolicy)], options: [Scenario.otherKey],
      arns: [Scenario.otherKey, Scenario.key], policies: [0, 1], needs: [["--key"], nil],
      statuses: [.stated, .inferred]),
    Case(
      testDescription: "a known key without a policy", documents: [encryption(Scenario.key)],
      arns: [Scenario.key], policies: [0], needs: [["--key"]], statuses: [.stated]),
    Case(
      testDescription: "a key that the role may use", documents: [Given(grant, as: .role)],
      arns: [Scenario.key], policies: [0], needs: [["--key"]], statuses: [.inferred]),
    Case(
      testDescription: "one key by several documents is one",
      documents: [
        Given(grant, as: .role), encryption(Scenario.key),
        Given(#"{"ETag": "e", "ContentLength": 1, "SSEKMSKeyId": "\#(Scenario.key)"}"#),
      ], arns: [Scenario.key], policies: [0], needs: [["--key"]], statuses: [.stated]),
    Case(
      testDescription: "an id of a key that another document names whole",
      documents: [encryption(String(Scenario.key.suffix(36))), Given(grant, as: .role)],
      arns: [Scenario.key], policies: [0], needs: [["--key"]], statuses: [.stated]),
    Case(
      testDescription: "an id alone", documents: [encryption("9f8e7d6c")], arns: [nil],
      policies: [0], needs: [["--key"]], statuses: [.unknown]),
    Case(
      testDescription: "an alias", documents: [encryption("alias/logs")], arns: [nil],
      policies: [0], needs: [["--key"]], statuses: [.unknown]),
    Case(
      testDescription: "the AWS managed key", documents: [encryption("")], arns: [nil],
      policies: [0], needs: [["--key"]], statuses: [.unknown]),
    Case(
      testDescription: "the AWS managed key with its description",
      documents: [
        encryption(""),
        Given(#"{"KeyMetadata": {"Arn": "\#(Scenario.key)", "KeyManager": "AWS"}}"#),
      ], arns: [Scenario.key], policies: [0], needs: [["--key"]], statuses: [.inferred]),
    Case(
      testDescription: "a trail's key",
      documents: [
        Given(
          #"{"Trail": {"TrailARN": "a", "S3BucketName": "b-1", "KmsKeyId": "\#(Scenario.key)"}}"#)
      ], arns: [Scenario.key], policies: [0], needs: [["--key"]], statuses: [.stated]),
    Case(
      testDescription: "the key of a trail of another bucket",
      documents: [
        Given(Scenario.bucketPolicy, as: .bucket),
        Given(
          #"{"Trail": {"TrailARN": "a", "S3BucketName": "b-1", "KmsKeyId": "\#(Scenario.key)"}}"#),
      ], arns: [], policies: [], needs: [], statuses: []),
  ]

  @Test(arguments: cases) func `Keys and their policies are paired`(_ example: Case) throws {
    let plan = try plan(example.documents) { input in
      input.facts = try example.options.map { try StatedFact(.keyARN, $0, origin: "`--key-arn`") }
    }
    #expect(plan.keys.map(\.arn.value) == example.arns)
    #expect(plan.keys.map(\.arn.status) == example.statuses)
    #expect(plan.keys.map(\.policy.policies.count) == example.policies)
    #expect(plan.keys.map(\.policy.gap?.needs) == example.needs)
    #expect(!plan.rules.contains("documents-disagree"))
  }

  @Test func `A pair that nothing but its number makes is marked`() throws {
    let paired = try plan(
      Given(Scenario.keyPolicy, as: .key(arn: nil)), facts: [.keyARN: Scenario.key])
    #expect(paired.keys.map(\.isPairingInferred) == [true])
    let told = plan(Given(Scenario.keyPolicy, as: .key(arn: Scenario.key)))
    #expect(told.keys.map(\.isPairingInferred) == [false])
  }

  @Test func `The store's own key is not one of the bucket's`() {
    let described = Given(
      #"{"KeyMetadata": {"Arn": "\#(Scenario.otherKey)", "KeyState": "Disabled"}}"#)
    let plan = plan(
      Given(Facts.getStore), described, Self.encryption(Scenario.key),
      Given(Scenario.keyPolicy, as: .key(arn: Scenario.otherKey)))
    #expect(plan.keys.map(\.arn.value) == [Scenario.key])
    #expect(plan.keys.map(\.policy.policies.count) == [0])
    #expect(plan.storeKey?.arn.value == Scenario.otherKey)
    #expect(plan.storeKey?.policy.policies.count == 1)
    #expect(plan.storeKey?.state.value == "Disabled")
  }

  @Test func `One key for the store and the bucket has one policy`() {
    let plan = plan(
      Given(Facts.getStore), Self.encryption(Scenario.otherKey), Given(Scenario.keyPolicy))
    #expect(plan.keys.map(\.arn.value) == [Scenario.otherKey])
    #expect(plan.keys.map(\.policy.policies.count) == [1])
    #expect(plan.storeKey?.policy.policies.count == 1)
  }

  @Test func `No key by an option and a key by a document disagree`() {
    let plan = plan([Self.encryption(Scenario.key)]) { input in
      input.absences = [Absence(of: .key(arn: nil), origin: "`--key none`")]
    }
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.keys.isEmpty)
    #expect(plan.facts.isWithoutKeys.value == true)
  }

  @Test func `A key's Region suggests the bucket's`() {
    let plan = plan(Self.encryption(Scenario.key))
    #expect(plan.facts.bucketRegion.value == "eu-west-1")
    #expect(plan.facts.bucketRegion.status == .inferred)
  }

  @Test func `Bucket Keys are inferred where documents agree`() {
    let object = #"{"ETag": "e", "ContentLength": 1, "SSEKMSKeyId": "k", "BucketKeyEnabled": "#
    let off = plan(Given(object + "false}"), Self.encryption(Scenario.key))
    #expect(off.facts.bucketKeys.value == .off)
    #expect(off.facts.bucketKeys.status == .inferred)
    let mixed = plan(Given(object + "true}"), Self.encryption(Scenario.key))
    #expect(mixed.facts.bucketKeys.value == .mixed)
    #expect(!mixed.rules.contains("documents-disagree"))
  }
}
