import Testing

#if canImport(Glibc)
/// What the built program needs of the machine it runs on.
@Suite struct `The built program` {
  @Test func `It links the C library and no Foundation but the essentials`() throws {
    let libraries = try ELFFile(readWhole(builtProgram())).neededLibraries
    #expect(libraries.contains("libc.so.6"))
    let foundation = libraries.filter { $0.contains("Foundation") }
    // swift-argument-parser needs the essentials; they cost no start-up time to speak of.
    #expect(foundation.filter { $0 != "libFoundationEssentials.so" } == [])
  }
}

/// As much of the ELF format, 64 bits and little-endian, as names the libraries a program needs.
private struct ELFFile {
  private var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The names of the dynamic section's `DT_NEEDED` entries.
  var neededLibraries: [String] {
    let sections = (0..<number(at: 0x3C, 2)).map { number(at: 0x28, 8) + $0 * 64 }
    // SHT_DYNAMIC; its link is the section with the names.
    guard let dynamic = sections.first(where: { number(at: $0 + 4, 4) == 6 }) else { return [] }
    let names = number(at: sections[number(at: dynamic + 0x28, 4)] + 0x18, 8)
    let start = number(at: dynamic + 0x18, 8)
    return stride(from: start, to: start + number(at: dynamic + 0x20, 8), by: 16)
      .filter { number(at: $0, 8) == 1 }  // DT_NEEDED
      .map { text(at: names + number(at: $0 + 8, 8)) }
  }

  private func number(at offset: Int, _ size: Int) -> Int {
    bytes[offset..<(offset + size)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private func text(at offset: Int) -> String {
    String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
  }
}
#endif
