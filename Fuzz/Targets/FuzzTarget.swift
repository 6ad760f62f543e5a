#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What is fuzzed, each by the name that `make fuzz TARGET=` takes.
///
/// A target takes any bytes. It ends the process where a promise does not hold; a trap of the code
/// it calls does so by itself.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// JSON text to a tree, and back.
  case json
  /// YAML text to a tree, and what is JSON as well against the JSON reader.
  case yaml
  /// Policies and the decisions they give, against laws that every policy language has.
  case policy
  /// Proofs about patterns against trying every short text.
  case glob
  /// A copy's documents of any shape, through judging to every report.
  case shapes
  /// CloudFormation templates, likewise.
  case cloudformation
  /// Lines of `simulate`, in pieces of any size.
  case simulate
  /// A copy's documents, mended and judged again.
  case fix

  /// Tries one input.
  public func run(_ bytes: [UInt8]) {
    switch self {
    case .json: fuzzJSON(bytes)
    case .yaml: fuzzYAML(bytes)
    case .policy: fuzzPolicy(bytes)
    case .glob: fuzzGlob(bytes)
    case .shapes: fuzzShapes(bytes)
    case .cloudformation: fuzzCloudFormation(bytes)
    case .simulate: fuzzSimulate(bytes)
    case .fix: fuzzFix(bytes)
    }
  }
}

/// Ends the process where a promise does not hold, in release builds too.
func check(_ holds: Bool, _ promise: @autoclosure () -> String) {
  guard !holds else { return }
  print("BROKEN PROMISE: \(promise())")
  fflush(nil)
  abort()
}

/// The parts of an input that holds several: each begins with a byte that says what it is.
func records(_ bytes: [UInt8]) -> [(tag: UInt8, body: [UInt8])] {
  bytes.split(separator: 0x1E).compactMap { part in
    part.first.map { ($0, Array(part.dropFirst())) }
  }
}
