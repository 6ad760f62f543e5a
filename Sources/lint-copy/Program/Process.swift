import PolicyModel

/// The process: the one place that reads the clock and the environment and writes to the streams.
enum Process {
  /// Runs the program on the process's own arguments; gives the exit code.
  static func run() -> Int32 {
    Signals.leaveToCalls()
    let outcome = Program.run(Array(CommandLine.arguments.dropFirst()), in: surroundings)
    return deliver(outcome).rawValue
  }

  /// Writes both streams; what cannot be written whole is a failure, unless nobody wants it.
  private static func deliver(_ outcome: RunOutcome) -> RunOutcome.Code {
    var code = outcome.code
    // A full terminal log must not keep the findings back.
    try? FileDescriptor.standardError.write(outcome.errors)
    guard !outcome.output.isEmpty else { return code }
    do {
      try FileDescriptor.standardOutput.write(outcome.output)
      try FileDescriptor.standardOutput.finish()
    } catch SystemError.closedPipe {
      return code
    } catch {
      code = .failure
      let refusal = Refusal(unwritable: "standard output", isPath: false, error)
      try? FileDescriptor.standardError.write(Array(refusal.text.utf8))
    }
    return code
  }

  private static var surroundings: Surroundings {
    let outputIsTerminal = isatty(1) == 1
    return Surroundings(
      variables: variables, outputIsTerminal: outputIsTerminal, errorIsTerminal: isatty(2) == 1,
      inputIsTerminal: isatty(0) == 1,
      columns: outputIsTerminal ? columns : nil, now: now)
  }

  /// The variables the program looks at.
  private static var variables: [String: String] {
    var variables: [String: String] = [:]
    for name in [
      "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM", "CI", "COLUMNS",
      "LINT_COPY_OUTPUT_FORMAT",
    ] {
      if let value = unsafe getenv(name) { variables[name] = unsafe String(cString: value) }
    }
    return variables
  }

  private static var columns: Int? {
    var size = winsize()
    guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func now() -> Timestamp {
    var moment = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &moment)
    return Timestamp(seconds: Int(moment.tv_sec))
  }
}
