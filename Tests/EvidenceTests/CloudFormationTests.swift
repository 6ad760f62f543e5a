import PolicyModel
import Testing

@testable import Evidence

@Suite("CloudFormation templates") struct CloudFormationTests {
  // MARK: Functions

  /// A template around one value, in which everything the values of these tests refer to is there.
  static func template(_ value: String) -> String {
    """
    AWSTemplateFormatVersion: "2010-09-09"
    Parameters:
      Given: {Type: String}
      Defaulted: {Type: String, Default: fallback}
      Open: {Type: String}
      Names: {Type: CommaDelimitedList, Default: "one, two"}
      OpenNames: {Type: CommaDelimitedList}
      Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /path}
    Mappings:
      Map:
        eu-west-1: {Name: mapped, Loop: !FindInMap [Map, eu-west-1, Loop]}
    Conditions:
      Yes: !Equals [!Ref Defaulted, fallback]
      No: !Not [!Condition Yes]
      Both: !And [!Condition Yes, !Condition No]
      Either: !Or [{Condition: Yes}, {Condition: Perhaps}]
      Perhaps: !Equals [!Ref Open, live]
      NotBoth: !And [!Condition Perhaps, !Condition No]
      Circle: !Condition Circle
    Resources:
      Named:
        Type: AWS::S3::Bucket
        Properties: {BucketName: !Sub "logs-${AWS::AccountId}"}
      Bare: {Type: AWS::S3::Bucket}
      Role:
        Type: AWS::IAM::Role
        Properties: {Path: /lake/, RoleName: Copier}
      NamelessRole: {Type: AWS::IAM::Role}
      Managed:
        Type: AWS::IAM::ManagedPolicy
        Properties: {ManagedPolicyName: Import}
      Key: {Type: AWS::KMS::Key}
      Store: {Type: AWS::CloudTrail::EventDataStore}
      Trail: {Type: AWS::CloudTrail::Trail, Properties: {TrailName: main}}
      Topic: {Type: AWS::SNS::Topic}
      First: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "a${Second}"}}
      Second: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "b${First}"}}
      Test:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: x
          PolicyDocument:
            Statement:
              Resource: \(value)
    """
  }

  struct Function: Sendable, CustomTestStringConvertible {
    var value: String
    var deployed: String?
    var open: String?
    var testDescription: String { value }

    /// A value that is the same wherever the template is deployed.
    init(_ value: String, _ text: String) {
      self.value = value
      deployed = text
      open = text
    }

    /// A value that differs; `${…}` stands for what is unknown.
    init(_ value: String, deployed: String, open: String) {
      self.value = value
      self.deployed = deployed
      self.open = open
    }
  }

  static let functions: [Function] = [
    Function("plain", "plain"),
    Function("!Ref Given", "value"),
    Function("!Ref Defaulted", "fallback"),
    Function("!Ref Open", "${Open.Value}"),
    Function("!Ref Stored", "${Stored.Value}"),
    Function("!Ref OpenNames", "${…}"),
    Function("!Ref Nowhere", "${…}"),
    Function("!Ref AWS::AccountId", deployed: "222233334444", open: "${AWS.AccountId}"),
    Function("!Ref AWS::Region", deployed: "eu-west-1", open: "${AWS.Region}"),
    Function("!Ref AWS::Partition", "aws"),
    Function("!Ref AWS::URLSuffix", "amazonaws.com"),
    Function("!Ref AWS::StackName", "${AWS.StackName}"),
    Function("{Ref: Defaulted}", "fallback"),
    Function("!Ref Named", deployed: "logs-222233334444", open: "logs-${AWS.AccountId}"),
    Function("!Ref Bare", "${Bare.Name}"),
    Function("!Ref Role", "Copier"),
    Function("!Ref Topic", "${Topic.Ref}"),
    Function("!GetAtt Topic.TopicArn", "${Topic.TopicArn}"),
    Function(
      "!GetAtt Named.Arn", deployed: "arn:aws:s3:::logs-222233334444",
      open: "arn:aws:s3:::logs-${AWS.AccountId}"),
    Function("!GetAtt [Bare, Arn]", "arn:aws:s3:::${Bare.Name}"),
    Function("{\"Fn::GetAtt\": [Bare, Arn]}", "arn:aws:s3:::${Bare.Name}"),
    Function("{\"Fn::GetAtt\": Bare.Arn}", "arn:aws:s3:::${Bare.Name}"),
    Function(
      "!GetAtt Role.Arn", deployed: "arn:aws:iam::222233334444:role/lake/Copier",
      open: "arn:aws:iam::${AWS.AccountId}:role/lake/Copier"),
    Function(
      "!GetAtt NamelessRole.Arn",
      deployed: "arn:aws:iam::222233334444:role/${NamelessRole.Name}",
      open: "arn:aws:iam::${AWS.AccountId}:role/${NamelessRole.Name}"),
    Function(
      "!Ref Managed", deployed: "arn:aws:iam::222233334444:policy/Import",
      open: "arn:aws:iam::${AWS.AccountId}:policy/Import"),
    Function(
      "!GetAtt Key.Arn", deployed: "arn:aws:kms:eu-west-1:222233334444:key/${Key.KeyId}",
      open: "arn:aws:kms:${AWS.Region}:${AWS.AccountId}:key/${Key.KeyId}"),
    Function("!Ref Key", "${Key.KeyId}"),
    Function(
      "!Ref Store",
      deployed: "arn:aws:cloudtrail:eu-west-1:222233334444:eventdatastore/${Store.Id}",
      open: "arn:aws:cloudtrail:${AWS.Region}:${AWS.AccountId}:eventdatastore/${Store.Id}"),
    Function(
      "!GetAtt Trail.Arn", deployed: "arn:aws:cloudtrail:eu-west-1:222233334444:trail/main",
      open: "arn:aws:cloudtrail:${AWS.Region}:${AWS.AccountId}:trail/main"),
    Function("!Sub \"${Defaulted}/x/${Given}\"", "fallback/x/value"),
    Function("!Sub \"${Bare.Arn}/*\"", "arn:aws:s3:::${Bare.Name}/*"),
    Function("!Sub \"${!aws:username} $ {x} ${Given}\"", "${aws:username} $ {x} value"),
    Function("!Sub [\"${A}-${Given}\", {A: !Ref Defaulted}]", "fallback-value"),
    Function("{\"Fn::Sub\": \"${ Given }\"}", "value"),
    Function("!Sub \"${Nowhere}\"", "${…}"),
    Function("!Sub \"${open\"", "${open"),
    Function("!Join [\"\", [!GetAtt Bare.Arn, \"/*\"]]", "arn:aws:s3:::${Bare.Name}/*"),
    Function("!Join [\"-\", [a, !Ref AWS::NoValue, b]]", "a-b"),
    Function("!Join [\"+\", !Ref Names]", "one+two"),
    Function("!Join [\"+\", !Ref OpenNames]", "${…}"),
    Function("!Select [1, [a, b]]", "b"),
    Function("!Select [\"0\", !Ref Names]", "one"),
    Function("!Select [7, [a, b]]", "${…}"),
    Function("!Select [1, !Split [\"/\", \"a/b/c\"]]", "b"),
    Function("!Select [1, !Split [\"/\", !Ref Store]]", "${Store.Id}"),
    Function("!Select [1, !Split [\"-\", !Ref Open]]", "${…}"),
    Function("!FindInMap [Map, eu-west-1, Name]", "mapped"),
    Function("!FindInMap [Map, !Ref AWS::Region, Name]", deployed: "mapped", open: "${…}"),
    Function("!FindInMap [Map, eu-west-1, Missing]", "${…}"),
    Function("!FindInMap [Map, x, Name, {DefaultValue: other}]", "other"),
    Function("!If [Yes, a, b]", "a"),
    Function("!If [No, a, b]", "b"),
    Function("!If [Both, a, b]", "b"),
    Function("!If [Either, a, b]", "a"),
    Function("!If [NotBoth, a, b]", "b"),
    Function("!If [Perhaps, a, b]", "${…}"),
    Function("!If [Perhaps, !Ref Given, value]", "value"),
    Function("!If [Circle, a, b]", "${…}"),
    Function("!If [Yes, !If [No, a, !Ref Given], b]", "value"),
    Function("{\"Fn::If\": [Yes, a, b]}", "a"),
    Function("!ImportValue shared", "${ImportValue.shared}"),
    Function("{\"Fn::ImportValue\": {\"Fn::Sub\": \"${Given}-x\"}}", "${ImportValue.value-x}"),
    Function("!ImportValue {\"Fn::Sub\": \"${Given}-x\"}", "${ImportValue.value-x}"),
    Function("!Base64 x", "${…}"),
    Function("!Cidr [x, 1]", "${…}"),
    Function("{\"Fn::Length\": [1, 2]}", "${…}"),
    Function("{\"Fn::ToJsonString\": {a: b}}", "${…}"),
    Function("{\"Fn::Transform\": {Name: AWS::Include}}", "${…}"),
    Function("{\"Fn::Select\": [0, {\"Fn::GetAZs\": \"\"}]}", "${…}"),
    Function("!Select [0, !GetAZs \"\"]", "${…}"),
    Function("!Something new", "${…}"),
    Function("!GetStackOutput {StackName: other, OutputName: Arn}", "${…}"),
    Function("{\"Fn::GetStackOutput\": {StackName: other, OutputName: Arn}}", "${…}"),
    Function("{\"Fn::ForEach::Name\": [Name, [a, b], {}]}", "${…}"),
    Function("{\"Fn::ValueOf\": [Given, Attribute]}", "${…}"),
    Function("\"a-{{resolve:ssm:/name}}\"", "${…}"),
    Function("!Ref First", "ab${…}"),
  ]

  /// The value in the test's place, as people write it.
  private func value(of template: String, _ facts: [StatedFact] = []) throws -> String? {
    let root = try Tree.parse(Source(path: "t.yaml", template)).root
    var input = CopyInput(name: "t", asOf: Timestamp(seconds: 0))
    input.facts = facts
    input.parameters = ["Given": "value"]
    var resolver = TemplateResolver(root, Deployment(input))
    let policy = try #require(
      root[path: "Resources", "Test", "Properties", "PolicyDocument"])
    let resolved = resolver.document(policy, address: "Test")
    let document = try #require(resolved)
    #expect(document.address == "Test")
    return document[path: "Statement", "Resource"]?.policyText?.description
  }

  @Test(arguments: functions) func `A function is resolved as far as can be told`(
    _ example: Function
  ) throws {
    let template = Self.template(example.value)
    let deployment = [
      try StatedFact(.account, Scenario.account, origin: "`--account`"),
      try StatedFact(.region, "eu-west-1", origin: "`--region`"),
    ]
    #expect(try value(of: template) == example.open)
    #expect(try value(of: template, deployment) == example.deployed)
  }

  @Test func `A partition follows the Region, or the template's own ARNs`() throws {
    let region = try StatedFact(.region, "cn-north-1", origin: "`--region`")
    #expect(
      try value(of: Self.template("!GetAtt Bare.Arn"), [region])
        == "arn:aws-cn:s3:::${Bare.Name}")
    #expect(
      try value(of: Self.template("!Join [\"\", [\"arn:aws-us-gov:x\", !GetAtt Bare.Arn]]"))
        == "arn:aws-us-gov:xarn:aws-us-gov:s3:::${Bare.Name}")
  }

  @Test func `What AWS::NoValue stands for is not there`() throws {
    let root = try Tree.parse(
      Source(
        path: "t.yaml",
        "Resources: {A: {x: !Ref AWS::NoValue, y: [1, !If [C, a, !Ref AWS::NoValue], 2]}}\n"
          + "Conditions: {C: !Equals [a, b]}")
    ).root
    var resolver = TemplateResolver(root, Deployment())
    let resource = try #require(root[path: "Resources", "A"])
    let resolved = resolver.document(resource, address: "A")
    let document = try #require(resolved)
    #expect(document["x"] == nil)
    #expect(document["y"]?.elements.compactMap(\.scalarText) == ["1", "2"])
  }

  @Test(arguments: [
    "Resources: {A: {Type: \"AWS::S3::Bucket\", Properties: {BucketName: !Ref A}}}",
    "Resources: {A: {Type: \"AWS::IAM::Role\", Properties: !If [X, {}, {}]}}",
    "Resources: {A: {Type: \"AWS::S3::Bucket\", Properties: 3}, B: 3, C: {Type: [x]}}",
    """
    Mappings: {M: {a: {b: [!Join ["", !FindInMap [M, a, b]]]}}}
    Resources:
      A:
        Type: AWS::S3::Bucket
        Properties: {BucketName: !Join ["", !FindInMap [M, a, b]]}
    """,
    "AWSTemplateFormatVersion: x\nResources: {}",
    """
    Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]
    Resources:
      Fn::ForEach::Buckets: [Name, [a, b], {"Bucket${Name}": {Type: "AWS::S3::Bucket"}}]
      Function: {Type: "AWS::Serverless::Function", Properties: {Policies: [S3ReadPolicy: {}]}}
      Role: {Type: "AWS::IAM::Role", Properties: {Policies: !Ref X, ManagedPolicyArns: [!Ref Y]}}
      Bucket: {Type: "AWS::S3::Bucket", Properties: {Fn::Transform: {Name: AWS::Include}}}
    """,
  ])
  func `A template that goes its own ways ends without a finding`(_ text: String) {
    let plan = plan(Given(text, path: "t.yaml"))
    #expect(plan.documents.map(\.name) == ["a CloudFormation template"])
    #expect(plan.findings.isEmpty)
  }

  @Test func `Names that double with every resource end`() {
    var text = "Resources:\n  A0: {Type: AWS::S3::Bucket, Properties: {BucketName: aaaaaaaa}}\n"
    for number in 1...60 {
      text += "  A\(number): {Type: AWS::S3::Bucket, Properties: {BucketName: "
      text += "!Sub \"${A\(number - 1)}${A\(number - 1)}\"}}\n"
    }
    #expect(plan(Given(text, path: "t.yaml")).findings.isEmpty)
  }

  @Test func `A long chain of names ends`() {
    var text = "Resources:\n  A0: {Type: AWS::S3::Bucket, Properties: {BucketName: a}}\n"
    for number in (1...1_500).reversed() {
      text += "  A\(number): {Type: AWS::S3::Bucket, Properties: {BucketName: "
      text += "!Sub \"${A\(number - 1)}\"}}\n"
    }
    #expect(plan(Given(text, path: "t.yaml")).findings.isEmpty)
  }

  @Test func `A limit is named with its number`() throws {
    let long = TemplateResolver.concatenated([.literal(String(repeating: "a", count: 65_537))])
    #expect(long == .segments([.unknown(reason: "the text has more than 65536 bytes")]))
    var chain = "Resources:\n  A0: {Type: AWS::S3::Bucket, Properties: {BucketName: a}}\n"
    for number in 1...Limits.templateDepth + 1 {
      chain += "  A\(number): {Type: AWS::S3::Bucket, Properties: {BucketName: "
      chain += "!Ref A\(number - 1)}}\n"
    }
    let root = try Tree.parse(Source(path: "t.yaml", chain)).root
    var resolver = TemplateResolver(
      root, Deployment(CopyInput(name: "t", asOf: Timestamp(seconds: 0))))
    let last = try #require(
      root["Resources"]?[named: "A\(Limits.templateDepth + 1)"]?[path: "Properties", "BucketName"])
    #expect(
      "\(resolver.resolve(last))".contains("more than 200 functions stand one inside the other"))
  }

  // MARK: A copy

  static let copy = """
    AWSTemplateFormatVersion: "2010-09-09"
    Resources:
      Logs:
        Type: AWS::S3::Bucket
        Properties:
          OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
          PublicAccessBlockConfiguration: {RestrictPublicBuckets: true}
          BucketEncryption:
            ServerSideEncryptionConfiguration:
              - BucketKeyEnabled: false
                ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !Ref Alias}
          LifecycleConfiguration:
            Rules:
              - {Status: Enabled, Prefix: AWSLogs/, ExpirationInDays: 400,
                 Transitions: [{StorageClass: GLACIER, TransitionInDays: 90}]}
              - {Status: Disabled, ExpirationInDays: 1}
      Other:
        Type: AWS::S3::Bucket
        Properties: {OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}}
      Policy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref Logs
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              Effect: Allow
              Principal: {AWS: !GetAtt Copier.Arn}
              Action: [s3:GetObject, s3:ListBucket]
              Resource: [!GetAtt Logs.Arn, !Sub "${Logs.Arn}/*"]
      OtherPolicy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref Other
          PolicyDocument:
            Version: 2012-10-17
            Statement: {Effect: allow, Principal: "*", Action: s3:Get, Resource: !GetAtt Other.Arn}
      Copier:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Version: 2012-10-17
            Statement:
              Effect: Allow
              Principal: {Service: cloudtrail.amazonaws.com}
              Action: sts:AssumeRole
              Condition: {StringEquals: {aws:SourceArn: !GetAtt Store.EventDataStoreArn}}
          ManagedPolicyArns: [!Ref Shared]
          PermissionsBoundary: !Ref Boundary
      Function:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Version: 2012-10-17
            Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
          Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: alow}]}}]
      CopierPolicy:
        Type: AWS::IAM::RolePolicy
        Properties:
          RoleName: !Ref Copier
          PolicyName: copy
          PolicyDocument:
            Version: 2012-10-17
            Statement: {Effect: Allow, Action: s3:GetObject, Resource: !Sub "${Logs.Arn}/AWSLogs/*"}
      Shared:
        Type: AWS::IAM::ManagedPolicy
        Properties:
          PolicyDocument:
            Version: 2012-10-17
            Statement: {Effect: Allow, Action: s3:ListBucket, Resource: !GetAtt Logs.Arn}
      Attached:
        Type: AWS::IAM::ManagedPolicy
        Properties:
          Roles: [!Ref Copier]
          PolicyDocument:
            Version: 2012-10-17
            Statement: {Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn}
      Boundary:
        Type: AWS::IAM::ManagedPolicy
        Properties:
          PolicyDocument:
            Version: 2012-10-17
            Statement: {Effect: Allow, Action: "*", Resource: "*"}
      Key:
        Type: AWS::KMS::Key
        Properties:
          KeyPolicy:
            Version: 2012-10-17
            Statement:
              Effect: Allow
              Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}
              Action: kms:*
              Resource: "*"
      Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/logs, TargetKeyId: !Ref Key}}
      Store:
        Type: AWS::CloudTrail::EventDataStore
        Properties: {RetentionPeriod: 90}
    """

  @Test func `Roles, buckets, keys and the store of a template make one plan`() throws {
    let plan = plan(Given(Self.copy, path: "t.yaml"))
    #expect(plan.findings.isEmpty)
    let facts = plan.facts
    #expect(
      facts.roleARN.value?.withReadableReferences
        == "arn:aws:iam::${AWS.AccountId}:role/${Copier.Name}")
    // One of two roles: the trust policy tells which.
    #expect(facts.roleARN.status == .inferred)
    #expect(facts.bucket.value?.withReadableReferences == "${Logs.Name}")
    #expect(facts.prefix.value == "AWSLogs/")
    #expect(facts.bucketAccount.value?.withReadableReferences == "${AWS.AccountId}")
    #expect(facts.bucketAccount.status == .stated)
    #expect(facts.destination.status == .stated)
    #expect(facts.retentionPeriod.value == 90)
    #expect(facts.isOrganizationStore.value == false)
    #expect(facts.objectOwnership.value == "ObjectWriter")
    #expect(facts.objectOwnership.place?.address == "Logs")
    #expect(facts.restrictsPublicBuckets.value == true)
    #expect(facts.bucketKeys.value == .off)
    #expect(plan.lifecycle?.map(\.expirationDays) == [400])
    #expect(plan.lifecycle?.first?.transitions.first?.storageClass == "GLACIER")
    #expect(plan.role.policies.map(\.node.address) == ["CopierPolicy", "Shared", "Attached"])
    #expect(plan.role.gap == nil)
    #expect(plan.trust.policies.map(\.node.address) == ["Copier"])
    #expect(plan.bucket.policies.map(\.node.address) == ["Policy"])
    #expect(plan.boundary.policies.map(\.node.address) == ["Boundary"])
    #expect(
      plan.keys.map(\.arn.value?.withReadableReferences)
        == ["arn:aws:kms:${AWS.Region}:${AWS.AccountId}:key/${Key.KeyId}"])
    #expect(plan.keys.flatMap(\.policy.policies).map(\.node.address) == ["Key"])
    #expect(plan.keys.map(\.isPairingInferred) == [false])
    let statement = try #require(plan.bucket.policies.first?.statements.first)
    #expect(
      statement.node.place.pointer
        == ["/Resources/Policy/Properties/PolicyDocument/Statement"])
  }

  @Test func `A stated role tells the account that the template is deployed in`() throws {
    let plan = try plan(
      Given(Self.copy, path: "t.yaml"),
      facts: [.roleARN: "arn:aws:iam::222233334444:role/stack-Copier-1ABC"])
    #expect(plan.facts.roleARN.value == "arn:aws:iam::222233334444:role/stack-Copier-1ABC")
    #expect(plan.facts.bucketAccount.value == Scenario.account)
    #expect(plan.trust.policies.map(\.node.address) == ["Copier"])
    #expect(plan.role.policies.count == 3)
    #expect(plan.findings.isEmpty)
  }

  @Test func `A stated account and Region make the template's names literal`() throws {
    let plan = try plan(
      Given(Self.copy, path: "t.yaml"),
      facts: [.account: Scenario.account, .region: "eu-west-1", .bucketAccount: Scenario.account])
    #expect(plan.facts.bucketAccount.value == Scenario.account)
    #expect(plan.facts.bucketRegion.value == "eu-west-1")
    #expect(plan.findings.isEmpty)
  }

  static let parameterFiles = [
    #"[{"ParameterKey": "Name", "ParameterValue": "acme-trail-logs"}, {"ParameterKey": "Other", "UsePreviousValue": true}]"#,
    #"{"Parameters": {"Name": "acme-trail-logs"}, "Tags": {"team": "audit"}}"#,
    "template-file-path: t.yaml\nparameters: {Name: acme-trail-logs}\ntags: {}\n",
  ]

  @Test(arguments: parameterFiles)
  func `A parameter file gives values, in any order of the two`(_ text: String) throws {
    let template = Given(
      "Parameters: {Name: {Type: String}}\n"
        + Self.copy.replacing(
          "  Logs:\n    Type: AWS::S3::Bucket\n    Properties:\n",
          with: "  Logs:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Ref Name\n"
        ),
      path: "t.yaml")
    let file = Given(text, path: "parameters.yaml")
    for documents in [[template, file], [file, template]] {
      #expect(plan(documents[0], documents[1]).facts.bucket.value == Scenario.bucket)
    }
    let other = Given(#"{"Parameters": {"Name": "another-bucket"}}"#, path: "p2.json")
    let both = plan(template, file, other)
    let disagreement = both.findings.first { $0.message.contains("Name") }
    #expect(disagreement?.rule == "documents-disagree")
    #expect(disagreement?.related.isEmpty == false)
    let settled = EvidenceTests.plan([template, file, other]) {
      $0.parameters = ["Name": "third-bucket"]
    }
    #expect(!settled.findings.contains { $0.message.contains("Name") })
    #expect(settled.facts.bucket.value == "third-bucket")
  }

  @Test func `A bucket of another account than the template's disagrees`() throws {
    let plan = try plan(
      Given(Self.copy, path: "t.yaml"),
      facts: [.account: Scenario.account, .bucketAccount: "999988887777"])
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.facts.bucketAccount.value == "999988887777")
  }

  @Test func `What a condition leaves out is not there, and what it leaves open neither`() {
    let condition =
      "Conditions: {Never: !Equals [a, b], Perhaps: !Equals [!Ref P, x]}\n"
      + "Parameters: {P: {Type: String}}\n"
    for name in ["Never", "Perhaps"] {
      let text =
        condition
        + Self.copy.replacing("  Policy:\n", with: "  Policy:\n    Condition: \(name)\n")
      let plan = plan(Given(text, path: "t.yaml"))
      #expect(plan.bucket.policies.isEmpty)
      #expect(plan.bucket.gap?.needs == ["--bucket"])
      #expect(plan.findings.isEmpty)
    }
  }

  @Test func `A statement that a condition leaves open may be there`() {
    let text =
      "Conditions: {Perhaps: !Equals [!Ref P, x]}\nParameters: {P: {Type: String}}\n"
      + Self.copy.replacing(
        "Statement: {Effect: Allow, Action: s3:GetObject, Resource: !Sub \"${Logs.Arn}/AWSLogs/*\"}",
        with: """
          Statement:
            - {Effect: Allow, Action: s3:GetObject, Resource: !Sub "${Logs.Arn}/AWSLogs/*"}
            - !If [Perhaps, {Effect: Deny, Action: "*", Resource: "*"}, !Ref AWS::NoValue]
          """.replacing("\n", with: "\n        "))
    let plan = plan(Given(text, path: "t.yaml"))
    #expect(plan.role.policies.first?.mayHoldFurtherStatements == true)
    #expect(plan.role.gap != nil)
    #expect(plan.findings.isEmpty)
  }

  @Test func `A template about nothing of a copy says nothing`() {
    let text = """
      Resources:
        Web:
          Type: AWS::S3::Bucket
          Properties: {OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}}
        Policy:
          Type: AWS::S3::BucketPolicy
          Properties:
            Bucket: !Ref Web
            PolicyDocument: {Statement: [{Effect: alow, Principal: "*", Action: s3:GetObject}]}
        LogGroupRole:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: 2012-10-17
              Statement:
                {Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: sts:AssumeRole}
            Policies:
              - PolicyName: logs
                PolicyDocument:
                  Statement: {Effect: Allow, Action: logs:PutLogEvents, Resource: "*"}
      """
    let plan = plan(Given(text, path: "t.yaml"))
    #expect(plan.findings.isEmpty)
    #expect(plan.facts.roleARN.status == .unknown)
    #expect(plan.facts.objectOwnership.status == .unknown)
    #expect(plan.role.policies.isEmpty && plan.trust.policies.isEmpty)
    #expect(plan.bucket.policies.isEmpty)
  }

  @Test func `A template given as a policy is a finding`() {
    let plan = plan(Given(Self.copy, as: .bucket, path: "t.yaml"))
    #expect(plan.rules == ["policy-grammar"])
    #expect(plan.findings.first?.message.contains("this is a CloudFormation template") == true)
  }

  @Test func `An answer that carries a template is read alike`() throws {
    let plan = plan(Given("{\"TemplateBody\": \(Self.json)}"))
    #expect(plan.facts.roleARN.status == .stated)
    #expect(plan.trust.policies.count == 1)
  }

  static let json = """
    {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {
      "AssumeRolePolicyDocument": \(Scenario.trustPolicy)}}}}
    """

  @Test(
    .enabled(if: Samples.arePresent, "the samples do not lie beside the project"),
    arguments: [
      "cloudformation/template.json", "cloudformation/template.yaml",
    ])
  func `A sample is read without a finding`(_ name: String) throws {
    let plan = try Samples.plan([name])
    #expect(plan.documents.map(\.name) == ["a CloudFormation template"])
    #expect(plan.findings.isEmpty)
    #expect(plan.facts.roleARN.status == .stated)
    #expect(plan.facts.destination.status == .stated)
    for layer in [plan.role, plan.trust, plan.bucket] {
      #expect(layer.policies.count == 1)
      #expect(layer.gap == nil)
    }
  }
}
