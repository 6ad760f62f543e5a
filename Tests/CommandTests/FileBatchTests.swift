import Testing

@testable import lint_copy

/// Replacing several files together: whoever looks at any moment, or stops the program, finds each
/// file as it was or as it should be.
@Suite struct `Replacing files` {
  private let folder: ScratchFolder
  private static let names = ["one.json", "two.json", "three.json"]

  init() throws {
    folder = try ScratchFolder()
    for name in Self.names { try folder.write(Self.old(name), to: name) }
  }

  private static func old(_ name: String) -> [UInt8] { Array("old \(name)\n".utf8) }
  /// Long, so that it is written in more than one piece.
  private static func new(_ name: String) -> [UInt8] {
    Array(String(repeating: "new \(name)\n", count: 20_000).utf8)
  }

  private static func entries(in path: String) -> [FileBatch.Entry] {
    names.map { FileBatch.Entry(path: "\(path)/\($0)", old: old($0), new: new($0)) }
  }

  private static let steps: [FileBatch.Step] =
    (0..<3).map { .writing($0) } + (0..<3).map { .renaming($0) } + [.synchronizing]

  private func isWhole(_ name: String) throws -> Bool {
    let bytes = try readWhole("\(folder.path)/\(name)")
    return bytes == Self.old(name) || bytes == Self.new(name)
  }

  @Test func `Every file is old or new at every step`() throws {
    var seen: [FileBatch.Step] = []
    try FileBatch.replace(Self.entries(in: folder.path), in: .test) { step in
      seen.append(step)
      for name in Self.names { #expect((try? isWhole(name)) == true, "\(step): \(name)") }
    }
    #expect(seen == Self.steps)
    for name in Self.names {
      #expect(try readWhole("\(folder.path)/\(name)") == Self.new(name))
    }
    #expect(folder.names() == Self.names.sorted())
  }

  @Test(arguments: steps.indices)
  func `A program that is killed between its steps leaves every file old or new`(
    _ index: Int
  ) async throws {
    let path = folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, index = index as Int] in
      let step = Self.steps[index]
      try FileBatch.replace(Self.entries(in: path), in: .test) { now in
        if now == step { kill(getpid(), SIGKILL) }
      }
    }
    for name in Self.names { #expect(try isWhole(name), "\(Self.steps[index]): \(name)") }
    // What is left over is in nobody's way.
    if index < 3 {
      try FileBatch.replace(Self.entries(in: folder.path), in: .test)
      for name in Self.names {
        #expect(try readWhole("\(folder.path)/\(name)") == Self.new(name))
      }
    }
  }

  @Test(arguments: steps[..<3])
  func `A file that is gone before the first is replaced keeps all from it`(
    _ step: FileBatch.Step
  ) throws {
    let error = #expect(throws: Refusal.self) {
      try FileBatch.replace(Self.entries(in: folder.path), in: .test) { now in
        if now == step { unsafe unlink("\(folder.path)/three.json") }
      }
    }
    #expect(
      error?.problems.first?.message.hasSuffix("three.json`: no such file") == true,
      "\(String(describing: error))")
    #expect(error?.problems.first?.help == "nothing was changed")
    for name in ["one.json", "two.json"] {
      #expect(try readWhole("\(folder.path)/\(name)") == Self.old(name))
    }
    #expect(folder.names() == ["one.json", "two.json"])
  }

  @Test func `A file that somebody changed meanwhile is not overwritten`() throws {
    #expect(throws: Refusal.self) {
      try FileBatch.replace(Self.entries(in: folder.path), in: .test) { now in
        if now == .writing(2) { try? folder.write("somebody else's", to: "one.json") }
      }
    }
    #expect(try folder.read("one.json") == "somebody else's")
    #expect(try readWhole("\(folder.path)/two.json") == Self.old("two.json"))
    #expect(folder.names() == Self.names.sorted())
  }

  @Test func `A file under two names is written once where both would be the same`() throws {
    unsafe unlink("\(folder.path)/two.json")
    #expect(unsafe symlink("one.json", "\(folder.path)/two.json") == 0)
    var entries = Self.entries(in: folder.path)
    entries[1].old = entries[0].old
    entries[1].new = entries[0].new
    var renamed = 0
    try FileBatch.replace(entries, in: .test) { step in
      if case .renaming = step { renamed += 1 }
    }
    #expect(renamed == 2, "one and three")
    #expect(try readWhole("\(folder.path)/one.json") == Self.new("one.json"))
    #expect(folder.names() == Self.names.sorted())
    var status = stat()
    #expect(unsafe lstat("\(folder.path)/two.json", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `A file under two names is refused where they would differ`() throws {
    unsafe unlink("\(folder.path)/two.json")
    #expect(unsafe symlink("one.json", "\(folder.path)/two.json") == 0)
    var entries = Self.entries(in: folder.path)
    entries[1].old = entries[0].old
    let error = #expect(throws: Refusal.self) { try FileBatch.replace(entries, in: .test) }
    #expect(
      error?.problems.first?.message.hasSuffix(
        "another path leads to the same file, which would be mended differently there") == true)
    #expect(try readWhole("\(folder.path)/one.json") == Self.old("one.json"))
  }
}
