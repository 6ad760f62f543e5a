import PolicyModel

extension RulePage {
  /// A rule and its page as one JSON object, for `lint-copy rule ID --output-format json`.
  package static func json(for rule: Rule) -> String {
    var members = Self.members(of: rule, severity: rule.severity)
    if let page = rule.page {
      members.append(("explanation", JSONText.string(page.explanation)))
      if let fix = page.fix { members.append(("fix", JSONText.string(fix))) }
      members.append(("sources", JSONText.array(page.sources.map(json))))
      members.append(("bad", JSONText.array(page.bad.map(json))))
      members.append(("good", JSONText.array(page.good.map(json))))
    }
    return JSONText.object([("version", "1")] + members) + "\n"
  }

  /// All rules of a catalogue without their pages, for `lint-copy rules --output-format json`.
  package static func json(for catalog: RuleCatalog) -> String {
    let rules = catalog.rules.map { rule in
      "    " + JSONText.object(members(of: rule, severity: catalog.severity(of: rule)))
    }
    return "{\n  \"version\": 1,\n  \"rules\": [\n\(rules.joined(separator: ",\n"))\n  ]\n}\n"
  }

  private static func members(of rule: Rule, severity: Severity) -> [(String, String)] {
    var members = [
      ("id", JSONText.string(rule.id.name)), ("summary", JSONText.string(rule.summary)),
      ("severity", JSONText.string(severity.name)),
    ]
    if let otherwise = rule.otherwise {
      members.append(("otherwise", JSONText.string(otherwise.name)))
    }
    let parameters = rule.parameters.entries.map { entry in
      switch entry.value {
      case .text(let text): (entry.name, JSONText.string(text))
      case .list(let values): (entry.name, JSONText.array(values.map(JSONText.string)))
      }
    }
    return members + [
      ("category", JSONText.string(rule.category.rawValue)),
      ("check", JSONText.string(rule.check.rawValue)), ("with", JSONText.object(parameters)),
      ("needs", JSONText.array(rule.needs.map(JSONText.string))),
    ]
  }

  private static func json(_ reference: Reference) -> String {
    JSONText.object([
      ("title", JSONText.string(reference.title)),
      ("url", reference.url.map(JSONText.string) ?? "null"),
    ])
  }

  private static func json(_ example: RuleExample) -> String {
    var members: [(String, String)] = []
    if let about = example.about { members.append(("about", JSONText.string(about))) }
    if let document = example.document { members += Self.members(of: document) }
    if !example.beside.isEmpty {
      let others = example.beside.map { JSONText.object(Self.members(of: $0)) }
      members.append(("beside", JSONText.array(others)))
    }
    if !example.options.isEmpty {
      let options = example.options.map { ($0.name, json($0.value)) }
      members.append(("options", JSONText.object(options)))
    }
    return JSONText.object(members)
  }

  private static func members(of document: RuleExample.Document) -> [(String, String)] {
    let name = document.extent == .statement ? "statement" : "text"
    return [("document", JSONText.string(document.name)), (name, json(document.text))]
  }

  private static func json(_ text: MarkedText) -> String {
    let marks = text.marks.map { mark in
      JSONText.object([("start", "\(mark.lowerBound)"), ("end", "\(mark.upperBound)")])
    }
    return JSONText.object([
      ("text", JSONText.string(text.text)), ("marks", JSONText.array(marks)),
    ])
  }
}

/// Writes JSON values on one line.
private enum JSONText {
  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(string($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  static func array(_ elements: [String]) -> String {
    "[" + elements.joined(separator: ", ") + "]"
  }

  static func string(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
