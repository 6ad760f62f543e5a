import Testing

@testable import lint_copy

/// Runs in a folder that has a `lint-copy.yaml`, or none.
@Suite struct `The configuration file` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("", to: ".git")
    for name in ["role", "trust", "bucket", "key"] {
      let policy = try readWhole("\(Example.folder)/one-account/ready/\(name).json")
      try folder.write(policy, to: "policies/\(name).json")
    }
  }

  private let manifest = """
    version: 1
    copies:
      - name: history
        role: policies/ro*.json
        trust: policies/trust.json
        bucket: policies/bucket.json
        key: policies/key.json
        source: s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/

    """

  private func run(_ arguments: String..., in path: String = "") -> RunOutcome {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path + path
    return Program.run(arguments, in: surroundings)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func expectRefusal(_ outcome: RunOutcome, _ text: String) {
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(self.text(outcome.errors) == text)
  }

  @Test func `Without arguments its copies are judged`() throws {
    try folder.write(manifest, to: "lint-copy.yaml")
    let outcome = run()
    #expect(outcome.errors.isEmpty)
    #expect(outcome.code == .success)
    #expect(text(outcome.output).hasPrefix("copy `history`\n"))
    #expect(text(outcome.output).contains("no findings in 4 documents"))
  }

  @Test func `It is found from a folder below, and its paths lead from there`() throws {
    try folder.write(
      manifest.replacing("policies/trust.json", with: "policies/gone.json"), to: "lint-copy.yaml")
    expectRefusal(
      run(in: "/policies"),
      "lint-copy: cannot read `../policies/gone.json`: no such file\n")
  }

  @Test func `It is not looked for above the repository`() throws {
    try folder.write(manifest, to: "lint-copy.yaml")
    try folder.write("", to: "inner/.git")
    expectRefusal(
      run(in: "/inner"),
      """
      lint-copy: nothing to judge: no document was given, and there is no `lint-copy.yaml`
        = help: `lint-copy check --help` shows what can be given

      """)
  }

  @Test func `A document on the command line makes a copy of its own`() throws {
    try folder.write(manifest + "strict: true\n", to: "lint-copy.yaml")
    let outcome = run("--role", "policies/role.json")
    #expect(text(outcome.output).hasPrefix("copy `command line`\n"))
    #expect(outcome.code == .findings, "the file's `strict` counts")
    #expect(run("--role", "policies/role.json", "--no-config").code == .success)
  }

  @Test func `A folder is one bundle of its documents`() throws {
    try folder.write("notes", to: "policies/notes.txt")
    try folder.write(#"{"name": "a package"}"#, to: "policies/package.json")
    try folder.write(#"{"#, to: "policies/.cache/broken.json")
    let outcome = run("policies", "--no-config")
    #expect(text(outcome.output).contains("no findings in 5 documents"))
    #expect(outcome.errors.isEmpty)
    expectRefusal(
      run("--role", "policies"), "lint-copy: cannot read `policies`: it is a directory\n")
  }

  @Test func `A folder without documents is refused`() throws {
    try folder.write("notes", to: "notes/notes.txt")
    expectRefusal(
      run("notes"),
      """
      lint-copy: there is no document in `notes`
        = help: documents end in `.json`, `.yaml`, `.yml` or `.template`

      """)
  }

  @Test func `A file that says nothing about a copy is named`() throws {
    try folder.write(#"{"name": "a package"}"#, to: "package.json")
    #expect(
      text(run("policies/role.json", "package.json").errors)
        == "lint-copy: `package.json` says nothing about a copy and is left out\n")
    #expect(run("policies/role.json", "package.json", "-q").errors.isEmpty)
  }

  @Test func `Verbose runs say what was used, and as what`() throws {
    try folder.write(manifest, to: "lint-copy.yaml")
    #expect(
      text(run("policies/trust.json", "-v").errors)
        == """
        lint-copy: using `lint-copy.yaml`
        lint-copy: `policies/trust.json` is a trust policy

        """)
  }

  @Test func `An option wins over what a copy states`() throws {
    try folder.write(manifest, to: "lint-copy.yaml")
    let outcome = run("--source", "s3://another-bucket/", "--output-format", "json")
    #expect(text(outcome.output).contains("another-bucket"))
    #expect(!text(outcome.output).contains("documents-disagree"))
  }

  @Test func `A severity changes what fails the run`() throws {
    try folder.write("{", to: "policies/role.json")
    try folder.write(manifest, to: "lint-copy.yaml")
    #expect(run().code == .findings)
    try folder.write(manifest + "severity: {policy-syntax: note}\n", to: "lint-copy.yaml")
    #expect(run().code == .success)
    try folder.write(
      manifest + "severity: {policy-syntax: note}\nfail-on: note\n", to: "lint-copy.yaml")
    #expect(run().code == .findings)
    #expect(run("--fail-on", "warning").code == .success)
  }

  @Test func `One broken file of two copies is one finding a copy and read once`() throws {
    let second = manifest.split(separator: "\n").dropFirst(2).joined(separator: "\n")
      .replacing("history", with: "again")
    try folder.write(manifest + second + "\n", to: "lint-copy.yaml")
    #expect(text(run().output).contains("no findings in 4 documents"))
  }

  @Test func `Everything that is wrong with it is said, with its place`() throws {
    try folder.write(
      """
      version: 1
      copies:
        - name: history
          rolle: policies/role.json
      fail-on: fatal

      """, to: "lint-copy.yaml")
    expectRefusal(
      run(),
      """
      lint-copy: lint-copy.yaml:4:5: unknown setting `rolle` of `copies`
        = help: did you mean `role`?
      lint-copy: lint-copy.yaml:5:10: `fatal` is not a severity
        = help: write `error`, `warning` or `note`

      """)
  }

  @Test func `A rule that is not there has its place`() throws {
    try folder.write(manifest + "severity: {acls-disable: note}\n", to: "lint-copy.yaml")
    expectRefusal(
      run(),
      """
      lint-copy: lint-copy.yaml:9:12: there is no rule `acls-disable`
        = help: did you mean `acls-disabled`?

      """)
  }

  @Test func `A pattern that matches nothing is refused at its place`() throws {
    try folder.write(
      manifest.replacing("policies/ro*.json", with: "policies/x*.json"), to: "lint-copy.yaml")
    expectRefusal(run(), "lint-copy: lint-copy.yaml:4:11: no file matches `policies/x*.json`\n")
  }

  @Test func `A configuration file that is named must be there`() {
    expectRefusal(run("--config", "no.yaml"), "lint-copy: cannot read `no.yaml`: no such file\n")
  }

  @Test func `A configuration file without copies gives nothing to judge`() throws {
    try folder.write("version: 1\n", to: "lint-copy.yaml")
    expectRefusal(
      run(),
      """
      lint-copy: nothing to judge: `lint-copy.yaml` has no copies
        = help: name one under `copies`, or give documents

      """)
  }

  @Test func `Loops of links are not walked`() throws {
    _ = unsafe symlink("..", "\(folder.path)/policies/loop")
    try folder.write(
      manifest.replacing("policies/ro*.json", with: "'**/role.json'"), to: "lint-copy.yaml")
    let outcome = run()
    #expect(outcome.code == .success)
    #expect(text(outcome.output).contains("no findings in 4 documents"))
  }

  @Test func `A rule of one's own is judged`() throws {
    try folder.write(manifest + "rules: [rules/]\n", to: "lint-copy.yaml")
    try folder.write(
      """
      id: may-put-objects
      summary: the role can write log files
      severity: error
      check: access
      with: {principal: role, action: "s3:PutObject", resource: objects}
      explanation: Writes.

      """, to: "rules/put.yaml")
    let outcome = run()
    #expect(outcome.errors.isEmpty, "\(text(outcome.errors))")
    #expect(text(outcome.output).contains("may-put-objects"))
  }

  @Test func `A broken rule file is refused at its place`() throws {
    try folder.write("id: Mine\n", to: "rules/mine.yaml")
    let outcome = run("--role", "policies/role.json", "--rules", "rules")
    #expect(outcome.code == .failure)
    #expect(text(outcome.errors).hasPrefix("lint-copy: rules/mine.yaml:1:"))
  }
}
