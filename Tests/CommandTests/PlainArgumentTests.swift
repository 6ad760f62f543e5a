import ArgumentParser
import PolicyModel
import Testing

@testable import lint_copy

/// What the parser and `PlainArguments` make of the same arguments.
private struct Readings {
  var plain: String?
  var parsed: String?

  init(_ arguments: [String]) {
    plain = CheckCommand(plain: arguments).map { "\($0)" }
    parsed = (try? LintCopy.parseAsRoot(arguments)).flatMap { $0 as? CheckCommand }.map { "\($0)" }
  }
}

@Suite struct `Plain arguments` {
  private static func commands() throws -> [Node] {
    let outcome = Program.run(["--experimental-dump-help"], in: .test)
    let root = try Tree.parse(Source(path: "help.json", text: outcome.output)).root
    return root[path: "command", "subcommands"].map { Array($0.elements) } ?? []
  }

  /// An option of `check` as the parser describes it.
  struct Option {
    var names: [String]
    var isFlag: Bool
    var isRepeating: Bool
  }

  private static func options() throws -> [Option] {
    let commands = try commands()
    let check = try #require(commands.first { $0["commandName"]?.string == "check" })
    let arguments = try #require(check["arguments"])
    return arguments.elements.compactMap { argument in
      let names = (argument["names"].map { Array($0.elements) } ?? []).map { name in
        (name["kind"]?.string == "short" ? "-" : "--") + (name["name"]?.string ?? "")
      }
      guard argument["kind"]?.string != "positional",
        names.allSatisfy({ !["--help", "-h", "--version"].contains($0) })
      else { return nil }
      return Option(
        names: names, isFlag: argument["kind"]?.string == "flag",
        isRepeating: argument["isRepeating"]?.scalarText == "true")
    }
  }

  @Test func `A command by any of its names is left to the parser`() throws {
    for command in try Self.commands() {
      let name = try #require(command["commandName"]?.string)
      let aliases = command["aliases"].map { $0.elements.compactMap(\.string) } ?? []
      for name in [name] + aliases {
        #expect((CheckCommand(plain: [name, "a.json"]) != nil) == (name == "check"), "\(name)")
        #expect(CheckCommand(plain: ["a.json", name]) == nil, "\(name)")
      }
    }
  }

  @Test func `Each option is read as the parser reads it`() throws {
    let options = try Self.options()
    #expect(options.count > 40)
    for option in options {
      for name in option.names {
        let arguments = option.isFlag ? [name] : [name, "v"]
        for line in [arguments, ["check"] + arguments, arguments + ["a.json"]] {
          let readings = Readings(line)
          #expect(readings.plain != nil, "\(line) is left to the parser")
          #expect(readings.plain == readings.parsed, "\(line)")
        }
        guard !option.isFlag else { continue }
        let twice = Readings([name, "v", name, "w"])
        #expect((twice.plain != nil) == option.isRepeating, "\(name)")
        if option.isRepeating { #expect(twice.plain == twice.parsed, "\(name)") }
      }
    }
  }

  @Test func `Whatever a command line holds, what is read is what the parser reads`() throws {
    let names = try Self.options().flatMap(\.names)
    let words =
      names + ["a.json", "b", "-", "none", "a=b", "", "--", "--nope", "-x", "-qv", "--role=a"]
      + ["check", "rules", "init", "help", "--help", "--version", "--quiet=yes", "-1", "é"]
    var generator = Generator(state: 11)
    var agreed = 0
    for _ in 0..<2_000 {
      var line: [String] = []
      for _ in 0..<Int.random(in: 0...7, using: &generator) {
        line.append(words.randomElement(using: &generator) ?? "")
        if Bool.random(using: &generator) { line.append("value") }
      }
      let readings = Readings(line)
      guard readings.plain != nil else { continue }
      agreed += 1
      #expect(readings.plain == readings.parsed, "\(line)")
    }
    #expect(agreed > 50)
  }

  @Test(arguments: [
    ["--role=role.json"], ["--role"], ["--role", "-"], ["--role", "--trust", "t"], ["--", "a"],
    ["-qv"], ["--nope"], ["--nope", "a"], ["--trust", "a", "--trust", "b"], ["rules"],
    ["a.json", "rules"], ["--help"], ["help", "check"], ["--quiet", "--version"],
  ]) func `What is not plain is left to the parser`(_ arguments: [String]) {
    #expect(CheckCommand(plain: arguments) == nil)
  }
}

/// SplitMix64: the same cases on every machine.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
