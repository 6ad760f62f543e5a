import Testing

@testable import PolicyModel

/// The way to each value of a document, whether its neighbours hold something or not.
@Suite struct `Pointers of values` {
  /// Every value with its pointer, found by walking down.
  private static func walked(_ node: Node, _ pointer: String = "") -> [String] {
    var all = [pointer]
    for (number, element) in node.elements.enumerated() {
      all += walked(element, "\(pointer)/\(number)")
    }
    for member in node.members { all += walked(member.value, "\(pointer)/\(member.name)") }
    return all
  }

  /// Every value with the pointer that it says it has; of a member, its key's too.
  private static func said(_ node: Node) -> [String] {
    var all = node.pointer
    for element in node.elements { all += said(element) }
    for member in node.members {
      #expect(member.key.pointer == member.value.pointer)
      all += said(member.value)
    }
    return all
  }

  @Test(arguments: [
    "1", "[]", "{}", "[1, 2, 3]", #"{"a": 1, "b": 2, "c": 3}"#, "[[], {}, []]", "[[1], 2, [3, 4]]",
    "[1, [], 2, [[]], 3]", #"{"a": [1, 2], "b": {}, "c": {"d": [3], "e": 4}, "f": 5}"#,
    #"[{"a": 1}, {"b": [{"c": 2}]}, 3]"#, #"{"a": {}, "b": [], "c": [1, {"d": null}]}"#,
  ])
  func `Each value knows its own`(text: String) throws {
    let root = try Tree.parse(Source(path: "a.json", text)).root
    #expect(Self.said(root) == Self.walked(root))
    let yaml = try Tree.parse(Source(path: "a.yaml", text)).root
    #expect(Self.said(yaml) == Self.walked(yaml))
  }

  @Test func `Values that YAML repeats know the place they are repeated at`() throws {
    let text = "a: &a [1, 2]\nb: [*a, 3]\nc: {<<: {d: 4, e: 5}, f: 6}\n"
    let root = try Tree.parse(Source(path: "a.yaml", text)).root
    #expect(Self.said(root) == Self.walked(root))
  }

  @Test func `Members are found by name, the last of duplicates, escaped or not`() throws {
    let text = #"{"a": 1, "bb": [2], "\u0061": 3, "": 4, "long\nname": 5, "x": {"a": 6}}"#
    let root = try Tree.parse(Source(path: "a.json", text)).root
    #expect(root["a"]?.integer == 3)
    #expect(root[named: "a"]?.integer == 3)
    #expect(root["bb"]?.count == 1)
    #expect(root[""]?.integer == 4)
    #expect(root[named: "long\nname"]?.integer == 5)
    #expect(root["long\nname"]?.integer == 5)
    #expect(root["b"]?.kind == nil && root[named: "bbb"]?.kind == nil)
    #expect(root["bb"]?["a"]?.kind == nil)
    let yaml = try Tree.parse(Source(path: "a.yaml", "'a': 1\n\"b\\x63\": 2\nd: 3\n")).root
    #expect(yaml["a"]?.integer == 1)
    #expect(yaml["bc"]?.integer == 2)
    #expect(yaml["d"]?.integer == 3)
  }
}
