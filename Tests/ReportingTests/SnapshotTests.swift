import Checks
import PolicyModel
import Reporting
import Testing

@Suite struct `Snapshots of the rich report` {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var format: OutputFormat
    var change: @Sendable (inout RenderingOptions) -> Void = { _ in }
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "text.txt", format: .text),
    Case(name: "text-narrow.txt", format: .text) { $0.width = 60 },
    Case(name: "text-wide.txt", format: .text) { $0.width = 140 },
    Case(name: "text-verbose.txt", format: .text) {
      $0.isVerbose = true
      $0.links = .urls
    },
    Case(name: "text-quiet.txt", format: .text) { $0.isQuiet = true },
    Case(name: "text-colour.txt", format: .text) {
      $0.usesColor = true
      $0.links = .hyperlinks
      $0.width = 80
    },
    Case(name: "concise.txt", format: .concise),
    Case(name: "report.json", format: .json),
    Case(name: "report.sarif", format: .sarif),
    Case(name: "github.txt", format: .github),
    Case(name: "gitlab.json", format: .gitlab),
    Case(name: "junit.xml", format: .junit),
    Case(name: "report.md", format: .markdown),
    Case(name: "report.html", format: .html),
  ]

  @Test(arguments: cases) func `A format gives the bytes of its snapshot`(_ example: Case) {
    let options = RichReport.options(example.change)
    let text = render(RichReport.report, as: example.format, options: options)
    expectSnapshot(text, example.name)
    #expect(text == render(RichReport.report, as: example.format, options: options))
  }

  static let hostile = [
    Case(name: "hostile.txt", format: .text), Case(name: "hostile.json", format: .json),
    Case(name: "hostile.sarif", format: .sarif), Case(name: "hostile.xml", format: .junit),
    Case(name: "hostile.md", format: .markdown), Case(name: "hostile.html", format: .html),
  ]

  @Test(arguments: hostile) func `A hostile document gives the bytes of its snapshot`(
    _ example: Case
  ) {
    let options = HostileReport.options(example.change)
    expectSnapshot(
      render(HostileReport.report, as: example.format, options: options), example.name)
  }
}
