import Authorization
import PolicyModel

/// A policy of an input document, made ready once for all documents that carry the same bytes.
final class CachedPolicy: Sendable {
  /// A role that the policy names as a principal.
  struct RoleName: Sendable {
    var name: String
    var account: String
    var arn: String
  }

  /// What answers say of one statement; a class, because many answers say it.
  final class StatementNotes: Sendable {
    /// Where the statement begins and ends in the policy's text; the end is exclusive.
    let start: LineIndex.Position
    let end: LineIndex.Position
    /// The condition keys it depends on.
    let keys: [Key]
    /// Those of them that variables in Resource name.
    let resourceKeys: [Key]

    init(_ statement: CompiledStatement, _ lines: LineIndex) {
      let range = statement.statement.node.range
      start = lines.position(of: range.lowerBound)
      end = lines.position(of: range.upperBound)
      resourceKeys = statement.resourceVariables.map(Key.init)
      keys = resourceKeys + statement.conditionKeys.map(Key.init)
    }
  }

  /// A condition key as a policy spells it and as contexts look it up.
  struct Key: Sendable {
    var name: String
    var folded: String

    init(_ name: String) {
      self.name = name
      folded = RequestContext.folded(name)
    }
  }

  let kind: PolicyKind
  let compiled: CompiledPolicy
  /// One for each of the policy's statements.
  let notes: [StatementNotes]
  let roles: [RoleName]

  /// Makes a policy of a string that holds one, or of an object that is one.
  convenience init(_ node: Node, as kind: PolicyKind) throws(InputProblem) {
    switch node.kind {
    case .string:
      let text: [UInt8]
      do {
        text = try node.embeddedDocument().text
      } catch {
        throw InputProblem(error)
      }
      try self.init(text, as: kind)
    case .object: try self.init(Array(node.tree.text[node.contentRange(of: node.entry)]), as: kind)
    case .null, .boolean, .number, .reference, .array:
      throw InputProblem("expected a policy, as a string or an object", at: node)
    }
  }

  /// Makes a policy of its own text, so that it depends on no document.
  private convenience init(_ text: [UInt8], as kind: PolicyKind) throws(InputProblem) {
    let source = Source(path: "", text: text)
    let tree: Tree
    do {
      tree = try Tree.parse(source, format: .json)
    } catch {
      throw InputProblem(error)
    }
    self.init(tree, source, as: kind)
  }

  private init(_ tree: Tree, _ source: Source, as kind: PolicyKind) {
    self.kind = kind
    let policy = Policy(reading: tree.root, as: kind)
    let lines = LineIndex(source)
    compiled = CompiledPolicy(policy)
    notes = compiled.statements.map { StatementNotes($0, lines) }
    roles = policy.statements.flatMap { $0.principals?.items ?? [] }.compactMap(Self.roleName)
  }

  private static func roleName(_ item: PrincipalItem) -> RoleName? {
    guard item.kind == .aws, let text = item.text.literal, let arn = ARNParts(text),
      arn.service == "iam", arn.resource.hasPrefix("role/"),
      let name = arn.resource.split(separator: "/").last
    else { return nil }
    return RoleName(name: String(name), account: String(arn.account), arn: text)
  }
}
