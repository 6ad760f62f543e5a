/// A file that is open.
struct FileDescriptor: Sendable, Hashable {
  /// The number the system knows it by.
  let number: Int32

  static let standardInput = FileDescriptor(number: 0)
  static let standardOutput = FileDescriptor(number: 1)
  static let standardError = FileDescriptor(number: 2)

  /// Opens a file for reading.
  static func reading(_ path: String) throws(SystemError) -> FileDescriptor {
    try SystemError.check { unsafe open(path, O_RDONLY | O_CLOEXEC) }
  }

  /// Opens a file for writing; makes it where there is none.
  static func writing(
    _ path: String, flags: Int32, mode: mode_t = 0o666
  ) throws(SystemError) -> FileDescriptor {
    try SystemError.check { unsafe open(path, O_WRONLY | O_CLOEXEC | flags, mode) }
  }

  /// How many names are tried for a new file: runs that were killed may have left some behind.
  private static let mostNames = 1_000

  /// Makes a file beside another, in whose place it can be put.
  static func new(
    beside path: String, mode: mode_t
  ) throws(SystemError) -> (path: String, file: FileDescriptor) {
    for number in 0..<mostNames {
      let name = "\(path).lint-copy-\(getpid())-\(number)"
      do throws(SystemError) {
        return (name, try .writing(name, flags: O_CREAT | O_EXCL, mode: mode))
      } catch {
        guard error == SystemError(EEXIST) else { throw error }
      }
    }
    throw SystemError(EEXIST)
  }

  /// Whether the file can be opened and read again: a pipe cannot.
  var isOrdinary: Bool {
    var status = stat()
    return unsafe fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Reads as many bytes as the first piece of a file has, fewer only at its end.
  func readHead(_ length: Int) throws(SystemError) -> [UInt8] {
    var status = stat()
    var room = length
    if unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      // One byte more than expected finds the end of an ordinary file without a second round.
      room = min(length, Int(status.st_size) + 1)
    }
    var head: [UInt8] = []
    while head.count < length {
      let piece = try readPiece(room)
      if piece.isEmpty { break }
      if head.isEmpty { head = piece } else { head += piece }
      room = length - head.count
    }
    return head
  }

  /// Reads to the end, or until there are more bytes than `limit`; `head` was read before.
  ///
  /// A file may grow while it is read, and a pipe may never end: what is read is bounded, whatever
  /// the file's size was said to be.
  func readToEnd(limit: Int, after head: [UInt8] = []) throws(SystemError) -> [UInt8] {
    var status = stat()
    var expected = 0
    if unsafe fstat(number, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFDIR: throw SystemError(EISDIR)
      case S_IFREG:
        guard Int(status.st_size) <= limit else { throw SystemError.tooLarge }
        expected = Int(status.st_size)
      default: break
      }
    }
    var bytes = head
    while true {
      // One byte more than expected finds the end of an ordinary file without a second round.
      let room = min(max(expected - bytes.count, 64 << 10) + 1, limit - bytes.count + 1)
      let piece = try readPiece(room)
      if piece.isEmpty { return bytes }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      guard bytes.count <= limit else { throw SystemError.tooLarge }
    }
  }

  /// Reads what is there, at most so many bytes; none at the end.
  private func readPiece(_ room: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
      var received = 0
      repeat {
        received = unsafe systemRead(number, buffer.baseAddress, room)
      } while received < 0 && errno == EINTR
      if received < 0 { failure = SystemError(errno) }
      initialized = max(received, 0)
    }
    if let failure { throw failure }
    return piece
  }

  /// Reads what is there, at most as much as the buffer holds; 0 at the end.
  func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe systemRead(number, bytes.baseAddress, bytes.count)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw SystemError(errno) }
    }
  }

  /// Writes all of the bytes.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(
          number, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError(errno)
      }
      written += count
    }
  }

  /// Makes sure that what was written is on the disk; where a file cannot promise that, nothing.
  func synchronize() throws(SystemError) {
    if fsync(number) != 0, errno != EINVAL, errno != ENOTSUP { throw SystemError(errno) }
  }

  /// Closes the file; a failed write may only show now.
  func finish() throws(SystemError) {
    if close(number) != 0, errno != EINTR { throw SystemError(errno) }
  }
}

/// `write(2)`, which the method of the same name hides.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(file, bytes, count)
}

/// `read(2)`, which the methods of the same name hide.
private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(file, bytes, count)
}
