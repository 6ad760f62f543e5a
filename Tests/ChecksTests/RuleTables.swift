import Foundation
import PolicyModel
import Testing

@testable import Checks

/// A file that is made of the rule files and kept beside them.
struct GeneratedFile: Sendable, CustomTestStringConvertible {
  /// Where it is, from the package's root.
  var path: String
  /// What it should hold.
  var text: String

  var testDescription: String { path }

  /// Every file that the rules make.
  static let all: [GeneratedFile] = {
    let files = RuleFiles.shared
    let catalog = RuleCatalog(files.map(\.rule))
    return [
      GeneratedFile(path: "Sources/Rules/RuleRows.generated.swift", text: rows(of: files)),
      GeneratedFile(path: "Sources/Rules/RuleTexts.generated.swift", text: texts(of: files)),
      GeneratedFile(path: "docs/rules/README.md", text: RulePage.markdownIndex(catalog)),
    ]
      + catalog.rules.map { rule in
        GeneratedFile(path: "docs/rules/\(rule.id).md", text: RulePage.markdown(for: rule))
      }
  }()

  private static let header = """
    // Generated from the files in Rules/ by `make rules`; the tests fail where it is stale.
    // swift-format-ignore-file

    """

  private static func rows(of files: [RuleFiles.Entry]) -> String {
    let rows = files.map { file in
      let rule = file.rule
      var arguments = [
        "id: \(quoted(rule.id.name))", "summary: \(quoted(rule.summary))",
        "severity: \(quoted(rule.severity.name))",
      ]
      if let otherwise = rule.otherwise { arguments.append("otherwise: \(quoted(otherwise.name))") }
      arguments.append("category: \(quoted(rule.category.rawValue))")
      arguments.append("check: \(quoted(rule.check.rawValue))")
      if !rule.parameters.entries.isEmpty {
        let parameters = rule.parameters.entries.map { entry in
          switch entry.value {
          case .text(let text): ".init(\(quoted(entry.name)), \(quoted(text)))"
          case .list(let values): ".init(\(quoted(entry.name)), \(list(values)))"
          }
        }
        arguments.append("parameters: [\(parameters.joined(separator: ", "))]")
      }
      if !rule.needs.isEmpty { arguments.append("needs: \(list(rule.needs))") }
      return "    RuleRow(\n      \(arguments.joined(separator: ",\n      "))),\n"
    }
    return header + """

      extension RuleRow {
        /// The program's rules in the order of the documentation.
        package static let all: [RuleRow] = [
      \(rows.joined())  ]
      }

      """
  }

  private static func texts(of files: [RuleFiles.Entry]) -> String {
    let cases = files.map { file in
      "    case \(quoted(file.rule.id.name)):\n#\"\"\"\n\(file.text)\n\"\"\"#\n"
    }
    return header + """

      /// The rule files as they are, for their pages: read only where one is shown.
      package enum RuleTexts {
        /// The file of a rule; empty for an id that no rule has.
        package static func text(of id: String) -> StaticString {
          switch id {
      \(cases.joined())    default: ""
          }
        }
      }

      """
  }

  private static func list(_ values: [String]) -> String {
    "[\(values.map(quoted).joined(separator: ", "))]"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

/// The rule files of the package, read as any user's are.
enum RuleFiles {
  /// One file with what was read from it.
  struct Entry: Sendable {
    var path: String
    var text: String
    var rule: Rule
    var page: RulePage
  }

  /// The package's root.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The names of the files in a folder of the package, sorted.
  static func names(in folder: String, ending: String) throws -> [String] {
    let path = root.appending(path: folder).path(percentEncoded: false)
    return try FileManager.default.contentsOfDirectory(atPath: path)
      .filter { $0.hasSuffix(ending) }.sorted()
  }

  /// Every rule file as a source.
  static func sources() throws -> [Source] {
    try names(in: "Rules", ending: ".yaml").map { name in
      let url = root.appending(path: "Rules/\(name)")
      return Source(path: "Rules/\(name)", try String(contentsOf: url, encoding: .utf8))
    }
  }

  /// The files without problems, in the order of the documentation.
  static let shared: [Entry] = {
    let order = Dictionary(
      uniqueKeysWithValues: RuleCatalog.order.enumerated().map { ($1, $0) })
    let entries = ((try? sources()) ?? []).compactMap { source -> Entry? in
      let file = RuleFile(source)
      guard let rule = file.rule, let page = file.page else { return nil }
      let text = String(decoding: source.text, as: UTF8.self)
      return Entry(path: source.path, text: text, rule: rule, page: page)
    }
    return entries.sorted {
      (order[$0.rule.id] ?? .max, $0.rule.id) < (order[$1.rule.id] ?? .max, $1.rule.id)
    }
  }()
}
