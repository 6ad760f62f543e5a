import PolicyModel
import Testing

/// A policy in which each string `?NAME` is a reference that a template left.
private func template(_ text: String, as kind: PolicyKind) throws -> Policy {
  let tree = try Tree.parse(Source(path: "template.json", text), format: .json)
  var references: [PolicyText] = []
  var entries = tree.entries
  for index in entries.indices {
    guard let name = Node(tree: tree, index: index).string, name.hasPrefix("?") else { continue }
    entries[index].kind = .reference
    entries[index].detail = UInt32(references.count)
    let symbol = PolicyText.Symbol(resource: String(name.dropFirst()), attribute: "Arn")
    references.append(.segments([.symbol(symbol), .literal("/*")]))
  }
  let rewritten = Tree(
    source: tree.source, text: tree.text, entries: entries, strings: tree.strings,
    references: references)
  return Policy(reading: rewritten.root, as: kind)
}

@Suite struct `Policies with references of a template` {
  @Test func `References in the place of strings are kept and not judged`() throws {
    let policy = try template(
      #"{"Version": "?V", "Id": "?I", "Statement": [{"Sid": "?S", "Effect": "Allow", "Principal": "#
        + #"{"AWS": ["?Role"], "Service": "?Service"}, "Action": ["?Action", "s3:GetObject"], "#
        + #""Resource": "?Bucket", "Condition": {"NumericEquals": {"a:b": "?Number"}, "ArnLike": "#
        + #"{"aws:SourceArn": ["?Store"]}}}]}"#, as: .bucket)
    #expect(policy.findings == [])
    #expect(policy.version == .v2012)
    let statement = try #require(policy.statements.first)
    #expect(statement.isWellFormed)
    #expect(statement.sid == nil)
    #expect(
      statement.principals?.items.map(\.text.description) == [
        "${Role.Arn}/*", "${Service.Arn}/*",
      ])
    #expect(statement.principals?.items.map(\.kind) == [.aws, .service])
    #expect(
      statement.actions?.items.map(\.text.description) == ["${Action.Arn}/*", "s3:GetObject"])
    #expect(statement.resources?.items.map(\.text.description) == ["${Bucket.Arn}/*"])
    #expect(
      statement.conditions.map { $0.values.map(\.text.description) } == [
        ["${Number.Arn}/*"], ["${Store.Arn}/*"],
      ])
  }

  @Test func `An effect behind a reference may be either`() throws {
    let policy = try template(
      #"{"Version": "2012-10-17", "Statement": [{"Effect": "?E", "Action": "*", "Resource": "*"}]}"#,
      as: .identity)
    #expect(policy.findings == [])
    #expect(policy.statements.map(\.effect) == [nil])
  }

  @Test(arguments: [
    #""Principal": "?P", "Condition": {}"#, #""Principal": "*", "Condition": "?C""#,
    #""Principal": "*", "Condition": {"StringEquals": "?Keys"}"#,
  ])
  func `A reference in the place of several elements makes a statement apply perhaps`(
    _ elements: String
  ) throws {
    let policy = try template(
      #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "#
        + #""Resource": "*", \#(elements)}, {"Effect": "Allow", "Action": "s3:*", "#
        + #""Resource": "*", "Principal": "*"}]}"#, as: .bucket)
    #expect(policy.findings == [])
    #expect(policy.statements.map(\.isWellFormed) == [false, true])
  }

  @Test func `A reference may hide statements`() throws {
    let statement = #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#
    let among = try template(
      #"{"Version": "2012-10-17", "Statement": ["?S", \#(statement)]}"#, as: .identity)
    #expect(among.findings == [])
    #expect(among.mayHoldFurtherStatements && !among.isUnreadable)
    #expect(among.statements.map(\.index) == [1])

    let all = try template(#"{"Version": "2012-10-17", "Statement": "?S"}"#, as: .identity)
    #expect(all.findings == [])
    #expect(all.mayHoldFurtherStatements && all.isUnreadable)

    let document = try template(#""?Document""#, as: .identity)
    #expect(document.findings == [])
    #expect(document.isUnreadable)
  }
}
