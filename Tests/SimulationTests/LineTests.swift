import Authorization
import PolicyModel
import Testing

@testable import Simulation

@Suite struct `Streams of documents` {
  private static let good = #"{"ActionNames": ["s3:GetObject"]}"#
  private static let stream =
    "\(good)\nnonsense\n\n\(good)\r\n{\"ActionNames\": 3}\n\(good)"

  @Test(arguments: [1, 2, 7, 40, 1 << 16])
  func `Every line has one answer, however the bytes come in`(pieces: Int) {
    let answers = lines(Array(Self.stream.utf8), pieces: pieces)
    #expect(
      answers.map { $0.hasPrefix(#"{"EvaluationResults":["#) } == [
        true, false, false, true, false, true,
      ])
    #expect(
      answers.map { $0.hasPrefix(#"{"error":{"message":"#) } == [
        false, true, true, false, true, false,
      ])
  }

  @Test func `An error says where on which line`() throws {
    let answers = lines(Array("{}\n{\"ActionNames\": [«s3:GetObject\"]}\n".utf8))
    let error = try Tree.parse(Source(path: "", answers[1]), format: .json).root["error"]
    #expect(error?["line"]?.integer == 2)
    #expect(error?["column"]?.integer == 18)
    #expect(error?["message"]?.string != nil)
  }

  @Test(arguments: [1, 16, 1 << 10])
  func `A line that is too long is passed over without being kept`(pieces: Int) {
    let long = String(repeating: "x", count: 5000)
    let stream = "\(Self.good)\n\(long)\n\(Self.good)\n\(long)"
    let answers = lines(Array(stream.utf8), pieces: pieces, longestLine: 64)
    #expect(answers.count == 4)
    #expect(answers[1].contains("the line is longer than 64 bytes"))
    #expect(answers[3].contains("the line is longer than 64 bytes"))
    #expect(answers[0] == answers[2])
    #expect(answers[0].hasPrefix(#"{"EvaluationResults""#))
  }

  @Test func `A line's answer does not depend on the lines before it`() {
    let denied = #"{"PolicyInputList": [{"Statement": []}], "ActionNames": ["s3:a"]}"#
    let allowed =
      #"{"PolicyInputList": ["{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"], "#
      + #""ActionNames": ["s3:a"]}"#
    let alone = [denied, allowed].map { lines(Array($0.utf8))[0] }
    let together = lines(Array("\(denied)\n\(allowed)\n\(denied)\n\(allowed)".utf8))
    #expect(together == alone + alone)
  }

  @Test func `What is kept of a stream of ever new policies is bounded`() throws {
    var cache = PolicyCache(policies: 8, bytes: 1 << 20)
    for number in 0..<100 {
      let text = #"["{\"Statement\": {\"Sid\": \"s\#(number)\"}}"]"#
      let tree = try Tree.parse(Source(path: "", text), format: .json)
      let node = try #require(tree.root.elements.first { _ in true })
      _ = try cache.policy(node, as: .identity)
      #expect(cache.count <= 8)
    }
  }

  @Test func `A policy that is asked for again is kept`() throws {
    var cache = PolicyCache(policies: 8, bytes: 1 << 20)
    func policy(_ number: Int) throws -> CachedPolicy {
      let tree = try Tree.parse(
        Source(path: "", #"["{\"Id\": \"\#(number)\"}"]"#), format: .json)
      return try cache.policy(try #require(tree.root.elements.first { _ in true }), as: .bucket)
    }
    let first = try policy(0)
    for number in 1..<50 {
      _ = try policy(number)
      #expect(try policy(0) === first)
    }
  }

  @Test func `The same text is another policy where it is attached elsewhere`() throws {
    var cache = PolicyCache()
    let tree = try Tree.parse(Source(path: "", #"["{\"Statement\": []}"]"#), format: .json)
    let node = try #require(tree.root.elements.first { _ in true })
    let bucket = try cache.policy(node, as: .bucket)
    #expect(try cache.policy(node, as: .key).compiled.policy.kind == .key)
    #expect(try cache.policy(node, as: .bucket) === bucket)
  }
}
