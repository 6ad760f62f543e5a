import Testing

@testable import lint_copy

/// A piece of a template that nobody here resolves, and what it leaves open.
private struct Piece: Sendable, CustomTestStringConvertible {
  /// Where it is put.
  enum Position: String {
    case top = "# top"
    case resources = "  # resources"
    case policies = "        # policies"
    case statements = "              # statements"
    case bucket = "      # bucket"
    case store = "      # store"
  }

  var name: String
  var position: Position
  var text: String
  /// The rules whose rows are then not checked or open; all others stay as they are.
  var open: [String] = []
  /// What their reason names.
  var reason = ""

  var testDescription: String { name }

  init(
    _ name: String, _ position: Position, _ text: String, open: [String] = [], reason: String = ""
  ) {
    self.name = name
    self.position = position
    self.text = text
    self.open = open
    self.reason = reason
  }
}

@Suite struct `A template that uses what nobody knows yet` {
  static let template = """
    AWSTemplateFormatVersion: 2010-09-09
    Parameters: {Stage: {Type: String}}
    Conditions: {Perhaps: !Equals [!Ref Stage, prod]}
    # top
    Resources:
      # resources
      Logs:
        Type: AWS::S3::Bucket
        Properties:
          BucketName: acme-trail-logs
          OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
          # bucket
      LogsPolicy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref Logs
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              Effect: Allow
              Principal: {Service: cloudtrail.amazonaws.com}
              Action: s3:PutObject
              Resource: !Sub "${Logs.Arn}/AWSLogs/*"
      Copier:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Version: 2012-10-17
            Statement:
              Effect: Allow
              Principal: {Service: cloudtrail.amazonaws.com}
              Action: sts:AssumeRole
              Condition:
                StringEquals:
                  aws:SourceArn: !GetAtt Store.EventDataStoreArn
                  aws:SourceAccount: !Ref AWS::AccountId
          Policies:
            # policies
            - PolicyName: copy
              PolicyDocument:
                Version: 2012-10-17
                Statement:
                  # statements
                  - {Effect: Allow, Action: ["s3:ListBucket", "s3:GetBucketAcl"], Resource: !GetAtt Logs.Arn}
                  - {Effect: Allow, Action: "s3:GetObject", Resource: !Sub "${Logs.Arn}/AWSLogs/*"}
      Store:
        Type: AWS::CloudTrail::EventDataStore
        Properties:
          RetentionPeriod: 1095
          # store
          IngestionEnabled: false
    """

  /// What the role's permissions decide.
  static let role = ["s3-get-object", "s3-list-bucket", "s3-get-bucket-acl"]

  fileprivate static let pieces: [Piece] = [
    // Around the copy: nothing changes.
    Piece(
      "a serverless application", .top,
      """
      Transform: AWS::Serverless-2016-10-31
      Globals: {Function: {Timeout: 3, Runtime: python3.13, Environment: {Variables: {A: !Ref Stage}}}}
      """),
    Piece(
      "functions with roles and policies of their own", .resources,
      """
      Api: {Type: AWS::Serverless::Api, Properties: {StageName: !Ref Stage, Auth: {ResourcePolicy: {CustomStatements: [{Effect: Deny, Principal: "*"}]}}}}
      Hello:
        Type: AWS::Serverless::Function
        Connectors: {Read: {Properties: {Destination: {Id: Logs}, Permissions: [Read]}}}
        Properties:
          Role: !GetAtt Copier.Arn
          PermissionsBoundary: !Ref Stage
          AssumeRolePolicyDocument: {Statement: {Effect: Deny, Principal: "*", Action: "*"}}
          Policies:
            - AWSLambdaExecute
            - S3ReadPolicy: {BucketName: !Ref Logs}
            - Statement: [{Effect: Deny, Action: "*", Resource: "*"}]
          Events: {Put: {Type: S3, Properties: {Bucket: !Ref Logs, Events: "s3:ObjectCreated:*"}}}
      Table: {Type: AWS::Serverless::SimpleTable}
      Machine: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {}, Policies: [LambdaInvokePolicy: {FunctionName: !Ref Hello}]}}
      Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: x}}
      Nested: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: a}}}
      """),
    Piece(
      "rules and hooks", .top,
      """
      Rules: {Region: {RuleCondition: !Equals [a, b], Assertions: [{Assert: !Contains [[eu-west-1], !Ref AWS::Region], AssertDescription: x}]}}
      Hooks: {Green: {Type: AWS::CodeDeploy::BlueGreen, Properties: {TrafficRoutingConfig: {Type: AllAtOnce}}}}
      """),
    Piece(
      "metadata, mappings and outputs", .top,
      """
      Metadata: {AWS::CloudFormation::Interface: {ParameterGroups: [{Parameters: [Stage]}]}, Fn::Transform: {Name: AWS::Include}}
      Mappings: {M: {a: {b: c}, Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://x/y}}}}
      Outputs: {O: {Value: !GetStackOutput {StackName: other, OutputName: Arn}, Condition: Perhaps, Export: {Name: !Sub "${AWS::StackName}-x"}}}
      """),
    Piece(
      "a loop over topics", .resources,
      """
      Fn::ForEach::Topics: [Name, [a, b], {"Topic${Name}": {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub "t-${Name}"}}}]
      """),
    Piece(
      "language extensions", .top,
      "Transform: [AWS::LanguageExtensions, AWS::SecretsManager-2024-09-16]"),
    Piece(
      "resources of others", .resources,
      """
      Custom: {Type: "Custom::Thing", Properties: {ServiceToken: !ImportValue {"Fn::Sub": x}, Count: !Length [1, 2]}}
      Module: {Type: "Org::Team::Thing::MODULE", Properties: {Copier: !GetAtt Copier.Arn}}
      Stack: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub "https://${AWS::URLSuffix}/x"}}
      Macro: {Type: AWS::CloudFormation::Macro, Properties: {Name: Own, FunctionName: !ToJsonString {a: b}}}
      Zone: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !Select [0, !GetAZs ""], CidrBlock: !Select [0, !Cidr [x, 1, 2]]}}
      OtherBucket: {Type: AWS::S3::Bucket, DeletionPolicy: !If [Perhaps, Retain, Delete], Properties: {BucketName: !GetStackOutput {StackName: x, OutputName: y}, OwnershipControls: !Unheard of}}
      """),
    Piece(
      "policies of other roles", .resources,
      """
      Other: {Type: AWS::IAM::Role, Properties: {RoleName: other, AssumeRolePolicyDocument: !Unheard {}, Policies: !Unheard [], ManagedPolicyArns: !Unheard []}}
      OtherPolicy: {Type: AWS::IAM::Policy, Condition: Perhaps, Properties: {PolicyName: p, Roles: [!Ref Other], PolicyDocument: {Statement: {Effect: Deny, Action: "*", Resource: "*"}}}}
      """),
    // What may be the role's.
    Piece(
      "an inline policy that a condition leaves open", .policies,
      """
      - !If [Perhaps, {PolicyName: no, PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Deny, Action: "s3:*", Resource: "*"}}}, !Ref AWS::NoValue]
      """, open: role, reason: "`Perhaps`"),
    Piece(
      "a statement that a condition leaves open", .statements,
      """
      - !If [Perhaps, {Effect: Deny, Action: "s3:*", Resource: "*"}, !Ref AWS::NoValue]
      """, open: role, reason: "`Perhaps`"),
    Piece(
      "a statement about what another stack says", .statements,
      """
      - {Effect: Deny, Action: "s3:*", Resource: {"Fn::GetStackOutput": {StackName: x, OutputName: y}}}
      """, open: role, reason: "`Fn::GetStackOutput`"),
    Piece(
      "a policy that a condition leaves open", .resources,
      """
      More: {Type: AWS::IAM::Policy, Condition: Perhaps, Properties: {PolicyName: more, Roles: [!Ref Copier], PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Deny, Action: "*", Resource: "*"}}}}
      """, open: role, reason: "`Perhaps`"),
    Piece(
      "a managed policy that a condition leaves open", .resources,
      """
      More: {Type: AWS::IAM::ManagedPolicy, Condition: Perhaps, Properties: {Roles: [!Ref Copier], PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Deny, Action: "*", Resource: "*"}}}}
      """, open: role, reason: "`Perhaps`"),
    Piece(
      "a policy of roles that nobody knows", .resources,
      """
      More: {Type: AWS::IAM::Policy, Properties: {PolicyName: more, Roles: !Unheard [of], PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Deny, Action: "*", Resource: "*"}}}}
      """, open: role, reason: "`!Unheard`"),
    Piece(
      "a managed policy of a role that nobody knows", .resources,
      """
      More: {Type: AWS::IAM::ManagedPolicy, Properties: {Roles: [!Select [3, [a]]], PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Deny, Action: "*", Resource: "*"}}}}
      """, open: role, reason: "`Fn::Select`"),
    Piece(
      "a role policy of a role that nobody knows", .resources,
      """
      More: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: more, RoleName: !FindInMap [A, B, C], PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Deny, Action: "*", Resource: "*"}}}}
      """, open: role, reason: "`Mappings`"),
    Piece(
      "a loop over policies", .resources,
      """
      Fn::ForEach::Policies: [Name, [a, b], {"More${Name}": {Type: AWS::IAM::Policy, Properties: {PolicyName: !Ref Name, Roles: [!Ref Copier], PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Deny, Action: "*", Resource: "*"}}}}}]
      """, open: role, reason: "`Fn::ForEach::Policies`"),
    Piece(
      "resources that are included", .resources,
      "Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://x/y.yaml}}", open: role,
      reason: "`Fn::Transform`"),
    Piece(
      "a macro of the account's own", .top, "Transform: [AWS::Serverless-2016-10-31, Acme::Guard]",
      open: role, reason: "`Acme::Guard`"),
    Piece(
      "an inline policy as a text that nobody resolves", .policies,
      "- {PolicyName: text, PolicyDocument: !ToJsonString {Statement: {Effect: Deny}}}", open: role,
      reason: "`!ToJsonString`"),
    // Settings.
    Piece(
      "a public access block that is open", .bucket,
      "PublicAccessBlockConfiguration: {RestrictPublicBuckets: !If [Perhaps, true, false]}"),
    Piece(
      "an encryption that is open", .bucket,
      "BucketEncryption: {ServerSideEncryptionConfiguration: [{BucketKeyEnabled: !Unheard x, ServerSideEncryptionByDefault: {SSEAlgorithm: !Unheard y}}]}"
    ),
    Piece(
      "a lifecycle of which one rule is open", .bucket,
      "LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 9999}, !If [Perhaps, {Status: Enabled, ExpirationInDays: 1}, !Ref AWS::NoValue]]}"
    ),
    Piece(
      "a store whose organization is open", .store,
      "OrganizationEnabled: !If [Perhaps, true, false]",
      open: ["management-account-only"]),
  ]

  private func judged(_ text: String, _ more: [String] = []) throws -> Judgement {
    let name = "template.yaml"
    let folder = try ScratchFolder()
    try folder.write(text, to: name)
    return try Judgement(
      [
        "--account", "111122223333", "--region", "eu-west-1", "--source",
        "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/", "--start-time",
        "2026-01-01T00:00:00Z", "--key", "none", name,
      ] + more, in: folder.path)
  }

  @Test func `Is judged like any other`() throws {
    let plain = try judged(Self.template)
    #expect(plain.findings == [])
    for rule in Self.role + ["sts-assume-role", "acls-disabled", "management-account-only"] {
      #expect(
        plain.statuses[rule].map { Set($0).isSubset(of: ["proven", "not-applicable"]) } == true)
    }
  }

  /// What would tell, and nothing that was told already.
  @Test func `A parameter without a value is what would tell`() throws {
    let text = Self.template.replacing(
      "aws:SourceAccount: !Ref AWS::AccountId", with: "aws:SourceAccount: !Ref Stage")
    let judgement = try judged(text)
    #expect(judgement.statuses["sts-assume-role"] == ["open"])
    #expect(judgement.needs["sts-assume-role"] == [["--parameter"]])
    let told = try judged(text, ["--parameter", "Stage=111122223333"])
    #expect(told.statuses["sts-assume-role"] == ["proven"])
  }

  /// The policy of the bucket as a text: the role's name is one that CloudFormation makes up.
  @Test(arguments: [
    ("Allow", "proven", [String]()), ("Deny", "violated", ["LogsPolicy"]),
  ])
  func `A policy that is written as a text with references in it is read`(
    _ effect: String, _ status: String, _ addresses: [String]
  ) throws {
    let written = """
            PolicyDocument:
              Version: 2012-10-17
              Statement:
                Effect: Allow
                Principal: {Service: cloudtrail.amazonaws.com}
                Action: s3:PutObject
                Resource: !Sub "${Logs.Arn}/AWSLogs/*"
      """
    #expect(Self.template.contains(written))
    let text = Self.template.replacing(
      written,
      with: """
              PolicyDocument: !Sub |
                {"Version": "2012-10-17", "Statement": [{"Effect": "\(effect)",
                  "Principal": {"AWS": "${Copier.Arn}"}, "Action": ["s3:GetObject", "s3:ListBucket",
                  "s3:GetBucketAcl"], "Resource": ["${Logs.Arn}", "${Logs.Arn}/*"]}]}
        """)
    let judgement = try judged(text)
    for rule in Self.role { #expect(judgement.statuses[rule] == [status]) }
    let found = judgement.findings.compactMap { $0.split(separator: " ").last.map(String.init) }
    #expect(Set(found) == Set(addresses))
  }

  @Test(arguments: pieces)
  fileprivate func `Is read, and what is open says why`(_ piece: Piece) throws {
    let mark = piece.position.rawValue
    let indent = String(mark.prefix { $0 == " " })
    #expect(Self.template.contains("\n\(mark)\n"))
    let lines = piece.text.split(separator: "\n").map { indent + $0 }.joined(separator: "\n")
    let plain = try judged(Self.template)
    let judgement = try judged(Self.template.replacing("\n\(mark)\n", with: "\n\(lines)\n"))
    let errors = judgement.findings.filter { $0.contains(" error ") }
    #expect(errors == [])
    let changes = judgement.changes(from: plain)
    for (rule, statuses) in changes {
      #expect(piece.open.contains(rule) || rule == "excess-access", "\(rule) \(statuses)")
    }
    for rule in piece.open {
      let statuses = Set(judgement.statuses[rule] ?? [])
      #expect(
        statuses.isSubset(of: ["not-checked", "open"]) && !statuses.isEmpty, "\(rule) \(statuses)")
      let reasons = judgement.reasons[rule] ?? []
      #expect(reasons.allSatisfy { $0.contains(piece.reason) }, "\(reasons)")
    }
    #expect(judgement.verdict == "unproven")
  }
}
