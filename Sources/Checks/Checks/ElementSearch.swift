import Evidence
import PolicyModel

/// An element that a rule looks for, maybe with one of a few values, maybe in the statements with
/// one effect only.
struct ElementSearch {
  /// A statement that has what is looked for.
  struct Match {
    var statement: Statement
    /// What it has: "`Action` `s3:*`".
    var text: String
    var node: Node
  }

  /// The names of the elements.
  enum Element: String, CaseIterable {
    case sid = "Sid"
    case effect = "Effect"
    case principal = "Principal"
    case notPrincipal = "NotPrincipal"
    case action = "Action"
    case notAction = "NotAction"
    case resource = "Resource"
    case notResource = "NotResource"
    case condition = "Condition"
  }

  private let element: Element
  private let values: [String]?
  private let effect: String?

  init?(_ parameters: Rule.Parameters) {
    guard let element = parameters["element"]?.text.flatMap(Element.init(rawValue:)) else {
      return nil
    }
    self.element = element
    values = parameters["values"]?.values
    effect = parameters["effect"]?.text
  }

  /// What is looked for, in words.
  var description: String {
    guard let values else { return "`\(element.rawValue)`" }
    let shown = values.map { quoted($0) }
    let last = shown.last ?? ""
    let list = shown.count < 2 ? last : "\(shown.dropLast().joined(separator: ", ")) or \(last)"
    return "`\(element.rawValue)` \(list)"
  }

  /// The statements that have it, and those that may because a template leaves a value open.
  func matches(in layer: PolicyLayer) -> (certain: [Match], possible: [Match]) {
    var certain: [Match] = []
    var possible: [Match] = []
    for statement in layer.policies.flatMap(\.statements) where isWanted(statement) {
      guard let (key, candidates) = candidates(of: statement) else { continue }
      guard let values else {
        certain.append(Match(statement: statement, text: "`\(element.rawValue)`", node: key))
        continue
      }
      for candidate in candidates {
        let match = Match(
          statement: statement,
          text: "`\(element.rawValue)` \(quoted(candidate.text.description))",
          node: candidate.node)
        guard let literal = candidate.text.literal else {
          possible.append(match)
          continue
        }
        if values.contains(where: { isSame($0, literal) }) { certain.append(match) }
      }
    }
    return (certain, possible)
  }

  private func isWanted(_ statement: Statement) -> Bool {
    switch effect {
    case "Allow": statement.effect == .allow
    case "Deny": statement.effect == .deny
    default: true
    }
  }

  /// IAM User Guide, "Action" and "Condition": the names of actions and condition keys are not
  /// case-sensitive; everything else is.
  private func isSame(_ wanted: String, _ written: String) -> Bool {
    switch element {
    case .action, .notAction, .condition:
      wanted == written || differOnlyInCase(wanted, written)
    case .sid, .effect, .principal, .notPrincipal, .resource, .notResource: wanted == written
    }
  }

  private typealias Candidate = (text: PolicyText, node: Node)

  /// The element's key and values in a statement; nil where it has none.
  private func candidates(of statement: Statement) -> (key: Node, values: [Candidate])? {
    switch element {
    case .sid, .effect: scalar(of: statement)
    case .principal, .notPrincipal:
      clause(statement.principals, isNegated: element == .notPrincipal) { ($0.text, $0.node) }
    case .action, .notAction:
      clause(statement.actions, isNegated: element == .notAction) { ($0.text, $0.node) }
    case .resource, .notResource:
      clause(statement.resources, isNegated: element == .notResource) { ($0.text, $0.node) }
    case .condition:
      member(of: statement).map { member in
        (member.key, statement.conditions.map { (.literal($0.key), $0.keyNode) })
      }
    }
  }

  private func clause<Item>(
    _ clause: Statement.Clause<Item>?, isNegated: Bool, _ candidate: (Item) -> Candidate
  ) -> (key: Node, values: [Candidate])? {
    guard let clause, clause.isNegated == isNegated else { return nil }
    return (clause.keyNode, clause.items.map(candidate))
  }

  private func scalar(of statement: Statement) -> (key: Node, values: [Candidate])? {
    member(of: statement).map { member in
      (
        member.key,
        [(member.value.scalarText.map(PolicyText.literal), member.value)]
          .compactMap { text, node in text.map { ($0, node) } }
      )
    }
  }

  private func member(of statement: Statement) -> Node.Member? {
    statement.node.members.first { $0.name == element.rawValue }
  }
}
