import PolicyModel

/// The configuration that a plan was made from, by module and resource.
struct TerraformConfiguration: Sendable {
  /// Modules by the names of the calls that lead to them.
  private var modules: [String: Node] = [:]
  /// Resources by ``TerraformAddress/key``.
  private var resources: [String: Node] = [:]
  /// Providers by their keys.
  private let providers: Node?
  /// The only provider, where there is one only.
  private let onlyProvider: String?

  init(_ configuration: Node?) {
    providers = configuration?["provider_config"]
    onlyProvider =
      providers?.count == 1 ? providers?.members.first { _ in true }?.name : nil
    var left: [(calls: [String], module: Node)] = []
    if let root = configuration?["root_module"] { left.append(([], root)) }
    while let (calls, module) = left.popLast() {
      modules[calls.joined(separator: "|")] = module
      for resource in module.list("resources") {
        guard let address = resource["address"]?.string else { continue }
        resources[(calls + [address]).joined(separator: "|")] = resource
      }
      guard calls.count < Limits.planModules, let children = module["module_calls"] else {
        continue
      }
      for call in children.members {
        if let child = call.value["module"] { left.append((calls + [call.name], child)) }
      }
    }
  }

  /// The configuration of a resource, for all its instances.
  func resource(_ address: String) -> Node? { resources[TerraformAddress(address).key] }

  /// What a module's output is made of.
  func output(_ name: String, ofModule address: String) -> Node? {
    module(address)?["outputs"]?[named: name]?["expression"]
  }

  /// What a module is given for a variable.
  func variable(_ name: String, ofModule address: String) -> Node? {
    let module = TerraformAddress(address)
    guard let call = module.calls.last else { return nil }
    return self.module(module.parent)?["module_calls"]?[named: call]?["expressions"]?[
      named: name]
  }

  private func module(_ address: String) -> Node? {
    modules[TerraformAddress(address).calls.joined(separator: "|")]
  }

  /// The provider that a resource is made with; nil where no configuration tells.
  func providerKey(of address: String) -> String? {
    resource(address)?["provider_config_key"]?.string ?? onlyProvider
  }

  /// The Region of a provider, where the configuration holds it.
  func region(ofProvider key: String) -> Said<String>? {
    let node = providers?[named: key]?[path: "expressions", "region", "constant_value"]
    guard let node, let region = node.scalarText, AWSNames.isRegion(region) else { return nil }
    return Said(region, by: "a Terraform plan", at: node.place)
  }
}

/// The addresses of what a plan makes or reads, to find what a reference means.
struct TerraformInstances: Sendable {
  private var all: Set<String> = []
  /// The instances of a resource in all instances of its module: how many, and the first.
  private var everywhere: [String: (count: Int, first: String)] = [:]
  /// The same in one instance of its module, by its address without the index.
  private var inModule: [String: (count: Int, first: String)] = [:]

  mutating func add(_ address: String) {
    guard all.insert(address).inserted else { return }
    let parsed = TerraformAddress(address)
    everywhere[parsed.key, default: (0, address)].count += 1
    inModule[TerraformAddress.joined(parsed.module, parsed.name), default: (0, address)].count += 1
  }

  /// The instance that a resource's name means in a module: the index that is written, the only one
  /// there is, or the one of the same index as whoever refers to it.
  ///
  /// - Parameters:
  ///   - key: the index of whoever refers to it; nil where the reference does not use it.
  func instance(of name: String, index: String, inModule module: String, key: String?) -> String? {
    let plain = TerraformAddress.joined(module, name)
    if !index.isEmpty { return all.contains(plain + index) ? plain + index : nil }
    if let here = inModule[plain] {
      if here.count == 1 { return here.first }
      guard let key, all.contains(plain + key) else { return nil }
      return plain + key
    }
    // A module that is not the one expected, where there is only one.
    guard let only = everywhere[TerraformAddress(plain).key], only.count == 1 else { return nil }
    return only.first
  }
}
