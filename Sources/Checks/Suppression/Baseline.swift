package import PolicyModel

/// The findings of an earlier run, which a later one does not count.
///
/// A finding is known again by its rule, its path and the fingerprint of what it is about, its
/// statement's Sid among that; never by its line.
package struct Baseline: Sendable {
  /// One finding.
  package struct Entry: Sendable, Hashable {
    /// The rule that found it.
    package var rule: RuleID
    /// The file, from a place that is the same in every run; nil for a finding about none.
    package var path: String?
    /// The name of the statement it stands in.
    package var sid: String?
    /// What it was, for people.
    package var message: String
    /// What it is known by.
    package var fingerprint: String

    package init(
      rule: RuleID, path: String?, sid: String?, message: String, fingerprint: String
    ) {
      self.rule = rule
      self.path = path
      self.sid = sid
      self.message = message
      self.fingerprint = fingerprint
    }
  }

  /// Why a file is no baseline, and where.
  package struct Problem: Error, Sendable, Hashable {
    package var message: String
    package var place: Place
    package var help: String?
  }

  /// The entries with their places in the file.
  package let entries: [(entry: Entry, place: Place)]
  /// The file.
  package let source: Source

  /// The version of the file's form.
  private static let version = 1

  /// Reads a baseline file.
  package init(reading source: Source) throws(Problem) {
    self.source = source
    let root: Node
    do throws(SyntaxFailure) {
      root = try Tree.parse(source, format: .json).root
    } catch {
      throw Problem(message: error.message, place: error.place, help: error.help)
    }
    let help = "`--write-baseline` writes one"
    guard root.kind == .object, let findings = root["findings"], findings.kind == .array else {
      throw Problem(message: "this is no baseline", place: root.place, help: help)
    }
    guard root["version"]?.integer == Self.version else {
      throw Problem(
        message: "this program reads version \(Self.version) of a baseline",
        place: (root["version"] ?? root).place, help: help)
    }
    var entries: [(entry: Entry, place: Place)] = []
    for node in findings.elements {
      guard let rule = node["rule"]?.string, let fingerprint = node["fingerprint"]?.string else {
        throw Problem(
          message: "an entry of a baseline has a `rule` and a `fingerprint`", place: node.place,
          help: help)
      }
      let entry = Entry(
        rule: RuleID(rule), path: node["path"]?.string, sid: node["sid"]?.string,
        message: node["message"]?.string ?? "", fingerprint: fingerprint)
      entries.append((entry, node.place))
    }
    self.entries = entries
  }

  /// The text of a baseline file: the same entries in the same order, whatever order they are in.
  package static func text(of entries: [Entry]) -> [UInt8] {
    var writer = JSONWriter(isIndented: true)
    writer.beginObject()
    writer.key("version")
    writer.integer(version)
    writer.key("findings")
    writer.beginArray()
    for entry in Set(entries).sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      writer.beginObject()
      writer.key("rule")
      writer.string(entry.rule.name)
      if let path = entry.path {
        writer.key("path")
        writer.string(path)
      }
      if let sid = entry.sid {
        writer.key("sid")
        writer.string(sid)
      }
      writer.key("message")
      writer.string(entry.message)
      writer.key("fingerprint")
      writer.string(entry.fingerprint)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.lineBreak()
    return writer.bytes
  }
}

extension Baseline.Entry {
  fileprivate var key: [String] { [path ?? "", rule.name, sid ?? "", fingerprint, message] }
}
