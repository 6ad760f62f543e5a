import Authorization
import PolicyModel

/// Decides requests offline, as `aws iam simulate-custom-policy` does online, from documents in the
/// shape of that command's `--cli-input-json`.
///
/// It keeps the policies of recent documents ready, so that a stream whose documents share policies
/// costs little more than reading it. What is kept is bounded (``SimulationLimits``).
package struct Simulator {
  private var cache = PolicyCache()

  package init() {}

  /// Answers one document: the bytes of an object with `EvaluationResults`, as people read it.
  package mutating func simulate(
    _ bytes: [UInt8], path: String
  ) throws(InputProblem) -> [UInt8] {
    let source: Source
    do {
      source = try Source.decoding(bytes, path: path)
    } catch {
      throw InputProblem(error)
    }
    var writer = JSONWriter(isIndented: true)
    try simulate(source, into: &writer)
    writer.lineBreak()
    return writer.bytes
  }

  /// Answers one document; what was written before an error is of no use.
  mutating func simulate(
    _ source: Source, into writer: inout JSONWriter
  ) throws(InputProblem) {
    let tree: Tree
    do {
      tree = try Tree.parse(source, format: .json)
    } catch {
      throw InputProblem(error)
    }
    let input = try SimulationInput(reading: tree.root)
    var run = try Run(input)
    writer.beginObject()
    writer.key("EvaluationResults")
    writer.beginArray()
    for action in input.actions {
      let name = try Run.actionName(action)
      if input.resources.isEmpty {
        let decision = try run.decide(name, on: nil, &cache)
        writer.evaluationResult(decision, action: action, resource: nil)
      }
      for resource in input.resources {
        let decision = try run.decide(name, on: resource, &cache)
        writer.evaluationResult(decision, action: action, resource: resource)
      }
    }
    writer.endArray()
    writer.endObject()
  }
}

/// The decisions of one document.
private struct Run {
  private let input: SimulationInput
  private let caller: Caller
  /// The account that `ResourceOwner` names.
  private let owner: String?
  private var context: RequestContext
  /// The layers for the kind of resource that was asked for last.
  private var layers: (type: ResourcePolicyType?, isSameAccount: Bool, layers: Layers)?

  init(_ input: SimulationInput) throws(InputProblem) {
    self.input = input
    caller = try input.caller.map(Caller.init) ?? .unnamed
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

  /// The name of an action, which must be one and no pattern.
  static func actionName(_ node: Node) throws(InputProblem) -> String {
    let name = node.string ?? ""
    let parts = name.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
      !name.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") })
    else {
      throw InputProblem(
        "\(quoted(name)) is no action", at: node,
        help: "write service and action, such as `s3:GetObject`, without wildcards")
    }
    return name
  }

  mutating func decide(
    _ action: String, on resource: Node?, _ cache: inout PolicyCache
  ) throws(InputProblem) -> Decision {
    let arn = resource?.string ?? "*"
    let layers = try self.layers(for: action, on: arn, &cache)
    let request = Request(
      principal: caller.principal(knowing: layers.roles), action: action, resource: arn,
      context: context)
    return Decision(request, layers)
  }

  private mutating func layers(
    for action: String, on resource: String, _ cache: inout PolicyCache
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
  private func isSameAccount(_ resource: String) -> Bool {
    let named = ARNParts(resource).flatMap { $0.account.isEmpty ? nil : String($0.account) }
    guard let account = caller.principal.account else { return caller.hasIdentityPolicies }
    return (named ?? owner ?? account) == account
  }
}
