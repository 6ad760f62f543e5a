import PolicyModel
import Testing

@testable import Authorization

// Accounts, role and bucket of the tables: the role belongs to account 1, the bucket to account 1
// or, where both differ, to account 2.
let lakeAccount = "111122223333"
let otherAccount = "444455556666"
let roleARN = "arn:aws:iam::111122223333:role/service-role/Copy"
let sessionARN = "arn:aws:sts::111122223333:assumed-role/Copy/import"
let userARN = "arn:aws:iam::111122223333:user/Ann"
let storeARN = "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/11111111-2222-3333"
let keyARN = "arn:aws:kms:us-east-1:111122223333:key/0d0d"

/// What a table expects of a request.
enum Expected: Sendable, Hashable {
  case allowed
  case denied
  case open
}

extension Bounds {
  /// The decision these bounds amount to; nil where a free string is left.
  var decision: Expected? {
    switch certainty {
    case .yes: .allowed
    case .no: .denied
    case .perhaps: .open
    case nil: nil
    }
  }
}

/// A policy of the tables: a whole document, or statements in the language of 2012.
struct PolicySource: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  var text: String

  init(stringLiteral text: String) { self.text = text }

  init(arrayLiteral statements: String...) {
    text =
      #"{"Version": "2012-10-17", "Statement": ["# + statements.joined(separator: ", ") + "]}"
  }

  init(version: String?, _ statements: String...) {
    let version = version.map { #""Version": "\#($0)", "# } ?? ""
    text = "{\(version)\"Statement\": [" + statements.joined(separator: ", ") + "]}"
  }
}

/// One statement as JSON.
///
// `who`: is the value of Principal; nil for an identity policy's statement.
func statement(
  _ effect: String, _ action: String = #""*""#, on resource: String? = #""*""#,
  to who: String? = nil, not excluded: String? = nil, if condition: String? = nil
) -> String {
  var members = [#""Effect": "\#(effect)""#]
  if let who { members.append(#""Principal": \#(who)"#) }
  if let excluded { members.append(#""NotPrincipal": \#(excluded)"#) }
  members.append(#""Action": \#(action)"#)
  if let resource { members.append(#""Resource": \#(resource)"#) }
  if let condition { members.append(#""Condition": \#(condition)"#) }
  return "{" + members.joined(separator: ", ") + "}"
}

/// `{"AWS": …}`.
func aws(_ names: String...) -> String {
  #"{"AWS": ["# + names.map { "\"\($0)\"" }.joined(separator: ", ") + "]}"
}

func allow(_ who: String? = nil, if condition: String? = nil) -> String {
  statement("Allow", to: who, if: condition)
}

func deny(_ who: String? = nil, if condition: String? = nil) -> String {
  statement("Deny", to: who, if: condition)
}

func compiled(
  _ source: PolicySource, as kind: PolicyKind, number: Int = 0,
  references: inout ReferenceTable
) throws -> CompiledPolicy {
  let tree = try Tree.parse(Source(path: "policy.json", source.text), format: .json)
  return CompiledPolicy(
    Policy(reading: tree.root, as: kind), number: number, references: &references)
}

func compiled(_ source: PolicySource, as kind: PolicyKind) throws -> CompiledPolicy {
  var references = ReferenceTable()
  return try compiled(source, as: kind, references: &references)
}

/// The policies of a question, layer by layer.
struct Layers: Sendable {
  var identity: [PolicySource]? = []
  var resource: [PolicySource] = []
  var kind = PolicyKind.bucket
  var boundary: [PolicySource]?
  var session: [PolicySource]?
  var serviceControl: [[PolicySource]] = []
  var resourceControl: [[PolicySource]] = []
  var isUnleveled = false
  var isSameAccount = Certainty.yes
  var principalIsManagement = Certainty.no
  var resourceIsManagement = Certainty.no
  /// Layers that hold more than is given.
  var incomplete: Set<LayerKind> = []

  func question() throws -> AccessQuestion {
    var number = 0
    var references = ReferenceTable()
    func group(
      _ sources: [PolicySource], _ kind: PolicyKind, _ layer: LayerKind, isUnleveled: Bool = false
    ) throws -> PolicyGroup {
      var group = PolicyGroup(
        try sources.map {
          number += 1
          return try compiled($0, as: kind, number: number, references: &references)
        }, isComplete: !incomplete.contains(layer))
      group.isUnleveled = isUnleveled
      return group
    }
    let rule: ResourceRule =
      switch kind {
      case .key, .trust: .resourceFirst
      case .identity: .identityOnly
      case .bucket, .boundary, .session, .serviceControl, .resourceControl, .resource: .either
      }
    var question = AccessQuestion(
      identity: try identity.map { try group($0, .identity, .identity) },
      resource: try group(resource, kind, .resource), resourceRule: rule,
      isSameAccount: isSameAccount)
    question.boundary = try boundary.map { try group($0, .boundary, .boundary) }
    question.session = try session.map { try group($0, .session, .session) }
    question.serviceControl = try serviceControl.map {
      try group($0, .serviceControl, .serviceControl, isUnleveled: isUnleveled)
    }
    question.resourceControl = try resourceControl.map {
      try group($0, .resourceControl, .resourceControl)
    }
    question.principalIsManagement = principalIsManagement
    question.resourceIsManagement = resourceIsManagement
    return question
  }
}

/// The copy's role in its session, which nobody has named.
func session(named name: String? = nil) -> RequestPrincipal {
  .session(ofRole: .literal(roleARN), named: name)
}

let annUser = RequestPrincipal(.user(.literal(userARN)), account: lakeAccount, partition: "aws")
let rootUser = RequestPrincipal(.root, account: lakeAccount, partition: "aws")
let cloudTrail = RequestPrincipal.service("cloudtrail.amazonaws.com")

func request(
  by principal: RequestPrincipal = session(), _ action: String = "s3:GetObject",
  on resource: String = "arn:aws:s3:::logs/a", _ context: [String: ContextValue] = [:],
  unlisted: ContextValue = .absent
) -> Request {
  var keys = RequestContext(unlisted: unlisted)
  for (name, value) in context { keys[name] = value }
  return Request(principal: principal, action: action, resource: resource, context: keys)
}

func request(_ context: [String: ContextValue]) -> Request {
  request(by: session(), "s3:GetObject", on: "arn:aws:s3:::logs/a", context)
}

/// One line of a table: what `docs/semantics.md` calls by the same name.
struct DecisionCase: Sendable, CustomTestStringConvertible {
  /// The row of `docs/semantics.md` it shows.
  var row: String
  /// What sets it apart from the row's other cases.
  var note: String
  var layers: Layers
  var request: Request
  var expected: Expected

  init(
    _ row: String, _ note: String, _ layers: Layers, _ request: Request, _ expected: Expected
  ) {
    self.row = row
    self.note = note
    self.layers = layers
    self.request = request
    self.expected = expected
  }

  init(_ row: String, _ layers: Layers, _ request: Request, _ expected: Expected) {
    self.init(row, "", layers, request, expected)
  }

  var testDescription: String { note.isEmpty ? row : "\(row): \(note)" }

  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let decision = try layers.question().evaluate(request).allowed.decision
    #expect(decision == expected, sourceLocation: sourceLocation)
  }
}
