import PolicyModel

/// A policy that `aws_iam_policy_document` puts together, as far as the plan tells.
struct RebuiltDocument: Sendable {
  /// One statement, or what may be several.
  struct Piece: Sendable {
    enum Content: Sendable {
      /// A `statement` block.
      case block(TerraformStatement)
      /// A statement of a policy in a string, and that string.
      case written(Node, in: Node)
      /// Nobody can tell, and why.
      case unknown(String, at: Node)
    }

    var content: Content
    /// By which another document may replace it.
    var sid: String?
  }

  /// The element as it stands in the plan; nil where it is what Terraform writes.
  var version: Node?
  var pieces: [Piece] = []

  /// Adds a document's statements: one with the same `Sid` takes the place of the one before it.
  ///
  /// Terraform AWS provider, "Data Source: aws_iam_policy_document", arguments
  /// `source_policy_documents` and `override_policy_documents`.
  mutating func merge(_ others: [Piece]) -> Bool {
    for other in others {
      if let sid = other.sid, let number = pieces.firstIndex(where: { $0.sid == sid }) {
        pieces[number] = other
      } else {
        guard pieces.count < Limits.planDocumentPieces else { return false }
        pieces.append(other)
      }
    }
    return true
  }
}

extension TerraformResources {
  /// The policy that an attribute will be, where it is what a data source puts together.
  ///
  /// The expression must name that one document and nothing else.
  mutating func document(_ expression: Node?, of item: Item) -> Node? {
    guard let expression else { return nil }
    let referents = TerraformReferents(expression, of: item.address, in: plan)
    guard referents.isComplete, referents.found.count == 1, let only = referents.found.first,
      Self.isText(only.attribute), let document = plan.documents[only.address]
    else { return nil }
    if document.isRead, let text = document.text {
      var builder = TreeBuilder(resolving: plan.root.tree, address: document.address)
      builder.copy(text)
      return try? builder.finish().root.policyDocument()
    }
    if let known = rebuiltNodes[document.address] { return known }
    guard let rebuilt = rebuilt(document.address), !rebuilt.pieces.isEmpty,
      rebuilt.pieces.count <= piecesLeft
    else { return nil }
    piecesLeft -= rebuilt.pieces.count
    let node = node(of: rebuilt, from: document)
    rebuiltNodes[document.address] = node
    return node
  }

  private static func isText(_ attribute: String?) -> Bool {
    attribute == nil || attribute == "json" || attribute == "minified_json"
  }

  /// A data source's document, put together once; nil where nobody can tell.
  private mutating func rebuilt(_ address: String) -> RebuiltDocument? {
    if let known = rebuilt[address] { return known }
    // On the way round a circle it is unknown.
    rebuilt[address] = .some(nil)
    guard depth < Limits.planDocumentDepth, let document = plan.documents[address] else {
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    let result = merged(document)
    rebuilt[address] = .some(result)
    return result
  }

  private mutating func merged(_ document: TerraformPlan.Document) -> RebuiltDocument? {
    var result = RebuiltDocument()
    if document.isRead {
      guard let text = document.text, let pieces = Self.pieces(of: text) else { return nil }
      return result.merge(pieces) ? result : nil
    }
    let values = document.values
    guard document.unknown?["statement"]?.boolean != true,
      document.unknown?["version"]?.boolean != true,
      values["override_json"]?.string?.isEmpty ?? true,
      values["source_json"]?.string?.isEmpty ?? true
    else { return nil }
    result.version = values["version"].flatMap { $0.kind == .string ? $0 : nil }
    guard let sources = pieces("source_policy_documents", of: document),
      result.merge(sources), result.merge(blocks(of: document)),
      let overriding = pieces("override_policy_documents", of: document)
    else { return nil }
    // What may replace any statement leaves them all open.
    let isOpen = overriding.contains { piece in
      if case .unknown = piece.content { true } else { false }
    }
    guard !isOpen, result.merge(overriding) else { return nil }
    // A name that is known only later may be that of another statement.
    let isNamed = result.pieces.allSatisfy { piece in
      if case .block(let statement) = piece.content { !statement.isUnknown("sid") } else { true }
    }
    return isNamed || sources.isEmpty && overriding.isEmpty ? result : nil
  }

  /// The `statement` blocks of a document, with what the configuration says of each.
  private func blocks(of document: TerraformPlan.Document) -> [RebuiltDocument.Piece] {
    let blocks = Array(document.values.list("statement"))
    let flags = document.unknown.map { Array($0.list("statement")) } ?? []
    let written = plan.configuration.resource(document.address)?[
      path: "expressions", "statement"]
    // Dynamic blocks are not in the configuration: without them the order is the same.
    let expressions = written.map { Array($0.elements) } ?? []
    return blocks.enumerated().map { number, block in
      let statement = TerraformStatement(
        address: document.address, block: block,
        unknown: number < flags.count ? flags[number] : nil,
        expressions: expressions.count == blocks.count ? expressions[number] : nil)
      let sid = block["sid"]?.string
      return RebuiltDocument.Piece(
        content: .block(statement), sid: sid?.isEmpty == true ? nil : sid)
    }
  }

  /// The statements of documents that are merged in; nil where nobody can tell how many there are.
  private mutating func pieces(
    _ attribute: String, of document: TerraformPlan.Document
  ) -> [RebuiltDocument.Piece]? {
    let flags = document.unknown?[named: attribute]
    let open = Self.unknown(of: document.address)
    if flags?.boolean == true {
      guard let key = document.values.members.first(where: { _ in true })?.key else { return nil }
      return [RebuiltDocument.Piece(content: .unknown(open, at: key))]
    }
    guard let list = document.values[named: attribute], list.kind == .array else { return [] }
    let isLater = flags.map { flags in flags.elements.map { $0.boolean == true } } ?? []
    let count = isLater.count { $0 }
    var later: [RebuiltDocument?] = []
    if count > 0,
      let expression = plan.configuration.resource(document.address)?["expressions"]?[
        named: attribute]
    {
      let referents = TerraformReferents(expression, of: document.address, in: plan)
      let unread = referents.found.filter { plan.documents[$0.address]?.isRead != true }
      if referents.isComplete, unread.count == count,
        unread.allSatisfy({ Self.isText($0.attribute) })
      {
        later = unread.map { rebuilt($0.address) }
      }
    }
    var pieces: [RebuiltDocument.Piece] = []
    var position = 0
    for (number, node) in list.elements.enumerated() {
      if number < isLater.count, isLater[number] {
        let found = position < later.count ? later[position] : nil
        position += 1
        pieces += found?.pieces ?? [RebuiltDocument.Piece(content: .unknown(open, at: node))]
      } else if node.kind == .string, node.scalarText?.isEmpty == false {
        guard let written = Self.pieces(of: node) else { return nil }
        pieces += written
      }
    }
    return pieces
  }

  /// The statements of a policy in a string; nil of a text that is none.
  private static func pieces(of text: Node) -> [RebuiltDocument.Piece]? {
    guard let root = try? text.policyDocument(), let statements = root["Statement"] else {
      return nil
    }
    return statements.oneOrMany.map { statement in
      let sid = statement["Sid"]?.string
      return RebuiltDocument.Piece(
        content: .written(statement, in: text), sid: sid?.isEmpty == true ? nil : sid)
    }
  }

  static func unknown(of address: String) -> String {
    "`\(address)` is known only after the plan is carried out"
  }

  // MARK: Writing

  /// The policy as a document of its own, whose places are those of the plan.
  private func node(of document: RebuiltDocument, from source: TerraformPlan.Document) -> Node {
    var builder = TreeBuilder(resolving: plan.root.tree, address: source.address)
    let whole = source.values
    builder.beginObject(from: whole)
    builder.string("Version", from: document.version ?? whole)
    if let version = document.version {
      builder.copy(version)
    } else {
      builder.string("2012-10-17", from: whole)
    }
    builder.string("Statement", from: whole)
    builder.beginArray(from: whole["statement"] ?? whole)
    for piece in document.pieces {
      switch piece.content {
      case .block(let statement): write(statement, into: &builder)
      case .written(let statement, let text): builder.write(statement, from: text)
      case .unknown(let reason, let node):
        builder.text(.segments([.unknown(reason: reason)]), from: node)
      }
    }
    builder.end()
    builder.end()
    return builder.finish().root
  }
}

extension TerraformPlan.Document {
  /// Whether the policy is known already.
  var isRead: Bool { text != nil }

  /// The policy as a text; nil where it is known only later.
  var text: Node? {
    guard unknown?["json"]?.boolean != true, let text = values["json"], text.kind == .string,
      text.scalarText?.isEmpty == false
    else { return nil }
    return text
  }
}
