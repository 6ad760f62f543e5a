import PolicyModel
import Testing

/// A text that is no JSON: `«…»` marks the place, a further mark the related place.
struct FailureCase: Sendable, CustomTestStringConvertible {
  var text: String
  var message: String
  var label: String?
  var help: String?
  var related: String?
  /// Which mark is the place; the other is the related one.
  var place = 0
  var testDescription: String { text }

  init(
    _ text: String, _ message: String, label: String? = nil, help: String? = nil,
    related: String? = nil, place: Int = 0
  ) {
    self.text = text
    self.message = message
    self.label = label
    self.help = help
    self.related = related
    self.place = place
  }

  func check(path: String) throws {
    let marked = MarkedText(text)
    let failure = try #require(syntaxFailure(of: marked.source(path)))
    #expect(failure.message == message)
    #expect(failure.label == label)
    #expect(failure.help == help)
    #expect(failure.place.range == marked.ranges[place])
    #expect(failure.related.map(\.message) == (related.map { [$0] } ?? []))
    if related != nil {
      #expect(failure.related.first?.place?.range == marked.ranges[1 - place])
    }
  }
}

@Suite struct `JSON failures` {
  static let commas = [
    FailureCase(
      #"{"a": 1«,» }"#, "trailing comma", label: "nothing follows before `}`",
      help: "remove the comma"),
    FailureCase(
      "[1, 2«,»\n]", "trailing comma", label: "nothing follows before `]`",
      help: "remove the comma"),
    FailureCase(#"{"a": 1«»\#n "b": 2}"#, "missing comma between members", label: "expected `,`"),
    FailureCase("[1«» 2]", "missing comma between elements", label: "expected `,`"),
    FailureCase("[1«» true]", "missing comma between elements", label: "expected `,`"),
    FailureCase(#"["a"«»"b"]"#, "missing comma between elements", label: "expected `,`"),
    FailureCase("[1,«,» 2]", "two commas with nothing between", help: "remove one"),
    FailureCase(#"{"a": 1,«,» "b": 2}"#, "two commas with nothing between", help: "remove one"),
    FailureCase("[«,» 1]", "expected a value, found `,`"),
    FailureCase("{«,»}", "expected a key, found `,`"),
    FailureCase(#"{"a": 1«;» "b": 2}"#, "expected `,` or `}`, found `;`"),
  ]

  static let comments = [
    FailureCase("«// é»\n{}", "comment in JSON", help: "remove it; JSON has no comments"),
    FailureCase("{«/* a\n*/» }", "comment in JSON", help: "remove it; JSON has no comments"),
    FailureCase(#"{"a": «# b»\#n1}"#, "comment in JSON", help: "remove it; JSON has no comments"),
    FailureCase("[1, «// b»\n2]", "comment in JSON", help: "remove it; JSON has no comments"),
    FailureCase("[1 «// b»\r\n]", "comment in JSON", help: "remove it; JSON has no comments"),
    FailureCase("{} «# é»", "comment in JSON", help: "remove it; JSON has no comments"),
    FailureCase("{«/* a, 1»", "comment in JSON", help: "remove it; JSON has no comments"),
  ]

  static let keysAndColons = [
    FailureCase("{«Effect»: 1}", "key without quotes", help: #"write `"Effect"`"#),
    FailureCase(#"{"a": 1, «b-c»: 1}"#, "key without quotes", help: #"write `"b-c"`"#),
    FailureCase("{«12»: 1}", "key without quotes", help: #"write `"12"`"#),
    FailureCase("{«{»}}", "expected a key, found `{`"),
    FailureCase(#"{"a"«» 1}"#, "missing colon after a key", label: "expected `:`"),
    FailureCase(#"{"a" «=» 1}"#, "expected `:` after the key, found `=`"),
    FailureCase(
      #"{«"a"» }"#, "key without a value", label: "expected `:` and a value after it"),
    FailureCase(
      #"{«"a"», "b": 1}"#, "key without a value", label: "expected `:` and a value after it"),
    FailureCase(#"{"a"«:» }"#, "expected a value after this colon"),
    FailureCase(#"{"a"«:» , "b": 1}"#, "expected a value after this colon"),
    FailureCase(
      #"["a"«:» 1]"#, "key in an array",
      help: "write `{` and `}` around members, `[` and `]` around a list"),
  ]

  static let strings = [
    FailureCase("{«'a'»: 1}", "string in single quotes", help: "write `\"` in place of `'`"),
    FailureCase("[«'a b'»]", "string in single quotes", help: "write `\"` in place of `'`"),
    FailureCase("[«'»a\n]", "string in single quotes", help: "write `\"` in place of `'`"),
    FailureCase("[«“»a”]", "typographic quote `“`", help: "write `\"` in its place"),
    FailureCase(
      "{\"a\": «\"»b«»\n}", "string is not closed", label: "expected `\"`",
      help: "write `\\n` for a line break in a string", related: "the string starts here", place: 1),
    FailureCase(
      "[«\"»é\\n«»", "string is not closed", label: "expected `\"`",
      related: "the string starts here", place: 1),
    FailureCase(
      "[«\"»a\\«»", "string is not closed", label: "expected `\"`",
      related: "the string starts here", place: 1),
    FailureCase("[\"a«\t»b\"]", "tab in a string", help: "write `\\t`"),
    FailureCase(
      "[\"\\n«\u{1}»b\"]", "control character U+0001 in a string", help: "write `\\u0001`"),
    FailureCase(
      #"["a«\x»41"]"#, #"unknown escape `\x`"#, help: #"write `\\` for a backslash"#),
    FailureCase(
      #"["a«\é»"]"#, #"unknown escape `\é`"#, help: #"write `\\` for a backslash"#),
    FailureCase(
      "[\"a«\\»\n\"]", "backslash before a line break or control character",
      help: #"write `\\` for a backslash"#),
    FailureCase(#"["«\u12»g4"]"#, #"`\u` without four hexadecimal digits"#),
    FailureCase(
      #"["«\ud83d»x"]"#, #"`\ud83d` is half of a surrogate pair"#,
      help: "write both halves, or the character itself"),
    FailureCase(
      #"["«\uDE00»"]"#, #"`\uDE00` is half of a surrogate pair"#,
      help: "write both halves, or the character itself"),
    FailureCase(
      #"["«\ud83d»\u0041"]"#, #"`\ud83d` is half of a surrogate pair"#,
      help: "write both halves, or the character itself"),
    FailureCase(
      #"["say "«hi»"]"#, "text after the string's end", help: #"write `\"` for a quote in a string"#
    ),
  ]

  static let words = [
    FailureCase("[«True»]", "`True` is not a JSON value", help: "write `true`"),
    FailureCase("[«FALSE»]", "`FALSE` is not a JSON value", help: "write `false`"),
    FailureCase("[«None»]", "`None` is not a JSON value", help: "write `null`"),
    FailureCase("[«undefined»]", "`undefined` is not a JSON value", help: "write `null`"),
    FailureCase("[«NaN»]", "JSON has no `NaN`"),
    FailureCase("[«-Infinity»]", "JSON has no `-Infinity`"),
    FailureCase("[«truest»]", "text without quotes", help: #"write `"truest"`"#),
    FailureCase("[«nul»]", "text without quotes", help: #"write `"nul"`"#),
    FailureCase(#"{"Effect": «Allow»}"#, "text without quotes", help: #"write `"Allow"`"#),
    FailureCase("[«<»html>]", "expected a value, found `<`"),
    FailureCase("[«`»a`]", "expected a value, found a backtick"),
    FailureCase(
      "{\"a\":«\u{A0}»1}", "invisible character U+00A0 between values", help: "remove it"),
    FailureCase("[«\u{FEFF}»1]", "invisible character U+FEFF between values", help: "remove it"),
  ]

  static let numbers = [
    FailureCase(
      "[«0123»]", "number with a leading zero",
      help: #"write `"0123"` for text such as an account id"#),
    FailureCase(
      "[«-012»]", "number with a leading zero",
      help: #"write `"-012"` for text such as an account id"#),
    FailureCase("[«+1»]", "number that begins with `+`", help: "begin it with a digit or `-`"),
    FailureCase("[«.5»]", "number that begins with `.`", help: "begin it with a digit or `-`"),
    FailureCase("[«1.»]", "number without a digit where one belongs"),
    FailureCase("[«1.e3»]", "number without a digit where one belongs"),
    FailureCase("[«1e+»]", "number without a digit where one belongs"),
    FailureCase("«-»", "expected a digit after `-`"),
    FailureCase("[0«x»1F]", "expected `,` or `]`, found `x`"),
  ]

  static let ends = [
    FailureCase(
      "«{»\"a\": [1]«»\n\n", "object is not closed", label: "expected `}`",
      related: "the object starts here", place: 1),
    FailureCase(
      "{\"a\": «[»1, 2«»", "array is not closed", label: "expected `]`",
      related: "the array starts here", place: 1),
    FailureCase(
      "{\"a\": «[»1«}»", "array is closed with `}`", label: "expected `]`",
      related: "the array starts here", place: 1),
    FailureCase(
      "«{»\"a\": 1«]»", "object is closed with `]`", label: "expected `}`",
      related: "the object starts here", place: 1),
    FailureCase("{}«}»", "`}` closes nothing"),
    FailureCase("«]»", "`]` closes nothing"),
    FailureCase(
      "{«}»\n«{»}", "more than one JSON document", help: "put each in a file of its own",
      related: "the document ends here", place: 1),
    FailureCase(
      "{«}» «done»", "text after the end of the document", related: "the document ends here",
      place: 1),
    FailureCase(
      #""Version"«:» "2012-10-17""#, "members without braces",
      help: "write `{` before the first and `}` after the last"),
    FailureCase(" \n«»", "the document is empty"),
  ]

  @Test(arguments: commas + comments + keysAndColons)
  func `What stands between values is told in words`(_ example: FailureCase) throws {
    try example.check(path: "a.json")
  }

  @Test(arguments: strings + words + numbers)
  func `What is no value is told in words`(_ example: FailureCase) throws {
    try example.check(path: "a.json")
  }

  @Test(arguments: ends)
  func `What does not end is shown where it began`(_ example: FailureCase) throws {
    try example.check(path: "a.json")
  }

  @Test(arguments: ["a.json", "a.yaml"])
  func `Depth is limited, and named`(_ path: String) throws {
    let fits =
      String(repeating: "[", count: Limits.depth)
      + String(repeating: "]", count: Limits.depth)
    #expect(syntaxFailure(of: Source(path: path, fits)) == nil)
    let found = try #require(syntaxFailure(of: Source(path: path, "[" + fits + "]")))
    #expect(found.message.hasPrefix("more than 512 levels of"))
    #expect(found.place.range.lowerBound == Limits.depth)
  }

  @Test func `A million open brackets fail at once`() throws {
    let text = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    for path in ["a.json", "a.yaml"] {
      let source = Source(path: path, text: text)
      let duration = ContinuousClock().measure {
        #expect(syntaxFailure(of: source)?.message.hasPrefix("more than 512 levels") == true)
      }
      #expect(duration < .seconds(2))
    }
  }

  @Test func `A failure becomes a finding with all it says`() throws {
    let found = try #require(syntaxFailure(of: Source(path: "a.json", "{\"a\": [1}"))).finding
    #expect(found.rule == "policy-syntax")
    #expect(found.severity == .error)
    #expect(found.message == "array is closed with `}`")
    #expect(found.label == "expected `]`")
    #expect(found.place?.range == 8..<9)
    #expect(found.related.count == 1)
    let comma = try #require(syntaxFailure(of: Source(path: "a.json", "[1,]"))).finding
    #expect(comma.help == "remove the comma")
  }
}
