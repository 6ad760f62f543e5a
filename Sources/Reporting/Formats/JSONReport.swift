import Checks
import Evidence
import PolicyModel

/// The report for programs.
///
/// Members and their order are a promise (`docs/report.schema.json`): all are always there, null
/// where there is nothing to say, and they change only with `version`.
struct JSONReport {
  /// The version of the members and their meaning.
  private static let version = 1

  private let report: Report
  private let options: RenderingOptions
  private let lines: SourceLines

  init(_ report: Report, _ options: RenderingOptions) {
    self.report = report
    self.options = options
    lines = SourceLines(report)
  }

  /// The whole text.
  func render() -> String {
    let summary = ReportSummary(report)
    return JSONValue.object([
      ("version", .integer(Self.version)),
      ("tool", .object([("name", .string("lint-copy")), ("version", .string(report.version))])),
      ("asOf", .string(report.asOf.iso8601)),
      ("verdict", .optional(report.verdict?.rawValue)),
      ("copies", .array(report.copies.map(copy))),
      ("findings", .array(report.findings.map(finding))),
      (
        "summary",
        .object([
          ("errors", .integer(summary.errors)),
          ("warnings", .integer(summary.warnings)),
          ("notes", .integer(summary.notes)),
          ("suppressed", .integer(summary.suppressed)),
        ])
      ),
    ]).document
  }

  // MARK: - Copies

  private func copy(_ copy: CopyReport) -> JSONValue {
    .object([
      ("name", .string(copy.name)),
      ("verdict", .string(copy.verdict.rawValue)),
      ("assumptions", .strings(copy.assumptions)),
      ("facts", facts(copy.facts)),
      ("requirements", .array(copy.requirements.map(requirement))),
    ])
  }

  /// Facts by name; a second one of the same name, such as a second key, is numbered.
  private func facts(_ facts: [CopyReport.FactRow]) -> JSONValue {
    var seen: [String: Int] = [:]
    return .object(
      facts.map { fact in
        let count = (seen[fact.name] ?? 0) + 1
        seen[fact.name] = count
        let start = fact.place.map { lines.start(of: $0) }
        let value = JSONValue.object([
          ("value", .optional(fact.value)),
          ("status", .string(fact.status.rawValue)),
          ("path", .optional(fact.place?.source.path)),
          ("line", start.map { .integer($0.line) } ?? .null),
          ("column", start.map { .integer($0.column) } ?? .null),
        ])
        return (count == 1 ? fact.name : "\(fact.name)-\(count)", value)
      })
  }

  private func requirement(_ row: Requirement) -> JSONValue {
    .object([
      ("rule", .string(row.rule.name)),
      ("subject", .string(row.subject)),
      ("severity", .string(row.severity.name)),
      ("status", .string(row.status.rawValue)),
      ("reason", .string(row.reason)),
      ("causes", .strings(row.causes.map(\.name))),
      ("needs", .strings(row.needs)),
      ("dependsOn", .strings(row.dependsOn)),
      ("suppressed", suppression(row.suppression)),
      ("counterexample", row.counterexample.map(counterexample) ?? .null),
    ])
  }

  private func counterexample(_ example: Requirement.Counterexample) -> JSONValue {
    .object([
      ("principal", .string(example.principal)),
      ("action", .string(example.action)),
      ("resource", .string(example.resource)),
      ("context", context(example.context)),
    ])
  }

  /// Context keys with their values; one that has several values has an array of them.
  private func context(_ entries: [(key: String, value: String)]) -> JSONValue {
    var members: [(name: String, values: [String])] = []
    for (key, value) in entries {
      if let index = members.firstIndex(where: { $0.name == key }) {
        members[index].values.append(value)
      } else {
        members.append((key, [value]))
      }
    }
    return .object(
      members.map { name, values in
        (name, values.count == 1 ? .string(values[0]) : .strings(values))
      })
  }

  // MARK: - Findings

  private func finding(_ finding: Finding) -> JSONValue {
    .object([
      ("rule", .string(finding.rule.name)),
      ("severity", .string(finding.severity.name)),
      ("copy", .optional(finding.copy)),
      ("message", .string(finding.message)),
      ("help", .optional(finding.help)),
      ("url", .optional(options.rules.url(of: finding.rule))),
      ("path", .optional(finding.place?.source.path)),
      ("range", range(finding.place)),
      ("pointer", finding.place.map { .strings($0.pointer) } ?? .null),
      ("address", .optional(finding.place?.address)),
      (
        "related",
        .array(
          finding.related.map { note in
            .object([
              ("message", .string(note.message)),
              ("path", .optional(note.place?.source.path)),
              ("range", range(note.place)),
            ])
          })
      ),
      ("fixes", .array(finding.fixes.map(fix))),
      ("suppressed", suppression(finding.suppression)),
    ])
  }

  private func fix(_ fix: Fix) -> JSONValue {
    .object([
      ("title", .string(fix.title)),
      ("safety", .string(fix.safety.name)),
      (
        "edits",
        .array(
          fix.edits.map { edit in
            .object([
              ("path", .string(edit.source.path)),
              ("range", range(Place(source: edit.source, range: edit.range))),
              ("replacement", .string(edit.replacement)),
            ])
          })
      ),
    ])
  }

  private func range(_ place: Place?) -> JSONValue {
    guard let place else { return .null }
    let table = lines[place.source]
    func position(_ offset: Int) -> JSONValue {
      let position = table.position(of: offset)
      return .object([
        ("line", .integer(position.line)), ("column", .integer(position.column)),
        ("offset", .integer(table.beginning.offset + offset)),
      ])
    }
    return .object([
      ("start", position(place.range.lowerBound)), ("end", position(place.range.upperBound)),
    ])
  }

  private func suppression(_ suppression: Suppression?) -> JSONValue {
    guard let suppression else { return .null }
    return .object([
      ("kind", .string(suppression.kind.name)), ("reason", .string(suppression.reason)),
    ])
  }
}

extension Fix.Safety {
  /// The word in outputs.
  var name: String {
    switch self {
    case .safe: "safe"
    case .unsafe: "unsafe"
    }
  }
}

extension Suppression.Kind {
  /// The word in outputs.
  var name: String {
    switch self {
    case .inSource: "in-source"
    case .configuration: "configuration"
    case .baseline: "baseline"
    }
  }
}
