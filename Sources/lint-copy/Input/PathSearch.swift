import Evidence
import PolicyModel

/// Finds the files that a manifest's patterns name.
struct PathSearch {
  /// The folder that patterns are relative to, as a prefix.
  let folder: String
  let surroundings: Surroundings

  /// The paths a pattern names, sorted; a path without wildcards is itself, whether it is there or
  /// not.
  func paths(of pattern: Manifest.Pattern) throws(Refusal) -> [String] {
    // An absolute path has no folder to be relative to; wildcards in it stand for themselves.
    if pattern.text.utf8.first == UInt8(ascii: "/") { return [pattern.text] }
    let glob = Glob(pattern.text)
    guard !glob.isPlain else { return [folder + pattern.text] }
    let start = folder + (glob.folder.isEmpty ? "" : glob.folder + "/")
    try RepositoryBoundary(around: folder, in: surroundings).check(start, at: pattern.place)
    let found = try surroundings.documents(below: start, at: pattern.place) { path in
      glob.matches(String(path.dropFirst(folder.count)))
    }
    guard !found.isEmpty else {
      throw Refusal("no file matches `\(pattern.text)`", at: pattern.place)
    }
    return found
  }
}

extension Surroundings {
  /// The files below a folder that are wanted, sorted; `place` names the folder.
  func documents(
    below prefix: String, at place: Place? = nil, where isWanted: (String) -> Bool
  ) throws(Refusal) -> [String] {
    do {
      let found = try files(below: prefix).filter { isWanted($0) && isFile($0) }.sorted()
      let boundary = RepositoryBoundary(around: prefix, orFolder: true, in: self)
      for path in found where isLink(path) { try boundary.check(path, at: place) }
      return found
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(
        "there are more than \(Limits.folderNames) files below `\(prefix)`", at: place,
        help: "name the folder that holds the documents")
    }
  }
}
