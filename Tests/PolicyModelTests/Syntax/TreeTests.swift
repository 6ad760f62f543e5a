import PolicyModel
import Testing

@Suite struct `Nodes` {
  @Test func `Pointers name every value and key`() throws {
    let text = #"{"a": [1, {"b/c": [], "~": {"d": [[2]]}}], "": {"": 3}, "é": 4, "a": 5}"#
    let tree = try Tree.parse(Source(path: "a.json", text))
    let pointers = tree.entries.indices.map { Node(tree: tree, index: $0).pointer }
    let expected = [
      "", "/a", "/a", "/a/0", "/a/1", "/a/1/b~1c", "/a/1/b~1c", "/a/1/~0", "/a/1/~0",
      "/a/1/~0/d", "/a/1/~0/d", "/a/1/~0/d/0", "/a/1/~0/d/0/0", "/", "/", "//", "//", "/é", "/é",
      "/a", "/a",
    ]
    #expect(pointers == expected.map { [$0] })
  }

  @Test func `Pointers into a long list are quick`() throws {
    let count = 200_000
    let text = "[" + Array(repeating: "{\"a\": 1}", count: count).joined(separator: ",") + "]"
    let tree = try Tree.parse(Source(path: "a.json", text))
    let last = Node(tree: tree, index: tree.entries.count - 1)
    let start = ContinuousClock.now
    #expect(last.pointer == ["/\(count - 1)/a"])
    #expect(start.duration(to: .now) < .seconds(1))
  }

  @Test func `Duplicate keys stay, and the last is the one that is found`() throws {
    let tree = try Tree.parse(Source(path: "a.json", #"{"a": 1, "b": 2, "a": 3}"#))
    #expect(tree.root.members.map(\.name) == ["a", "b", "a"])
    #expect(tree.root["a"]?.integer == 3)
    #expect(tree.root[named: "a"]?.integer == 3)
    #expect(tree.root.count == 3)
    #expect(tree.root["c"] == nil)
  }

  struct Pair: Sendable, CustomTestStringConvertible {
    var left: String
    var right: String
    var areSame: Bool
    var testDescription: String { "\(left) and \(right)" }
  }

  @Test(arguments: [
    Pair(left: #"{"a": 1, "b": [2]}"#, right: #"{ "b": [2], "\u0061": 1 }"#, areSame: true),
    Pair(left: #"{"a": 1, "a": 2}"#, right: #"{"a": 1, "a": 2}"#, areSame: true),
    Pair(left: #"{"a": 1, "a": 2}"#, right: #"{"a": 2, "a": 1}"#, areSame: false),
    Pair(left: #"{"a": 1, "b": 1}"#, right: #"{"a": 1, "c": 1}"#, areSame: false),
    Pair(left: #"{"a": 1}"#, right: #"{"a": 1, "b": 1}"#, areSame: false),
    Pair(left: "[1, 2]", right: "[2, 1]", areSame: false),
    Pair(left: "[1]", right: "[1, 1]", areSame: false),
    Pair(left: "[]", right: "{}", areSame: false),
    Pair(left: "true", right: "false", areSame: false),
    Pair(left: #""1""#, right: "1", areSame: false),
    Pair(left: "null", right: " null ", areSame: true),
  ]) func `Values are compared element by element`(_ pair: Pair) throws {
    let left = try Tree.parse(Source(path: "a.json", pair.left)).root
    let right = try Tree.parse(Source(path: "b.json", pair.right)).root
    #expect(left.hasSameValue(as: right) == pair.areSame)
    #expect(right.hasSameValue(as: left) == pair.areSame)
    #expect(Set([NodeValue(of: left), NodeValue(of: right)]).count == (pair.areSame ? 1 : 2))
  }

  @Test func `Escapes are decoded, and slices are not copied`() throws {
    let text = #"["\"\\\/\b\f\n\r\t\u0041\u00e9\uD83D\ude00", "é", "", "\u0000"]"#
    let elements = Array(try Tree.parse(Source(path: "a.json", text)).root.elements)
    #expect(elements[0].string == "\"\\/\u{8}\u{C}\n\r\tAé😀")
    #expect(elements[1].string == "é")
    #expect(elements[1].entry.flags == .quoted)
    #expect(elements[2].string == "")
    #expect(elements[3].string == "\0")
  }

  @Test func `A part of a string lies in the text, through escapes`() throws {
    let marked = MarkedText(#"["ab«c\u00e9»d", "«x»yz", "«\ud83d\ude00»"]"#)
    let elements = Array(try Tree.parse(marked.source()).root.elements)
    #expect(elements[0].place(ofContent: 2..<5).range == marked.ranges[0])
    #expect(elements[1].place(ofContent: 0..<1).range == marked.ranges[1])
    // Half of an escape is shown as the whole.
    #expect(elements[2].place(ofContent: 1..<2).range == marked.ranges[2])
    // More than there is ends with the string.
    #expect(elements[1].place(ofContent: 3..<9).range.isEmpty)
  }

  @Test func `Long runs of space in a string with escapes are quick`() throws {
    let space = String(repeating: " ", count: 100_000)
    let tree = try Tree.parse(Source(path: "a.json", "[\"\\n\(space)x\"]"))
    let node = Node(tree: tree, index: 1)
    let start = ContinuousClock.now
    #expect(node.place(ofContent: 100_001..<100_002).range == 100_004..<100_005)
    #expect(start.duration(to: .now) < .seconds(2))
  }

  @Test func `A part of a YAML text lies in the text, through quotes and folds`() throws {
    let marked = MarkedText("- 'it''s «me»'\n- |\n  one\n  «two»\n- \"a\n   «b»\\e«c»\"\n- é «f»\n")
    let elements = Array(try Tree.parse(marked.source("a.yaml")).root.elements)
    #expect(elements[0].place(ofContent: 5..<7).range == marked.ranges[0])
    #expect(elements[1].place(ofContent: 4..<7).range == marked.ranges[1])
    #expect(elements[2].string == "a b\u{1B}c")
    #expect(elements[2].place(ofContent: 2..<3).range == marked.ranges[2])
    #expect(elements[2].place(ofContent: 4..<5).range == marked.ranges[3])
    #expect(elements[3].place(ofContent: 3..<4).range == marked.ranges[4])
  }
}

@Suite struct `Building trees` {
  @Test func `A resolved tree keeps the places and pointers of its template`() throws {
    let marked = MarkedText(
      "Role:\n  Policy:\n    - «!Sub 'arn:${X}'»\n    - !If [c, «{a: «'b''c'», d: !Ref e}», f]\n")
    let template = try Tree.parse(marked.source("t.yaml"))
    let policy = try #require(template.root[path: "Role", "Policy"])
    let elements = Array(policy.elements)
    let chosen = Array(elements[1].elements)[1]
    var builder = TreeBuilder(resolving: template, address: "Role")
    builder.beginArray(from: policy)
    builder.text(
      .segments([.literal("arn:"), .unknown(reason: "no parameter")]), from: elements[0])
    builder.copy(chosen)
    builder.beginObject(from: elements[1])
    builder.string("key", from: elements[1])
    builder.boolean(true, from: chosen)
    builder.end()
    builder.null(from: policy)
    builder.number("12", from: policy)
    builder.end()
    let tree = builder.finish()
    let made = Array(tree.root.elements)
    #expect(made.count == 5)
    #expect(tree.root.range == policy.range)
    #expect(tree.root.pointer == ["/Role/Policy"])
    #expect(made[0].kind == .reference)
    #expect(made[0].policyText?.description == "arn:${…}")
    #expect(made[0].pointer == ["/Role/Policy/0"])
    #expect(made[0].range == elements[0].range)
    #expect(made[1].range == marked.ranges[1])
    #expect(made[1].pointer == ["/Role/Policy/1/1"])
    #expect(made[1]["a"]?.range == marked.ranges[2])
    #expect(made[1]["a"]?.string == "b'c")
    #expect(made[1]["a"]?.place.pointer == ["/Role/Policy/1/1/a"])
    #expect(made[1]["d"]?.tag == "!Ref")
    #expect(made[1]["a"]?.address == "Role")
    #expect(made[2]["key"]?.boolean == true)
    #expect(made[2]["key"]?.scalarText == "true")
    #expect(made[3].kind == .null)
    #expect(made[4].integer == 12)
  }

  @Test func `A document in a resolved tree is addressed by its resource`() throws {
    let source = Source(path: "plan.json", #"{"policy": "{\"Sid\": 1}"}"#)
    let tree = try Tree.parse(source)
    let policy = try #require(tree.root["policy"])
    let inner = try policy.embeddedDocument(address: "aws_iam_role.copy")
    #expect(inner.root["Sid"]?.place.address == "aws_iam_role.copy")
    var builder = TreeBuilder(resolving: inner)
    builder.copy(inner.root)
    let resolved = builder.finish()
    #expect(resolved.root["Sid"]?.place == inner.root["Sid"]?.place)
  }
}

@Suite struct `Offset maps` {
  @Test func `Ranges go through escapes and gaps`() {
    var map = OffsetMap(emptyAt: 3)
    #expect(map[0..<0] == 3..<3)
    map.append(2, from: 10..<12, isExact: true)
    map.append(1, from: 12..<18, isExact: false)
    map.append(3, from: 30..<33, isExact: true)
    #expect(map[0..<1] == 10..<11)
    #expect(map[1..<3] == 11..<18)
    #expect(map[2..<2] == 12..<12)
    #expect(map[2..<4] == 12..<31)
    #expect(map[0..<2] == 10..<12)
    #expect(map[0..<6] == 10..<33)
    #expect(map[6..<6] == 33..<33)
  }

  @Test func `A map through a map is the map of both`() {
    var outer = OffsetMap(emptyAt: 0)
    outer.append(4, from: 100..<104, isExact: true)
    outer.append(1, from: 104..<106, isExact: false)
    outer.append(5, from: 120..<125, isExact: true)
    var inner = OffsetMap(emptyAt: 1)
    inner.append(3, from: 2..<5, isExact: true)
    inner.append(1, from: 5..<7, isExact: false)
    inner.append(2, from: 7..<9, isExact: true)
    let both = inner.composed(with: outer)
    for start in 0..<6 {
      for end in start + 1...6 {
        let step = outer[inner[start..<end]]
        #expect(both[start..<end] == step)
      }
    }
    #expect(OffsetMap(emptyAt: 1).composed(with: outer)[0..<0] == 101..<101)
  }
}
