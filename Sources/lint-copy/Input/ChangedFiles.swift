import Evidence
import PolicyModel
import Reporting

/// The files that a commit changes, as a hook passes them.
///
/// A file belongs to a copy whose setting names it: by its path, by a pattern, or as a part of a
/// folder. Links count as what they lead to, and a file that was deleted belongs where it was.
struct ChangedFiles {
  /// The files as they were given.
  let paths: [String]
  private let surroundings: Surroundings
  /// Every way to write where they are: with links and without.
  private let places: [[String]]

  init(_ paths: [String], in surroundings: Surroundings) {
    self.paths = paths
    self.surroundings = surroundings
    places = paths.map { surroundings.places(of: $0) }
  }

  /// The copies of a manifest that a file belongs to, in their order; all of them where the manifest
  /// itself or a rule file of it is among the files.
  func copies(of file: ManifestFile) -> [Manifest.Copy] {
    let isConfigured =
      holds(file.manifest.source.path)
      || file.manifest.rules.contains { holds(file.folder + $0.text) }
    guard !isConfigured else { return file.manifest.copies }
    return file.manifest.copies.filter { copy in
      copy.references.contains { !indices(of: $0.pattern, of: file).isEmpty }
    }
  }

  /// The files that none of a manifest's copies names, and that are not the manifest.
  func others(than file: ManifestFile?) -> [String] {
    guard let file else { return paths }
    var named = indices(at: file.manifest.source.path)
    for pattern in file.manifest.rules { named.formUnion(indices(at: file.folder + pattern.text)) }
    for reference in file.manifest.copies.flatMap(\.references) {
      named.formUnion(indices(of: reference.pattern, of: file))
    }
    return paths.indices.filter { !named.contains($0) }.map { paths[$0] }
  }

  private func holds(_ path: String) -> Bool { !indices(at: path).isEmpty }

  /// Which files are at a path, or below it where it is a folder.
  private func indices(at path: String) -> Set<Int> {
    let wanted = surroundings.places(of: path)
    return indices { place in
      wanted.contains { place == $0 || place.hasPrefix($0 == "/" ? $0 : $0 + "/") }
    }
  }

  private func indices(of pattern: Manifest.Pattern, of file: ManifestFile) -> Set<Int> {
    // An absolute path has no folder to be relative to; wildcards in it stand for themselves.
    if pattern.text.hasPrefix("/") { return indices(at: pattern.text) }
    guard !Glob(pattern.text).isPlain else { return indices(at: file.folder + pattern.text) }
    let globs = surroundings.places(of: file.folder.isEmpty ? "." : file.folder).map { folder in
      Glob(Surroundings.normalised("\(folder)/\(pattern.text)"))
    }
    return indices { place in globs.contains { $0.matches(place) } }
  }

  private func indices(where isWanted: (String) -> Bool) -> Set<Int> {
    Set(places.indices.filter { places[$0].contains(where: isWanted) })
  }
}

extension Surroundings {
  /// A path from `/` on, as it is written and as links lead.
  fileprivate func places(of path: String) -> [String] {
    let written =
      path.hasPrefix("/") ? path : "\(absoluteDirectory ?? "")/\(path)"
    let normalised = Self.normalised(written)
    guard let real = realPath(of: path), real != normalised else { return [normalised] }
    return [normalised, real]
  }

  /// An absolute path without `.`, `..` and doubled slashes.
  fileprivate static func normalised(_ path: String) -> String {
    var steps: [Substring] = []
    for step in path.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return "/" + steps.joined(separator: "/")
  }

  /// The text of a document that nobody named; nil where it is none, or cannot be read.
  func unnamedDocument(at path: String) -> Source? {
    guard DocumentReader.isDocument(path), let bytes = try? read(path) else { return nil }
    return try? Source.decoding(bytes, path: path)
  }
}
