import ArgumentParser
import PolicyModel
import Reporting

/// How and where a report is written.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How to report: \(OutputFormat.names); with a path, into that file (default: text).",
      valueName: "format[=path]"),
    completion: .list(OutputFormat.allCases.map(\.rawValue)))
  var outputFormat: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Write the report into a file.", valueName: "path"),
    completion: .file())
  var outputFile: String?

  @Option(
    name: .long, help: ArgumentHelp("When to use colours.", valueName: "auto|always|never"),
    completion: .list(["auto", "always", "never"]))
  var color: String?

  @Flag(name: .shortAndLong, help: "Report findings only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Show every fact, and how each requirement was decided.")
  var verbose = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write each denied request into a folder, as a document for `simulate`.",
      valueName: "folder"),
    completion: .directory)
  var witness: String?

  /// One report to write; without a path to standard output.
  struct Destination: Hashable, Sendable {
    var format: OutputFormat
    var path: String?
  }

  /// What to write where: each format once, at most one to standard output.
  func destinations(in surroundings: Surroundings) throws(Refusal) -> [Destination] {
    var values = outputFormat
    if values.isEmpty { values = [surroundings.variable("LINT_COPY_OUTPUT_FORMAT") ?? "text"] }
    var destinations: [Destination] = []
    for value in values { destinations.append(try Self.destination(value)) }

    if let outputFile {
      let open = destinations.indices.filter { destinations[$0].path == nil }
      guard let only = open.first, open.count == 1 else {
        throw Refusal("`--output-file` needs one format without a path, not \(open.count)")
      }
      destinations[only].path = outputFile
    }
    let toOutput = destinations.filter { $0.path == nil }
    if toOutput.count > 1 {
      throw Refusal(
        "`\(toOutput[0].format.rawValue)` and `\(toOutput[1].format.rawValue)` would both go to "
          + "standard output",
        help: "give one a path: `--output-format \(toOutput[1].format.rawValue)=PATH`")
    }
    var places: Set<String> = []
    for path in destinations.compactMap(\.path) {
      guard places.insert(surroundings.place(of: path)).inserted else {
        throw Refusal("two reports would be written to `\(path)`")
      }
    }
    return destinations
  }

  /// Whether a report on standard output may use colours.
  func usesColor(in surroundings: Surroundings) throws(Refusal) -> Bool {
    switch color {
    case "always": true
    case "never": false
    case nil, "auto":
      if surroundings.variable("NO_COLOR") != nil {
        false
      } else if surroundings.forcesColor {
        true
      } else {
        surroundings.outputIsTerminal && surroundings.variables["TERM"] != "dumb"
      }
    case let other?:
      throw Refusal(unknown: other, of: "--color", known: ["auto", "always", "never"])
    }
  }

  private static func destination(_ text: String) throws(Refusal) -> Destination {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let format = OutputFormat(rawValue: name) else {
      throw Refusal(
        unknown: name, of: "--output-format", known: OutputFormat.allCases.map(\.rawValue))
    }
    guard parts.count > 1 else { return Destination(format: format) }
    guard !parts[1].isEmpty else { throw Refusal("`--output-format \(text)` has an empty path") }
    return Destination(format: format, path: String(parts[1]))
  }
}

extension OutputFormat {
  /// All names, as help lists them.
  fileprivate static var names: String {
    allCases.map(\.rawValue).joined(separator: ", ")
  }
}

extension Surroundings {
  /// Whether a pipeline whose log shows colours asks for them; `0` says no.
  fileprivate var forcesColor: Bool {
    ["FORCE_COLOR", "CLICOLOR_FORCE"].contains { name in
      variable(name).map { $0 != "0" } ?? false
    }
  }
}
