package import Evidence
package import PolicyModel

/// Makes fixes of findings' remedies: edits of text, in each document's own style.
package struct FixPlanner {
  /// The documents that somebody wrote, so that they can be mended where they are.
  private let written: Set<Source>
  private var editors: [Source: ChangeEditor?] = [:]

  /// Takes the documents of some copies; `unwritable` are those that nothing can be written back to.
  package init(_ plans: [CopyPlan], unwritable: Set<Source> = []) {
    let documents = plans.flatMap(\.documents)
    // What one copy takes for an answer of AWS is none of the others' either.
    let answers = Set(documents.filter { !$0.isWritten }.map(\.source))
    written = Set(documents.map(\.source)).subtracting(answers).subtracting(unwritable)
  }

  /// The fixes of a finding, the best first; none where its documents cannot be edited so.
  package mutating func fixes(for finding: Finding) -> [Fix] {
    guard finding.suppression == nil else { return [] }
    return finding.remedies.compactMap { fix(for: $0) }
  }

  /// Whether a change is of a document that can be edited where it is.
  package func canEdit(_ place: Place) -> Bool {
    written.contains(place.source) && place.pointer.count == 1
  }

  private mutating func fix(for remedy: Remedy) -> Fix? {
    var edits: [Source: [TextEdit]] = [:]
    var order: [Source] = []
    for change in remedy.changes {
      guard canEdit(change.place), let editor = editor(of: change.place.source),
        let changed = editor.edits(for: change), !changed.isEmpty
      else { return nil }
      if edits[change.place.source] == nil { order.append(change.place.source) }
      edits[change.place.source, default: []] += changed
    }
    guard edits.values.allSatisfy({ !$0.overlapThemselves }) else { return nil }
    return Fix(
      title: remedy.title, safety: remedy.safety,
      edits: order.flatMap { source in
        (edits[source] ?? []).map {
          Edit(source: source, range: $0.range, replacement: $0.replacement)
        }
      })
  }

  private mutating func editor(of source: Source) -> ChangeEditor? {
    if let known = editors[source] { return known }
    let editor = DocumentText(source).map(ChangeEditor.init)
    editors[source] = .some(editor)
    return editor
  }
}
