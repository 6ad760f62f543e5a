extension JSONDiagnosis {
  func stringFailure(_ problem: JSONProblem) -> SyntaxFailure {
    let offset = problem.offset
    switch problem.kind {
    case .controlCharacter:
      let found = scalar(at: offset)
      guard found != "\t" else {
        return failure("tab in a string", offset..<offset + 1, help: "write `\\t`")
      }
      return failure(
        "control character \(name(of: found)) in a string", offset..<offset + 1,
        help: "write `\\u\(name(of: found).dropFirst(2))`")
    case .unknownEscape:
      let range = offset..<scalarRange(at: offset + 1).upperBound
      let escape = String(decoding: text[range], as: UTF8.self)
      guard isPrintable(scalar(at: offset + 1)) else {
        return failure(
          "backslash before a line break or control character", offset..<offset + 1,
          help: "write `\\\\` for a backslash")
      }
      return failure(
        "unknown escape `\(escape)`", range, help: "write `\\\\` for a backslash")
    case .incompleteEscape:
      var end = offset + 2
      while end < min(offset + 6, text.count), hexadecimalDigit(text[end]) != nil { end += 1 }
      return failure("`\\u` without four hexadecimal digits", offset..<end)
    case .halfSurrogatePair:
      let escape = String(decoding: text[offset..<offset + 6], as: UTF8.self)
      return failure(
        "`\(escape)` is half of a surrogate pair", offset..<offset + 6,
        help: "write both halves, or the character itself")
    default:
      let isLineBreak = offset < text.count
      return failure(
        "string is not closed", offset..<offset, label: "expected `\"`",
        help: isLineBreak ? "write `\\n` for a line break in a string" : nil,
        related: [Note("the string starts here", at: place(problem.other..<problem.other + 1))])
    }
  }

  func numberFailure(_ problem: JSONProblem) -> SyntaxFailure {
    let range = problem.other..<max(wordEnd(from: problem.other), problem.offset)
    let number = String(decoding: text[range], as: UTF8.self)
    if problem.kind == .leadingZero {
      return failure(
        "number with a leading zero", range,
        help: "write `\"\(number)\"` for text such as an account id")
    }
    guard problem.offset < text.count else {
      return failure("expected a digit after `\(number)`", range)
    }
    switch number.lowercased() {
    case "-infinity", "-inf", "-nan": return failure("JSON has no `\(number)`", range)
    default: return failure("number without a digit where one belongs", range)
    }
  }
}

// MARK: - Looking at the text

extension JSONDiagnosis {
  var quote: UInt8 { UInt8(ascii: "\"") }

  func place(_ range: Range<Int>) -> Place {
    let end = min(range.upperBound, text.count)
    return origin.place(of: min(range.lowerBound, end)..<end)
  }

  func failure(
    _ message: String, _ range: Range<Int>, label: String? = nil, help: String? = nil,
    related: [Note] = []
  ) -> SyntaxFailure {
    SyntaxFailure(message, at: place(range), label: label, help: help, related: related)
  }

  func byte(at offset: Int) -> UInt8? { offset < text.count ? text[offset] : nil }

  func isOneOf(_ byte: UInt8, _ characters: StaticString) -> Bool {
    characters.withUTF8Buffer { unsafe $0.contains(byte) }
  }

  func isValueStart(_ byte: UInt8) -> Bool {
    isOneOf(byte, "\"{[-") || byte &- UInt8(ascii: "0") < 10
  }

  /// Where the text before an offset ends without the space between.
  func significantEnd(before offset: Int) -> Int {
    var end = offset
    while end > 0, isOneOf(text[end - 1], " \t\r\n") { end -= 1 }
    return end
  }

  func lineEnd(from offset: Int) -> Int {
    var end = offset
    while end < text.count, !isOneOf(text[end], "\r\n") { end += 1 }
    return end
  }

  /// Where a run of letters, digits and what people put between them ends.
  func wordEnd(from offset: Int) -> Int {
    var end = offset
    while end < text.count {
      switch text[end] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "$"):
        end += 1
      default:
        return end
      }
    }
    return end
  }

  /// The end of a string in single quotes, or just after the quote where the line has no other.
  func singleQuotedEnd(from offset: Int) -> Int {
    let lineEnd = lineEnd(from: offset)
    let closing = text[offset + 1..<max(lineEnd, offset + 1)].firstIndex(of: UInt8(ascii: "'"))
    return (closing ?? offset) + 1
  }

  func scalar(at offset: Int) -> Unicode.Scalar {
    String(decoding: text[offset..<min(offset + 4, text.count)], as: UTF8.self)
      .unicodeScalars.first ?? "\u{FFFD}"
  }

  func scalarRange(at offset: Int) -> Range<Int> {
    offset..<min(text.count, offset + UTF8.width(scalar(at: offset)))
  }

  func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned,
      .privateUse, .surrogate:
      true
    default: false
    }
  }

  func isPrintable(_ scalar: Unicode.Scalar) -> Bool { !isInvisible(scalar) || scalar == " " }

  func name(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The character at an offset as a message shows it.
  func described(at offset: Int) -> String {
    let scalar = scalar(at: offset)
    if scalar == "`" { return "a backtick" }
    return isInvisible(scalar) ? name(of: scalar) : "`\(scalar)`"
  }
}
