import PolicyModel
import Testing

@Suite struct `Writing JSON` {
  private func text(_ isIndented: Bool = false, _ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(isIndented: isIndented)
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `Commas come by themselves`() {
    let written = text { writer in
      writer.beginObject()
      writer.key("a")
      writer.beginArray()
      writer.integer(0)
      writer.integer(-12)
      writer.beginArray()
      writer.endArray()
      writer.boolean(true)
      writer.endArray()
      writer.key("b")
      writer.null()
      writer.key(named: "\"")
      writer.word("c")
      writer.endObject()
    }
    #expect(written == #"{"a":[0,-12,[],true],"b":null,"\"":"c"}"#)
  }

  @Test func `Lines and indentation come where they are asked for`() {
    let written = text(true) { writer in
      writer.beginObject()
      writer.key("a")
      writer.beginArray()
      writer.integer(1)
      writer.integer(2)
      writer.endArray()
      writer.key("b")
      writer.beginObject()
      writer.endObject()
      writer.endObject()
      writer.lineBreak()
    }
    #expect(written == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}\n")
  }

  @Test(arguments: [
    ("plain", #""plain""#), ("", #""""#), (#"a"b\c"#, #""a\"b\\c""#),
    ("a\nb\tc\r", #""a\nb\tc\r""#),
    ("\u{0}\u{1F}", #""\u0000\u001f""#), ("schlüssel 😀", #""schlüssel 😀""#),
    ("\u{7F}\u{9B}\u{202E}\u{2028}", #""\u007f\u009b\u202e\u2028""#),
  ])
  func `What a terminal would act on is escaped`(content: String, written: String) throws {
    #expect(text { $0.string(content) } == written)
    #expect(text { $0.string(bytes: Array(content.utf8)[...]) } == written)
    #expect(try Tree.parse(Source(path: "", written), format: .json).root.string == content)
  }

  @Test func `What was written after a mark can be taken back`() {
    let written = text { writer in
      writer.beginArray()
      writer.integer(1)
      let mark = writer.mark
      writer.beginObject()
      writer.key("a")
      writer.rewind(to: mark)
      writer.integer(2)
      writer.endArray()
    }
    #expect(written == "[1,2]")
  }

  @Test func `A parsed value is written as it was`() throws {
    let document = #"{"a":[1.50,-2e3,true,null,"é\n"],"b":{"c":[]}}"#
    let root = try Tree.parse(Source(path: "", document), format: .json).root
    var writer = JSONWriter()
    let isWritten = writer.value(root)
    #expect(isWritten)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == document)
  }
}

@Suite struct `Strings that are decoded when somebody asks` {
  private static let texts = [
    #"["plain", "", "\"", "\\\/\b\f\n\r\t", "a\u0041\ud83d\ude00z", "ä\"ö"]"#,
    #"{"\u0061": "{\"Statement\":\n [\"\u0041\", 1]}", "b": "{\"c\": \"\\\"\\u00e9\"}"}"#,
  ]

  private func trees(_ text: String) throws -> (decoded: Tree, lazy: Tree) {
    let source = Source(path: "", text)
    let origin = Tree.Origin(source: source)
    return (
      try Tree.json(source.text, from: origin),
      try Tree.json(source.text, from: origin, decodesStrings: false)
    )
  }

  @Test(arguments: texts)
  func `They read the same`(text: String) throws {
    let (decoded, lazy) = try trees(text)
    #expect(decoded.entries.count == lazy.entries.count)
    for index in decoded.entries.indices {
      let (left, right) = (Node(tree: decoded, index: index), Node(tree: lazy, index: index))
      #expect(left.kind == right.kind)
      #expect(left.range == right.range)
      #expect(left.scalarText == right.scalarText)
      #expect(right.hasContent("a") == left.hasContent("a"))
      #expect(right.hasContent("") == left.hasContent(""))
      if let content = left.scalarText {
        let part = 0..<content.utf8.count / 2
        #expect(left.place(ofContent: part).range == right.place(ofContent: part).range)
      }
    }
  }

  @Test func `Documents in them have the same places`() throws {
    let (decoded, lazy) = try trees(Self.texts[1])
    for (left, right) in zip(decoded.root.members, lazy.root.members) {
      let (first, second) = (try left.value.embeddedDocument(), try right.value.embeddedDocument())
      #expect(first.text == second.text)
      for index in first.entries.indices {
        #expect(Node(tree: first, index: index).range == Node(tree: second, index: index).range)
      }
    }
  }

  @Test(arguments: [
    #""a\"#, #""\x""#, #""\u00""#, #""\ud800""#, "\"\\n\n\"", "\"\\\"\u{1}\"", #""\""#,
  ])
  func `They are refused alike`(text: String) {
    func failure(decodesStrings: Bool) -> SyntaxFailure? {
      let source = Source(path: "", text)
      do throws(SyntaxFailure) {
        _ = try Tree.json(
          source.text, from: Tree.Origin(source: source), decodesStrings: decodesStrings)
        return nil
      } catch {
        return error
      }
    }
    let eager = failure(decodesStrings: true)
    #expect(eager != nil)
    #expect(failure(decodesStrings: false)?.message == eager?.message)
    #expect(failure(decodesStrings: false)?.place.range == eager?.place.range)
  }
}
