import PolicyModel
import Testing

@testable import lint_copy

/// `--witness`: files that `simulate` answers with the denial they claim.
@Suite struct `Witnesses in a folder` {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func run(_ arguments: [String]) -> RunOutcome {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    return Program.run(arguments, in: surroundings)
  }

  /// The arguments that judge a copy, its documents written into the folder.
  private func arguments(_ copy: BrokenCopy, owner: String) throws -> [String] {
    var arguments = [
      "--source", "s3://acme-logs/AWSLogs/111122223333/CloudTrail/", "--bucket-account", owner,
      "--bucket-region", "us-east-1", "--role-arn", BrokenCopy.role, "--destination",
      BrokenCopy.store, "--key-arn", BrokenCopy.key(owner), "--caller-account", "111122223333",
      "--management-account", "123456789012", "--bucket-keys", copy.bucketKeys,
    ]
    for (part, text) in try copy.documents(owner: owner) {
      try folder.write(text, to: "\(part.rawValue).json")
      arguments += ["--\(part.rawValue)", "\(part.rawValue).json"]
    }
    return arguments
  }

  private func tree(_ bytes: [UInt8]) throws -> Node {
    try Tree.parse(Source(path: "", text: bytes), format: .json).root
  }

  private static let accesses: Set = [
    "s3-get-object", "s3-list-bucket", "s3-get-bucket-acl", "kms-decrypt", "kms-generate-data-key",
    "sts-assume-role", "caller-start-import", "caller-pass-role",
  ]

  @Test(arguments: BrokenCopy.all, ["111122223333", "444455556666"])
  func `Every denial of a broken copy is answered as one`(copy: BrokenCopy, owner: String) throws {
    let expected = owner == "111122223333" ? copy.inOneAccount : copy.acrossAccounts
    let outcome = run(
      try arguments(copy, owner: owner) + ["--witness", "out", "--output-format", "json"])
    let report = try tree(outcome.output)
    let copies = Array(try #require(report["copies"]).elements)
    let rows = Array(try #require(copies[0]["requirements"]).elements).filter { row in
      let isAccess = Self.accesses.contains(row["rule"]?.string ?? "")
      return isAccess && row["status"]?.string == "violated"
    }
    #expect(rows.compactMap { $0["rule"]?.string }.sorted() == expected)
    #expect(names(in: "\(folder.path)/out") == expected.map { "command-line.\($0).json" })
    for row in rows {
      let rule = try #require(row["rule"]?.string)
      let answer = run(["simulate", "--input", "out/command-line.\(rule).json"])
      #expect(answer.code == .success && answer.errors.isEmpty)
      let results = Array(try #require(try tree(answer.output)["EvaluationResults"]).elements)
      let result = try #require(results.first)
      #expect(results.count == 1)
      #expect(result["EvalDecision"]?.string == copy.decision)
      let claim = try #require(row["counterexample"])
      #expect(result["EvalActionName"]?.string == claim["action"]?.string)
      #expect(result["EvalResourceName"]?.string == claim["resource"]?.string)
      #expect(result["OpenReasons"] == nil)
    }
  }

  @Test func `A copy without a denial has an empty folder`() throws {
    let copy = BrokenCopy("nothing is wrong", .bucket, "Import", "Copy", one: [])
    let outcome = run(
      try arguments(copy, owner: "444455556666") + ["--witness", "new/folder"])
    #expect(
      String(decoding: outcome.errors, as: UTF8.self)
        == "lint-copy: 0 witnesses in `new/folder`\n")
    #expect(names(in: "\(folder.path)/new") == ["folder"])
    #expect(names(in: "\(folder.path)/new/folder") == [])
  }

  @Test func `Standard error says how many there are and whom they are for`() throws {
    let copy = BrokenCopy("the key is another", .key, "CopyEvents", "CopyEvent", one: [])
    var arguments = try arguments(copy, owner: "111122223333")
    #expect(
      String(decoding: run(arguments + ["--witness", "out"]).errors, as: UTF8.self)
        == "lint-copy: 2 witnesses, for `lint-copy simulate` alone, in `out`\n")
    #expect(run(arguments + ["--witness", "out", "-q"]).errors.isEmpty)
    arguments += ["--boundary", "boundary.json"]
    try folder.write(
      #"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}"#,
      to: "boundary.json")
    #expect(
      String(decoding: run(arguments + ["--witness", "out"]).errors, as: UTF8.self)
        == "lint-copy: 5 witnesses, 2 of them for `lint-copy simulate` alone, in `out`\n")
  }

  @Test func `A witness of an earlier run is replaced, and nothing else is touched`() throws {
    try folder.write("old", to: "out/command-line.kms-decrypt.json")
    try folder.write("mine", to: "out/command-line.s3-get-object.json")
    let copy = BrokenCopy("the key is another", .key, "CopyEvents", "CopyEvent", one: [])
    let outcome = run(try arguments(copy, owner: "111122223333") + ["--witness", "out"])
    #expect(outcome.code == .findings)
    #expect(try folder.read("out/command-line.kms-decrypt.json").hasPrefix("{\n"))
    #expect(try folder.read("out/command-line.s3-get-object.json") == "mine")
    #expect(
      names(in: "\(folder.path)/out") == [
        "command-line.kms-decrypt.json", "command-line.kms-generate-data-key.json",
        "command-line.s3-get-object.json",
      ])
  }

  @Test(arguments: [
    ("", "`--witness` has an empty path"),
    ("role.json", "cannot write `role.json`: part of the path is not a directory"),
    ("role.json/out", "cannot write `role.json/out`: part of the path is not a directory"),
    ("/proc/out", "cannot write `/proc/out`: no such file"),
  ])
  func `A folder that cannot be is a failure, and no report is shown`(
    path: String, message: String
  ) throws {
    let copy = BrokenCopy("the key is another", .key, "CopyEvents", "CopyEvent", one: [])
    let outcome = run(try arguments(copy, owner: "111122223333") + ["--witness", path])
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(String(decoding: outcome.errors, as: UTF8.self) == "lint-copy: \(message)\n")
  }

  @Test func `Names are safe whatever a copy is called, and never the same`() {
    var names = WitnessNames()
    let given = [
      "history", "History", "../../etc/passwd", "-rf", ".hidden", "a b\n\u{1B}[2J", "日本", "",
      String(repeating: "x", count: 300),
    ]
    #expect(
      given.map { names.next($0, "kms-decrypt") } == [
        "history.kms-decrypt.json", "History.kms-decrypt.2.json",
        "etc-passwd.kms-decrypt.json", "rf.kms-decrypt.json", "hidden.kms-decrypt.json",
        "a-b-2J.kms-decrypt.json", "copy.kms-decrypt.json", "copy.kms-decrypt.2.json",
        String(repeating: "x", count: 100) + ".kms-decrypt.json",
      ])
  }
}
