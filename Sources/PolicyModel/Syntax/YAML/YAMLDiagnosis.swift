/// Puts libyaml's problems into words: what a person did rather than what a scanner wants.
package struct YAMLDiagnosis {
  private let text: [UInt8]
  private let origin: Tree.Origin

  package init(text: [UInt8], origin: Tree.Origin) {
    self.text = text
    self.origin = origin
  }

  /// The failure of a problem.
  package func failure(
    of problem: YAMLProblem, cursor: inout CodePointCursor
  ) -> SyntaxFailure {
    let offset =
      problem.isByteOffset
      ? min(problem.offset, text.count) : cursor.offset(of: problem.offset)
    let range = scalarRange(at: offset)
    let start = cursor.offset(of: problem.contextOffset)
    let context = problem.context ?? ""
    let isAtEnd = offset >= text.count
    switch problem.problem {
    case "control characters are not allowed":
      return failure("control character \(name(at: offset))", range, help: "remove it")
    case "found character that cannot start any token":
      return cannotBegin(at: offset, range)
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return tab(range)
    case "did not find expected alphabetic or numeric character":
      return noName(context: context, start: start, problem: range)
    case "found unexpected end of stream", "found unexpected document indicator":
      let isSingle = start < text.count && text[start] == UInt8(ascii: "'")
      return notClosed("string", isSingle ? "`'`" : "`\"`", start, at: offset)
    case "did not find expected ',' or ']'":
      return isAtEnd
        ? notClosed("list", "`]`", start, at: offset) : inFlow("list", "`]`", start, range)
    case "did not find expected ',' or '}'":
      return isAtEnd
        ? notClosed("mapping", "`}`", start, at: offset) : inFlow("mapping", "`}`", start, range)
    case "did not find expected key":
      return noKey(range, start: start)
    case "did not find expected '-' indicator":
      return failure(
        "expected `-` of the list", range, help: "align the elements of one list",
        related: related("the list starts here", start))
    case "could not find expected ':'":
      return failure(
        "expected `:` after this key", start..<lineEnd(from: start),
        help: "write `key: value`, and align the lines of one text")
    case "mapping values are not allowed in this context":
      return failure(
        "`:` where no key can stand", range,
        help: "align the keys of one mapping, and put text that holds `: ` in quotes")
    default:
      return lessCommon(problem, context: context, range, start: start)
    }
  }

  private func lessCommon(
    _ problem: YAMLProblem, context: String, _ range: Range<Int>, start: Int
  ) -> SyntaxFailure {
    switch problem.problem {
    case "block sequence entries are not allowed in this context":
      failure("`-` where no list can begin", range, help: "begin the list on a line of its own")
    case "mapping keys are not allowed in this context":
      failure("`?` where no key can stand", range, help: "put text that begins with `? ` in quotes")
    case "did not find expected node content":
      failure("expected a value", range)
    case "did not find expected <document start>":
      failure("text after the end of the document", range, help: "align it with the first line")
    case "found unexpected ':'":
      failure("`:` in text without quotes", range, help: "put the text in quotes")
    case "found unknown escape character":
      failure(
        "unknown escape", range, help: "write `\\\\` for a backslash, or use single quotes",
        related: related("the string starts here", start))
    case "did not find expected hexdecimal number":
      failure(
        "escape without its hexadecimal digits", range,
        related: related("the string starts here", start))
    case "found invalid Unicode character escape code":
      failure(
        "escape for no character", range, help: "write the character itself",
        related: related("the string starts here", start))
    case "did not find expected comment or line break" where context.contains("block scalar"):
      failure(
        "text on the line that begins a block", range,
        help: "begin the text on the next line, indented")
    case "found an indentation indicator equal to 0":
      failure("block with an indentation of 0", range)
    case "found undefined tag handle":
      failure("tag with an unknown prefix", range, help: "write `!Name` for a short tag")
    case "found incompatible YAML document":
      failure("YAML version other than 1.1 and 1.2", range)
    case _ where context == "while scanning a directive":
      failure(
        "`%` at the beginning of a line", scalarRange(at: start), help: "put the text in quotes")
    default:
      // libyaml's remaining words are about tags and directives, which policies hardly have.
      failure(problem.problem.replacingQuotes, range)
    }
  }

  private func cannotBegin(at offset: Int, _ range: Range<Int>) -> SyntaxFailure {
    guard offset < text.count else { return failure("expected a value", range) }
    if text[offset] == UInt8(ascii: "\t") { return tab(range) }
    let character = String(decoding: text[range], as: UTF8.self)
    return failure(
      character == "`"
        ? "text that begins with a backtick" : "text that begins with `\(character)`",
      range, help: "put it in quotes")
  }

  private func tab(_ range: Range<Int>) -> SyntaxFailure {
    failure("tab in the indentation", range, help: "indent with spaces")
  }

  /// `Action: *`, which YAML takes for an alias.
  private func noName(context: String, start: Int, problem: Range<Int>) -> SyntaxFailure {
    let isAlias = context.contains("alias")
    let range = start..<max(start, wordEnd(from: start))
    let word = String(decoding: text[range], as: UTF8.self)
    return failure(
      isAlias ? "`*` begins an alias" : "`&` begins an anchor",
      word.isEmpty ? problem : range, help: "write `\"\(word)\"`")
  }

  private func notClosed(
    _ thing: String, _ closing: String, _ start: Int, at offset: Int
  ) -> SyntaxFailure {
    var end = min(offset, text.count)
    while end > start, isSpace(text[end - 1]) { end -= 1 }
    return failure(
      "\(thing) is not closed", end..<end, label: "expected \(closing)",
      related: related("the \(thing) starts here", start))
  }

  private func inFlow(
    _ thing: String, _ closing: String, _ start: Int, _ range: Range<Int>
  ) -> SyntaxFailure {
    let isColon = !range.isEmpty && text[range.lowerBound] == UInt8(ascii: ":")
    return failure(
      "expected `,` or \(closing) in this \(thing)", range,
      help: isColon ? "write `,` before this key, or \(closing) before its line" : nil,
      related: related("the \(thing) starts here", start))
  }

  /// Something in a mapping that is no key of it: text behind a value, or a line between two
  /// indentations.
  private func noKey(_ range: Range<Int>, start: Int) -> SyntaxFailure {
    var before = range.lowerBound
    while before > 0, text[before - 1] == UInt8(ascii: " ") { before -= 1 }
    let isFirst =
      before == 0 || text[before - 1] == UInt8(ascii: "\n")
      || text[before - 1] == UInt8(ascii: "\r")
    return isFirst
      ? failure(
        "indentation that fits no line above", range, help: "align the keys of one mapping",
        related: related("the mapping starts here", start))
      : failure("text after a value", range, help: "put the whole value in quotes")
  }
}

// MARK: - Looking at the text

extension YAMLDiagnosis {
  private func failure(
    _ message: String, _ range: Range<Int>, label: String? = nil, help: String? = nil,
    related: [Note] = []
  ) -> SyntaxFailure {
    SyntaxFailure(
      message, at: origin.place(of: range), label: label, help: help, related: related)
  }

  private func related(_ message: String, _ start: Int) -> [Note] {
    [Note(message, at: origin.place(of: scalarRange(at: start)))]
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    default: false
    }
  }

  private func scalar(at offset: Int) -> Unicode.Scalar? {
    guard offset < text.count else { return nil }
    return String(decoding: text[offset..<min(offset + 4, text.count)], as: UTF8.self)
      .unicodeScalars.first
  }

  /// The character at an offset; nothing at the end and at a line's end.
  private func scalarRange(at offset: Int) -> Range<Int> {
    let offset = min(offset, text.count)
    guard let scalar = scalar(at: offset), scalar != "\n", scalar != "\r" else {
      return offset..<offset
    }
    return offset..<min(text.count, offset + UTF8.width(scalar))
  }

  private func name(at offset: Int) -> String {
    let digits = String(scalar(at: offset)?.value ?? 0, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func lineEnd(from offset: Int) -> Int {
    text[offset...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      ?? text.count
  }

  private func wordEnd(from offset: Int) -> Int {
    text[min(offset, text.count)...].firstIndex {
      isSpace($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: "}")
    } ?? text.count
  }
}

extension String {
  /// The text with code in backticks where libyaml has it in single quotes.
  fileprivate var replacingQuotes: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "'" ? "`" : $0 }))
  }
}
