import Evidence
import PolicyModel

@testable import Checks

/// A copy of which a snapshot holds all that is said.
struct SaidCase: Sendable {
  var name: String
  var owner: String
  var change: @Sendable (inout SampleCopy) -> Void

  /// A copy within one account.
  static func one(_ name: String, _ change: @escaping @Sendable (inout SampleCopy) -> Void)
    -> SaidCase
  {
    SaidCase(name: name, owner: "111122223333", change: change)
  }

  /// A copy of a bucket and with a key of another account.
  static func two(_ name: String, _ change: @escaping @Sendable (inout SampleCopy) -> Void)
    -> SaidCase
  {
    SaidCase(name: "\(name), across accounts", owner: "444455556666", change: change)
  }

  func report() throws -> Report {
    var copy = SampleCopy(owner: owner)
    change(&copy)
    return try copy.report
  }
}

/// One statement as JSON, its members in the order that people write them.
func said(
  _ effect: String, _ action: String = "*", on resource: String? = "*", to principal: String? = nil,
  if condition: String? = nil, sid: String? = nil
) -> String {
  func quoted(_ text: String) -> String {
    ["[", "{", "\""].contains { text.hasPrefix($0) } ? text : "\"\(text)\""
  }
  var members = sid.map { ["\"Sid\": \"\($0)\""] } ?? []
  members.append("\"Effect\": \"\(effect)\"")
  if let principal { members.append("\"Principal\": \(quoted(principal))") }
  members.append("\"Action\": \(quoted(action))")
  if let resource { members.append("\"Resource\": \(quoted(resource))") }
  if let condition { members.append("\"Condition\": {\(condition)}") }
  return "{\(members.joined(separator: ", "))}"
}

extension SampleCopy {
  /// A part of the ready copy's policies that names the copy's source.
  static let sourceCondition =
    "\"StringEquals\": {\"aws:SourceAccount\": \"111122223333\", \"aws:SourceArn\": \"\(store)\"}"

  /// Puts statements before the others of a document.
  mutating func add(_ document: WritableKeyPath<SampleCopy, String>, _ statements: String...) {
    let head = "\"Statement\": ["
    let parts = self[keyPath: document].split(
      separator: head, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "no list of statements")
    self[keyPath: document] =
      parts[0] + head + statements.map { $0 + ", " }.joined() + parts[1]
  }

  /// Makes statements all of a document.
  mutating func only(_ document: WritableKeyPath<SampleCopy, String>, _ statements: String...) {
    self[keyPath: document] =
      "{\"Version\": \"2012-10-17\", \"Statement\": [\(statements.joined(separator: ", "))]}"
  }

  /// Replaces a text of a document.
  mutating func replace(
    _ document: WritableKeyPath<SampleCopy, String>, _ old: String, _ new: String
  ) {
    self = replacing(document, old, new)
  }

  /// Changes the plan after what changes it already.
  mutating func then(_ next: @escaping @Sendable (inout CopyPlan) -> Void) {
    let first = change
    change = {
      first(&$0)
      next(&$0)
    }
  }

  private static func layer(_ path: String, _ kind: PolicyKind, _ statements: [String]) -> Policy? {
    let text =
      "{\"Version\": \"2012-10-17\", \"Statement\": [\(statements.joined(separator: ", "))]}"
    return try? policy(path, text, kind)
  }

  /// Attaches a permissions boundary.
  mutating func boundary(_ statements: String...) {
    then {
      $0.boundary = PolicyLayer(
        policies: [Self.layer("boundary.json", .boundary, statements)].compactMap(\.self))
    }
  }

  /// Attaches service control policies, each to a level of its own; to none where it has no name.
  mutating func serviceControl(_ levels: (name: String?, statements: [String])...) {
    then {
      $0.serviceControl = OrganizationLayer(
        levels: levels.map { level in
          .init(
            name: level.name,
            policies: [
              Self.layer("scp-\(level.name ?? "any").json", .serviceControl, level.statements)
            ].compactMap(\.self))
        })
    }
  }

  /// Attaches resource control policies to the root.
  mutating func resourceControl(_ statements: String...) {
    then {
      $0.resourceControl = OrganizationLayer(levels: [
        .init(
          name: "root",
          policies: [Self.layer("rcp.json", .resourceControl, statements)].compactMap(\.self))
      ])
    }
  }

  /// Gives the event data store a key of its own.
  mutating func storeKey(_ statements: String...) {
    then {
      $0.storeKey = KeyPlan(
        arn: .stated(
          "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321",
          by: "the store"),
        policy: PolicyLayer(
          policies: [Self.layer("store-key.json", .key, statements)].compactMap(\.self)))
    }
  }
}
