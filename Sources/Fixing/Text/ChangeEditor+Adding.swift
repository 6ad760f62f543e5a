import PolicyModel

/// Adds values to lists and members to objects.
extension ChangeEditor {
  func appending(_ new: [Remedy.Value], to target: Target) -> [TextEdit]? {
    let node = target.node
    switch node.kind {
    case .array:
      guard document.isFlow(node) else { return appendingToBlock(new, node) }
      return inserting(new.map { value in { self.piece(value, $0, beside: node) } }, into: node)
    case .object:
      // One statement becomes a list of them.
      return document.isFlow(node)
        ? listing(new, besideFlow: target) : listing(new, besideBlock: target)
    case .string, .reference, .number, .boolean: return listing(new, beside: target)
    case .null: return nil
    }
  }

  func adding(_ members: [Remedy.Member], to target: Target) -> [TextEdit]? {
    let node = target.node
    guard node.kind == .object,
      !node.members.contains(where: { known in members.contains { $0.name == known.name } })
    else { return nil }
    if document.isFlow(node) {
      let pieces = members.map { member in
        { (indentation: String?) in
          values.key(member.name, isInFlow: true) + style.colon
            + values.flow(
              member.value, indentation: indentation ?? "", isExpanded: indentation != nil)
        }
      }
      return inserting(pieces, into: node)
    }
    guard node.count > 0 else { return nil }
    let column = document.column(of: node.range.lowerBound)
    let lines = members.map { member in
      style.lineBreak + values.spaces(column) + values.member(member, column: column)
    }
    return [.insert(lines.joined(), at: document.lineEnd(of: node.range.upperBound))]
  }

  // MARK: Brackets

  /// A new element of a list in brackets: objects look like those that are there.
  private func piece(_ value: Remedy.Value, _ indentation: String?, beside list: Node) -> String {
    let others = list.elements.filter { $0.kind == .object }
    let isExpanded =
      others.last.map { document.holdsLineBreak($0.range) } ?? style.isExpanded
    return values.flow(
      value, indentation: indentation ?? document.indentation(ofLineAt: list.range.lowerBound),
      isExpanded: isExpanded && (indentation != nil || !others.isEmpty))
  }

  /// Inserts pieces behind the last one of a container in brackets; each is told the indentation of
  /// its line, or that it has none of its own.
  private func inserting(_ new: [(String?) -> String], into node: Node) -> [TextEdit]? {
    guard let pieces = document.pieces(of: node) else { return nil }
    let outer = document.indentation(ofLineAt: node.range.lowerBound)
    guard let last = pieces.last else {
      let inside =
        node.range.lowerBound + 1..<max(node.range.lowerBound + 1, node.range.upperBound - 1)
      guard !document.text[inside].contains(UInt8(ascii: "#")) else { return nil }
      let isLined = style.isExpanded && (node.kind == .object || style.expandsLists)
      guard isLined, document.isJSON || document.holdsLineBreak(inside) else {
        let padding = node.kind == .object ? style.objectPadding : style.listPadding
        let text = new.map { $0(nil) }.joined(separator: style.comma)
        return [TextEdit(inside, padding + text + padding)]
      }
      let inner = outer + style.unit
      let text = new.map { inner + $0(inner) }.joined(separator: "," + style.lineBreak)
      return [TextEdit(inside, style.lineBreak + text + style.lineBreak + outer)]
    }
    guard document.beginsLine(last.lowerBound) else {
      let text = new.map { style.comma + $0(nil) }.joined()
      return [.insert(text, at: last.upperBound)]
    }
    let indentation = document.indentation(ofLineAt: last.lowerBound)
    let text = new.map { style.lineBreak + indentation + $0(indentation) }
    return insertingLines(text, behind: last, in: node)
  }

  /// Inserts lines behind the last piece, and behind a comment that belongs to it.
  private func insertingLines(
    _ lines: [String], behind last: Range<Int>, in node: Node
  ) -> [TextEdit] {
    let joined = lines.joined(separator: ",")
    let rest = document.spaceEnd(from: last.upperBound)
    let hasComma = rest < document.text.count && document.text[rest] == UInt8(ascii: ",")
    let behindComma = hasComma ? document.spaceEnd(from: rest + 1) : rest
    let holdsComment =
      !document.isJSON && behindComma < document.text.count
      && document.text[behindComma] == UInt8(ascii: "#")
    guard holdsComment || hasComma else { return [.insert("," + joined, at: last.upperBound)] }
    let end = document.lineEnd(of: last.upperBound)
    guard end < node.range.upperBound else { return [.insert("," + joined, at: last.upperBound)] }
    if hasComma { return [.insert(joined + ",", at: end)] }
    return [.insert(",", at: last.upperBound), .insert(joined, at: end)]
  }

  // MARK: One value becomes a list

  /// Makes a list of a scalar and further values.
  private func listing(_ new: [Remedy.Value], beside target: Target) -> [TextEdit]? {
    let node = target.node
    if isMovable(target), style.hasBlockLists, let key = target.key,
      let (afterColon, start) = valueStart(target)
    {
      let column = document.column(of: key.range.lowerBound) + style.listIndentation
      let head = style.lineBreak + values.spaces(column) + "- "
      let text = new.map { head + values.block($0, column: column + 2) }.joined()
      return [
        TextEdit(afterColon..<start, head),
        .insert(text, at: document.lineEnd(of: node.range.upperBound)),
      ]
    }
    let start = valueStart(target)?.start ?? node.range.lowerBound
    guard !document.holdsLineBreak(start..<node.range.upperBound) else { return nil }
    if !document.isJSON, node.entry.flags.contains(.plain),
      document.text[node.range].contains(where: { ",[]{}".utf8.contains($0) })
    {
      return nil
    }
    let isLined =
      document.isJSON && style.isExpanded && style.expandsLists && target.key != nil
      && document.beginsLine(target.key?.range.lowerBound ?? 0)
    guard isLined else {
      let text = new.map {
        style.comma + values.flow($0, indentation: "", isExpanded: false)
      }.joined()
      return [
        .insert("[" + style.listPadding, at: start),
        .insert(text + style.listPadding + "]", at: node.range.upperBound),
      ]
    }
    let outer = document.indentation(ofLineAt: start)
    let inner = style.lineBreak + outer + style.unit
    let text = new.map {
      "," + inner + values.flow($0, indentation: outer + style.unit, isExpanded: true)
    }.joined()
    return [
      .insert("[" + inner, at: start),
      .insert(text + style.lineBreak + outer + "]", at: node.range.upperBound),
    ]
  }

  /// Makes a list of an object in brackets and further ones.
  private func listing(_ new: [Remedy.Value], besideFlow target: Target) -> [TextEdit]? {
    let node = target.node
    guard node.tag == nil else { return nil }
    let isExpanded = document.holdsLineBreak(node.range)
    let outer = document.indentation(ofLineAt: node.range.lowerBound)
    let text = new.map {
      style.comma + values.flow($0, indentation: outer, isExpanded: isExpanded)
    }.joined()
    return [
      .insert("[", at: node.range.lowerBound), .insert(text + "]", at: node.range.upperBound),
    ]
  }

  /// Makes a list of a YAML block and further ones: its lines move to the right of the dash.
  private func listing(_ new: [Remedy.Value], besideBlock target: Target) -> [TextEdit]? {
    let node = target.node
    guard node.tag == nil, document.beginsLine(node.range.lowerBound) else { return nil }
    let column = document.column(of: node.range.lowerBound)
    var edits: [TextEdit] = [.insert("- ", at: node.range.lowerBound)]
    for line in document.lineStarts(in: node.range) where document.holdsText(line) {
      edits.append(.insert("  ", at: line))
    }
    let head = style.lineBreak + values.spaces(column) + "- "
    let text = new.map { head + values.block($0, column: column + 2) }.joined()
    edits.append(.insert(text, at: document.lineEnd(of: node.range.upperBound)))
    return edits
  }

  // MARK: YAML blocks

  private func appendingToBlock(_ new: [Remedy.Value], _ node: Node) -> [TextEdit]? {
    guard node.count > 0, document.first(node) == UInt8(ascii: "-") else { return nil }
    let column = document.column(of: node.range.lowerBound)
    // An element begins as far behind its dash as the others do.
    let start = node.range.lowerBound
    let first = document.spaceEnd(from: start + 1)
    let width = document.lineEnd(of: start) == first ? 2 : first - start
    let dash = "-" + values.spaces(max(1, width - 1))
    let others = node.elements.filter { $0.kind == .object }
    let isFlow = others.last.map { document.isFlow($0) } ?? false
    let text = new.map { value in
      let written: String
      if isFlow {
        written = values.flow(
          value, indentation: values.spaces(column + width),
          isExpanded: others.last.map { document.holdsLineBreak($0.range) } ?? false)
      } else if case .text(let text) = value {
        written = values.scalar(text, isInFlow: false, quote: quote(ofLast: node))
      } else {
        written = values.block(value, column: column + max(2, width))
      }
      return style.lineBreak + values.spaces(column) + dash + written
    }.joined()
    return [.insert(text, at: document.lineEnd(of: node.range.upperBound))]
  }

  /// The quotes of a list's last text.
  private func quote(ofLast list: Node) -> UInt8? {
    var last: Node?
    for element in list.elements where element.kind == .string { last = element }
    guard let last else { return style.quote }
    let first = document.first(last)
    return first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") ? first : nil
  }
}

extension DocumentText {
  /// Where the lines behind the first of a range begin.
  fileprivate func lineStarts(in range: Range<Int>) -> [Int] {
    var starts: [Int] = []
    var at = range.lowerBound
    while at < range.upperBound {
      if text[at] == UInt8(ascii: "\n")
        || text[at] == UInt8(ascii: "\r")
          && !(at + 1 < text.count && text[at + 1] == UInt8(ascii: "\n"))
      {
        starts.append(at + 1)
      }
      at += 1
    }
    return starts
  }

  /// Whether a line holds anything but space.
  fileprivate func holdsText(_ lineStart: Int) -> Bool {
    let at = spaceEnd(from: lineStart)
    return at < text.count && !isLineBreak(text[at])
  }
}
