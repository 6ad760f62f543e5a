import PolicyModel
import Reporting

/// Why the program does not do what was asked: exit code 2 and lines on standard error.
struct Refusal: Error, Sendable, Hashable {
  /// One thing that is wrong.
  struct Problem: Sendable, Hashable {
    /// What is wrong: lower case, one line, no full stop, code in backticks.
    var message: String
    /// Where, in a file that configures the run; nil where no file is to blame.
    var place: Place?
    /// What to do instead; nil where the message says enough.
    var help: String?
  }

  /// Everything that is wrong, at least one thing.
  var problems: [Problem]

  /// Refuses for one reason.
  init(_ message: String, at place: Place? = nil, help: String? = nil) {
    problems = [Problem(message: message, place: place, help: help)]
  }

  /// Refuses for all of the reasons, if there are any.
  init?(_ problems: [Problem]) {
    guard !problems.isEmpty else { return nil }
    self.problems = problems
  }

  /// The lines for standard error.
  var text: String {
    // A file may have thousands of problems: its lines are counted once.
    var lines: [Source: LineIndex] = [:]
    return problems.map { Self.text(of: $0, &lines) }.joined()
  }

  private static func text(of problem: Problem, _ lines: inout [Source: LineIndex]) -> String {
    var text = "lint-copy: "
    if let place = problem.place {
      let index = lines[place.source] ?? LineIndex(place.source)
      lines[place.source] = index
      let position = index.position(of: place.range.lowerBound)
      text += "\(place.source.path):\(position.line):\(position.column): "
    }
    text = VisibleText.escaped(text + problem.message) + "\n"
    if let help = problem.help { text += "  = help: \(VisibleText.escaped(help))\n" }
    return text
  }
}
