import Checks
import Evidence
import PolicyModel

/// A copy with what is said of it.
struct JudgedCopy: Sendable {
  let input: CopyInput
  let plan: CopyPlan
  let report: Report

  /// Takes what was said of a copy already.
  init(_ input: CopyInput, _ plan: CopyPlan, _ report: Report) {
    self.input = input
    self.plan = plan
    self.report = report
  }

  init(_ input: CopyInput, judge: ([CopyPlan]) -> Report) {
    self.input = input
    plan = CopyPlan(assembling: input)
    report = judge([plan])
  }

  /// The sources of the copy's documents.
  var sources: Set<Source> { Set(input.documents.map(\.source)) }
}

extension CopyInput {
  /// The input with other texts in the place of some of its documents.
  func replacing(_ sources: [Source: Source]) -> CopyInput {
    var input = self
    input.documents = documents.map { document in
      sources[document.source].map { Document($0, as: document.use) } ?? document
    }
    return input
  }
}
