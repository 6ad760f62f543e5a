@testable import lint_copy

/// The program that was built beside the tests.
func builtProgram() throws -> String {
  let tests = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
  let folder = tests.split(separator: "/", omittingEmptySubsequences: false).dropLast()
  return (folder + ["lint-copy"]).joined(separator: "/")
}

/// The bytes of a file.
func readWhole(_ path: String) throws -> [UInt8] {
  let file = try FileDescriptor.reading(path)
  defer { try? file.finish() }
  return try file.readToEnd(limit: 1 << 30)
}
