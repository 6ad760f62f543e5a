import PolicyModel
import Testing

/// Bytes of a file and what becomes of them.
struct DecodingCase: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  /// The text; nil where there is none.
  var text: String?
  var encoding: Source.Encoding?
  var message: String?
  var help: String?
  var testDescription: String { name }

  init(_ name: String, _ bytes: [UInt8], text: String, _ encoding: Source.Encoding) {
    self.name = name
    self.bytes = bytes
    self.text = text
    self.encoding = encoding
  }

  init(_ name: String, _ bytes: [UInt8], refused message: String, help: String? = nil) {
    self.name = name
    self.bytes = bytes
    self.message = message
    self.help = help
  }
}

/// A text as UTF-16 with a byte order mark.
func utf16(_ text: String, isLittleEndian: Bool) -> [UInt8] {
  ("\u{FEFF}" + text).utf16.flatMap { unit in
    let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    return isLittleEndian ? bytes : bytes.reversed()
  }
}

@Suite struct `Decoding files` {
  static let text = #"{"é😀": 1}"#
  static let bytes = Array(text.utf8)

  static let read = [
    DecodingCase("UTF-8", bytes, text: text, .utf8),
    DecodingCase(
      "UTF-8 with byte order mark", [0xEF, 0xBB, 0xBF] + bytes, text: text, .utf8WithByteOrderMark),
    DecodingCase(
      "UTF-16 LE", utf16(text, isLittleEndian: true), text: text, .utf16LittleEndian),
    DecodingCase("UTF-16 BE", utf16(text, isLittleEndian: false), text: text, .utf16BigEndian),
    DecodingCase("one byte", [0x31], text: "1", .utf8),
  ]

  static let refused = [
    DecodingCase("nothing", [], refused: "the file is empty"),
    DecodingCase("a byte order mark alone", [0xEF, 0xBB, 0xBF], refused: "the file is empty"),
    DecodingCase("a UTF-16 byte order mark alone", [0xFF, 0xFE], refused: "the file is empty"),
    DecodingCase(
      "a program", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0xFF],
      refused: "not text: the file holds NUL bytes"),
    DecodingCase("NUL in text", Array("a\0b".utf8), refused: "not text: the file holds NUL bytes"),
    DecodingCase(
      "gzip", [0x1F, 0x8B, 8, 0, 0xFF], refused: "not text: the file is compressed",
      help: "unpack it, or give what `gunzip -c FILE` prints as `-`"),
    DecodingCase(
      "UTF-16 without byte order mark",
      Array(utf16("{\"a\": 1}", isLittleEndian: true).dropFirst(2)),
      refused: "not text: UTF-16 without a byte order mark", help: "save the file as UTF-8"),
    DecodingCase(
      "odd UTF-16", utf16("{}", isLittleEndian: true) + [0],
      refused: "not text: UTF-16 with an odd number of bytes",
      help: "the file may be cut off; write it again"),
    DecodingCase(
      "half a pair", [0xFF, 0xFE, 0x3D, 0xD8, 0x20, 0],
      refused: "not text: UTF-16 with half of a surrogate pair"),
    DecodingCase(
      "NUL in UTF-16", utf16("a\0b", isLittleEndian: true),
      refused: "not text: the file holds NUL characters"),
    DecodingCase(
      "Latin-1", [0x22, 0x61, 0xE9, 0x22], refused: "not text: byte 0xE9 is not UTF-8",
      help: "save the file as UTF-8"),
    DecodingCase(
      "a surrogate in UTF-8", [0x22, 0xED, 0xA0, 0x80, 0x22],
      refused: "not text: byte 0xED is not UTF-8", help: "save the file as UTF-8"),
    DecodingCase(
      "too long a form", [0xC0, 0x80], refused: "not text: byte 0xC0 is not UTF-8",
      help: "save the file as UTF-8"),
  ]

  @Test(arguments: read) func `A text is read in each encoding`(_ example: DecodingCase) throws {
    let source = try Source.decoding(example.bytes, path: "p.json")
    #expect(source.text == example.text.map { Array($0.utf8) })
    #expect(source.encoding == example.encoding)
    #expect(source.path == "p.json")
  }

  @Test(arguments: refused) func `What is no text is refused`(_ example: DecodingCase) throws {
    let failure = try #require(throws: SyntaxFailure.self) {
      try Source.decoding(example.bytes, path: "p.json")
    }
    #expect(failure.message == example.message)
    #expect(failure.help == example.help)
    #expect(failure.place.source.path == "p.json")
    #expect(failure.place.range.upperBound <= failure.place.source.text.count)
  }

  @Test func `The byte that is no UTF-8 is shown in its line`() throws {
    let failure = try #require(throws: SyntaxFailure.self) {
      try Source.decoding(Array("é\nab".utf8) + [0xE9, 0x63, 0x0A], path: "p.json")
    }
    let source = failure.place.source
    #expect(String(decoding: source.text, as: UTF8.self) == "é\nab\u{FFFD}c\n")
    #expect(String(decoding: source.text[failure.place.range], as: UTF8.self) == "\u{FFFD}")
  }

  @Test(arguments: [true, false]) func `Offsets in UTF-16 count UTF-8`(
    _ isLittleEndian: Bool
  ) throws {
    let marked = MarkedText("{\"é😀\": «\"ü\"»}\r\n")
    for path in ["a.json", "a.yaml"] {
      let source = try Source.decoding(
        utf16(marked.text, isLittleEndian: isLittleEndian), path: path)
      let tree = try Tree.parse(source)
      #expect(tree.root["é😀"]?.range == marked.ranges[0])
      let marks = try Source.decoding([0xEF, 0xBB, 0xBF] + Array(marked.text.utf8), path: path)
      #expect(try Tree.parse(marks).root["é😀"]?.range == marked.ranges[0])
    }
  }
}

@Suite struct `Formats` {
  struct Case: Sendable, CustomTestStringConvertible {
    var path: String
    var text: String
    var format: DocumentFormat
    var testDescription: String { "\(path): \(text)" }
  }

  @Test(arguments: [
    Case(path: "a.json", text: "a: b", format: .json),
    Case(path: "a.JSON", text: "a: b", format: .json),
    Case(path: "dir.yaml/a.json", text: "{}", format: .json),
    Case(path: "a.yaml", text: "{}", format: .yaml),
    Case(path: "a.yml", text: "[]", format: .yaml),
    Case(path: "a.template", text: " \r\n\t{}", format: .json),
    Case(path: "a.template", text: "Resources:", format: .yaml),
    Case(path: "<stdin>", text: "[1]", format: .json),
    Case(path: "<stdin>", text: "- 1", format: .yaml),
    Case(path: "dir.json/a", text: "a: b", format: .yaml),
    Case(path: "json", text: "a: b", format: .yaml),
  ]) func `The name decides, then the first character`(_ example: Case) {
    #expect(DocumentFormat(of: Source(path: example.path, example.text)) == example.format)
  }

  @Test func `A text of unknown name that begins like JSON is told JSON's errors`() {
    #expect(syntaxFailure(of: Source(path: "<stdin>", "{\"a\": 1,}"))?.message == "trailing comma")
    #expect(syntaxFailure(of: Source(path: "a.yaml", "{\"a\": 1,}")) == nil)
    #expect(syntaxFailure(of: Source(path: "a.yaml", "{\"a\": 1,}"), as: .json) != nil)
  }
}
