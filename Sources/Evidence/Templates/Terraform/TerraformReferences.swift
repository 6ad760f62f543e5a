import PolicyModel

extension TerraformPlan {
  /// The resource that an attribute refers to, where its value is known only later.
  ///
  /// A plan's configuration tells which resources an expression names, not what it makes of them;
  /// for an attribute that can only be another resource's name, naming one is enough.
  ///
  /// Where the configuration does not tell, it is the only resource of the kind that the plan makes:
  /// what is known only later comes from something that is made.
  func target(of attribute: String, in item: Item, types: Set<String>) -> Item? {
    guard item.unknown?[named: attribute]?.boolean == true else { return nil }
    guard let expression = resource(item.address)?["expressions"]?[named: attribute] else {
      return onlyItem(of: types)
    }
    return target(
      of: references(in: expression), module: item.module, from: item, types: types, depth: 0)
  }

  private func onlyItem(of types: Set<String>) -> Item? {
    let made = items.filter { types.contains($0.type) }
    return made.count == 1 ? made.first : nil
  }

  /// The same for an attribute in a block in a resource, of whose blocks the first is looked at.
  func target(
    ofBlock blocks: [String], _ attribute: String, in item: Item, types: Set<String>
  ) -> Item? {
    var expression = resource(item.address)?["expressions"]
    for block in blocks {
      let node = expression?[named: block]
      expression = node.flatMap { $0.kind == .array ? $0.elements.first { _ in true } : $0 }
    }
    guard let expression = expression?[named: attribute] else { return onlyItem(of: types) }
    return target(
      of: references(in: expression), module: item.module, from: item, types: types, depth: 0)
  }

  /// The provider that a resource is made with; nil where no configuration tells.
  func providerKey(of address: String) -> String? {
    if let key = resource(address)?["provider_config_key"]?.string { return key }
    guard let all = root[path: "configuration", "provider_config"], all.count == 1 else {
      return nil
    }
    return all.members.first { _ in true }?.name
  }

  /// The Region of a provider, where the configuration holds it.
  func region(ofProvider key: String) -> Said<String>? {
    let node = root[path: "configuration", "provider_config"]?[named: key]?[
      path: "expressions", "region", "constant_value"]
    guard let node, let region = node.scalarText, AWSNames.isRegion(region) else { return nil }
    return Said(region, by: "a Terraform plan", at: node.place)
  }

  // MARK: Configuration

  /// A module's configuration by its address, such as `module.a["x"].module.b`.
  private func configuration(ofModule address: String) -> Node? {
    var node = root[path: "configuration", "root_module"]
    for name in Self.moduleNames(address) {
      node = node?["module_calls"]?[named: name]?["module"]
    }
    return node
  }

  private func resource(_ address: String) -> Node? {
    let (module, local) = Self.split(address)
    let name = Self.withoutIndex(local)
    return configuration(ofModule: module)?.list("resources").first { resource in
      resource["address"]?.string == name
    }
  }

  private func references(in expression: Node) -> [String] {
    expression.list("references").compactMap(\.string)
  }

  /// Stops modules that hand a value round in circles.
  private static let deepest = 16

  private func target(
    of references: [String], module: String, from item: Item, types: Set<String>, depth: Int
  ) -> Item? {
    guard depth < Self.deepest else { return nil }
    for reference in references {
      let parts = reference.split(separator: ".").map(String.init)
      guard parts.count >= 2 else { continue }
      switch parts[0] {
      case "var":
        guard let call = Self.moduleNames(module).last else { continue }
        let parent = Self.parent(of: module)
        let expression = configuration(ofModule: parent)?["module_calls"]?[named: call]?[
          "expressions"]?[named: parts[1]]
        if let expression,
          let found = target(
            of: self.references(in: expression), module: parent, from: item, types: types,
            depth: depth + 1)
        {
          return found
        }
      case "module":
        guard parts.count >= 3 else { continue }
        let call = Self.withoutIndex(parts[1])
        let child = (module.isEmpty ? "" : module + ".") + "module.\(call)"
        let expression = configuration(ofModule: child)?["outputs"]?[named: parts[2]]?[
          "expression"]
        if let expression,
          let found = target(
            of: self.references(in: expression), module: child, from: item, types: types,
            depth: depth + 1)
        {
          return found
        }
      default:
        guard types.contains(parts[0]) else { continue }
        let name = "\(parts[0]).\(Self.withoutIndex(parts[1]))"
        if let found = instance(of: name, module: module, for: item) { return found }
      }
    }
    return nil
  }

  /// The one resource of a name; of several the one with the same index as whoever refers to it.
  private func instance(of name: String, module: String, for item: Item) -> Item? {
    let instances = items.filter { candidate in
      let (itsModule, local) = Self.split(candidate.address)
      return Self.withoutIndex(local) == name
        && Self.moduleNames(itsModule) == Self.moduleNames(module)
    }
    if instances.count == 1 { return instances.first }
    let index = Self.index(of: item.address)
    return instances.first {
      Self.index(of: $0.address) == index && $0.module == item.module
    }
  }

  // MARK: Addresses

  /// The module's address and the rest of a resource's address.
  static func split(_ address: String) -> (module: String, local: String) {
    let parts = parts(of: address)
    var count = 0
    while count + 1 < parts.count, parts[count] == "module" { count += 2 }
    return (
      parts.prefix(count).joined(separator: "."), parts.dropFirst(count).joined(separator: ".")
    )
  }

  /// The names of the calls that lead to a module.
  private static func moduleNames(_ address: String) -> [String] {
    let parts = parts(of: address)
    return stride(from: 1, to: parts.count, by: 2).map { withoutIndex(parts[$0]) }
  }

  private static func parent(of module: String) -> String {
    parts(of: module).dropLast(2).joined(separator: ".")
  }

  /// The parts between dots; an index such as `["a.b"]` is one with its name.
  private static func parts(of address: String) -> [String] {
    var parts: [String] = []
    var part: [UInt8] = []
    var depth = 0
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      default: break
      }
      if byte == UInt8(ascii: "."), depth <= 0 {
        parts.append(String(decoding: part, as: UTF8.self))
        part = []
      } else {
        part.append(byte)
      }
    }
    if !part.isEmpty { parts.append(String(decoding: part, as: UTF8.self)) }
    return parts
  }

  private static func withoutIndex(_ name: String) -> String {
    String(name.prefix { $0 != "[" })
  }

  private static func index(of address: String) -> String {
    let local = split(address).local
    return String(local.drop { $0 != "[" })
  }
}
