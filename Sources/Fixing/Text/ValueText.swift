import PolicyModel

/// Writes new values in a document's style.
struct ValueText {
  let style: TextStyle
  let isJSON: Bool

  // MARK: Brackets

  /// A value in JSON or between brackets; spread over lines, with `indentation` on each but the
  /// first.
  func flow(_ value: Remedy.Value, indentation: String, isExpanded: Bool) -> String {
    switch value {
    case .text(let text): return scalar(text, isInFlow: true)
    case .list(let items):
      let holdsObjects = items.contains { if case .object = $0 { true } else { false } }
      return brackets(
        "[", "]", items.map { item in { flow(item, indentation: $0, isExpanded: isExpanded) } },
        indentation, padding: style.listPadding,
        isExpanded: isExpanded && (holdsObjects || style.expandsLists))
    case .object(let members):
      return brackets(
        "{", "}",
        members.map { member in
          { indentation in
            let isInner = if case .object = member.value { true } else { false }
            return key(member.name, isInFlow: true) + style.colon
              + flow(
                member.value, indentation: indentation,
                isExpanded: isExpanded && (!isInner || style.expandsObjects))
          }
        }, indentation, padding: style.objectPadding, isExpanded: isExpanded)
    }
  }

  private func brackets(
    _ open: String, _ close: String, _ pieces: [(String) -> String], _ indentation: String,
    padding: String, isExpanded: Bool
  ) -> String {
    guard !pieces.isEmpty else { return open + close }
    guard isExpanded else {
      let text = pieces.map { $0(indentation) }.joined(separator: style.comma)
      return open + padding + text + padding + close
    }
    let inner = indentation + style.unit
    let text = pieces.map { inner + $0(inner) }.joined(separator: "," + style.lineBreak)
    return open + style.lineBreak + text + style.lineBreak + indentation + close
  }

  // MARK: YAML blocks

  /// A value whose first line begins at a column, and whose further lines are indented to it.
  func block(_ value: Remedy.Value, column: Int) -> String {
    switch value {
    case .text(let text): return scalar(text, isInFlow: false)
    case .list(let items):
      return items.map { "- " + block($0, column: column + 2) }
        .joined(separator: style.lineBreak + spaces(column))
    case .object(let members):
      return members.map { self.member($0, column: column) }
        .joined(separator: style.lineBreak + spaces(column))
    }
  }

  /// A member of a YAML block, from its key on.
  func member(_ member: Remedy.Member, column: Int) -> String {
    let key = key(member.name, isInFlow: false) + ":"
    let lineBreak = style.lineBreak
    switch member.value {
    case .text(let text): return key + " " + scalar(text, isInFlow: false)
    case .list(let items):
      let holdsObjects = items.contains { if case .object = $0 { true } else { false } }
      guard !items.isEmpty, style.hasBlockLists || holdsObjects else {
        return key + " " + flow(member.value, indentation: "", isExpanded: false)
      }
      let inner = column + style.listIndentation
      return key + lineBreak + spaces(inner) + block(member.value, column: inner)
    case .object(let members):
      guard !members.isEmpty else { return key + " {}" }
      let inner = column + style.unit.utf8.count
      return key + lineBreak + spaces(inner) + block(member.value, column: inner)
    }
  }

  func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  // MARK: Scalars

  /// A key as the document writes keys.
  func key(_ name: String, isInFlow: Bool) -> String {
    scalar(name, isInFlow: isInFlow, quote: style.keyQuote)
  }

  /// A text as the document writes texts.
  func scalar(_ text: String, isInFlow: Bool) -> String {
    scalar(text, isInFlow: isInFlow, quote: style.quote)
  }

  /// A text in the quotes asked for, or in others where it needs them.
  func scalar(_ text: String, isInFlow: Bool, quote: UInt8?) -> String {
    if text.holdsReference { return TemplateFunction(text).written(by: self) }
    if isJSON { return doubleQuoted(text) }
    switch quote {
    case UInt8(ascii: "\""): return doubleQuoted(text)
    case UInt8(ascii: "'"): return singleQuoted(text)
    default:
      if PlainText.isPlain(text, isInFlow: isInFlow) { return text }
      return style.quote == UInt8(ascii: "'") ? singleQuoted(text) : doubleQuoted(text)
    }
  }

  private func singleQuoted(_ text: String) -> String {
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value < 0x7F }) else {
      return doubleQuoted(text)
    }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      + "'"
  }

  func doubleQuoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// What YAML reads as text without quotes.
enum PlainText {
  /// Words that YAML takes for something else than text, in lower case (YAML 1.1, "Boolean Language-
  /// Independent Type" and "Null").
  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "",
  ]

  /// Whether a text can stand without quotes and is text then, for every reader of YAML.
  static func isPlain(_ text: String, isInFlow: Bool) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, !words.contains(text.lowercased()),
      isLetter(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "_"),
      last != UInt8(ascii: ":"), last != UInt8(ascii: " ")
    else { return false }
    return bytes.indices.allSatisfy { at in
      switch bytes[at] {
      case UInt8(ascii: ":"):
        // Some readers take every colon between brackets for the end of a key.
        return !isInFlow && bytes[at + 1] != UInt8(ascii: " ")
      case UInt8(ascii: " "): return bytes[at + 1] != UInt8(ascii: "#")
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"):
        return !isInFlow
      case 0x21...0x7E: return true
      default: return false
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let folded = byte | 0x20
    return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z")
  }
}
