import Foundation
import Testing

/// `docs/semantics.md`: every row has a source and a test that is there, every case of the tests a row.
@Suite struct `The page of semantics` {
  private struct Row {
    var name: String
    var decision: String
    var source: String
    var suite: String
    var test: String
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private static func rows() throws -> [Row] {
    try text("docs/semantics.md").split(separator: "\n").compactMap { line in
      guard line.hasPrefix("| `") else { return nil }
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(cells.count == 4, "\(line)")
      let place = cells[3].components(separatedBy: " › ")
      try #require(place.count == 2, "\(line)")
      return Row(
        name: cells[0].trimmingCharacters(in: ["`"]), decision: cells[1], source: cells[2],
        suite: place[0], test: place[1])
    }
  }

  /// The test files, by their paths.
  private static func tests() throws -> [String: String] {
    var tests: [String: String] = [:]
    for folder in ["Tests/AuthorizationTests", "Tests/ChecksTests"] {
      let files = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
      for case let name as String in try #require(files)
      where name.hasSuffix(".swift") && !#filePath.hasSuffix(name) {
        tests["\(folder)/\(name)"] = try text("\(folder)/\(name)")
      }
    }
    return tests
  }

  @Test func `No row is there twice`() throws {
    let names = try Self.rows().map(\.name)
    #expect(names.count > 100)
    #expect(Set(names).count == names.count)
  }

  @Test func `Every row says what is decided, and on whose word`() throws {
    let page = try Self.text("docs/semantics.md")
    for row in try Self.rows() {
      #expect(!row.decision.isEmpty, "\(row.name)")
      // A page of AWS with an address, the row before, or the project's own choice, said so.
      let isOwn = row.source == "ours" || row.source.hasPrefix("ours: ")
      if isOwn || row.source.hasPrefix("the same table") { continue }
      let names = row.source.components(separatedBy: "[").dropFirst().compactMap {
        $0.components(separatedBy: "]").first
      }
      #expect(!names.isEmpty, "\(row.name) has no source")
      for name in names {
        let isLinked =
          page.contains("\n[\(name)]: https://docs.aws.amazon.com/")
          || page.contains("\n[\(name)]: decisions/")
        #expect(isLinked, "\(row.name): [\(name)] leads nowhere")
      }
    }
  }

  @Test func `Every row's test is there, in its suite, and knows the row`() throws {
    let tests = try Self.tests()
    for row in try Self.rows() {
      let file = tests.values.first { text in
        text.contains("@Suite struct `\(row.suite)`") && text.contains("func `\(row.test)`(")
      }
      let found = try #require(file, "\(row.name): no test \(row.suite) › \(row.test)")
      #expect(
        found.contains("\"\(row.name)\"") || found.contains("`\(row.name)`"),
        "\(row.name) is no case of \(row.suite)")
    }
  }

  @Test func `Every case of the tests has a row`() throws {
    let names = Set(try Self.rows().map(\.name))
    // What makes a case takes its row first.
    let makers = [
      "DecisionCase(", "OperatorCase(", "MatchCase(", "FamilyCase(", "ContextCase(", "granting(",
      "excluding(", "variable(", " key(", "trust(", " on(",
    ]
    var count = 0
    for (path, text) in try Self.tests() where path.contains("/Tables/") || path.contains("Import")
    {
      for maker in makers {
        for rest in text.components(separatedBy: maker).dropFirst() {
          let trimmed = rest.drop(while: \.isWhitespace)
          guard trimmed.first == "\"" else { continue }
          let name = String(trimmed.dropFirst().prefix { $0 != "\"" })
          guard name.contains("-") || ["date", "bool", "arn", "null", "numeric"].contains(name)
          else { continue }
          count += 1
          #expect(names.contains(name), "\(path): `\(name)` is not in docs/semantics.md")
        }
      }
    }
    #expect(count > 300)
  }
}
