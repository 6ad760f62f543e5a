import Testing

@testable import lint_copy

/// A document that people have and that has nothing to do with a copy.
private struct Unrelated: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var testDescription: String { name }
}

@Suite struct `What has nothing to do with a copy` {
  fileprivate static let documents: [Unrelated] = [
    Unrelated(
      name: "a web service.yaml",
      text: """
        AWSTemplateFormatVersion: 2010-09-09
        Parameters: {Vpc: {Type: 'AWS::EC2::VPC::Id'}, Image: {Type: String, Default: nginx}}
        Resources:
          Cluster: {Type: AWS::ECS::Cluster}
          TaskRole:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {Service: [ecs-tasks.amazonaws.com]}, Action: ['sts:AssumeRole']}
              Policies:
                - PolicyName: assets
                  PolicyDocument:
                    Statement: {Effect: Allow, Action: 's3:*', Resource: !Sub 'arn:aws:s3:::${Assets}/*'}
          Assets:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: PublicRead, OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}}
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties:
              TaskRoleArn: !GetAtt TaskRole.Arn
              ContainerDefinitions: [{Name: web, Image: !Ref Image, PortMappings: [{ContainerPort: 080}]}]
        Outputs: {Arn: {Value: !GetAtt Cluster.Arn, Export: {Name: !Sub '${AWS::StackName}-arn'}}}
        """),
    Unrelated(
      name: "a serverless application.yaml",
      text: """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]
        Globals: {Function: {Timeout: 3, Runtime: python3.13}}
        Mappings: {Stage: {prod: {Level: !Transform {Name: 'AWS::Include'}}}}
        Conditions: {Live: !Equals [!Ref 'AWS::Region', eu-north-1]}
        Resources:
          Api: {Type: AWS::Serverless::Api, Properties: {StageName: !FindInMap [Stage, prod, Level]}}
          Hello:
            Type: AWS::Serverless::Function
            Properties:
              Handler: app.handler
              Policies:
                - S3ReadPolicy: {BucketName: !Ref Uploads}
                - Statement: [{Effect: Allow, Action: kms:Decrypt, Resource: !Sub 'arn:${AWS::Partition}:kms:*:*:key/*'}]
              Environment: {Variables: {N: !If [Live, {'Fn::Length': [1, 2]}, {'Fn::ToJsonString': {a: 1}}]}}
          Uploads: {Type: AWS::S3::Bucket, DeletionPolicy: RetainExceptOnCreate}
          'Fn::ForEach::Topics':
            - Name
            - [a, b]
            - 'Topic${Name}': {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub 't-${Name}'}}
        """),
    Unrelated(
      name: "a module of nobody.yaml",
      text: """
        Description: everything that is new
        Hooks: {Hook: {Type: AWS::CodeDeploy::BlueGreen}}
        Rules: {R: {Assertions: [{Assert: !Contains [[a], b]}]}}
        Resources:
          Stack: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub 'https://${AWS::URLSuffix}/x'}}
          Macro: {Type: AWS::CloudFormation::Macro, Properties: !Transform [x, {y: z}]}
          Custom: {Type: 'Custom::Thing', Properties: {ServiceToken: !ImportValue {'Fn::Sub': x}}}
          Module: {Type: 'Org::Team::Thing::MODULE', CreationPolicy: {ResourceSignal: {Timeout: PT5M}}}
          Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: !GetAtt Custom.Document}}
          Policy: {Type: AWS::IAM::Policy, Properties: {PolicyDocument: !Unheard [of], Roles: !Split [',', !Ref Role]}}
          Bucket: {Type: AWS::S3::Bucket, Properties: !Something {}}
          BucketPolicy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Cidr [a, b, c], PolicyDocument: !Base64 x}}
        """),
    Unrelated(
      name: "a synthesised pipeline.template.json",
      text: """
        {"Resources": {"PipelineRoleD68726F7": {"Type": "AWS::IAM::Role", "Properties": {
          "AssumeRolePolicyDocument": {"Statement": [{"Action": "sts:AssumeRole", "Effect": "Allow",
           "Principal": {"Service": "codepipeline.amazonaws.com"}}], "Version": "2012-10-17"}},
          "Metadata": {"aws:cdk:path": "Stack/Pipeline/Role/Resource"}},
         "PipelineRoleDefaultPolicyC7A05455": {"Type": "AWS::IAM::Policy", "Properties": {
          "PolicyDocument": {"Statement": [{"Action": ["s3:GetObject*", "s3:List*"], "Effect": "Allow",
           "Resource": [{"Fn::GetAtt": ["ArtifactsBucket2AAC5544", "Arn"]}]},
           {"Action": ["kms:Decrypt"], "Effect": "Allow", "Resource": {"Fn::GetAtt": ["Key961B73FD", "Arn"]}}],
           "Version": "2012-10-17"}, "Roles": [{"Ref": "PipelineRoleD68726F7"}]}},
         "ArtifactsBucket2AAC5544": {"Type": "AWS::S3::Bucket"},
         "Key961B73FD": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Statement": []}}}}}
        """),
    Unrelated(
      name: "a plan of another cloud.json",
      text: """
        {"format_version": "1.2", "terraform_version": "1.10.0", "resource_changes": [
          {"address": "google_storage_bucket.b", "mode": "managed", "type": "google_storage_bucket",
           "change": {"actions": ["create"], "before": null, "after": {"name": "b"}, "after_unknown": {"id": true}}},
          {"address": "azurerm_role_assignment.r", "mode": "managed", "type": "azurerm_role_assignment",
           "change": {"actions": ["no-op"], "after": {"policy": "{"}}}],
         "checks": [], "applyable": true, "complete": true, "errored": false}
        """),
    Unrelated(
      name: "a plan of a web site.json",
      text: """
        {"format_version": "1.2", "resource_changes": [
          {"address": "module.site[\\"eu\\"].aws_s3_bucket.site", "module_address": "module.site[\\"eu\\"]",
           "mode": "managed", "type": "aws_s3_bucket", "change": {"actions": ["update"], "before": {},
           "after": {"bucket": "site"}, "after_unknown": {}}},
          {"address": "module.site[\\"eu\\"].aws_s3_bucket_policy.site", "module_address": "module.site[\\"eu\\"]",
           "mode": "managed", "type": "aws_s3_bucket_policy", "change": {"actions": ["create"],
           "after": {"bucket": "site", "policy": "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Principal\\": \\"*\\", \\"Action\\": \\"s3:GetObject\\", \\"Resource\\": \\"arn:aws:s3:::site/*\\"}]}"}}},
          {"address": "aws_s3_bucket_ownership_controls.old", "mode": "managed",
           "type": "aws_s3_bucket_ownership_controls", "change": {"actions": ["delete"], "after": null}}],
         "configuration": {"root_module": {"module_calls": {"site": {"module": {"resources": 3}}}}}}
        """),
    Unrelated(
      name: "a state of a database.json",
      text: """
        {"format_version": "1.0", "terraform_version": "1.5.7", "values": {"outputs": {}, "root_module": {
          "resources": [{"address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance",
           "values": {"policy": null, "kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/x"}}],
          "child_modules": [{"address": "module.a", "child_modules": [{"address": "module.a.module.b",
           "resources": [{"address": "module.a.module.b.aws_iam_role.ci", "type": "aws_iam_role", "mode": "managed",
            "values": {"name": "ci", "arn": "arn:aws:iam::111122223333:role/ci",
             "assume_role_policy": "{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Federated\\":\\"x\\"},\\"Action\\":\\"sts:AssumeRoleWithWebIdentity\\"}]}"}}]}]}]}}}
        """),
    Unrelated(
      name: "an empty plan.json", text: #"{"format_version": "1.2", "terraform_version": "1.9.8"}"#),
    Unrelated(
      name: "a deployment.yaml",
      text: """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec: {replicas: 2, template: {spec: {containers: [{name: web, image: nginx}]}}}
        """),
    Unrelated(
      name: "an interface.yaml",
      text: """
        openapi: 3.1.0
        info: {title: x, version: 1.0.0}
        paths: {/a: {get: {responses: {'200': {description: ok}}}}}
        components: {schemas: {Policy: {type: object, properties: {Statement: {type: array}}}}}
        """),
    Unrelated(
      name: "a package.json",
      text: #"{"name": "x", "version": "1.0.0", "scripts": {"test": "exit 1"}, "Policy": "none"}"#),
    Unrelated(
      name: "a parameter file.json",
      text: #"[{"ParameterKey": "Bucket", "ParameterValue": "x", "UsePreviousValue": false}]"#),
  ]

  @Test(arguments: documents)
  fileprivate func `Ends without a finding`(_ document: Unrelated) throws {
    let folder = try ScratchFolder()
    try folder.write(document.text, to: document.name)
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    let outcome = Program.run(
      ["--as-of", "2026-11-21", "--output-format", "concise", document.name], in: surroundings)
    let output = String(decoding: outcome.output, as: UTF8.self)
    #expect(outcome.code == .success, "\(String(decoding: outcome.errors, as: UTF8.self))")
    #expect(!output.contains("error:") && !output.contains("warning:") && !output.contains("note:"))
    #expect(output.contains("unproven"))
  }
}
