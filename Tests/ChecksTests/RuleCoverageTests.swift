import Foundation
import PolicyModel
import Testing

@testable import Checks

@Suite struct `What the documentation says of rules` {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: RuleFiles.root.appending(path: path), encoding: .utf8)
  }

  /// What stands in backticks.
  private static func codes(in text: String) -> Set<String> {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return Set(parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) })
  }

  @Test(arguments: RuleCatalog.order.map(\.name))
  func `The table of coverage tells where a rule comes from`(_ id: String) throws {
    #expect(Self.codes(in: try Self.text("docs/coverage.md")).contains(id))
  }

  @Test func `The table of coverage has a rule or a reason for each fact`() throws {
    let rows = try Self.text("docs/coverage.md").split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasPrefix("| fact") && !$0.hasPrefix("| ---")
    }
    #expect(rows.count >= 80)
    for row in rows {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(cells.count == 3, "\(row)")
      let isReason = cells[2].hasPrefix("none: ") || cells[2].contains(" rules")
      let names = Self.codes(in: cells[2])
      #expect(isReason || names.contains { RuleCatalog.order.contains(RuleID($0)) }, "\(row)")
    }
  }
}
