import Testing

@testable import PolicyModel

/// A YAML text with its comments marked.
struct YAMLCommentCase: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String

  var testDescription: String { name }

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  static let all = [
    YAMLCommentCase("alone on a line", "«# one»\na: 1\n  «#two»\nb: 2\n«#»"),
    YAMLCommentCase("after a value", "a: 1 «# one»\nb: [1, «# two»\n  2]«# three»\n"),
    YAMLCommentCase("after a key", "a: «# one»\n  b: 1\n"),
    YAMLCommentCase("a # within a word is text", "a: b#c\nd#e: f«»"),
    YAMLCommentCase("a # in double quotes is text", "a: \"b # c\\\" # d\" «# one»\n"),
    YAMLCommentCase("a # in single quotes is text", "a: 'b # c '' # d' «# one»\n"),
    YAMLCommentCase("quotes over several lines", "a: \"b\n  # c\n  d\" «# one»\n"),
    YAMLCommentCase("in a block of text", "a: |\n  # text\n  b # text\n«# one»\nc: 1\n"),
    YAMLCommentCase("in a folded block", "a: >-\n  # text\n\n  b\n\nc: 1 «# one»\n"),
    YAMLCommentCase("on the first line of a block", "a: |2- «# one»\n  # text\nb: 1\n"),
    YAMLCommentCase("less indented than its block", "a:\n  b: |\n    # text\n   «# one»\n  c: 1\n"),
    YAMLCommentCase("at the end of a block that is the last", "a: |\n  # text\n  # text"),
    YAMLCommentCase("an empty block", "a: |\n«# one»\nb: 1\n"),
    YAMLCommentCase("between the lines of a word", "a: b\n  c «# one»\nd: e\n"),
    YAMLCommentCase("behind tag and anchor", "a: !Sub &x «# one»\n  b#c «# c»\nd: *x «# two»\n"),
    YAMLCommentCase("a tag before a block", "a: !Sub | «# one»\n  # text\n"),
    YAMLCommentCase("a tag without a value", "a: !Ref «# one»\nb: 1\n"),
    YAMLCommentCase("CR LF", "a: 1 «# one»\r\n«# two»\r\nb: |\r\n  # text\r\n«# three»\r\nc: 1"),
    YAMLCommentCase("CR alone", "a: 1 «# one»\rb: 2\r«# two»\r"),
    YAMLCommentCase("NEL ends a line too", "a: 1 «# one»\u{85}b: 2 «# two»\u{2028}c: 3"),
    YAMLCommentCase("beyond ASCII", "ä: \"€ # 😀\" «# ünë»\nb: 1 «# two»\n"),
    YAMLCommentCase(
      "a directive and marks of a document", "%YAML 1.1 «# one»\n--- «# two»\na: 1\n... «# three»\n"
    ),
    YAMLCommentCase("JSON with comments", "{\"a\": \"# text\", «# one»\n\"b\": [«# two»\n]}"),
    YAMLCommentCase("no YAML at all", "a: [1 # not\n"),
    YAMLCommentCase("empty", ""),
  ]
}

@Suite struct `Comments in YAML` {
  @Test(arguments: YAMLCommentCase.all)
  func `A comment is what libyaml passes over, and nothing else`(_ example: YAMLCommentCase) throws
  {
    let marked = MarkedText(example.text)
    #expect(
      YAMLComments.ranges(in: Array(marked.text.utf8)) == marked.ranges.filter { !$0.isEmpty })
  }

  @Test func `Every prefix of a text is read without a trap`() {
    let text = Array(
      "a: !Sub &x | # one\n  # text\nb: \"c # d\n  e\" # two\nf: {g: 'h', # three\n i: *x}\n".utf8)
    for count in 0...text.count {
      let ranges = YAMLComments.ranges(in: Array(text[..<count]))
      #expect(ranges.allSatisfy { $0.upperBound <= count && text[$0.lowerBound] == 0x23 })
    }
  }
}
