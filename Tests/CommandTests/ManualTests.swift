import ArgumentParser
import PolicyModel
import Testing

@testable import lint_copy

/// The manual page: what is written by hand, and between it what help says.
struct Manual {
  private let root: Node

  /// Reads what the program says of itself.
  init() throws {
    let outcome = Program.run(["--experimental-dump-help"], in: .test)
    root = try Tree.parse(Source(path: "help.json", text: outcome.output)).root
  }

  /// The page in mdoc.
  func page(from template: String) -> String {
    template.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        switch line {
        case ".\\\" SYNOPSIS": synopsis
        case ".\\\" COMMANDS": descriptions
        default: String(line)
        }
      }
      .joined(separator: "\n")
  }

  private var commands: [Node] {
    (root[path: "command", "subcommands"].map { Array($0.elements) } ?? [])
      .filter { $0["commandName"]?.string != "help" }
  }

  private var synopsis: String {
    commands.flatMap { command -> [String] in
      let name = text(command, "commandName")
      let isDefault = root[path: "command", "defaultSubcommand"]?.string == name
      let files = arguments(of: command).filter { text($0, "kind") == "positional" }.map {
        argument in
        let flag = argument["isOptional"]?.scalarText == "true" ? ".Op Ar" : ".Ar"
        let dots = argument["isRepeating"]?.scalarText == "true" ? " ..." : ""
        return "\(flag) \(text(argument, "valueName"))\(dots)"
      }
      return [".Nm", isDefault ? ".Op Ic \(name)" : ".Ic \(name)", ".Op Ar options"] + files
    }.joined(separator: "\n")
  }

  private var descriptions: String {
    commands.map { command in
      var lines = [".Ss \(text(command, "commandName"))"]
      let others = command["aliases"].map { $0.elements.compactMap(\.string) } ?? []
      lines += prose(text(command, "abstract"))
      if !others.isEmpty {
        lines += ["Another name for it is", ".Ic \(others.joined(separator: " , ")) ."]
      }
      for paragraph in paragraphs(text(command, "discussion")) {
        lines += [".Pp"] + prose(paragraph)
      }
      var title: String?
      var isOpen = false
      for argument in arguments(of: command) {
        let section = argument["sectionTitle"]?.string
        if section != title || !isOpen {
          if isOpen { lines.append(".El") }
          if let section { lines += [".Pp", "\(section):"] }
          lines.append(".Bl -tag -width Ds")
          (title, isOpen) = (section, true)
        }
        lines += [item(argument)] + prose(text(argument, "abstract"))
        if argument["isRepeating"]?.scalarText == "true" {
          lines.append("May be given more than once.")
        }
      }
      if isOpen { lines.append(".El") }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// What a command takes, without what every command does.
  private func arguments(of command: Node) -> [Node] {
    (command["arguments"].map { Array($0.elements) } ?? []).filter { argument in
      argument["shouldDisplay"]?.scalarText == "true"
        && !["version", "help"].contains(argument[path: "preferredName", "name"]?.string ?? "")
    }
  }

  private func item(_ argument: Node) -> String {
    let value = "Ar \"\(escaped(text(argument, "valueName")))\""
    if text(argument, "kind") == "positional" { return ".It \(value)" }
    let names = argument["names"].map { Array($0.elements) } ?? []
    let flags = names.map { name in
      text(name, "kind") == "short"
        ? "Fl \(text(name, "name"))" : "Fl \\-\(escaped(text(name, "name")))"
    }
    let suffix = text(argument, "kind") == "option" ? " \(value)" : ""
    return ".It \(flags.sorted { $0.count < $1.count }.joined(separator: " , "))\(suffix)"
  }

  /// The paragraphs before the first heading; examples and exit codes have sections of their own.
  private func paragraphs(_ discussion: String) -> [String] {
    var paragraphs: [[Substring]] = [[]]
    for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.utf8.allSatisfy({ $0 == 0x20 || (0x41...0x5A).contains($0) }) { break }
      if line.isEmpty {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }

  /// Sentences, a line each as mdoc wants them, with code in bold.
  private func prose(_ text: String) -> [String] {
    var isCode = false
    var marked = ""
    for part in text.split(separator: "`", omittingEmptySubsequences: false) {
      marked += isCode ? "\\fB\(escaped(String(part)))\\fP" : String(part)
      isCode.toggle()
    }
    var lines = [""]
    for word in marked.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.hasSuffix(".") && !last.hasSuffix("...") {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = last.isEmpty ? String(word) : "\(last) \(word)"
      }
    }
    return lines.map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&\($0)" : $0 }
  }

  /// Text that a reader may copy: a hyphen stays a hyphen.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "\"": escaped += "\\(dq"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private func text(_ node: Node, _ name: StaticString) -> String { node[name]?.string ?? "" }
}

@Suite struct `The manual page` {
  @Test func `It says of the commands what help says`() throws {
    func read(_ path: String) throws -> String {
      String(decoding: try readWhole("\(Example.root)/\(path)"), as: UTF8.self)
    }
    let page = try Manual().page(from: read("docs/lint-copy.1.in"))
    let path = "docs/lint-copy.1"
    let known = try? read(path)
    if known != page, unsafe getenv("RECORD_SNAPSHOTS") != nil {
      try Surroundings.test.write(Array(page.utf8), to: "\(Example.root)/\(path)")
      Issue.record("\(path) was written anew")
    }
    #expect(
      known == page, "RECORD_SNAPSHOTS=1 swift test --filter CommandTests writes \(path) anew")
  }

  @Test func `Every option of every command is in it`() throws {
    let page = String(decoding: try readWhole("\(Example.root)/docs/lint-copy.1"), as: UTF8.self)
    for option in ["role", "output-format", "changed", "lines", "input", "no-config"] {
      #expect(page.contains(".It Fl \\-\(option.replacing("-", with: "\\-"))"))
    }
    for section in ["EXIT STATUS", "FILES", "ENVIRONMENT", "EXAMPLES", "COMMANDS"] {
      #expect(page.contains("\n.Sh \(section)\n"))
    }
  }
}

@Suite struct `Completion scripts` {
  @Test(arguments: ["bash", "zsh", "fish"])
  func `A script completes lines without a command, too`(_ shell: String) {
    let outcome = Program.run(["--generate-completion-script", shell], in: .test)
    #expect(outcome.code == .success)
    let script = String(decoding: outcome.output, as: UTF8.self)
    #expect(script.contains("# A line without a command is one with `check`"))
    for command in LintCopy.configuration.subcommands {
      #expect(script.contains(command._commandName))
    }
  }
}
