/// Reads YAML into the same tree as JSON, from libyaml's events.
///
/// Aliases become copies of what they refer to, within a budget, and merge keys become members.
package struct YAMLReader: ~Copyable {
  let text: [UInt8]
  private let origin: Tree.Origin
  private var parser: YAMLParser
  private var cursor: CodePointCursor
  private var builder: TreeBuilder
  private var open: [Open] = []
  private var anchors: [String: Anchor] = [:]
  /// How many entries aliases have added.
  private var repeated = 0
  private var hasMergeKeys = false
  /// Where the last thing that is no end ended; a block ends there, not where the next thing begins.
  private var lastEnd = 0

  /// A container that is not ended yet.
  private struct Open {
    var position: Int
    var isMapping: Bool
    var expectsKey: Bool
    /// How many levels of containers it holds.
    var height = 0
    var anchor: String?
  }

  /// What a name refers to.
  private struct Anchor {
    var position: Int
    /// How many levels of containers it has; nil for one that is not ended.
    var height: Int?
  }

  package init(_ text: [UInt8], from origin: Tree.Origin) {
    self.text = text
    self.origin = origin
    parser = YAMLParser(text)
    cursor = CodePointCursor(text)
    builder = TreeBuilder(text: text, from: origin)
    // About as many as a document of lists and short keys has; more are made room for.
    builder.reserveCapacity(min(text.count / 20, 1 << 20))
  }

  /// Reads the document.
  package consuming func read() throws(SyntaxFailure) -> Tree {
    var documents = 0
    reading: while true {
      let event: YAMLEvent
      do {
        event = try parser.next()
      } catch {
        throw YAMLDiagnosis(text: text, origin: origin).failure(of: error, cursor: &cursor)
      }
      let start = cursor.offset(of: event.start)
      let end = max(start, cursor.offset(of: event.end))
      switch event.kind {
      case .streamStart, .documentEnd: continue reading
      case .streamEnd: break reading
      case .documentStart:
        documents += 1
        guard documents == 1 else {
          throw failure(
            "more than one YAML document", start..<end, help: "put each in a file of its own")
        }
      case .alias: try readAlias(start..<end)
      case .scalar(let style): try readScalar(style, start..<end)
      case .sequenceStart: try begin(.array, start)
      case .mappingStart: try begin(.object, start)
      case .sequenceEnd, .mappingEnd: self.end(at: end)
      }
    }
    guard documents > 0, !builder.entry(at: 0).isNothing else {
      throw failure("the document is empty", 0..<0)
    }
    let tree = builder.finish()
    return hasMergeKeys ? try YAMLMerge(tree).resolved() : tree
  }

  private func failure(
    _ message: String, _ range: Range<Int>, help: String? = nil, related: [Note] = []
  ) -> SyntaxFailure {
    SyntaxFailure(message, at: origin.place(of: range), help: help, related: related)
  }

  // MARK: - Structure

  private mutating func begin(_ kind: Node.Kind, _ start: Int) throws(SyntaxFailure) {
    guard open.count < Limits.depth else {
      throw failure("more than \(Limits.depth) levels of lists and mappings", start..<start)
    }
    let hasProperties = parser.hasProperties
    let anchor = hasProperties ? parser.anchor : nil
    let tag = hasProperties ? parser.tag : nil
    let start = contentStart(from: start, hasTag: tag != nil, hasAnchor: anchor != nil)
    if let container = open.last, container.isMapping, container.expectsKey {
      throw failure(
        kind == .object ? "mapping as a key" : "list as a key",
        start..<min(start + 1, text.count),
        help: start < text.count
          && (text[start] == UInt8(ascii: "{") || text[start] == UInt8(ascii: "["))
          ? "put text that begins with `\(Unicode.Scalar(text[start]))` in quotes" : nil)
    }
    try checkCount(at: start)
    let position = builder.append(
      Tree.Entry(kind: kind, tag: try number(ofTag: tag, at: start), start: start, end: start))
    if let anchor { anchors[anchor] = Anchor(position: position) }
    open.append(
      Open(
        position: position, isMapping: kind == .object, expectsKey: kind == .object,
        anchor: anchor))
  }

  private mutating func end(at end: Int) {
    guard let container = open.popLast() else { return }
    let isFlow = end > 0 && end > lastEnd && isClosingBracket(text[end - 1])
    let start = Int(builder.entry(at: container.position).start)
    if isFlow { lastEnd = end }
    builder.end(at: max(start, lastEnd))
    let height = container.height + 1
    if let anchor = container.anchor, anchors[anchor]?.position == container.position {
      anchors[anchor]?.height = height
    }
    didAddValue(height: height)
  }

  /// Notes that a key or a value has been added to the innermost container.
  private mutating func didAddValue(height: Int) {
    guard !open.isEmpty else { return }
    let last = open.count - 1
    open[last].height = max(open[last].height, height)
    if open[last].isMapping { open[last].expectsKey.toggle() }
  }

  private func checkCount(at offset: Int) throws(SyntaxFailure) {
    guard builder.count < Limits.entries else {
      throw failure("more than \(Limits.entries) values in one document", offset..<offset)
    }
  }

  // MARK: - Aliases

  private mutating func readAlias(_ range: Range<Int>) throws(SyntaxFailure) {
    let name = parser.anchor ?? ""
    guard let anchor = anchors[name] else {
      throw failure(
        "no anchor `&\(name)` stands before this alias", range,
        help: "put text that begins with `*` in quotes")
    }
    guard let height = anchor.height else {
      throw failure("alias `*\(name)` stands within its own anchor", range)
    }
    guard open.count + height <= Limits.depth else {
      throw failure("more than \(Limits.depth) levels of lists and mappings", range)
    }
    let entry = builder.entry(at: anchor.position)
    repeated += Int(entry.next) - anchor.position
    guard repeated <= Limits.aliasedEntries else {
      throw failure(
        "aliases repeat more than \(Limits.aliasedEntries) values", range,
        help: "write the document without aliases of aliases")
    }
    let isKey = open.last.map { $0.isMapping && $0.expectsKey } ?? false
    guard !isKey || entry.kind != .object && entry.kind != .array else {
      throw failure("list or mapping as a key", range)
    }
    let position = builder.count
    builder.repeatEntries(from: anchor.position)
    if isKey { builder.makeKey(at: position) }
    lastEnd = range.upperBound
    didAddValue(height: height)
  }

  // MARK: - Scalars

  private mutating func readScalar(
    _ style: YAMLEvent.ScalarStyle, _ range: Range<Int>
  ) throws(SyntaxFailure) {
    let hasProperties = parser.hasProperties
    let anchor = hasProperties ? parser.anchor : nil
    let tag = hasProperties ? parser.tag : nil
    let start = min(
      contentStart(from: range.lowerBound, hasTag: tag != nil, hasAnchor: anchor != nil),
      range.upperBound)
    let end = max(start, trimmedEnd(of: range, style))
    try checkCount(at: start)
    let isKey = open.last.map { $0.isMapping && $0.expectsKey } ?? false
    var entry = entry(style, start..<end)
    entry.tag = try number(ofTag: tag, at: start)
    if !isKey { resolveKind(of: &entry, tag: tag) }
    let position = builder.append(entry)
    if isKey, tag == nil, style == .plain, parser.contentCount == 2, parser.hasContent("<<") {
      hasMergeKeys = true
    }
    if let anchor { anchors[anchor] = Anchor(position: position, height: 0) }
    lastEnd = end
    didAddValue(height: 0)
  }

  private mutating func entry(
    _ style: YAMLEvent.ScalarStyle, _ range: Range<Int>
  ) -> Tree.Entry {
    var flags: Tree.Flags = []
    var content = range
    switch style {
    case .plain: flags = .plain
    case .singleQuoted, .doubleQuoted:
      flags = .quoted
      content = range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - 1)
    case .literal, .folded: break
    }
    var detail = 0
    if content.upperBound > text.count || !parser.hasContent(text, content) {
      flags.insert(.decoded)
      detail = builder.content(parser.content)
    }
    return Tree.Entry(
      kind: .string, flags: flags, start: range.lowerBound, end: range.upperBound, detail: detail)
  }

  /// Decides what a scalar that is no key is.
  private func resolveKind(of entry: inout Tree.Entry, tag: String?) {
    switch tag {
    case nil:
      guard entry.flags.contains(.plain) else { return }
      resolvePlainKind(of: &entry)
    case "tag:yaml.org,2002:bool":
      resolvePlainKind(of: &entry)
      if entry.kind == .null { entry.kind = .string }
    case "tag:yaml.org,2002:null":
      entry.kind = .null
    default:
      break
    }
  }

  private func resolvePlainKind(of entry: inout Tree.Entry) {
    switch parser.contentCount {
    case 0:
      entry.kind = .null
    case 1 where parser.hasContent("~"):
      entry.kind = .null
    case 4:
      if parser.hasContent("true") || parser.hasContent("True") || parser.hasContent("TRUE") {
        entry.kind = .boolean
        entry.flags.insert(.isTrue)
      } else if parser.hasContent("null") {
        entry.kind = .null
      }
    case 5:
      if parser.hasContent("false") || parser.hasContent("False") || parser.hasContent("FALSE") {
        entry.kind = .boolean
      }
    default:
      break
    }
  }

  /// The tag's number in an entry.
  ///
  /// YAML's own tags say nothing that the kind does not say.
  private mutating func number(ofTag tag: String?, at offset: Int) throws(SyntaxFailure) -> UInt16 {
    guard let tag, tag != "!", !tag.hasPrefix("tag:yaml.org,2002:") else { return 0 }
    guard let number = builder.number(ofTag: tag) else {
      throw failure("more than \(UInt16.max) different tags", offset..<offset)
    }
    return number
  }
}

extension Tree.Entry {
  /// Whether the value is nothing at all, not even the word `null`.
  fileprivate var isNothing: Bool { kind == .null && start == end }
}
