import Evidence
import PolicyModel

@testable import Checks

/// All that a report says of a copy, as lines that a person can read and compare.
enum SaidText {
  /// What is said of a copy and not of a ready one: rows, findings and assumptions.
  static func differences(of report: Report, from ready: Report) -> String {
    let known = Set(ready.copies.flatMap(\.requirements).map(withoutTrace))
    let rows = report.copies.flatMap(\.requirements).filter { !known.contains(withoutTrace($0)) }
    let taken = ready.copies.flatMap(\.assumptions)
    let assumptions = report.copies.flatMap(\.assumptions)
    var lines = ["verdict: \(report.verdict?.rawValue ?? "none")"]
    lines += assumptions.filter { !taken.contains($0) }.map { "+ assumption: \($0)" }
    lines += taken.filter { !assumptions.contains($0) }.map { "- assumption: \($0)" }
    lines += rows.flatMap { row($0) } + report.findings.flatMap(finding)
    return text(lines)
  }

  /// A row without the steps that led to it, which every change of a document changes.
  private static func withoutTrace(_ row: Requirement) -> Requirement {
    var row = row
    row.trace = []
    return row
  }

  /// Names that every copy of the snapshots has, and what stands for them there.
  private static let abbreviations = [
    (SampleCopy.store, "STORE"), (SampleCopy.role, "ROLE"),
    (SampleCopy(owner: "111122223333").key, "KEY"),
    (SampleCopy(owner: "444455556666").key, "KEY"), ("arn:aws:s3:::acme-logs", "BUCKET"),
    (SampleCopy.prefix, "PREFIX/"),
  ]

  private static func text(_ lines: [String]) -> String {
    let text = lines.map { $0 + "\n" }.joined()
    return abbreviations.reduce(text) { text, pair in
      text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
    }
  }

  /// All that is said of a copy.
  static func whole(_ report: Report) -> String {
    var lines = ["verdict: \(report.verdict?.rawValue ?? "none")"]
    for copy in report.copies {
      lines += copy.facts.map {
        "fact \($0.name): \($0.value ?? "-") \($0.status.rawValue) \($0.origin)"
      }
      lines += copy.assumptions.map { "assumption: \($0)" }
      lines += copy.requirements.flatMap { row($0) }
    }
    lines += report.findings.flatMap(finding)
    return text(lines)
  }

  private static func row(_ row: Requirement) -> [String] {
    var lines = [
      "\(row.status.rawValue) \(row.rule) (\(row.severity.name)) \(row.subject): \(row.reason)"
    ]
    func add(_ name: String, _ texts: [String]) {
      if !texts.isEmpty { lines.append("  \(name): \(texts.joined(separator: ", "))") }
    }
    add("causes", row.causes.map(\.name))
    add("needs", row.needs)
    add("depends on", row.dependsOn)
    if let example = row.counterexample {
      lines.append("  example: \(example.principal) \(example.action) \(example.resource)")
      lines += example.context.map { "    \($0.key) = \($0.value)" }
    }
    lines += row.trace.map { "  | \($0)" }
    return lines
  }

  private static func finding(_ finding: Finding) -> [String] {
    var lines = [
      "\(finding.severity.name)[\(finding.rule)] \(place(finding.place)): \(finding.message)"
    ]
    if let label = finding.label { lines.append("  label: \(label)") }
    lines += finding.related.map { "  related \(place($0.place)): \($0.message)" }
    if let help = finding.help { lines.append("  help: \(help)") }
    for remedy in finding.remedies {
      lines.append("  \(remedy.safety) remedy: \(remedy.title)")
      lines += remedy.changes.map { "    \(change($0))" }
    }
    return lines
  }

  /// A path with the text at the place; of a long one its beginning and its end.
  private static func place(_ place: Place?) -> String {
    guard let place else { return "-" }
    let text = String(decoding: place.source.text[place.range], as: UTF8.self)
    let words = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    let shown = words.count > 70 ? "\(words.prefix(45))…\(words.suffix(20))" : words
    return "\(place.source.path)@\(place.range.lowerBound)«\(shown)»"
  }

  private static func change(_ change: Remedy.Change) -> String {
    let what =
      switch change {
      case .rewrite(_, let text): "rewrite as \(text)"
      case .correct(_, let word, let text): "correct \(word) to \(text)"
      case .rename(_, let name): "rename to \(name)"
      case .wrap(_, let key): "wrap with \(key)"
      case .append(let values, _): "append \(values.map(value).joined(separator: ", "))"
      case .add(let members, _):
        "add \(members.map { "\($0.name): \(value($0.value))" }.joined(separator: ", "))"
      case .remove: "remove"
      }
    return "\(place(change.place)) \(what)"
  }

  private static func value(_ value: Remedy.Value) -> String {
    switch value {
    case .text(let text): "\"\(text)\""
    case .list(let values): "[\(values.map(Self.value).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\"\($0.name)\": \(Self.value($0.value))" }.joined(separator: ", "))}"
    }
  }
}
