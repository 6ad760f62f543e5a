import PolicyModel
import Testing

@testable import Simulation

/// An answer as a tree.
func answer(_ document: String) throws -> Node {
  var simulator = Simulator()
  let bytes = try simulator.simulate(Array(document.utf8), path: "input.json")
  return try Tree.parse(Source(path: "answer.json", text: bytes), format: .json).root
}

/// What a document is refused for; nil where it is answered.
func problem(_ document: String) -> InputProblem? {
  var simulator = Simulator()
  do {
    _ = try simulator.simulate(Array(document.utf8), path: "input.json")
    return nil
  } catch {
    return error
  }
}

/// The answers to a stream that arrives in pieces of a size.
func lines(
  _ stream: [UInt8], pieces: Int = 1 << 16, longestLine: Int = Limits.lineBytes
) -> [String] {
  var simulator = LineSimulator(longestLine: longestLine)
  var answers: [UInt8] = []
  for start in stride(from: 0, to: stream.count, by: pieces) {
    simulator.read(stream[start..<min(start + pieces, stream.count)])
    answers += simulator.answers
    simulator.removeAnswers()
  }
  simulator.finish()
  answers += simulator.answers
  return answers.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
}

extension Node {
  /// The answer's only result.
  var onlyResult: Node {
    get throws {
      let results = try #require(self["EvaluationResults"])
      try #require(results.count == 1)
      return try #require(results.elements.first { _ in true })
    }
  }

  /// The strings of an array under a name.
  func strings(_ name: StaticString) -> [String] {
    self[name]?.elements.compactMap(\.string) ?? []
  }

  /// The policies that the matched statements stand in.
  var matchedPolicies: [String] {
    self["MatchedStatements"]?.elements.compactMap { $0["SourcePolicyId"]?.string } ?? []
  }
}

/// A JSON string of a text.
func quotedJSON(_ text: String) -> String {
  var writer = JSONWriter()
  writer.string(text)
  return String(decoding: writer.bytes, as: UTF8.self)
}
