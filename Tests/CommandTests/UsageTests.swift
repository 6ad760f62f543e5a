import Checks
import PolicyModel
import Testing

@testable import lint_copy

/// One run of the program, and what all three of its results must be.
struct UsageCase: Sendable, CustomTestStringConvertible {
  var arguments: [String]
  var code: RunOutcome.Code
  var output = ""
  var errors = ""

  var testDescription: String { "lint-copy \(arguments.joined(separator: " "))" }
}

extension UsageCase {
  static let all: [UsageCase] = [
    UsageCase(arguments: ["--version"], code: .success, output: "\(Program.versionLine)\n"),
    UsageCase(
      arguments: ["--verison"], code: .failure,
      errors: """
        lint-copy: unknown option `--verison`
          = help: did you mean `--version`?

        """),
    UsageCase(
      arguments: ["--\u{1B}[2J"], code: .failure,
      errors: """
        lint-copy: unknown option `--\\u{1b}[2J`
          = help: `lint-copy --help` lists commands and options

        """),
    UsageCase(
      arguments: [], code: .failure,
      errors: """
        lint-copy: nothing to judge: no document was given, and there is no `lint-copy.yaml`
          = help: `lint-copy check --help` shows what can be given

        """),
    UsageCase(
      arguments: ["--role"], code: .failure,
      errors: """
        lint-copy: missing value for `--role <file>`
          = help: `lint-copy --help` lists commands and options

        """),
    UsageCase(
      arguments: ["check", "--rol", "role.json"], code: .failure,
      errors: """
        lint-copy: unknown option `--rol`
          = help: did you mean `--role`?

        """),
    UsageCase(
      arguments: ["role.json", "--as-of", "yesterday"], code: .failure,
      errors: """
        lint-copy: `yesterday` is not a time, as `--as-of` wants it
          = help: give it as `2026-01-31` or `2026-01-31T00:00:00Z`

        """),
    UsageCase(
      arguments: ["role.json", "--fail-on", "eror"], code: .failure,
      errors: """
        lint-copy: `--fail-on` does not know `eror`
          = help: did you mean `error`?

        """),
    UsageCase(
      arguments: ["role.json", "--color", "maybe"], code: .failure,
      errors: """
        lint-copy: `--color` does not know `maybe`
          = help: it takes `auto`, `always` and `never`

        """),
    UsageCase(
      arguments: ["role.json", "--output-format", "text", "--output-format", "concise"],
      code: .failure,
      errors: """
        lint-copy: `text` and `concise` would both go to standard output
          = help: give one a path: `--output-format concise=PATH`

        """),
    UsageCase(
      arguments: ["role.json", "--output-format", "text=a", "--output-format", "concise=a"],
      code: .failure, errors: "lint-copy: two reports would be written to `a`\n"),
    UsageCase(
      arguments: ["role.json", "--output-format", "text=a", "--output-format", "concise=././a"],
      code: .failure, errors: "lint-copy: two reports would be written to `././a`\n"),
    UsageCase(
      arguments: [
        "role.json", "--output-format", "json=a", "--output-format", "text", "--output-file",
        ".//a",
      ],
      code: .failure, errors: "lint-copy: two reports would be written to `.//a`\n"),
    UsageCase(
      arguments: ["role.json", "--select", "s3-list-buket"], code: .failure,
      errors: """
        lint-copy: there is no rule `s3-list-buket`
          = help: did you mean `s3-list-bucket`?

        """),
    UsageCase(
      arguments: ["role.json", "--ignore", "everything"], code: .failure,
      errors: """
        lint-copy: there is no rule `everything`
          = help: `lint-copy rules` lists them

        """),
    UsageCase(
      arguments: ["rule"], code: .failure,
      errors: """
        lint-copy: missing expected argument `<id>`
          = help: `lint-copy --help` lists commands and options

        """),
    UsageCase(
      arguments: ["explain", "acls-disable"], code: .failure,
      errors: """
        lint-copy: there is no rule `acls-disable`
          = help: did you mean `acls-disabled`?

        """),
    UsageCase(
      arguments: ["rules", "--output-format", "sarif"], code: .failure,
      errors: """
        lint-copy: `--output-format` does not know `sarif`
          = help: it takes `text`, `json` and `markdown`

        """),
    UsageCase(
      arguments: ["role.json", "--output-format", "text="], code: .failure,
      errors: "lint-copy: `--output-format text=` has an empty path\n"),
    UsageCase(
      arguments: ["role.json", "--output-format", "text=a", "--output-file", "b"], code: .failure,
      errors: "lint-copy: `--output-file` needs one format without a path, not 0\n"),
  ]
}

/// How the program answers questions about itself, and wrong usage.
@Suite struct `Usage` {
  @Test(arguments: UsageCase.all)
  func `Every answer has its code and its stream`(_ expected: UsageCase) {
    let outcome = Program.run(expected.arguments, in: .test)
    #expect(outcome.code == expected.code)
    #expect(String(decoding: outcome.output, as: UTF8.self) == expected.output)
    #expect(String(decoding: outcome.errors, as: UTF8.self) == expected.errors)
  }

  @Test(arguments: [["--help"], ["-h"], ["help"], ["check", "--help"], ["help", "check"]])
  func `Help is an answer`(_ arguments: [String]) {
    let outcome = Program.run(arguments, in: .test)
    #expect(outcome.code == .success)
    #expect(String(decoding: outcome.output, as: UTF8.self).contains("USAGE: lint-copy"))
    #expect(outcome.errors.isEmpty)
  }

  @Test(arguments: RuleCatalog.builtIn.rules.map(\.id.name))
  func `Every rule is listed and has a page`(_ id: String) {
    let list = Program.run(["rules"], in: .test)
    #expect(list.code == .success)
    #expect(String(decoding: list.output, as: UTF8.self).contains("\(id) "))
    let page = Program.run(["rule", id], in: .test)
    #expect(page.code == .success)
    #expect(String(decoding: page.output, as: UTF8.self).hasPrefix("\(id): "))
    #expect(Program.run(["explain", id], in: .test) == page)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `A completion script is an answer`(_ shell: String) {
    let outcome = Program.run(["--generate-completion-script", shell], in: .test)
    #expect(outcome.code == .success)
    #expect(String(decoding: outcome.output, as: UTF8.self).contains("lint-copy"))
    #expect(outcome.errors.isEmpty)
  }
}

extension Surroundings {
  /// A machine without variables or terminals, on a day that stands still.
  static var test: Surroundings { Surroundings(now: { Timestamp(seconds: 1_795_219_200) }) }
}
