import Checks
package import Evidence
package import PolicyModel

/// Makes fixes of findings' remedies: edits of text, in each document's own style.
package struct FixPlanner {
  /// The documents that somebody wrote, so that they can be mended where they are.
  private let written: Set<Source>
  private var editors: [Source: ChangeEditor?] = [:]

  /// Whether documents that cannot be edited where they are count as if they could.
  private let imagines: Bool
  private let plans: [CopyPlan]

  /// Takes the documents of some copies; `unwritable` are those that nothing can be written back to.
  ///
  /// Who `imagines` gets fixes of answers of AWS, too, to see what would have to be done there.
  package init(_ plans: [CopyPlan], unwritable: Set<Source> = [], imagines: Bool = false) {
    self.imagines = imagines
    self.plans = plans
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
  private func canEdit(_ place: Place) -> Bool {
    written.contains(place.source) && place.pointer.count == 1
  }

  private mutating func fix(for remedy: Remedy) -> Fix? {
    var edits: [Source: [TextEdit]] = [:]
    var order: [Source] = []
    let offered = remedy.changes.map(\.place).filter { !canEdit($0) }
    guard imagines || offered.isEmpty else { return nil }
    var embedded: [Remedy.Change] = []
    for change in remedy.changes {
      let source = change.place.source
      if !order.contains(source) { order.append(source) }
      guard change.place.pointer.count == 1 else {
        embedded.append(change)
        continue
      }
      guard let changed = editor(of: source)?.edits(for: change), !changed.isEmpty else {
        return nil
      }
      edits[source, default: []] += changed
    }
    // A string that holds a document is written once, whatever changes within.
    while let first = embedded.first {
      let outer = (first.place.source, first.place.pointer[0])
      let together = embedded.filter { ($0.place.source, $0.place.pointer[0]) == outer }
      embedded.removeAll { ($0.place.source, $0.place.pointer[0]) == outer }
      guard let changed = embeddedEdits(for: together) else { return nil }
      edits[outer.0, default: []] += changed
    }
    guard edits.values.allSatisfy({ !$0.overlapThemselves }) else { return nil }
    var fix = Fix(
      title: remedy.title, safety: remedy.safety,
      edits: order.flatMap { source in
        (edits[source] ?? []).map {
          Edit(source: source, range: $0.range, replacement: $0.replacement)
        }
      })
    guard !offered.isEmpty else { return fix }
    fix.isOffer = true
    fix.title += handover(of: offered)
    return fix
  }

  /// What is to be done with the mended policies of answers, as the end of a title.
  private func handover(of places: [Place]) -> String {
    let steps = places.compactMap { place -> String? in
      for plan in plans {
        guard let origin = PolicyOrigin(of: place.source, in: plan), origin != .input,
          let policy = plan.allPolicies.first(where: { $0.node.place.holds(place) })
        else { continue }
        let command = origin == .answer ? policy.kind.command.map { " with `\($0)`" } : nil
        return "put the mended \(policy.kind.nounWithoutArticle) in place\(command ?? "")"
      }
      return nil
    }
    return steps.isEmpty ? "" : ", and " + steps.unique().joined(separator: " and ")
  }

  /// Edits of a document that stands in another as a string: the string is written anew.
  private mutating func embeddedEdits(for changes: [Remedy.Change]) -> [TextEdit]? {
    guard let first = changes.first?.place, first.pointer.count == 2,
      let editor = editor(of: first.source),
      let outer = Target(first, in: editor.document)?.node,
      let inner = try? outer.embeddedDocument()
    else { return nil }
    let source = Source(path: first.source.path, text: inner.text)
    guard let document = DocumentText(source) else { return nil }
    var edits: [TextEdit] = []
    for change in changes {
      var place = change.place
      place.source = source
      place.pointer.removeFirst()
      guard let target = Target(place, in: document) else { return nil }
      // What was found says where it is in the file.
      place.range = target.node.range
      if case .rename = change { place.range = target.key?.range ?? place.range }
      guard let changed = ChangeEditor(document).edits(for: change.moved(to: place)) else {
        return nil
      }
      edits += changed
    }
    guard !edits.overlapThemselves else { return nil }
    var writer = JSONWriter()
    writer.string(bytes: edits.applied(to: inner.text)[...])
    return [TextEdit(outer.range, String(decoding: writer.bytes, as: UTF8.self))]
  }

  private mutating func editor(of source: Source) -> ChangeEditor? {
    if let known = editors[source] { return known }
    let editor = DocumentText(source).map(ChangeEditor.init)
    editors[source] = .some(editor)
    return editor
  }
}

extension Place {
  /// Whether another place is the value's own or one within it.
  fileprivate func holds(_ other: Place) -> Bool {
    guard source == other.source, pointer.count == other.pointer.count,
      pointer.dropLast() == other.pointer.dropLast(), let own = pointer.last,
      let inner = other.pointer.last
    else { return false }
    return inner == own || inner.hasPrefix(own + "/")
  }
}
