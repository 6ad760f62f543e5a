import PolicyModel

/// What one document asks: the members of `aws iam simulate-custom-policy --cli-input-json`, and
/// those that AWS's simulator lacks.
struct SimulationInput {
  /// A policy and the name by which results refer to it.
  struct PolicyNode {
    var node: Node
    var id: SourcePolicyID
  }

  private(set) var identity: [PolicyNode] = []
  /// Nil where no boundary is attached.
  private(set) var boundary: [PolicyNode]?
  /// Nil where the session has no policy of its own.
  private(set) var session: [PolicyNode]?
  private(set) var serviceControl: [[PolicyNode]] = []
  private(set) var resourceControl: [[PolicyNode]] = []
  private(set) var resourcePolicy: PolicyNode?
  private(set) var resourcePolicyType: ResourcePolicyType?
  private(set) var actions: [Node] = []
  /// Empty for "every resource".
  private(set) var resources: [Node] = []
  private(set) var resourceOwner: Node?
  private(set) var caller: Node?
  private(set) var context: Node?
  /// The document.
  let root: Node

  init(reading root: Node) throws(InputProblem) {
    self.root = root
    guard root.kind == .object else {
      throw InputProblem(
        "expected an object with `ActionNames` and policies", at: root,
        help: "the input is what `aws iam simulate-custom-policy --cli-input-json` takes")
    }
    var given = MemberSet()
    for member in root.members {
      guard let name = Member(member.key) else { throw Self.unknown(member) }
      guard given.insert(name) else {
        throw InputProblem("\(quoted(member.name)) is given twice", at: member.key)
      }
      try read(name, member.value)
    }
    guard given.contains(.actionNames) else {
      throw InputProblem(
        "`ActionNames` is missing", at: root, help: "list actions such as `s3:GetObject`")
    }
    if resourcePolicy != nil, caller == nil {
      throw InputProblem(
        "`ResourcePolicy` needs `CallerArn`, for its `Principal` to be compared with", at: root,
        help: "give the ARN of a user, a role or a session, or a service's name")
    }
    guard actions.count * max(1, resources.count) <= Limits.decisions else {
      throw InputProblem(
        "the document asks for more than \(Limits.decisions) decisions", at: root,
        help: "split it")
    }
  }

  private mutating func read(_ name: Member, _ value: Node) throws(InputProblem) {
    switch name {
    case .policyInputList: identity = try Self.policies(value, SourcePolicyID.identity)
    case .permissionsBoundaryPolicyInputList:
      let policies = try Self.policies(value, SourcePolicyID.boundary)
      guard policies.count <= 1 else {
        throw InputProblem(
          "more than one permissions boundary", at: policies[1].node,
          help: "a user or role has one at most")
      }
      if !policies.isEmpty { boundary = policies }
    case .sessionPolicyInputList:
      let policies = try Self.policies(value, SourcePolicyID.session)
      if !policies.isEmpty { session = policies }
    case .orderedOrganizationPolicyInputList:
      serviceControl = try Self.levels(value, "ServiceControlPolicyInputList") {
        .serviceControl(level: $0, position: $1)
      }
    case .orderedResourceControlPolicyInputList:
      resourceControl = try Self.levels(value, "ResourceControlPolicyInputList") {
        .resourceControl(level: $0, position: $1)
      }
    case .resourcePolicy:
      if !value.hasContent("") { resourcePolicy = PolicyNode(node: value, id: .resource) }
    case .resourcePolicyType: resourcePolicyType = try Self.type(value)
    case .actionNames: actions = try Self.strings(value, "an action")
    case .resourceArns: resources = try Self.strings(value, "an ARN")
    case .resourceOwner: resourceOwner = try Self.text(value)
    case .callerArn: caller = try Self.text(value)
    case .contextEntries:
      guard value.kind == .array else { throw Self.wrongType(value, "a list of context entries") }
      context = value
    // They say how AWS is to go about it, and change no decision.
    case .resourceHandlingOption, .maxItems, .marker: break
    }
  }
}

// MARK: - Members

extension SimulationInput {
  /// The members a document may have.
  private enum Member: Int, CaseIterable {
    case policyInputList
    case permissionsBoundaryPolicyInputList
    case sessionPolicyInputList
    case orderedOrganizationPolicyInputList
    case orderedResourceControlPolicyInputList
    case resourcePolicy
    case resourcePolicyType
    case actionNames
    case resourceArns
    case resourceOwner
    case callerArn
    case contextEntries
    case resourceHandlingOption
    case maxItems
    case marker

    /// The member of a key; nil for an unknown one.
    init?(_ key: Node) {
      guard let member = Self.allCases.first(where: { key.hasContent($0.name) }) else { return nil }
      self = member
    }

    var name: StaticString {
      switch self {
      case .policyInputList: "PolicyInputList"
      case .permissionsBoundaryPolicyInputList: "PermissionsBoundaryPolicyInputList"
      case .sessionPolicyInputList: "SessionPolicyInputList"
      case .orderedOrganizationPolicyInputList: "OrderedOrganizationPolicyInputList"
      case .orderedResourceControlPolicyInputList: "OrderedResourceControlPolicyInputList"
      case .resourcePolicy: "ResourcePolicy"
      case .resourcePolicyType: "ResourcePolicyType"
      case .actionNames: "ActionNames"
      case .resourceArns: "ResourceArns"
      case .resourceOwner: "ResourceOwner"
      case .callerArn: "CallerArn"
      case .contextEntries: "ContextEntries"
      case .resourceHandlingOption: "ResourceHandlingOption"
      case .maxItems: "MaxItems"
      case .marker: "Marker"
      }
    }
  }

  /// Which members a document has.
  private struct MemberSet {
    private var bits: UInt32 = 0

    /// Adds a member; false where it is there already.
    mutating func insert(_ member: Member) -> Bool {
      defer { bits |= 1 << UInt32(member.rawValue) }
      return !contains(member)
    }

    func contains(_ member: Member) -> Bool { bits & 1 << UInt32(member.rawValue) != 0 }
  }

  private static func unknown(_ member: Node.Member) -> InputProblem {
    let known = Member.allCases.map { "\($0.name)" }
    return InputProblem(
      "unknown member \(quoted(member.name))", at: member.key,
      help: suggestion(for: member.name, among: known).map { "did you mean `\($0)`?" }
        ?? "members are those of `aws iam simulate-custom-policy --generate-cli-skeleton`")
  }
}

// MARK: - Values

extension SimulationInput {
  private static func policies(
    _ value: Node, _ id: (Int) -> SourcePolicyID
  ) throws(InputProblem) -> [PolicyNode] {
    guard value.kind == .array else { throw wrongType(value, "a list of policies") }
    var policies: [PolicyNode] = []
    for node in value.elements {
      policies.append(PolicyNode(node: node, id: id(policies.count + 1)))
    }
    return policies
  }

  private static func levels(
    _ value: Node, _ name: StaticString, _ id: (Int, Int) -> SourcePolicyID
  ) throws(InputProblem) -> [[PolicyNode]] {
    guard value.kind == .array else { throw wrongType(value, "a list of levels, root first") }
    var levels: [[PolicyNode]] = []
    for node in value.elements {
      guard node.kind == .object else { throw wrongType(node, "a level: `{\"\(name)\": […]}`") }
      for member in node.members where !member.key.hasContent(name) {
        throw InputProblem(
          "unknown member \(quoted(member.name)) of a level", at: member.key,
          help: "a level has `\(name)`")
      }
      guard let list = node[name] else {
        throw InputProblem("the level has no `\(name)`", at: node)
      }
      levels.append(try policies(list) { id(levels.count + 1, $0) })
    }
    return levels
  }

  private static func strings(_ value: Node, _ what: String) throws(InputProblem) -> [Node] {
    guard value.kind == .array else { throw wrongType(value, "a list of strings") }
    var strings: [Node] = []
    for node in value.elements {
      guard node.kind == .string else { throw wrongType(node, "\(what) as a string") }
      strings.append(node)
    }
    return strings
  }

  /// A string; nil for an empty one, as the skeleton of the AWS CLI has it.
  private static func text(_ value: Node) throws(InputProblem) -> Node? {
    guard value.kind == .string else { throw wrongType(value, "a string") }
    return value.hasContent("") ? nil : value
  }

  private static func type(_ value: Node) throws(InputProblem) -> ResourcePolicyType? {
    guard let node = try text(value) else { return nil }
    let name = node.string ?? ""
    guard let type = ResourcePolicyType(rawValue: name) else {
      let known = ResourcePolicyType.allCases.map(\.rawValue)
      throw InputProblem(
        "unknown type \(quoted(name)) of a resource policy", at: node,
        help: suggestion(for: name, among: known).map { "did you mean `\($0)`?" }
          ?? "types are \(known.map { "`\($0)`" }.joined(separator: ", "))")
    }
    return type
  }

  static func wrongType(_ node: Node, _ wanted: String) -> InputProblem {
    InputProblem("expected \(wanted)", at: node)
  }
}
