import Checks
import PolicyModel
import Reporting
import Testing

@Suite struct `JSON report` {
  private func parsed(_ report: Report, as format: OutputFormat = .json) throws -> Node {
    let text = render(report, as: format, options: RichReport.options())
    return try Tree.parse(Source(path: "report.json", text)).root
  }

  private func names(_ node: Node?) -> [String] { node.map { $0.members.map(\.name) } ?? [] }

  @Test func `Every member of the contract is there, in the contract's order`() throws {
    let root = try parsed(RichReport.report)
    #expect(
      names(root) == ["version", "tool", "asOf", "verdict", "copies", "findings", "summary"])
    let copies = try #require(root["copies"]).elements
    for copy in copies {
      #expect(names(copy) == ["name", "verdict", "assumptions", "facts", "requirements"])
      for fact in try #require(copy["facts"]).members {
        #expect(names(fact.value) == ["value", "status", "path", "line", "column"])
      }
      for row in try #require(copy["requirements"]).elements {
        #expect(
          names(row) == [
            "rule", "subject", "severity", "status", "reason", "causes", "needs", "dependsOn",
            "suppressed", "counterexample",
          ])
      }
    }
    for finding in try #require(root["findings"]).elements {
      #expect(
        names(finding) == [
          "rule", "severity", "copy", "message", "help", "url", "path", "range", "pointer",
          "address", "related", "fixes", "suppressed",
        ])
    }
    #expect(names(root["summary"]) == ["errors", "warnings", "notes", "suppressed"])
  }

  @Test func `Lines and columns count from 1 in code points, offsets from 0 in bytes`() throws {
    let report = RichReport.report
    let finding = try #require(
      try parsed(report)["findings"]?.elements.first { $0["rule"]?.string == "s3-get-object" })
    let start = try #require(finding["range"]?["start"])
    let end = try #require(finding["range"]?["end"])
    let text = RichReport.bucket.source.text
    #expect(start["line"]?.integer == 3)
    #expect(end["line"]?.integer == 3)
    let startOffset = try #require(start["offset"]?.integer)
    let endOffset = try #require(end["offset"]?.integer)
    #expect(String(decoding: text[startOffset..<endOffset], as: UTF8.self) == "\"s3:GetObject\"")
    let line = String(decoding: text, as: UTF8.self).split(separator: "\r\n")[2]
    let startColumn = try #require(start["column"]?.integer)
    let scalars = Array(line.unicodeScalars)[(startColumn - 1)...]
    #expect(String(String.UnicodeScalarView(scalars)).hasPrefix("\"s3:GetObject\""))
    #expect(end["column"]?.integer == startColumn + 14)
  }

  @Test func `Texts read back as they were, whatever is in them`() throws {
    let text =
      "\u{0}\u{1b}[31m\"\\/\r\n\t\u{7f}\u{9b}\u{2028}\u{202e}\u{200d}\u{feff}é😀\u{10ffff}</script>"
    var report = RichReport.report
    report.findings[0].message = text
    let written = render(report, as: .json, options: RichReport.options())
    let root = try Tree.parse(Source(path: "report.json", written)).root
    let found = Array(try #require(root["findings"]).elements)[0]
    #expect(found["message"]?.string == text)
    for scalar in written.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control)
    }
    #expect(!written.unicodeScalars.contains("\u{202e}"))
  }

  @Test func `A report without copies has no verdict`() throws {
    let report = Report(
      version: "1", asOf: Timestamp(seconds: 0), copies: [], findings: [], documentCount: 0,
      isStrict: false)
    let root = try parsed(report)
    #expect(root["verdict"]?.kind == .null)
    #expect(root["findings"]?.count == 0)
    #expect(root["asOf"]?.string == "1970-01-01T00:00:00Z")
  }

  @Test func `Context keys with several values and facts of one name lose nothing`() throws {
    var report = RichReport.report
    report.copies[0].requirements[2].counterexample?.context = [
      ("aws:TagKeys", "a"), ("aws:TagKeys", "b"), ("s3:prefix", "c"),
    ]
    report.copies[0].facts.append(report.copies[0].facts[0])
    let copy = Array(try #require(try parsed(report)["copies"]).elements)[0]
    let row = Array(try #require(copy["requirements"]).elements)[2]
    let context = try #require(row["counterexample"]?["context"])
    #expect(names(context) == ["aws:TagKeys", "s3:prefix"])
    #expect(context["aws:TagKeys"]?.elements.map(\.string) == ["a", "b"])
    #expect(names(copy["facts"]).filter { $0.hasPrefix("source") } == ["source", "source-2"])
  }
}

@Suite struct `SARIF report` {
  private func results(_ finding: Finding, _ options: RenderingOptions) throws -> [Node] {
    let report = Report(
      version: "1.0.0", asOf: Timestamp(seconds: 0), copies: [], findings: [finding],
      documentCount: 1, isStrict: false)
    let text = render(report, as: .sarif, options: options)
    let root = try Tree.parse(Source(path: "report.json", text)).root
    let run = try #require(root["runs"]?.elements.first { _ in true })
    return Array(try #require(run["results"]).elements)
  }

  struct MessageCase: Sendable, CustomTestStringConvertible {
    var message: String
    var text: String
    var testDescription: String { message }
  }

  static let messages = [
    MessageCase(message: "an `array[0]` of {a}", text: "an `array[0]` of {a}"),
    MessageCase(
      message: #"[click](https://evil.example) \"#, text: #"\[click\](https://evil.example) \\"#),
    MessageCase(message: "{0} of ${aws:userid}", text: "{{0}} of ${{aws:userid}}"),
  ]

  @Test(arguments: messages) func `No message holds a link or a placeholder`(
    _ example: MessageCase
  ) throws {
    let finding = Finding("a-rule", .error, example.message, at: nil)
    let result = try #require(try results(finding, RichReport.options()).first)
    #expect(result["message"]?["text"]?.string == example.text)
  }

  struct PathCase: Sendable, CustomTestStringConvertible {
    var path: String
    var uri: String
    var testDescription: String { path }
  }

  static let paths = [
    PathCase(path: "policies/role.json", uri: "team/policies/role.json"),
    PathCase(path: "./a//b/../c.json", uri: "team/a/c.json"),
    PathCase(path: "../shared/x.json", uri: "shared/x.json"),
    PathCase(path: "/repo/x y.json", uri: "x%20y.json"),
    PathCase(path: "/repository/x.json", uri: "file:///repository/x.json"),
    PathCase(path: "../../outside.json", uri: "../../outside.json"),
    PathCase(path: "a#b?c%é.json", uri: "team/a%23b%3Fc%25%C3%A9.json"),
    PathCase(path: "c:\\x\n.json", uri: "team/c%3A%5Cx%0A.json"),
    PathCase(path: "<stdin>", uri: "%3Cstdin%3E"),
  ]

  @Test(arguments: paths) func `A path is a URI from the root of the repository`(
    _ example: PathCase
  ) throws {
    let source = Source(path: example.path, "x")
    let finding = Finding("a-rule", .error, "m", at: Place(source: source, range: 0..<1))
    let options = RichReport.options {
      $0.paths = PathMapping(workingDirectory: "/repo/team", root: "/repo")
    }
    let result = try #require(try results(finding, options).first)
    let location = result["locations"]?.elements.first { _ in true }?["physicalLocation"]
    #expect(location?["artifactLocation"]?["uri"]?.string == example.uri)
  }

  @Test func `A rule is described by the first paragraph of its page`() throws {
    let page = "# a-rule\n\nWhat must hold\nand why.\n\nMore."
    let rule = RuleDescription(
      id: "a-rule", summary: "it holds", severity: .note, explanation: page)
    let report = Report(
      version: "1.0.0", asOf: Timestamp(seconds: 0), copies: [], findings: [], documentCount: 1,
      isStrict: false)
    let text = render(
      report, as: .sarif, options: RichReport.options { $0.rules = RuleDescriptions([rule]) })
    let root = try Tree.parse(Source(path: "report.json", text)).root
    let run = try #require(root["runs"]?.elements.first { _ in true })
    let found = try #require(
      run["tool"]?["driver"]?["rules"]?.elements.first { _ in true })
    #expect(found["shortDescription"]?["text"]?.string == "it holds")
    #expect(found["fullDescription"]?["text"]?.string == "What must hold and why.")
    #expect(found["help"]?["markdown"]?.string == page)
    #expect(found["defaultConfiguration"]?["level"]?.string == "note")
    #expect(found["properties"]?["problem.severity"]?.string == "recommendation")
  }

  @Test func `All active rules are listed once, and results point at theirs`() throws {
    let text = render(RichReport.report, as: .sarif, options: RichReport.options())
    let root = try Tree.parse(Source(path: "report.json", text)).root
    let run = try #require(root["runs"]?.elements.first { _ in true })
    let rules = Array(try #require(run["tool"]?["driver"]?["rules"]).elements)
    let ids = rules.compactMap { $0["id"]?.string }
    #expect(ids == Set(RichReport.rules.ids.map(\.name)).sorted())
    for result in try #require(run["results"]).elements {
      let index = try #require(result["ruleIndex"]?.integer)
      #expect(ids[index] == result["ruleId"]?.string)
    }
    #expect(run["columnKind"]?.string == "unicodeCodePoints")
  }

  /// SARIF 2.1.0, section 3.27.23.
  @Test(arguments: [true, false]) func `All results say whether they are suppressed, or none does`(
    _ isSuppressed: Bool
  ) throws {
    var suppressed = Finding("a-rule", .error, "m", at: nil)
    if isSuppressed { suppressed.suppression = Suppression(kind: .baseline, reason: "known") }
    let report = Report(
      version: "1.0.0", asOf: Timestamp(seconds: 0), copies: [],
      findings: [suppressed, Finding("b-rule", .error, "m", at: nil)], documentCount: 1,
      isStrict: false)
    let text = render(report, as: .sarif, options: RichReport.options())
    let run = try #require(
      try Tree.parse(Source(path: "report.json", text)).root["runs"]?.elements.first { _ in true })
    let counts = try #require(run["results"]).elements.map { result in
      result["suppressions"].map { Array($0.elements).count }
    }
    #expect(counts == (isSuppressed ? [1, 0] : [nil, nil]))
  }
}
