import PolicyModel
import Testing

@testable import Authorization

@Suite struct `Whether something is proven, and no more` {
  private static func family() -> RequestFamily {
    var family = RequestFamily(request())
    family.request.resource =
      RequestText("arn:aws:s3:::logs/") + RequestText(head: [], isFree: true)
    family.freeString = .language(
      .sequence([.oneOrMore(.one(.lowercase)), .text("/"), .many(.one(.lowercase))]),
      realistic: nil, excluding: nil)
    return family
  }

  private static func resources(_ patterns: String...) -> String {
    "[" + patterns.map { jsonString("arn:aws:s3:::logs/" + $0) }.joined(separator: ", ") + "]"
  }

  @Test(arguments: [
    ([statement("Allow", on: resources("*"))], true),
    ([statement("Allow", on: resources("*/*"))], true),
    ([statement("Allow", on: resources("*/", "*/?*"))], true),
    ([statement("Allow", on: resources("*/?*"))], false),
    ([statement("Allow", on: resources("a*", "b*"))], false),
    ([statement("Allow", on: resources("A*"))], false),
    ([allow(), statement("Deny", on: resources("A/*"))], true),
    ([allow(), statement("Deny", on: resources("*/b"))], false), ([deny(), allow()], false),
    ([allow(if: #"{"StringEquals": {"aws:SourceVpc": "vpc-1"}}"#)], false),
  ])
  func `It agrees with the whole proof`(statements: [String], isProven: Bool) throws {
    let policy = PolicySource(version: "2012-10-17", statements.joined(separator: ", "))
    let question = try Layers(identity: [policy]).question()
    #expect(question.isProven(Self.family()) == isProven)
    var isWholeProof = false
    if case .proven = question.prove(Self.family()) { isWholeProof = true }
    #expect(isWholeProof == isProven)
    var single = RequestFamily(request())
    single.freeString = nil
    #expect(
      question.isProven(single) == (question.evaluate(single.request).allowed.decision == .allowed))
  }
}
