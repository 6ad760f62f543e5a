import Checks
import PolicyModel

/// Boxes, arrows and labels of a picture; what things look like is in the style sheet.
struct SVGCanvas {
  /// Columns of 12 px monospace type are at most so wide in the fonts that browsers choose.
  static let characterWidth = 7.4
  static let lineHeight = 17
  /// The height of a box without lines.
  static let boxHeight = 56

  private(set) var content = ""

  /// How high a box is.
  static func height(of node: CopyPicture.Node) -> Int {
    boxHeight + (node.home.isEmpty ? 0 : lineHeight) + node.lines.count * lineHeight
      + (node.lines.isEmpty ? 0 : 6)
  }

  /// A box with what it is, which one, and what is wrong with it, in its middle.
  mutating func box(_ node: CopyPicture.Node, x: Int, y: Int, width: Int, height: Int) {
    let line = node.lines.isEmpty ? nil : node.status
    content += "<rect class=\"box \(Self.className(line))\" x=\"\(x)\" y=\"\(y)\""
    content += " width=\"\(width)\" height=\"\(height)\" rx=\"8\"/>"
    let columns = Int(Double(width - 24) / Self.characterWidth)
    var y = y + (height - Self.height(of: node)) / 2 + 23
    text(node.title, "title", x: x + 12, y: y)
    y += 19
    let name = node.name.isEmpty ? "not known" : node.name
    text(Self.shortened(name, to: columns), "name", x: x + 12, y: y)
    if !node.home.isEmpty {
      y += Self.lineHeight
      text(Self.shortened(node.home, to: columns), "name", x: x + 12, y: y)
    }
    y += 3
    for line in node.lines {
      y += Self.lineHeight
      text(
        Self.shortened(Self.label(line), to: columns), "label \(Self.className(line))", x: x + 12,
        y: y)
    }
  }

  /// An arrow from left to right, its labels above and the sign of the worst on it.
  mutating func arrow(_ edge: CopyPicture.Edge, from start: Int, to end: Int, y: Int) {
    line(edge, x1: start + 2, y1: y, x2: end - 9, y2: y)
    content += "<path class=\"head \(Self.className(edge.status))\" "
    content += "d=\"M\(end - 11) \(y - 6)L\(end - 1) \(y)L\(end - 11) \(y + 6)Z\"/>"
    let middle = (start + end) / 2
    let columns = Int(Double(end - start - 8) / Self.characterWidth)
    for (index, line) in edge.lines.reversed().enumerated() {
      text(
        Self.shortened(Self.label(line), to: columns),
        "label \(Self.className(line))", x: middle, y: y - 18 - index * Self.lineHeight,
        isCentred: true)
    }
    badge(edge.status, x: middle, y: y)
  }

  /// A line that shows its status by its stroke, too.
  mutating func line(_ edge: CopyPicture.Edge, x1: Int, y1: Int, x2: Int, y2: Int) {
    content += "<line class=\"edge \(Self.className(edge.status))\""
    content += " x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"/>"
  }

  /// The point of an arrow that leads down.
  mutating func headDown(_ edge: CopyPicture.Edge, x: Int, y: Int) {
    content += "<path class=\"head \(Self.className(edge.status))\" "
    content += "d=\"M\(x - 6) \(y - 11)L\(x) \(y - 1)L\(x + 6) \(y - 11)Z\"/>"
  }

  /// A line between things that says nothing itself.
  mutating func rail(x: Int, from y1: Int, to y2: Int) {
    content += "<line class=\"edge rail\" x1=\"\(x)\" y1=\"\(y1)\" x2=\"\(x)\" y2=\"\(y2)\"/>"
  }

  /// A disc with the sign of a status.
  mutating func badge(_ line: CopyPicture.Line?, x: Int, y: Int) {
    guard let line else { return }
    content += "<circle class=\"disc \(Self.className(line))\" cx=\"\(x)\" cy=\"\(y)\" r=\"10\"/>"
    text(line.status.symbol, "sign", x: x, y: y + 5, isCentred: true)
  }

  /// A line of text; `y` is its base line.
  mutating func text(_ text: String, _ name: String, x: Int, y: Int, isCentred: Bool = false) {
    content += "<text class=\"\(name)\" x=\"\(x)\" y=\"\(y)\""
    if isCentred { content += " text-anchor=\"middle\"" }
    content += ">\(MarkupText.entities(VisibleText.escaped(text)))</text>"
  }

  /// What stands beside an arrow or in a box.
  static func label(_ line: CopyPicture.Line) -> String { "\(line.status.symbol) \(line.text)" }

  /// The class of the style sheet for a status.
  static func className(_ line: CopyPicture.Line?) -> String {
    line?.className ?? "unjudged"
  }

  /// Text in so many columns: of a longer one the beginning and, as it tells more, the end.
  static func shortened(_ text: String, to columns: Int) -> String {
    let text = VisibleText.escaped(text)
    guard DisplayWidth.of(text) > columns else { return text }
    let tail = (columns - 1) * 2 / 3
    return prefix(of: text, columns: columns - 1 - tail) + "…"
      + String(prefix(of: String(text.reversed()), columns: tail).reversed())
  }

  private static func prefix(of text: String, columns: Int) -> String {
    var free = columns
    return String(
      text.prefix { character in
        free -= DisplayWidth.of(character)
        return free >= 0
      })
  }
}

extension Requirement {
  /// The class of the style sheet for a row.
  var className: String {
    Self.className(status, isSuppressed: suppression != nil, isMinor: severity != .error)
  }

  /// The class of the style sheet; a violation that blocks no copy looks less grave.
  static func className(_ status: Status, isSuppressed: Bool, isMinor: Bool) -> String {
    if isSuppressed { return "suppressed" }
    return status == .violated && isMinor ? "minor" : status.rawValue
  }
}
