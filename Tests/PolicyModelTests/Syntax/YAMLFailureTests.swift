import PolicyModel
import Testing

@Suite struct `YAML failures` {
  static let align = "align the keys of one mapping, and put text that holds `: ` in quotes"

  static let indentation = [
    FailureCase("a: 1\n«\t»b: 2\n", "tab in the indentation", help: "indent with spaces"),
    FailureCase("a:\n«\t»- b\n", "tab in the indentation", help: "indent with spaces"),
    FailureCase("a: é\n b«:» 2\n", "`:` where no key can stand", help: align),
    FailureCase("a: b«:» c\n", "`:` where no key can stand", help: align),
    FailureCase(
      "«a»:\n  b: 1\n «c»: 2\n", "indentation that fits no line above",
      help: "align the keys of one mapping", related: "the mapping starts here", place: 1),
    FailureCase(
      "«a»:\r\n    - b\r\n   «-» c\r\n", "indentation that fits no line above",
      help: "align the keys of one mapping", related: "the mapping starts here", place: 1),
    FailureCase(
      "«-» a\n«b»: c\n", "expected `-` of the list", help: "align the elements of one list",
      related: "the list starts here", place: 1),
    FailureCase(
      "a: b\n«cé»\n", "expected `:` after this key",
      help: "write `key: value`, and align the lines of one text"),
    FailureCase(
      "a: «-» b\n", "`-` where no list can begin", help: "begin the list on a line of its own"),
    FailureCase(
      "a: «?» b\n", "`?` where no key can stand", help: "put text that begins with `? ` in quotes"),
  ]

  static let text = [
    FailureCase("Action: «*»\n", "`*` begins an alias", help: #"write `"*"`"#),
    FailureCase("Action: [«*:foo»]\n", "`*` begins an alias", help: #"write `"*:foo"`"#),
    FailureCase("- «&»\n", "`&` begins an anchor", help: #"write `"&"`"#),
    FailureCase("a: «@»b\n", "text that begins with `@`", help: "put it in quotes"),
    FailureCase("a: «`»b`\n", "text that begins with a backtick", help: "put it in quotes"),
    FailureCase("a: «%»b\n", "text that begins with `%`", help: "put it in quotes"),
    FailureCase("«%»b: 1\n", "`%` at the beginning of a line", help: "put the text in quotes"),
    FailureCase("a: \"b\" «c»\n", "text after a value", help: "put the whole value in quotes"),
    FailureCase(
      "a: {«{» b }}\n", "mapping as a key", help: "put text that begins with `{` in quotes"),
    FailureCase(
      "«[»a, b]: c\n", "list as a key", help: "put text that begins with `[` in quotes"),
    FailureCase("? «-» b\n: c\n", "list as a key"),
    FailureCase(
      "a: | «b»\n  c\n", "text on the line that begins a block",
      help: "begin the text on the next line, indented"),
    FailureCase("a: |«0»\n b\n", "block with an indentation of 0"),
    FailureCase("a: «,»\n", "expected a value"),
    FailureCase("a: é«\u{1}»\n", "control character U+0001", help: "remove it"),
    FailureCase(
      "a: «!»e!x 1\n", "tag with an unknown prefix", help: "write `!Name` for a short tag"),
    FailureCase(
      "!a «!»b c", "text after the end of the document", help: "align it with the first line"),
  ]

  static let ends = [
    FailureCase(
      "é: «'»b\nc: d«»\n", "string is not closed", label: "expected `'`",
      related: "the string starts here", place: 1),
    FailureCase(
      "a: «\"»b«»\n", "string is not closed", label: "expected `\"`",
      related: "the string starts here", place: 1),
    FailureCase(
      "a: «\"»«\\»q\"\n", "unknown escape",
      help: "write `\\\\` for a backslash, or use single quotes",
      related: "the string starts here", place: 1),
    FailureCase(
      "a: «[»1, 2«»\n", "list is not closed", label: "expected `]`",
      related: "the list starts here", place: 1),
    FailureCase(
      "a: «{»b: 1«»", "mapping is not closed", label: "expected `}`",
      related: "the mapping starts here", place: 1),
    FailureCase(
      "a: «[»b, c«}»\n", "expected `,` or `]` in this list", related: "the list starts here",
      place: 1),
    FailureCase(
      "«{»\n\"é\": 1\n\"b\"«:» 2}", "expected `,` or `}` in this mapping",
      help: "write `,` before this key, or `}` before its line",
      related: "the mapping starts here", place: 1),
  ]

  static let documents = [
    FailureCase(
      "a: 1\n«---»\nb: 2\n", "more than one YAML document", help: "put each in a file of its own"),
    FailureCase("«»# only a comment\n", "the document is empty"),
    FailureCase("«»---\n", "the document is empty"),
    FailureCase("«»\n \n", "the document is empty"),
    FailureCase(
      "a: «*x»\n", "no anchor `&x` stands before this alias",
      help: "put text that begins with `*` in quotes"),
    FailureCase("a: &x [«*x»]\n", "alias `*x` stands within its own anchor"),
    FailureCase("a: &x {b: {c: [«*x»]}}\n", "alias `*x` stands within its own anchor"),
    FailureCase("a: &x [1]\n«*x» : b\n", "list or mapping as a key"),
    FailureCase(
      "a: {«<<»: b}\n", "merge key `<<` without a mapping",
      help: "give it a mapping or a list of mappings; put `<<` in quotes for a key of that name"),
    FailureCase(
      "a: {«<<»: [{b: c}, d]}\n", "merge key `<<` without a mapping",
      help: "give it a mapping or a list of mappings; put `<<` in quotes for a key of that name"),
  ]

  @Test(arguments: indentation + text) func `A slip is told in words`(
    _ example: FailureCase
  ) throws {
    try example.check(path: "a.yaml")
  }

  @Test(arguments: ends) func `What does not end is shown where it began`(
    _ example: FailureCase
  ) throws {
    try example.check(path: "a.yaml")
  }

  @Test(arguments: documents) func `What is no single document is refused`(
    _ example: FailureCase
  ) throws {
    try example.check(path: "a.yaml")
  }

  @Test func `A billion laughs are refused by name`() throws {
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let found = try #require(syntaxFailure(of: Source(path: "a.yaml", text)))
    #expect(found.message == "aliases repeat more than 100000 values")
    #expect(found.place.range.lowerBound > 0)
  }

  @Test func `Aliases cannot nest deeper than brackets`() throws {
    let base = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
    var text = "- &a0 \(base)\n"
    for level in 1...150 { text += "- &a\(level) [*a\(level - 1)]\n" }
    let found = try #require(syntaxFailure(of: Source(path: "a.yaml", text)))
    #expect(found.message == "more than 512 levels of lists and mappings")
  }

  @Test func `Merges of merges end quickly`() throws {
    let depth = 250
    let members = (0..<20_000).map { "k\($0): v" }.joined(separator: ", ")
    let text =
      String(repeating: "{<<: ", count: depth) + "{\(members)}"
      + String(repeating: "}", count: depth)
    let source = Source(path: "a.yaml", text)
    let start = ContinuousClock.now
    #expect(try Tree.parse(source).root.count == 20_000)
    #expect(start.duration(to: .now) < .seconds(5))
  }
}
