/// A file that is about to be written.
struct NewFile: Hashable, Sendable {
  /// The path as somebody gave it.
  var path: String
  /// What it shall hold.
  var bytes: [UInt8]
}

extension Surroundings {
  /// Writes a file whole or not at all.
  func write(_ bytes: [UInt8], to path: String) throws(Refusal) {
    try write([NewFile(path: path, bytes: bytes)])
  }

  /// Writes files whole, and none of them before all can be.
  ///
  /// The bytes go to new files beside the old ones, which then take their places. What is no ordinary
  /// file (`/dev/stdout`, a named pipe) cannot be replaced and is written to as it is, first.
  func write(_ files: [NewFile]) throws(Refusal) {
    var ordinary: [(file: NewFile, replacement: FileReplacement)] = []
    var places: Set<String> = []
    for file in files {
      guard places.insert(place(of: file.path)).inserted else {
        throw Refusal("two files would be written to `\(file.path)`")
      }
      do {
        let replacement = try FileReplacement(of: resolve(file.path))
        if replacement.isOrdinary {
          ordinary.append((file, replacement))
        } else {
          try replacement.writeThrough(file.bytes)
        }
      } catch {
        throw Refusal(unwritable: file.path, error)
      }
    }
    let replacements = ordinary
    try Signals.held { () throws(Refusal) in try replace(replacements) }
  }

  private func replace(
    _ files: [(file: NewFile, replacement: FileReplacement)]
  ) throws(Refusal) {
    var files = files
    defer { for entry in files { entry.replacement.cleanUp() } }
    for index in files.indices {
      do {
        try files[index].replacement.prepare(files[index].file.bytes)
      } catch {
        throw Refusal(unwritable: files[index].file.path, error)
      }
    }
    for index in files.indices {
      do {
        try files[index].replacement.finish()
      } catch {
        throw Refusal(unwritable: files[index].file.path, error)
      }
    }
  }
}

extension Surroundings {
  /// Where a path leads, however it is written: two paths to one file have the same.
  func place(of path: String) -> String {
    let whole = resolve(path)
    if let place = Self.real(whole) { return place }
    // What is not there yet is in a folder that may be.
    let parts = whole.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let real = Self.real(parts.count > 1 ? folder + "/" : ".")
    return "\(real ?? folder)/\(parts.last ?? "")"
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

extension Surroundings {
  /// Makes a folder, and those on the way to it, where there is none.
  func makeFolder(_ path: String) throws(Refusal) {
    let whole = resolve(path)
    var ends = whole.utf8.indices.filter { whole.utf8[$0] == UInt8(ascii: "/") }
    ends.append(whole.utf8.endIndex)
    for end in ends {
      let folder = String(whole[..<end])
      if folder.isEmpty { continue }
      if unsafe mkdir(folder, 0o777) == 0 { continue }
      let number = errno
      // Folders on the way may be there without being ours to make one in.
      var status = stat()
      if unsafe stat(folder, &status) == 0 {
        if status.st_mode & S_IFMT == S_IFDIR { continue }
        throw Refusal(unwritable: path, SystemError(ENOTDIR))
      }
      throw Refusal(unwritable: path, SystemError(number))
    }
  }
}

/// One file that is about to get new content.
private struct FileReplacement {
  private var path: String
  private var mode: mode_t = 0o666
  /// Whether another file can take its place.
  private(set) var isOrdinary = true
  /// The new file that shall take the old one's place; nil where there is none any more.
  private var temporary: String?

  /// Looks at what is at a path; a symbolic link is followed to its file.
  init(of path: String) throws(SystemError) {
    self.path = path
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw SystemError(EISDIR)
    case S_IFREG:
      // A file that nobody may write is not to be replaced either.
      guard unsafe access(path, W_OK) == 0 else { throw SystemError(errno) }
      mode = status.st_mode & 0o7777
      self.path = Self.target(of: path)
    default: isOrdinary = false
    }
  }

  /// Writes the new file beside the old one.
  mutating func prepare(_ bytes: [UInt8]) throws(SystemError) {
    let (temporary, file) = try FileDescriptor.new(beside: path, mode: mode)
    do throws(SystemError) {
      try file.write(bytes)
      try file.synchronize()
      try file.finish()
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    self.temporary = temporary
  }

  /// Lets the new file take the old one's place.
  mutating func finish() throws(SystemError) {
    guard let temporary else { return }
    guard unsafe rename(temporary, path) == 0 else { throw SystemError(errno) }
    self.temporary = nil
  }

  /// Writes to what cannot be replaced.
  func writeThrough(_ bytes: [UInt8]) throws(SystemError) {
    let file = try FileDescriptor.writing(path, flags: 0)
    try file.write(bytes)
    try file.finish()
  }

  /// Takes back a new file that did not get its place.
  func cleanUp() {
    if let temporary { unsafe unlink(temporary) }
  }

  /// The file a path leads to, whatever symbolic links are on the way.
  private static func target(of path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
