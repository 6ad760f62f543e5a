import PolicyModel

/// Makes text edits of changes of a document, in the document's own style.
///
/// Nothing but the edited bytes changes: order, comments, indentation and line ends stay.
struct ChangeEditor {
  let document: DocumentText
  let style: TextStyle
  let values: ValueText

  init(_ document: DocumentText) {
    self.document = document
    style = TextStyle(document)
    values = ValueText(style: style, isJSON: document.isJSON)
  }

  /// The edits of one change; nil where the text does not allow it.
  func edits(for change: Remedy.Change) -> [TextEdit]? {
    guard let target = Target(change.place, in: document),
      !target.isAliased || change.isSafeBehindAlias
    else { return nil }
    switch change {
    case .rewrite(_, let text): return rewriting(target, text)
    case .correct(let place, let word, let text): return correcting(place, word, text)
    case .rename(let place, let name):
      guard let key = target.key, key.range == place.range else { return nil }
      return scalar(key, name).map { [$0] }
    case .wrap(_, let name): return wrapping(target, key: name)
    case .append(let new, _): return appending(new, to: target)
    case .add(let members, _): return adding(members, to: target)
    case .remove: return removing(target)
    }
  }

  // MARK: Scalars

  private func rewriting(_ target: Target, _ text: String) -> [TextEdit]? {
    guard target.key?.isFunction != true else { return nil }
    return (scalar(target.node, text) ?? function(target, text)).map { [$0] }
  }

  /// Writes a text in the place of a function of a YAML template that stands behind a key.
  private func function(_ target: Target, _ text: String) -> TextEdit? {
    let node = target.node
    guard node.tag != nil, node.kind == .string, !target.isAliased,
      let start = valueStart(target)?.start
    else { return nil }
    let range = start..<node.range.upperBound
    let isInFlow = isWithinBrackets(node)
    // An anchor would be lost, and with it what refers to it.
    guard !range.isEmpty, document.text[start] == UInt8(ascii: "!"),
      !document.holdsLineBreak(range), !document.string(range).contains(" &")
    else { return nil }
    return TextEdit(range, values.scalar(text, isInFlow: isInFlow))
  }

  /// Replaces a word where it stands; nil where it is written otherwise or more than once.
  private func correcting(_ place: Place, _ word: String, _ text: String) -> [TextEdit]? {
    let range = place.range.clamped(to: 0..<document.text.count)
    let letters = Array(word.utf8)
    let starts = range.filter { start in
      start + letters.count <= range.upperBound
        && document.text[start..<(start + letters.count)].elementsEqual(letters)
    }
    guard starts.count == 1, let start = starts.first else { return nil }
    return [TextEdit(start..<(start + letters.count), text)]
  }

  /// Writes another text in the quotes of the one that is there.
  private func scalar(_ node: Node, _ text: String) -> TextEdit? {
    switch node.kind {
    case .object, .array, .reference: return nil
    case .null, .boolean, .number, .string: break
    }
    // A function of a template says what is in the place of its text.
    guard node.tag == nil, !node.range.isEmpty else { return nil }
    let first = document.first(node)
    let quote: UInt8?
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = first
    case UInt8(ascii: "|"), UInt8(ascii: ">"): quote = UInt8(ascii: "\"")
    default: quote = node.kind == .string ? nil : UInt8(ascii: "\"")
    }
    let isInFlow = document.isJSON || isWithinBrackets(node)
    // Between brackets some readers take a colon for the end of a key: not where others stand.
    let isPlain = isInFlow && quote == nil && document.text[node.range].contains(UInt8(ascii: ":"))
    return TextEdit(
      node.range, values.scalar(text, isInFlow: isInFlow && !isPlain, quote: quote))
  }

  private func isWithinBrackets(_ node: Node) -> Bool {
    guard let root = Optional(document.tree.root) else { return false }
    var container = root
    while container.kind == .object || container.kind == .array {
      if document.isFlow(container) { return true }
      let children = container.members.map(\.value) + Array(container.elements)
      guard let next = children.first(where: { $0.range.contains(node.range.lowerBound) }) else {
        return false
      }
      container = next
    }
    return false
  }

  // MARK: Values with their keys

  /// Where a value begins with its tag and anchor: behind the colon and the space after it.
  func valueStart(_ target: Target) -> (afterColon: Int, start: Int)? {
    guard let key = target.key else { return nil }
    var at = document.spaceEnd(from: key.range.upperBound)
    guard at < document.text.count, document.text[at] == UInt8(ascii: ":") else { return nil }
    at += 1
    let start = document.spaceEnd(from: at)
    guard start <= target.node.range.lowerBound else { return nil }
    return (at, start)
  }

  /// Whether a value stands on one line with its key in a YAML block, so that it can move to a line
  /// of its own.
  func isMovable(_ target: Target) -> Bool {
    guard let parent = target.parent, let key = target.key, !document.isFlow(parent),
      valueStart(target) != nil
    else { return false }
    return !document.holdsLineBreak(key.range.lowerBound..<target.node.range.upperBound)
  }

  private func wrapping(_ target: Target, key name: String) -> [TextEdit]? {
    let node = target.node
    guard node.tag == nil, node.kind == .string else { return nil }
    if isMovable(target), let key = target.key, let (afterColon, start) = valueStart(target) {
      let column = document.column(of: key.range.lowerBound) + style.unit.utf8.count
      return [
        TextEdit(
          afterColon..<start,
          style.lineBreak + values.spaces(column) + values.key(name, isInFlow: false) + ": ")
      ]
    }
    guard !document.holdsLineBreak(node.range) else { return nil }
    return [
      .insert(
        "{" + style.objectPadding + values.key(name, isInFlow: true) + style.colon,
        at: node.range.lowerBound),
      .insert(style.objectPadding + "}", at: node.range.upperBound),
    ]
  }
}

extension Node {
  /// Whether a key names a function of a template in the place of a value.
  fileprivate var isFunction: Bool {
    guard let name = scalarText else { return false }
    return name.hasPrefix("Fn::") || name == "Ref"
  }
}

extension Remedy.Change {
  /// Whether a change may be made where aliases lead to: it then counts in all of their places.
  ///
  /// A slip is one everywhere, and a condition that is shared is meant to be the same; a shared list
  /// of actions or resources would grant more than was looked at.
  fileprivate var isSafeBehindAlias: Bool {
    switch self {
    case .rewrite, .correct, .rename: true
    case .append(_, let place): place.pointer.last?.contains("/Condition/") ?? false
    case .wrap, .add, .remove: false
    }
  }
}
