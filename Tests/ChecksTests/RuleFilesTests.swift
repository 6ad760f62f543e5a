import Foundation
import PolicyModel
import Rules
import Testing

@testable import Checks

@Suite struct `The rule files` {
  @Test func `Every file is read without a problem`() throws {
    let problems = try RuleFiles.sources().flatMap { source in
      RuleFile(source).problems.map { "\(source.path): \($0.message)" }
    }
    #expect(problems == [])
  }

  @Test(arguments: RuleFiles.shared.map(\.path))
  func `A file is named after its rule, which has a place in the order`(_ path: String) throws {
    let entry = try #require(RuleFiles.shared.first { $0.path == path })
    #expect(path == "Rules/\(entry.rule.id).yaml")
    #expect(RuleCatalog.order.contains(entry.rule.id))
  }

  @Test(arguments: RuleFiles.shared.map(\.path))
  func `A page has a category, a source with an address and both kinds of examples`(
    _ path: String
  ) throws {
    let entry = try #require(RuleFiles.shared.first { $0.path == path })
    #expect(entry.rule.category != .custom)
    #expect(
      entry.page.sources.contains { $0.url?.hasPrefix("https://docs.aws.amazon.com/") == true })
    #expect(!entry.page.good.isEmpty)
    #expect(!entry.page.bad.isEmpty)
    #expect(entry.page.bad.allSatisfy { $0.markCount == 1 })
    #expect(entry.page.good.allSatisfy { $0.markCount == 0 })
  }

  @Test(arguments: RuleFiles.shared.map(\.path))
  func `A page tells what happens, why it hurts and what to do in lines that fit`(
    _ path: String
  ) throws {
    let entry = try #require(RuleFiles.shared.first { $0.path == path })
    let paragraphs = entry.page.explanation.split(separator: "\n\n")
    #expect(paragraphs.count >= 3)
    #expect(entry.page.explanation.split(separator: "\n").allSatisfy { $0.count <= 100 })
    // A summary goes on where a sentence has begun, but names keep their capitals.
    let isName = ["CloudTrail ", "RestrictPublicBuckets "].contains {
      entry.rule.summary.hasPrefix($0)
    }
    #expect(
      entry.rule.summary.first?.isLowercase == true || isName || entry.rule.summary.hasPrefix("`"))
    #expect(entry.rule.summary.hasSuffix(".") == false)
  }

  @Test func `The order names no id twice`() {
    #expect(Set(RuleCatalog.order).count == RuleCatalog.order.count)
  }
}

@Suite struct `Generated rule files` {
  @Test(arguments: GeneratedFile.all)
  func `A generated file is what the rules make of it`(_ file: GeneratedFile) throws {
    let url = RuleFiles.root.appending(path: file.path)
    let current = try? String(contentsOf: url, encoding: .utf8)
    guard current != file.text else { return }
    guard ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil else {
      Issue.record("\(file.path) is stale: run `make rules`")
      return
    }
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try file.text.write(to: url, atomically: true, encoding: .utf8)
    Issue.record("\(file.path) was written: look at the change and run the tests again")
  }

  @Test func `No page is left of a rule that is gone`() throws {
    let pages = try RuleFiles.names(in: "docs/rules", ending: ".md").filter { $0 != "README.md" }
    #expect(pages == RuleFiles.shared.map { "\($0.rule.id).md" }.sorted())
  }

  @Test func `Every row becomes a rule with its page`() throws {
    let rules = RuleCatalog.builtIn.rules
    #expect(rules.map(\.id.name) == RuleRow.all.map(\.id))
    for rule in rules {
      let entry = try #require(RuleFiles.shared.first { $0.rule.id == rule.id })
      #expect(rule.parameters == entry.rule.parameters)
      #expect(rule.page == entry.page)
    }
  }
}
