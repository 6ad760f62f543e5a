@testable import lint_copy

/// A folder of one test's own, gone when the test is over.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/lint-copy-tests.XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw SystemError(errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Writes a file, and the folders on the way to it.
  func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file, and the folders on the way to it.
  func write(_ bytes: [UInt8], to name: String) throws {
    let parts = name.split(separator: "/")
    for end in parts.indices.dropFirst() {
      let folder = "\(path)/\(parts[..<end].joined(separator: "/"))"
      guard unsafe mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw SystemError(errno) }
    }
    let file = try FileDescriptor.writing("\(path)/\(name)", flags: O_CREAT | O_TRUNC)
    try file.write(bytes)
    try file.finish()
  }

  /// The text of a file.
  func read(_ name: String) throws -> String {
    String(decoding: try readWhole("\(path)/\(name)"), as: UTF8.self)
  }

  /// The names of what is in the folder, sorted.
  func names() -> [String] { CommandTests.names(in: path) }

  private static func remove(_ path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in CommandTests.names(in: path) { remove("\(path)/\(name)") }
      unsafe rmdir(path)
    } else {
      unsafe unlink(path)
    }
  }
}

/// The names of what is in a folder, sorted.
func names(in path: String) -> [String] {
  guard let folder = unsafe opendir(path) else { return [] }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
      unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

extension String {
  /// The text with every occurrence of another replaced; the standard library has no such function
  /// without Foundation.
  func replacing(_ text: String, with other: String) -> String {
    split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
  }
}
