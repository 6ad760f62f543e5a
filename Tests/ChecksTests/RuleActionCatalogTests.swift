import Foundation
import Rules
import Testing

@testable import Checks

@Suite struct `Actions by name` {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var judgement: ActionCatalog.Judgement

    var testDescription: String { text }

    init(_ text: String, _ judgement: ActionCatalog.Judgement) {
      self.text = text
      self.judgement = judgement
    }
  }

  @Test(arguments: [
    Case("s3:GetObject", .known),
    Case("S3:getobject", .known),
    Case("*", .known),
    Case("s3:*", .known),
    Case("s3:Get*", .known),
    Case("s3:?etObject", .known),
    Case("*:GetObject", .known),
    // First and last of the table, and the neighbours of a service whose name begins another's.
    Case("a4b:ApproveSkill", .known),
    Case("xray:UpdateTraceSegmentDestination", .known),
    Case("s3-object-lambda:GetObject", .known),
    Case("s3:GetObjet", .unknownAction(suggestion: "s3:GetObject")),
    Case("s3:ListObjects", .unknownAction(suggestion: "s3:ListBucket")),
    Case("s3:HeadObject", .unknownAction(suggestion: "s3:GetObject")),
    Case("cloudtrail:BeginImport", .unknownAction(suggestion: nil)),
    Case("kms:Decript*", .unknownAction(suggestion: nil)),
    Case("ec2:DescribeInstancs", .unknownAction(suggestion: "ec2:DescribeInstances")),
    Case("cloudtrial:StartImport", .unknownService(suggestion: "cloudtrail:StartImport")),
    Case("zocalo:*", .unlisted),
    Case("ec2:SomethingNewFromLastWeek", .unlisted),
    Case("no-colon", .known),
    Case("s3:Get:Object", .known),
  ])
  func `An action is judged by its name`(_ example: Case) {
    #expect(ActionCatalog.judgement(of: example.text) == example.judgement)
  }

  @Test func `Every action of the table is found by searching it`() {
    let lines = SortedLines(text: ActionTables.actions).lines(startingWith: [])
    #expect(lines.count > 20_000)
    let missing = lines.filter { ActionCatalog.judgement(of: $0.uppercased()) != .known }
    #expect(missing == [])
  }

  @Test func `No managed policy of AWS has an action that does not exist`() throws {
    let policies = try ManagedPolicies.all()
    let found = policies.flatMap { name, policy in
      ManagedPolicies.texts(under: ["Action", "NotAction"], in: policy).compactMap { text in
        switch ActionCatalog.judgement(of: text) {
        case .known, .unlisted: nil as String?
        case .unknownAction, .unknownService: "\(name): \(text)"
        }
      }
    }
    #expect(found == [])
  }
}

@Suite struct `Condition keys by name` {
  struct Case: Sendable, CustomTestStringConvertible {
    var key: String
    var judgement: ConditionKeyCatalog.Judgement

    var testDescription: String { key }

    init(_ key: String, _ judgement: ConditionKeyCatalog.Judgement) {
      self.key = key
      self.judgement = judgement
    }
  }

  @Test(arguments: [
    Case("aws:SourceArn", .known),
    Case("AWS:sourcearn", .known),
    Case("aws:PrincipalTag/team", .known),
    Case("s3:ExistingObjectTag/class", .known),
    Case("kms:EncryptionContext:aws:s3:arn", .known),
    Case("accounts.google.com:aud", .known),
    Case("aws:PrincipalTag/", .unlisted),
    Case("aws:SourceAcount", .unknown(suggestion: "aws:SourceAccount")),
    Case("s3:prefx", .unknown(suggestion: "s3:prefix")),
    Case("kms:Nothing", .unknown(suggestion: nil)),
    Case("aws:KeyOfNextYear", .unlisted),
    Case("oidc.example.com/id/1:sub", .unlisted),
    Case("plain", .unlisted),
  ])
  func `A condition key is judged by its name`(_ example: Case) {
    #expect(ConditionKeyCatalog.judgement(of: example.key) == example.judgement)
  }

  @Test func `No managed policy of AWS has a condition key that does not exist`() throws {
    let found = try ManagedPolicies.all().flatMap { name, policy in
      ManagedPolicies.conditionKeys(in: policy).compactMap { key in
        if case .unknown = ConditionKeyCatalog.judgement(of: key) { "\(name): \(key)" } else { nil }
      }
    }
    #expect(found == [])
  }
}

/// Policies that AWS manages, where they are at hand.
private enum ManagedPolicies {
  static func all() throws -> [(name: String, policy: Any)] {
    let folder = RuleFiles.root.appending(path: "../shared/corpora/aws-managed-policies")
    let path = folder.path(percentEncoded: false)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      try Test.cancel("the managed policies are not at hand")
    }
    return try names.filter { $0.hasSuffix(".json") }.sorted().map { name in
      let data = try Data(contentsOf: folder.appending(path: name))
      return (name, try JSONSerialization.jsonObject(with: data))
    }
  }

  /// All texts under members of these names.
  static func texts(under names: Set<String>, in value: Any) -> [String] {
    switch value {
    case let object as [String: Any]:
      object.flatMap { name, value in
        names.contains(name)
          ? (value as? [String]) ?? (value as? String).map { [$0] } ?? []
          : texts(under: names, in: value)
      }
    case let array as [Any]: array.flatMap { texts(under: names, in: $0) }
    default: []
    }
  }

  static func conditionKeys(in value: Any) -> [String] {
    switch value {
    case let object as [String: Any]:
      object.flatMap { name, value in
        name == "Condition"
          ? ((value as? [String: [String: Any]]) ?? [:]).values.flatMap(\.keys)
          : conditionKeys(in: value)
      }
    case let array as [Any]: array.flatMap { conditionKeys(in: $0) }
    default: []
    }
  }
}
