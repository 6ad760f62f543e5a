import PolicyModel

extension RulePage {
  /// A rule's page as `docs/rules/ID.md` has it.
  package static func markdown(for rule: Rule) -> String {
    var parts = ["# \(rule.id)", "\(sentence(rule.summary))"]
    parts.append("**Severity**: \(severityText(of: rule)) · **Category**: \(rule.category.title)")
    guard let page = rule.page else { return parts.joined(separator: "\n\n") + "\n" }
    parts.append(trimmed(page.explanation))
    if let fix = page.fix { parts += ["## Mended with `--fix`", sentence(fix)] }
    parts += examples(page.bad, title: "Found")
    parts += examples(page.good, title: "As it should be")
    var decided = ["## How it is decided", "Check \(checkText(of: rule))."]
    if !rule.needs.isEmpty {
      decided.append("Looks at \(rule.needs.map { "`\($0)`" }.joined(separator: ", ")).")
    }
    parts += decided
    if !page.sources.isEmpty {
      let sources = page.sources.map { source in
        source.url.map { "- [\(source.title)](\($0))" } ?? "- \(source.title)"
      }
      parts += ["## Sources", sources.joined(separator: "\n")]
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The index of all rules as `docs/rules/README.md` has it.
  package static func markdownIndex(_ catalog: RuleCatalog) -> String {
    var lines = [
      "# Rules", "",
      "What `lint-copy` checks. `lint-copy rule ID` shows a page in the terminal; "
        + "[custom rules](../custom-rules.md) are added beside these.",
      "", "| rule | severity | what must hold | otherwise |", "| --- | --- | --- | --- |",
    ]
    for rule in catalog.rules {
      lines.append(
        "| [`\(rule.id)`](\(rule.id).md) | \(severityText(of: rule)) | \(rule.summary) "
          + "| \(rule.category.title) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func examples(_ examples: [RuleExample], title: String) -> [String] {
    guard !examples.isEmpty else { return [] }
    return ["## \(title)"]
      + examples.flatMap { example in
        [
          sentence(example.caption, end: ":"),
          "```text\n\(example.lines.joined(separator: "\n"))\n```",
        ]
      }
  }

  /// A summary as a sentence.
  private static func sentence(_ text: String, end: String = ".") -> String {
    guard let first = text.unicodeScalars.first else { return text }
    return first.properties.uppercaseMapping
      + text.unicodeScalars.dropFirst().map(String.init)
      .joined() + end
  }

  private static func trimmed(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
