import PolicyModel
import Testing

@testable import Authorization

/// Patterns that were made to take forever.
@Suite struct `Patterns without measure` {
  private static func resource(_ pattern: String) -> String {
    #""arn:aws:s3:::logs/\#(pattern)""#
  }

  private static let long = String(repeating: "*a", count: 200_000)

  static let cases = [
    DecisionCase(
      "long-pattern", "an Allow proves nothing",
      Layers(identity: [[statement("Allow", on: resource(long))]]), request(), .open),
    DecisionCase(
      "long-pattern", "a Deny may deny",
      Layers(identity: [[allow(), statement("Deny", on: resource(long))]]), request(), .open),
    DecisionCase(
      "long-pattern", "as long as any ARN can be, it is read",
      Layers(identity: [
        [statement("Allow", on: resource(String(repeating: "?", count: 1_000) + "*"))]
      ]), request(on: "arn:aws:s3:::logs/" + String(repeating: "é", count: 1_001)), .allowed),
    DecisionCase(
      "long-pattern", "variables that never end are text",
      Layers(identity: [
        [
          statement(
            "Allow",
            on: resource(String(repeating: "${", count: 2_000) + "x"))
        ]
      ]), request(on: "arn:aws:s3:::logs/" + String(repeating: "${", count: 2_000) + "x"), .allowed),
  ]

  @Test(arguments: cases) func `They are decided at once`(_ example: DecisionCase) throws {
    let clock = ContinuousClock()
    let took = try clock.measure { try example.check() }
    #expect(took < .seconds(10))
  }

  @Test func `Patterns that interleave without end are too complex`() throws {
    let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
    let denies = (0..<50).map { number in
      let pattern = (0..<20).map { "*" + letters[(number * 7 + $0 * 5) % 26] }.joined() + "*"
      return statement("Deny", on: Self.resource(pattern))
    }
    let layers = Layers(identity: [
      PolicySource(version: "2012-10-17", allow(), denies.joined(separator: ", "))
    ])
    var family = RequestFamily(request())
    family.request.resource =
      RequestText("arn:aws:s3:::logs/AWSLogs/") + RequestText(head: [], isFree: true)
    family.freeString = .language(.many(.one(.lowercase)), realistic: nil, excluding: nil)
    let question = try layers.question()
    let clock = ContinuousClock()
    let took = clock.measure {
      _ = question.prove(family, budget: SearchBudget(steps: 100_000))
    }
    #expect(took < .seconds(20))
  }

  @Test func `More patterns than policies can have are too complex`() throws {
    let resources = (0...10_000).map { Self.resource("\($0)/*") }.joined(separator: ", ")
    let question = try Layers(identity: [[statement("Allow", on: "[\(resources)]")]]).question()
    var family = RequestFamily(request())
    family.request.resource =
      RequestText("arn:aws:s3:::logs/") + RequestText(head: [], isFree: true)
    family.freeString = .language(.anything, realistic: nil, excluding: nil)
    guard case .tooComplex = question.prove(family) else {
      Issue.record("it was decided")
      return
    }
  }

  @Test func `A step through a long pattern costs more than one through a short one`() {
    let short = PatternReader(Pattern([.literal(0x61)]), bound: .must)
    let long = PatternReader(
      Pattern([Pattern.Element](repeating: .one(butColon: false), count: 4_000)), bound: .must)
    #expect(short.stepCost == 0)
    #expect(long.stepCost == 250)
  }
}
