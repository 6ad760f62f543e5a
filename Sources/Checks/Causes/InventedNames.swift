import Authorization
import PolicyModel

/// An action in a policy that no service has.
struct InventedAction {
  let item: PolicyString
  let text: String
  private let judgement: ActionCatalog.Judgement

  /// An action that is misspelt or made up; nil for one that exists, and for one of which nobody
  /// can tell.
  init?(_ item: PolicyString) {
    guard let text = item.text.literal, item.text.firstVariable == nil else { return nil }
    let judgement = ActionCatalog.judgement(of: text)
    switch judgement {
    case .known, .unlisted: return nil
    case .unknownAction, .unknownService: break
    }
    self.item = item
    self.text = text
    self.judgement = judgement
  }

  private var suggestion: String? {
    switch judgement {
    case .unknownAction(let suggestion): suggestion
    case .unknownService(let suggestion): suggestion
    case .known, .unlisted: nil
    }
  }

  /// Whether somebody who wrote it wanted that action.
  func isMeant(for action: String) -> Bool {
    let wanted = action.lowercased()
    if suggestion?.lowercased() == wanted { return true }
    let written = text.lowercased()
    guard !Wildcard.isIn(written.utf8),
      written.prefix(while: { $0 != ":" }) == wanted.prefix(while: { $0 != ":" })
    else { return false }
    return PolicyModel.suggestion(for: written, among: [wanted], slips: 2) != nil
  }

  /// The finding; `meant` is the action that a denial shows to be wanted.
  func draft(meant: String? = nil) -> Outcome.Draft {
    let parts = text.split(separator: ":", maxSplits: 1)
    let service = parts.first.map(String.init) ?? text
    let name = parts.count == 2 ? String(parts[1]) : ""
    let wanted = meant ?? suggestion
    var message = "service `\(service)` has no action `\(name)`"
    switch judgement {
    case .unknownService: message = "AWS has no service `\(service)`"
    case .unknownAction where Wildcard.isIn(name.utf8):
      message = "no action of service `\(service)` matches `\(name)`"
    case .unknownAction, .known, .unlisted: break
    }
    return Outcome.Draft(
      message, at: item.node.place, label: "matches no request",
      help: wanted.map { "did you mean `\($0)`?" }
        ?? "look the action up in the Service Authorization Reference",
      // Where nothing shows which action is wanted, writing it may grant what nobody needs.
      remedies: wanted.map {
        [
          Remedy(
            "write `\($0)`", meant == nil ? .unsafe : .safe, [.rewrite(item.node.place, to: $0)])
        ]
      } ?? [])
  }
}

/// A condition key in a policy that no service has.
struct InventedKey {
  let condition: Condition
  private let suggestion: String?

  /// A key that is misspelt or made up; nil for one that exists, and for one of which nobody can
  /// tell.
  init?(_ condition: Condition) {
    guard case .unknown(let suggestion) = ConditionKeyCatalog.judgement(of: condition.key) else {
      return nil
    }
    self.condition = condition
    self.suggestion = suggestion
  }

  /// The finding; where the key decides an access, `isCause`, correcting it grants what is wanted.
  func draft(isCause: Bool) -> Outcome.Draft {
    Outcome.Draft(
      "there is no condition key `\(condition.key)`", at: condition.keyNode.place,
      label: "in no request, so the condition \(holds ? "always" : "never") holds",
      help: suggestion.map { "did you mean `\($0)`?" }
        ?? "look the key up in the Service Authorization Reference",
      remedies: suggestion.map {
        [
          Remedy(
            "write `\($0)`", isCause ? .safe : .unsafe,
            [.rename(condition.keyNode.place, to: $0)])
        ]
      } ?? [])
  }

  /// What the operator says of a key that is not there.
  private var holds: Bool {
    guard let comparison = condition.comparison else { return false }
    if comparison.base == .null {
      return condition.values.contains { $0.text.literal?.lowercased() == "true" }
    }
    switch comparison.quantifier {
    case .forAllValues: return true
    case .forAnyValue: return comparison.ifExists
    case nil: return comparison.ifExists || comparison.base.isNegated
    }
  }
}

/// A statement of a key policy that lacks what says what it is about.
enum KeyStatement {
  /// The finding; where the statement is to let the role in, `isCause`, it shall have an effect.
  static func draft(_ statement: Statement, isCause: Bool) -> Outcome.Draft {
    Outcome.Draft(
      "a statement of a key policy without `Resource` has no effect", at: statement.node.headPlace,
      label: "\(statement.name) is about no key",
      help: #"add `"Resource": "*"`, which in a key policy is the key itself"#,
      remedies: [
        Remedy(
          "add `Resource`", isCause ? .safe : .unsafe,
          [.add("Resource", .text("*"), to: statement.node.place)])
      ])
  }
}
