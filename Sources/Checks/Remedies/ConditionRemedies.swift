import Authorization
import PolicyModel

/// Plans what would mend a condition's value.
struct ConditionRemedies {
  let statement: Statement
  let condition: Condition
  let value: PolicyString

  private var isDeny: Bool { statement.effect != .allow }

  /// Writes another value in the place of one that never matched anything.
  func correcting(to text: String) -> [Remedy] {
    [Remedy("write `\(text)`", .safe, [.rewrite(value.node.place, to: text)])]
  }

  /// Writes another word in the place of one in a value that never matched anything.
  func correcting(_ word: String, to other: String, in text: String) -> [Remedy] {
    // The word stands as such in a function of a template, too; escaped it does not.
    [Remedy("write `\(text)`", .safe, [.correct(value.node.place, word: word, to: other)])]
      + correcting(to: text)
  }

  /// Writes another value in the place of one that may be meant for something else, or beside it.
  ///
  /// More values make a Deny with a negated operator deny less.
  func replacing(with text: String) -> [Remedy] {
    [
      Remedy(
        "write `\(text)` instead of `\(value.text.description)`", .unsafe,
        [.rewrite(value.node.place, to: text)])
    ] + listing([text])
  }

  /// Lists further values beside the ones that are there.
  func listing(_ texts: [String]) -> [Remedy] {
    let known = condition.values.compactMap(\.text.literal)
    let missing = texts.filter { !known.contains($0) }
    guard !missing.isEmpty else { return [] }
    let names = missing.map { "`\($0)`" }.joined(separator: " and ")
    return [
      Remedy(
        "add \(names) to the values of `\(condition.key)`", isDeny ? .unsafe : .safe,
        [.append(missing.map(Remedy.Value.text), to: condition.valueNode.place)])
    ]
  }

  /// Moves the condition key to the operator that reads wildcards.
  func matchingPatterns() -> [Remedy] {
    guard var comparison = condition.comparison,
      let block = statement.node["Condition"], block.kind == .object,
      let entry = block.members.first(where: { $0.key.index == condition.operatorNode.index }),
      entry.value.kind == .object
    else { return [] }
    let neighbours = statement.conditions.filter {
      $0.operatorNode.index == condition.operatorNode.index
    }
    let isARN =
      value.text.description.hasPrefix("arn:")
      && neighbours.allSatisfy {
        ["aws:sourcearn", "aws:principalarn"].contains(RequestContext.folded($0.key))
      }
    comparison.base =
      comparison.base.isNegated
      ? (isARN ? .arnNotLike : .stringNotLike) : (isARN ? .arnLike : .stringLike)
    let name = comparison.name
    let title = "use `\(name)`"
    let target = block[named: name]
    if target == nil, isSafeToRename(entry.key) {
      return [Remedy(title, safety, [.rename(entry.key.place, to: name)])]
    }
    guard target?[named: condition.key] == nil, let texts else { return [] }
    let member = Remedy.Member(condition.key, Remedy.Value.oneOrList(texts))
    let removal = Remedy.Change.remove(
      entry.value.count == 1 ? entry.value.place : condition.valueNode.place)
    let addition: Remedy.Change =
      target.map { .add(member.name, member.value, to: $0.place) }
      ?? .add(name, .object([member]), to: block.place)
    return [Remedy(title, safety, [removal, addition])]
  }

  /// Whether the other condition keys of an operator mean the same where wildcards are read.
  private func isSafeToRename(_ operatorNode: Node) -> Bool {
    let others = statement.conditions.filter {
      $0.operatorNode.index == operatorNode.index && $0.keyNode.index != condition.keyNode.index
    }
    return others.allSatisfy { other in
      // An ARN is compared part by part, any other text as a whole.
      other.values.allSatisfy { value in
        guard let text = value.text.literal else { return false }
        return !text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
          && !text.utf8.contains(UInt8(ascii: "$"))
      }
    }
  }

  private var safety: Fix.Safety { isDeny ? .unsafe : .safe }

  /// All values of the key; nil where one is no literal text.
  private var texts: [String]? {
    let texts = condition.values.compactMap(\.text.literal)
    return texts.count == condition.values.count && !texts.isEmpty ? texts : nil
  }
}
