import PolicyModel

/// What the references of an expression lead to.
///
/// A plan's configuration tells which values an expression names, not what it makes of them.
struct TerraformReferents: Sendable {
  /// A resource or data source, and which of its attributes.
  struct Referent: Hashable, Sendable {
    var address: String
    /// Nil where the reference does not tell, as `data.x.y[*].json` does not.
    var attribute: String?
  }

  /// What they lead to, each thing once, in the order they are written.
  private(set) var found: [Referent] = []
  /// Whether every reference leads to a resource that is read here.
  private(set) var isComplete = true

  private let plan: TerraformPlan
  private var steps = 0

  /// Where an expression stands: whose names it means, and what `count.index` and `each.key` are.
  private struct Scope {
    var module: String
    var key: String
    /// What `each.value` is one of.
    var forEach: Node?
    var depth = 0
  }

  init(_ expression: Node, of address: String, in plan: TerraformPlan) {
    self.plan = plan
    let forEach = plan.configuration.resource(address)?["for_each_expression"]
    let address = TerraformAddress(address)
    follow(
      expression, Scope(module: address.module, key: address.index, forEach: forEach))
  }

  private mutating func follow(_ expression: Node, _ scope: Scope) {
    steps += 1
    guard steps <= Limits.planReferences, scope.depth < Limits.planHandovers else {
      isComplete = false
      return
    }
    let names = longestReferences(of: expression)
    let usesKey = names.contains("count.index") || names.contains("each.key")
    for name in names where name != "count.index" && name != "each.key" {
      follow(name, scope, key: usesKey ? scope.key : nil)
    }
  }

  /// The references of an expression without the shorter ones that each is followed by.
  private mutating func longestReferences(of expression: Node) -> [String] {
    let written = expression.list("references").compactMap(\.string)
    guard written.count <= Limits.planReferences,
      written.allSatisfy({ $0.utf8.count <= Limits.planReferenceBytes })
    else {
      isComplete = false
      return []
    }
    var shorter: Set<String> = []
    for name in Set(written) {
      let parts = TerraformAddress(name).parts
      for (number, part) in parts.enumerated() {
        let before = parts.prefix(number).joined(separator: ".")
        shorter.insert(before)
        let plain = TerraformAddress.withoutIndex(part)
        if plain != part { shorter.insert(TerraformAddress.joined(before, plain)) }
      }
    }
    var seen: Set<String> = []
    return written.filter { !shorter.contains($0) && seen.insert($0).inserted }
  }

  private mutating func follow(_ reference: String, _ scope: Scope, key: String?) {
    let parts = TerraformAddress(reference).parts
    switch parts.first {
    case "var":
      guard parts.count == 2,
        let expression = plan.configuration.variable(parts[1], ofModule: scope.module)
      else {
        isComplete = false
        return
      }
      let module = TerraformAddress(scope.module)
      follow(
        expression, Scope(module: module.parent, key: module.index, depth: scope.depth + 1))
    case "module":
      guard parts.count == 3 else {
        isComplete = false
        return
      }
      let index = TerraformAddress.index(parts[1])
      let call = TerraformAddress.withoutIndex(parts[1])
      let module = TerraformAddress.joined(
        scope.module, "module.\(call)\(index.isEmpty ? key ?? "" : index)")
      guard let expression = plan.configuration.output(parts[2], ofModule: module) else {
        isComplete = false
        return
      }
      follow(expression, Scope(module: module, key: "", depth: scope.depth + 1))
    case "each":
      guard let forEach = scope.forEach, parts.count <= 3 else {
        isComplete = false
        return
      }
      var scope = scope
      scope.forEach = nil
      scope.depth += 1
      guard parts.count == 3 else { return follow(forEach, scope) }
      for name in longestReferences(of: forEach) {
        follow("\(name).\(parts[2])", scope, key: scope.key)
      }
    default:
      let count = parts.first == "data" ? 3 : 2
      guard parts.count == count || parts.count == count + 1 else {
        isComplete = false
        return
      }
      let name = parts.prefix(count).joined(separator: ".")
      guard
        let address = plan.instances.instance(
          of: TerraformAddress.withoutIndex(name), index: TerraformAddress.index(parts[count - 1]),
          inModule: scope.module, key: key)
      else {
        isComplete = false
        return
      }
      let referent = Referent(
        address: address, attribute: parts.count > count ? parts[count] : nil)
      if !found.contains(referent) { found.append(referent) }
    }
  }
}

extension TerraformPlan {
  /// The resource that an attribute refers to, where its value is known only later.
  ///
  /// For an attribute that can only be another resource's name, naming one is enough.
  ///
  /// Where the configuration does not tell, it is the only resource of the kind that the plan makes:
  /// what is known only later comes from something that is made.
  func target(of attribute: String, in item: Item, types: Set<String>) -> Item? {
    guard item.unknown?[named: attribute]?.boolean == true else { return nil }
    let expression = configuration.resource(item.address)?["expressions"]?[named: attribute]
    return target(of: expression, in: item, types: types)
  }

  /// The same for an attribute in a block in a resource, of whose blocks the first is looked at.
  func target(
    ofBlock blocks: [String], _ attribute: String, in item: Item, types: Set<String>
  ) -> Item? {
    var expression = configuration.resource(item.address)?["expressions"]
    for block in blocks {
      let node = expression?[named: block]
      expression = node.flatMap { $0.kind == .array ? $0.elements.first { _ in true } : $0 }
    }
    return target(of: expression?[named: attribute], in: item, types: types)
  }

  private func target(of expression: Node?, in item: Item, types: Set<String>) -> Item? {
    guard let expression else {
      let made = types.flatMap { itemsByType[$0] ?? [] }
      return made.count == 1 ? items[made[0]] : nil
    }
    let found = targets(of: expression, in: item, types: types)
    return found.count == 1 ? found[0] : nil
  }

  /// The resources of some types that an expression names.
  func targets(of expression: Node, in item: Item, types: Set<String>) -> [Item] {
    var found: [Item] = []
    for referent in TerraformReferents(expression, of: item.address, in: self).found {
      guard let target = self.item(referent.address), types.contains(target.type),
        !found.contains(where: { $0.address == target.address })
      else { continue }
      found.append(target)
    }
    return found
  }
}
