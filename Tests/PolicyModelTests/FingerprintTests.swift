import PolicyModel
import Testing

@Suite struct `Fingerprints of findings` {
  private static let first = #"{"Sid": "A", "Effect": "Allow", "Action": ["s3:*", "x"]}"#
  private static let second = #"{"Sid": "B", "Effect": "Allow", "Action": ["s3:*"]}"#
  private static let unnamed = #"{"Effect": "Allow", "Action": ["s3:*"]}"#

  private static func policy(_ statements: String...) -> String {
    #"{"Statement": [\#(statements.joined(separator: ", "))]}"#
  }

  /// The fingerprints of a finding at every `"s3:*"` of a document.
  private func fingerprints(
    _ text: String, path: String = "a.json", message: String = "m"
  ) throws -> [String] {
    let tree = try Tree.parse(Source(path: path, text))
    var found: [Place] = []
    func visit(_ node: Node) {
      if node.kind == .string, node.string == "s3:*" { found.append(node.place) }
      if node.kind == .string, let text = node.string, text.hasPrefix("{"),
        let inner = try? node.embeddedDocument()
      {
        visit(inner.root)
      }
      for element in node.elements { visit(element) }
      for member in node.members { visit(member.value) }
    }
    visit(tree.root)
    var fingerprints = Fingerprints()
    return found.map { fingerprints.next(Finding("rule", .error, message, at: $0)) }
  }

  struct Change: Sendable, CustomTestStringConvertible {
    var name: String
    var before: String
    var after: String
    var testDescription: String { name }
  }

  static let harmless = [
    Change(
      name: "lines inserted above", before: policy(first),
      after: "{\n\n\"Version\": \"2012-10-17\",\n" + policy(first).dropFirst()),
    Change(
      name: "other white space", before: policy(first),
      after: policy(first.replacing(" ", with: "\n\t"))),
    Change(
      name: "statements in another order", before: policy(first, second),
      after: policy(second, first)),
    Change(
      name: "unnamed statements in another order", before: policy(first, unnamed, second),
      after: policy(unnamed, second, first)),
    Change(
      name: "a statement inserted before", before: policy(first),
      after: policy(#"{"Sid": "New", "Effect": "Deny", "Action": "s3:Get*"}"#, first)),
    Change(
      name: "other actions beside", before: policy(first),
      after: policy(first.replacing(#"["s3:*""#, with: #"["a", "s3:*""#))),
    Change(
      name: "statements of an embedded document in another order",
      before: #"{"Policy": "\#(policy(first, second).replacing("\"", with: "\\\""))"}"#,
      after: #"{"Policy": "\#(policy(second, first).replacing("\"", with: "\\\""))"}"#),
  ]

  @Test(arguments: harmless) func `A fingerprint survives`(_ change: Change) throws {
    let before = try fingerprints(change.before)
    #expect(!before.isEmpty)
    #expect(Set(before).count == before.count)
    #expect(try fingerprints(change.after).sorted() == before.sorted())
  }

  static let telling = [
    Change(name: "another statement", before: policy(first), after: policy(second)),
    Change(
      name: "another element", before: policy(first),
      after: policy(first.replacing("Action", with: "NotAction"))),
    Change(
      name: "text in a file and text in a string", before: policy(first),
      after: #"{"Policy": "\#(policy(first).replacing("\"", with: "\\\""))"}"#),
  ]

  @Test(arguments: telling) func `A fingerprint tells`(_ change: Change) throws {
    #expect(try Set(fingerprints(change.before)).isDisjoint(with: fingerprints(change.after)))
  }

  @Test func `Path and rule are part of a fingerprint, the message is not`() throws {
    let text = Self.policy(Self.first)
    #expect(try fingerprints(text, path: "a.json") != fingerprints(text, path: "b.json"))
    #expect(try fingerprints(text) == fingerprints(text, message: "worded otherwise"))
    var fingerprints = Fingerprints()
    let one = fingerprints.next(Finding("rule-a", .error, "m", at: nil))
    let other = fingerprints.next(Finding("rule-b", .error, "m", at: nil))
    #expect(one != other)
  }

  @Test func `A document that does not parse has fingerprints too`() {
    let source = Source(path: "a.json", "{,}")
    var fingerprints = Fingerprints()
    let place = Place(source: source, range: 1..<2)
    let first = fingerprints.next(Finding("policy-syntax", .error, "m", at: place))
    let second = fingerprints.next(Finding("policy-syntax", .error, "m", at: place))
    #expect(first.hasSuffix(":1"))
    #expect(second == first.dropLast() + "2")
  }

  @Test func `A document in YAML has fingerprints that survive, too`() throws {
    let first = "- {Sid: A, Action: 's3:*'}\n"
    let second = "- {Sid: B, Action: 's3:*'}\n"
    let before = try fingerprints("Statement:\n" + first + second, path: "a.yaml")
    let after = try fingerprints("# more\nStatement:\n" + second + first, path: "a.yaml")
    #expect(before.count == 2)
    #expect(after == before.reversed())
  }

  @Test func `Many findings in one embedded document take linear time`() throws {
    let count = 5000
    let statements = Array(repeating: Self.unnamed, count: count).joined(separator: ",")
    let policy = Self.policy(statements).replacing("\"", with: "\\\"")
    let source = Source(path: "a.json", "{\"Policy\": \"\(policy)\"}")
    var fingerprints = Fingerprints()
    let time = ContinuousClock().measure {
      for index in 0..<count {
        let pointer = ["/Policy", "/Statement/\(index)/Action/0"]
        _ = fingerprints.next(
          Finding("rule", .error, "m", at: Place(source: source, range: 0..<1, pointer: pointer)))
      }
    }
    // Parsing the text anew for each finding takes minutes.
    #expect(time < .seconds(20))
  }
}
