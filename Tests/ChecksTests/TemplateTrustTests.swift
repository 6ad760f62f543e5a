import Evidence
import PolicyModel
import Testing

@testable import Checks

/// Trust policies of templates, where the event data store is a reference.
@Suite struct `Trust of a store that is not there yet` {
  private static let asOf = Timestamp(seconds: 1_795_219_200)

  private static func template(_ principal: String) -> String {
    """
    Resources:
      Store:
        Type: AWS::CloudTrail::EventDataStore
        Properties: {Name: lake, RetentionPeriod: 3653, TerminationProtectionEnabled: true}
      Role:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Principal: {Service: cloudtrail.amazonaws.com}
                Action: sts:AssumeRole
                Condition: {StringEquals: {"aws:SourceArn": !GetAtt Store.EventDataStoreArn}}
              - Effect: Allow
                \(principal)
                Action: sts:AssumeRole
    """
  }

  /// What lets others in, and not CloudTrail, is no deputy's business.
  @Test(arguments: [
    ("Principal: {Service: lambda.amazonaws.com}", Requirement.Status.proven),
    ("Principal: {AWS: \"arn:aws:iam::444455556666:root\"}", .proven),
    ("Principal: {Service: [lambda.amazonaws.com, cloudtrail.amazonaws.com]}", .violated),
    ("Principal: {Service: cloudtrail.amazonaws.com}", .violated),
    ("Principal: \"*\"", .violated),
    ("Principal: {AWS: \"*\"}", .violated),
    ("NotPrincipal: {Service: lambda.amazonaws.com}", .notChecked),
  ])
  func `A second statement matters where it lets CloudTrail in`(
    principal: String, status: Requirement.Status
  ) throws {
    var input = CopyInput(name: "copy", asOf: Self.asOf)
    input.documents.append(
      Document(Source(path: "t.yaml", Self.template(principal)), as: .anything))
    let report = Report(
      judging: [CopyPlan(assembling: input)], with: JudgeSettings(version: "test"),
      asOf: Self.asOf, documentCount: 1)
    #expect(report.statuses(of: "confused-deputy") == [status])
  }
}
