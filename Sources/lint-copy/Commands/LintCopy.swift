import ArgumentParser

/// The command that holds the others.
struct LintCopy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint-copy",
    abstract: "Judges whether CloudTrail can copy trail events from S3 into an event data store.",
    version: "lint-copy \(Program.version)",
  )
}
