/// How a piece of terminal text stands out.
enum Style: Sendable, Hashable {
  case plain
  case strong
  case faint
  case error
  case warning
  case note
  case good
  /// Line numbers, frame lines and related places.
  case frame

  /// The parameters of the SGR sequence.
  fileprivate var parameters: String {
    switch self {
    case .plain: ""
    case .strong: "1"
    case .faint: "2"
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .good: "32"
    case .frame: "1;34"
    }
  }
}

/// One line of terminal text, in pieces of one style each.
struct StyledLine {
  private var pieces: [(text: String, style: Style)] = []
  /// How many columns the line takes.
  private(set) var width = 0

  init() {}

  init(_ text: String, _ style: Style = .plain) { append(text, style) }

  /// Adds text whose code points are all visible.
  mutating func append(_ text: String, _ style: Style = .plain) {
    pieces.append((text, style))
    width += DisplayWidth.of(text)
  }

  /// Adds text that the terminal shows as a hyperlink.
  mutating func append(_ text: String, _ style: Style, linkedTo url: String?) {
    append(text, style)
    guard let url else { return }
    pieces[pieces.count - 1].text = "\u{1b}]8;;\(url)\u{1b}\\\(text)\u{1b}]8;;\u{1b}\\"
  }

  /// Fills up with spaces to a column.
  mutating func pad(to column: Int) {
    if column > width { append(String(repeating: " ", count: column - width)) }
  }

  /// Writes the line with its line break, without spaces at its end.
  func write(to output: inout String, usesColor: Bool) {
    let length = pieces.lastIndex { !$0.text.utf8.allSatisfy { $0 == UInt8(ascii: " ") } }
    guard let length else {
      output += "\n"
      return
    }
    for (index, piece) in pieces[...length].enumerated() {
      let text = index == length ? piece.text.withoutTrailingSpaces : piece.text
      if usesColor, piece.style != .plain {
        output += "\u{1b}[\(piece.style.parameters)m\(text)\u{1b}[0m"
      } else {
        output += text
      }
    }
    output += "\n"
  }
}

extension String {
  fileprivate var withoutTrailingSpaces: String {
    var end = utf8.endIndex
    while end > utf8.startIndex, utf8[utf8.index(before: end)] == UInt8(ascii: " ") {
      end = utf8.index(before: end)
    }
    return String(self[..<end])
  }
}

/// Breaks text at spaces into lines of at most `width` columns.
///
/// A longer word keeps a line of its
/// own, so that an ARN can be copied.
func wrapped(_ text: String, to width: Int) -> [String] {
  guard DisplayWidth.of(text) > width else { return [text] }
  var lines: [String] = []
  var line = ""
  var lineWidth = 0
  for word in text.split(separator: " ") {
    let wordWidth = DisplayWidth.of(word)
    if !line.isEmpty, lineWidth + 1 + wordWidth > width {
      lines.append(line)
      line = ""
      lineWidth = 0
    }
    if !line.isEmpty {
      line += " "
      lineWidth += 1
    }
    line += word
    lineWidth += wordWidth
  }
  lines.append(line)
  return lines
}
