import PolicyModel
import Testing

@testable import Authorization

private let everything: PolicySource = [allow()]

@Suite struct `Flawed policies and layers nobody knows` {
  static let statements: [DecisionCase] = [
    DecisionCase(
      "flawed-statement", "an Allow proves nothing",
      Layers(identity: [[#"{"Effect": "Allow", "Action": "*", "Resource": "logs"}"#]]),
      request(on: "logs"), .open),
    DecisionCase(
      "flawed-statement", "a Deny may deny",
      Layers(identity: [
        everything, [#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Prinzipal": "*"}"#],
      ]), request(), .open),
    DecisionCase(
      "flawed-statement", "what surely does not match does not",
      Layers(identity: [
        everything,
        [#"{"Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Prinzipal": "*"}"#],
      ]), request(), .allowed),
    DecisionCase(
      "flawed-statement", "the other statements count",
      Layers(identity: [[allow(), #"{"Effect": "Allow", "Action": "x", "Resource": "*"}"#]]),
      request(), .allowed),
    DecisionCase(
      "flawed-statement", "an effect nobody can read, beside an Allow",
      Layers(identity: [[allow(), #"{"Effect": "deny", "Action": "*", "Resource": "*"}"#]]),
      request(), .open),
    DecisionCase(
      "flawed-statement", "an effect nobody can read, alone",
      Layers(identity: [[#"{"Effect": "allow", "Action": "*", "Resource": "*"}"#]]), request(),
      .open),
    DecisionCase(
      "flawed-statement", "a Principal in an identity policy",
      Layers(identity: [[allow("\"*\"")]]), request(), .open),
    DecisionCase(
      "flawed-statement", "no Principal in a bucket policy",
      Layers(resource: [[allow()]]), request(), .open),
    DecisionCase(
      "flawed-statement", "neither Action nor NotAction",
      Layers(identity: [[#"{"Effect": "Allow", "Resource": "*"}"#]]), request(), .open),
    DecisionCase(
      "flawed-statement", "an action with two colons",
      Layers(identity: [[statement("Allow", #""s3:Get:Object""#)]]), request(), .open),
    DecisionCase(
      "flawed-statement", "an empty list of actions",
      Layers(identity: [[statement("Allow", "[]")]]), request(), .open),
    DecisionCase(
      "flawed-statement", "an empty list of resources",
      Layers(identity: [[statement("Allow", on: "[]")]]), request(), .open),
    DecisionCase(
      "flawed-statement", "both Action and NotAction",
      Layers(identity: [
        [#"{"Effect": "Allow", "Action": "*", "NotAction": "ec2:*", "Resource": "*"}"#]
      ]), request(), .open),
    DecisionCase(
      "flawed-statement", "a flawed item of Action may be any action",
      Layers(identity: [[allow(), #"{"Effect": "Deny", "Action": "Get", "Resource": "*"}"#]]),
      request(), .open),
    DecisionCase(
      "hidden-statement", "an element that is no statement",
      Layers(identity: [
        #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, 1]}"#
      ]), request(), .open),
    DecisionCase(
      "unreadable-document", "is an unknown layer", Layers(identity: ["[]"]), request(), .open),
    DecisionCase(
      "unreadable-document", "beside one that allows", Layers(identity: [everything, "7"]),
      request(), .open),
    DecisionCase(
      "unknown-layer", "what is known allows, what is not may deny",
      Layers(identity: [everything], incomplete: [.identity]), request(), .open),
    DecisionCase(
      "unknown-layer", "what is known denies",
      Layers(identity: [[deny()]], incomplete: [.identity]), request(), .denied),
    DecisionCase(
      "unknown-layer", "a bucket policy",
      Layers(identity: [everything], incomplete: [.resource]), request(), .open),
    DecisionCase(
      "unknown-layer", "a boundary",
      Layers(identity: [everything], boundary: [], incomplete: [.boundary]), request(), .open),
    DecisionCase(
      "unknown-layer", "a level of service control policies",
      Layers(
        identity: [everything], serviceControl: [[everything]], incomplete: [.serviceControl]),
      request(), .open),
    DecisionCase(
      "unknown-layer", "both sides of another account",
      Layers(
        identity: [], isSameAccount: .no, incomplete: [.resource]), request(), .denied),
  ]

  @Test(arguments: statements)
  func `Apply perhaps`(_ example: DecisionCase) throws { try example.check() }
}

/// Text with references that a template left in it.
@Suite struct `Texts with references` {
  private static let role = PolicyText.Symbol(resource: "Role", attribute: "Arn")
  private static let bucket = PolicyText.Symbol(resource: "Bucket", attribute: "Arn")

  /// Whether a pattern with references matches a text with references.
  private func match(
    _ pattern: [PolicyText.Segment], _ text: [PolicyText.Segment],
    _ syntax: PatternTemplate.Syntax = .resource
  ) -> Expected? {
    var references = ReferenceTable()
    let template = PatternTemplate(
      .segments(pattern), syntax: syntax, allowsVariables: true, references: &references)
    let subject = references.requestText(.segments(text))
    guard let ready = template.pattern(in: RequestContext(unlisted: .absent)) else { return nil }
    return Bounds.match(ready, subject).decision
  }

  // `reference-equals-itself`
  @Test func `A reference is equal to itself, and covered by a star`() {
    #expect(match([.symbol(Self.bucket)], [.symbol(Self.bucket)]) == .allowed)
    #expect(
      match([.symbol(Self.bucket), .literal("/*")], [.symbol(Self.bucket), .literal("/a")])
        == .allowed)
    #expect(match([.literal("*")], [.symbol(Self.bucket)]) == .allowed)
    #expect(
      match(
        [.literal("arn:aws:s3:::*/a")],
        [.literal("arn:aws:s3:::"), .symbol(Self.bucket), .literal("/a")])
        == .allowed)
  }

  // `reference-perhaps`
  @Test func `A reference matches another text perhaps`() {
    #expect(match([.symbol(Self.bucket)], [.symbol(Self.role)]) == .open)
    #expect(match([.symbol(Self.bucket)], [.literal("arn:aws:s3:::logs")]) == .open)
    #expect(match([.literal("arn:aws:s3:::logs")], [.symbol(Self.bucket)]) == .open)
    #expect(match([.unknown(reason: "")], [.literal("a")]) == .open)
    #expect(match([.unknown(reason: "")], [.unknown(reason: "")]) == .open)
    #expect(match([.literal("?")], [.symbol(Self.bucket)]) == .open)
  }

  // `reference-perhaps`
  @Test func `What stands around a reference may rule a match out`() {
    #expect(
      match([.literal("arn:aws:s3:::a-"), .symbol(Self.bucket)], [.literal("arn:aws:s3:::b-1")])
        == .denied)
    #expect(
      match([.literal("arn:aws:s3:::a")], [.literal("arn:aws:s3:::b"), .symbol(Self.bucket)])
        == .denied)
  }

  private func decision(
    _ principal: PolicyText, asking role: PolicyText, account: String? = lakeAccount
  ) throws -> Expected? {
    let text =
      #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "#
      + #""Principal": {"AWS": "?"}, "Action": "*", "Resource": "*"}]}"#
    let tree = try Tree.parse(Source(path: "template.json", text), format: .json)
    var entries = tree.entries
    for index in entries.indices where Node(tree: tree, index: index).string == "?" {
      entries[index].kind = .reference
      entries[index].detail = 0
    }
    let filled = Tree(
      source: tree.source, text: tree.text, entries: entries, strings: tree.strings,
      references: [principal])
    let policy = CompiledPolicy(Policy(reading: filled.root, as: .bucket))
    let question = AccessQuestion(
      identity: PolicyGroup([]), resource: PolicyGroup([policy]), resourceRule: .either,
      isSameAccount: .yes)
    let asking = RequestPrincipal(
      .roleSession(role: role, session: nil), account: account, partition: "aws")
    return question.evaluate(request(by: asking)).allowed.decision
  }

  // `reference-principal`
  @Test func `A role that is made with the template is named by its reference`() throws {
    let role = PolicyText.segments([.symbol(Self.role)])
    let other = PolicyText.segments([.symbol(Self.bucket)])
    #expect(try decision(role, asking: role) == .allowed)
    #expect(try decision(other, asking: role) == .open)
    #expect(try decision(.literal(roleARN), asking: role) == .open)
    #expect(try decision(role, asking: .literal(roleARN)) == .open)
    #expect(try decision(.literal(userARN), asking: role) == .denied)
    #expect(try decision(.literal("arn:aws:iam::444455556666:role/x"), asking: role) == .denied)
  }
}
