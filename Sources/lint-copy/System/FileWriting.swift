extension Surroundings {
  /// Writes a file whole or not at all.
  ///
  /// The bytes go to a new file beside the old one, which then takes its place. What is no ordinary
  /// file (`/dev/stdout`, a named pipe) cannot be replaced and is written to as it is.
  func write(_ bytes: [UInt8], to path: String) throws(Refusal) {
    let resolved = resolve(path)
    do {
      try Signals.held { () throws(SystemError) in try FileReplacement(of: resolved).write(bytes) }
    } catch {
      throw Refusal(unwritable: path, error)
    }
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
  private var isOrdinary = true

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

  func write(_ bytes: [UInt8]) throws(SystemError) {
    guard isOrdinary else {
      let file = try FileDescriptor.writing(path, flags: 0)
      try file.write(bytes)
      return try file.finish()
    }
    let (temporary, file) = try FileDescriptor.new(beside: path, mode: mode)
    do throws(SystemError) {
      try file.write(bytes)
      try file.synchronize()
      try file.finish()
      guard unsafe rename(temporary, path) == 0 else { throw SystemError(errno) }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
  }

  /// The file a path leads to, whatever symbolic links are on the way.
  private static func target(of path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
