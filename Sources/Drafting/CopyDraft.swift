/// Everything that is written for a copy that has none of it yet: files, relative to one folder.
package struct CopyDraft: Sendable, Hashable {
  /// How policies are written.
  package enum Form: String, Sendable, Hashable, CaseIterable {
    case json
    case yaml
    case cloudformation
    case terraform
  }

  /// One file.
  package struct File: Sendable, Hashable {
    /// The path from the draft's folder; its names are ours, so that no answer can lead elsewhere.
    package let path: String
    /// What it says.
    package let text: String
    /// What it is for, in words that follow its name.
    package let purpose: String
  }

  /// The manifest, which is written last: a draft that is not complete is not judged.
  package let manifest: File
  /// The other files.
  package let documents: [File]
  /// What shows that the rest of the copy is as it must be: the commands that save AWS's answers.
  package let commands: [AnswerCommands.Group]

  /// All files in the order they are written in.
  package var files: [File] { documents + [manifest] }

  /// Writes a draft.
  package init(_ facts: DraftFacts, as form: Form) {
    let policies = CopyPolicies(facts: facts)
    let commands = AnswerCommands(facts: facts).groups
    var documents: [File]
    switch form {
    case .json, .yaml: documents = PolicyFiles(facts: facts, form: form).files
    case .cloudformation: documents = CloudFormationFiles(facts: facts).files
    case .terraform: documents = TerraformFiles(facts: facts).files
    }
    documents.append(
      File(
        path: "\(Self.importFolder)/start-import.json", text: policies.request.json,
        purpose: "what `aws cloudtrail start-import --cli-input-json` takes"))
    self.documents = documents
    self.commands = commands
    manifest = File(
      path: "lint-copy.yaml",
      text: ManifestText(facts: facts, form: form, commands: commands).text,
      purpose: "what `lint-copy` judges")
  }

  /// The folder of the import's input and of AWS's answers.
  static let importFolder = "import"
  /// The folder of policies.
  static let policyFolder = "policies"
}
