import Checks
import PolicyModel
import Testing

@testable import lint_copy

/// One folder of `examples/`: a command, what it prints, and how it exits.
struct Example: Sendable, CustomTestStringConvertible {
  /// The folder below `examples/`.
  var name: String
  /// What stands after `lint-copy` in `command.sh`.
  var arguments: [String]
  /// The exit code that the comment of `command.sh` promises.
  var code: Int32?
  /// `expected.txt`; nil where there is none yet.
  var output: String?

  var testDescription: String { name }
}

/// The examples do what their pages say.
@Suite struct `Examples` {
  @Test(arguments: Example.all)
  func `An example prints what is written beside it`(_ example: Example) throws {
    var surroundings = Surroundings.test
    surroundings.directory = "\(Example.folder)/\(example.name)"
    let outcome = Program.run(example.arguments, in: surroundings)
    let output = String(decoding: outcome.output, as: UTF8.self)
    #expect(String(decoding: outcome.errors, as: UTF8.self) == "")
    #expect(outcome.code.rawValue == example.code)
    if output != example.output, isRecording {
      try surroundings.write(outcome.output, to: "expected.txt")
    }
    #expect(
      output == example.output,
      "RECORD_SNAPSHOTS=1 swift test --filter CommandTests writes expected.txt anew")
  }

  @Test func `Every folder is an example`() {
    #expect(Example.all.count >= 11)
    #expect(Set(Example.all.compactMap(\.code)) == [0, 1])
  }

  /// The README opens with a run and its output; both are those of an example.
  @Test func `The README shows what an example prints`() throws {
    let folder = "examples/one-account/old-spelling"
    let command = try text(of: "\(folder)/command.sh").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    let block = "$ \(command)\n\(try text(of: "\(folder)/expected.txt"))"
    var parts = try text(of: "README.md").split(
      separator: "```\n", maxSplits: 2, omittingEmptySubsequences: false)
    try #require(parts.count == 3)
    let isChanged = parts[1] != block
    if isChanged, isRecording {
      parts[1] = Substring(block)
      try Surroundings.test.write(
        Array(parts.joined(separator: "```\n").utf8), to: "\(Example.root)/README.md")
    }
    #expect(
      !isChanged,
      "RECORD_SNAPSHOTS=1 swift test --filter CommandTests writes the README's block anew")
  }

  /// `docs/help.txt` is for those who read before they build, and shows what a change does to help.
  @Test func `The help pages are those of the documentation`() throws {
    var pages = ""
    for command in [[], ["check"], ["init"], ["simulate"], ["rules"], ["rule"]] {
      let arguments = command + ["--help"]
      let outcome = Program.run(arguments, in: .test)
      #expect(outcome.code == .success)
      pages +=
        "$ lint-copy \(arguments.joined(separator: " "))\n"
        + String(decoding: outcome.output, as: UTF8.self)
    }
    let path = "docs/help.txt"
    if try text(of: path) != pages, isRecording {
      try Surroundings.test.write(Array(pages.utf8), to: "\(Example.root)/\(path)")
      Issue.record("\(path) was written anew")
    }
    #expect(
      try text(of: path) == pages,
      "RECORD_SNAPSHOTS=1 swift test --filter CommandTests writes \(path) anew")
  }

  /// A rule that is named and not there would send a reader looking for it.
  @Test(arguments: ["README.md", "examples/README.md"])
  func `A page names rules that there are`(_ page: String) throws {
    let words = try text(of: page).split(separator: "`", omittingEmptySubsequences: false)
    let named = words.filter { word in
      word.contains("-") && !word.hasPrefix("-") && word.utf8.allSatisfy(isOfRuleID)
    }
    let rules = Set(RuleCatalog.builtIn.rules.map(\.id.name))
    let others: Set<Substring> = [
      "lint-copy", "lint-copy-fix", "lint-copy-system", "lint-copy-fix-system",
    ]
    #expect(named.filter { !rules.contains(String($0)) && !others.contains($0) } == [])
  }

  private func isOfRuleID(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func text(of path: String) throws -> String {
    String(decoding: try readWhole("\(Example.root)/\(path)"), as: UTF8.self)
  }

  private var isRecording: Bool { unsafe getenv("RECORD_SNAPSHOTS") != nil }
}

extension Example {
  /// The folder of the package.
  static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(3).joined(separator: "/")

  static let folder = "\(root)/examples"

  static let all: [Example] = names(in: folder).flatMap { group in
    names(in: "\(folder)/\(group)").compactMap { Example(name: "\(group)/\($0)") }
  }

  private init?(name: String) {
    let path = "\(Self.folder)/\(name)"
    guard let command = try? readWhole("\(path)/command.sh") else { return nil }
    let lines = String(decoding: command, as: UTF8.self).split(separator: "\n")
    let words = lines.filter { !$0.hasPrefix("#") }.flatMap { $0.split(separator: " ") }
      .filter { $0 != "\\" }
    guard words.first == "lint-copy" else { return nil }
    self.name = name
    arguments = words.dropFirst().map(String.init)
    let promise = "# Exits with "
    code = lines.first { $0.hasPrefix(promise) }
      .flatMap { Int32($0.dropFirst(promise.count).dropLast()) }
    output = (try? readWhole("\(path)/expected.txt")).map { String(decoding: $0, as: UTF8.self) }
  }
}
