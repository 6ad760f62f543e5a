import Drafting
import Testing

@testable import lint_copy

/// What `lint-copy init` writes, and that it is what `lint-copy` wants.
@Suite struct `Drafting a copy` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("", to: ".git")
  }

  private func run(
    _ arguments: [String], change: (inout Surroundings) -> Void = { _ in }
  ) -> RunOutcome {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    change(&surroundings)
    return Program.run(arguments, in: surroundings)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func expectRefusal(_ outcome: RunOutcome, _ text: String) {
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(self.text(outcome.errors) == text)
  }

  /// Ready, and without a note: it grants neither less nor more than the copy needs.
  @Test(arguments: DraftCase.all)
  func `What is written is ready once AWS's answers are there`(_ draft: DraftCase) throws {
    let written = run(draft.arguments)
    try #require(written.code == .success, "\(text(written.errors))")

    // The other two forms are judged by the same policies as these.
    if draft.form == .json || draft.form == .cloudformation {
      let before = run(["--output-format", "json"])
      #expect(before.code == .success)
      #expect(text(before.output).contains(#""verdict": "unproven""#))
      #expect(!text(before.output).contains(#""status": "open""#))
    }

    for file in draft.answers.files { try folder.write(file.text, to: file.path) }
    let after = run(["--strict", "--fail-on", "note"])
    #expect(after.code == .success, "\(text(after.output))\(text(after.errors))")
    #expect(text(after.output).contains("\n`trail-events` is ready: "))
    #expect(after.errors.isEmpty)
  }

  /// Each file of the answers is one that the commands make.
  @Test func `The commands save what the verdict needs`() throws {
    let draft = try #require(DraftCase.all.first { $0.keys.count == 2 })
    let output = text(run(draft.arguments).output)
    for file in draft.answers.files {
      #expect(output.contains(" --output json >\(file.path)\n"))
      #expect(try folder.read("lint-copy.yaml").contains(" --output json >\(file.path)\n"))
    }
    #expect(output.count(of: " >import/") == draft.answers.files.count)
  }

  @Test(arguments: CopyDraft.Form.allCases)
  func `The files are those of the snapshot`(_ form: CopyDraft.Form) throws {
    let name = "two accounts, a key in each"
    let draft = try #require(DraftCase.all.first { $0.name == name && $0.form == form })
    let written = run(draft.arguments + ["--directory", "draft"])
    #expect(written.code == .success)
    var all = "$ lint-copy init --as \(form.rawValue) ...\n\(text(written.output))"
    for path in files(below: "draft").sorted() {
      all += "\n==> \(path) <==\n\(try folder.read("draft/" + path))"
    }
    let path = "Tests/CommandTests/Drafts/\(form.rawValue).txt"
    if unsafe getenv("RECORD_SNAPSHOTS") != nil {
      try Surroundings.test.write(Array(all.utf8), to: "\(Example.root)/\(path)")
    }
    #expect(
      try all == String(decoding: readWhole("\(Example.root)/\(path)"), as: UTF8.self),
      "RECORD_SNAPSHOTS=1 swift test --filter CommandTests writes \(path) anew")
  }

  private func files(below path: String) -> [String] {
    names(in: "\(folder.path)/\(path)").flatMap { name in
      let below = files(below: "\(path)/\(name)")
      return below.isEmpty ? [name] : below.map { "\(name)/\($0)" }
    }
  }

  // MARK: Options

  @Test func `Everything that is missing is said at once`() {
    expectRefusal(
      run(["init"]),
      """
      lint-copy: `--source` is missing
        = help: say what is copied: `--source s3://bucket/prefix/`
      lint-copy: `--destination` is missing
        = help: name the event data store: `--destination arn:aws:cloudtrail:REGION:ACCOUNT:eventdatastore/ID`
      lint-copy: `--role-name` is missing
        = help: name the role that shall be made, such as `--role-name copy-trail-events`

      """)
    #expect(folder.names() == [".git"])
  }

  /// Options that no draft can be written from, and the message that says why.
  static let wrong: [(option: String, value: String, message: String)] = [
    ("--source", "https://bucket/x", "`https://bucket/x` is not an S3 location"),
    ("--source", "s3://Bucket/x", "`s3://Bucket/x` is not an S3 location"),
    ("--source", "s3://bucket/a\nb/", "the prefix of `--source` holds characters that"),
    ("--source", "s3://bucket/a\u{202E}b/", "the prefix of `--source` holds characters that"),
    ("--source", "s3://bucket/日本/", "the prefix of `--source` holds characters that"),
    (
      "--destination", "arn:aws:cloudtrail:us-east-1:111122223333:eventdataStore/EXAMPLE-1",
      "is not the ARN of an event data store, as `--destination` wants it"
    ),
    ("--destination", "arn:aws:cloudtrail:us-east-1:1:eventdatastore/EX-1\"", "is not the ARN"),
    ("--role-name", "", "`` is not a role's name"),
    ("--role-name", "../x\"y", "is not a role's name"),
    ("--role-name", "arn:aws:iam::111122223333:role/x", "is not a role's name"),
    ("--role-name", "a b", "`a b` is not a role's name"),
    ("--role-name", "a${b}/c", "`a${b}/c` has a path that no role can have"),
    ("--role-name", String(repeating: "r", count: 65), "is not a role's name"),
    ("--key-arn", "alias/logs", "`alias/logs` is not the ARN of a KMS key"),
    (
      "--key-arn", "arn:aws:kms:us-east-1:111122223333:key/../../x1",
      "is not the ARN of a KMS key, as `--key-arn` wants it"
    ),
    (
      "--key-arn", "arn:aws:kms:us-east-1:111122223333:key/1\";x", "is not the ARN of a KMS key"
    ),
    (
      "--key-arn", "arn:aws-cn:kms:us-east-1:111122223333:key/1234",
      "is in another partition than the event data store"
    ),
    ("--bucket-account", "11112222333", "`11112222333` is not an account id"),
    ("--bucket-region", "Frankfurt", "`Frankfurt` is not a Region"),
    ("--bucket-keys", "mixed", "`--bucket-keys` does not know `mixed`"),
    ("--start-time", "2026-01-01", "`--start-time` is given without `--end-time`"),
    ("--end-time", "yesterday", "`yesterday` is not a time, as `--end-time` wants it"),
    ("--as", "yml", "`--as` does not know `yml`"),
    ("--directory", "", "`--directory` is empty"),
  ]

  @Test(arguments: wrong)
  func `A value that cannot be one is refused`(option: String, value: String, message: String) {
    let draft = DraftCase(name: "", form: .json)
    let arguments = ["--source", draft.source, "--destination", draft.destination]
    let outcome = run(["init"] + arguments + ["--role-name", "copy", option, value])
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(text(outcome.errors).contains(message))
    #expect(folder.names() == [".git"])
  }

  @Test func `What cannot be together is refused`() {
    let draft = DraftCase(name: "", form: .json, keys: DraftCase.all[0].keys)
    expectRefusal(
      run(draft.arguments + ["--bucket-region", "eu-west-1"]),
      """
      lint-copy: the key `\(draft.keys[0])` is not in the bucket's Region `eu-west-1`
        = help: S3 encrypts with keys of the bucket's own Region

      """)
    expectRefusal(
      run(draft.arguments + ["--end-time", "2026-01-01"]),
      "lint-copy: `--end-time` is not after `--start-time`\n")
    #expect(folder.names() == [".git"])
  }

  /// The rules judge a draft before it is written: this one asks for events of the future.
  @Test func `What would be blocked is not written`() {
    let outcome = run(DraftCase(name: "", form: .json).arguments + ["--end-time", "2099-01-01"])
    #expect(outcome.code == .failure)
    #expect(text(outcome.errors).hasPrefix("lint-copy: what was asked for cannot be copied: "))
    #expect(folder.names() == [".git"])
  }

  // MARK: Files

  @Test(arguments: CopyDraft.Form.allCases)
  func `No file is ever replaced`(_ form: CopyDraft.Form) throws {
    let draft = DraftCase(name: "", form: form, keys: DraftCase.all[0].keys)
    #expect(run(draft.arguments).code == .success)
    let paths = files(below: "").filter { $0 != ".git" }
    for path in paths {
      for other in paths { unsafe unlink("\(folder.path)/\(other)") }
      try folder.write("mine", to: path)
      expectRefusal(
        run(draft.arguments),
        """
        lint-copy: `\(path)` is there already, and nothing was written
          = help: give another folder with `--directory`, or move what is there away

        """)
      #expect(files(below: "").filter { $0.contains(".") && $0 != ".git" } == [path])
      #expect(try folder.read(path) == "mine")
    }
  }

  @Test func `A link that leads nowhere is something, too`() throws {
    unsafe symlink("nowhere", "\(folder.path)/lint-copy.yaml")
    let outcome = run(DraftCase(name: "", form: .json).arguments)
    #expect(outcome.code == .failure)
    #expect(folder.names() == [".git", "lint-copy.yaml"])
  }

  @Test func `What cannot be written whole is taken back`() throws {
    try folder.write("", to: "import")
    expectRefusal(
      run(DraftCase(name: "", form: .json).arguments),
      "lint-copy: cannot write `import/start-import.json`: part of the path is not a directory\n")
    #expect(folder.names() == [".git", "import"])
  }

  @Test func `Folders on the way are made, and taken back`() throws {
    let draft = DraftCase(name: "", form: .json)
    #expect(run(draft.arguments + ["--directory", "a/b/"]).code == .success)
    #expect(names(in: "\(folder.path)/a/b") == ["import", "lint-copy.yaml", "policies"])
    try folder.write("", to: "c/d/import")
    #expect(run(draft.arguments + ["--directory", "c/d"]).code == .failure)
    #expect(names(in: "\(folder.path)/c/d") == ["import"])
  }

  // MARK: Questions

  /// Runs `init` with a person at the terminal who types.
  private func interview(
    _ typed: String, _ arguments: [String] = [], variables: [String: String] = [:]
  ) throws -> (outcome: RunOutcome, questions: String) {
    var input: [Int32] = [0, 0]
    var questions: [Int32] = [0, 0]
    try #require(unsafe pipe(&input) == 0 && pipe(&questions) == 0)
    try FileDescriptor(number: input[1]).write(Array(typed.utf8))
    try FileDescriptor(number: input[1]).finish()
    let outcome = run(["init"] + arguments) { surroundings in
      surroundings.inputIsTerminal = true
      surroundings.variables = variables
      surroundings.input = FileDescriptor(number: input[0])
      surroundings.questions = FileDescriptor(number: questions[1])
    }
    try FileDescriptor(number: input[0]).finish()
    try FileDescriptor(number: questions[1]).finish()
    let asked = try FileDescriptor(number: questions[0]).readToEnd(limit: 1 << 20)
    try FileDescriptor(number: questions[0]).finish()
    return (outcome, text(asked))
  }

  @Test func `At a terminal everything is asked for`() throws {
    let draft = DraftCase(name: "", form: .json)
    let (outcome, questions) = try interview(
      """
      acme-trail-logs
        \(draft.source) \n\(draft.destination)

      arn:aws:kms:eu-west-1:444455556666:key/1234abcd, arn:aws:kms:eu-west-1:111122223333:key/mrk-1
      444455556666

      maybe
      on
      2026-01-01
      2025-01-01
      2026-10-01

      """)
    #expect(outcome.code == .success, "\(text(outcome.errors))")
    #expect(
      questions == """
        what is copied, as s3://bucket/prefix/: \
        lint-copy: `acme-trail-logs` is not an S3 location, as `--source` wants it
          = help: give it as `s3://bucket/prefix/`
        what is copied, as s3://bucket/prefix/: \
        the ARN of the event data store: \
        the name of the role to be made [copy-trail-events]: \
        the ARNs of the KMS keys that the log files are encrypted with [none]: \
        the account that owns the bucket [111122223333]: \
        the bucket's Region [eu-west-1]: \
        do the log files use S3 Bucket Keys, on or off [not known]: \
        lint-copy: `--bucket-keys` does not know `maybe`
          = help: say `on` or `off`, or leave it out to have both work
        do the log files use S3 Bucket Keys, on or off [not known]: \
        the time of the oldest event to copy [all events]: \
        the time of the newest event to copy: \
        lint-copy: `--end-time` is not after `--start-time`
        the time of the newest event to copy: \

        """)
    let manifest = try folder.read("lint-copy.yaml")
    #expect(manifest.contains("\n    bucket-account: \"444455556666\"\n"))
    #expect(manifest.contains("\n    bucket-region: eu-west-1\n"))
    #expect(manifest.contains("\n    bucket-keys: \"on\"\n"))
    #expect(manifest.contains("\n    end-time: \"2026-10-01T00:00:00Z\"\n"))
    #expect(manifest.contains("role/copy-trail-events\n"))
  }

  @Test func `Only what is missing is asked for, and nothing where nothing is`() throws {
    let draft = DraftCase(name: "", form: .json)
    let known = ["--source", draft.source, "--destination", draft.destination]
    let (outcome, questions) = try interview(
      "copy\n", known + ["--bucket-account", "111122223333", "--bucket-region", "us-east-1"])
    #expect(
      text(outcome.errors)
        == "lint-copy: the answers ended before the last question, and nothing was written\n")
    #expect(folder.names() == [".git"])
    #expect(
      questions == """
        the name of the role to be made [copy-trail-events]: \
        the ARNs of the KMS keys that the log files are encrypted with [none]: \


        """)
    let complete = try interview("", known + ["--role-name", "copy"])
    #expect(complete.outcome.code == .success)
    #expect(complete.questions.isEmpty)
  }

  @Test func `What is wrong is said before anything is asked`() throws {
    let (outcome, questions) = try interview("", ["--source", "acme"])
    #expect(text(outcome.errors).hasPrefix("lint-copy: `acme` is not an S3 location"))
    #expect(text(outcome.errors).contains("`--role-name` is missing"))
    #expect(questions.isEmpty)
  }

  @Test func `Where the input ends, what is left is missing`() throws {
    let (outcome, questions) = try interview("s3://acme-trail-logs/x/\n")
    #expect(
      questions
        == "what is copied, as s3://bucket/prefix/: the ARN of the event data store: \n")
    #expect(outcome.code == .failure)
    #expect(!text(outcome.errors).contains("`--source`"))
    #expect(text(outcome.errors).contains("`--destination` is missing"))
    #expect(folder.names() == [".git"])
  }

  @Test func `In CI nobody is asked`() throws {
    let (outcome, questions) = try interview("s3://a-bucket/\n", variables: ["CI": "true"])
    #expect(outcome.code == .failure)
    #expect(text(outcome.errors).contains("`--source` is missing"))
    #expect(questions.isEmpty)
  }
}

extension String {
  /// How often a text occurs in this one.
  fileprivate func count(of text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
