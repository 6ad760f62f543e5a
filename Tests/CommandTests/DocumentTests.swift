import Testing

@testable import lint_copy

/// Bytes that are no policy, and the line that says so.
struct BrokenDocument: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  /// What stands after the path in the `concise` report.
  var line: String

  init(_ name: String, _ bytes: [UInt8], _ line: String) {
    self.name = name
    self.bytes = bytes
    self.line = line
  }

  var testDescription: String { name }
}

/// A document that cannot be read as one is a finding: code 1, on standard output.
@Suite struct `Documents that are none` {
  @Test(arguments: [
    BrokenDocument("empty", [], ":1:1: error: the file is empty [policy-syntax]"),
    BrokenDocument(
      "binary", [0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 1],
      ":1:1: error: not text: the file holds NUL bytes [policy-syntax]"),
    BrokenDocument(
      "compressed", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0],
      ":1:1: error: not text: the file is compressed [policy-syntax]"),
    BrokenDocument(
      "trailing comma", Array("{\"Version\": \"2012-10-17\",}".utf8),
      ":1:25: error: trailing comma [policy-syntax]"),
  ])
  func `A broken document is one finding`(_ document: BrokenDocument) throws {
    let folder = try ScratchFolder()
    try folder.write(document.bytes, to: "role.json")
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    let outcome = Program.run(
      ["--role", "role.json", "--output-format", "concise"], in: surroundings)
    #expect(outcome.code == .findings)
    #expect(outcome.errors.isEmpty)
    let findings = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
      .filter { $0.contains("policy-syntax") }
    #expect(findings == ["role.json\(document.line)"])
  }

  @Test(arguments: [false, true])
  func `UTF-16 with a byte order mark is read`(isBigEndian: Bool) throws {
    let folder = try ScratchFolder()
    let policy = """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
      """
    let units = Array("\u{FEFF}\(policy)".utf16)
    try folder.write(
      units.flatMap { unit in
        let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        return isBigEndian ? bytes.reversed() : bytes
      }, to: "role.json")
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    let outcome = Program.run(
      ["--role", "role.json", "--output-format", "concise"], in: surroundings)
    #expect(outcome.errors.isEmpty)
    #expect(!String(decoding: outcome.output, as: UTF8.self).contains("policy-syntax"))
  }
}
