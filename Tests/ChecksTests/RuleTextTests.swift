import PolicyModel
import Testing

@testable import Checks

@Suite struct `The JSON of a rule` {
  @Test(arguments: [
    "plain", "\"quoted\" \\ and/or", "a\ttab\rand\na line", "\u{1}\u{7}\u{8}\u{C}\u{1F}",
    "ü 😀 \u{7F}", "",
  ])
  func `Any text comes back as it was`(text: String) throws {
    let rule = Rule(
      id: "custom", summary: text, severity: .error, category: .custom, check: .access,
      origin: .file(Source(path: "custom.yaml", "")))
    let json = RulePage.json(for: rule)
    let root = try Tree.parse(Source(path: "rule.json", json), format: .json).root
    #expect(root["summary"]?.string == text)
    #expect(root["id"]?.string == rule.id.name)
  }
}
