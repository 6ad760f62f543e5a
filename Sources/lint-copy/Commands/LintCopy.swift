import ArgumentParser

/// The command that holds the others.
struct LintCopy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint-copy",
    abstract: "Judges whether CloudTrail can copy trail events from S3 into an event data store.",
    discussion: """
      Give it what you have: policies, answers of the AWS CLI. The shortest call is
        lint-copy --role role.json --bucket bucket.json
      and `lint-copy check --help` shows everything that can be given.
      """,
    version: Program.versionLine,
    subcommands: [
      CheckCommand.self, RulesCommand.self, RuleCommand.self, SimulateCommand.self,
      InitCommand.self,
    ],
    defaultSubcommand: CheckCommand.self
  )
}
