/// A pattern of paths: `*` and `?` within a name, `**` for any folders, everything else literal.
package struct Glob: Sendable, Hashable {
  /// The pattern's names, between slashes.
  private let parts: [[UInt8]]
  /// The folder below which all matches lie: the names before the first with a wildcard.
  package let folder: String
  /// Whether the pattern has no wildcard and so is one path.
  package let isPlain: Bool

  /// Makes a pattern; `./` at its start means nothing.
  package init(_ text: String) {
    var parts = Self.parts(of: text)
    if parts.first == [UInt8(ascii: ".")], parts.count > 1 { parts.removeFirst() }
    self.parts = parts
    let fixed = parts.prefix { !$0.contains(where: Self.isWildcard) }
    isPlain = fixed.count == parts.count
    folder = fixed.prefix(isPlain ? max(0, parts.count - 1) : fixed.count)
      .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }

  /// Whether a path, written from the same folder, matches.
  package func matches(_ path: String) -> Bool {
    Self.matches(
      Self.parts(of: path), parts, isMany: { $0 == Self.anyFolders }, isMatch: Self.matches)
  }

  private static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    matches(
      name, pattern, isMany: { $0 == UInt8(ascii: "*") },
      isMatch: { $1 == UInt8(ascii: "?") || $0 == $1 })
  }

  private static let anyFolders = Array("**".utf8)

  private static func isWildcard(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
  }

  private static func parts(of text: String) -> [[UInt8]] {
    text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Matches a list against a pattern in which some elements stand for any number of elements: in
  /// time proportional to the product of the lengths, whatever the pattern.
  private static func matches<Element>(
    _ items: [Element], _ pattern: [Element], isMany: (Element) -> Bool,
    isMatch: (Element, Element) -> Bool
  ) -> Bool {
    var item = 0
    var at = 0
    var resume: (item: Int, at: Int)?
    while item < items.count {
      if at < pattern.count, isMany(pattern[at]) {
        resume = (item, at + 1)
        at += 1
      } else if at < pattern.count, isMatch(items[item], pattern[at]) {
        item += 1
        at += 1
      } else if let last = resume {
        resume = (last.item + 1, last.at)
        (item, at) = (last.item + 1, last.at)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy(isMany)
  }
}
