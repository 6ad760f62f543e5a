import Evidence
import PolicyModel
import Testing

@testable import Checks

/// One example of one rule's page.
struct RuleExampleCase: Sendable, CustomTestStringConvertible {
  var rule: RuleID
  var ordinal: Int
  var example: RuleExample

  var testDescription: String {
    "\(rule) \(ordinal): \(example.about ?? example.document?.name ?? "options")"
  }

  /// All examples of one kind.
  static func all(_ examples: KeyPath<RulePage, [RuleExample]>) -> [RuleExampleCase] {
    RuleFiles.shared.flatMap { entry in
      entry.page[keyPath: examples].enumerated().map { position, example in
        RuleExampleCase(rule: entry.rule.id, ordinal: position + 1, example: example)
      }
    }
  }
}

/// One finding, as far as an example tells it.
private struct Found: Hashable, CustomStringConvertible {
  var rule: RuleID
  var mark: ExampleBundle.Mark?
  var message: String

  var description: String {
    "\(rule) at \(mark.map { "\($0.path) \($0.range)" } ?? "no place"): \(message)"
  }

  static func all(_ bundle: ExampleBundle) -> [Found] {
    let plan = CopyPlan(assembling: bundle.input)
    var settings = JudgeSettings(version: "0")
    if let configuration = bundle.configuration {
      settings.suppressions.ignores = Manifest.reading(configuration).manifest.ignores
    }
    let report = Report(
      judging: [plan], with: settings, asOf: bundle.input.asOf,
      documentCount: bundle.input.documents.count)
    return report.findings.filter { $0.suppression == nil }.map { finding in
      let mark = finding.place.map {
        ExampleBundle.Mark(path: $0.source.path, range: $0.range)
      }
      return Found(rule: finding.rule, mark: mark, message: finding.message)
    }
  }
}

@Suite struct `Examples on rule pages` {
  @Test(arguments: RuleExampleCase.all(\.bad))
  func `A bad example has one finding, of its rule, at its mark`(_ example: RuleExampleCase) throws
  {
    let bundle = try ExampleBundle(example.example)
    let found = Found.all(bundle)
    #expect(found.map(\.rule) == [example.rule], "\(found)")
    #expect(found.map(\.mark) == bundle.marks, "\(found)")
  }

  @Test(arguments: RuleExampleCase.all(\.good))
  func `A good example has no finding`(_ example: RuleExampleCase) throws {
    let found = Found.all(try ExampleBundle(example.example))
    #expect(found.isEmpty, "\(found)")
  }
}
