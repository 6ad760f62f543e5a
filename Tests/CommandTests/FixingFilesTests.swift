import PolicyModel
import Testing

@testable import lint_copy

/// A folder with the documents of the ready example, some of them broken.
struct FixFolder {
  let folder: ScratchFolder
  /// What stands after `lint-copy`.
  let arguments: [String]

  /// Copies the example; `documents` take the place of its own.
  init(
    _ documents: [String: [UInt8]] = [:], of name: String = "one-account/ready"
  ) throws {
    folder = try ScratchFolder()
    let example = try #require(Example.all.first { $0.name == name })
    let source = "\(Example.folder)/\(example.name)"
    for name in names(in: source) where name.hasSuffix(".json") || name.hasSuffix(".yaml") {
      try folder.write(try documents[name] ?? readWhole("\(source)/\(name)"), to: name)
    }
    arguments = example.arguments
  }

  /// A document of the example with some text replaced.
  static func document(
    _ name: String, _ old: String, _ new: String, of example: String = "one-account/ready"
  ) throws -> [UInt8] {
    let text = String(
      decoding: try readWhole("\(Example.folder)/\(example)/\(name)"), as: UTF8.self)
    try #require(text.contains(old), "\(name) has `\(old)`")
    return Array(text.replacing(old, with: new).utf8)
  }

  /// A caller who may not start an import, and the trust policy in the old spelling.
  static var broken: [String: [UInt8]] {
    get throws {
      [
        "caller-policy.json": try document(
          "caller-policy.json", "cloudtrail:StartImport", "cloudtrail:GetImport"),
        "trust.json": try document("trust.json", "eventdatastore/", "eventdataStore/"),
      ]
    }
  }

  func run(
    _ options: String..., replacing other: [String: String] = [:],
    input: FileDescriptor = .standardInput
  ) -> RunOutcome {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    surroundings.input = input
    return Program.run(arguments.map { other[$0] ?? $0 } + options, in: surroundings)
  }

  /// The bytes of all files by name.
  var contents: [String: [UInt8]] {
    get throws {
      var contents: [String: [UInt8]] = [:]
      for name in folder.names() { contents[name] = try readWhole("\(folder.path)/\(name)") }
      return contents
    }
  }
}

extension RunOutcome {
  fileprivate var text: String { String(decoding: output, as: UTF8.self) }
  fileprivate var remarks: String { String(decoding: errors, as: UTF8.self) }
}

/// A way to keep a document in a file, and what it is made of.
struct FileForm: Sendable, CustomTestStringConvertible {
  var name: String
  var make: @Sendable ([UInt8]) -> [UInt8]

  var testDescription: String { name }

  static let all: [FileForm] = [
    FileForm(name: "as it is") { $0 },
    FileForm(name: "with CRLF") { text in
      text.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    },
    FileForm(name: "without a line end") { Array($0.reversed().drop { $0 == 0x0A }.reversed()) },
    FileForm(name: "on one line") { $0.filter { $0 != 0x0A } },
    FileForm(name: "with tabs") { text in
      Array(String(decoding: text, as: UTF8.self).replacing("  ", with: "\t").utf8)
    },
    FileForm(name: "with a byte order mark") { [0xEF, 0xBB, 0xBF] + $0 },
    FileForm(name: "in UTF-16") { text in
      [0xFF, 0xFE]
        + String(decoding: text, as: UTF8.self).utf16.flatMap { unit in
          [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
        }
    },
  ]
}

@Suite struct `Fixing files` {
  @Test(arguments: FileForm.all)
  func `A diff is taken by git and patch and makes what --fix makes`(_ form: FileForm) throws {
    let files = try FixFolder(FixFolder.broken.mapValues(form.make))
    let before = try files.contents
    let diff = files.run("--diff")
    #expect(diff.code == .findings)
    #expect(diff.remarks.contains("would fix 2 findings in `caller-policy.json`, `trust.json`"))
    #expect(try files.contents == before, "nothing is written")
    let copies = try ScratchFolder()
    try copies.write(diff.output, to: "fix.diff")
    for (name, bytes) in before where name.hasSuffix(".json") {
      try copies.write(bytes, to: "git/\(name)")
      try copies.write(bytes, to: "patch/\(name)")
    }
    let fixed = files.run("--fix")
    #expect(fixed.code == .success, "\(fixed.text)")
    #expect(fixed.remarks.contains("fixed 2 findings in `caller-policy.json`, `trust.json`"))
    let after = try files.contents
    #expect(Set(after.keys) == Set(before.keys), "no other file is left")
    #expect(
      Set(after.keys.filter { after[$0] != before[$0] }) == ["caller-policy.json", "trust.json"])
    try expectApplied(copies, "git", "git -C git apply ../fix.diff", after)
    try expectApplied(copies, "patch", "patch -s --binary -d patch -p1 < fix.diff", after)
  }

  private func expectApplied(
    _ copies: ScratchFolder, _ name: String, _ command: String, _ after: [String: [UInt8]]
  ) throws {
    guard unsafe system("command -v \(name) > /dev/null") == 0 else {
      print("not tried: there is no \(name) on this machine")
      return
    }
    let status = unsafe system("cd \(copies.path) && \(command) 2> errors.txt")
    let errors = try copies.read("errors.txt")
    #expect(status == 0, "\(errors)")
    for file in ["caller-policy.json", "trust.json"] {
      #expect(try readWhole("\(copies.path)/\(name)/\(file)") == after[file])
    }
  }

  @Test func `Fixing again changes nothing, and there is no diff any more`() throws {
    let files = try FixFolder(FixFolder.broken)
    _ = files.run("--fix")
    let after = try files.contents
    let again = files.run("--fix", "--unsafe-fixes")
    #expect(again.code == .success)
    #expect(again.remarks.isEmpty)
    #expect(try files.contents == after)
    let diff = files.run("--diff")
    #expect(diff.code == .success)
    #expect(diff.output.isEmpty)
  }

  @Test func `What could be fixed is said without writing anything`() throws {
    let files = try FixFolder(FixFolder.broken)
    let before = try files.contents
    let outcome = files.run()
    #expect(outcome.code == .findings)
    #expect(outcome.text.contains("= fix: add `cloudtrail:StartImport` to the actions, with --fix"))
    #expect(!outcome.text.contains("= help: add `cloudtrail:StartImport`"), "once is enough")
    #expect(outcome.text.contains("; 2 fixable with --fix\n"))
    #expect(try files.contents == before)
  }

  @Test func `Unsafe fixes wait until somebody asks for them`() throws {
    let role = try FixFolder.document("role.json", "\"s3:GetObject\"", "\"s3:Get*\"")
    let files = try FixFolder(["role.json": role])
    #expect(files.run("--fix").remarks.isEmpty)
    #expect(try files.contents["role.json"] == role)
    let outcome = files.run("--fix", "--unsafe-fixes")
    #expect(outcome.code == .success)
    #expect(outcome.text.contains("no findings"), "\(outcome.text)")
    #expect(
      try files.contents["role.json"] == readWhole("\(Example.folder)/one-account/ready/role.json"))
  }

  @Test func `--unsafe-fixes does nothing alone`() throws {
    let outcome = try FixFolder().run("--unsafe-fixes")
    #expect(outcome.code == .failure)
    #expect(outcome.remarks.hasPrefix("lint-copy: `--unsafe-fixes` changes nothing by itself\n"))
  }

  // MARK: Files

  @Test func `A symbolic link leads to the file that is replaced, and the mode stays`() throws {
    let files = try FixFolder(FixFolder.broken)
    let path = files.folder.path
    try files.folder.write(try readWhole("\(path)/caller-policy.json"), to: "policies/real.json")
    unsafe unlink("\(path)/caller-policy.json")
    #expect(unsafe symlink("policies/real.json", "\(path)/caller-policy.json") == 0)
    #expect(unsafe chmod("\(path)/policies/real.json", 0o640) == 0)
    #expect(files.run("--fix").code == .success)
    var status = stat()
    #expect(unsafe lstat("\(path)/caller-policy.json", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    #expect(unsafe stat("\(path)/caller-policy.json", &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o640)
    #expect(try files.folder.read("policies/real.json").contains("\"cloudtrail:StartImport\""))
    #expect(names(in: "\(path)/policies") == ["real.json"])
  }

  @Test func `A file that is read-only is an error, and the others are left alone`() throws {
    let files = try FixFolder(FixFolder.broken)
    let before = try files.contents
    #expect(unsafe chmod("\(files.folder.path)/trust.json", 0o444) == 0)
    let outcome = files.run("--fix")
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.remarks == """
        lint-copy: cannot write `trust.json`: permission denied
          = help: nothing was changed

        """)
    #expect(try files.contents == before)
  }

  // MARK: Standard input

  @Test func `Standard input cannot be fixed where it is, and what it should be is said`() throws {
    let files = try FixFolder(FixFolder.broken)
    let input = try FileDescriptor.reading("\(files.folder.path)/caller-policy.json")
    let outcome = files.run("--fix", replacing: ["caller-policy.json": "-"], input: input)
    #expect(
      outcome.text.contains(
        "`<stdin>` cannot be written back to: this is the mended identity policy, for `aws iam put-role-policy`\n{"
      ), "\(outcome.text)")
    #expect(outcome.text.contains("\"cloudtrail:StartImport\""))
    #expect(outcome.code == .findings)
    #expect(
      try readWhole("\(files.folder.path)/caller-policy.json")
        == FixFolder.broken["caller-policy.json"], "what is read is not written to")
  }

  @Test func `A diff of standard input has the name that it was given`() throws {
    let files = try FixFolder(FixFolder.broken)
    let input = try FileDescriptor.reading("\(files.folder.path)/caller-policy.json")
    let outcome = files.run(
      "--diff", "--stdin-filename", "policies/caller-policy.json",
      replacing: ["caller-policy.json": "-"],
      input: input)
    #expect(
      outcome.text.hasPrefix(
        "--- a/policies/caller-policy.json\n+++ b/policies/caller-policy.json\n@@ "))
  }

  // MARK: Answers of AWS

  @Test func `A policy in an answer of AWS is offered as it should be`() throws {
    let example = "across-accounts/ready"
    let answer = try FixFolder.document(
      "get-bucket-policy.json", "s3:GetObject\\\"", "s3:GetObjectAcl\\\"", of: example)
    let files = try FixFolder(["get-bucket-policy.json": answer], of: example)
    let outcome = files.run("--fix")
    #expect(outcome.code == .findings)
    let line =
      "`get-bucket-policy.json` is an answer of AWS, not the policy itself: "
      + "this is the mended bucket policy, for `aws s3api put-bucket-policy`\n"
    let parts = outcome.text.split(separator: line, maxSplits: 1)
    try #require(parts.count == 2, "\(outcome.text)")
    #expect(try files.contents["get-bucket-policy.json"] == answer, "an answer is left as it is")
    try files.folder.write(String(parts[1]), to: "bucket.json")
    let mended = files.run(replacing: ["get-bucket-policy.json": "bucket.json"])
    #expect(mended.code == .success, "\(mended.text)")
  }

  /// A bucket's policy in an answer that lets the role read no object.
  private var answered: FixFolder {
    get throws {
      let example = "across-accounts/ready"
      let answer = try FixFolder.document(
        "get-bucket-policy.json", "s3:GetObject\\\"", "s3:GetObjectAcl\\\"", of: example)
      return try FixFolder(["get-bucket-policy.json": answer], of: example)
    }
  }

  @Test func `The finding says where its fix is to be made, in every run`() throws {
    let files = try answered
    let outcome = files.run()
    let text = outcome.text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(
      text.contains(
        "= fix: add `s3:GetObject` to the actions, and put the mended bucket policy in place with "
          + "`aws s3api put-bucket-policy`, as --fix shows"), "\(outcome.text)")
    #expect(!outcome.text.contains("fixable with --fix"))
    #expect(outcome.text.contains("; --fix shows 1 change to make by hand\n"))
  }

  @Test(arguments: [[], ["--fix"], ["--fix", "-q"]])
  func `Programs get the mended answer, whose policy is ready to be put in place`(
    _ options: [String]
  ) throws {
    let files = try answered
    let path = files.folder.path
    var surroundings = Surroundings.test
    surroundings.directory = path
    let formats = ["--output-format", "json=report.json", "--output-format", "sarif=report.sarif"]
    _ = Program.run(files.arguments + options + formats, in: surroundings)
    let report = try Tree.parse(
      Source(path: "report.json", text: readWhole("\(path)/report.json"))
    ).root
    func items(_ node: Node?) -> [Node] { node.map { $0.elements.map(\.self) } ?? [] }
    let findings = items(report["findings"]).filter { !items($0["fixes"]).isEmpty }
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    let edits = items(finding["fixes"]).flatMap { items($0["edits"]) }
    let edit = try #require(edits.first)
    #expect(edits.count == 1)
    #expect(edit["path"]?.string == "get-bucket-policy.json")
    // What stands in the string is the policy.
    let replacement = try #require(edit["replacement"]?.string)
    let policy = try #require(
      Tree.parse(Source(path: "string.json", replacement)).root.string)
    try files.folder.write(policy, to: "bucket.json")
    let mended = files.run(replacing: ["get-bucket-policy.json": "bucket.json"])
    #expect(mended.code == .success, "\(mended.text)")
    let sarif = try files.folder.read("report.sarif")
    #expect(sarif.contains(#""uri": "get-bucket-policy.json""#))
    #expect(sarif.contains("put the mended bucket policy in place with"))
  }

  @Test func `A fix of a file and an answer together is offered for both`() throws {
    let example = "across-accounts/ready"
    let files = try answered
    let role = try FixFolder.document(
      "role.yaml", "s3:GetObject\n", "s3:GetObjectAcl\n", of: example)
    try files.folder.write(role, to: "role.yaml")
    let outcome = files.run("--fix")
    #expect(outcome.code == .findings)
    #expect(
      outcome.text.contains(
        "`role.yaml` is to be mended together with another: this is the mended identity policy"))
    #expect(outcome.text.contains("`get-bucket-policy.json` is an answer of AWS"))
    #expect(try files.contents["role.yaml"] == role, "one side alone lets nobody in")
  }

  @Test func `A quiet run still shows the policy that somebody has to put in place`() throws {
    let outcome = try answered.run("--fix", "-q")
    #expect(outcome.text.contains("this is the mended bucket policy"))
    let other = try answered.run("--fix", "-q", "--output-format", "concise")
    #expect(!other.text.contains("mended bucket policy"))
    #expect(other.remarks.hasPrefix("`get-bucket-policy.json` is an answer of AWS"))
  }

  // MARK: Long listings

  @Test func `A fix is made beside a listing that is too long to keep`() throws {
    var files = try FixFolder(FixFolder.broken)
    let objects = (0..<6000).map { number in
      let unique = String(repeating: "A", count: 16 - "\(number)".count) + "\(number)"
      return """
        {"Key": "AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/01/\
        111122223333_CloudTrail_us-east-1_20260101T0005Z_\(unique).json.gz", "Size": 1,
         "StorageClass": "STANDARD", "LastModified": "2026-01-01T00:05:00+00:00"}
        """
    }
    let text = "{\"Contents\": [\(objects.joined(separator: ",\n"))]}"
    #expect(text.utf8.count > Limits.listingPieceBytes)
    try files.folder.write(text, to: "list-objects.json")
    let outcome = files.run("--fix")
    #expect(outcome.code == .success, "\(outcome.text)")
    #expect(outcome.remarks.contains("fixed 2 findings in `caller-policy.json`, `trust.json`"))
    files = try FixFolder(FixFolder.broken)
    try files.folder.write(text, to: "list-objects.json")
    let piped = try FileDescriptor.reading("\(files.folder.path)/list-objects.json")
    let input = files.run("--fix", replacing: ["list-objects.json": "-"], input: piped)
    try piped.finish()
    #expect(input.code == .success, "\(input.text)")
    #expect(input.remarks.contains("fixed 2 findings in `caller-policy.json`, `trust.json`"))
  }

  // MARK: Paths

  @Test func `A diff names files as they are, from where it is applied`() throws {
    let files = try FixFolder(FixFolder.broken)
    let path = files.folder.path
    let trust = "pol icies/ünï/trust a.json"
    let caller = "sub/caller\t.json"
    try files.folder.write(
      Array(try readWhole("\(path)/trust.json").filter { $0 != 0x0A }), to: trust)
    try files.folder.write(
      try readWhole("\(path)/caller-policy.json").flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] },
      to: caller)
    let names = ["trust.json": trust, "caller-policy.json": "./sub/../sub/caller\t.json"]
    let diff = files.run("--diff", replacing: names)
    try files.folder.write(diff.output, to: "fix.diff")
    for (name, command) in [
      ("git", "git apply --check fix.diff && git apply"), ("patch", "patch -s --binary -p1 <"),
    ] {
      guard unsafe system("command -v \(name) > /dev/null") == 0 else {
        print("not tried: there is no \(name) on this machine")
        continue
      }
      let before = (try readWhole("\(path)/\(trust)"), try readWhole("\(path)/\(caller)"))
      #expect(unsafe system("cd '\(path)' && \(command) fix.diff") == 0, "\(diff.text)")
      let mended = files.run(replacing: names)
      #expect(mended.code == .success, "\(mended.text)")
      try files.folder.write(before.0, to: trust)
      try files.folder.write(before.1, to: caller)
    }
  }

  @Test func `A file that is given twice through a link is mended once`() throws {
    let files = try FixFolder(FixFolder.broken)
    let path = files.folder.path
    #expect(unsafe symlink("trust.json", "\(path)/again.json") == 0)
    let outcome = files.run("--fix", "again.json")
    #expect(outcome.remarks.contains("`caller-policy.json`, `trust.json`"))
    #expect(outcome.code == .success, "\(outcome.remarks)\(outcome.text)")
    #expect(try !files.folder.read("trust.json").contains("eventdataStore/"))
    var status = stat()
    #expect(unsafe lstat("\(path)/again.json", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }
}
