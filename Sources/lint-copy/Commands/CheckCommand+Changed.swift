import Evidence
import PolicyModel

/// What a run judges.
struct Selection {
  /// The copies.
  var inputs: [CopyInput] = []
  /// What is wrong with policies that belong to none of them.
  var others: [Finding] = []
  /// Whether there is nothing to do, and so nothing to say.
  var isIdle = false
}

extension CheckCommand {
  /// What changed files ask for: the copies that they belong to, and the grammar of other policies.
  ///
  /// Everything else is passed over, unparsable files included: a repository has JSON and YAML of
  /// other programs.
  func changed(
    _ arguments: [DocumentArgument], _ file: ManifestFile?, asOf now: Timestamp,
    reading reader: inout DocumentReader, in surroundings: Surroundings
  ) throws(Refusal) -> Selection {
    var paths: [String] = []
    for argument in arguments {
      guard argument.use == .anything, case .path(let path) = argument.location else {
        throw Refusal(
          "`--changed` takes the files that changed, and `\(argument.use.option ?? "-")` gives a copy",
          help: "say in `\(ManifestFile.name)` which documents a copy has")
      }
      paths.append(path)
    }
    let files = ChangedFiles(paths, in: surroundings)
    var selection = Selection()
    for copy in file.map(files.copies) ?? [] {
      if let file { selection.inputs.append(try reader.copy(copy, of: file, asOf: now)) }
    }

    var bundle: [(path: String, document: UnnamedDocument)] = []
    for path in files.others(than: file) {
      guard let source = surroundings.unnamedDocument(at: path),
        file == nil || UnnamedDocument.mayHoldPolicy(source),
        let document = UnnamedDocument(source)
      else { continue }
      bundle.append((path, document))
    }
    if file == nil, bundle.contains(where: \.document.speaksOfTrails) {
      selection.inputs.append(
        try reader.commandLine(
          bundle.map { DocumentArgument($0.path, as: .anything) }, inputName: nil, asOf: now))
    } else {
      selection.others = bundle.flatMap(\.document.policyFindings)
      reader.note(bundle.count { $0.document.carriesPolicy })
    }
    selection.isIdle = selection.inputs.isEmpty && reader.count == 0
    return selection
  }
}
