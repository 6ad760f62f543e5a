import PolicyModel
import Testing

/// A YAML text and the JSON text it must be the same as.
struct YAMLCase: Sendable, CustomTestStringConvertible {
  var yaml: String
  var json: String
  var testDescription: String { yaml }

  init(_ yaml: String, _ json: String) {
    self.yaml = yaml
    self.json = json
  }
}

@Suite struct `YAML values` {
  static let same = [
    YAMLCase("a: b", #"{"a": "b"}"#),
    YAMLCase("Version: 2012-10-17", #"{"Version": "2012-10-17"}"#),
    YAMLCase("- 012345678901\n- 1.50\n- 0x1F\n- 1_000", #"["012345678901","1.50","0x1F","1_000"]"#),
    YAMLCase("[yes, no, on, off, y, n]", #"["yes","no","on","off","y","n"]"#),
    YAMLCase("[true, false, True, FALSE, tRUE]", #"[true,false,true,false,"tRUE"]"#),
    YAMLCase("[null, ~, Null, NULL]", #"[null,null,"Null","NULL"]"#),
    YAMLCase("a:\nb:", #"{"a":null,"b":null}"#),
    YAMLCase("{Null: {true: ~}, yes: 1, ~: 2}", #"{"Null":{"true":null},"yes":"1","~":"2"}"#),
    YAMLCase("a: 'it''s'\nb: \"\\x41\\u00e9\\n\"", #"{"a":"it's","b":"Aé\n"}"#),
    YAMLCase("a: |\n  b\n  c\nd: >-\n  e\n  f\n", #"{"a":"b\nc\n","d":"e f"}"#),
    YAMLCase("a: b\n  c\n", #"{"a":"b c"}"#),
    YAMLCase("a:\n- b\n-  - c\n   - {}\n   - []", #"{"a":["b",["c",{},[]]]}"#),
    YAMLCase("? a\n: b", #"{"a":"b"}"#),
    YAMLCase("%YAML 1.2\n---\na: b\n...\n", #"{"a":"b"}"#),
    YAMLCase(
      "a: !!str true\nb: !!null x\nc: !!bool 'true'\nd: ! null",
      #"{"a":"true","b":null,"c":true,"d":"null"}"#),
    YAMLCase(
      "a: &x [1, {b: 2}]\nc: *x\nd: [*x]",
      #"{"a":["1",{"b":"2"}],"c":["1",{"b":"2"}],"d":[["1",{"b":"2"}]]}"#),
    YAMLCase("a: &x b\n*x : c", #"{"a":"b","b":"c"}"#),
    YAMLCase("- &x a\n- &x b\n- *x", #"["a","b","b"]"#),
    YAMLCase("- &x {a: 1, b: 2}\n- {<<: *x, b: 3}", #"[{"a":"1","b":"2"},{"b":"3","a":"1"}]"#),
    YAMLCase(
      "- &x {a: 1}\n- &y {a: 2, b: 2}\n- {<<: [*x, *y], c: 3}",
      #"[{"a":"1"},{"a":"2","b":"2"},{"c":"3","a":"1","b":"2"}]"#),
    YAMLCase(
      "{<<: {<<: {a: 1, b: 1}, b: 2}, c: {<<: {d: e}}}", #"{"c":{"d":"e"},"b":"2","a":"1"}"#),
    YAMLCase("{'<<': 1}", #"{"<<":"1"}"#),
    YAMLCase(
      "a: !Sub '${b}'\nc: !GetAtt d.Arn\ne: !Ref true", #"{"a":"${b}","c":"d.Arn","e":"true"}"#),
  ]

  @Test(arguments: same) func `YAML gives the tree of JSON`(_ example: YAMLCase) throws {
    let yaml = try Tree.parse(Source(path: "a.yaml", example.yaml))
    let json = try Tree.parse(Source(path: "a.json", example.json))
    #expect(yaml.root.hasSameValue(as: json.root))
    #expect(json.root.hasSameValue(as: yaml.root))
  }

  @Test func `CloudFormation's tags stay on their nodes`() throws {
    let marked = MarkedText(
      "a: !Sub «'${b}'»\nc: !Join «['', [!Ref «b», !Ref «d»]]»\ne: !If\n  «- x»\nf: !!str «g»\nh: &i !Sub «j»"
    )
    let tree = try Tree.parse(marked.source("t.yaml"))
    #expect(tree.root["a"]?.tag == "!Sub")
    #expect(tree.root["c"]?.tag == "!Join")
    #expect(tree.root["e"]?.tag == "!If")
    #expect(tree.root["f"]?.tag == nil)
    let arguments = try #require(tree.root["c"]).elements
    let references = try #require(Array(arguments).last)
    let found = [
      tree.root["a"]?.range, tree.root["c"]?.range, references.elements.map(\.range).first,
      references.elements.map(\.range).last, tree.root["e"]?.range, tree.root["f"]?.range,
      tree.root["h"]?.range,
    ]
    #expect(found == marked.ranges)
  }
}

/// A YAML text whose marks show every node and key below the root, in the order they begin.
@Suite struct `YAML positions` {
  static let texts = [
    "«a»: «b»\n«c»: «d»\n",
    "«a»: «b»\r\n«c»: «'d'»\r\n",
    "«é😀»: «x»\n«ü»: «\"ä\\n\"»\n",
    "# 😀\n«a»:\n  «- «b»\n  - «c»»\n# end\n«d»: «{«e»: «f», }» # é\n",
    "«a»: «|\n  b\n  c»\n\n«d»: «>-\n  e»\n",
    "«a»: «b\n  c» # d\n",
    "«é»: «[«b», «[«ü»]» ]»\n«x»: «y»",
    "«a»: «\"b\u{2028}c\"»\n«d»: «e\u{2028} f»\n«g»: «h\u{85} i»\n«j»: «k»",
    "«a»:«»\n«b»: «1»",
  ]

  @Test(arguments: texts) func `Every node is where its mark is`(_ text: String) throws {
    let marked = MarkedText(text)
    let tree = try Tree.parse(marked.source("a.yaml"))
    let found = tree.entries.indices.dropFirst().map { Node(tree: tree, index: $0).range }
    #expect(found == marked.ranges)
  }

  @Test func `A value behind an alias lies at its anchor`() throws {
    let marked = MarkedText("a: &x {b: «é»}\nc: *x\nd:\n  <<: *x\n")
    let tree = try Tree.parse(marked.source("a.yaml"))
    let aliased = try #require(tree.root[path: "c", "b"])
    let merged = try #require(tree.root[path: "d", "b"])
    #expect(aliased.range == marked.ranges[0])
    #expect(aliased.pointer == ["/c/b"])
    #expect(aliased.entry.flags.contains(.aliased))
    #expect(merged.range == marked.ranges[0])
    #expect(merged.pointer == ["/d/b"])
    #expect(merged.entry.flags.contains(.aliased))
    #expect(tree.root[path: "a", "b"]?.entry.flags.contains(.aliased) == false)
  }

  static let embedded = [
    #"a: "{\"Sid\": «\"x\"»}""#,
    "a: '{\"Sid\": «\"it''s\"»}'",
    "a: |\n  {\n    \"Sid\":\n      «\"x\"»\n  }\n",
    "a: >\n  {\"é\": 1,\n   \"Sid\": «\"x\"»}\n",
    "a: '{\"Sid\":\n\n  «\"x\"»}'",
    "a: \"{\\\"Sid\\\":\\\n  «\\x22x\\u0022»}\"",
  ]

  @Test(arguments: embedded) func `A policy in a YAML text lies in the file`(
    _ text: String
  ) throws {
    let marked = MarkedText(text)
    let tree = try Tree.parse(marked.source("a.yaml"))
    let policy = try #require(tree.root["a"]).embeddedDocument()
    #expect(policy.root["Sid"]?.range == marked.ranges[0])
  }
}
