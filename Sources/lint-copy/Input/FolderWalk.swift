import PolicyModel

extension Surroundings {
  /// There is more below a folder than is looked at.
  struct TooManyNames: Error {}

  /// Every file below a folder, as paths that begin with `prefix`, in no order.
  ///
  /// A link may lead anywhere, and in circles: it counts as a file and is never walked through.
  /// Folders whose name begins with a dot belong to tools and are passed over.
  func files(below prefix: String) throws -> [String] {
    var files: [String] = []
    var open = [prefix]
    var seen = 0
    while let prefix = open.popLast() {
      for name in try names(in: prefix) {
        seen += 1
        guard seen <= Limits.folderNames else { throw TooManyNames() }
        let path = prefix + name
        if !isFolder(path, followingLinks: false) {
          files.append(path)
        } else if !name.hasPrefix(".") {
          open.append(path + "/")
        }
      }
    }
    return files
  }

  /// Whether a link is at a path.
  func isLink(_ path: String) -> Bool { kind(of: path, followingLinks: false) == S_IFLNK }

  /// Whether an ordinary file or a link is at a path: a pipe that nobody writes to would be waited
  /// for without end.
  func isFile(_ path: String) -> Bool {
    switch kind(of: path, followingLinks: false) {
    case S_IFLNK: kind(of: path) != S_IFIFO
    // What is gone, or has a name that cannot be given, is refused where it is read.
    case S_IFREG, nil: true
    default: false
    }
  }

  /// Whether there is a folder at a path.
  func isFolder(_ path: String, followingLinks: Bool = true) -> Bool {
    kind(of: path, followingLinks: followingLinks) == S_IFDIR
  }

  /// What is at a path; nil where nothing is.
  private func kind(of path: String, followingLinks: Bool = true) -> mode_t? {
    var status = stat()
    let path = resolve(path)
    let result = unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 ? status.st_mode & S_IFMT : nil
  }

  /// The names of what is in a folder.
  func names(in path: String) throws(Refusal) -> [String] {
    guard let folder = unsafe opendir(resolve(path.isEmpty ? "." : path)) else {
      throw Refusal(unreadable: path, SystemError(errno))
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
