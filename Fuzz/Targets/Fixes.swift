import Checks
import Evidence
import Fixing
import PolicyModel

/// The input is that of `shapes`: what is mended must stay a document, be no worse, and be done.
func fuzzFix(_ bytes: [UInt8]) {
  let records = records(bytes)
  guard let first = bytes.first, !records.isEmpty, records.count <= 12 else { return }
  let allowsUnsafe = first & 1 == 1
  let input = CopyInput(records)
  var session = FixSession([input], judgedBy: { report(of: $0, input) })
  let before = report(of: [CopyPlan(assembling: input)], input)
  session.mend(withUnsafe: allowsUnsafe)
  let changes = session.changes
  for change in changes {
    check(parses(change.mended), "a mended document does not parse")
    check(change.original.encoding == change.mended.encoding, "mending changes the encoding")
    check(
      !UnifiedDiff(path: "a", old: change.original.bytes, new: change.mended.bytes).bytes.isEmpty,
      "a change without a difference")
  }
  let after = session.report()
  check(
    before.verdict != .ready || after.verdict == .ready, "mending makes a ready copy unready")
  check(after.verdict != .blocked || before.verdict == .blocked, "mending blocks a copy")
  _ = session.offers(withUnsafe: allowsUnsafe)
  guard !changes.isEmpty else { return }
  var mended = input
  for index in mended.documents.indices {
    let source = mended.documents[index].source
    guard let change = changes.first(where: { $0.original == source }) else { continue }
    mended.documents[index] = Document(change.mended, as: mended.documents[index].use)
  }
  let judged = report(of: [CopyPlan(assembling: mended)], mended)
  check(
    judged.verdict == after.verdict, "what is said of mended documents depends on the way there")
  var again = FixSession([mended], judgedBy: { [mended] in report(of: $0, mended) })
  again.mend(withUnsafe: allowsUnsafe)
  check(again.changes.isEmpty, "mending twice changes more")
}

private func parses(_ source: Source) -> Bool { (try? Tree.parse(source)) != nil }

private func report(of plans: [CopyPlan], _ input: CopyInput) -> Report {
  Report(
    judging: plans, with: JudgeSettings(version: "fuzz"), asOf: input.asOf,
    documentCount: input.documents.count)
}
