import ArgumentParser
import Checks
import Evidence
import PolicyModel
import Reporting

/// Judges a copy.
struct CheckCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge a copy from its documents.",
    discussion: """
      A document is a policy (JSON or YAML) or the AWS CLI answer that carries one; `-` reads \
      standard input, and `none` in place of a file says that there is none. What is not given is \
      unknown, never empty.

      EXAMPLES
        lint-copy --role role.json --bucket bucket.json
        lint-copy --role role.json --trust get-role.json --bucket bucket.json \\
          --source s3://logs/AWSLogs/111122223333/CloudTrail/ data-store.json

      EXIT STATUS
        0  nothing found that fails the run
        1  a copy is blocked, or something was found at or above --fail-on
        2  wrong usage, or a file that cannot be read or written
      """)

  @OptionGroup(title: "Documents") var documents: DocumentOptions
  @OptionGroup(title: "Facts") var facts: FactOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup(title: "What fails the run") var threshold: ThresholdOptions

  @Option(
    name: .long,
    help: ArgumentHelp("What standard input is called in reports.", valueName: "path"),
    completion: .file())
  var stdinFilename: String?

  func run(in surroundings: Surroundings) throws -> RunOutcome {
    let destinations = try output.destinations(in: surroundings)
    let settings = try rules.settings(isStrict: threshold.strict)
    let failOn = try threshold.severity()
    var options = RenderingOptions()
    options.usesColor = try output.usesColor(in: surroundings)
    options.isQuiet = output.quiet
    options.isVerbose = output.verbose
    options.failOn = failOn
    options.rules = settings.ruleDescriptions
    options.paths = surroundings.paths

    let input = try copyInput(in: surroundings)
    let report = Report(
      judging: [CopyPlan(assembling: input)], with: settings, asOf: input.asOf,
      documentCount: input.documents.count)
    return try write(report, to: destinations, options, in: surroundings)
  }

  /// Reads everything that was given; usage is looked at before any file is.
  private func copyInput(in surroundings: Surroundings) throws(Refusal) -> CopyInput {
    var arguments = documents.uses
    let inputs = arguments.count { $0.location == .input }
    if inputs > 1 {
      throw Refusal("standard input was asked for \(inputs) times, and is read once")
    }
    // A name for standard input asks for it.
    if inputs == 0, stdinFilename != nil { arguments.append(DocumentArgument("-", as: .anything)) }
    guard !arguments.isEmpty else {
      throw Refusal(
        "nothing to judge: no document was given",
        help: "`lint-copy check --help` shows what can be given")
    }
    var input = CopyInput(name: "command line", asOf: try facts.moment(in: surroundings))
    input.facts = try facts.stated()
    for argument in arguments {
      switch argument.location {
      case .none:
        let option = argument.use.option ?? ""
        input.absences.append(Absence(of: argument.use, origin: "`\(option) none`"))
      case .input:
        let bytes = try surroundings.readInput()
        input.documents.append(
          Document(bytes, path: stdinFilename ?? "<stdin>", as: argument.use))
      case .path(let path):
        input.documents.append(Document(try surroundings.read(path), path: path, as: argument.use))
      }
    }
    return input
  }

  /// Writes files before standard output, so that a report that cannot be kept is not shown as if
  /// it were.
  private func write(
    _ report: Report, to destinations: [OutputOptions.Destination], _ options: RenderingOptions,
    in surroundings: Surroundings
  ) throws(Refusal) -> RunOutcome {
    var outcome = RunOutcome(RunOutcome.Code(of: report, failOn: options.failOn))
    for destination in destinations {
      var options = options
      guard let path = destination.path else {
        options.width = surroundings.columns
        options.links = surroundings.links
        outcome.output = Array(render(report, as: destination.format, options: options).utf8)
        continue
      }
      options.usesColor = false
      options.links = .urls
      try surroundings.write(
        Array(render(report, as: destination.format, options: options).utf8), to: path)
    }
    return outcome
  }
}

extension Document {
  /// A document of a file's bytes; what is no text is kept as a failure.
  fileprivate init(_ bytes: [UInt8], path: String, as use: Use) {
    do throws(SyntaxFailure) {
      self.init(try Source.decoding(bytes, path: path), as: use)
    } catch {
      self.init(undecodable: error, as: use)
    }
  }
}

extension Surroundings {
  /// How rules' pages are shown: where a person sees a terminal, behind the rule's id.
  fileprivate var links: RenderingOptions.Links {
    outputIsTerminal && variable("CI") == nil && variables["TERM"] != "dumb" ? .hyperlinks : .urls
  }
}

extension RunOutcome.Code {
  /// The exit code of a report: findings at or above a severity, a blocked copy, and where it is
  /// strict an unproven one fail the run.
  init(of report: Report, failOn: Severity) {
    let counts = report.findings.contains { $0.severity >= failOn && $0.suppression == nil }
    let verdict = report.verdict ?? .ready
    let fails = counts || verdict == .blocked || (report.isStrict && verdict == .unproven)
    self = fails ? .findings : .success
  }
}
