import Evidence
import PolicyModel
import Reporting

/// What is said on standard error about the documents of a run.
struct InputRemarks {
  private var lines: [String] = []

  /// Says which files that somebody named are nothing the program knows; with `isVerbose` what each
  /// document was recognised as, and the configuration that was used.
  init(
    _ plans: [CopyPlan], _ arguments: [DocumentArgument], _ file: ManifestFile?, isVerbose: Bool
  ) {
    if isVerbose, let file { lines.append("using `\(file.manifest.source.path)`") }
    let named = Set(arguments.map(\.location))
    var seen: Set<Source> = []
    for plan in plans {
      let broken = Set(
        plan.findings.filter { $0.rule == "policy-syntax" }.compactMap { $0.place?.source })
      for document in plan.documents where seen.insert(document.source).inserted {
        let path = document.source.path
        if let name = document.name {
          if isVerbose { lines.append("`\(path)` is \(name)") }
        } else if isVerbose || named.contains(.path(path)), !broken.contains(document.source) {
          lines.append("`\(path)` says nothing about a copy and is left out")
        }
      }
    }
  }

  /// The lines.
  var text: String {
    lines.map { "lint-copy: \(VisibleText.escaped($0))\n" }.joined()
  }
}
