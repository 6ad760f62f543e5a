import Evidence
import Foundation
import PolicyModel
import Testing

@testable import Checks

/// A rule that the page on custom rules shows, as it is written there.
struct DocumentedRule: Sendable, CustomTestStringConvertible {
  var source: Source

  var testDescription: String { source.path }

  static let text =
    (try? String(
      contentsOf: RuleFiles.root.appending(path: "docs/custom-rules.md"), encoding: .utf8)) ?? ""

  static let all: [DocumentedRule] = text.split(separator: "```").compactMap { block in
    let lines = block.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3, lines[0] == "yaml", lines[1].hasPrefix("# lint-rules/") else {
      return nil
    }
    return DocumentedRule(source: Source(path: String(lines[1].dropFirst(2)), String(lines[2])))
  }
}

@Suite struct `The page on custom rules` {
  @Test func `It shows three rules that teams want, and one that is proven`() {
    #expect(
      DocumentedRule.all.map(\.source.path) == [
        "lint-rules/import-role-name.yaml", "lint-rules/no-s3-star.yaml",
        "lint-rules/permitted-regions.yaml", "lint-rules/logs-are-read-only.yaml",
      ])
  }

  @Test(arguments: DocumentedRule.all)
  func `A rule works as it is written there, and its examples are true`(
    _ documented: DocumentedRule
  ) throws {
    var catalog = RuleCatalog.builtIn
    #expect(catalog.add([documented.source]).map(\.message) == [])
    let rule = try #require(catalog.rules.last)
    #expect(documented.source.path == "lint-rules/\(rule.id).yaml")
    let page = try #require(rule.page)
    #expect(!page.bad.isEmpty)
    #expect(!page.good.isEmpty)
    let settings = JudgeSettings(catalog: catalog, selected: [rule.id], version: "test")
    for (example, status) in page.bad.map({ ($0, Requirement.Status.violated) })
      + page.good.map({ ($0, .proven) })
    {
      let bundle = try ExampleBundle(example)
      let report = Report(
        judging: [CopyPlan(assembling: bundle.input)], with: settings, asOf: bundle.input.asOf,
        documentCount: 0)
      #expect(report.statuses(of: rule.id) == [status])
      #expect(report.findings.map(\.rule) == bundle.marks.map { _ in rule.id })
      #expect(
        report.findings.map {
          ExampleBundle.Mark(path: $0.place?.source.path ?? "", range: $0.place?.range ?? 0..<0)
        }
          == bundle.marks)
    }
  }

  @Test(arguments: CheckName.allCases.filter(\.isOpen))
  func `It tells every parameter of every check`(_ check: CheckName) {
    let text = DocumentedRule.text
    #expect(text.contains("**`\(check.rawValue)`**"))
    for parameter in check.parameters {
      #expect(text.contains("`\(parameter.name)`"))
      if case .word(let words) = parameter.kind {
        for word in words { #expect(text.contains("`\(word)`"), "\(word)") }
      }
    }
  }
}
