import PolicyModel
import Simulation

/// The longest line of the fuzzed stream, so that lines that are too long are tried, too.
private let longestLine = 8192

/// However a stream is cut into pieces, each line has one answer, which is JSON, and the same one.
func fuzzSimulate(_ bytes: [UInt8]) {
  let whole = answers(to: bytes, pieces: bytes.count + 1)
  var lines = bytes.count { $0 == 0x0A }
  if let last = bytes.last, last != 0x0A { lines += 1 }
  check(whole.count { $0 == 0x0A } == lines, "a line without an answer, or with two")
  for line in whole.split(separator: 0x0A) {
    let source = Source(path: "answer.json", text: Array(line))
    check(
      (try? Tree.json(source.text, from: Tree.Origin(source: source))) != nil,
      "an answer that is no JSON")
  }
  for size in [1, 7, 4096] {
    check(answers(to: bytes, pieces: size) == whole, "pieces of \(size) bytes change answers")
  }
  var simulator = Simulator()
  _ = try? simulator.simulate(bytes, path: "request.json")
}

private func answers(to bytes: [UInt8], pieces size: Int) -> [UInt8] {
  var simulator = LineSimulator(longestLine: longestLine)
  var answers: [UInt8] = []
  var start = 0
  while start < bytes.count {
    let end = min(start + size, bytes.count)
    simulator.read(bytes[start..<end])
    answers += simulator.answers
    simulator.removeAnswers()
    start = end
  }
  simulator.finish()
  return answers + simulator.answers
}
