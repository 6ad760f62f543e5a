import Evidence
import PolicyModel

/// A manifest that was found or named, and the folder its paths are relative to.
struct ManifestFile {
  /// The name that is searched for.
  static let name = "lint-copy.yaml"

  /// What it says.
  let manifest: Manifest
  /// The folder as a prefix for paths: empty, or with a slash at its end.
  let folder: String

  /// Reads a manifest; everything that is wrong with it is said at once.
  init(at path: String, in surroundings: Surroundings) throws(Refusal) {
    let source = try surroundings.source(at: path)
    let (manifest, problems) = Manifest.reading(source)
    let wrong = problems.map {
      Refusal.Problem(message: $0.message, place: $0.place, help: $0.help)
    }
    if let refusal = Refusal(wrong) { throw refusal }
    self.manifest = manifest
    let steps = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    folder = steps.isEmpty ? "" : steps.joined(separator: "/") + "/"
  }
}

extension Surroundings {
  /// How many folders upward a manifest is looked for; deeper paths the system refuses.
  private static let mostSteps = 2048

  /// The manifest of the folder the run is in: the nearest upward, never above the first folder that
  /// holds `.git`.
  func findManifest() throws(Refusal) -> ManifestFile? {
    var prefix = ""
    for _ in 0..<Self.mostSteps {
      if exists(prefix + ManifestFile.name) {
        try RepositoryBoundary(around: prefix, in: self).check(prefix + ManifestFile.name)
        return try ManifestFile(at: prefix + ManifestFile.name, in: self)
      }
      if exists("\(prefix).git") || isSameFolder(prefix, "\(prefix)../") { return nil }
      prefix += "../"
    }
    return nil
  }

  private func exists(_ path: String) -> Bool {
    unsafe access(resolve(path), F_OK) == 0
  }

  /// Whether two paths lead to one folder, as `/` and `/..` do.
  private func isSameFolder(_ left: String, _ right: String) -> Bool {
    var one = stat()
    var other = stat()
    guard unsafe stat(resolve(left.isEmpty ? "." : left), &one) == 0,
      unsafe stat(resolve(right), &other) == 0
    else { return true }
    return one.st_ino == other.st_ino && one.st_dev == other.st_dev
  }
}
