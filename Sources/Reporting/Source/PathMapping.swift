/// How the paths that a person gave look from the root of the repository, for services that show
/// findings beside the repository's files.
package struct PathMapping: Sendable, Hashable {
  /// The working directory, absolute; nil where it does not matter.
  package var workingDirectory: String?
  /// The root of the repository, absolute; nil where there is none.
  package var root: String?
  /// The file that a finding without a place is shown at.
  package var fallback: String

  package init(
    workingDirectory: String? = nil, root: String? = nil, fallback: String = "lint-copy.yaml"
  ) {
    self.workingDirectory = workingDirectory
    self.root = root
    self.fallback = fallback
  }

  /// The path from the repository's root, without `.` and `..`; a path outside of it stays absolute.
  package func relative(_ path: String) -> String {
    guard !path.hasPrefix("<") else { return path }
    let isAbsolute = path.hasPrefix("/")
    guard isAbsolute || workingDirectory != nil else { return Self.joined(Self.steps(of: path)) }
    let steps =
      isAbsolute
      ? Self.steps(of: path) : Self.steps(of: (workingDirectory ?? "") + "/" + path)
    guard let base = root ?? workingDirectory else { return "/" + Self.joined(steps) }
    let baseSteps = Self.steps(of: base)
    guard steps.starts(with: baseSteps), steps.count > baseSteps.count else {
      return isAbsolute ? "/" + Self.joined(steps) : Self.joined(Self.steps(of: path))
    }
    return Self.joined(Array(steps.dropFirst(baseSteps.count)))
  }

  /// The path from the repository's root as a URI reference, percent-encoded.
  package func uri(_ path: String) -> String {
    let relative = relative(path)
    var uri = relative.hasPrefix("/") ? "file://" : ""
    for byte in relative.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return uri
  }

  private static func joined(_ steps: [Substring]) -> String { steps.joined(separator: "/") }

  private static func steps(of path: String) -> [Substring] {
    var steps: [Substring] = []
    for step in path.split(separator: "/") where step != "." {
      if step == "..", let last = steps.last, last != ".." {
        steps.removeLast()
      } else if step != ".." || !path.hasPrefix("/") {
        steps.append(step)
      }
    }
    return steps
  }
}
