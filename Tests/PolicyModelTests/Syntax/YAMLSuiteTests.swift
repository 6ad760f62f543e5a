import CLibYAML
import Foundation
import PolicyModel
import Testing

/// Whether libyaml itself, without anything of ours, reads a text to its end.
private func isReadByLibYAML(_ bytes: [UInt8]) -> Bool {
  var parser = unsafe yaml_parser_t()
  var event = unsafe yaml_event_t()
  guard unsafe yaml_parser_initialize(&parser) == 1 else { return false }
  defer { unsafe yaml_parser_delete(&parser) }
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
    while true {
      guard unsafe yaml_parser_parse(&parser, &event) == 1 else { return false }
      defer { unsafe yaml_event_delete(&event) }
      if unsafe event.type == YAML_STREAM_END_EVENT { return true }
    }
  }
}

@Suite(.enabled(if: Corpus.has("yaml-test-suite"), "the YAML test suite is not here"))
struct `YAML test suite` {
  /// What we refuse beyond libyaml, for we read one document whose keys are text.
  static let ours = [
    "more than one YAML document", "the document is empty", "list as a key", "mapping as a key",
    "list or mapping as a key",
  ]

  @Test func `We accept and refuse what libyaml accepts and refuses`() throws {
    var compared = 0
    var errors = 0
    for file in Corpus.inputs {
      let bytes = [UInt8](try Data(contentsOf: file))
      let expected = isReadByLibYAML(bytes)
      let name = file.deletingLastPathComponent().path
      compared += 1
      errors += expected ? 0 : 1
      do {
        let tree = try Tree.parse(Source.decoding(bytes, path: name), format: .yaml)
        #expect(expected, "\(name) is accepted")
        #expect(tree.root.range.upperBound <= tree.text.count)
      } catch {
        let isOurs = Self.ours.contains(error.message) || error.message == "the file is empty"
        #expect(!expected || isOurs, "\(name): \(error.message)")
        // A place of libyaml's is in the text.
        #expect(error.place.range.upperBound <= error.place.source.text.count)
      }
    }
    #expect(compared == 402)
    #expect(errors >= 90)
  }

  @Test func `What must be an error and is one to libyaml is one here`() throws {
    let marked = Corpus.inputs.filter { file in
      let error = file.deletingLastPathComponent().appendingPathComponent("error")
      return FileManager.default.fileExists(atPath: error.path)
    }
    #expect(marked.count == 94)
    for file in marked {
      let bytes = [UInt8](try Data(contentsOf: file))
      guard !isReadByLibYAML(bytes) else { continue }
      #expect(throws: SyntaxFailure.self, "\(file.path)") {
        try Tree.parse(Source.decoding(bytes, path: file.path), format: .yaml)
      }
    }
  }
}

extension `YAML test suite` {
  /// Whether a value is what the suite's JSON says, but for what IAM reads as text.
  private func isSame(_ yaml: Node, _ json: Node) -> Bool {
    switch json.kind {
    case .array:
      yaml.kind == .array && yaml.count == json.count
        && zip(yaml.elements, json.elements).allSatisfy(isSame)
    case .object:
      yaml.kind == .object && yaml.count == json.count
        && json.members.allSatisfy { member in
          yaml[named: member.name].map { isSame($0, member.value) } ?? false
        }
    case .string, .reference: yaml.kind == .string && yaml.scalarText == json.scalarText
    case .null: yaml.kind == .null || yaml.scalarText?.lowercased() == "null"
    case .number: yaml.kind == .string
    case .boolean: yaml.scalarText?.lowercased() == json.scalarText
    }
  }

  /// Where libyaml reads another value: `?` and `:` before text, white space at the end.
  private static let libYAMLDiffers = ["652Z", "DK95/01", "HM87/01", "JEF9/02", "L24T/01", "Y2GN"]

  @Test func `Values are those the suite says`() throws {
    var compared = 0
    for file in Corpus.inputs {
      let expected = file.deletingLastPathComponent().appendingPathComponent("in.json")
      guard
        let bytes = try? Data(contentsOf: expected),
        let json = try? Tree.parse(Source.decoding([UInt8](bytes), path: "in.json")),
        let yaml = try? Tree.parse(
          Source.decoding([UInt8](try Data(contentsOf: file)), path: file.path), format: .yaml)
      else { continue }
      let folder = file.deletingLastPathComponent().path
      guard !Self.libYAMLDiffers.contains(where: folder.hasSuffix) else { continue }
      #expect(isSame(yaml.root, json.root), "\(folder)")
      compared += 1
    }
    #expect(compared > 150)
  }
}

extension Corpus {
  /// The YAML suite's inputs.
  fileprivate static var inputs: [URL] {
    let suite = directory.appendingPathComponent("yaml-test-suite")
    let paths = FileManager.default.enumerator(at: suite, includingPropertiesForKeys: nil)
    return (paths?.compactMap { $0 as? URL } ?? [])
      .filter { $0.lastPathComponent == "in.yaml" }
      .sorted { $0.path < $1.path }
  }
}
