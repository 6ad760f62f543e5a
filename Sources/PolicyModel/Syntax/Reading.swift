/// The languages a document may be written in.
public enum DocumentFormat: Hashable, Sendable {
  case json
  case yaml

  /// The language of a text, by the path's extension and, where that says nothing, by how the text
  /// begins.
  package init(of source: Source) {
    let name = source.path.utf8.split(separator: UInt8(ascii: "/")).last ?? source.path.utf8[...]
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let suffix = parts.count > 1 ? parts.last.map { String($0) ?? "" } : nil
    switch suffix?.lowercased() {
    case "json": self = .json
    case "yaml", "yml": self = .yaml
    default:
      let first = source.text.first { byte in
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): false
        default: true
        }
      }
      self = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .yaml
    }
  }
}

extension Tree {
  /// Where a text to be parsed comes from.
  package struct Origin: Sendable {
    package var source: Source
    package var offsets: OffsetMap?
    package var outer: OuterString?
    package var address: String?

    package init(
      source: Source, offsets: OffsetMap? = nil, outer: OuterString? = nil, address: String? = nil
    ) {
      self.source = source
      self.offsets = offsets
      self.outer = outer
      self.address = address
    }

    /// The place of a range of the text, without a way through the text itself.
    package func place(of range: Range<Int>) -> Place {
      let outerNode = outer.map { Node(tree: $0.tree, index: $0.index) }
      return Place(
        source: source, range: offsets.map { $0[range] } ?? range,
        pointer: outerNode?.pointer ?? [], address: address ?? outerNode?.address)
    }
  }

  /// Parses a document; without a format, in the language that its name or its beginning shows.
  package static func parse(
    _ source: Source, format: DocumentFormat? = nil
  ) throws(SyntaxFailure) -> Tree {
    let origin = Origin(source: source)
    switch format ?? DocumentFormat(of: source) {
    case .json: return try json(source.text, from: origin)
    case .yaml: return try yaml(source.text, from: origin)
    }
  }

  /// Parses JSON.
  package static func json(
    _ text: [UInt8], from origin: Origin, decodesStrings: Bool = true
  ) throws(SyntaxFailure) -> Tree {
    try checkSize(of: text, from: origin)
    var reader = JSONReader(decodesStrings: decodesStrings)
    do {
      try reader.read(text.span)
    } catch {
      throw JSONDiagnosis(text: text, reader: reader, origin: origin).failure(of: error)
    }
    return Tree(
      source: origin.source, text: text, entries: reader.entries, strings: reader.strings,
      offsets: origin.offsets, outer: origin.outer, address: origin.address)
  }

  /// Parses YAML.
  package static func yaml(
    _ text: [UInt8], from origin: Origin
  ) throws(SyntaxFailure) -> Tree {
    try checkSize(of: text, from: origin)
    return try YAMLReader(text, from: origin).read()
  }

  private static func checkSize(of text: [UInt8], from origin: Origin) throws(SyntaxFailure) {
    guard text.count <= Limits.textBytes else {
      throw SyntaxFailure(
        "more than \(Limits.textBytes) bytes in one document", at: origin.place(of: 0..<0))
    }
  }
}
