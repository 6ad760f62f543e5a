import Drafting
import PolicyModel

/// Asks a person at a terminal for what is missing.
struct Interview {
  private let surroundings: Surroundings
  /// What was typed and not read yet.
  private var rest: [UInt8] = []

  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// Whether there is anybody to ask: never in CI, nor where the input comes from a file or a pipe.
  static func isPossible(in surroundings: Surroundings) -> Bool {
    surroundings.inputIsTerminal && surroundings.variable("CI") == nil
  }

  /// Asks until everything is said; an input that ends before has said nothing.
  mutating func complete(_ answers: inout DraftAnswers) throws(Refusal) {
    for question in DraftQuestion.open(in: answers) where !question.isIdle(after: answers) {
      guard try !ask(question, &answers) else { continue }
      do throws(DraftProblems) {
        _ = try DraftFacts(answers)
      } catch {
        throw Refusal(error)
      }
      throw Refusal("the answers ended before the last question, and nothing was written")
    }
  }

  /// Asks one question until its answer is one; false where the input ends.
  private mutating func ask(
    _ question: DraftQuestion, _ answers: inout DraftAnswers
  ) throws(Refusal) -> Bool {
    while true {
      let fallback = question.fallback(after: answers)
      try say("\(question.text)\(fallback.map { " [\($0)]" } ?? ""): ")
      guard let line = try line() else {
        try say("\n")
        return false
      }
      let problems = question.take(line, into: &answers)
      guard let refusal = Refusal(problems) else { return true }
      try say(refusal.text)
    }
  }

  private func say(_ text: String) throws(Refusal) {
    do {
      try surroundings.questions.write(Array(text.utf8))
    } catch {
      throw Refusal(unwritable: "standard error", isPath: false, error)
    }
  }

  /// The next line without the spaces around it; nil at the end of the input.
  private mutating func line() throws(Refusal) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest.removeSubrange(...end) }
        return Self.trimmed(rest[..<end])
      }
      guard rest.count <= Limits.answerBytes else {
        throw Refusal("the answer is longer than \(Limits.answerBytes >> 10) KiB")
      }
      let count: Int
      do {
        count = try surroundings.input.read(into: &buffer)
      } catch {
        throw Refusal(unreadable: "standard input", isPath: false, error)
      }
      guard count > 0 else { return nil }
      rest += buffer[..<count]
    }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> String {
    let isSpace = { (byte: UInt8) in byte <= 0x20 }
    let start = line.firstIndex { !isSpace($0) } ?? line.endIndex
    let end = line.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return String(decoding: line[start..<end], as: UTF8.self)
  }
}

extension Refusal {
  /// The refusal of answers; nil where nothing is wrong with them.
  init?(_ problems: [DraftProblem]) {
    self.init(problems.map { Problem(message: $0.message, help: $0.help) })
  }
}
