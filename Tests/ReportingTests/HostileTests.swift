import Checks
import PolicyModel
import Reporting
import Testing

/// Text of documents changes nothing but itself, in every format.
@Suite struct `A hostile document` {
  struct Case: Sendable, CustomTestStringConvertible {
    var format: OutputFormat
    var isUnproven: Bool
    var links: RenderingOptions.Links = .none
    var testDescription: String { "\(format.rawValue)\(isUnproven ? ", unproven" : "") \(links)" }

    var text: String {
      render(
        isUnproven ? HostileReport.unprovenReport : HostileReport.report, as: format,
        options: HostileReport.options { $0.links = links })
    }
  }

  static let cases =
    OutputFormat.allCases.flatMap { format in
      [Case(format: format, isUnproven: false), Case(format: format, isUnproven: true)]
    } + [
      Case(format: .text, isUnproven: false, links: .urls),
      Case(format: .text, isUnproven: false, links: .hyperlinks),
    ]

  @Test(arguments: cases) func `writes no control character and nothing that reorders text`(
    _ example: Case
  ) {
    let found = example.text.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar != "\n"
      case .format, .lineSeparator, .paragraphSeparator: true
      default: scalar == "\u{fffe}" || scalar == "\u{ffff}"
      }
    }
    #expect(found.map { String($0.value, radix: 16) } == [])
  }

  @Test(arguments: cases) func `begins no workflow command`(_ example: Case) {
    let lines = example.text.split(separator: "\n")
    let commands = lines.filter { $0.drop { $0 == " " }.hasPrefix("::") }
    // Nine spaces and `:::` set off another file in a frame.
    let forged = commands.filter { !$0.contains("title=lint-copy (") && !$0.contains("::: dir/") }
    #expect(forged == [])
    if example.format == .github {
      #expect(commands.count == (example.isUnproven ? 1 : 2))
      // The runner reads this anywhere in a line that is no command.
      #expect(lines.filter { !commands.contains($0) && $0.contains("##[") } == [])
    }
  }

  struct Command: Sendable, CustomTestStringConvertible {
    var line: String
    var testDescription: String { String(line.prefix(60)) }
  }

  static let commands = render(
    HostileReport.report, as: .github, options: HostileReport.options()
  ).split(separator: "\n").filter { $0.hasPrefix("::") }.map { Command(line: String($0)) }

  @Test(arguments: commands) func `leaves a workflow command its own properties`(
    _ command: Command
  ) throws {
    let body = command.line.dropFirst(2)
    let end = try #require(body.firstRange(of: "::"))
    let head = body[..<end.lowerBound]
    let properties = head.drop { $0 != " " }.dropFirst().split(separator: ",")
    let names = properties.map { $0.prefix { $0 != "=" } }
    #expect(
      names
        == ["title", "file", "line", "col", "endLine", "endColumn"].prefix(names.count).map {
          $0[...]
        } || names == ["title", "file", "line", "endLine"])
    #expect(!head.contains("evil.example:"))
  }

  @Test(arguments: [OutputFormat.concise, .github]) func `takes one line a finding`(
    _ format: OutputFormat
  ) {
    let text = render(
      HostileReport.report, as: format, options: HostileReport.options { $0.isQuiet = true })
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 3)
  }

  @Test(arguments: [OutputFormat.json, .sarif, .gitlab]) func `reads back as it was`(
    _ format: OutputFormat
  ) throws {
    let text = render(HostileReport.report, as: format, options: HostileReport.options())
    let root = try Tree.parse(Source(path: "report.json", text)).root
    var strings: [String] = []
    func collect(_ node: Node) {
      if let string = node.string { strings.append(string) }
      for element in node.elements { collect(element) }
      for member in node.members { collect(member.value) }
    }
    collect(root)
    #expect(strings.contains { $0.contains(HostileReport.text.prefix(200)) })
  }

  @Test func `opens no tag of its own in JUnit`() {
    let text = render(HostileReport.report, as: .junit, options: HostileReport.options())
    #expect(
      tags(in: text) == [
        "?xml", "failure", "skipped", "testcase", "testsuite", "testsuites",
      ])
    #expect(!text.contains("<![CDATA["))
    #expect(!text.contains("]]>"))
  }

  @Test func `opens no tag of its own in Markdown`() {
    let text = render(HostileReport.report, as: .markdown, options: HostileReport.options())
    let prose = outsideOfCode(text)
    #expect(tags(in: prose).isSubset(of: ["!--", "code", "details", "sub", "summary"]))
    #expect(!prose.contains("onerror=forged()>"))
    #expect(!prose.contains("@everyone"))
    #expect(!prose.replacing("\\]", with: "").contains("]("))
    #expect(!prose.contains("https://evil"))
  }

  @Test func `keeps a table of Markdown to its columns`() {
    let text = render(HostileReport.report, as: .markdown, options: HostileReport.options())
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.count == 7)
    for row in rows {
      var pipes = 0
      var rest = row.utf8[...]
      while let byte = rest.popFirst() {
        // As cmark-gfm scans a row: a backslash takes the punctuation after it.
        if byte == UInt8(ascii: "\\"), let next = rest.first,
          "|!\"#$%&'()*+,./:;<=>?@[]\\^_`{}~-".utf8.contains(next)
        {
          rest.removeFirst()
        } else if byte == UInt8(ascii: "|") {
          pipes += 1
        }
      }
      #expect(pipes == 5)
    }
  }

  /// The names of all tags in a text.
  private func tags(in text: String) -> Set<String> {
    var names: Set<String> = []
    for part in text.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      let name = part.drop { $0 == "/" }.prefix {
        $0 != " " && $0 != ">" && $0 != "/" && $0 != "\n"
      }
      names.insert(String(name))
    }
    return names
  }

  /// Markdown without fenced and inline code.
  private func outsideOfCode(_ text: String) -> String {
    var result = ""
    var fence: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if ticks.count >= open.count, ticks.count == line.count { fence = nil }
        continue
      }
      if ticks.count >= 3, line.hasSuffix("text") {
        fence = ticks
        continue
      }
      result += withoutCode(line) + "\n"
    }
    return result
  }

  private func withoutCode(_ line: Substring) -> String {
    var result = ""
    var rest = line
    while let tick = rest.firstIndex(where: { $0 == "`" || $0 == "\\" }) {
      result += rest[..<tick]
      rest = rest[tick...]
      if rest.first == "\\" {
        result += rest.prefix(2)
        rest = rest.dropFirst(2)
        continue
      }
      let run = rest.prefix { $0 == "`" }
      rest = rest.dropFirst(run.count)
      var end = rest
      while let next = end.firstIndex(of: "`") {
        let closing = end[next...].prefix { $0 == "`" }
        end = end[next...].dropFirst(closing.count)
        if closing.count == run.count { break }
      }
      rest = end
    }
    return result + rest
  }
}
