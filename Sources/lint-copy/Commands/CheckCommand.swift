import ArgumentParser
import Checks
import Evidence
import Fixing
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
        lint-copy --changed $(git diff --name-only)

      EXIT STATUS
        0  nothing found that fails the run
        1  a copy is blocked, or something was found at or above --fail-on
        2  wrong usage, or a file that cannot be read or written
      """)

  @OptionGroup(title: "Documents") var documents: DocumentOptions
  @OptionGroup(title: "Facts") var facts: FactOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Mending") var fixes: FixOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup(title: "Known findings") var baseline: BaselineOptions
  @OptionGroup(title: "What fails the run") var threshold: ThresholdOptions
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

  @Flag(
    name: .long,
    help: "The files are those that changed: judge the copies that they belong to.")
  var changed = false

  @Option(
    name: .long,
    help: ArgumentHelp("What standard input is called in reports.", valueName: "path"),
    completion: .file())
  var stdinFilename: String?

  func run(in surroundings: Surroundings) throws -> RunOutcome {
    // Usage first: a slip in an option is said before any file is read.
    let destinations = try output.destinations(in: surroundings)
    var options = RenderingOptions()
    options.usesColor = try output.usesColor(in: surroundings)
    options.isQuiet = output.quiet
    options.isVerbose = output.verbose
    try fixes.check()
    let failOn = try threshold.severity()
    let stated = try facts.stated()
    let moment = try facts.statedMoment()
    let parameters = try facts.statedParameters()
    let arguments = try documentArguments()

    let file = try configuration.manifest(in: surroundings)
    var settings = try rules.settings(
      file, isStrict: threshold.strict, reading: surroundings)
    settings.suppressions = try baseline.suppressions(
      file, isWhole: arguments.isEmpty, in: surroundings)
    settings.tracesDecisions = output.verbose
    options.failOn = failOn ?? file?.manifest.failOn ?? .error
    options.paths = surroundings.paths

    var reader = DocumentReader(
      surroundings, showsProgress: surroundings.errorIsTerminal && !output.quiet)
    let now = moment ?? surroundings.now()
    let selection =
      try changed
      ? self.changed(arguments, file, asOf: now, reading: &reader, in: surroundings)
      : Selection(inputs: copies(arguments, file, asOf: now, reading: &reader))
    var inputs = selection.inputs
    for index in inputs.indices {
      inputs[index].state(stated, asOf: moment)
      inputs[index].parameters.merge(parameters) { _, option in option }
      try reader.readListings(of: &inputs[index])
    }
    let plans = inputs.concurrentMap { CopyPlan(assembling: $0) }
    // What is of no use for some copies may be of use for others.
    if changed {
      let isWhole = inputs.count == file?.manifest.copies.count
      settings.suppressions.isWhole = isWhole
      settings.suppressions.tellsUnused = isWhole
    }
    let judged = settings
    let count = reader.count
    let judge: Judge = { plans in
      Report(
        judging: plans, with: judged, asOf: now, documentCount: count, others: selection.others)
    }
    let mended = fixes.mend(
      inputs, plans, judge(plans), inputName: stdinFilename ?? "<stdin>", judgedBy: judge)
    var remarks = InputRemarks(plans, changed ? [] : arguments, file, isVerbose: output.verbose)
      .text
    remarks += mended.remarks
    if fixes.diff { remarks += mended.diffRemark(in: surroundings) }
    if fixes.fix, !fixes.diff { try mended.write(in: surroundings) }
    if let witness = output.witness {
      remarks += try WitnessFolder(witness).write(mended.report, in: surroundings)
    }
    options.rules = settings.ruleDescriptions(
      for: mended.report, as: destinations.map(\.format))
    if fixes.diff, let file = baseline.file(of: mended.report) { try surroundings.write([file]) }
    var outcome =
      fixes.diff
      ? mended.diffOutcome(RunOutcome.Code(of: mended.report, failOn: options.failOn), surroundings)
      : try write(mended.report, to: destinations, options, in: surroundings)
    if !fixes.diff, selection.isIdle, destinations.allSatisfy(\.format.isForPeople) {
      outcome.output = []
    }
    if !output.quiet { outcome.errors = Array(remarks.utf8) }
    // A mended policy is what the run is for: below a report for people, else beside it.
    let showsText = destinations.contains { $0.path == nil && $0.format == .text }
    if !mended.offers.isEmpty, showsText, !fixes.diff {
      outcome.output += [UInt8(ascii: "\n")] + mended.offered
    } else {
      outcome.errors += mended.offered
    }
    return outcome
  }

  /// The copies to judge: that of the documents given, else those of the configuration.
  private func copies(
    _ arguments: [DocumentArgument], _ file: ManifestFile?, asOf now: Timestamp,
    reading reader: inout DocumentReader
  ) throws(Refusal) -> [CopyInput] {
    guard arguments.isEmpty else {
      return [try reader.commandLine(arguments, inputName: stdinFilename, asOf: now)]
    }
    guard let file else {
      throw Refusal(
        "nothing to judge: no document was given, and there is no `\(ManifestFile.name)`",
        help: "`lint-copy check --help` shows what can be given")
    }
    guard !file.manifest.copies.isEmpty else {
      throw Refusal(
        "nothing to judge: `\(file.manifest.source.path)` has no copies",
        help: "name one under `copies`, or give documents")
    }
    var inputs: [CopyInput] = []
    for copy in file.manifest.copies { inputs.append(try reader.copy(copy, of: file, asOf: now)) }
    return inputs
  }

  /// The documents that were given; a name for standard input asks for it.
  private func documentArguments() throws(Refusal) -> [DocumentArgument] {
    let arguments = documents.uses
    let inputs = arguments.count { $0.location == .input }
    if inputs > 1 {
      throw Refusal("standard input was asked for \(inputs) times, and is read once")
    }
    return inputs == 0 && stdinFilename != nil
      ? arguments + [DocumentArgument("-", as: .anything)] : arguments
  }

  /// Writes all files or none, the baseline among them, and before standard output, so that a report
  /// that cannot be kept is not shown as if it were.
  private func write(
    _ report: Report, to destinations: [OutputOptions.Destination], _ options: RenderingOptions,
    in surroundings: Surroundings
  ) throws(Refusal) -> RunOutcome {
    var outcome = RunOutcome(RunOutcome.Code(of: report, failOn: options.failOn))
    var files = [baseline.file(of: report)].compactMap(\.self)
    for destination in destinations {
      var options = options
      guard let path = destination.path else {
        options.width = surroundings.columns
        options.links = surroundings.links(withColor: options.usesColor)
        outcome.output = Array(render(report, as: destination.format, options: options).utf8)
        continue
      }
      options.usesColor = false
      options.links = .urls
      files.append(
        NewFile(
          path: path, bytes: Array(render(report, as: destination.format, options: options).utf8)))
    }
    try surroundings.write(files)
    return outcome
  }
}

extension Surroundings {
  /// How rules' pages are shown: where a person sees a terminal, behind the rule's id; who wants no
  /// colours wants no other sequences either.
  fileprivate func links(withColor usesColor: Bool) -> RenderingOptions.Links {
    usesColor && outputIsTerminal && variable("CI") == nil && variables["TERM"] != "dumb"
      ? .hyperlinks : .urls
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
