extension DraftValue {
  /// The value as a YAML document.
  package var yaml: String {
    var output = ""
    writeYAML(to: &output, indentation: 0, isInline: false)
    return output
  }

  /// Writes the value after `name:`, after `- ` (`isInline`), or as the whole document.
  private func writeYAML(to output: inout String, indentation: Int, isInline: Bool) {
    switch self {
    case .text(let text): output += Self.yamlScalar(text) + "\n"
    case .list(let elements) where elements.isEmpty: output += "[]\n"
    case .object(let members) where members.isEmpty: output += "{}\n"
    case .list(let elements):
      for (index, element) in elements.enumerated() {
        if index > 0 || !isInline { output += String(repeating: " ", count: indentation) }
        output += "- "
        element.writeYAML(to: &output, indentation: indentation + 2, isInline: true)
      }
    case .object(let members):
      for (index, member) in members.enumerated() {
        if index > 0 || !isInline { output += String(repeating: " ", count: indentation) }
        output += Self.yamlScalar(member.name) + ":"
        member.value.writeYAMLMember(to: &output, indentation: indentation)
      }
    }
  }

  /// Writes the value after a member's colon.
  private func writeYAMLMember(to output: inout String, indentation: Int) {
    switch self {
    case .text:
      output += " "
      writeYAML(to: &output, indentation: indentation, isInline: true)
    case .list(let elements):
      output += elements.isEmpty ? " " : "\n"
      writeYAML(to: &output, indentation: indentation + 2, isInline: false)
    case .object(let members):
      output += members.isEmpty ? " " : "\n"
      writeYAML(to: &output, indentation: indentation + 2, isInline: false)
    }
  }

  /// A text as a scalar that every YAML reader takes for a text: plain where nothing else could be
  /// meant, else in double quotes.
  static func yamlScalar(_ text: String) -> String {
    isPlainInYAML(text) ? text : quoted(text)
  }

  /// Whether a text begins with a letter, holds only characters without a meaning to YAML, and is no
  /// word that YAML 1.1 or 1.2 takes for something else.
  private static func isPlainInYAML(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: ":"),
      !words.contains(text.lowercased())
    else { return false }
    return text.utf8.allSatisfy { byte in
      isLetter(byte) || (0x30...0x39).contains(byte) || "-_./:*+=@".utf8.contains(byte)
    }
  }

  private static let words: Set = [
    "true", "false", "yes", "no", "on", "off", "y", "n", "null",
  ]

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// A text in double quotes, with the escapes that JSON and YAML share.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
