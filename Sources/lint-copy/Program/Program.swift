import ArgumentParser
import PolicyModel

/// A command that is a function of its arguments and the surroundings.
protocol ProgramCommand: ParsableCommand {
  /// Does what was asked.
  func run(in surroundings: Surroundings) throws -> RunOutcome
}

/// The program: arguments and surroundings in, an outcome out.
enum Program {
  /// Runs the program; never ends the process, never writes to a stream.
  static func run(_ arguments: [String], in surroundings: Surroundings) -> RunOutcome {
    do {
      if let command = CheckCommand(plain: arguments) { return try command.run(in: surroundings) }
      var command = try LintCopy.parseAsRoot(arguments)
      if let command = command as? any ProgramCommand { return try command.run(in: surroundings) }
      // What is not ours is the parser's own `help`, which answers by throwing.
      try command.run()
      return RunOutcome(.success)
    } catch let refusal as Refusal {
      return RunOutcome(refusal)
    } catch {
      return outcome(ofParserError: error, columns: surroundings.columns)
    }
  }

  /// What the parser throws: a question answered (`--help`, `--version`, a completion script), or
  /// wrong usage, whose exit code is 2 here and 64 there.
  private static func outcome(ofParserError error: any Error, columns: Int?) -> RunOutcome {
    if LintCopy.exitCode(for: error) == .success {
      let answer = LintCopy.fullMessage(for: error, columns: columns ?? 80) + "\n"
      return RunOutcome(.success, output: CompletionScript.completed(answer))
    }
    return RunOutcome(UsageError(parserMessage: LintCopy.message(for: error)).refusal)
  }
}

/// What the argument parser says of wrong usage, in the words of this program.
private struct UsageError {
  var refusal: Refusal

  /// Splits a message from the guess that may follow it: "Did you mean '--role'?".
  init(parserMessage text: String) {
    let line = String(text.split(separator: "\n").first ?? "").map { $0 == "'" ? "`" : String($0) }
      .joined()
    let parts = line.split(separator: ". Did you mean ", maxSplits: 1)
    var message = parts.first.map(String.init) ?? line
    while message.last == "." { message.removeLast() }
    // The parser does not guess its own options, so that a slip in them looks like one in ours.
    let written = message.split(separator: "`").last.map(String.init) ?? ""
    let own = suggestion(for: written, among: ["--version", "--help"]).map { "`\($0)`?" }
    let guess = own ?? (parts.count > 1 ? String(parts[1]) : nil)
    refusal = Refusal(
      message.prefix(1).lowercased() + message.dropFirst(),
      help: guess.map { "did you mean \($0)" } ?? "`lint-copy --help` lists commands and options")
  }
}
