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

  @OptionGroup var files: RuleFileOptions

  /// What a run judges with, by its options and by `lint-copy.yaml`.
  func settings(
    _ file: ManifestFile?, isStrict: Bool, reading surroundings: Surroundings
  ) throws(Refusal) -> JudgeSettings {
    var settings = JudgeSettings(
      catalog: try files.catalog(file, reading: surroundings),
      isStrict: isStrict || file?.manifest.isStrict ?? false, version: Program.version)
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
