import PolicyModel

/// How a document is written, as far as it shows: what is added looks like the rest.
struct TextStyle {
  /// What ends a line.
  var lineBreak = "\n"
  /// What a level is further indented by.
  var unit = "  "
  /// Whether the document is spread over lines at all.
  var isExpanded = true
  /// Whether lists of texts in brackets are.
  var expandsLists = true
  /// Whether objects in brackets within a statement are.
  var expandsObjects = true
  /// What stands between key and value.
  var colon = ": "
  /// What stands between two values on one line.
  var comma = ", "
  /// What stands inside the brackets of an object, and of a list, on one line.
  var objectPadding = ""
  var listPadding = ""
  /// How much further than its key a YAML list is indented.
  var listIndentation = 2
  /// Whether YAML lists of texts have a line for each.
  var hasBlockLists = true
  /// The quotes around YAML texts; nil for none where that is possible.
  var quote: UInt8?
  /// The quotes around YAML keys.
  var keyQuote: UInt8?

  init(_ document: DocumentText) {
    var survey = StyleSurvey(document)
    survey.look(upTo: Limits.styleValues)
    let root = document.tree.root
    let isLined = document.holdsLineBreak(root.range)
    lineBreak = Self.lineBreak(of: document.text)
    isExpanded = isLined
    colon = survey.colon ?? (isLined || !document.isJSON ? ": " : ":")
    comma = survey.comma ?? (colon.hasSuffix(" ") ? ", " : ",")
    objectPadding = survey.objectPadding ?? ""
    listPadding = survey.listPadding ?? ""
    unit = survey.unit ?? "  "
    expandsLists = isLined && survey.expandedLists >= survey.inlineLists
    expandsObjects = isLined && survey.expandedObjects >= survey.inlineObjects
    listIndentation = survey.listIndentation ?? 2
    hasBlockLists = survey.blockLists >= survey.flowLists
    quote = survey.valueQuotes.commonest
    keyQuote = survey.keyQuotes.commonest
  }

  private static func lineBreak(of text: [UInt8]) -> String {
    guard let at = text.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return "\n" }
    if text[at] == 0x0A { return "\n" }
    return at + 1 < text.count && text[at + 1] == 0x0A ? "\r\n" : "\r"
  }
}

/// Looks at how the values of a document are written.
private struct StyleSurvey {
  private let document: DocumentText
  var colon: String?
  var comma: String?
  var objectPadding: String?
  var listPadding: String?
  var unit: String?
  var listIndentation: Int?
  var expandedLists = 0
  var inlineLists = 0
  var expandedObjects = 0
  var inlineObjects = 0
  var blockLists = 0
  var flowLists = 0
  var valueQuotes = QuoteCount()
  var keyQuotes = QuoteCount()

  struct QuoteCount {
    private var plain = 0
    private var single = 0
    private var double = 0

    mutating func count(_ first: UInt8) {
      switch first {
      case UInt8(ascii: "'"): single += 1
      case UInt8(ascii: "\""): double += 1
      default: plain += 1
      }
    }

    var commonest: UInt8? {
      if plain >= max(single, double) { return nil }
      return single > double ? UInt8(ascii: "'") : UInt8(ascii: "\"")
    }
  }

  init(_ document: DocumentText) { self.document = document }

  mutating func look(upTo limit: Int) {
    var open: [(node: Node, key: Node?, depth: Int)] = [(document.tree.root, nil, 0)]
    var count = 0
    // INVARIANT: last in, first out; children are put in backwards, so that text order is kept.
    while let (node, key, depth) = open.popLast(), count < limit {
      count += 1
      look(at: node, key: key, depth: depth)
      switch node.kind {
      case .object:
        open += node.members.map { ($0.value, $0.key, depth + 1) }.reversed()
      case .array: open += node.elements.map { ($0, nil, depth + 1) }.reversed()
      case .null, .boolean, .number, .string, .reference: break
      }
    }
  }

  private mutating func look(at node: Node, key: Node?, depth: Int) {
    if let key { look(atKey: key, of: node) }
    switch node.kind {
    case .object, .array:
      if document.isFlow(node) {
        look(atFlow: node, isInObject: key != nil, depth: depth)
      } else {
        look(atBlock: node, key: key)
      }
    case .string: valueQuotes.count(document.first(node))
    case .null, .boolean, .number, .reference: break
    }
  }

  private mutating func look(atKey key: Node, of node: Node) {
    keyQuotes.count(document.first(key))
    guard colon == nil, node.tag == nil, node.range.lowerBound > key.range.upperBound else {
      return
    }
    let between = document.string(key.range.upperBound..<node.range.lowerBound)
    guard between.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x3A }), between.utf8.contains(0x3A) else {
      return
    }
    // A block value aligned in a column shows nothing of what others look like.
    colon = document.isJSON ? between : ": "
  }

  private mutating func look(atFlow node: Node, isInObject: Bool, depth: Int) {
    guard let pieces = document.pieces(of: node), let first = pieces.first, let last = pieces.last
    else { return }
    let head = node.range.lowerBound + 1..<max(node.range.lowerBound + 1, first.lowerBound)
    let isExpanded = document.holdsLineBreak(node.range.lowerBound..<last.lowerBound)
    let holdsTexts = node.kind == .array && node.elements.allSatisfy { $0.kind == .string }
    if holdsTexts {
      flowLists += 1
      if isExpanded { expandedLists += 1 } else { inlineLists += 1 }
    }
    if node.kind == .object, isInObject, depth > 1 {
      if isExpanded { expandedObjects += 1 } else { inlineObjects += 1 }
    }
    if document.holdsLineBreak(head) {
      let outer = document.indentation(ofLineAt: node.range.lowerBound)
      let inner = document.indentation(ofLineAt: first.lowerBound)
      if unit == nil, inner.utf8.count > outer.utf8.count, inner.hasPrefix(outer) {
        unit = String(inner.dropFirst(outer.count))
      }
      return
    }
    let padding = document.string(head)
    if padding.utf8.allSatisfy({ $0 == 0x20 }) {
      if node.kind == .object { objectPadding = objectPadding ?? padding }
      if node.kind == .array { listPadding = listPadding ?? padding }
    }
    if comma == nil, pieces.count > 1, pieces[0].upperBound < pieces[1].lowerBound {
      let between = document.string(pieces[0].upperBound..<pieces[1].lowerBound)
      if between.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x2C }) { comma = between }
    }
  }

  private mutating func look(atBlock node: Node, key: Node?) {
    let column = document.column(of: node.range.lowerBound)
    if node.kind == .array {
      if node.elements.allSatisfy({ $0.kind == .string }) { blockLists += 1 }
      if let key, listIndentation == nil {
        listIndentation = max(0, column - document.column(of: key.range.lowerBound))
      }
    } else if let key, unit == nil {
      let width = column - document.column(of: key.range.lowerBound)
      if width > 0 { unit = String(repeating: " ", count: width) }
    }
  }
}
