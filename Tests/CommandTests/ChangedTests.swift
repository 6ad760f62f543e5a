import Testing

@testable import lint_copy

/// Changed files, and what is judged because of them.
struct ChangedCase: Sendable, CustomTestStringConvertible {
  var name: String
  /// What the hook passes.
  var files: [String]
  /// The copies that are judged.
  var copies: [String]
  /// The folder the run is in.
  var directory = ""

  var testDescription: String { name }
}

/// What a commit hook runs.
@Suite struct `Changed files` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("", to: ".git")
    for name in ["role", "trust", "bucket", "key", "event-data-store"] {
      let policy = try readWhole("\(Example.folder)/one-account/ready/\(name).json")
      for copy in ["a", "b"] { try folder.write(policy, to: "copies/\(copy)/\(name).json") }
      try folder.write(policy, to: "shared/\(name).json")
    }
    try folder.write(Self.manifest, to: "lint-copy.yaml")
    try folder.write("id: may-put\n", to: "rules/put.yaml.off")
    try folder.write(#"{"name": "a package", "version": "1.0.0"}"#, to: "package.json")
    try folder.write("{// comments\n  \"strict\": true,\n}\n", to: "tsconfig.json")
    try folder.write("a: {{ .Values.a }}\n\tb: [\n", to: "chart/templates/deployment.yaml")
    try folder.write("", to: "empty.json")
    try folder.write([0xFF, 0x00, 0x80], to: "picture.yaml")
    try folder.write(#"{"Statement": "of accounts", "Total": 3}"#, to: "bank.json")
    try folder.write(#"{"Policy": "a Statement of intent"}"#, to: "intent.json")
  }

  private static let manifest = """
    version: 1
    copies:
      - name: a
        role: copies/a/ro*.json
        trust: copies/a/trust.json
        bucket: ./copies/a/bucket.json
        key: copies/a/key.json
        documents: shared/event-data-store.json
        source: s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/
      - name: b
        documents: [copies/b/, shared/event-data-*.json]
        source: s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/

    """

  private func run(_ arguments: String..., in directory: String = "") -> RunOutcome {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path + directory
    return Program.run(["check", "--changed"] + arguments, in: surroundings)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func judged(_ outcome: RunOutcome) -> [String] {
    text(outcome.output).split(separator: "\n").compactMap { line in
      line.hasPrefix("copy `") ? String(line.dropFirst(6).dropLast()) : nil
    }
  }

  private static let cases = [
    ChangedCase(name: "a file that is named", files: ["copies/a/trust.json"], copies: ["a"]),
    ChangedCase(
      name: "a file that a pattern matches", files: ["copies/a/role.json"], copies: ["a"]),
    ChangedCase(name: "a file of a folder", files: ["copies/b/role.json"], copies: ["b"]),
    ChangedCase(
      name: "a file of both", files: ["shared/event-data-store.json"], copies: ["a", "b"]),
    ChangedCase(
      name: "files of both", files: ["copies/b/key.json", "copies/a/key.json"], copies: ["a", "b"]),
    ChangedCase(name: "the configuration", files: ["lint-copy.yaml"], copies: ["a", "b"]),
    ChangedCase(
      name: "a path with detours", files: ["./shared/../copies/a//key.json"], copies: ["a"]),
    ChangedCase(
      name: "a path from below", files: ["trust.json"], copies: ["a"], directory: "/copies/a"),
    ChangedCase(
      name: "a path from beside", files: ["../copies/b/trust.json"], copies: ["b"],
      directory: "/shared"),
    ChangedCase(
      name: "a copy's file among others",
      files: ["package.json", "copies/a/trust.json", "tsconfig.json"],
      copies: ["a"]),
    ChangedCase(name: "a deleted file of a folder", files: ["copies/b/gone.json"], copies: ["b"]),
  ]

  @Test(arguments: cases)
  func `The copies that a file belongs to are judged`(_ example: ChangedCase) throws {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path + example.directory
    let outcome = Program.run(["--changed"] + example.files, in: surroundings)
    #expect(outcome.errors.isEmpty, "\(text(outcome.errors))")
    #expect(judged(outcome) == example.copies)
    #expect(outcome.code == .success)
  }

  @Test(arguments: [
    [], ["package.json"], ["tsconfig.json"], ["chart/templates/deployment.yaml"], ["empty.json"],
    ["picture.yaml"], ["bank.json"], ["intent.json"], ["gone.json"], ["copies"],
    ["package.json", "tsconfig.json", "empty.json"],
  ])
  func `Nothing to do is silent`(_ files: [String]) {
    for options in [[], ["--no-config"]] {
      var surroundings = Surroundings.test
      surroundings.directory = folder.path
      let outcome = Program.run(options + ["--changed"] + files, in: surroundings)
      #expect(outcome == RunOutcome(.success))
    }
  }

  @Test func `A file for programs is written even then`() throws {
    let outcome = run("package.json", "--output-format", "gitlab=report.json")
    #expect(outcome == RunOutcome(.success))
    #expect(try folder.read("report.json") == "[]\n")
    #expect(text(run("package.json", "--output-format", "gitlab").output) == "[]\n")
  }

  @Test func `A broken document of a copy is a finding`() throws {
    try folder.write("{", to: "copies/a/role.json")
    let outcome = run("copies/a/role.json", "--output-format", "concise")
    #expect(outcome.code == .findings)
    #expect(text(outcome.output).hasPrefix("copies/a/role.json:1:"))
    #expect(text(outcome.output).contains("[policy-syntax]"))
  }

  @Test func `A copy that is not touched may be broken`() throws {
    try folder.write("{", to: "copies/b/role.json")
    #expect(judged(run("copies/a/role.json")) == ["a"])
    #expect(run("copies/a/role.json").code == .success)
  }

  @Test func `A deleted document that a copy needs is missed`() throws {
    unsafe unlink("\(folder.path)/copies/a/trust.json")
    let outcome = run("copies/a/trust.json")
    #expect(outcome.code == .failure)
    #expect(
      text(outcome.errors) == "lint-copy: cannot read `copies/a/trust.json`: no such file\n")
  }

  @Test func `A link belongs to the copy whose document it leads to, and the other way round`()
    throws
  {
    unsafe unlink("\(folder.path)/copies/a/trust.json")
    _ = unsafe symlink("../../shared/trust.json", "\(folder.path)/copies/a/trust.json")
    #expect(judged(run("shared/trust.json")) == ["a"])
    #expect(judged(run("copies/a/trust.json")) == ["a"])
    _ = unsafe symlink("copies/b/key.json", "\(folder.path)/link.json")
    #expect(judged(run("link.json")) == ["b"])
  }

  @Test func `A rule file belongs to every copy`() throws {
    try folder.write(
      """
      id: may-put-objects
      summary: the role can write log files
      severity: note
      check: access
      with: {principal: role, action: "s3:PutObject", resource: objects}
      explanation: Writes.

      """, to: "rules/put.yaml")
    try folder.write(Self.manifest + "rules: [rules/]\n", to: "lint-copy.yaml")
    #expect(judged(run("rules/put.yaml")) == ["a", "b"])
  }

  @Test(arguments: [
    #"{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "sqs:*", "Resource": "*"}]}"#,
    #"{"PolicyName": "p", "RoleName": "worker", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "sqs:*", "Resource": "*"}}}"#,
    "Version: '2012-10-17'\nStatement:\n- Effect: allow\n  Action: sqs:*\n  Resource: '*'\n",
  ])
  func `The grammar of another policy is judged, and no copy`(_ policy: String) throws {
    let name = policy.hasPrefix("{") ? "worker.json" : "worker.yaml"
    try folder.write(policy, to: name)
    let outcome = run(name, "package.json", "--output-format", "concise")
    #expect(outcome.code == .findings)
    #expect(outcome.errors.isEmpty)
    let lines = text(outcome.output).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("\(name):") == true)
    #expect(lines.first?.hasSuffix("[policy-grammar]") == true)
    #expect(run(name, "--ignore", "policy-grammar").code == .success)
    try folder.write(Self.manifest + "severity: {policy-grammar: warning}\n", to: "lint-copy.yaml")
    #expect(run(name).code == .success)
  }

  @Test func `Another policy may allow what it wants`() throws {
    try folder.write(
      #"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-trail-logs/*"}]}"#,
      to: "other.json")
    let outcome = run("other.json")
    #expect(outcome.code == .success)
    #expect(judged(outcome) == [])
  }

  @Test func `Without a configuration the documents are one bundle`() throws {
    let files = ["role", "trust", "bucket", "key"].map { "shared/\($0).json" }
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    func run() -> RunOutcome {
      Program.run(
        ["--no-config", "--changed", "package.json", "tsconfig.json", "bank.json"] + files,
        in: surroundings)
    }
    #expect(judged(run()) == ["command line"])
    #expect(run().code == .success)
    #expect(run().errors.isEmpty)
    let bucket = try folder.read("shared/bucket.json")
    try folder.write(
      bucket.replacing(
        "\"Statement\": [",
        with:
          "\"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", "
          + "\"Resource\": [\"arn:aws:s3:::acme-trail-logs\", \"arn:aws:s3:::acme-trail-logs/*\"]}, "
      ),
      to: "shared/bucket.json")
    #expect(run().code == .findings)
  }

  @Test func `Without a configuration a role of another service is no copy's`() throws {
    try folder.write(
      #"{"Role": {"RoleName": "worker", "Arn": "arn:aws:iam::111122223333:role/worker", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}"#,
      to: "worker.json")
    let outcome = run("worker.json", "--no-config")
    #expect(outcome.code == .success)
    #expect(judged(outcome) == [])
  }

  @Test(arguments: [["--role", "shared/role.json"], ["--key", "none"], ["-"]])
  func `A copy of its own and changed files contradict each other`(_ arguments: [String]) {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    let outcome = Program.run(["--changed"] + arguments, in: surroundings)
    #expect(outcome.code == .failure)
    #expect(text(outcome.errors).hasPrefix("lint-copy: `--changed` takes the files that changed"))
  }
}
