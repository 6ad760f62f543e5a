import Testing

@testable import lint_copy

/// `lint-copy simulate`: exit code and both streams.
@Suite struct `Simulating` {
  private let folder: ScratchFolder
  private static let document = #"{"ActionNames": ["s3:GetObject"]}"#
  private static let answer =
    #"{"EvaluationResults":[{"EvalActionName":"s3:GetObject","EvalResourceName":"*","#
    + #""EvalDecision":"implicitDeny","MatchedStatements":[],"MissingContextValues":[]}]}"#

  init() throws { folder = try ScratchFolder() }

  /// Runs the command; answers to lines are written to a file, and are its second result.
  private func run(
    _ arguments: String..., input: FileDescriptor = .standardInput
  ) throws -> (outcome: RunOutcome, answers: String) {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    surroundings.input = input
    surroundings.output = try FileDescriptor.writing(
      "\(folder.path)/answers", flags: O_CREAT | O_TRUNC)
    let outcome = Program.run(["simulate"] + arguments, in: surroundings)
    try surroundings.output.finish()
    return (outcome, try folder.read("answers"))
  }

  @Test func `A document is answered, whatever the decision`() throws {
    try folder.write(Self.document, to: "request.json")
    let (outcome, answers) = try run("--input", "request.json")
    #expect(outcome.code == .success)
    #expect(String(decoding: outcome.output, as: UTF8.self).hasPrefix("{\n  \"EvaluationResults\""))
    #expect(outcome.errors.isEmpty)
    #expect(answers == "")
  }

  @Test func `A document that cannot be simulated is a finding`() throws {
    try folder.write("{\n  \"ActionNames\": 1}", to: "request.json")
    let (outcome, _) = try run("--input", "request.json")
    #expect(outcome.code == .findings)
    #expect(
      String(decoding: outcome.output, as: UTF8.self) == """
        {
          "error": {
            "message": "expected a list of strings",
            "line": 2,
            "column": 18
          }
        }

        """)
    #expect(
      String(decoding: outcome.errors, as: UTF8.self)
        == "lint-copy: request.json:2:18: expected a list of strings\n")
  }

  @Test func `An empty document is a finding`() throws {
    try folder.write("", to: "request.json")
    let (outcome, _) = try run("--input", "request.json")
    #expect(outcome.code == .findings)
    #expect(
      String(decoding: outcome.errors, as: UTF8.self)
        == "lint-copy: request.json:1:1: the file is empty\n")
  }

  @Test func `Lines are answered on lines, from a file and from standard input`() throws {
    let lines = "\(Self.document)\nno\n\(Self.document)\n"
    try folder.write(lines, to: "requests.ndjson")
    let fromFile = try run("--lines", "--input", "requests.ndjson")
    #expect(fromFile.outcome == RunOutcome(.success))
    let answers = fromFile.answers.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(answers.count == 4)
    #expect(answers[0] == Self.answer)
    #expect(answers[1].hasPrefix(#"{"error":"#))
    #expect(answers[2] == Self.answer)
    #expect(answers[3] == "")

    let input = try FileDescriptor.reading("\(folder.path)/requests.ndjson")
    defer { try? input.finish() }
    let fromInput = try run("--lines", "--input", "-", input: input)
    #expect(fromInput.answers == fromFile.answers)
  }

  @Test func `A reader that has gone ends the stream quietly`() throws {
    try folder.write("\(Self.document)\n", to: "requests.ndjson")
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    close(ends[0])
    _ = signal(SIGPIPE, SIG_IGN)
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    surroundings.output = FileDescriptor(number: ends[1])
    let outcome = Program.run(
      ["simulate", "--lines", "--input", "requests.ndjson"], in: surroundings)
    close(ends[1])
    #expect(outcome == RunOutcome(.success))
  }

  @Test(arguments: [
    (["--lines", "--input", "nothing"], "cannot read `nothing`: no such file"),
    (["--lines", "--input", "."], "cannot read `.`: it is a directory"),
    (["--input", "nothing"], "cannot read `nothing`: no such file"),
  ])
  func `An input that cannot be read is a failure`(arguments: [String], line: String) throws {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    let outcome = Program.run(["simulate"] + arguments, in: surroundings)
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(String(decoding: outcome.errors, as: UTF8.self) == "lint-copy: \(line)\n")
  }

  @Test func `Without an input the usage is wrong`() {
    let outcome = Program.run(["simulate"], in: .test)
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
  }
}
