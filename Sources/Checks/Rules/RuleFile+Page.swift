import PolicyModel

// The sources and examples that a rule file holds for its page.
extension RuleFileReader {
  mutating func references(_ node: Node?) -> [RulePage.Reference] {
    guard let node else { return [] }
    return node.oneOrMany.compactMap { item in
      guard item.kind == .object else {
        return line(item).map { RulePage.Reference(title: $0, url: nil) }
      }
      checkNames(of: item, among: ["title", "url"], what: "field", of: "a source")
      let title = required("title", in: item).flatMap { line($0) }
      let url = item["url"].flatMap { line($0) }
      return title.map { RulePage.Reference(title: $0, url: url) }
    }
  }

  mutating func examples(_ node: Node?) -> [RuleExample] {
    guard let node else { return [] }
    return node.oneOrMany.compactMap { example($0) }
  }

  private mutating func example(_ node: Node) -> RuleExample? {
    guard node.kind == .object else {
      report(
        "an example names its `document` and has a `statement` or a `text`", at: node,
        help: "or it has `options`, with their values")
      return nil
    }
    checkNames(
      of: node, among: ["about", "document", "statement", "text", "beside", "options"],
      what: "field", of: "an example")
    let about = node["about"].flatMap { line($0) }
    let options =
      node["options"]?.members.compactMap { member in
        marked(member.value).map { RuleExample.Option(name: member.name, value: $0) }
      } ?? []
    let beside =
      node["beside"]?.oneOrMany.compactMap { other -> RuleExample.Document? in
        checkNames(
          of: other, among: ["document", "statement", "text"], what: "field", of: "a document")
        return document(other)
      } ?? []
    let isAboutDocument = ["statement", "text", "document"].contains { node[named: $0] != nil }
    guard isAboutDocument else {
      if options.isEmpty { report("the example shows nothing", at: node) }
      return RuleExample(about: about, document: nil, beside: beside, options: options)
    }
    return document(node).map {
      RuleExample(about: about, document: $0, beside: beside, options: options)
    }
  }

  private mutating func document(_ node: Node) -> RuleExample.Document? {
    guard let name = required("document", in: node).flatMap({ line($0) }),
      let body = node["statement"] ?? required("text", in: node),
      let text = marked(body)
    else { return nil }
    return .init(name: name, extent: node["statement"] == nil ? .document : .statement, text: text)
  }

  private mutating func marked(_ node: Node) -> MarkedText? {
    guard let text = text(node) else { return nil }
    guard let marked = MarkedText(text) else {
      report("a mark is opened with `«` and closed with `»`, and marks do not nest", at: node)
      return nil
    }
    return marked
  }
}

// MARK: - Values
