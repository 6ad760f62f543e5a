import ArgumentParser
import Checks
import Evidence
import PolicyModel

/// Where a team's own rules are.
struct RuleFileOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A folder with rules of your own.", valueName: "folder"),
    completion: .directory)
  var rules: [String] = []

  /// The program's rules, then those that the options and `lint-copy.yaml` name, with its severities.
  func catalog(
    _ file: ManifestFile?, reading surroundings: Surroundings
  ) throws(Refusal) -> RuleCatalog {
    var catalog = RuleCatalog.builtIn
    var files: [String] = []
    for folder in rules { files += try surroundings.ruleFiles(in: folder) }
    if let file {
      let boundary = RepositoryBoundary(around: file.folder, in: surroundings)
      for pattern in file.manifest.rules {
        try boundary.check(file.folder + pattern.text, at: pattern.place)
        let found = try surroundings.ruleFiles(in: file.folder + pattern.text)
        for path in found { try boundary.check(path, at: pattern.place) }
        files += found
      }
    }
    // A folder that is named twice has its rules once.
    var seen: Set<String> = []
    try catalog.add(files.filter { seen.insert($0).inserted }, reading: surroundings)
    if let file { try catalog.setSeverities(file.manifest.severities) }
    return catalog
  }
}

extension RuleCatalog {
  /// Takes in rule files; everything that is wrong with them is said at once.
  fileprivate mutating func add(
    _ files: [String], reading surroundings: Surroundings
  ) throws(Refusal) {
    guard !files.isEmpty else { return }
    var sources: [Source] = []
    for path in files { sources.append(try surroundings.source(at: path)) }
    let refusal = Refusal(
      add(sources).map { Refusal.Problem(message: $0.message, place: $0.place, help: $0.help) })
    if let refusal { throw refusal }
  }

  /// Gives rules the severities of a manifest.
  fileprivate mutating func setSeverities(
    _ changes: [Manifest.SeverityChange]
  ) throws(Refusal) {
    var problems: [Refusal.Problem] = []
    for change in changes where self[change.rule] == nil {
      problems.append(
        Refusal.Problem(
          message: "there is no rule `\(change.rule)`", place: change.place,
          help: suggestion(for: change.rule).map { "did you mean `\($0)`?" }))
    }
    if let refusal = Refusal(problems) { throw refusal }
    setSeverities(
      Dictionary(changes.map { ($0.rule, $0.severity) }, uniquingKeysWith: { _, last in last }))
  }
}

extension Surroundings {
  /// The rule files of a folder, by name; a path with the ending of one is a rule file itself.
  fileprivate func ruleFiles(in path: String) throws(Refusal) -> [String] {
    guard !isRuleFile(path) else { return [path] }
    let prefix = path.hasSuffix("/") ? path : path + "/"
    let names = try names(in: path).filter(isRuleFile)
    guard !names.isEmpty else { throw Refusal("there is no rule file in `\(path)`") }
    return names.sorted().map { prefix + $0 }
  }

  private func isRuleFile(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }
}
