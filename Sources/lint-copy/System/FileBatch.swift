import PolicyModel

/// Files that get new content together: each is replaced whole, and none before all can be.
///
/// A file's new content is written to a new file beside it, which then takes its place. Whoever
/// stops the program at any moment leaves every file as it was or as it should be.
struct FileBatch {
  /// What is about to happen, for tests that stop it there.
  enum Step: Hashable, Sendable {
    case writing(Int)
    case renaming(Int)
    case synchronizing
  }

  /// One file.
  struct Entry: Sendable {
    /// The path as somebody gave it.
    var path: String
    /// What the file must still hold.
    var old: [UInt8]
    /// What it shall hold.
    var new: [UInt8]
  }

  /// A file that is ready to take another's place.
  private struct Prepared {
    var path: String
    var target: String
    var temporary: String
    var identity: Identity
    var new: [UInt8]
  }

  /// What tells whether a file was changed since it was looked at.
  private struct Identity: Hashable {
    var device: UInt64
    var number: UInt64
    var size: Int64
    var seconds: Int
    var nanoseconds: Int

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
      size = Int64(status.st_size)
      #if canImport(Darwin)
      seconds = Int(status.st_mtimespec.tv_sec)
      nanoseconds = Int(status.st_mtimespec.tv_nsec)
      #else
      seconds = Int(status.st_mtim.tv_sec)
      nanoseconds = Int(status.st_mtim.tv_nsec)
      #endif
    }
  }

  private var prepared: [Prepared] = []

  /// Replaces files, all or none as far as the system lets; `willDo` is told of each step.
  static func replace(
    _ entries: [Entry], in surroundings: Surroundings, willDo: (Step) -> Void = { _ in }
  ) throws(Refusal) {
    try Signals.held { () throws(Refusal) in
      try replaceUnheld(entries, in: surroundings, willDo: willDo)
    }
  }

  private static func replaceUnheld(
    _ entries: [Entry], in surroundings: Surroundings, willDo: (Step) -> Void
  ) throws(Refusal) {
    var batch = FileBatch()
    do throws(Refusal) {
      for (index, entry) in entries.enumerated() {
        willDo(.writing(index))
        try batch.prepare(entry, in: surroundings)
      }
      try batch.check()
      try batch.moveIntoPlace(willDo)
    } catch {
      batch.cleanUp()
      throw error
    }
    willDo(.synchronizing)
    batch.synchronizeFolders()
  }

  // MARK: Preparing

  private mutating func prepare(
    _ entry: Entry, in surroundings: Surroundings
  ) throws(Refusal) {
    do throws(SystemError) {
      let target = try Self.target(of: surroundings.resolve(entry.path))
      let file = try FileDescriptor.reading(target)
      var status = stat()
      guard unsafe fstat(file.number, &status) == 0 else { throw SystemError(errno) }
      let bytes = try file.readToEnd(limit: Limits.documentBytes)
      try file.finish()
      guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(EINVAL) }
      // Another file may be put in the place of one that nobody may write, and the superuser may
      // write any: that is not what the mode means.
      guard unsafe access(target, W_OK) == 0 else { throw SystemError(errno) }
      guard status.st_mode & 0o222 != 0 else { throw SystemError(EACCES) }
      let identity = Identity(status)
      guard bytes == entry.old else { throw .changed }
      if let known = prepared.first(where: { $0.identity == identity }) {
        guard known.new == entry.new else { throw .twice }
        return
      }
      try write(entry, to: target, like: status)
    } catch {
      throw Refusal(
        "cannot write `\(entry.path)`: \(error.batchReason)",
        help: "nothing was changed")
    }
  }

  private mutating func write(
    _ entry: Entry, to target: String, like status: stat
  ) throws(SystemError) {
    let (temporary, file) = try FileDescriptor.new(beside: target, mode: 0o600)
    prepared.append(
      Prepared(
        path: entry.path, target: target, temporary: temporary, identity: Identity(status),
        new: entry.new))
    try file.write(entry.new)
    // The owner can be kept by the superuser alone; the group and the mode by the owner.
    _ = fchown(file.number, status.st_uid, status.st_gid)
    guard fchmod(file.number, status.st_mode & 0o7777) == 0 else { throw SystemError(errno) }
    try file.synchronize()
    try file.finish()
  }

  /// The file a path leads to, whatever symbolic links are on the way.
  private static func target(of path: String) throws(SystemError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw SystemError(errno) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  // MARK: Replacing

  /// Looks at all files once more, as writing took its time.
  private func check() throws(Refusal) {
    for file in prepared {
      var status = stat()
      guard unsafe stat(file.target, &status) == 0 else {
        throw Refusal(
          "cannot write `\(file.path)`: \(SystemError(errno).reason)", help: "nothing was changed")
      }
      guard Identity(status) == file.identity else {
        throw Refusal(
          "cannot write `\(file.path)`: \(SystemError.changed.batchReason)",
          help: "nothing was changed")
      }
    }
  }

  private mutating func moveIntoPlace(_ willDo: (Step) -> Void) throws(Refusal) {
    for (index, file) in prepared.enumerated() {
      willDo(.renaming(index))
      guard unsafe rename(file.temporary, file.target) == 0 else {
        let reason = SystemError(errno).reason
        prepared.removeFirst(index)
        throw Refusal(
          "cannot write `\(file.path)`: \(reason)",
          help: index == 0
            ? "nothing was changed" : "the files before it are changed, the others are not")
      }
    }
  }

  /// Takes back the files that did not get their place.
  private func cleanUp() {
    for file in prepared { unsafe unlink(file.temporary) }
  }

  /// Makes sure that the folders know their new files, too; the files are replaced either way.
  private func synchronizeFolders() {
    let folders = Set(
      prepared.map { $0.target.split(separator: "/").dropLast().joined(separator: "/") })
    for folder in folders.sorted() {
      guard let descriptor = try? FileDescriptor.reading("/" + folder) else { continue }
      try? descriptor.synchronize()
      try? descriptor.finish()
    }
  }
}

extension SystemError {
  /// A file that was changed while it was being judged.
  fileprivate static let changed = SystemError(ESTALE)
  /// A file that two paths lead to.
  fileprivate static let twice = SystemError(EMLINK)

  fileprivate var batchReason: String {
    switch self {
    case .changed: "it was changed since it was read"
    case .twice: "another path leads to the same file, which would be mended differently there"
    case SystemError(EINVAL): "it is no ordinary file"
    default: reason
    }
  }
}
