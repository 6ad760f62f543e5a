import PolicyModel
import Testing

@testable import Drafting

/// How one text is written in each language.
struct TextCase: Sendable, CustomTestStringConvertible {
  var text: String
  var yaml: String
  var hcl: String

  var testDescription: String { "\(text.debugDescription)" }
}

extension TextCase {
  static let all: [TextCase] = [
    TextCase(text: "s3:GetObject", yaml: "s3:GetObject", hcl: #""s3:GetObject""#),
    TextCase(text: "", yaml: #""""#, hcl: #""""#),
    TextCase(text: "*", yaml: #""*""#, hcl: #""*""#),
    TextCase(text: "on", yaml: #""on""#, hcl: #""on""#),
    TextCase(text: "No", yaml: #""No""#, hcl: #""No""#),
    TextCase(text: "null", yaml: #""null""#, hcl: #""null""#),
    TextCase(text: "111122223333", yaml: #""111122223333""#, hcl: #""111122223333""#),
    TextCase(text: "2012-10-17", yaml: #""2012-10-17""#, hcl: #""2012-10-17""#),
    TextCase(text: "a: b", yaml: #""a: b""#, hcl: #""a: b""#),
    TextCase(text: "a:", yaml: #""a:""#, hcl: #""a:""#),
    TextCase(text: "a #b", yaml: #""a #b""#, hcl: #""a #b""#),
    TextCase(text: "- a", yaml: #""- a""#, hcl: #""- a""#),
    TextCase(text: "!Ref a", yaml: #""!Ref a""#, hcl: #""!Ref a""#),
    TextCase(text: #"a"b\c"#, yaml: #""a\"b\\c""#, hcl: #""a\"b\\c""#),
    TextCase(
      text: "a\n\t\r\u{1b}\u{85}", yaml: #""a\n\t\r\u001b\u0085""#, hcl: #""a\n\t\r\u001b\u0085""#),
    TextCase(text: "${a}", yaml: #""${a}""#, hcl: #""$${a}""#),
    TextCase(text: "%{a}", yaml: #""%{a}""#, hcl: #""%%{a}""#),
    TextCase(text: "$${a} $ {", yaml: #""$${a} $ {""#, hcl: #""$$${a} $ {""#),
    TextCase(text: "é", yaml: #""é""#, hcl: #""é""#),
  ]
}

/// A text means the same in every language that a draft is written in.
@Suite struct `Texts in a draft` {
  @Test(arguments: TextCase.all)
  func `A text is written so that it means itself`(_ expected: TextCase) throws {
    #expect(DraftValue.yamlScalar(expected.text) == expected.yaml)
    #expect(expected.text.hcl == expected.hcl)
    let value = DraftValue.object([.init(name: expected.text, value: [.text(expected.text), []])])
    for (document, format) in [(value.yaml, DocumentFormat.yaml), (value.json, .json)] {
      let root = try Tree.parse(Source(path: "x", document), format: format).root
      let member = try #require(Array(root.members).first)
      #expect(member.name == expected.text)
      #expect(Array(member.value.elements).first?.string == expected.text)
    }
  }

  @Test func `JSON and YAML of a value are one document`() throws {
    let value: DraftValue = [
      "a": [["b": "c", "d": [["e"], [["f": []]]]], "g"], "h": .object([]), "i": ["j": ["k": "l"]],
    ]
    var fromYAML = JSONWriter()
    var fromJSON = JSONWriter()
    _ = fromYAML.value(try Tree.parse(Source(path: "x", value.yaml), format: .yaml).root)
    _ = fromJSON.value(try Tree.parse(Source(path: "x", value.json), format: .json).root)
    #expect(fromYAML.bytes == fromJSON.bytes)
    #expect(
      String(decoding: fromJSON.bytes, as: UTF8.self)
        == #"{"a":[{"b":"c","d":[["e"],[{"f":[]}]]},"g"],"h":{},"i":{"j":{"k":"l"}}}"#)
  }

  @Test(arguments: [("a*b", "a${*}b"), ("?", "${?}"), ("${aws:x}", "${$}{aws:x}"), ("a/b", "a/b")])
  func `What means something to a policy is written as the variable that stands for it`(
    text: String, written: String
  ) {
    #expect(text.literalInPolicy == written)
  }
}
