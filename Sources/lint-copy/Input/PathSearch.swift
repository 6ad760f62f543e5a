import Evidence
import PolicyModel

/// Finds the files that a manifest's patterns name.
struct PathSearch {
  /// How many names are looked at for one pattern: a folder without end (a loop of mounts, a hostile
  /// repository) must not keep the run from ending.
  private static let mostNames = 100_000

  /// The folder that patterns are relative to, as a prefix.
  let folder: String
  let surroundings: Surroundings

  /// The paths a pattern names, sorted; a path without wildcards is itself, whether it is there or
  /// not.
  func paths(of pattern: Manifest.Pattern) throws(Refusal) -> [String] {
    guard pattern.text.utf8.first != UInt8(ascii: "/") else {
      // An absolute path has no folder to be relative to; wildcards in it stand for themselves.
      return [pattern.text]
    }
    let glob = Glob(pattern.text)
    guard !glob.isPlain else { return [folder + pattern.text] }
    var found: [String] = []
    var open = [glob.folder.isEmpty ? "" : glob.folder + "/"]
    var seen = 0
    while let prefix = open.popLast() {
      for name in try surroundings.names(in: folder + prefix) {
        seen += 1
        guard seen <= Self.mostNames else {
          throw Refusal(
            "`\(pattern.text)` looks through more than \(Self.mostNames) files", at: pattern.place,
            help: "begin the pattern with the folder that holds the documents")
        }
        let path = prefix + name
        // A link may lead anywhere, and in circles: it is matched and never walked through.
        switch surroundings.kind(of: folder + path) {
        case .folder: if !name.hasPrefix(".") { open.append(path + "/") }
        case .other: if glob.matches(path) { found.append(folder + path) }
        }
      }
    }
    guard !found.isEmpty else {
      throw Refusal("no file matches `\(pattern.text)`", at: pattern.place)
    }
    return found.sorted()
  }
}

extension Surroundings {
  fileprivate enum Kind {
    case folder
    case other
  }

  fileprivate func kind(of path: String) -> Kind {
    var status = stat()
    guard unsafe lstat(resolve(path), &status) == 0 else { return .other }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
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
