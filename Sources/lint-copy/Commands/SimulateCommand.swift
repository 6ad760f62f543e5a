import ArgumentParser
import PolicyModel
import Simulation

/// Decides single requests.
struct SimulateCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Decide single requests offline, as `aws iam simulate-custom-policy` does online.",
    discussion: """
      The input is what `aws iam simulate-custom-policy --cli-input-json` takes, and the output what \
      it prints. Beyond AWS's members there are SessionPolicyInputList, \
      OrderedResourceControlPolicyInputList and ResourcePolicyType (s3, kms, trust), and CallerArn \
      may be any principal, a service too. A condition key that ContextEntries does not list is \
      absent.

      EXAMPLES
        lint-copy simulate --input request.json
        zcat requests.ndjson.gz | lint-copy simulate --lines --input - > answers.ndjson

      EXIT STATUS
        0  everything was answered; with --lines, lines with an error too
        1  the document cannot be simulated
        2  wrong usage, or a file that cannot be read or written
      """)

  @Option(
    name: .long,
    help: ArgumentHelp("The document; `-` is standard input.", valueName: "file"),
    completion: .file(extensions: ["json", "ndjson"]))
  var input: String

  @Flag(
    name: .long,
    help: "Each line of the input is one document, answered on one line, in order.")
  var lines = false

  func run(in surroundings: Surroundings) throws -> RunOutcome {
    lines ? try answerLines(in: surroundings) : try answerDocument(in: surroundings)
  }

  private func answerDocument(in surroundings: Surroundings) throws -> RunOutcome {
    let isStandardInput = input == "-"
    let bytes = try isStandardInput ? surroundings.readInput() : surroundings.read(input)
    let path = isStandardInput ? "<stdin>" : input
    var simulator = Simulator()
    var outcome = RunOutcome(.success)
    do throws(InputProblem) {
      outcome.output = try simulator.simulate(bytes, path: path)
    } catch {
      // The answer stays JSON for who reads it, and a person is told, too.
      outcome.code = .findings
      outcome.output = error.answer
      let position = error.position
      let refusal = Refusal(
        "\(path):\(position.line):\(position.column): \(error.message)", help: error.help)
      outcome.errors = Array(refusal.text.utf8)
    }
    return outcome
  }

  /// Answers lines as they come: nothing waits for the end of the input.
  private func answerLines(in surroundings: Surroundings) throws -> RunOutcome {
    let file: FileDescriptor
    if input == "-" {
      file = surroundings.input
    } else {
      do {
        file = try FileDescriptor.reading(surroundings.resolve(input))
      } catch {
        throw Refusal(unreadable: input, error)
      }
    }
    var simulator = LineSimulator()
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count: Int
      do {
        count = try file.read(into: &buffer)
      } catch {
        throw Refusal(
          unreadable: input == "-" ? "standard input" : input, isPath: input != "-", error)
      }
      if count > 0 { simulator.read(buffer[..<count]) } else { simulator.finish() }
      do {
        try surroundings.output.write(simulator.answers)
      } catch SystemError.closedPipe {
        return RunOutcome(.success)
      } catch {
        throw Refusal(unwritable: "standard output", isPath: false, error)
      }
      simulator.removeAnswers()
      if count == 0 { return RunOutcome(.success) }
    }
  }
}
