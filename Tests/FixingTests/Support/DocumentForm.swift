import PolicyModel
import Testing

/// A way to write a document that people have.
enum DocumentForm: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case json
  case jsonWithTabs
  case minifiedJSON
  case jsonWithSpacesInBrackets
  case jsonWithCRLF
  case jsonWithInlineLists
  case jsonInUTF16
  case yaml
  case commentedYAML
  case yamlWithCRLFAndMark
  case yamlWithListsAtKeys
  case quotedYAML
  case yamlInBrackets

  var testDescription: String { rawValue }

  var isYAML: Bool { pathExtension == "yaml" }

  var pathExtension: String {
    switch self {
    case .json, .jsonWithTabs, .minifiedJSON, .jsonWithSpacesInBrackets, .jsonWithCRLF,
      .jsonWithInlineLists, .jsonInUTF16:
      "json"
    case .yaml, .commentedYAML, .yamlWithCRLFAndMark, .yamlWithListsAtKeys, .quotedYAML,
      .yamlInBrackets:
      "yaml"
    }
  }

  /// A value as a file.
  func source(_ value: Remedy.Value, named name: String) -> Source {
    let path = "\(name).\(pathExtension)"
    let text = text(value)
    switch self {
    case .jsonInUTF16:
      return Source(path: path, text: Array(text.utf8), encoding: .utf16LittleEndian)
    case .yamlWithCRLFAndMark:
      return Source(path: path, text: Array(text.utf8), encoding: .utf8WithByteOrderMark)
    case .json, .jsonWithTabs, .minifiedJSON, .jsonWithSpacesInBrackets, .jsonWithCRLF,
      .jsonWithInlineLists, .yaml, .commentedYAML, .yamlWithListsAtKeys, .quotedYAML,
      .yamlInBrackets:
      return Source(path: path, text)
    }
  }

  private func text(_ value: Remedy.Value) -> String {
    switch self {
    case .json: json(value, "\n", unit: "  ") + "\n"
    case .jsonWithTabs: json(value, "\n", unit: "\t") + "\n"
    case .minifiedJSON, .jsonInUTF16: inline(value, colon: ":", comma: ",", padding: "")
    case .jsonWithSpacesInBrackets: inline(value, colon: " : ", comma: " , ", padding: " ")
    case .jsonWithCRLF:
      json(value, "\n", unit: "    ").split(separator: "\n").joined(separator: "\r\n")
    case .jsonWithInlineLists: json(value, "\n", unit: "  ", inlineLists: true) + "\n"
    case .yaml: yaml(value, 0, listIndentation: 2, comments: false, quote: "") + "\n"
    case .commentedYAML:
      "# A policy, é😀.\n" + yaml(value, 0, listIndentation: 2, comments: true, quote: "")
        + "\n\n# The end.\n"
    case .yamlWithCRLFAndMark:
      (yaml(value, 0, listIndentation: 2, comments: true, quote: "") + "\n")
        .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    case .yamlWithListsAtKeys: yaml(value, 0, listIndentation: 0, comments: false, quote: "")
    case .quotedYAML: yaml(value, 0, listIndentation: 4, comments: false, quote: "'") + "\n"
    case .yamlInBrackets:
      "Version: '2012-10-17' # new\nStatement:\n"
        + (value["Statement"].map { statements in
          guard case .list(let items) = statements else { return "  " + flow(statements) + "\n" }
          return items.map { "  - " + flow($0) + " # one\n" }.joined()
        } ?? "")
    }
  }

  // MARK: JSON

  private func json(
    _ value: Remedy.Value, _ lineBreak: String, unit: String, inlineLists: Bool = false
  ) -> String {
    switch value {
    case .text(let text): return quoted(text)
    case .list(let items):
      let isOfTexts = items.allSatisfy { if case .text = $0 { true } else { false } }
      if inlineLists, isOfTexts { return "[" + items.map(flow).joined(separator: ", ") + "]" }
      let inner = lineBreak + unit
      let pieces = items.map { inner + json($0, inner, unit: unit, inlineLists: inlineLists) }
      return "[" + pieces.joined(separator: ",") + lineBreak + "]"
    case .object(let members):
      let inner = lineBreak + unit
      let pieces = members.map {
        inner + quoted($0.name) + ": "
          + json($0.value, inner, unit: unit, inlineLists: inlineLists)
      }
      return "{" + pieces.joined(separator: ",") + lineBreak + "}"
    }
  }

  private func inline(
    _ value: Remedy.Value, colon: String, comma: String, padding: String
  ) -> String {
    switch value {
    case .text(let text): return quoted(text)
    case .list(let items):
      let pieces = items.map { inline($0, colon: colon, comma: comma, padding: padding) }
      return "[" + padding + pieces.joined(separator: comma) + padding + "]"
    case .object(let members):
      let pieces = members.map {
        quoted($0.name) + colon + inline($0.value, colon: colon, comma: comma, padding: padding)
      }
      return "{" + padding + pieces.joined(separator: comma) + padding + "}"
    }
  }

  private func flow(_ value: Remedy.Value) -> String {
    inline(value, colon: ": ", comma: ", ", padding: "")
  }

  private func quoted(_ text: String) -> String { "\"\(text)\"" }

  // MARK: YAML

  /// A value with its lines indented; the first begins where the caller has written to.
  private func yaml(
    _ value: Remedy.Value, _ column: Int, listIndentation: Int, comments: Bool, quote: String
  ) -> String {
    func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
    func write(_ value: Remedy.Value, _ column: Int) -> String {
      yaml(value, column, listIndentation: listIndentation, comments: comments, quote: quote)
    }
    let note = comments ? " # é" : ""
    switch value {
    case .text(let text):
      let needsQuotes = text.first.map { !$0.isLetter } ?? true
      if quote.isEmpty, needsQuotes { return "\"\(text)\"" + note }
      return quote + text + quote + note
    case .list(let items):
      return items.map { "- " + write($0, column + 2) }.joined(separator: "\n" + spaces(column))
    case .object(let members):
      let lines = members.map { member in
        let key = quote + member.name + quote + ":"
        switch member.value {
        case .text: return key + " " + write(member.value, column)
        case .list:
          let inner = column + listIndentation
          return key + note + "\n" + spaces(inner) + write(member.value, inner)
        case .object:
          return key + "\n" + spaces(column + 2) + write(member.value, column + 2)
        }
      }
      return lines.joined(separator: "\n" + (comments ? "\n" : "") + spaces(column))
    }
  }
}
