import Authorization
import PolicyModel

/// The decisions of one document.
struct Run {
  private let input: SimulationInput
  private let caller: Caller
  /// The account that `ResourceOwner` names.
  private let owner: String?
  private let context: RequestContext
  /// The layers for the kind of resource that was asked for last.
  private var layers: (type: ResourcePolicyType?, isSameAccount: Bool, layers: Layers)?

  init(_ input: SimulationInput, caller: Caller) throws(InputProblem) {
    self.input = input
    self.caller = caller
    owner = try input.resourceOwner.map(Self.account)
    context = try input.requestContext()
  }

  /// The account of an ARN such as `arn:aws:iam::111122223333:root`, or of its number alone.
  private static func account(_ node: Node) throws(InputProblem) -> String {
    let text = node.string ?? ""
    let account = ARNParts(text).map { String($0.account) } ?? text
    guard account.utf8.count == 12, account.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      throw InputProblem(
        "\(quoted(text)) names no account", at: node,
        help: "write `arn:aws:iam::111122223333:root`")
    }
    return account
  }

  mutating func decide(
    _ action: ActionName, on resource: ResourceName, _ cache: inout PolicyCache
  ) throws(InputProblem) -> Decision {
    let layers = try self.layers(for: action, on: resource, &cache)
    let request = Request(
      principal: caller.principal(knowing: layers.roles), action: action.text,
      resource: resource.text, context: context)
    return Decision(request, layers)
  }

  private mutating func layers(
    for action: ActionName, on resource: ResourceName, _ cache: inout PolicyCache
  ) throws(InputProblem) -> Layers {
    let type =
      input.resourcePolicyType ?? ResourcePolicyType(resource: resource, action: action)
    let isSameAccount = self.isSameAccount(resource)
    if let known = layers, known.type == type, known.isSameAccount == isSameAccount {
      return known.layers
    }
    let new = try Layers(
      input, caller: caller, type: type, isSameAccount: isSameAccount, cache: &cache)
    layers = (type, isSameAccount, new)
    return new
  }

  /// Whether the resource is the caller's own account's.
  ///
  /// IAM API Reference, "SimulateCustomPolicy", `ResourceOwner`: it owns resources whose ARN names
  /// no account; without it, the caller's account does.
  private func isSameAccount(_ resource: ResourceName) -> Bool {
    guard let account = caller.principal.account else { return caller.hasIdentityPolicies }
    return (resource.account ?? owner ?? account) == account
  }
}
