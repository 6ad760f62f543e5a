import PolicyModel

extension RulePage {
  /// A rule's page for a terminal of a width in columns.
  package static func text(for rule: Rule, width: Int) -> String {
    let width = max(width, 40)
    var lines = wrapped("\(rule.id): \(rule.summary)", width: width, indent: "", hanging: "  ")
    lines += ["", "\(severityText(of: rule)) · \(rule.category.title)"]
    guard let page = rule.page else { return lines.joined(separator: "\n") + "\n" }
    lines += [""] + prose(page.explanation, width: width)
    if let fix = page.fix {
      lines += ["", "Mended with --fix"]
      lines += wrapped(fix, width: width, indent: "  ", hanging: "  ")
    }
    lines += ["", "Checked with"]
    lines += wrapped(checkText(of: rule), width: width, indent: "  ", hanging: "    ")
    if !rule.needs.isEmpty {
      lines += ["", "Looks at"]
      lines += wrapped(
        rule.needs.joined(separator: ", "), width: width, indent: "  ", hanging: "  ")
    }
    lines += examples(page.bad, title: "Found at the carets")
    lines += examples(page.good, title: "As it should be")
    if !page.sources.isEmpty {
      lines += ["", "Sources"]
      for source in page.sources {
        lines += wrapped(source.title, width: width, indent: "  ", hanging: "    ")
        if let url = source.url { lines.append("    \(url)") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// All rules of a catalogue, one line each.
  package static func list(_ catalog: RuleCatalog) -> String {
    let idWidth = catalog.rules.map(\.id.name.utf8.count).max() ?? 0
    return catalog.rules.map { rule in
      let id = padded(rule.id.name, to: idWidth)
      return "\(id)  \(padded(catalog.severity(of: rule).name, to: 7))  \(rule.summary)\n"
    }.joined()
  }

  /// The severity in words: "error where it decides an access, else warning".
  static func severityText(of rule: Rule) -> String {
    guard let otherwise = rule.otherwise else { return rule.severity.name }
    return "\(rule.severity.name) where it decides an access, else \(otherwise.name)"
  }

  /// The check with its parameters: "`access`: action `s3:ListBucket`, resource `bucket`".
  static func checkText(of rule: Rule) -> String {
    let parameters = rule.parameters.entries.map { entry in
      "\(entry.name) \(entry.value.values.map { "`\($0)`" }.joined(separator: " or "))"
    }
    let name = "`\(rule.check.rawValue)`"
    return parameters.isEmpty ? name : "\(name): \(parameters.joined(separator: ", "))"
  }

  private static func examples(_ examples: [RuleExample], title: String) -> [String] {
    guard !examples.isEmpty else { return [] }
    var lines = ["", title]
    for (position, example) in examples.enumerated() {
      if position > 0 { lines.append("") }
      lines.append("  \(example.caption):")
      lines += example.lines.map { $0.isEmpty ? "" : "    \($0)" }
    }
    return lines
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}

extension RuleExample {
  /// Where it stands and what is special about it.
  var caption: String {
    let place = document?.place ?? "on the command line"
    return about.map { "\(place), \($0)" } ?? place
  }

  /// Its text and options, with carets under what is marked.
  var lines: [String] {
    let text = document?.text.linesWithCarets ?? []
    let others = beside.flatMap { ["", "and \($0.place):"] + $0.text.linesWithCarets }
    let arguments = options.flatMap { option in
      let before = "--\(option.name) "
      let padding = String(repeating: " ", count: before.utf8.count)
      return option.value.linesWithCarets.enumerated().map { position, line in
        (position == 0 ? before : padding) + line
      }
    }
    let needsHeading = document != nil && !arguments.isEmpty
    return text + others + (needsHeading ? ["", "and on the command line:"] : []) + arguments
  }
}

extension RuleExample.Document {
  /// Where the text stands, in words.
  fileprivate var place: String {
    switch name {
    case "role": "in the role's permissions"
    case "trust": "in the role's trust policy"
    case "bucket": "in the bucket policy"
    case "key": "in the key policy"
    case "boundary": "in the permissions boundary"
    case "scp": "in a service control policy"
    case "rcp": "in a resource control policy"
    case "caller-policy": "in a policy of whoever starts the import"
    case "lint-copy.yaml": "in `lint-copy.yaml`"
    case "start-import": "in the input of `start-import`"
    case let command: "in the answer of `\(command)`"
    }
  }
}

// MARK: - Wrapping

extension RulePage {
  /// Paragraphs, lists and verbatim blocks, wrapped to a width.
  private static func prose(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var paragraph = ""
    func flush() {
      guard !paragraph.isEmpty else { return }
      let isItem = paragraph.hasPrefix("- ")
      lines += wrapped(paragraph, width: width, indent: "", hanging: isItem ? "  " : "")
      paragraph = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.hasPrefix("    ") || line.hasPrefix("- ") { flush() }
      if line.isEmpty || line.hasPrefix("    ") {
        lines.append(String(line))
      } else {
        let words = line.drop { $0 == " " }
        paragraph += paragraph.isEmpty ? String(words) : " " + words
      }
    }
    flush()
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Breaks a text at its spaces; a word longer than the width stands alone on its line.
  static func wrapped(_ text: String, width: Int, indent: String, hanging: String) -> [String] {
    var lines: [String] = []
    var line = indent
    var length = indent.utf8.count
    var isEmpty = true
    for word in text.split(separator: " ") {
      let wordLength = word.unicodeScalars.count
      if !isEmpty, length + 1 + wordLength > width {
        lines.append(line)
        line = hanging
        length = hanging.utf8.count
        isEmpty = true
      }
      if !isEmpty {
        line += " "
        length += 1
      }
      line += word
      length += wordLength
      isEmpty = false
    }
    if !isEmpty { lines.append(line) }
    return lines
  }
}
