import PolicyModel
import Testing

/// Numbers that look random and are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A value that can be written as JSON and as YAML.
indirect enum PolicyValue: Sendable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([PolicyValue])
  case object([(String, PolicyValue)])

  var json: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let text): text
    case .string(let text): Self.quoted(text)
    case .array(let values): "[" + values.map(\.json).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.0) + ": " + $0.1.json }.joined(separator: ", ") + "}"
    }
  }

  /// Block style, one value a line.
  func yaml(indent: String = "") -> String {
    switch self {
    case .null: return " null\n"
    case .boolean(let value): return " \(value)\n"
    case .number(let text): return " \(text)\n"
    case .string(let text): return " \(Self.quoted(text))\n"
    case .array(let values):
      if values.isEmpty { return " []\n" }
      return "\n"
        + values.map { "\(indent)-" + $0.yaml(indent: indent + "  ") }.joined()
    case .object(let members):
      if members.isEmpty { return " {}\n" }
      return "\n"
        + members.map { "\(indent)\(Self.quoted($0.0)):" + $0.1.yaml(indent: indent + "  ") }
        .joined()
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

/// Writes policies that are right in part.
struct PolicyWriter {
  var numbers: SeededNumbers
  /// Whether there are numbers, which YAML reads as text.
  var writesNumbers: Bool

  private static let names = [
    "Version", "Id", "Statement", "Statements", "Sid", "Effect", "effect", "Principal",
    "NotPrincipal", "Action", "Actions", "NotAction", "Resource", "NotResource", "Condition", "AWS",
    "Service", "Federated", "aws", "StringEquals", "StringLikes", "NumericLessThan", "Bool", "Null",
    "NullIfExists", "ArnLike", "IpAddress", "DateLessThan", "BinaryEquals", "aws:SourceArn",
    "AWS:sourcearn", "SourceArn", "", "é", "~/",
  ]
  private static let texts = [
    "2012-10-17", "2008-10-17", "2012", "Allow", "Deny", "allow", "*", "", "s3:GetObject", "s3",
    "a:b:c",
    "arn:aws:s3:::logs/*", "arn:aws:s3:logs", "arn:aws:s3:::${aws:username}", "${", "arn:x:y", "—",
    "111122223333", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::1:role/*", "true", "10",
    "203.0.113.0/24", "cloudtrail.amazonaws.com", "cloudtrail", "a b", "A",
  ]

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &numbers) < percent
  }

  private mutating func text() -> PolicyValue {
    .string(Self.texts.randomElement(using: &numbers) ?? "")
  }

  /// Anything at all.
  mutating func anything(depth: Int) -> PolicyValue {
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0: return .null
    case 1: return .boolean(chance(50))
    case 2 where writesNumbers: return .number("\(Int.random(in: -9...9, using: &numbers))")
    case 3...5 where depth > 0:
      return .array(
        (0..<Int.random(in: 0...3, using: &numbers)).map { _ in anything(depth: depth - 1) })
    case 6...7 where depth > 0:
      return .object(
        (0..<Int.random(in: 0...4, using: &numbers)).map { _ in
          (Self.names.randomElement(using: &numbers) ?? "", anything(depth: depth - 1))
        })
    default: return text()
    }
  }

  private mutating func oneOrMany(_ value: PolicyValue) -> PolicyValue {
    chance(50) ? value : .array([value, text()])
  }

  private mutating func perhaps(_ value: PolicyValue) -> PolicyValue {
    chance(10) ? anything(depth: 2) : value
  }

  private mutating func name(_ name: String) -> String {
    chance(3) ? Self.names.randomElement(using: &numbers) ?? name : name
  }

  /// A statement whose elements are there, in place and right more often than not.
  mutating func statement() -> PolicyValue {
    var members: [(String, PolicyValue)] = []
    if chance(30) { members.append((name("Sid"), perhaps(.string(chance(80) ? "A" : "b c")))) }
    if chance(95) {
      members.append((name("Effect"), perhaps(.string(chance(50) ? "Allow" : "Deny"))))
    }
    if chance(50) {
      let map = PolicyValue.object([(name("AWS"), oneOrMany(text())), (name("Service"), text())])
      members.append(
        (name(chance(80) ? "Principal" : "NotPrincipal"), perhaps(chance(40) ? .string("*") : map)))
    }
    if chance(95) { members.append((name("Action"), perhaps(oneOrMany(.string("s3:GetObject"))))) }
    if chance(5) { members.append(("NotAction", text())) }
    if chance(90) { members.append((name("Resource"), perhaps(oneOrMany(text())))) }
    if chance(40) {
      let block = PolicyValue.object([
        (
          name("StringEquals"),
          .object([(name("aws:SourceArn"), oneOrMany(text())), (name("aws:x"), text())])
        ),
        (name("Bool"), perhaps(.object([(name("aws:y"), oneOrMany(text()))]))),
        (name("IpAddress"), .object([("aws:z", text())])),
      ])
      members.append((name("Condition"), perhaps(block)))
    }
    return .object(chance(3) ? members + members : members.shuffled(using: &numbers))
  }

  mutating func policy() -> PolicyValue {
    if chance(5) { return anything(depth: 4) }
    var members: [(String, PolicyValue)] = []
    if chance(80) { members.append((name("Version"), perhaps(.string("2012-10-17")))) }
    let statements = (0..<Int.random(in: 0...4, using: &numbers)).map { _ in
      chance(95) ? statement() : anything(depth: 2)
    }
    members.append((name("Statement"), chance(80) ? .array(statements) : statement()))
    return .object(members)
  }
}

@Suite struct `Any document read as a policy` {
  static let kinds: [PolicyKind] = [
    .identity, .trust, .bucket, .key, .boundary, .session, .serviceControl, .resourceControl,
    .resource,
  ]

  @Test(arguments: kinds) func `It is read, and findings and statements agree`(_ kind: PolicyKind)
    throws
  {
    for seed in 0..<400 {
      var writer = PolicyWriter(numbers: SeededNumbers(seed: UInt64(seed)), writesNumbers: true)
      let text = writer.policy().json
      let policy = try policy(text, as: kind)
      for finding in policy.findings {
        let place = try #require(finding.place)
        #expect(place.range.upperBound <= text.utf8.count && !place.range.isEmpty, "\(text)")
        #expect(!finding.message.isEmpty && !finding.message.contains("\n"))
      }
      for statement in policy.statements {
        // An error whose place lies in the statement is what keeps it from applying as written.
        let range = statement.node.range
        let hasError = policy.findings.contains { finding in
          finding.severity == .error
            && finding.place.map { range.contains($0.range.lowerBound) } ?? false
        }
        #expect(statement.isWellFormed == !hasError, "\(text)")
        #expect(statement.effect != nil || !statement.isWellFormed, "\(text)")
        #expect(statement.actions != nil || !statement.isWellFormed, "\(text)")
        #expect(
          !statement.isWellFormed || kind.namesPrincipals == (statement.principals != nil),
          "\(text)")
      }
      if policy.isUnreadable { #expect(policy.statements.isEmpty && !policy.findings.isEmpty) }
      if policy.mayHoldFurtherStatements {
        #expect(policy.findings.contains { $0.severity == .error }, "\(text)")
      }
    }
  }

  @Test(arguments: kinds) func `JSON and YAML of one policy give the same findings`(
    _ kind: PolicyKind
  ) throws {
    for seed in 1_000..<1_300 {
      var writer = PolicyWriter(numbers: SeededNumbers(seed: UInt64(seed)), writesNumbers: false)
      let value = writer.policy()
      let json = try policy(value.json, as: kind)
      let yaml = try policy(value.yaml(), as: kind, format: .yaml)
      #expect(json.findings.map(\.message) == yaml.findings.map(\.message), "\(value.json)")
      #expect(json.findings.map(\.help) == yaml.findings.map(\.help))
      #expect(json.findings.map(\.severity) == yaml.findings.map(\.severity))
      #expect(json.findings.map { $0.place?.pointer } == yaml.findings.map { $0.place?.pointer })
      #expect(json.statements.map(\.isWellFormed) == yaml.statements.map(\.isWellFormed))
      #expect(json.statements.map(\.effect) == yaml.statements.map(\.effect))
      #expect(json.isUnreadable == yaml.isUnreadable)
      #expect(json.mayHoldFurtherStatements == yaml.mayHoldFurtherStatements)
    }
  }

  @Test func `A policy that is right gives no finding after any reordering`() throws {
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<50 {
      let statement = PolicyValue.object(
        [
          ("Sid", PolicyValue.string("A")), ("Effect", .string("Allow")),
          ("Action", .array([.string("s3:GetObject")])),
          ("Resource", .string("arn:aws:s3:::logs/*")),
          ("Condition", .object([("Bool", .object([("aws:SecureTransport", .boolean(true))]))])),
        ].shuffled(using: &numbers))
      let members = [("Version", PolicyValue.string("2012-10-17")), ("Statement", statement)]
      let text = PolicyValue.object(members.shuffled(using: &numbers)).json
      #expect(try policy(text, as: .identity).findings == [])
    }
  }
}
