import PolicyModel
import Testing

@testable import Simulation

/// A document that is refused: the mark shows where.
struct RefusedCase: Sendable, CustomTestStringConvertible {
  var document: String
  var message: String

  init(_ document: String, _ message: String) {
    self.document = document
    self.message = message
  }

  var testDescription: String { "\(message): \(document)" }
}

private let refused = [
  RefusedCase("«[]»", "expected an object with `ActionNames` and policies"),
  RefusedCase("«{}»", "`ActionNames` is missing"),
  RefusedCase(#"{«"ActionName"»: ["s3:a"]}"#, "unknown member `ActionName`"),
  RefusedCase(#"{"ActionNames": [], «"ActionNames"»: ["s3:a"]}"#, "`ActionNames` is given twice"),
  RefusedCase(#"{"ActionNames": «"s3:a"»}"#, "expected a list of strings"),
  RefusedCase(#"{"ActionNames": [«3»]}"#, "expected an action as a string"),
  RefusedCase(#"{"ActionNames": [«"GetObject"»]}"#, "`GetObject` is no action"),
  RefusedCase(#"{"ActionNames": ["s3:a", «"s3:Get*"»]}"#, "`s3:Get*` is no action"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "ResourceArns": [«null»]}"#, "expected an ARN as a string"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "PolicyInputList": [«4»]}"#,
    "expected a policy, as a string or an object"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "PolicyInputList": ["{\"Statement\": []«»"]}"#,
    "object is not closed"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "CallerArn": «"anna"»}"#, "unknown kind of caller `anna`"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "CallerArn": «"arn:aws:iam::1:group/a"»}"#,
    "unknown kind of caller `arn:aws:iam::1:group/a`"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "CallerArn": «"arn:aws:sts::111122223333:assumed-role/a"»}"#,
    "unknown kind of caller `arn:aws:sts::111122223333:assumed-role/a`"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "ResourceOwner": «"me"»}"#, "`me` names no account"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "ResourcePolicyType": «"S3"»}"#,
    "unknown type `S3` of a resource policy"),
  RefusedCase(
    #"«{"ActionNames": ["s3:a"], "ResourcePolicy": "{}"}»"#,
    "`ResourcePolicy` needs `CallerArn`, for its `Principal` to be compared with"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "CallerArn": "ec2.amazonaws.com", "PolicyInputList": [«"{}"»]}"#,
    "the caller has no identity policies"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "PermissionsBoundaryPolicyInputList": ["{}", «"{}"»]}"#,
    "more than one permissions boundary"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "OrderedOrganizationPolicyInputList": [«{}»]}"#,
    "the level has no `ServiceControlPolicyInputList`"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "OrderedOrganizationPolicyInputList": [{«"Policies"»: []}]}"#,
    "unknown member `Policies` of a level"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "ContextEntries": [«{"ContextKeyValues": ["a"]}»]}"#,
    "the context entry has no `ContextKeyName`"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "ContextEntries": [«{"ContextKeyName": "aws:a"}»]}"#,
    "the context entry has no `ContextKeyValues`"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "ContextEntries": [{"ContextKeyName": "aws:a", "#
      + #""ContextKeyValues": [«true»]}]}"#,
    "expected a value as a string"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "ContextEntries": [{"ContextKeyName": "aws:a", "#
      + #""ContextKeyValues": ["a"], "ContextKeyType": «"text"»}]}"#,
    "unknown type `text` of a context key"),
  RefusedCase(
    #"{"ActionNames": ["s3:a"], "ContextEntries": ["#
      + #"{"ContextKeyName": "aws:a", "ContextKeyValues": ["a"]}, "#
      + #"«{"ContextKeyName": "AWS:A", "ContextKeyValues": ["a"]}»]}"#,
    "context key `AWS:A` is given twice"),
]

@Suite struct `Documents that are refused` {
  @Test(arguments: refused)
  func `A document is refused at the mark`(_ example: RefusedCase) throws {
    let parts = example.document.split(separator: "«", omittingEmptySubsequences: false)
    let rest = parts[1].split(separator: "»", omittingEmptySubsequences: false)
    let start = parts[0].utf8.count
    let found = try #require(problem("\(parts[0])\(rest[0])\(rest[1])"))
    #expect(found.message.hasPrefix(example.message))
    #expect(found.place.range == start..<start + rest[0].utf8.count)
  }

  @Test func `Lists that multiply to too many decisions are refused`() throws {
    let actions = [String](repeating: #""s3:a""#, count: 1000).joined(separator: ",")
    let found = problem(#"{"ActionNames": [\#(actions)], "ResourceArns": [\#(actions)]}"#)
    #expect(found?.message == "the document asks for more than 100000 decisions")
  }

  @Test func `An answer to a refused document holds its error alone`() throws {
    let found = try #require(problem("{\n  \"ActionNames\": 1}"))
    let root = try Tree.parse(Source(path: "", text: found.answer), format: .json).root
    #expect(root.members.map(\.name) == ["error"])
    #expect(root["error"]?["line"]?.integer == 2)
    #expect(root["error"]?["column"]?.integer == 18)
  }
}

@Suite struct `Documents that are accepted` {
  @Test func `The skeleton of the AWS CLI with its empty members is`() throws {
    let result = try answer(
      #"{"PolicyInputList": [], "PermissionsBoundaryPolicyInputList": [], "ActionNames": ["s3:a"], "#
        + #""ResourceArns": [], "ResourcePolicy": "", "ResourceOwner": "", "CallerArn": "", "#
        + #""ContextEntries": [], "ResourceHandlingOption": "", "MaxItems": 0, "Marker": ""}"#
    ).onlyResult
    #expect(result["EvalResourceName"]?.string == "*")
    #expect(result["EvalDecision"]?.string == "implicitDeny")
    #expect(result["PermissionsBoundaryDecisionDetail"] == nil)
  }
}
