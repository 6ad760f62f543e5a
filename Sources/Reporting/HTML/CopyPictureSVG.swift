import Checks

/// Draws the path of a copy twice, from left to right for wide pages and downwards for narrow ones;
/// the style sheet shows one of them.
struct CopyPictureSVG {
  let picture: CopyPicture
  /// Sets the ids of this picture apart from those of other copies.
  let id: String
  /// What the picture is called.
  let title: String

  /// Both drawings.
  var markup: String {
    svg(wide, "wide") + "\n" + svg(narrow, "narrow")
  }

  private func svg(_ drawing: (content: String, width: Int, height: Int), _ name: String) -> String
  {
    "<svg class=\"path \(name)\" viewBox=\"0 0 \(drawing.width) \(drawing.height)\" role=\"img\""
      + " aria-labelledby=\"\(id)-\(name)-title \(id)-\(name)-text\">"
      + "<title id=\"\(id)-\(name)-title\">\(MarkupText.escaped(title))</title>"
      + "<desc id=\"\(id)-\(name)-text\">\(MarkupText.escaped(picture.description))</desc>"
      + drawing.content + "</svg>"
  }

  // MARK: - From left to right

  private enum Wide {
    static let width = 1314
    static let cloudTrail = (x: 4, width: 204)
    static let role = (x: 354, width: 196)
    static let target = (x: 730, width: 250)
    static let store = (x: 1110, width: 200)
    static let gap = 20
  }

  private var wide: (content: String, width: Int, height: Int) {
    var canvas = SVGCanvas()
    let heights = picture.targets.map { target in
      // Labels stand above the arrow, so that half of the box has to be as high as they are.
      max(SVGCanvas.height(of: target.node), 2 * (22 + target.edge.lines.count * 17))
    }
    let stack = heights.reduce(0, +) + Wide.gap * max(heights.count - 1, 0)
    let ends = [picture.cloudTrail, picture.role, picture.store].map(SVGCanvas.height).max() ?? 0
    let height = max(stack, ends)
    let top = 4
    canvas.box(picture.role, x: Wide.role.x, y: top, width: Wide.role.width, height: height)
    canvas.box(picture.store, x: Wide.store.x, y: top, width: Wide.store.width, height: height)
    let middle = top + height / 2
    let own = SVGCanvas.height(of: picture.cloudTrail)
    canvas.box(
      picture.cloudTrail, x: Wide.cloudTrail.x, y: middle - own / 2, width: Wide.cloudTrail.width,
      height: own)
    canvas.arrow(
      picture.trust, from: Wide.cloudTrail.x + Wide.cloudTrail.width, to: Wide.role.x, y: middle)
    var y = top + (height - stack) / 2
    for (index, target) in picture.targets.enumerated() {
      let center = y + heights[index] / 2
      canvas.arrow(
        target.edge, from: Wide.role.x + Wide.role.width, to: Wide.target.x, y: center)
      canvas.box(
        target.node, x: Wide.target.x, y: y, width: Wide.target.width, height: heights[index])
      // The log files are what is copied.
      if index == 1 {
        canvas.arrow(
          picture.copy, from: Wide.target.x + Wide.target.width, to: Wide.store.x, y: center)
      }
      y += heights[index] + Wide.gap
    }
    return (canvas.content, Wide.width, height + 2 * top)
  }

  // MARK: - Downwards

  private enum Narrow {
    static let width = 348
    static let rail = 18
    static let branch = 44
    static let arrow = 40
  }

  private var narrow: (content: String, width: Int, height: Int) {
    var canvas = SVGCanvas()
    var y = 4
    func box(_ node: CopyPicture.Node, x: Int) {
      let height = SVGCanvas.height(of: node)
      canvas.box(node, x: x, y: y, width: Narrow.width - x - 4, height: height)
      y += height
    }
    func labels(_ edge: CopyPicture.Edge) {
      for line in edge.lines {
        canvas.text(
          SVGCanvas.shortened(SVGCanvas.label(line), to: 38),
          "label \(SVGCanvas.className(line))", x: Narrow.branch, y: y + 14)
        y += SVGCanvas.lineHeight
      }
    }
    func down(_ edge: CopyPicture.Edge) {
      let start = y
      y += 10
      labels(edge)
      y = max(y + 10, start + Narrow.arrow)
      canvas.line(edge, x1: Narrow.rail, y1: start, x2: Narrow.rail, y2: y - 9)
      canvas.headDown(edge, x: Narrow.rail, y: y)
      canvas.badge(edge.status, x: Narrow.rail, y: (start + y) / 2 - 2)
    }

    box(picture.cloudTrail, x: 4)
    down(picture.trust)
    box(picture.role, x: 4)
    let start = y
    for target in picture.targets {
      y += 12
      labels(target.edge)
      y += 6
      let center = y + SVGCanvas.height(of: target.node) / 2
      canvas.line(
        target.edge, x1: Narrow.rail, y1: center, x2: Narrow.branch, y2: center)
      canvas.badge(target.edge.status, x: Narrow.rail, y: center)
      box(target.node, x: Narrow.branch)
    }
    let end = y
    down(picture.copy)
    box(picture.store, x: 4)
    // The rail lies below the badges: it is drawn first.
    var rail = SVGCanvas()
    rail.rail(x: Narrow.rail, from: start, to: end)
    return (rail.content + canvas.content, Narrow.width, y + 4)
  }
}
