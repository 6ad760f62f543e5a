import ArgumentParser
import Checks
import Evidence
import PolicyModel
import Reporting

/// Which rules are judged.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("Judge only this rule.", valueName: "id"),
    completion: .rules)
  var select: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Do not judge this rule.", valueName: "id"),
    completion: .rules)
  var ignore: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("A folder with rules of your own.", valueName: "folder"),
    completion: .directory)
  var rules: [String] = []

  /// What a run judges with, by its options and by `lint-copy.yaml`.
  func settings(
    _ file: ManifestFile?, isStrict: Bool, reading surroundings: Surroundings
  ) throws(Refusal) -> JudgeSettings {
    var settings = JudgeSettings(
      isStrict: isStrict || file?.manifest.isStrict ?? false, version: Program.version)
    var files: [String] = []
    for folder in rules { files += try surroundings.ruleFiles(in: folder) }
    if let file {
      for pattern in file.manifest.rules {
        files += try surroundings.ruleFiles(in: file.folder + pattern.text)
      }
    }
    try settings.catalog.add(files, reading: surroundings)
    if let file { try settings.catalog.setSeverities(file.manifest.severities) }
    if !select.isEmpty { settings.selected = try ids(select, in: settings.catalog) }
    settings.ignored = try ids(ignore, in: settings.catalog)
    return settings
  }

  private func ids(_ names: [String], in catalog: RuleCatalog) throws(Refusal) -> Set<RuleID> {
    var ids: Set<RuleID> = []
    for name in names { ids.insert(try catalog.rule(named: name).id) }
    return ids
  }
}

extension CompletionKind {
  /// The ids of the program's rules.
  static var rules: CompletionKind { .list(RuleCatalog.builtIn.rules.map(\.id.name)) }
}

extension RuleCatalog {
  /// The rule that somebody named.
  func rule(named name: String) throws(Refusal) -> Rule {
    let id = RuleID(name)
    if let rule = self[id] { return rule }
    throw Refusal(
      "there is no rule `\(name)`",
      help: suggestion(for: id).map { "did you mean `\($0)`?" } ?? "`lint-copy rules` lists them")
  }
}

extension RuleCatalog {
  /// Takes in rule files; everything that is wrong with them is said at once.
  fileprivate mutating func add(
    _ files: [String], reading surroundings: Surroundings
  ) throws(Refusal) {
    guard !files.isEmpty else { return }
    var sources: [Source] = []
    for path in files {
      let bytes = try surroundings.read(path)
      do throws(SyntaxFailure) {
        sources.append(try Source.decoding(bytes, path: path))
      } catch {
        throw Refusal(error.message, at: error.place, help: error.help)
      }
    }
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

extension JudgeSettings {
  /// What reports say of the rules of this run; a page is read only where a report shows it.
  var ruleDescriptions: RuleDescriptions {
    let catalog = catalog
    return RuleDescriptions(
      ids: catalog.rules.map(\.id).filter(isActive), url: { _ in nil },
      find: { id in
        catalog[id].map { rule in
          RuleDescription(
            id: id, summary: rule.summary, severity: catalog.severity(of: rule),
            explanation: RulePage.markdown(for: rule))
        }
      })
  }
}
