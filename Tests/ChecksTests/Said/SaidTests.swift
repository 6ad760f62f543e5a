import Foundation
import PolicyModel
import Testing

@testable import Checks

/// A set of broken copies, with a file that holds all that is said of them.
struct SaidGroup: Sendable, CustomTestStringConvertible {
  var name: String
  var cases: [SaidCase]

  var testDescription: String { name }

  static let all = [
    SaidGroup(name: "denied", cases: SaidCase.denied),
    SaidGroup(name: "limited", cases: SaidCase.limited),
    SaidGroup(name: "not-granted", cases: SaidCase.notGranted),
    SaidGroup(name: "granted-to-others", cases: SaidCase.grantedToOthers),
    SaidGroup(name: "keys", cases: SaidCase.keys),
    SaidGroup(name: "conditions", cases: SaidCase.conditions),
    SaidGroup(name: "placeholders", cases: SaidCase.placeholders),
    SaidGroup(name: "excess", cases: SaidCase.excess),
    SaidGroup(name: "open", cases: SaidCase.open),
    SaidGroup(name: "unknown-facts", cases: SaidCase.unknownFacts),
    SaidGroup(name: "requests", cases: SaidCase.requests),
    SaidGroup(name: "statuses", cases: SaidCase.statuses),
  ]

  /// The text of the group's file.
  func text() throws -> String {
    var ready: [String: Report] = [:]
    var text = ""
    for example in cases {
      let known = try ready[example.owner] ?? SampleCopy(owner: example.owner).report
      ready[example.owner] = known
      text += "== \(example.name)\n"
      text += SaidText.differences(of: try example.report(), from: known) + "\n"
    }
    return text
  }
}

/// All that is said of broken copies, down to places, remedies and the way to each answer: a change
/// of any of it shows in `Snapshots/`, and is looked at before it is recorded.
@Suite struct `Snapshots of what is said` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Snapshots")

  private func expect(_ text: String, _ name: String) throws {
    let file = Self.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name): read its diff, then run again")
      return
    }
    let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    guard expected != text else { return }
    var title = ""
    let said = text.split(separator: "\n", omittingEmptySubsequences: false)
    let was = expected.split(separator: "\n", omittingEmptySubsequences: false)
    for (line, old) in zip(said, was) {
      if line.hasPrefix("== ") { title = String(line) }
      guard line != old else { continue }
      Issue.record(
        "\(name).txt \(title): says `\(line)`, and said `\(old)`; RECORD_SNAPSHOTS=1 rewrites it")
      return
    }
    Issue.record("\(name).txt is longer or shorter; RECORD_SNAPSHOTS=1 rewrites it")
  }

  @Test(arguments: ["111122223333", "444455556666"])
  func `Of a ready copy`(owner: String) throws {
    try expect(SaidText.whole(try SampleCopy(owner: owner).report), "ready-\(owner)")
  }

  @Test(arguments: SaidGroup.all) func `Of broken copies`(_ group: SaidGroup) throws {
    try expect(try group.text(), group.name)
  }
}
