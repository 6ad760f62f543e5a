import Testing

#if canImport(Glibc)
/// What the built program needs of the machine it runs on.
@Suite struct `The built program` {
  @Test(arguments: [
    ("libFoundation.so", false), ("lib_FoundationICU.so", false),
    ("libFoundationInternationalization.so", false), ("libc.so.6", true),
  ])
  func `It links the C library and no Foundation`(_ library: String, isLinked: Bool) throws {
    // The names of the libraries a program needs stand in it as strings that end in a zero byte.
    let name = Array(library.utf8) + [0]
    let program = try readWhole(builtProgram())
    let isThere = program.indices.contains { start in
      program[start] == name[0] && program[start...].starts(with: name)
    }
    #expect(isThere == isLinked)
  }
}
#endif
