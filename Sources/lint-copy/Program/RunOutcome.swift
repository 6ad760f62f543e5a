/// What a run of the program comes to.
struct RunOutcome: Sendable, Hashable {
  /// The exit code.
  enum Code: Int32, Sendable, Hashable {
    /// Nothing found that fails the run.
    case success = 0
    /// Something found that does.
    case findings = 1
    /// Wrong usage or configuration, an unreadable file, an internal error.
    case failure = 2
  }

  /// The exit code.
  var code: Code
  /// What standard output gets: findings and results, in every format.
  var output: [UInt8]
  /// What standard error gets: everything else.
  var errors: [UInt8]

  /// Makes an outcome of text.
  init(_ code: Code, output: String = "", errors: String = "") {
    self.code = code
    self.output = Array(output.utf8)
    self.errors = Array(errors.utf8)
  }

  /// The outcome of a run that could not do what was asked.
  init(_ refusal: Refusal) {
    self.init(.failure, errors: refusal.text)
  }
}
