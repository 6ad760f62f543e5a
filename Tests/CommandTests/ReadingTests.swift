import Foundation
import PolicyModel
import Testing

@testable import lint_copy

/// What happens to a file that is no document: always one line on standard error and code 2.
@Suite struct `Reading files` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  private func run(_ arguments: String..., input: FileDescriptor = .standardInput) -> RunOutcome {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    surroundings.input = input
    return Program.run(arguments, in: surroundings)
  }

  private func expectRefusal(_ outcome: RunOutcome, _ line: String) {
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(String(decoding: outcome.errors, as: UTF8.self) == "lint-copy: \(line)\n")
  }

  @Test func `A file that is not there is named`() {
    expectRefusal(run("--role", "role.json"), "cannot read `role.json`: no such file")
  }

  @Test func `A path through a file is refused`() throws {
    try folder.write("{}", to: "role.json")
    expectRefusal(
      run("--role", "role.json/x"),
      "cannot read `role.json/x`: part of the path is not a directory")
  }

  @Test func `A directory is no document`() throws {
    try folder.write("{}", to: "policies/role.json")
    expectRefusal(run("--role", "policies"), "cannot read `policies`: it is a directory")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read every file"))
  func `A file that may not be read is refused`() throws {
    try folder.write("{}", to: "role.json")
    _ = unsafe chmod("\(folder.path)/role.json", 0)
    expectRefusal(run("--role", "role.json"), "cannot read `role.json`: permission denied")
  }

  @Test func `A file over the limit is refused before it is read`() throws {
    try folder.write("{}", to: "role.json")
    _ = unsafe truncate("\(folder.path)/role.json", 50 << 20)
    expectRefusal(
      run("--role", "role.json"), "cannot read `role.json`: it is larger than 32 MiB")
  }

  @Test func `A file without end is refused at the limit`() {
    expectRefusal(
      run("--role", "/dev/zero"), "cannot read `/dev/zero`: it is larger than 32 MiB")
  }

  @Test func `A file of just the limit is read`() throws {
    try folder.write("", to: "role.json")
    _ = unsafe truncate("\(folder.path)/role.json", off_t(Limits.documentBytes))
    let file = try FileDescriptor.reading("\(folder.path)/role.json")
    #expect(try file.readToEnd(limit: Limits.documentBytes).count == Limits.documentBytes)
    try file.finish()
  }

  @Test func `A named pipe is read to its end`() throws {
    let path = "\(folder.path)/pipe"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    // In a thread of its own: a test that waits for it holds one of the few that tasks have.
    Thread.detachNewThread {
      guard let pipe = try? FileDescriptor.writing(path, flags: 0) else { return }
      for _ in 0..<3 { try? pipe.write(Array(repeating: 0x20, count: 100_000)) }
      try? pipe.finish()
    }
    let file = try FileDescriptor.reading(path)
    #expect(try file.readToEnd(limit: 1 << 20) == Array(repeating: 0x20, count: 300_000))
    try file.finish()
  }

  @Test func `Standard input is asked for at most once`() {
    expectRefusal(
      run("--role", "-", "--trust", "-"),
      "standard input was asked for 2 times, and is read once")
  }

  @Test func `Standard input that is closed is refused`() {
    expectRefusal(
      run("--role", "-", input: FileDescriptor(number: -1)),
      "cannot read standard input: it is closed")
  }

  @Test func `A file named like a keyword is reached by its path`() {
    expectRefusal(run("--role", "./none"), "cannot read `./none`: no such file")
  }
}
