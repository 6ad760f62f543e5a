import Foundation
import PolicyModel
import Testing

/// Documents of other projects, beside the checkout where somebody put them.
enum Corpus {
  static let directory = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared/corpora").standardizedFileURL

  static func files(in folder: String) -> [URL] {
    let contents = try? FileManager.default.contentsOfDirectory(
      at: directory.appendingPathComponent(folder), includingPropertiesForKeys: nil)
    return (contents ?? []).sorted { $0.path < $1.path }
  }

  static func has(_ folder: String) -> Bool { !files(in: folder).isEmpty }
}

@Suite(.enabled(if: Corpus.has("json-test-suite"), "the JSON test suite is not here"))
struct `JSON test suite` {
  private func accepted(_ file: URL) throws -> Bool {
    let bytes = [UInt8](try Data(contentsOf: file))
    do {
      _ = try Tree.parse(Source.decoding(bytes, path: file.lastPathComponent), format: .json)
      return true
    } catch {
      #expect(!error.message.isEmpty)
      return false
    }
  }

  private func files(_ prefix: String) -> [URL] {
    Corpus.files(in: "json-test-suite/test_parsing").filter {
      $0.lastPathComponent.hasPrefix(prefix)
    }
  }

  @Test func `Every y file is accepted`() throws {
    let files = files("y_")
    #expect(files.count == 95)
    #expect(try files.filter { try !accepted($0) }.map(\.lastPathComponent) == [])
  }

  @Test func `Every n file is refused`() throws {
    let files = files("n_")
    #expect(files.count == 188)
    #expect(try files.filter { try accepted($0) }.map(\.lastPathComponent) == [])
  }

  @Test func `A file that may be either never traps`() throws {
    let files = files("i_")
    #expect(files.count == 35)
    #expect(try files.filter(accepted).count > 0)
  }
}

@Suite(.enabled(if: Corpus.has("aws-managed-policies"), "the managed policies are not here"))
struct `Managed policies` {
  @Test func `Every one parses and its values lie where its text says`() throws {
    for file in Corpus.files(in: "aws-managed-policies") where file.pathExtension == "json" {
      let source = try Source.decoding(
        [UInt8](try Data(contentsOf: file)), path: file.lastPathComponent)
      let tree = try Tree.parse(source)
      #expect(tree.root.range.upperBound <= source.text.count)
      for index in tree.entries.indices {
        let node = Node(tree: tree, index: index)
        guard let text = node.string else { continue }
        let slice = String(decoding: source.text[node.range], as: UTF8.self)
        #expect(slice.hasPrefix("\"") && slice.hasSuffix("\""))
        if !slice.contains("\\") { #expect(slice == "\"\(text)\"") }
      }
    }
  }
}
