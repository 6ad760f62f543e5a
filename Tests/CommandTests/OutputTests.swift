import PolicyModel
import Reporting
import Testing

@testable import lint_copy

/// What decides on colours, and whether there are some.
struct ColourCase: Sendable, CustomTestStringConvertible {
  var arguments: [String] = []
  var variables: [String: String] = [:]
  var isTerminal = false
  var hasColour: Bool

  var testDescription: String { "\(arguments) \(variables) terminal: \(isTerminal)" }

  static let all = [
    ColourCase(hasColour: false),
    ColourCase(isTerminal: true, hasColour: true),
    ColourCase(variables: ["TERM": "dumb"], isTerminal: true, hasColour: false),
    ColourCase(variables: ["NO_COLOR": "1"], isTerminal: true, hasColour: false),
    ColourCase(variables: ["NO_COLOR": ""], isTerminal: true, hasColour: true),
    ColourCase(variables: ["FORCE_COLOR": "1"], hasColour: true),
    ColourCase(variables: ["FORCE_COLOR": "0"], hasColour: false),
    ColourCase(variables: ["CLICOLOR_FORCE": "1"], hasColour: true),
    ColourCase(variables: ["NO_COLOR": "1", "FORCE_COLOR": "1"], hasColour: false),
    ColourCase(arguments: ["--color", "always"], variables: ["NO_COLOR": "1"], hasColour: true),
    ColourCase(
      arguments: ["--color", "never"], variables: ["FORCE_COLOR": "1"], isTerminal: true,
      hasColour: false),
    ColourCase(arguments: ["--color", "auto"], isTerminal: true, hasColour: true),
    ColourCase(
      arguments: ["--color", "always", "--output-format", "concise"], hasColour: true),
    ColourCase(arguments: ["--color", "always", "--output-format", "json"], hasColour: false),
    ColourCase(arguments: ["--color", "always", "--output-format", "github"], hasColour: false),
    ColourCase(arguments: ["--color", "always", "--output-format", "markdown"], hasColour: false),
  ]
}

/// How reports come out of the program.
@Suite struct `Output` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("", to: ".git")
    try folder.write(
      """
      {"Version": "2012-10-17", "Statement": [
        {"Sid": "Read", "Effect": "allow", "Action": "s3:GetObject", "Resource": "*"},
        {"Sid": "Key", "Effect": "Allow", "Action": "kms:*", "Resource": "aws:kms"}
      ]}

      """, to: "role.json")
  }

  private func run(
    _ arguments: [String], _ change: (inout Surroundings) -> Void = { _ in }
  ) -> RunOutcome {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    change(&surroundings)
    return Program.run(["--role", "role.json"] + arguments, in: surroundings)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: ColourCase.all)
  func `Colours are where a person wants them`(_ example: ColourCase) {
    let outcome = run(example.arguments) {
      $0.variables = example.variables
      $0.outputIsTerminal = example.isTerminal
    }
    #expect(outcome.output.contains(0x1B) == example.hasColour)
  }

  @Test func `A file has no colours, no hyperlinks and the usual width`() throws {
    let outcome = run(["--color", "always", "--output-file", "report.txt"]) {
      $0.outputIsTerminal = true
      $0.columns = 40
    }
    #expect(outcome.output.isEmpty)
    #expect(try folder.read("report.txt") == text(run([]).output))
  }

  @Test func `One run writes all formats`() throws {
    let formats = OutputFormat.allCases.filter { $0 != .text }
    let arguments = formats.flatMap { ["--output-format", "\($0)=report.\($0)"] }
    let outcome = run(arguments + ["--output-format", "text"])
    #expect(text(outcome.output) == text(run([]).output))
    for format in formats {
      let alone = run(["--output-format", format.rawValue])
      #expect(try folder.read("report.\(format)") == text(alone.output), "\(format)")
      #expect(alone.code == outcome.code)
    }
  }

  @Test func `Of several files all are written or none`() throws {
    try folder.write("the old report", to: "report.json")
    let outcome = run([
      "--output-format", "json=report.json", "--output-format", "sarif=gone/report.sarif",
      "--write-baseline", "baseline.json",
    ])
    #expect(outcome.code == .failure)
    #expect(outcome.output.isEmpty)
    #expect(
      text(outcome.errors) == "lint-copy: cannot write `gone/report.sarif`: no such file\n")
    #expect(try folder.read("report.json") == "the old report")
    #expect(folder.names() == [".git", "report.json", "role.json"])
  }

  @Test func `A rule is linked to where AWS says so`() throws {
    let address = "https://docs.aws.amazon.com/"
    #expect(text(run([]).output).contains("= see: \(address)"))
    let inTerminal = text(run([]) { $0.outputIsTerminal = true }.output)
    #expect(inTerminal.contains("\u{1B}]8;;\(address)"))
    #expect(!inTerminal.contains("= see:"))
    let inPipeline = run([]) { surroundings in
      surroundings.outputIsTerminal = true
      surroundings.variables = ["CI": "true"]
    }
    #expect(text(inPipeline.output).contains(address))
    #expect(!text(inPipeline.output).contains("\u{1B}]8;;"))
    let plain = run(["--color", "never"]) { $0.outputIsTerminal = true }
    #expect(text(plain.output).contains("= see: \(address)"))
    let report = try Tree.parse(
      Source(path: "r.json", text: run(["--output-format", "json"]).output)
    ).root
    let urls = try #require(report["findings"]).elements.map { $0["url"]?.string ?? "" }
    #expect(urls.count > 1)
    #expect(urls.allSatisfy { $0.hasPrefix(address) })
    #expect(text(run(["--output-format", "markdown"]).output).contains("](\(address)"))
    #expect(text(run(["--output-format", "html"]).output).contains("href=\"\(address)"))
  }

  @Test func `SARIF describes every rule by its page`() throws {
    let log = try Tree.parse(
      Source(path: "r.json", text: run(["--output-format", "sarif"]).output)
    ).root
    let run = try #require(log["runs"]?.elements.first { _ in true })
    let rules = try #require(run["tool"]?["driver"]?["rules"]).elements.map(\.self)
    #expect(rules.count >= 40)
    for rule in rules {
      let id = try #require(rule["id"]?.string)
      #expect(rule["helpUri"]?.string?.hasPrefix("https://") == true, "\(id)")
      #expect(rule["help"]?["markdown"]?.string?.hasPrefix("# \(id)\n") == true, "\(id)")
      let tags = try #require(rule["properties"]?["tags"]).elements.compactMap(\.string)
      #expect(!tags.contains("custom"), "\(id)")
      #expect(tags.contains("security"))
      let severity = try #require(rule["properties"]?["security-severity"]?.string)
      #expect(Double(severity).map { $0 > 0 && $0 <= 10 } == true)
    }
  }

  /// A wrong Sid, lines above, another order: nobody's alerts are opened anew.
  @Test func `Fingerprints survive moved lines and another order of statements`() throws {
    func fingerprints(_ format: String) throws -> Set<String> {
      let root = try Tree.parse(
        Source(path: "r.json", text: run(["--output-format", format]).output)
      ).root
      let results = root["runs"]?.elements.first { _ in true }?["results"] ?? root
      return Set(
        results.elements.compactMap {
          ($0["partialFingerprints"]?["lintCopy/v1"] ?? $0["fingerprint"])?.string
        })
    }
    let before = try (fingerprints("sarif"), fingerprints("gitlab"))
    #expect(before.0.count > 1)
    try folder.write(
      """


      {"Version": "2012-10-17",

       "Statement": [
        {"Effect": "Allow", "Sid": "Key",
         "Action": "kms:*", "Resource": "aws:kms"},
        {"Sid": "Read", "Effect":    "allow",
         "Action": "s3:GetObject", "Resource": "*"}
      ]}
      """, to: "role.json")
    #expect(try fingerprints("sarif") == before.0)
    #expect(try fingerprints("gitlab") == before.1)
  }
}
