/// Puts a problem of the JSON reader into words: what a person did rather than what a grammar wants.
package struct JSONDiagnosis {
  package let text: [UInt8]
  package let entries: [Tree.Entry]
  package let open: [JSONReader.Open]
  package let origin: Tree.Origin

  package init(text: [UInt8], reader: JSONReader, origin: Tree.Origin) {
    self.text = text
    entries = reader.entries
    open = reader.open
    self.origin = origin
  }

  /// The failure of a problem.
  package func failure(of problem: JSONProblem) -> SyntaxFailure {
    switch problem.kind {
    case .expectedValue: unexpected(problem) ?? notAValue(at: problem.offset)
    case .expectedFirstKey, .expectedKey: unexpected(problem) ?? notAKey(at: problem.offset)
    case .expectedColon: unexpected(problem) ?? noColon(problem)
    case .expectedComma: unexpected(problem) ?? noComma(problem)
    case .contentAfterEnd: unexpected(problem) ?? contentAfterEnd(at: problem.offset)
    case .unclosedString, .controlCharacter, .unknownEscape, .incompleteEscape, .halfSurrogatePair:
      stringFailure(problem)
    case .leadingZero, .missingDigit:
      numberFailure(problem)
    case .tooDeep:
      failure(
        "more than \(Limits.depth) levels of arrays and objects",
        problem.offset..<problem.offset + 1)
    case .tooManyValues:
      failure(
        "more than \(Limits.entries) values in one document",
        problem.offset..<problem.offset + 1)
    }
  }

  // MARK: - Anywhere between tokens

  /// What can stand in the way everywhere: the end, a comment, quotes of a word processor.
  private func unexpected(_ problem: JSONProblem) -> SyntaxFailure? {
    let offset = problem.offset
    guard offset < text.count else { return unclosed() }
    if let comment = comment(at: offset) { return comment }
    switch scalar(at: offset) {
    case "'":
      let end = singleQuotedEnd(from: offset)
      return failure(
        "string in single quotes", offset..<end, help: "write `\"` in place of `'`")
    case "\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{2019}":
      return failure(
        "typographic quote `\(scalar(at: offset))`", scalarRange(at: offset),
        help: "write `\"` in its place")
    case let found where isInvisible(found):
      return failure(
        "invisible character \(name(of: found)) between values", scalarRange(at: offset),
        help: "remove it")
    default:
      return nil
    }
  }

  private func unclosed() -> SyntaxFailure {
    guard let container = open.last else {
      return failure("the document is empty", text.count..<text.count)
    }
    let end = significantEnd(before: text.count)
    let entry = entries[container.position]
    let isObject = entry.kind == .object
    let start = Int(entry.start)
    return failure(
      isObject ? "object is not closed" : "array is not closed", end..<end,
      label: isObject ? "expected `}`" : "expected `]`",
      related: [
        Note(
          isObject ? "the object starts here" : "the array starts here",
          at: place(start..<start + 1))
      ])
  }

  private func comment(at offset: Int) -> SyntaxFailure? {
    var end = offset
    switch (text[offset], byte(at: offset + 1)) {
    case (UInt8(ascii: "/"), UInt8(ascii: "*")):
      end += 2
      while end < text.count,
        !(text[end] == UInt8(ascii: "*") && byte(at: end + 1) == UInt8(ascii: "/"))
      {
        end += 1
      }
      end = min(end + 2, text.count)
    case (UInt8(ascii: "/"), UInt8(ascii: "/")), (UInt8(ascii: "#"), _):
      end = lineEnd(from: offset)
    default:
      return nil
    }
    return failure("comment in JSON", offset..<end, help: "remove it; JSON has no comments")
  }

  // MARK: - Values and keys

  private func notAValue(at offset: Int) -> SyntaxFailure {
    let before = significantEnd(before: offset)
    let previous = before > 0 ? text[before - 1] : 0
    let found = text[offset]
    if previous == UInt8(ascii: ":"), isOneOf(found, ",}]") {
      return failure("expected a value after this colon", before - 1..<before)
    }
    if previous == UInt8(ascii: ","), found == UInt8(ascii: "]") {
      return trailingComma(at: before - 1, before: "]")
    }
    if previous == UInt8(ascii: ","), found == UInt8(ascii: ",") {
      return failure(
        "two commas with nothing between", offset..<offset + 1, help: "remove one")
    }
    if found == UInt8(ascii: "}") || found == UInt8(ascii: "]") {
      return closesNothing(at: offset)
    }
    let end = wordEnd(from: offset)
    guard end > offset else {
      return failure("expected a value, found \(described(at: offset))", scalarRange(at: offset))
    }
    return notAValue(word: String(decoding: text[offset..<end], as: UTF8.self), offset..<end)
  }

  private func notAValue(word: String, _ range: Range<Int>) -> SyntaxFailure {
    let help: String
    switch word.lowercased() {
    case "true": help = "write `true`"
    case "false": help = "write `false`"
    case "null", "none", "nil", "undefined": help = "write `null`"
    case "nan", "infinity", "inf", "+infinity", "+inf":
      return failure("JSON has no `\(word)`", range)
    default:
      let isNumber = word.utf8.first.map { isOneOf($0, "+.") } ?? false
      if isNumber, word.utf8.contains(where: { $0 &- UInt8(ascii: "0") < 10 }) {
        return failure(
          "number that begins with `\(word.prefix(1))`", range,
          help: "begin it with a digit or `-`")
      }
      return failure("text without quotes", range, help: "write `\"\(word)\"`")
    }
    return failure("`\(word)` is not a JSON value", range, help: help)
  }

  private func notAKey(at offset: Int) -> SyntaxFailure {
    let before = significantEnd(before: offset)
    let found = text[offset]
    if found == UInt8(ascii: "}"), before > 0 {
      return trailingComma(at: before - 1, before: "}")
    }
    if found == UInt8(ascii: "]") { return closesNothing(at: offset) }
    if before > 0, text[before - 1] == UInt8(ascii: ","), found == UInt8(ascii: ",") {
      return failure("two commas with nothing between", offset..<offset + 1, help: "remove one")
    }
    let end = wordEnd(from: offset)
    guard end > offset else {
      return failure("expected a key, found \(described(at: offset))", scalarRange(at: offset))
    }
    let word = String(decoding: text[offset..<end], as: UTF8.self)
    return failure("key without quotes", offset..<end, help: "write `\"\(word)\"`")
  }

  private func trailingComma(at comma: Int, before closing: String) -> SyntaxFailure {
    failure(
      "trailing comma", comma..<comma + 1, label: "nothing follows before `\(closing)`",
      help: "remove the comma")
  }

  private func noColon(_ problem: JSONProblem) -> SyntaxFailure {
    let end = significantEnd(before: problem.offset)
    let found = text[problem.offset]
    if isOneOf(found, ",}]") {
      return failure(
        "key without a value", problem.other..<end, label: "expected `:` and a value after it")
    }
    if found == UInt8(ascii: "\"") || isValueStart(found) {
      return failure("missing colon after a key", end..<end, label: "expected `:`")
    }
    return failure(
      "expected `:` after the key, found \(described(at: problem.offset))",
      scalarRange(at: problem.offset))
  }

  // MARK: - After a value

  private func noComma(_ problem: JSONProblem) -> SyntaxFailure {
    let offset = problem.offset
    let found = text[offset]
    let isObject = open.last.map { entries[$0.position].kind == .object } ?? false
    if isOneOf(found, "}]") { return closesNothing(at: offset) }
    if !isObject, found == UInt8(ascii: ":") {
      return failure(
        "key in an array", offset..<offset + 1,
        help: "write `{` and `}` around members, `[` and `]` around a list")
    }
    let followsQuote = offset == problem.other && offset > 0 && text[offset - 1] == quote
    if followsQuote, found != quote, wordEnd(from: offset) > offset {
      return failure(
        "text after the string's end", offset..<wordEnd(from: offset),
        help: "write `\\\"` for a quote in a string")
    }
    if offset > problem.other || found == quote,
      isValueStart(found) || wordEnd(from: offset) > offset
    {
      return failure(
        isObject ? "missing comma between members" : "missing comma between elements",
        problem.other..<problem.other, label: "expected `,`")
    }
    let closing = isObject ? "}" : "]"
    return failure(
      "expected `,` or `\(closing)`, found \(described(at: offset))", scalarRange(at: offset))
  }

  /// A closing bracket that is not the one of the innermost container.
  private func closesNothing(at offset: Int) -> SyntaxFailure {
    let found = described(at: offset)
    guard let container = open.last else {
      return failure("\(found) closes nothing", offset..<offset + 1)
    }
    let entry = entries[container.position]
    let isObject = entry.kind == .object
    let start = Int(entry.start)
    return failure(
      isObject ? "object is closed with \(found)" : "array is closed with \(found)",
      offset..<offset + 1, label: isObject ? "expected `}`" : "expected `]`",
      related: [
        Note(
          isObject ? "the object starts here" : "the array starts here",
          at: place(start..<start + 1))
      ])
  }

  private func contentAfterEnd(at offset: Int) -> SyntaxFailure {
    let found = text[offset]
    if isOneOf(found, "}]") { return closesNothing(at: offset) }
    if isOneOf(found, ",:"), entries.first?.kind == .string {
      return failure(
        "members without braces", offset..<offset + 1,
        help: "write `{` before the first and `}` after the last")
    }
    let end = significantEnd(before: offset)
    let related = [Note("the document ends here", at: place(end - 1..<end))]
    if isOneOf(found, "{[") {
      return failure(
        "more than one JSON document", offset..<offset + 1,
        help: "put each in a file of its own", related: related)
    }
    let isWord = wordEnd(from: offset) > offset
    return failure(
      "text after the end of the document",
      isWord ? offset..<wordEnd(from: offset) : scalarRange(at: offset), related: related)
  }
}
