package import PolicyModel

/// One rule file, read and checked: the program's own and a team's alike.
package struct RuleFile: Sendable {
  /// The rule; nil where the file has a problem.
  package let rule: Rule?
  /// The rule's page; nil where the file has a problem.
  package let page: RulePage?
  /// All that is wrong with the file.
  package let problems: [RuleFileProblem]

  /// Reads a file of the program's own.
  package init(_ source: Source) {
    self.init(source, checks: CheckName.allCases, taken: [])
  }

  /// Reads a file of a team's, which may use the checks that are open to all, and ids that are not
  /// taken.
  package init(custom source: Source, taken: Set<RuleID>) {
    self.init(source, checks: CheckName.allCases.filter(\.isOpen), taken: taken)
  }

  private init(_ source: Source, checks: [CheckName], taken: Set<RuleID>) {
    let tree: Tree
    do {
      tree = try Tree.parse(source)
    } catch {
      rule = nil
      page = nil
      problems = [RuleFileProblem(error.message, at: error.place, help: error.help)]
      return
    }
    var reader = RuleFileReader(checks: checks, taken: taken)
    let read = reader.read(tree.root, from: source)
    problems = reader.problems
    rule = reader.problems.isEmpty ? read?.rule : nil
    page = reader.problems.isEmpty ? read?.page : nil
  }
}

extension Rule {
  /// The rule's page; nil where its file no longer parses.
  package var page: RulePage? {
    let source =
      switch origin {
      case .file(let source): source
      case .builtIn(let text):
        Source(path: "Rules/\(id).yaml", text: text.withUTF8Buffer { unsafe Array($0) })
      }
    return RuleFile(source).page
  }
}

extension RuleCatalog {
  /// Takes in a team's rules, in the order of the files, and says what is wrong with them.
  package mutating func add(_ files: [Source]) -> [RuleFileProblem] {
    var problems: [RuleFileProblem] = []
    for source in files {
      let file = RuleFile(custom: source, taken: Self.reserved.union(rules.map(\.id)))
      problems += file.problems
      if let rule = file.rule { append(rule) }
    }
    return problems
  }
}

/// Reads the tree of a rule file and collects what is wrong with it.
struct RuleFileReader {
  let checks: [CheckName]
  let taken: Set<RuleID>
  var problems: [RuleFileProblem] = []

  init(checks: [CheckName], taken: Set<RuleID>) {
    self.checks = checks
    self.taken = taken
  }

  private static let fields = [
    "id", "summary", "severity", "otherwise", "category", "check", "with", "needs", "explanation",
    "fix",
    "sources", "good", "bad",
  ]

  mutating func read(_ root: Node, from source: Source) -> (rule: Rule, page: RulePage)? {
    guard root.kind == .object else {
      report("a rule file holds one rule: fields such as `id` and `check`", at: root)
      return nil
    }
    checkNames(of: root, among: Self.fields, what: "field")
    let id = required("id", in: root).flatMap { readID($0) }
    let summary = required("summary", in: root).flatMap { line($0) }
    let severity = required("severity", in: root).flatMap { readSeverity($0) }
    let check = required("check", in: root).flatMap { readCheck($0) }
    let explanation = required("explanation", in: root).flatMap { text($0) }
    let otherwise = root["otherwise"].flatMap { readSeverity($0) }
    let category = root["category"].map { readCategory($0) } ?? .custom
    let parameters = check.flatMap { readParameters(of: $0, root["with"], in: root) }
    let needs = root["needs"].map { inputs($0) } ?? []
    if let fix = root["fix"], let check, let parameters { checkFix(fix, of: check, parameters) }
    let page = RulePage(
      explanation: explanation ?? "", fix: root["fix"].flatMap { line($0) },
      sources: references(root["sources"]),
      good: examples(root["good"]), bad: examples(root["bad"]))
    guard let id, let summary, let severity, let check, let category, let parameters else {
      return nil
    }
    let rule = Rule(
      id: id, summary: summary, severity: severity, otherwise: otherwise, category: category,
      check: check, parameters: parameters, needs: needs, origin: .file(source))
    return (rule, page)
  }
}

// MARK: - Fields

extension RuleFileReader {
  private mutating func readID(_ node: Node) -> RuleID? {
    guard let name = line(node) else { return nil }
    guard Self.isKebabCase(name) else {
      report(
        "`\(name)` is no rule id", at: node,
        help: "use lower-case words joined by `-`, such as `no-wildcard-action`")
      return nil
    }
    guard !taken.contains(RuleID(name)) else {
      report(
        "there is a rule `\(name)` already", at: node,
        help: "choose another id; `severity:` in `lint-copy.yaml` changes a rule's severity")
      return nil
    }
    return RuleID(name)
  }

  private mutating func readSeverity(_ node: Node) -> Severity? {
    word(node, what: "severity", among: Severity.allCases.reversed().map(\.name))
      .flatMap(Severity.init(name:))
  }

  private mutating func readCategory(_ node: Node) -> Rule.Category? {
    word(node, what: "category", among: Rule.Category.allCases.map(\.rawValue))
      .flatMap(Rule.Category.init(rawValue:))
  }

  /// Reports what a team's rule says of a fix where nothing mends what it finds.
  private mutating func checkFix(
    _ node: Node, of check: CheckName, _ parameters: Rule.Parameters
  ) {
    guard checks.allSatisfy(\.isOpen) else { return }
    let mendable = ["objects", "bucket", "key", "role"]
    let isAccess = check == .access
    if isAccess, parameters["expect"]?.text != "denied",
      parameters["resource"]?.text.map(mendable.contains) == true
    {
      return
    }
    report(
      "`fix` says what `--fix` does, and nothing mends what this rule finds", at: node,
      help: isAccess
        ? "leave it out: what is mended is access that is missing, to \(Self.listed(mendable))"
        : "leave it out, and say in `explanation` what to do")
  }

  private mutating func readCheck(_ node: Node) -> CheckName? {
    word(node, what: "check", among: checks.map(\.rawValue))
      .flatMap(CheckName.init(rawValue:))
  }

  private mutating func readParameters(
    of check: CheckName, _ node: Node?, in root: Node
  ) -> Rule.Parameters? {
    let known = check.parameters
    let before = problems.count
    if let node, node.kind != .object {
      report("`with` is a list of parameters with their values", at: node)
      return nil
    }
    if let node {
      checkNames(
        of: node, among: known.map(\.name), what: "parameter", of: "check `\(check.rawValue)`")
    }
    var entries: [(name: String, value: Rule.Parameter)] = []
    for member in node?.members.map(\.self) ?? [] {
      guard let parameter = known.first(where: { $0.name == member.name }) else { continue }
      if let value = read(member.value, as: parameter) { entries.append((member.name, value)) }
    }
    for parameter in known where parameter.isRequired && node?[named: parameter.name] == nil {
      report(
        "check `\(check.rawValue)` needs the parameter `\(parameter.name)`",
        at: node.flatMap { $0.members.first { _ in true }?.key } ?? root["check"] ?? root,
        help: "add it under `with`\(Self.choice(parameter.kind))")
    }
    checkAlternatives(of: check, node, in: root)
    if check == .access, let node { checkAccess(node) }
    return problems.count == before ? Rule.Parameters(entries) : nil
  }

  /// Reports a comparison that is missing, a second one, and one that its fact has no values for.
  private mutating func checkAlternatives(of check: CheckName, _ node: Node?, in root: Node) {
    guard !check.alternatives.isEmpty else { return }
    let given = (node?.members.map(\.self) ?? []).filter { check.alternatives.contains($0.name) }
    guard given.count == 1, let only = given.first else {
      report(
        given.isEmpty
          ? "check `\(check.rawValue)` compares with nothing"
          : "check `\(check.rawValue)` takes one comparison",
        at: given.dropFirst().first?.key ?? root["check"] ?? root,
        help: "give one of \(Self.listed(check.alternatives))")
      return
    }
    guard ["at-least", "at-most"].contains(only.name), let fact = node?["fact"]?.scalarText,
      NamedFact(rawValue: fact)?.isNumber == false
    else { return }
    report(
      "`\(fact)` is no number", at: only.key,
      help: "`\(only.name)` compares \(Self.listed(NamedFact.numbers))")
  }

  /// Reports actions that are none, and a principal that cannot be judged on its resource.
  private mutating func checkAccess(_ node: Node) {
    if let value = node["action"], let action = value.scalarText {
      if !action.utf8.contains(UInt8(ascii: ":")) {
        report(
          "`\(action)` is no action", at: value, help: "write it as `s3:GetObject` or `s3:Delete*`")
      } else if ActionCatalog.actions(matching: action).isEmpty {
        report(
          "no action matches `\(action)`", at: value,
          help: "name the service, as in `s3:Delete*`")
      }
    }
    if let principal = node["principal"]?.scalarText, let value = node["resource"],
      let resource = value.scalarText, let help = AccessCheck.refusal(principal, on: resource)
    {
      report("`\(principal)` cannot be judged on `\(resource)`", at: value, help: help)
    }
  }

  static func listed(_ words: [String]) -> String {
    words.map { "`\($0)`" }.joined(separator: ", ")
  }

  private mutating func read(_ node: Node, as parameter: CheckName.Parameter) -> Rule.Parameter? {
    switch parameter.kind {
    case .text: return line(node).map(Rule.Parameter.text)
    case .texts: return lines(node)
    case .number:
      guard let text = line(node) else { return nil }
      if Int(text) != nil { return .text(text) }
      report("`\(text)` is no whole number", at: node)
      return nil
    case .word(let words):
      return word(node, what: parameter.name, among: words).map(Rule.Parameter.text)
    case .wordOrARN(let words):
      if let text = node.scalarText, text.hasPrefix("arn:") { return .text(text) }
      return word(node, what: parameter.name, among: words, or: "an ARN")
        .map(Rule.Parameter.text)
    }
  }

  private static func choice(_ kind: CheckName.Parameter.Kind) -> String {
    switch kind {
    case .text, .texts, .number: ""
    case .word(let words): ": one of \(listed(words))"
    case .wordOrARN(let words): ": one of \(listed(words)), or an ARN"
    }
  }

  private static func isKebabCase(_ name: String) -> Bool {
    let words = name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return !name.isEmpty
      && words.allSatisfy { word in
        !word.isEmpty
          && word.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
              || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          }
      } && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(name.utf8.first ?? 0)
  }

  private mutating func inputs(_ node: Node) -> [String] {
    node.oneOrMany.compactMap { item in
      guard let option = line(item) else { return nil }
      guard option.hasPrefix("--") || option.hasPrefix("aws ") else {
        report(
          "`\(option)` is neither an option nor an AWS CLI command", at: item,
          help: "write `--role`, or `aws s3api get-bucket-location` for a saved answer")
        return nil
      }
      return option
    }
  }
}

// MARK: - The page

extension RuleFileReader {
  mutating func report(_ message: String, at node: Node, help: String? = nil) {
    problems.append(RuleFileProblem(message, at: node.place, help: help))
  }

  mutating func required(_ name: String, in object: Node) -> Node? {
    if let value = object[named: name] { return value }
    let first = object.members.first { _ in true }?.key
    report("the field `\(name)` is missing", at: first ?? object)
    return nil
  }

  /// Reports members that are not known or given twice.
  mutating func checkNames(
    of object: Node, among known: [String], what: String, of owner: String? = nil
  ) {
    var seen: Set<String> = []
    for member in object.members {
      let name = member.name
      if !seen.insert(name).inserted { report("`\(name)` is given twice", at: member.key) }
      guard !known.contains(name) else { continue }
      let ending = owner.map { " of \($0)" } ?? ""
      report(
        "unknown \(what) `\(name)`\(ending)", at: member.key,
        help: suggestion(for: name, among: known).map { "did you mean `\($0)`?" }
          ?? Self.known(known, what: what))
    }
  }

  static func known(_ words: [String], what: String) -> String {
    words.isEmpty
      ? "it has no \(what)s" : "known are \(words.map { "`\($0)`" }.joined(separator: ", "))"
  }

  mutating func word(
    _ node: Node, what: String, among words: [String], or alternative: String? = nil
  ) -> String? {
    guard let text = line(node) else { return nil }
    guard !words.contains(text) else { return text }
    let list = words.map { "`\($0)`" }.joined(separator: ", ")
    report(
      "unknown \(what) `\(text)`", at: node,
      help: suggestion(for: text, among: words).map { "did you mean `\($0)`?" }
        ?? "use one of \(list)\(alternative.map { ", or \($0)" } ?? "")")
    return nil
  }

  mutating func text(_ node: Node) -> String? {
    guard let text = node.scalarText, node.kind != .null, text.utf8.contains(where: { $0 > 32 })
    else {
      report("expected text here", at: node)
      return nil
    }
    return text
  }

  mutating func line(_ node: Node) -> String? {
    guard let text = text(node) else { return nil }
    guard !text.utf8.contains(UInt8(ascii: "\n")) else {
      report("expected one line here", at: node)
      return nil
    }
    return text
  }

  mutating func lines(_ node: Node) -> Rule.Parameter? {
    guard node.kind == .array else { return line(node).map(Rule.Parameter.text) }
    let values = node.elements.compactMap { line($0) }
    guard !values.isEmpty else {
      if node.count == 0 { report("expected at least one text here", at: node) }
      return nil
    }
    return .list(values)
  }
}
