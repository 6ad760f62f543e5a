import Checks
import Drafting
import Evidence
import PolicyModel

/// Judges a draft before it is written, from nothing but its own files.
///
/// What a person asked for may be impossible (a range of times that has not come yet, say): that is
/// said before there are files, in the words of the finding.
struct DraftJudgement {
  private let report: Report

  init(_ draft: CopyDraft, asOf moment: Timestamp) {
    let manifest = Manifest.reading(Source(path: draft.manifest.path, draft.manifest.text)).manifest
    let plans = manifest.copies.map { copy in
      var documents: [Document] = []
      for reference in copy.references {
        let glob = Glob(reference.pattern.text)
        for file in draft.documents where glob.matches(file.path) {
          documents.append(Document(Source(path: file.path, file.text), as: reference.use))
        }
      }
      return CopyPlan(assembling: copy.input(documents: documents, asOf: moment))
    }
    report = Report(
      judging: plans, with: JudgeSettings(version: Program.version), asOf: moment,
      documentCount: draft.documents.count)
  }

  /// Refuses a draft that could not be put to use.
  func accept() throws(Refusal) {
    let problems = report.findings.filter { $0.severity == .error }.map { finding in
      Refusal.Problem(
        message: "what was asked for cannot be copied: \(finding.message)", help: finding.help)
    }
    if let refusal = Refusal(problems) { throw refusal }
  }
}
