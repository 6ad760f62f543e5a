import ArgumentParser
import Checks
import PolicyModel

/// Lists the rules.
struct RulesCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules, one line each.")

  @OptionGroup var output: RuleOutputOptions
  @OptionGroup var files: RuleFileOptions
  @OptionGroup var configuration: ConfigurationOptions

  func run(in surroundings: Surroundings) throws -> RunOutcome {
    let catalog = try files.catalog(
      try configuration.manifest(in: surroundings), reading: surroundings)
    return switch try output.format() {
    case .text: RunOutcome(.success, output: RulePage.list(catalog))
    case .json: RunOutcome(.success, output: RulePage.json(for: catalog))
    case .markdown: RunOutcome(.success, output: RulePage.markdownIndex(catalog))
    }
  }
}

/// Shows rules' pages.
struct RuleCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule", abstract: "Explain a rule: what must hold, why, and what to do.",
    aliases: ["explain"])

  @Argument(help: ArgumentHelp("The rule's id.", valueName: "id"), completion: .rules)
  var id: String

  @OptionGroup var output: RuleOutputOptions
  @OptionGroup var files: RuleFileOptions
  @OptionGroup var configuration: ConfigurationOptions

  func run(in surroundings: Surroundings) throws -> RunOutcome {
    let format = try output.format()
    // A page of the program's own is shown whatever the configuration is like.
    let rule =
      try RuleCatalog.builtIn[RuleID(id)]
      ?? files.catalog(try configuration.manifest(in: surroundings), reading: surroundings)
      .rule(named: id)
    return switch format {
    case .text:
      RunOutcome(.success, output: RulePage.text(for: rule, width: surroundings.columns ?? 80))
    case .json: RunOutcome(.success, output: RulePage.json(for: rule))
    case .markdown: RunOutcome(.success, output: RulePage.markdown(for: rule))
    }
  }
}

/// How rules are shown.
struct RuleOutputOptions: ParsableArguments {
  /// The ways to show a rule.
  enum Format: String, CaseIterable {
    case text
    case json
    case markdown
  }

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How to show it (default: text).", valueName: "text|json|markdown"),
    completion: .list(Format.allCases.map(\.rawValue)))
  var outputFormat: String?

  /// The way to show a rule.
  func format() throws(Refusal) -> Format {
    guard let outputFormat else { return .text }
    guard let format = Format(rawValue: outputFormat) else {
      throw Refusal(
        unknown: outputFormat, of: "--output-format", known: Format.allCases.map(\.rawValue))
    }
    return format
  }
}
