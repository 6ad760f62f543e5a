import PolicyModel

/// How far a repository's own files may lead: not out of it.
///
/// `lint-copy.yaml` and symbolic links belong to whoever wrote the repository, and a report quotes
/// lines of what is read. What somebody names on the command line is theirs, and read wherever it is.
struct RepositoryBoundary {
  /// The folder that nothing leads out of; nil where there is none.
  private let root: String?
  private let surroundings: Surroundings

  /// The repository around a folder; outside of any repository, the folder itself where `orFolder`
  /// says so, and else no boundary.
  init(around folder: String, orFolder: Bool = false, in surroundings: Surroundings) {
    self.surroundings = surroundings
    let real = surroundings.realPath(of: folder.isEmpty ? "." : folder)
    root = real.flatMap { Surroundings.repository(around: $0) ?? (orFolder ? $0 : nil) }
  }

  /// Refuses a path that leads out of the repository, with `..` or by links.
  func check(_ path: String, at place: Place? = nil) throws(Refusal) {
    // What is not there is refused where it is read.
    guard let root, let real = surroundings.realPath(of: path) else { return }
    let inside = root == "/" ? root : root + "/"
    guard real == root || real.utf8.starts(with: inside.utf8) else {
      throw Refusal(
        "`\(path)` leads out of the repository, and is not read", at: place,
        help: "give it on the command line if it is meant")
    }
  }
}
