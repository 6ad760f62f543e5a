package import Checks
package import Evidence
import PolicyModel
import Synchronization

/// A copy with what is said of it.
struct JudgedCopy: Sendable {
  let input: CopyInput
  let plan: CopyPlan
  private let late: LateReport

  /// What is said of the copy alone.
  var report: Report { late.report }

  /// Takes what was said of a copy already.
  init(_ input: CopyInput, _ plan: CopyPlan, _ report: Report) {
    self.input = input
    self.plan = plan
    late = LateReport { report }
  }

  /// Has the copy judged when somebody asks for it.
  init(_ input: CopyInput, _ plan: CopyPlan, judge: @escaping Judge) {
    self.input = input
    self.plan = plan
    late = LateReport { judge([plan]) }
  }

  /// The sources of the copy's documents.
  var sources: Set<Source> { Set(input.documents.map(\.source)) }
}

/// Says what is found in copies.
package typealias Judge = @Sendable ([CopyPlan]) -> Report

/// A report that is made once somebody asks for it: of a thousand copies a fix may touch one.
private final class LateReport: Sendable {
  private let made = Mutex<Report?>(nil)
  private let make: @Sendable () -> Report

  init(_ make: @escaping @Sendable () -> Report) { self.make = make }

  var report: Report {
    made.withLock { made in
      if let made { return made }
      let new = make()
      made = new
      return new
    }
  }
}

extension [JudgedCopy] {
  /// Their reports, each made now where it was not before, on all processors.
  var reports: [Report] { concurrentMap(\.report) }
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
