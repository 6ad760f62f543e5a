import Foundation
import PolicyModel
import Testing

/// Numbers that look random and are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct `Hostile texts` {
  static let seeds = [
    #"{"Version": "2012-10-17", "Statement": [{"Sid": "é\u00e9\ud83d\ude00", "Effect": true}]}"#,
    #"{"Policy": "{\"a\": [1.5e3, -0, \"\\u0041\", null]}", "b": {"c": {}}}"#,
    "a: &x {b: 'it''s', c: \"\\x41\\u00e9\\\n  d\"}\ne:\n- *x\n- <<: *x\n  f: !Sub '${g}'\n",
    "%YAML 1.1\n---\n# é\r\nk: |+\r\n  😀\r\n\r\nl: >-\r\n  a\r\n  b\r\n? m\r\n: !!str n\r\n...\r\n",
    "- - - [a, {b: c, d: [e]}]\n  - &a !t x\n  -\n- *a\n- {? q : r}\n- \"\u{2028}\u{85}\"\n",
    "a: '%7B%22b%22%3A1%7D'\nb: |\n  {\"a\":\n   [1]}\n",
  ]

  static let tokens = [
    "{", "}", "[", "]", ",", ":", ": ", "\"", "'", "\\", "\\u", "\\ud800", "\n", "\r\n", "\t", "  ",
    "- ", "? ", "*x", "&x ", "!t ", "<<: ", "|\n", ">\n", "#", "---\n", "...\n", "%", "\u{FEFF}",
    "\u{85}", "\u{2028}", "😀", "0", "-", "1e", "true", "null", "~", "\0", "\u{7F}", "@", "`",
  ]

  private func mutated(
    _ bytes: [UInt8], _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let at = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, at + Int.random(in: 0...12, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.removeSubrange(at..<end)
      case 1: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 2: bytes.removeSubrange(at...)
      case 3 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &generator)
      default:
        let token = Self.tokens.randomElement(using: &generator) ?? ""
        bytes.insert(contentsOf: token.utf8, at: at)
      }
    }
    return bytes
  }

  /// Looks at everything a tree offers; what is wrong, or nil.
  private func complaint(about tree: Tree, levels: Int = 2) -> String? {
    for index in tree.entries.indices {
      let node = Node(tree: tree, index: index)
      let range = node.range
      guard range.upperBound <= tree.source.text.count else { return "\(range) is not in the text" }
      let entry = node.entry
      guard entry.next > index, entry.next <= tree.entries.count else { return "no next" }
      let count = node.withContent { $0.count }
      guard node.kind == .object || node.kind == .array || count <= tree.text.count * 3 + 8 else {
        return "\(count) bytes of content"
      }
      let part = node.place(ofContent: count / 3..<count).range
      guard part.upperBound <= tree.source.text.count else { return "\(part) is not in the text" }
      if node.pointer.isEmpty { return "no pointer" }
      if node.kind == .string, levels > 0, let inner = try? node.embeddedDocument(),
        let complaint = complaint(about: inner, levels: levels - 1)
      {
        return "embedded: " + complaint
      }
    }
    return tree.root.hasSameValue(as: tree.root) ? nil : "not the same as itself"
  }

  private func check(_ bytes: [UInt8], _ format: DocumentFormat) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    do {
      let source = try Source.decoding(bytes, path: "hostile")
      let tree = try Tree.parse(source, format: format)
      let complaint = complaint(about: tree)
      #expect(complaint == nil, "\(text.debugDescription)")
      return true
    } catch {
      let places = [error.place] + error.related.compactMap(\.place)
      #expect(!error.message.isEmpty)
      #expect(
        places.allSatisfy { $0.range.upperBound <= $0.source.text.count },
        "\(text.debugDescription)")
      return false
    }
  }

  @Test(arguments: [DocumentFormat.json, .yaml]) func `Mutated documents never trap`(
    _ format: DocumentFormat
  ) {
    var generator = SeededGenerator(seed: 20_261_121)
    var accepted = 0
    var refused = 0
    for _ in 0..<3000 {
      let seed = Self.seeds.randomElement(using: &generator) ?? ""
      if check(mutated(Array(seed.utf8), &generator), format) {
        accepted += 1
      } else {
        refused += 1
      }
    }
    // Both roads are travelled.
    #expect(accepted > 100)
    #expect(refused > 500)
  }

  @Test(arguments: [DocumentFormat.json, .yaml]) func `Random tokens never trap`(
    _ format: DocumentFormat
  ) {
    var generator = SeededGenerator(seed: 7)
    var refused = 0
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        bytes += (Self.tokens.randomElement(using: &generator) ?? "").utf8
      }
      if !check(bytes, format) { refused += 1 }
    }
    #expect(refused > 500)
  }

  @Test(arguments: [DocumentFormat.json, .yaml]) func `Random bytes never trap`(
    _ format: DocumentFormat
  ) {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...40, using: &generator)
      _ = check((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }, format)
    }
  }

  @Test func `Every beginning of a document is refused or read, and never traps`() {
    for seed in Self.seeds {
      let bytes = Array(seed.utf8)
      for count in 0...bytes.count {
        _ = check(Array(bytes[..<count]), .json)
        _ = check(Array(bytes[..<count]), .yaml)
      }
    }
  }
}

@Suite(.enabled(if: Corpus.has("aws-managed-policies"), "the managed policies are not here"))
struct `JSON read as YAML` {
  /// Whether two values are the same but for numbers, which YAML leaves as text.
  private func areSame(_ json: Node, _ yaml: Node) -> Bool {
    switch json.kind {
    case .number: json.scalarText == yaml.scalarText
    case .object:
      json.count == yaml.count
        && zip(json.members, yaml.members).allSatisfy {
          $0.name == $1.name && areSame($0.value, $1.value)
        }
    case .array:
      json.count == yaml.count && zip(json.elements, yaml.elements).allSatisfy(areSame)
    case .null, .boolean, .string, .reference: json.hasSameValue(as: yaml)
    }
  }

  @Test func `A policy is the same in both, with the same places`() throws {
    var compared = 0
    for file in Corpus.files(in: "aws-managed-policies") where file.pathExtension == "json" {
      let source = try Source.decoding([UInt8](try Data(contentsOf: file)), path: file.path)
      let json = try Tree.parse(source, format: .json)
      let yaml = try Tree.parse(source, format: .yaml)
      #expect(areSame(json.root, yaml.root), "\(file.path)")
      #expect(json.entries.map(\.start) == yaml.entries.map(\.start), "\(file.path)")
      #expect(json.entries.map(\.end) == yaml.entries.map(\.end), "\(file.path)")
      compared += 1
    }
    #expect(compared > 100)
  }
}
