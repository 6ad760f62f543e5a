import Drafting

extension Surroundings {
  /// Writes new files into a folder, all of them or none; what is there already is never touched.
  ///
  /// Folders are made where there are none. Each file is written beside its place and then linked
  /// into it, so that it is whole from the moment it has its name; the last file is the one that
  /// names the others. A run that is killed may leave some of the files, never a part of one.
  func create(_ files: [CopyDraft.File], in folder: String) throws(Refusal) {
    try Signals.held { () throws(Refusal) in try createUnheld(files, in: folder) }
  }

  private func createUnheld(_ files: [CopyDraft.File], in folder: String) throws(Refusal) {
    let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    let existing = files.map { prefix + $0.path }.filter(isTaken)
    let problems = existing.map {
      Refusal.Problem(message: "`\($0)` is there already, and nothing was written")
    }
    if var refusal = Refusal(problems) {
      refusal.problems[refusal.problems.count - 1].help =
        "give another folder with `--directory`, or move what is there away"
      throw refusal
    }
    var made = MadeThings()
    for file in files {
      let path = prefix + file.path
      do throws(SystemError) {
        try made.folders(of: path, resolve)
        try made.file(resolve(path), Array(file.text.utf8))
      } catch {
        made.remove()
        throw Refusal(unwritable: path, error)
      }
    }
  }

  /// Whether anything has the path's name, a symbolic link that leads nowhere too.
  private func isTaken(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(resolve(path), &status) == 0
  }
}

/// What a run has made so far, to be taken back if the rest cannot be.
private struct MadeThings {
  private var folders: [String] = []
  private var files: [String] = []

  /// Makes the folders of a path that are not there.
  mutating func folders(of path: String, _ resolve: (String) -> String) throws(SystemError) {
    var end = path.utf8.startIndex
    while let slash = path.utf8[end...].firstIndex(of: UInt8(ascii: "/")) {
      end = path.utf8.index(after: slash)
      let folder = resolve(String(path[..<slash]))
      guard !folder.isEmpty, slash > path.startIndex else { continue }
      if unsafe mkdir(folder, 0o777) == 0 {
        folders.append(folder)
        continue
      }
      let number = errno
      var status = stat()
      guard unsafe stat(folder, &status) == 0 else { throw SystemError(number) }
      guard status.st_mode & S_IFMT == S_IFDIR else { throw SystemError(ENOTDIR) }
    }
  }

  /// Makes a file, whole; throws where its name is taken.
  mutating func file(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    let (temporary, file) = try FileDescriptor.new(beside: path, mode: 0o666)
    defer { unsafe unlink(temporary) }
    try Self.write(bytes, to: file)
    if unsafe link(temporary, path) != 0 {
      let number = errno
      // Some file systems know no links: there the name is taken first and the file written then.
      guard number == EPERM || number == ENOTSUP || number == EOPNOTSUPP else {
        throw SystemError(number)
      }
      do throws(SystemError) {
        try Self.write(bytes, to: try .writing(path, flags: O_CREAT | O_EXCL))
      } catch {
        if error != SystemError(EEXIST) { unsafe unlink(path) }
        throw error
      }
    }
    files.append(path)
  }

  private static func write(_ bytes: [UInt8], to file: FileDescriptor) throws(SystemError) {
    defer { try? file.finish() }
    try file.write(bytes)
    try file.synchronize()
  }

  /// Takes everything back.
  func remove() {
    for file in files.reversed() { unsafe unlink(file) }
    for folder in folders.reversed() { unsafe rmdir(folder) }
  }
}
