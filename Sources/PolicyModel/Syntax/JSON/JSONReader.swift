/// Reads JSON (RFC 8259, strictly) into a tree's entries.
///
/// One pass without recursion: what is open is a list of positions, so that a document's depth costs
/// memory of ours and no stack. Strings are only measured; those with escapes are decoded.
package struct JSONReader {
  package private(set) var entries: [Tree.Entry] = []
  package private(set) var strings = StringTable()
  /// The containers that are not closed yet, outermost first.
  package private(set) var open: [Open] = []

  /// A container that is not closed yet.
  package struct Open {
    /// Its position in the entries.
    package var position: Int
    /// How many elements or members came before the present one.
    package var count: Int
  }

  /// Whether strings with escapes are decoded now; otherwise by who asks for them.
  private let decodesStrings: Bool

  package init(decodesStrings: Bool = true) { self.decodesStrings = decodesStrings }

  /// Reads a whole document.
  package mutating func read(_ text: Span<UInt8>) throws(JSONProblem) {
    entries.reserveCapacity(min(text.count / 12 + 4, 1 << 20))
    var at = 0
    Self.skipSpace(text, &at)
    values: while true {
      guard at < text.count else { throw JSONProblem(.expectedValue, at: at) }
      guard entries.count < Limits.entries else { throw JSONProblem(.tooManyValues, at: at) }
      switch text[at] {
      case UInt8(ascii: "\""):
        try readString(text, &at)
      case UInt8(ascii: "{"):
        try begin(.object, at: at)
        at += 1
        Self.skipSpace(text, &at)
        guard at < text.count else { throw JSONProblem(.expectedFirstKey, at: at) }
        if text[at] == UInt8(ascii: "}") {
          end(&at)
        } else {
          guard text[at] == UInt8(ascii: "\"") else {
            throw JSONProblem(.expectedFirstKey, at: at)
          }
          try readKey(text, &at)
          continue values
        }
      case UInt8(ascii: "["):
        try begin(.array, at: at)
        at += 1
        Self.skipSpace(text, &at)
        if at < text.count, text[at] == UInt8(ascii: "]") {
          end(&at)
        } else {
          continue values
        }
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        try readNumber(text, &at)
      case UInt8(ascii: "t"):
        try readWord("true", .boolean, .isTrue, text, &at)
      case UInt8(ascii: "f"):
        try readWord("false", .boolean, [], text, &at)
      case UInt8(ascii: "n"):
        try readWord("null", .null, [], text, &at)
      default:
        throw JSONProblem(.expectedValue, at: at)
      }
      guard try readSeparator(text, &at) else { return }
    }
  }

  /// Reads what follows a value, up to the next value; false at the document's end.
  private mutating func readSeparator(
    _ text: Span<UInt8>, _ at: inout Int
  ) throws(JSONProblem) -> Bool {
    while let container = open.last {
      let afterValue = at
      Self.skipSpace(text, &at)
      guard at < text.count else { throw JSONProblem(.expectedComma, at: at, other: afterValue) }
      let isObject = entries[container.position].kind == .object
      switch text[at] {
      case UInt8(ascii: ","):
        open[open.count - 1].count += 1
        at += 1
        Self.skipSpace(text, &at)
        guard isObject else { return true }
        guard at < text.count, text[at] == UInt8(ascii: "\"") else {
          throw JSONProblem(.expectedKey, at: at)
        }
        try readKey(text, &at)
        return true
      case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
        open[open.count - 1].count += 1
        end(&at)
      default:
        throw JSONProblem(.expectedComma, at: at, other: afterValue)
      }
    }
    Self.skipSpace(text, &at)
    guard at == text.count else { throw JSONProblem(.contentAfterEnd, at: at) }
    return false
  }

  private mutating func begin(_ kind: Node.Kind, at start: Int) throws(JSONProblem) {
    guard open.count < Limits.depth else { throw JSONProblem(.tooDeep, at: start) }
    open.append(Open(position: entries.count, count: 0))
    entries.append(Tree.Entry(kind: kind, start: start, end: start))
  }

  private mutating func end(_ at: inout Int) {
    at += 1
    guard let container = open.popLast() else { return }
    entries[container.position].end = UInt32(truncatingIfNeeded: at)
    entries[container.position].next = UInt32(truncatingIfNeeded: entries.count)
    entries[container.position].detail = UInt32(truncatingIfNeeded: container.count)
  }

  /// Reads a key, its colon and the space after it.
  private mutating func readKey(_ text: Span<UInt8>, _ at: inout Int) throws(JSONProblem) {
    let start = at
    try readString(text, &at)
    Self.skipSpace(text, &at)
    guard at < text.count, text[at] == UInt8(ascii: ":") else {
      throw JSONProblem(.expectedColon, at: at, other: start)
    }
    at += 1
    Self.skipSpace(text, &at)
  }

  @inline(__always)
  private static func skipSpace(_ text: Span<UInt8>, _ at: inout Int) {
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        at += 1
      default:
        return
      }
    }
  }
}

// MARK: - Scalars

extension JSONReader {
  private mutating func append(
    _ kind: Node.Kind, _ flags: Tree.Flags = [], _ range: Range<Int>, detail: Int = 0
  ) {
    entries.append(
      Tree.Entry(
        kind: kind, flags: flags, start: range.lowerBound, end: range.upperBound,
        next: entries.count + 1, detail: detail))
  }

  private mutating func readWord(
    _ word: StaticString, _ kind: Node.Kind, _ flags: Tree.Flags, _ text: Span<UInt8>,
    _ at: inout Int
  ) throws(JSONProblem) {
    let end = at + word.utf8CodeUnitCount
    guard end <= text.count else { throw JSONProblem(.expectedValue, at: at) }
    let start = at
    let matches = word.withUTF8Buffer { wanted in
      for offset in 0..<wanted.count where unsafe wanted[offset] != text[start + offset] {
        return false
      }
      return true
    }
    guard matches, end == text.count || !Self.continuesWord(text[end]) else {
      throw JSONProblem(.expectedValue, at: at)
    }
    append(kind, flags, at..<end)
    at = end
  }

  private static func continuesWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: byte >= 0x80
    }
  }

  private mutating func readNumber(_ text: Span<UInt8>, _ at: inout Int) throws(JSONProblem) {
    let start = at
    if text[at] == UInt8(ascii: "-") { at += 1 }
    let firstDigit = at
    try Self.skipDigits(text, &at, from: start)
    if text[firstDigit] == UInt8(ascii: "0"), at > firstDigit + 1 {
      throw JSONProblem(.leadingZero, at: firstDigit, other: start)
    }
    if at < text.count, text[at] == UInt8(ascii: ".") {
      at += 1
      try Self.skipDigits(text, &at, from: start)
    }
    if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < text.count, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") {
        at += 1
      }
      try Self.skipDigits(text, &at, from: start)
    }
    append(.number, [], start..<at)
  }

  /// Skips at least one digit.
  private static func skipDigits(
    _ text: Span<UInt8>, _ at: inout Int, from start: Int
  ) throws(JSONProblem) {
    let first = at
    while at < text.count, text[at] &- UInt8(ascii: "0") < 10 { at += 1 }
    guard at > first else { throw JSONProblem(.missingDigit, at: at, other: start) }
  }

  private mutating func readString(_ text: Span<UInt8>, _ at: inout Int) throws(JSONProblem) {
    let start = at
    at = text.plainRunEnd(from: at + 1)
    guard at < text.count else { throw JSONProblem(.unclosedString, at: at, other: start) }
    switch text[at] {
    case UInt8(ascii: "\""):
      at += 1
      append(.string, .quoted, start..<at)
    case UInt8(ascii: "\\"):
      if decodesStrings {
        try readEscapedString(text, &at, from: start)
      } else {
        try skipEscapedString(text, &at, from: start)
      }
    case let byte: throw Self.problem(ofControl: byte, at: at, from: start)
    }
  }

  /// Reads the rest of a string from its first escape on, without decoding it.
  private mutating func skipEscapedString(
    _ text: Span<UInt8>, _ at: inout Int, from start: Int
  ) throws(JSONProblem) {
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "\""):
        at += 1
        return append(.string, [.quoted, .escaped], start..<at)
      case UInt8(ascii: "\\"):
        if at + 1 < text.count, text[at + 1] == UInt8(ascii: "\"") {
          at += 2
        } else {
          at += try JSONEscape(in: text, at: at, until: text.count, from: start).length
        }
      case 0x20...: at = text.plainRunEnd(from: at)
      case let byte: throw Self.problem(ofControl: byte, at: at, from: start)
      }
    }
    throw JSONProblem(.unclosedString, at: at, other: start)
  }

  /// The content of a string that was read without decoding it.
  package static func decoded(_ content: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(content.count)
    let text = content.span
    var at = 0
    while at < text.count {
      let end = text.plainRunEnd(from: at)
      decoded += content[(content.startIndex + at)..<(content.startIndex + end)]
      at = end
      guard at < text.count,
        let escape = try? JSONEscape(in: text, at: at, until: text.count, from: 0)
      else { break }
      decoded.append(contentsOf: escape.scalar.utf8Bytes)
      at += escape.length
    }
    return decoded
  }

  private static func problem(ofControl byte: UInt8, at: Int, from start: Int) -> JSONProblem {
    let isLineBreak = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    return JSONProblem(isLineBreak ? .unclosedString : .controlCharacter, at: at, other: start)
  }

  /// Reads the rest of a string from its first escape on, decoding all of it.
  private mutating func readEscapedString(
    _ text: Span<UInt8>, _ at: inout Int, from start: Int
  ) throws(JSONProblem) {
    strings.write(text.extracting(start + 1..<at))
    while at < text.count {
      let byte = text[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        append(.string, [.quoted, .decoded], start..<at, detail: strings.close())
        return
      case UInt8(ascii: "\\"):
        // A quote is by far the most frequent: every name in a policy that is given as text.
        if at + 1 < text.count, text[at + 1] == UInt8(ascii: "\"") {
          strings.write(UInt8(ascii: "\""))
          at += 2
        } else {
          let escape = try JSONEscape(in: text, at: at, until: text.count, from: start)
          strings.write(escape.scalar.utf8Bytes)
          at += escape.length
        }
      case 0x20...:
        let end = text.plainRunEnd(from: at)
        strings.write(text.extracting(at..<end))
        at = end
      default:
        throw Self.problem(ofControl: byte, at: at, from: start)
      }
    }
    throw JSONProblem(.unclosedString, at: at, other: start)
  }
}
