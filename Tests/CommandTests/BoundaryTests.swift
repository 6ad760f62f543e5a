import Testing

@testable import lint_copy

/// Paths of `lint-copy.yaml` and links, in a folder with a repository and one beside it.
@Suite struct `What a repository may name` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write(#"{"secret": "unasked"}"#, to: "outside/secret.json")
    try folder.write(#"{"Version": "2012-10-17", "Statement": []}"#, to: "repository/role.json")
    try folder.write("", to: "repository/.git")
  }

  private func run(_ arguments: String..., reading line: String? = nil) throws -> RunOutcome {
    if let line {
      try folder.write(
        "version: 1\ncopies:\n  - name: history\n    \(line)\n", to: "repository/lint-copy.yaml")
    }
    var surroundings = Surroundings.test
    surroundings.directory = folder.path + "/repository"
    return Program.run(arguments, in: surroundings)
  }

  private func link(_ name: String, to target: String) {
    #expect(unsafe symlink(target, "\(folder.path)/repository/\(name)") == 0)
  }

  private func expectRefusal(_ outcome: RunOutcome) {
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    let errors = String(decoding: outcome.errors, as: UTF8.self)
    #expect(errors.contains("leads out of the repository, and is not read"))
    #expect(errors.contains("  = help: give it on the command line if it is meant"))
    #expect(!errors.contains("unasked"))
  }

  @Test(arguments: [
    "role: ../outside/secret.json", "documents: [../outside]", "documents: ['../**/*.json']",
    "role: /etc/passwd", "role: linked.json", "documents: [linked]", "documents: ['li*.json']",
    "role: role.json\nrules: [../outside]",
  ])
  func `Nothing in lint-copy.yaml leads out of it`(_ line: String) throws {
    link("linked.json", to: "../outside/secret.json")
    link("linked", to: "../outside")
    expectRefusal(try run(reading: line))
  }

  @Test(arguments: [
    "role: ../repository/role.json", "role: round/role.json", "documents: ['r*.json']",
  ])
  func `Ways that end inside are open`(_ line: String) throws {
    link("round", to: "../repository")
    let outcome = try run(reading: line)
    #expect(outcome.code != .failure)
  }

  @Test func `A folder that is searched does not lead out of it`() throws {
    link("linked.json", to: "../outside/secret.json")
    expectRefusal(try run("."))
  }

  @Test func `What is named on the command line is read`() throws {
    link("linked.json", to: "../outside/secret.json")
    #expect(try run("linked.json").code != .failure)
    #expect(try run("../outside/secret.json").code != .failure)
  }

  @Test func `Outside of a repository lint-copy.yaml may name what is beside it`() throws {
    unsafe unlink("\(folder.path)/repository/.git")
    #expect(try run(reading: "role: ../outside/secret.json").code != .failure)
  }

  @Test func `A pipe that nobody writes to is passed over`() throws {
    #expect(unsafe mkfifo("\(folder.path)/repository/pipe.json", 0o600) == 0)
    #expect(try run(".").code != .failure)
  }

  @Test func `A name that is no UTF-8 is said to be none`() throws {
    let name = "\(folder.path)/repository/r".utf8CString.dropLast() + [-12] + ".json".utf8CString
    let file = unsafe open(Array(name), O_CREAT | O_WRONLY, 0o600)
    #expect(file >= 0)
    close(file)
    let outcome = try run(".")
    #expect(outcome.code == .failure)
    #expect(
      String(decoding: outcome.errors, as: UTF8.self) == """
        lint-copy: cannot read `./r\u{FFFD}.json`: its name is not UTF-8, or there is no such file
          = help: rename the file, or give it as standard input with `-`

        """)
  }
}
