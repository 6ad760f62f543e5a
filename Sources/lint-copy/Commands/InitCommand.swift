import ArgumentParser
import Drafting
import Reporting

/// Writes a complete set of policies for a copy that has none.
struct InitCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write the policies of a copy that has none yet.",
    discussion: """
      Writes the role's permissions and trust policy, the statements for the bucket's and the keys' \
      policies, the policy of whoever starts the import, the import's input, and lint-copy.yaml. \
      The role is made in the event data store's account. No file is ever replaced. On a terminal, \
      what is missing is asked for.

      EXAMPLES
        lint-copy init --source s3://logs/AWSLogs/111122223333/CloudTrail/ \\
          --destination arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ID \\
          --role-name copy-trail-events

      EXIT STATUS
        0  everything was written
        2  wrong usage, or a file that is there already or cannot be written
      """)

  @OptionGroup(title: "The copy") var draft: DraftOptions

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "How to write the policies (default: json).", valueName: "json|yaml|cloudformation|terraform"
    ),
    completion: .list(CopyDraft.Form.allCases.map(\.rawValue)))
  var form: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder to write into; made where there is none (default: this one).",
      valueName: "folder"),
    completion: .directory)
  var directory: String?

  func run(in surroundings: Surroundings) throws -> RunOutcome {
    let form = try writtenForm()
    let folder = try writtenFolder()
    var answers = draft.answers
    if Interview.isPossible(in: surroundings) {
      var interview = Interview(surroundings)
      try interview.complete(&answers)
    }
    let facts: DraftFacts
    do throws(DraftProblems) {
      facts = try DraftFacts(answers)
    } catch {
      throw Refusal(error)
    }
    let copy = CopyDraft(facts, as: form)
    try DraftJudgement(copy, asOf: surroundings.now()).accept()
    try surroundings.create(copy.files, in: folder)
    return RunOutcome(.success, output: DraftSummary(copy: copy, folder: folder).text)
  }

  private func writtenForm() throws(Refusal) -> CopyDraft.Form {
    guard let form else { return .json }
    guard let known = CopyDraft.Form(rawValue: form) else {
      throw Refusal(unknown: form, of: "--as", known: CopyDraft.Form.allCases.map(\.rawValue))
    }
    return known
  }

  private func writtenFolder() throws(Refusal) -> String {
    guard let directory else { return "" }
    guard !directory.isEmpty else {
      throw Refusal("`--directory` is empty", help: "leave it out to write into this folder")
    }
    return directory
  }
}

extension Refusal {
  /// The refusal to write a draft, with everything that is wrong.
  init(_ error: DraftProblems) {
    self = Refusal(error.problems) ?? Refusal("the copy cannot be drafted")
  }
}

/// What a person is told about a draft that was written.
private struct DraftSummary {
  var copy: CopyDraft
  var folder: String

  var text: String {
    let width = (copy.files.map(\.path.utf8.count).max() ?? 0) + 2
    var text = folder.isEmpty ? "wrote\n" : "wrote into `\(VisibleText.escaped(folder))`\n"
    for file in copy.files {
      let gap = String(repeating: " ", count: width - file.path.utf8.count)
      text += "  \(file.path)\(gap)\(file.purpose)\n"
    }
    text += "\nsave what only AWS knows, in the folder of `lint-copy.yaml`:\n"
    for group in copy.commands {
      text += "  # account \(group.account)\n"
      for command in group.commands { text += "  \(command)\n" }
    }
    text += "\nthen `lint-copy` tells there whether the copy is ready\n"
    return text
  }
}
