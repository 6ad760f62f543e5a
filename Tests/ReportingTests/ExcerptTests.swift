import Checks
import PolicyModel
import Reporting
import Testing

/// Findings in a file that is too large to keep: each excerpt knows where it begins.
@Suite struct `Excerpts of a large file` {
  private static func place(_ text: String, line: Int, column: Int, offset: Int) -> Place {
    let (plain, ranges) = marks(text)
    let source = Source(
      path: "listing.json", text: Array(plain.utf8),
      beginning: Source.Beginning(line: line, column: column, offset: offset))
    return Place(source: source, range: ranges[0])
  }

  private static func marks(_ text: String) -> (String, [Range<Int>]) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    let start = parts[0].utf8.count
    return (parts.joined(), [start..<(start + parts[1].utf8.count)])
  }

  private static var report: Report {
    let finding = Finding(
      "archived-objects", .error, "two log files lie in an archive",
      at: place(
        "{\"Key\": \"a\",\n  \"StorageClass\": |\"GLACIER\"|}", line: 999, column: 6, offset: 70_000
      ),
      label: "an archive",
      related: [
        Note(
          "another one",
          at: place("{\"StorageClass\": |\"OUTPOSTS\"|}", line: 12_345, column: 6, offset: 900_000))
      ])
    return Report(
      version: "0", asOf: Timestamp(seconds: 0), copies: [], findings: [finding], documentCount: 1,
      isStrict: false)
  }

  @Test func `Line numbers are those of the file`() {
    let text = render(Self.report, as: .text, options: RenderingOptions())
    #expect(
      text.hasPrefix(
        """
        error[archived-objects]: two log files lie in an archive
              --> listing.json:1000:19
               |
          1000 |   "StorageClass": "GLACIER"}
               |                   ^^^^^^^^^ an archive
              ::: listing.json:12345:23
               |
         12345 | {"StorageClass": "OUTPOSTS"}
               |                  ---------- another one
        """), "\(text)")
  }

  @Test func `So are offsets`() throws {
    let text = render(Self.report, as: .json, options: RenderingOptions())
    let root = try Tree.parse(Source(path: "report.json", text)).root
    let finding = try #require(root["findings"]?.elements.first { _ in true })
    let start = try #require(finding[path: "range", "start"])
    #expect(start["line"]?.integer == 1000)
    #expect(start["column"]?.integer == 19)
    #expect(start["offset"]?.integer == 70_000 + 31)
  }

  @Test func `An excerpt's first line goes on where it begins`() {
    let concise = render(Self.report, as: .concise, options: RenderingOptions())
    #expect(concise.hasPrefix("listing.json:1000:19: error: "), "\(concise)")
    let html = render(Self.report, as: .html, options: RenderingOptions())
    #expect(html.contains("<span class=\"number\">12345</span>"))
  }
}
