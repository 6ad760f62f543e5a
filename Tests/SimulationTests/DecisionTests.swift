import PolicyModel
import Testing

@testable import Simulation

/// One question and AWS's answer to it.
struct DecisionCase: Sendable, CustomTestStringConvertible {
  var name: String
  /// The members of the document, policies as objects.
  var members: String
  var decision: String
  var matched: [String] = []
  var missing: [String] = []
  /// The value of AllowedByOrganizations, or AllowedByPermissionsBoundary.
  var organizations: Bool?
  var boundary: Bool?

  var testDescription: String { name }
}

private let user = #""CallerArn": "arn:aws:iam::111122223333:user/anna""#
private let role = #""CallerArn": "arn:aws:iam::111122223333:role/service-role/copy""#
private let getObject =
  #""ActionNames": ["s3:GetObject"], "ResourceArns": ["arn:aws:s3:::logs/a"]"#
private let decrypt =
  #""ActionNames": ["kms:Decrypt"], "#
  + #""ResourceArns": ["arn:aws:kms:eu-west-1:111122223333:key/k"]"#
private let assume =
  #""ActionNames": ["sts:AssumeRole"], "#
  + #""ResourceArns": ["arn:aws:iam::111122223333:role/service-role/copy"]"#

private func policy(_ statements: String...) -> String {
  #"{"Version": "2012-10-17", "Statement": ["# + statements.joined(separator: ", ") + "]}"
}

private let allowGet = #"{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}"#
private let denyGet = #"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#
private let allowAll = #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#

private func bucket(_ principal: String, _ effect: String = "Allow", _ rest: String = "") -> String
{
  policy(
    #"{"Effect": "\#(effect)", "Principal": \#(principal), "Action": "s3:GetObject", "#
      + #""Resource": "arn:aws:s3:::logs/*"\#(rest)}"#)
}

private func key(_ principal: String, _ action: String = "kms:*", _ rest: String = "") -> String {
  policy(
    #"{"Effect": "Allow", "Principal": \#(principal), "Action": "\#(action)", "#
      + #""Resource": "*"\#(rest)}"#)
}

private func trust(_ principal: String, _ rest: String = "") -> String {
  policy(
    #"{"Effect": "Allow", "Principal": \#(principal), "Action": "sts:AssumeRole"\#(rest)}"#)
}

private let root = #"{"AWS": "arn:aws:iam::111122223333:root"}"#
private let roleArn = #"{"AWS": "arn:aws:iam::111122223333:role/service-role/copy"}"#
private let cloudTrail = #"{"Service": "cloudtrail.amazonaws.com"}"#
private let sourceArn =
  #", "Condition": {"StringEquals": {"aws:SourceArn": "arn:aws:cloudtrail:::eventdatastore/1"}}"#

private let identityCases: [DecisionCase] = [
  DecisionCase(
    name: "an identity policy allows",
    members: #""PolicyInputList": [\#(policy(allowGet))], \#(getObject)"#,
    decision: "allowed", matched: ["PolicyInputList.1"]),
  DecisionCase(
    name: "nothing allows",
    members: #""PolicyInputList": [\#(policy(allowGet))], "ActionNames": ["s3:PutObject"]"#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "no policy at all", members: getObject, decision: "implicitDeny"),
  DecisionCase(
    name: "of Allow and Deny only the Deny is listed",
    members:
      #""PolicyInputList": [\#(policy(allowGet)), \#(policy(allowAll, denyGet))], \#(getObject)"#,
    decision: "explicitDeny", matched: ["PolicyInputList.2"]),
  DecisionCase(
    name: "a key that nobody gave is missing, and its condition false",
    members: #""PolicyInputList": ["#
      + policy(
        #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "#
          + #""Condition": {"Bool": {"aws:SecureTransport": "true"}}}"#,
        #"{"Effect": "Allow", "Action": "s3:Put*", "Resource": "*", "#
          + #""Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}"#)
      + #"], \#(getObject)"#,
    decision: "implicitDeny", missing: ["aws:SecureTransport"]),
  DecisionCase(
    name: "a key that nobody gave makes a negated Deny hit",
    members: #""PolicyInputList": ["#
      + policy(
        allowGet,
        #"{"Effect": "Deny", "Action": "*", "Resource": "*", "#
          + #""Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}"#)
      + #"], \#(getObject)"#,
    decision: "explicitDeny", matched: ["PolicyInputList.1"], missing: ["aws:SourceVpce"]),
  DecisionCase(
    name: "a key that is given is not missing, whatever its case",
    members: #""PolicyInputList": ["#
      + policy(
        #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "#
          + #""Condition": {"Bool": {"AWS:securetransport": "true"}}}"#)
      + #"], \#(getObject), "ContextEntries": [{"ContextKeyName": "aws:SecureTransport", "#
      + #""ContextKeyValues": ["true"], "ContextKeyType": "boolean"}]"#,
    decision: "allowed", matched: ["PolicyInputList.1"]),
  DecisionCase(
    name: "a variable in Resource that has no value is missing",
    members: #""PolicyInputList": ["#
      + policy(
        #"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::logs/${aws:username}"}"#)
      + #"], \#(getObject)"#,
    decision: "implicitDeny", missing: ["aws:username"]),
  DecisionCase(
    name: "keys of the caller are not made up from CallerArn",
    members: #"\#(user), "PolicyInputList": ["#
      + policy(
        #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "#
          + #""Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#)
      + #"], \#(getObject)"#,
    decision: "implicitDeny", missing: ["aws:PrincipalAccount"]),
  DecisionCase(
    name: "a list is compared value by value",
    members: #""PolicyInputList": ["#
      + policy(
        #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "#
          + #""Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}}"#)
      + #"], \#(getObject), "ContextEntries": [{"ContextKeyName": "aws:TagKeys", "#
      + #""ContextKeyValues": ["a", "c"], "ContextKeyType": "stringList"}]"#,
    decision: "implicitDeny"),
]

private let layerCases: [DecisionCase] = [
  DecisionCase(
    name: "a boundary that allows",
    members: #""PolicyInputList": [\#(policy(allowGet))], \#(getObject), "#
      + #""PermissionsBoundaryPolicyInputList": [\#(policy(allowAll))]"#,
    decision: "allowed",
    matched: ["PolicyInputList.1", "PermissionsBoundaryPolicyInputList.1"], boundary: true),
  DecisionCase(
    name: "a boundary that does not allow",
    members: #""PolicyInputList": [\#(policy(allowGet))], "ActionNames": ["s3:GetBucketAcl"], "#
      + #""PermissionsBoundaryPolicyInputList": [\#(bucketless("s3:GetObject"))]"#,
    decision: "implicitDeny", boundary: false),
  DecisionCase(
    name: "a session policy limits",
    members: #""PolicyInputList": [\#(policy(allowGet))], "ActionNames": ["s3:GetBucketAcl"], "#
      + #""SessionPolicyInputList": [\#(bucketless("s3:GetObject"))]"#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "every level of service control policies must allow",
    members: #""PolicyInputList": [\#(policy(allowGet))], \#(getObject), "#
      + #""OrderedOrganizationPolicyInputList": ["#
      + #"{"ServiceControlPolicyInputList": [\#(policy(allowAll))]}, "#
      + #"{"ServiceControlPolicyInputList": [\#(bucketless("ec2:*"))]}]"#,
    decision: "implicitDeny", organizations: false),
  DecisionCase(
    name: "service control policies that allow on every level",
    members: #""PolicyInputList": [\#(policy(allowGet))], \#(getObject), "#
      + #""OrderedOrganizationPolicyInputList": ["#
      + #"{"ServiceControlPolicyInputList": [\#(policy(allowAll))]}, "#
      + #"{"ServiceControlPolicyInputList": [\#(bucketless("ec2:*")), \#(bucketless("s3:*"))]}]"#,
    decision: "allowed",
    matched: [
      "PolicyInputList.1",
      "OrderedOrganizationPolicyInputList.1.ServiceControlPolicyInputList.1",
      "OrderedOrganizationPolicyInputList.2.ServiceControlPolicyInputList.2",
    ], organizations: true),
  DecisionCase(
    name: "a resource control policy denies",
    members: #"\#(user), "PolicyInputList": [\#(policy(allowGet))], \#(getObject), "#
      + #""OrderedResourceControlPolicyInputList": [{"ResourceControlPolicyInputList": ["#
      + policy(
        #"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "#
          + #""Condition": {"Bool": {"aws:SecureTransport": "false"}}}"#)
      + #"]}], "ContextEntries": [{"ContextKeyName": "aws:SecureTransport", "#
      + #""ContextKeyValues": ["false"], "ContextKeyType": "boolean"}]"#,
    decision: "explicitDeny",
    matched: ["OrderedResourceControlPolicyInputList.1.ResourceControlPolicyInputList.1"]),
]

private func bucketless(_ action: String) -> String {
  policy(#"{"Effect": "Allow", "Action": "\#(action)", "Resource": "*"}"#)
}

private let resourceCases: [DecisionCase] = [
  DecisionCase(
    name: "a bucket policy is enough in one account",
    members:
      #"\#(role), "PolicyInputList": [], "ResourcePolicy": \#(bucket(roleArn)), \#(getObject)"#,
    decision: "allowed", matched: ["ResourcePolicy"]),
  DecisionCase(
    name: "a bucket policy that names the account leaves it to the identity policies",
    members: #"\#(role), "PolicyInputList": [], "ResourcePolicy": \#(bucket(root)), \#(getObject)"#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "a role's grant is limited by the boundary",
    members: #"\#(role), "ResourcePolicy": \#(bucket(roleArn)), \#(getObject), "#
      + #""PermissionsBoundaryPolicyInputList": [\#(bucketless("ec2:*"))]"#,
    decision: "implicitDeny", boundary: false),
  DecisionCase(
    name: "across accounts the bucket policy alone is not enough",
    members: #"\#(role), "ResourcePolicy": \#(bucket(roleArn)), \#(getObject), "#
      + #""ResourceOwner": "arn:aws:iam::444455556666:root""#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "across accounts both sides allow",
    members: #"\#(role), "PolicyInputList": [\#(policy(allowGet))], "#
      + #""ResourcePolicy": \#(bucket(roleArn)), \#(getObject), "#
      + #""ResourceOwner": "arn:aws:iam::444455556666:root""#,
    decision: "allowed", matched: ["PolicyInputList.1", "ResourcePolicy"]),
  DecisionCase(
    name: "another account without a resource policy has granted nothing",
    members: #"\#(role), "PolicyInputList": [\#(policy(allowGet))], \#(getObject), "#
      + #""ResourceOwner": "444455556666""#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "a session's ARN drops the role's path",
    members: #""CallerArn": "arn:aws:sts::111122223333:assumed-role/copy/s", "#
      + #""ResourcePolicy": \#(bucket(roleArn)), \#(getObject)"#,
    decision: "allowed", matched: ["ResourcePolicy"]),
  DecisionCase(
    name: "a session that is named itself is not limited by the boundary",
    members: #""CallerArn": "arn:aws:sts::111122223333:assumed-role/copy/s", "ResourcePolicy": "#
      + bucket(#"{"AWS": "arn:aws:sts::111122223333:assumed-role/copy/s"}"#)
      + #", \#(getObject), "PermissionsBoundaryPolicyInputList": [\#(bucketless("ec2:*"))]"#,
    decision: "allowed", matched: ["ResourcePolicy"], boundary: false),
  DecisionCase(
    name: "a key policy hands over to the account",
    members: #"\#(role), "PolicyInputList": [\#(bucketless("kms:Decrypt"))], "#
      + #""ResourcePolicy": \#(key(root)), \#(decrypt)"#,
    decision: "allowed", matched: ["PolicyInputList.1", "ResourcePolicy"]),
  DecisionCase(
    name: "without the key policy an identity policy is nothing",
    members: #"\#(role), "PolicyInputList": [\#(bucketless("kms:Decrypt"))], "#
      + #""ResourcePolicy": \#(key(roleArn, "kms:Encrypt")), \#(decrypt)"#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "the same policy of another kind of resource is enough",
    members: #"\#(role), "PolicyInputList": [\#(bucketless("kms:Decrypt"))], "#
      + #""ResourcePolicy": \#(key(roleArn, "kms:Encrypt")), \#(decrypt), "#
      + #""ResourcePolicyType": "s3""#,
    decision: "allowed", matched: ["PolicyInputList.1"]),
  DecisionCase(
    name: "a key that is in another account, by its ARN",
    members: #""CallerArn": "arn:aws:iam::444455556666:role/copy", "#
      + #""PolicyInputList": [\#(bucketless("kms:Decrypt"))], "#
      + #""ResourcePolicy": \#(key(root)), \#(decrypt)"#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "a trust policy that lets CloudTrail assume the role",
    members: #""CallerArn": "cloudtrail.amazonaws.com", "#
      + #""ResourcePolicy": \#(trust(cloudTrail, sourceArn)), \#(assume), "#
      + #""ContextEntries": [{"ContextKeyName": "aws:SourceArn", "ContextKeyValues": "#
      + #"["arn:aws:cloudtrail:::eventdatastore/1"], "ContextKeyType": "string"}]"#,
    decision: "allowed", matched: ["ResourcePolicy"]),
  DecisionCase(
    name: "a trust policy whose condition is about another store",
    members: #""CallerArn": "cloudtrail.amazonaws.com", "#
      + #""ResourcePolicy": \#(trust(cloudTrail, sourceArn)), \#(assume), "#
      + #""ContextEntries": [{"ContextKeyName": "aws:SourceArn", "ContextKeyValues": "#
      + #"["arn:aws:cloudtrail:::eventdatastore/2"], "ContextKeyType": "string"}]"#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "a service that the trust policy does not name",
    members:
      #""CallerArn": "ec2.amazonaws.com", "ResourcePolicy": \#(trust(cloudTrail)), \#(assume)"#,
    decision: "implicitDeny"),
  DecisionCase(
    name: "service control policies do not limit services",
    members: #""CallerArn": "cloudtrail.amazonaws.com", "ResourcePolicy": \#(trust(cloudTrail)), "#
      + #"\#(assume), "OrderedOrganizationPolicyInputList": ["#
      + #"{"ServiceControlPolicyInputList": [\#(bucketless("ec2:*"))]}]"#,
    decision: "allowed", matched: ["ResourcePolicy"]),
  DecisionCase(
    name: "root may do what its account may",
    members: #""CallerArn": "arn:aws:iam::111122223333:root", \#(getObject)"#,
    decision: "allowed"),
  DecisionCase(
    name: "root is denied by the bucket policy",
    members: #""CallerArn": "arn:aws:iam::111122223333:root", \#(getObject), "#
      + #""ResourcePolicy": \#(bucket(#""*""#, "Deny"))"#,
    decision: "explicitDeny", matched: ["ResourcePolicy"]),
  DecisionCase(
    name: "an identity provider's user",
    members:
      #""CallerArn": "accounts.google.com", "ActionNames": ["sts:AssumeRoleWithWebIdentity"], "#
      + #""ResourcePolicy": "#
      + policy(
        #"{"Effect": "Allow", "Principal": {"Federated": "accounts.google.com"}, "#
          + #""Action": "sts:AssumeRoleWithWebIdentity"}"#),
    decision: "allowed", matched: ["ResourcePolicy"]),
]

@Suite struct `Decisions` {
  @Test(arguments: identityCases + layerCases + resourceCases)
  func `A request is decided as AWS does`(_ example: DecisionCase) throws {
    let result = try answer("{\(example.members)}").onlyResult
    #expect(result["EvalDecision"]?.string == example.decision)
    #expect(result.matchedPolicies == example.matched)
    #expect(result.strings("MissingContextValues") == example.missing)
    #expect(
      result[path: "OrganizationsDecisionDetail", "AllowedByOrganizations"]?.boolean
        == example.organizations)
    #expect(
      result[path: "PermissionsBoundaryDecisionDetail", "AllowedByPermissionsBoundary"]?.boolean
        == example.boundary)
    #expect(result["OpenReasons"] == nil)
  }

  /// AWS CLI Command Reference, "simulate-custom-policy", examples 1 and 2.
  @Test(arguments: [("2019-04-25T11:00:00Z", "allowed"), ("2014-04-25T11:00:00Z", "implicitDeny")])
  func `The manual's examples have the manual's answers`(time: String, decision: String) throws {
    let policy =
      #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","#
      + #""Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"#
      + #""2018-08-16T12:00:00Z"}}}}"#
    let result = try answer(
      #"{"PolicyInputList": [\#(quotedJSON(policy))], "ActionNames": ["dynamodb:CreateBackup"], "#
        + #""ContextEntries": [{"ContextKeyName": "aws:CurrentTime", "#
        + #""ContextKeyValues": ["\#(time)"], "ContextKeyType": "date"}]}"#
    ).onlyResult
    #expect(result["EvalActionName"]?.string == "dynamodb:CreateBackup")
    #expect(result["EvalResourceName"]?.string == "*")
    #expect(result["EvalDecision"]?.string == decision)
    #expect(result.matchedPolicies == (decision == "allowed" ? ["PolicyInputList.1"] : []))
    #expect(result["MissingContextValues"]?.count == 0)
  }

  @Test func `Every action is decided on every resource, in order`() throws {
    let result = try answer(
      #"{"PolicyInputList": [\#(policy(allowGet))], "ActionNames": ["s3:GetObject", "s3:Put"], "#
        + #""ResourceArns": ["arn:aws:s3:::b/1", "arn:aws:s3:::b/2"]}"#)
    let rows = try #require(result["EvaluationResults"]).elements.map { row in
      ["EvalActionName", "EvalResourceName", "EvalDecision"].map {
        row[named: $0]?.string ?? ""
      }.joined(separator: " ")
    }
    #expect(
      rows == [
        "s3:GetObject arn:aws:s3:::b/1 allowed", "s3:GetObject arn:aws:s3:::b/2 allowed",
        "s3:Put arn:aws:s3:::b/1 implicitDeny", "s3:Put arn:aws:s3:::b/2 implicitDeny",
      ])
  }

  @Test func `A resource policy is read for each resource's own service`() throws {
    let open = policy(
      #"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "*", "Resource": "*"}"#)
    let result = try answer(
      #"{\#(role), "PolicyInputList": [\#(policy(allowAll))], "ResourcePolicy": \#(open), "#
        + #""ActionNames": ["kms:Decrypt"], "ResourceArns": "#
        + #"["arn:aws:kms:eu-west-1:111122223333:key/k", "arn:aws:s3:::b/1"]}"#)
    #expect(
      try #require(result["EvaluationResults"]).elements.map { $0["EvalDecision"]?.string }
        == ["allowed", "allowed"])
  }
}

@Suite struct `Open answers` {
  @Test func `A statement that AWS would refuse allows nothing and says so`() throws {
    let result = try answer(
      #"{"PolicyInputList": [{"Version": "2012-10-17", "Statement": "#
        + #"[{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principle": "*"}]}], \#(getObject)}"#
    ).onlyResult
    #expect(result["EvalDecision"]?.string == "implicitDeny")
    #expect(result.matchedPolicies == [])
    let reason = try #require(result["OpenReasons"]?.elements.first { _ in true })
    #expect(reason["SourcePolicyId"]?.string == "PolicyInputList.1")
    #expect(reason["StartPosition"] != nil)
    #expect(
      reason["Reason"]?.string
        == "AWS would refuse the statement as it is written: unknown element `Principle` in a statement"
    )
  }

  @Test func `A Deny that only may apply is no explicit deny`() throws {
    let result = try answer(
      #"{"PolicyInputList": ["#
        + policy(
          allowGet,
          #"{"Effect": "Deny", "Action": "*", "Resource": "*", "#
            + #""Condition": {"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}}}"#)
        + #"], \#(getObject)}"#
    ).onlyResult
    #expect(result["EvalDecision"]?.string == "implicitDeny")
    #expect(
      result["OpenReasons"]?.elements.compactMap { $0["Reason"]?.string } == [
        "whether `ForAnyValue:StringEqualsIfExists` on `aws:TagKeys` holds is not documented"
      ])
  }

  @Test func `A policy that is no object leaves its layer open`() throws {
    let result = try answer(
      #"{"PolicyInputList": ["[]", \#(policy(allowGet))], \#(getObject)}"#
    ).onlyResult
    #expect(result["EvalDecision"]?.string == "implicitDeny")
    let reason = try #require(result["OpenReasons"]?.elements.first { _ in true })
    #expect(reason["SourcePolicyId"]?.string == "PolicyInputList.1")
    #expect(
      reason["Reason"]?.string?.hasPrefix("the policy holds statements that cannot be read") == true
    )
  }
}
