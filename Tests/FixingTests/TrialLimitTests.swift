import Checks
import Evidence
import PolicyModel
import Testing

@testable import Fixing

/// Fixes that are tried only to be shown: a document of thousands of copies is not tried on all.
@Suite struct `Trials of fixes that are shown` {
  private func trial(ofCopies count: Int, _ input: CopyInput, editing edited: Source) -> Trial? {
    let plan = CopyPlan(assembling: input)
    let copies = (0..<count).map { _ in JudgedCopy(input, plan, judge: Bundle.judge) }
    var trials = Trials(copies, Bundle.judge)
    return trials.trial(of: [edited: []])
  }

  @Test func `A document of too many copies is not tried`() throws {
    let input = try Bundle(.one).input
    let role = try #require(input.documents.first?.source)
    #expect(trial(ofCopies: 20, input, editing: role)?.judgements == 20)
    let tooMany = Limits.shownJudgements + 1
    #expect(trial(ofCopies: tooMany, input, editing: role) == nil)
    // What no copy has touches none.
    let other = Source(path: "other.json", "{}")
    #expect(trial(ofCopies: tooMany, input, editing: other)?.judgements == 0)
  }
}
