import PolicyModel
import Testing

@testable import lint_copy

/// One run of the program, and what all three of its results must be.
struct UsageCase: Sendable, CustomTestStringConvertible {
  var arguments: [String]
  var code: Outcome.Code
  var output = ""
  var errors = ""

  var testDescription: String { "lint-copy \(arguments.joined(separator: " "))" }
}

/// How the program answers questions about itself, and wrong usage.
@Suite struct `Usage` {
  @Test(arguments: [
    UsageCase(arguments: ["--version"], code: .success, output: "lint-copy 0.1.0\n"),
    UsageCase(
      arguments: ["--verison"], code: .failure,
      errors: """
        lint-copy: unknown option `--verison`
          = help: `lint-copy --help` lists commands and options

        """),
    UsageCase(
      arguments: ["--\u{1B}[2J"], code: .failure,
      errors: """
        lint-copy: unknown option `--\\u{1b}[2J`
          = help: `lint-copy --help` lists commands and options

        """),
  ])
  func `Every answer has its code and its stream`(_ expected: UsageCase) {
    let outcome = Program.run(expected.arguments, in: .test)
    #expect(outcome.code == expected.code)
    #expect(String(decoding: outcome.output, as: UTF8.self) == expected.output)
    #expect(String(decoding: outcome.errors, as: UTF8.self) == expected.errors)
  }
}

extension Surroundings {
  /// A machine without variables or terminals, on a day that stands still.
  static var test: Surroundings { Surroundings(now: { Timestamp(seconds: 1_795_219_200) }) }
}
