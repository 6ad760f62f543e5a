/// Why the system did not do what it was asked.
struct SystemError: Error, Sendable, Hashable {
  /// The system's number for it.
  var number: Int32

  /// Makes an error of `errno`.
  init(_ number: Int32) { self.number = number }

  /// A file that holds more than the program reads.
  static let tooLarge = SystemError(EFBIG)

  /// A reader that has gone away, as `head` does when it has enough.
  static let closedPipe = SystemError(EPIPE)

  /// Calls the system until no signal interrupts it, and gives the file it opened.
  static func check(_ call: () -> Int32) throws(SystemError) -> FileDescriptor {
    while true {
      let result = call()
      if result >= 0 { return FileDescriptor(number: result) }
      if errno != EINTR { throw SystemError(errno) }
    }
  }

  /// What is wrong, in words: the same on every system and in every locale.
  var reason: String {
    switch number {
    case ENOENT: "no such file"
    case EEXIST: "it is there already"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "it is a directory"
    case ENOTDIR: "part of the path is not a directory"
    case ELOOP: "too many symbolic links"
    case ENAMETOOLONG: "the name is too long"
    case ENOSPC: "no space left on the device"
    case EDQUOT: "the disk quota is used up"
    case EROFS: "the file system is read-only"
    case EIO: "the device reports an error"
    case EMFILE, ENFILE: "too many open files"
    case EBADF: "it is closed"
    case EAGAIN: "nothing to read yet"
    case ENXIO: "nobody is at the other end"
    case EFBIG: "the file is too large"
    case EPIPE: "the reader has gone"
    default: "system error \(number)"
    }
  }
}
