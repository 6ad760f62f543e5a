/// A JSON value to write, its members in the order in which they are written.
enum JSONValue {
  case null
  case boolean(Bool)
  case integer(Int)
  case string(String)
  case array([JSONValue])
  case object([(name: String, value: JSONValue)])

  /// A string, or null.
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// An array of strings.
  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// An object without the members that are null.
  static func compactObject(_ members: [(name: String, value: JSONValue?)]) -> JSONValue {
    .object(
      members.compactMap { name, value in
        switch value {
        case .none, .null?: nil
        case .boolean?, .integer?, .string?, .array?, .object?: value.map { (name, $0) }
        }
      })
  }

  /// The document, indented for people, with a final line break.
  var document: String {
    var output = ""
    write(to: &output, indentation: 0)
    output += "\n"
    return output
  }

  // MARK: - Writing

  /// Columns up to which a container of plain values stays on one line.
  private static let longestLine = 100

  private var isScalar: Bool {
    switch self {
    case .null, .boolean, .integer, .string: true
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    }
  }

  private func write(to output: inout String, indentation: Int) {
    switch self {
    case .null: output += "null"
    case .boolean(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .string(let text): Self.write(text, to: &output)
    case .array(let elements):
      Self.writeContainer(
        "[", "]", elements, isPlain: elements.allSatisfy(\.isScalar), to: &output,
        indentation: indentation
      ) { element, output, indentation in
        element.write(to: &output, indentation: indentation)
      }
    case .object(let members):
      Self.writeContainer(
        "{", "}", members, isPlain: members.allSatisfy(\.value.isScalar), to: &output,
        indentation: indentation
      ) { member, output, indentation in
        Self.write(member.name, to: &output)
        output += ": "
        member.value.write(to: &output, indentation: indentation)
      }
    }
  }

  private static func writeContainer<Element>(
    _ open: String, _ close: String, _ elements: [Element], isPlain: Bool,
    to output: inout String, indentation: Int, write: (Element, inout String, Int) -> Void
  ) {
    if isPlain {
      var line = open
      for (index, element) in elements.enumerated() {
        if index > 0 { line += ", " }
        write(element, &line, indentation)
        if line.utf8.count > longestLine { break }
      }
      if line.utf8.count + indentation < longestLine || elements.isEmpty {
        output += line + close
        return
      }
    }
    output += open
    for (index, element) in elements.enumerated() {
      output += index > 0 ? ",\n" : "\n"
      output += String(repeating: " ", count: indentation + 2)
      write(element, &output, indentation + 2)
    }
    output += "\n" + String(repeating: " ", count: indentation) + close
  }

  /// Writes a string with everything escaped that JSON wants, and also what a terminal or a
  /// browser would not show as itself: a report is looked at with `cat`, too.
  private static func write(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      default:
        // A joiner inside a picture is what it is in any case: `\u200d` reads back as itself.
        if scalar.value < 0x80 ? scalar.value >= 0x20 && scalar != "\u{7f}" : isPlain(scalar) {
          output.unicodeScalars.append(scalar)
        } else {
          for unit in String(scalar).utf16 { writeEscape(unit, to: &output) }
        }
      }
    }
    output += "\""
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    VisibleText.isVisible(scalar) || scalar.properties.generalCategory == .spaceSeparator
  }

  private static func writeEscape(_ unit: UInt16, to output: inout String) {
    let digits = String(unit, radix: 16)
    output += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }
}
