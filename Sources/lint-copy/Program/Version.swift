import CBuild
import Checks

extension Program {
  /// The version, as every report says it.
  static let version = Release.version

  /// What `--version` prints: the version, and where that is known the commit.
  static var versionLine: String {
    let commit = unsafe String(cString: lint_copy_commit())
    return commit.isEmpty ? "lint-copy \(version)" : "lint-copy \(version) (\(commit))"
  }
}
