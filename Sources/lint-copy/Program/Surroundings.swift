import PolicyModel

/// What a run knows of the machine it runs on, so that a test can say what it is.
struct Surroundings: Sendable {
  /// The environment's variables.
  var variables: [String: String] = [:]
  /// The folder that relative paths are relative to; empty for the process's own.
  var directory = ""
  /// Whether a person sees standard output in a terminal.
  var outputIsTerminal = false
  /// Whether a person sees standard error in a terminal.
  var errorIsTerminal = false
  /// Whether a person types at standard input.
  var inputIsTerminal = false
  /// How many columns the terminal of standard output has; nil where it is none.
  var columns: Int?
  /// The present moment, asked for only where a run needs it.
  var now: @Sendable () -> Timestamp
  /// Where `-` is read from.
  var input: FileDescriptor = .standardInput
  /// Where a run writes that answers before its input has ended; every other returns its output.
  var output: FileDescriptor = .standardOutput
  /// Where a run that takes long shows how far it is; every other returns what it has to say.
  var errors: FileDescriptor = .standardError

  /// Where a person is asked, away from what a run gives.
  var questions: FileDescriptor = .standardError

  /// The path to open for a path that somebody gave.
  func resolve(_ path: String) -> String {
    directory.isEmpty || path.utf8.first == UInt8(ascii: "/") ? path : "\(directory)/\(path)"
  }

  /// A variable of the environment, if it is set to something.
  func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
