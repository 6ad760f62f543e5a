import Checks
import PolicyModel

/// The report in SARIF 2.1.0, as GitHub code scanning and editors read it.
struct SARIFReport {
  private static let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  /// Characters of a rule's descriptions that GitHub keeps.
  private static let longestDescription = 1024

  private let report: Report
  private let options: RenderingOptions
  private let lines: SourceLines
  private let ruleIDs: [RuleID]
  private let hasSuppressions: Bool

  init(_ report: Report, _ options: RenderingOptions) {
    self.report = report
    self.options = options
    lines = SourceLines(report)
    hasSuppressions = report.findings.contains { $0.suppression != nil }
    // GitHub wants the rules of a tool to be the same in every run, not only those that were hit.
    ruleIDs = Set(options.rules.ids + report.findings.map(\.rule)).sorted()
  }

  /// The whole text.
  func render() -> String {
    JSONValue.object([
      ("$schema", .string(Self.schema)),
      ("version", .string("2.1.0")),
      ("runs", .array([run])),
    ]).document
  }

  private var run: JSONValue {
    let indices = Dictionary(uniqueKeysWithValues: ruleIDs.enumerated().map { ($1, $0) })
    var fingerprints = Fingerprints(path: options.paths.relative)
    let results = report.findings.map { finding in
      result(
        finding, ruleIndex: indices[finding.rule] ?? 0, fingerprint: fingerprints.next(finding))
    }
    return .object([
      ("tool", .object([("driver", driver)])),
      ("automationDetails", .object([("id", .string("lint-copy/"))])),
      ("invocations", .array([.object([("executionSuccessful", .boolean(true))])])),
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(results)),
      ("properties", properties),
    ])
  }

  private var properties: JSONValue {
    .object([
      ("asOf", .string(report.asOf.iso8601)),
      ("verdict", .optional(report.verdict?.rawValue)),
      (
        "copies",
        .array(
          report.copies.map { copy in
            .object([
              ("name", .string(copy.name)), ("verdict", .string(copy.verdict.rawValue)),
            ])
          })
      ),
    ])
  }

  // MARK: - Rules

  private var driver: JSONValue {
    .object([
      ("name", .string("lint-copy")),
      ("version", .string(report.version)),
      ("semanticVersion", .string(report.version)),
      ("rules", .array(ruleIDs.map(rule))),
    ])
  }

  private func rule(_ id: RuleID) -> JSONValue {
    let description = options.rules[id]
    let summary = description?.summary ?? id.name
    let explanation = description?.explanation ?? ""
    let severity = description?.severity ?? .warning
    let paragraphs = explanation.split(separator: "\n\n")
    let first = paragraphs.first { !$0.hasPrefix("#") }.map { paragraph in
      paragraph.split(separator: "\n").joined(separator: " ")
    }
    return .compactObject([
      ("id", .string(id.name)),
      ("shortDescription", text(summary)),
      ("fullDescription", text(first ?? summary)),
      (
        "help",
        .object([
          ("text", .string(explanation.isEmpty ? summary : explanation)),
          ("markdown", .string(explanation.isEmpty ? summary : explanation)),
        ])
      ),
      ("helpUri", .optional(options.rules.url(of: id))),
      ("defaultConfiguration", .object([("level", .string(severity.name))])),
      (
        "properties",
        .object([
          (
            "tags",
            .strings(["aws", "cloudtrail", description?.category.rawValue ?? "custom", "security"])
          ),
          ("precision", .string("very-high")),
          ("problem.severity", .string(severity == .note ? "recommendation" : severity.name)),
          ("security-severity", .string(securitySeverity(of: severity, description?.category))),
        ])
      ),
    ])
  }

  /// GitHub's scale: from 7.0 on high, from 4.0 on medium.
  private func securitySeverity(of severity: Severity, _ category: Rule.Category?) -> String {
    switch severity {
    case .error: "8.0"
    case .warning: category == .exposure ? "6.5" : "5.0"
    case .note: "2.0"
    }
  }

  private func text(_ text: String) -> JSONValue {
    let shown =
      text.count > Self.longestDescription
      ? text.prefix(Self.longestDescription - 1) + "…" : text[...]
    return .object([("text", .string(String(shown)))])
  }

  // MARK: - Results

  private func result(
    _ finding: Finding, ruleIndex: Int, fingerprint: String
  ) -> JSONValue {
    let related = finding.related.filter { $0.place != nil }
    return .compactObject([
      ("ruleId", .string(finding.rule.name)),
      ("ruleIndex", .integer(ruleIndex)),
      ("level", .string(finding.severity.name)),
      ("message", message(of: finding)),
      ("locations", .array([location(of: finding)])),
      (
        "relatedLocations",
        related.isEmpty
          ? nil
          : .array(
            related.enumerated().map { index, note in
              .compactObject([
                ("id", .integer(index + 1)),
                ("physicalLocation", note.place.map(physicalLocation)),
                ("message", .object([("text", .string(Self.messageText(note.message)))])),
              ])
            })
      ),
      ("partialFingerprints", .object([("lintCopy/v1", .string(fingerprint))])),
      ("fixes", finding.fixes.isEmpty ? nil : .array(finding.fixes.map(fix))),
      ("suppressions", suppressions(of: finding)),
      (
        "properties",
        .compactObject([
          ("copy", .optional(finding.copy)),
          ("pointer", finding.place.map { .strings($0.pointer) }),
        ])
      ),
    ])
  }

  private func message(of finding: Finding) -> JSONValue {
    let notes = finding.related.filter { $0.place == nil }.map { "note: \($0.message)" }
    let help = finding.help.map { ["help: \($0)"] } ?? []
    let text = ([finding.message] + notes + help).joined(separator: "\n")
    return .object([("text", .string(Self.messageText(text)))])
  }

  /// Text that no reader takes for a link or a placeholder: SARIF 2.1.0, sections 3.11.5 and 3.11.6.
  ///
  /// Brackets and braces are left alone where they mean nothing, for readers that show the escapes.
  private static func messageText(_ text: String) -> String {
    var text = text
    if text.contains("](") {
      text = text.replacing("\\", with: "\\\\").replacing("[", with: "\\[")
        .replacing("]", with: "\\]")
    }
    let bytes = Array(text.utf8)
    let hasPlaceholder = bytes.indices.dropLast(2).contains { index in
      bytes[index] == UInt8(ascii: "{") && bytes[index + 1] &- UInt8(ascii: "0") < 10
    }
    guard hasPlaceholder else { return text }
    return text.replacing("{", with: "{{").replacing("}", with: "}}")
  }

  private func location(of finding: Finding) -> JSONValue {
    let logical: JSONValue? = finding.place?.address.map { address in
      .array([
        .object([("fullyQualifiedName", .string(address)), ("kind", .string("resource"))])
      ])
    }
    return .compactObject([
      ("physicalLocation", finding.shownPlace.map(physicalLocation) ?? fallbackLocation),
      ("logicalLocations", logical),
    ])
  }

  /// GitHub refuses a result without a file: the configuration stands in.
  private var fallbackLocation: JSONValue {
    .object([
      (
        "artifactLocation",
        .object([("uri", .string(options.paths.uri(options.paths.fallback)))])
      ),
      ("region", .object([("startLine", .integer(1))])),
    ])
  }

  private func physicalLocation(_ place: Place) -> JSONValue {
    .object([
      ("artifactLocation", artifactLocation(place.source)), ("region", region(place)),
    ])
  }

  private func artifactLocation(_ source: Source) -> JSONValue {
    .object([("uri", .string(options.paths.uri(source.path)))])
  }

  private func region(_ place: Place) -> JSONValue {
    let start = lines.start(of: place)
    let end = lines.end(of: place)
    return .object([
      ("startLine", .integer(start.line)), ("startColumn", .integer(start.column)),
      ("endLine", .integer(end.line)), ("endColumn", .integer(end.column)),
    ])
  }

  private func fix(_ fix: Fix) -> JSONValue {
    var changes: [(source: Source, edits: [Edit])] = []
    for edit in fix.edits {
      if let index = changes.firstIndex(where: { $0.source == edit.source }) {
        changes[index].edits.append(edit)
      } else {
        changes.append((edit.source, [edit]))
      }
    }
    return .object([
      ("description", .object([("text", .string(Self.messageText(fix.title)))])),
      (
        "artifactChanges",
        .array(
          changes.map { source, edits in
            .object([
              ("artifactLocation", artifactLocation(source)),
              ("replacements", .array(edits.map(replacement))),
            ])
          })
      ),
      ("properties", .object([("safety", .string(fix.safety.name))])),
    ])
  }

  private func replacement(_ edit: Edit) -> JSONValue {
    .object([
      ("deletedRegion", region(Place(source: edit.source, range: edit.range))),
      ("insertedContent", .object([("text", .string(edit.replacement))])),
    ])
  }

  /// SARIF 2.1.0, section 3.27.23: all results of a run say so or none does; an empty array says that
  /// a result counts.
  private func suppressions(of finding: Finding) -> JSONValue? {
    guard hasSuppressions else { return nil }
    return .array(finding.suppression.map { [suppression($0)] } ?? [])
  }

  private func suppression(_ suppression: Suppression) -> JSONValue {
    let kind =
      switch suppression.kind {
      case .inSource: "inSource"
      case .configuration, .baseline: "external"
      }
    return .object([
      ("kind", .string(kind)), ("status", .string("accepted")),
      ("justification", .string(suppression.reason)),
    ])
  }
}
