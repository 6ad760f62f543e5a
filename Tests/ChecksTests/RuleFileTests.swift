import PolicyModel
import Testing

@testable import Checks

/// A rule file with one mistake at the mark.
struct RuleFileMistake: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var message: String
  var help: String?

  var testDescription: String { name }

  init(_ name: String, _ text: String, says message: String, help: String? = nil) {
    self.name = name
    self.text = text
    self.message = message
    self.help = help
  }

  static let all = [
    RuleFileMistake(
      "a list", "«- id: no-star»",
      says: "a rule file holds one rule: fields such as `id` and `check`"),
    RuleFileMistake(
      "a misspelt field", "\(rule)\n«explantion»: x", says: "unknown field `explantion`",
      help: "did you mean `explanation`?"),
    RuleFileMistake(
      "a field that no rule has", "\(rule)\n«owner»: me", says: "unknown field `owner`",
      help: "known are `id`, `summary`, `severity`, `otherwise`, `category`, `check`, `with`, "
        + "`needs`, `explanation`, `fix`, `sources`, `good`, `bad`"),
    RuleFileMistake(
      "no summary",
      "«id»: no-star\n" + rule.split(separator: "\n").dropFirst(2).joined(separator: "\n"),
      says: "the field `summary` is missing"),
    RuleFileMistake(
      "a fix that nothing makes",
      """
      id: in-virginia
      summary: the bucket is in Virginia
      severity: error
      check: fact
      with: {fact: bucket-region, one-of: us-east-1}
      fix: «moves the bucket»
      explanation: x
      """,
      says: "`fix` says what `--fix` does, and nothing mends what this rule finds",
      help: "leave it out, and say in `explanation` what to do"),
    RuleFileMistake(
      "a fix for access that there should not be",
      """
      id: no-deletion
      summary: the role deletes nothing
      severity: error
      check: access
      with: {principal: role, action: s3:DeleteObject, resource: objects, expect: denied}
      fix: «takes it away»
      explanation: x
      """,
      says: "`fix` says what `--fix` does, and nothing mends what this rule finds",
      help:
        "leave it out: what is mended is access that is missing, to `objects`, `bucket`, `key`, "
        + "`role`"),
    RuleFileMistake(
      "an id with capitals", rule.replacing("no-star", with: "«NoStar»"),
      says: "`NoStar` is no rule id",
      help: "use lower-case words joined by `-`, such as `no-wildcard-action`"),
    RuleFileMistake(
      "an id with a trailing dash", rule.replacing("no-star", with: "«no-star-»"),
      says: "`no-star-` is no rule id",
      help: "use lower-case words joined by `-`, such as `no-wildcard-action`"),
    RuleFileMistake(
      "an id of the program's", rule.replacing("no-star", with: "«s3-get-object»"),
      says: "there is a rule `s3-get-object` already",
      help: "choose another id; `severity:` in `lint-copy.yaml` changes a rule's severity"),
    RuleFileMistake(
      "a severity that does not exist", rule.replacing("error", with: "«fatal»"),
      says: "unknown severity `fatal`", help: "use one of `error`, `warning`, `note`"),
    RuleFileMistake(
      "a misspelt severity", rule.replacing("error", with: "«eror»"),
      says: "unknown severity `eror`", help: "did you mean `error`?"),
    RuleFileMistake(
      "a misspelt check", rule.replacing("access", with: "«acess»"),
      says: "unknown check `acess`", help: "did you mean `access`?"),
    RuleFileMistake(
      "a check for one rule of the program alone", rule.replacing("access", with: "«grammar»"),
      says: "unknown check `grammar`", help: "use one of `access`, `fact`, `document`"),
    RuleFileMistake(
      "an action without its service",
      access("{principal: role, action: «GetObject», resource: any}"),
      says: "`GetObject` is no action", help: "write it as `s3:GetObject` or `s3:Delete*`"),
    RuleFileMistake(
      "a pattern that no action matches",
      access("{principal: role, action: «\"s3:Frobnicate*\"», resource: any}"),
      says: "no action matches `s3:Frobnicate*`", help: "name the service, as in `s3:Delete*`"),
    RuleFileMistake(
      "a pattern of services", access("{principal: role, action: «\"*:Get*\"», resource: any}"),
      says: "no action matches `*:Get*`", help: "name the service, as in `s3:Delete*`"),
    RuleFileMistake(
      "the service on something else than the role",
      access("{principal: service, action: s3:GetObject, resource: «bucket»}"),
      says: "`service` cannot be judged on `bucket`",
      help: "use `role`: CloudTrail itself only assumes it"),
    RuleFileMistake(
      "the caller on what the role reads",
      access("{principal: caller, action: s3:GetObject, resource: «objects»}"),
      says: "`caller` cannot be judged on `objects`", help: "use `role`, `store`, `any` or an ARN"),
    RuleFileMistake(
      "an element that no statement has",
      fact("check: document", "{policy: role, element: «Actions», presence: forbidden}"),
      says: "unknown element `Actions`", help: "did you mean `Action`?"),
    RuleFileMistake(
      "a fact that is compared with nothing", fact("check: «fact»", "{fact: role-arn}"),
      says: "check `fact` compares with nothing",
      help: "give one of `one-of`, `none-of`, `matches`, `at-least`, `at-most`, `same-as`"),
    RuleFileMistake(
      "a fact that is compared twice",
      fact("check: fact", "{fact: keep-days, at-least: 1, «at-most»: 9}"),
      says: "check `fact` takes one comparison",
      help: "give one of `one-of`, `none-of`, `matches`, `at-least`, `at-most`, `same-as`"),
    RuleFileMistake(
      "a number that is none", fact("check: fact", "{fact: keep-days, at-least: «many»}"),
      says: "`many` is no whole number"),
    RuleFileMistake(
      "a text that is compared with a number",
      fact("check: fact", "{fact: bucket, «at-least»: 3}"), says: "`bucket` is no number",
      help: "`at-least` compares `keep-days`, `foreign-grants`, `retention-period`"),
    RuleFileMistake(
      "a misspelt fact", fact("check: fact", "{fact: «rolearn», one-of: [x]}"),
      says: "unknown fact `rolearn`", help: "did you mean `role-arn`?"),
    RuleFileMistake(
      "an empty list", fact("check: fact", "{fact: bucket, one-of: «[]»}"),
      says: "expected at least one text here"),
    RuleFileMistake(
      "a category that does not exist", "\(rule)\ncategory: «style»",
      says: "unknown category `style`",
      help: "use one of `access-denied`, `condition`, `prerequisite`, `events-lost`, `refused`, "
        + "`document`, `evidence`, `exposure`, `advice`, `custom`"),
    RuleFileMistake(
      "a missing parameter", access("{«principal»: role, action: \"s3:GetObject\"}"),
      says: "check `access` needs the parameter `resource`",
      help: "add it under `with`: one of `objects`, `bucket`, `key`, `role`, `store`, `any`, "
        + "or an ARN"),
    RuleFileMistake(
      "a misspelt parameter",
      access("{principal: role, action: s3:GetObject, resource: any, «resorce»: any}"),
      says: "unknown parameter `resorce` of check `access`", help: "did you mean `resource`?"),
    RuleFileMistake(
      "a parameter with an unknown word",
      access("{principal: «rolle», action: s3:GetObject, resource: any}"),
      says: "unknown principal `rolle`", help: "did you mean `role`?"),
    RuleFileMistake(
      "a resource that is neither word nor ARN",
      access("{principal: role, action: s3:GetObject, resource: «everything»}"),
      says: "unknown resource `everything`",
      help: "use one of `objects`, `bucket`, `key`, `role`, `store`, `any`, or an ARN"),
    RuleFileMistake(
      "parameters in a list", access("«[role]»"),
      says: "`with` is a list of parameters with their values"),
    RuleFileMistake(
      "an empty summary", rule.replacing("summary: x", with: "summary: «\" \"»"),
      says: "expected text here"),
    RuleFileMistake(
      "an input that is none", "\(rule)\nneeds: [--role, «trust»]",
      says: "`trust` is neither an option nor an AWS CLI command",
      help: "write `--role`, or `aws s3api get-bucket-location` for a saved answer"),
    RuleFileMistake(
      "an example without its document", "\(rule)\nbad: [{«text»: x}]",
      says: "the field `document` is missing"),
    RuleFileMistake(
      "an example that shows nothing", "\(rule)\nbad: [«{about: x}»]",
      says: "the example shows nothing"),
    RuleFileMistake(
      "a misspelt field of an example", "\(rule)\nbad: [{document: role, «statment»: x, text: x}]",
      says: "unknown field `statment` of an example", help: "did you mean `statement`?"),
    RuleFileMistake(
      "a source without a title", "\(rule)\nsources: [{«url»: x}]",
      says: "the field `title` is missing"),
  ]

  private static let rule =
    "id: no-star\nsummary: x\nseverity: error\ncheck: access\nexplanation: x\n"
    + "with: {principal: role, action: s3:GetObject, resource: any}"

  private static func fact(_ check: String, _ parameters: String) -> String {
    "id: a\nsummary: x\nseverity: error\n\(check)\nexplanation: x\nwith: \(parameters)"
  }

  private static func access(_ parameters: String) -> String {
    "id: a\nsummary: x\nseverity: error\ncheck: access\nexplanation: x\nwith: \(parameters)"
  }
}

@Suite struct `Reading a rule file` {
  @Test(arguments: RuleFileMistake.all)
  func `A mistake is told at its place, and there is no rule`(_ mistake: RuleFileMistake) throws {
    let marked = try #require(MarkedText(mistake.text))
    let source = Source(path: "rule.yaml", marked.text)
    let file = RuleFile(custom: source, taken: Set(RuleCatalog.order))
    let problem = try #require(file.problems.first)
    #expect(file.problems.count == 1)
    #expect(problem.message == mistake.message)
    #expect(problem.help == mistake.help)
    #expect(problem.place.range == marked.marks.first)
    #expect(file.rule == nil)
    #expect(file.page == nil)
  }

  @Test func `A file that is no YAML is told where it breaks`() throws {
    let file = RuleFile(Source(path: "rule.yaml", "id: [a\n"))
    #expect(file.rule == nil)
    #expect(file.problems.count == 1)
  }

  @Test func `A field given twice is told`() {
    let file = RuleFile(Source(path: "rule.yaml", "id: a\nid: b\n"))
    #expect(file.rule == nil)
    #expect(!file.problems.isEmpty)
  }

  @Test func `Every field of a file is read`() throws {
    let text = """
      id: no-wildcard-2
      summary: the role may not do everything
      severity: error
      otherwise: note
      check: access
      with: {principal: role, action: "s3:*", resource: "arn:aws:s3:::b/*"}
      needs: [--role, aws iam get-role-policy]
      explanation: |
        First.

        Second.
      sources:
        - A handbook
        - {title: A guide, url: "https://docs.aws.amazon.com/"}
      bad:
        - about: too much
          document: role
          statement: '{"Action": «"s3:*"»}'
          beside: [{document: trust, text: "{}"}]
          options: {keep-days: 90}
      good: {document: role, text: "{}"}
      """
    let source = Source(path: "rule.yaml", text)
    let file = RuleFile(source)
    #expect(file.problems == [])
    let rule = try #require(file.rule)
    let page = try #require(file.page)
    #expect(rule.id == "no-wildcard-2")
    #expect(rule.summary == "the role may not do everything")
    #expect(rule.severity == .error)
    #expect(rule.otherwise == .note)
    #expect(rule.category == .custom)
    #expect(rule.check == .access)
    #expect(rule.parameters.entries.map(\.name) == ["principal", "action", "resource"])
    #expect(rule.parameters["resource"] == .text("arn:aws:s3:::b/*"))
    #expect(rule.parameters["nothing"] == nil)
    #expect(rule.needs == ["--role", "aws iam get-role-policy"])
    #expect(page.explanation == "First.\n\nSecond.\n")
    #expect(page.sources.map(\.title) == ["A handbook", "A guide"])
    #expect(page.sources.map(\.url) == [nil, "https://docs.aws.amazon.com/"])
    let bad = try #require(page.bad.first)
    #expect(bad.about == "too much")
    #expect(bad.document?.extent == .statement)
    #expect(bad.document?.text.text == "{\"Action\": \"s3:*\"}")
    #expect(bad.document?.text.marks == [11..<17])
    #expect(bad.beside.map(\.name) == ["trust"])
    #expect(bad.options.map(\.name) == ["keep-days"])
    #expect(bad.options.map(\.value.text) == ["90"])
    #expect(page.good.first?.document?.extent == .document)
    #expect(rule.page == page)
  }
}

@Suite struct `A catalogue with a team's rules` {
  private static func source(_ id: String, severity: String = "warning") -> Source {
    Source(
      path: "lint-rules/\(id).yaml",
      "id: \(id)\nsummary: x\nseverity: \(severity)\nexplanation: x\n"
        + "check: access\nwith: {principal: role, action: s3:GetObject, resource: any}\n")
  }

  @Test func `Their rules come after the program's, in the order of the files`() {
    var catalog = RuleCatalog.builtIn
    let problems = catalog.add([Self.source("zebra"), Self.source("ant")])
    #expect(problems == [])
    #expect(catalog.rules.suffix(2).map(\.id) == ["zebra", "ant"])
    #expect(catalog["ant"]?.summary == "x")
  }

  @Test func `Two files cannot have one id`() throws {
    var catalog = RuleCatalog.builtIn
    let problems = catalog.add([Self.source("ant"), Self.source("ant", severity: "error")])
    #expect(problems.map(\.message) == ["there is a rule `ant` already"])
    #expect(catalog["ant"]?.severity == .warning)
  }

  @Test func `An id of the documentation is taken even before its rule is there`() {
    var catalog = RuleCatalog([])
    #expect(catalog.add([Self.source("s3-get-object")]).count == 1)
    #expect(catalog.rules.isEmpty)
  }

  @Test func `Configuration changes severities, also where a mistake decides nothing`() throws {
    var catalog = RuleCatalog.builtIn
    let rule = try #require(catalog["source-arn-condition"])
    #expect(catalog.severity(of: rule) == .error)
    #expect(catalog.severityOtherwise(of: rule) == .warning)
    catalog.setSeverities(["source-arn-condition": .note])
    #expect(catalog.severity(of: rule) == .note)
    #expect(catalog.severityOtherwise(of: rule) == .note)
  }

  @Test func `A misspelt id is recognised`() {
    #expect(RuleCatalog.builtIn.suggestion(for: "s3-get-objct") == "s3-get-object")
    #expect(RuleCatalog.builtIn.suggestion(for: "entirely-different") == nil)
  }
}
