import Reporting

extension Surroundings {
  /// How many folders upward a repository's root is looked for; deeper paths the system refuses.
  private static let mostSteps = 2048

  /// How paths look from the root of the repository that the run is in, if it is in one.
  var paths: PathMapping {
    guard let folder = absoluteDirectory else { return PathMapping() }
    return PathMapping(workingDirectory: folder, root: Self.repository(around: folder))
  }

  /// How paths look from a folder that was named.
  func paths(from folder: String) -> PathMapping {
    guard let working = absoluteDirectory else { return PathMapping() }
    let isAbsolute = folder.utf8.first == UInt8(ascii: "/")
    return PathMapping(
      workingDirectory: working, root: isAbsolute ? folder : "\(working)/\(folder)")
  }

  /// The folder that relative paths are relative to, from `/` on.
  var absoluteDirectory: String? {
    if directory.utf8.first == UInt8(ascii: "/") { return directory }
    return realPath(of: ".")
  }

  /// Where a path leads to, from `/` on and without links; nil where nothing is there.
  func realPath(of path: String) -> String? {
    guard let name = unsafe realpath(resolve(path), nil) else { return nil }
    defer { unsafe free(name) }
    return unsafe String(cString: name)
  }

  /// The nearest folder upward that holds `.git`: a folder, or a file in a work tree.
  static func repository(around folder: String) -> String? {
    var steps = folder.split(separator: "/")
    for _ in 0..<mostSteps {
      let candidate = "/" + steps.joined(separator: "/")
      if unsafe access("\(candidate)/.git", F_OK) == 0 { return candidate }
      if steps.popLast() == nil { return nil }
    }
    return nil
  }
}
