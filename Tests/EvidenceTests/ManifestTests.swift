import Foundation
import PolicyModel
import Testing

@testable import Evidence

@Suite struct `The manifest` {
  static func read(_ text: String) -> (manifest: Manifest, problems: [Manifest.Problem]) {
    Manifest.reading(Source(path: "lint-copy.yaml", text))
  }

  @Test func `Every setting is read`() throws {
    let (manifest, problems) = Self.read(
      """
      version: 1
      copies:
        - name: history
          role: [policies/role.json, policies/more/*.json]
          trust: policies/trust.json
          bucket: none
          key:
            - policies/key.json
            - {arn: "\(Scenario.key)", file: policies/other.json}
            - \(Scenario.otherKey)=policies/third.json
          scp: [root=scp.json, {level: unit, file: unit.json}, plain.json]
          documents: [state/*.json, template.yaml]
          source: s3://acme-trail-logs/AWSLogs/
          bucket-account: 012345678901
          keep-days: 90
          key-arn: [\(Scenario.key)]
          as-of: 2026-11-21
          parameter: {Environment: live, Count: 3}
        - name: second
          parameter: [A=1, B=x=y]
      ignore:
        - {rule: excess-access, path: policies/role.json, sid: Legacy, reason: old, expires: 2027-03-01}
        - {rule: placeholder, reason: template}
      severity: {documented-bucket-statement: warning}
      rules: [lint-rules/]
      fail-on: warning
      strict: true
      """)
    #expect(problems.isEmpty)
    let copy = try #require(manifest.copies.first)
    #expect(copy.name == "history")
    #expect(
      copy.references.map(\.pattern.text) == [
        "policies/role.json", "policies/more/*.json", "policies/trust.json", "policies/key.json",
        "policies/other.json", "policies/third.json", "scp.json", "unit.json", "plain.json",
        "state/*.json", "template.yaml",
      ])
    #expect(
      copy.references.map(\.use) == [
        .role, .role, .trust, .key(arn: nil), .key(arn: Scenario.key), .key(arn: Scenario.otherKey),
        .serviceControl(level: "root"), .serviceControl(level: "unit"),
        .serviceControl(level: nil), .anything, .anything,
      ])
    #expect(copy.absences.map(\.use) == [.bucket])
    #expect(copy.facts.map(\.name) == [.source, .bucketAccount, .keepDays, .keyARN])
    #expect(copy.facts.map(\.text)[1] == "012345678901")
    #expect(copy.facts.first?.place?.source.path == "lint-copy.yaml")
    #expect(copy.asOf == Timestamp(iso8601: "2026-11-21"))
    #expect(copy.parameters == ["Environment": "live", "Count": "3"])
    #expect(manifest.copies[1].parameters == ["A": "1", "B": "x=y"])
    #expect(manifest.ignores.map(\.rule) == ["excess-access", "placeholder"])
    #expect(manifest.ignores.map(\.sid) == ["Legacy", nil])
    #expect(manifest.ignores.first?.path?.text == "policies/role.json")
    #expect(manifest.ignores.first?.expires == CivilDate(year: 2027, month: 3, day: 1))
    #expect(manifest.severities.map(\.severity) == [.warning])
    #expect(manifest.rules.map(\.text) == ["lint-rules/"])
    #expect(manifest.failOn == .warning)
    #expect(manifest.isStrict == true)
  }

  @Test func `A setting states its fact at its place`() throws {
    let (text, ranges) = marked(
      """
      version: 1
      copies:
        - name: a
          role-arn: «arn:aws:iam::222233334444:role/Other»
      """)
    let (manifest, _) = Self.read(text)
    let copy = try #require(manifest.copies.first)
    let role = Source(path: "role.json", Facts.getRole())
    let plan = CopyPlan(
      assembling: copy.input(
        documents: [Document(role, as: .anything)], asOf: Timestamp(seconds: 0)))
    #expect(plan.name == "a")
    #expect(plan.facts.roleARN.origin == "`role-arn` of `lint-copy.yaml`")
    #expect(plan.facts.roleARN.place?.range == ranges[0])
    #expect(plan.rules == ["documents-disagree"])
    #expect(plan.findings.first?.related.first?.place?.range == ranges[0])
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String
    var help: String?
    var testDescription: String { message }

    init(_ text: String, _ message: String, help: String? = nil) {
      self.text = text
      self.message = message
      self.help = help
    }
  }

  static let wrong: [Wrong] = [
    Wrong("«[]»", "a manifest is a mapping of settings such as `copies`"),
    Wrong("«copies: []»", "`version` is missing", help: "begin with `version: 1`"),
    Wrong("version: «2»", "this program reads version 1 of the manifest"),
    Wrong(
      "version: 1\n«ignroe»: []", "unknown setting `ignroe`", help: "did you mean `ignore`?"),
    Wrong(
      "version: 1\ncopies: [{name: a, «sorce»: s3://b-1/}]", "unknown setting `sorce` of `copies`",
      help: "did you mean `source`?"),
    Wrong("version: 1\ncopies: «x»", "`copies` is a list"),
    Wrong("version: 1\ncopies: [«x»]", "a copy is a mapping of settings such as `name` and `role`"),
    Wrong("version: 1\ncopies: [«{role: x}»]", "`name` is missing"),
    Wrong(
      "version: 1\ncopies: [{name: a}, {name: «a»}]", "there are two copies named `a`"),
    Wrong("version: 1\ncopies: [{name: a, trust: «[x, y]»}]", "`trust` is one document"),
    Wrong(
      "version: 1\ncopies: [{name: a, bucket-account: «123»}]",
      "`123` is not an account id, as `bucket-account` wants it"),
    Wrong("version: 1\ncopies: [{name: a, role: [«{a: b}»]}]", "expected a text"),
    Wrong("version: 1\ncopies: [{name: a, key: «{arn: x}»}]", "`file` is missing"),
    Wrong("version: 1\ncopies: [{name: a, as-of: «soon»}]", "`as-of` is not a time"),
    Wrong(
      "version: 1\ncopies: [{name: a, parameter: [«A»]}]",
      "`A` is not a parameter with its value"),
    Wrong("version: 1\nignore: [«{rule: x}»]", "`reason` is missing"),
    Wrong(
      "version: 1\nignore: [{rule: x, reason: y, expires: «never»}]", "`expires` is not a day"),
    Wrong("version: 1\nseverity: {x: «fatal»}", "`fatal` is not a severity"),
    Wrong("version: 1\nstrict: «maybe»", "expected `true` or `false`"),
    Wrong("version: 1\nfail-on: «never»", "`never` is not a severity"),
    Wrong("version: 1\nstrict: true\n«strict»: false", "`strict` is given twice"),
  ]

  @Test(arguments: wrong) func `What is wrong is said at its place`(_ example: Wrong) {
    let (text, ranges) = marked(example.text)
    let (_, problems) = Self.read(text)
    #expect(problems.map(\.message) == [example.message])
    #expect(problems.map(\.place.range) == ranges)
    if let help = example.help { #expect(problems.first?.help == help) }
  }

  @Test func `A manifest that does not parse has one problem`() {
    #expect(Self.read("copies: [").problems.count == 1)
  }

  @Test func `The published schema knows just the settings that are read`() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/lint-copy.schema.json")
    let bytes = Array(try Data(contentsOf: path))
    let root = try Tree.parse(try Source.decoding(bytes, path: "schema.json")).root
    func names(_ node: Node?) -> [String] {
      node?["properties"]?.members.map(\.name).sorted() ?? []
    }
    #expect(names(root) == ManifestReader.settings.sorted())
    #expect(names(root[path: "$defs", "copy"]) == ManifestReader.copySettings.sorted())
    #expect(names(root[path: "$defs", "ignore"]) == ManifestReader.ignoreSettings.sorted())
  }

  @Test(arguments: [
    ("a.json", "a.json", true), ("./a.json", "a.json", true), ("*.json", "a.json", true),
    ("*.json", "b/a.json", false), ("b/*.json", "b/a.json", true), ("**/*.json", "a.json", true),
    ("**/*.json", "b/c/a.json", true), ("b/**", "b/c/a.json", true), ("b/**/a.*", "b/a.json", true),
    ("b/**/a.*", "c/a.json", false), ("?.json", "a.json", true), ("?.json", "ab.json", false),
    ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("a.json", "A.json", false),
  ])
  func `A glob matches names between slashes`(_ pattern: String, _ path: String, _ matches: Bool) {
    #expect(Glob(pattern).matches(path) == matches)
  }

  @Test(arguments: [
    ("a/b.json", "a", true), ("a/*.json", "a", false), ("*/a.json", "", false),
    ("a/b/**/c", "a/b", false), ("/etc/*.json", "/etc", false),
  ])
  func `A glob knows the folder to look in`(_ pattern: String, _ folder: String, _ plain: Bool) {
    #expect(Glob(pattern).folder == folder)
    #expect(Glob(pattern).isPlain == plain)
  }
}
