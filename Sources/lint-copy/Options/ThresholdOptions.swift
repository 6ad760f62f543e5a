import ArgumentParser
import PolicyModel

/// What makes a run fail.
struct ThresholdOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The least severity that fails the run (default: error).", valueName: "error|warning|note"),
    completion: .list(["error", "warning", "note"]))
  var failOn: String?

  @Flag(name: .long, help: "Fail where a copy is not proven ready.")
  var strict = false

  /// The least severity that fails the run; nil where nobody says.
  func severity() throws(Refusal) -> Severity? {
    guard let failOn else { return nil }
    guard let severity = Severity(name: failOn) else {
      throw Refusal(unknown: failOn, of: "--fail-on", known: ["error", "warning", "note"])
    }
    return severity
  }
}
