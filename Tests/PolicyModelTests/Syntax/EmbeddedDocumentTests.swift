import PolicyModel
import Testing

@Suite struct `Documents embedded as text` {
  @Test func `A value in an embedded policy lies in the file`() throws {
    let marked = MarkedText(
      #"{"Policy": "{\"Version\": «\"2012-10-17\"», \"é\\n\": «\"\\u00e9\"»}"}"#)
    let tree = try Tree.parse(marked.source())
    let policy = try #require(tree.root["Policy"]).embeddedDocument()
    let version = try #require(policy.root["Version"])
    #expect(version.string == "2012-10-17")
    #expect(version.range == marked.ranges[0])
    #expect(version.place.pointer == ["/Policy", "/Version"])
    let escaped = try #require(policy.root["é\n"])
    #expect(escaped.string == "é")
    #expect(escaped.range == marked.ranges[1])
  }

  @Test func `A document in a document in a document lies in the file`() throws {
    let marked = MarkedText(#"["{\"a\": \"[1, «true», «\\\"x\\\"»]\"}"]"#)
    let outer = try Tree.parse(marked.source())
    let middle = try #require(Array(outer.root.elements).first).embeddedDocument()
    let inner = try #require(middle.root["a"]).embeddedDocument()
    let elements = Array(inner.root.elements)
    #expect(elements[1].range == marked.ranges[0])
    #expect(elements[2].range == marked.ranges[1])
    #expect(elements[2].string == "x")
    #expect(elements[2].pointer == ["/0", "/a", "/2"])
  }

  @Test func `A percent-encoded policy is decoded once`() throws {
    let marked = MarkedText(#"{"Doc": "%7B%22Sid%22%3A«%22a%2525%20b%22»%7D"}"#)
    let tree = try Tree.parse(marked.source())
    let policy = try #require(tree.root["Doc"]).embeddedDocument()
    let sid = try #require(policy.root["Sid"])
    #expect(sid.string == "a%25 b")
    #expect(sid.range == marked.ranges[0])
  }

  @Test func `An error in an embedded policy lies in the file`() throws {
    let marked = MarkedText(#"{"Policy": "{\"Sid\": \"a\"«,»}"}"#)
    let tree = try Tree.parse(marked.source())
    let node = try #require(tree.root["Policy"])
    #expect(throws: SyntaxFailure.self) { try node.embeddedDocument() }
    do {
      _ = try node.embeddedDocument()
    } catch {
      #expect(error.message == "trailing comma")
      #expect(error.place.range == marked.ranges[0])
      #expect(error.place.pointer == ["/Policy"])
    }
  }
}
