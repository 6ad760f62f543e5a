import Glibc
import PolicyModel

// Measures inside one process, and prints one line of JSON for each figure.
let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("decisions", 3): try measureDecisions(stream: arguments[1], runs: count(arguments[2]))
case ("evaluation", 2): try measureEvaluation(runs: count(arguments[1]))
case ("proofs", 3): try measureProofs(example: arguments[1], runs: count(arguments[2]))
case ("patterns", 2): try measurePatterns(runs: count(arguments[1]))
case ("copy", 3): try measureCopy(example: arguments[1], runs: count(arguments[2]))
case ("json", 3...): try measureParsing(.json, arguments[2...], runs: count(arguments[1]))
case ("yaml", 3...): try measureParsing(.yaml, arguments[2...], runs: count(arguments[1]))
default:
  print(
    """
    usage: lint-copy-benchmark decisions REQUESTS.ndjson RUNS
           lint-copy-benchmark evaluation RUNS
           lint-copy-benchmark proofs EXAMPLE_FOLDER RUNS
           lint-copy-benchmark patterns RUNS
           lint-copy-benchmark copy EXAMPLE_FOLDER RUNS
           lint-copy-benchmark json|yaml RUNS FILE…
    """)
  exit(2)
}

func count(_ text: String) -> Int { max(1, Int(text) ?? 1) }
