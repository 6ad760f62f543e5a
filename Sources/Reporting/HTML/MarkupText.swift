/// Text for documents with tags.
enum MarkupText {
  /// Text as the content of an element or the value of an attribute of HTML and XML, without what
  /// XML cannot hold at all.
  static func escaped(_ text: some StringProtocol) -> String { entities(VisibleText.escaped(text)) }

  /// Text whose code points are all visible, or which has line breaks on purpose.
  static func entities(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// A piece of a message: words, or code that stood in backticks.
enum MessagePiece: Hashable {
  case words(String)
  case code(String)

  /// The pieces of a message; a backtick without a second one is a word.
  static func pieces(of message: String) -> [MessagePiece] {
    let parts = message.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    var pieces: [MessagePiece] = []
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if index.isMultiple(of: 2) {
        if !part.isEmpty { pieces.append(.words(part)) }
      } else if isLast {
        pieces.append(.words("`" + part))
      } else if part.isEmpty {
        pieces.append(.words("``"))
      } else {
        pieces.append(.code(part))
      }
    }
    return pieces
  }
}
