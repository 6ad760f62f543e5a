import Authorization
import PolicyModel

/// The policies of a witness as texts, by the members of the document.
struct WitnessLayers {
  private var identity: [String] = []
  private var boundary: [String] = []
  private var session: [String] = []
  private var serviceControl: [[String]] = []
  private var resourceControl: [[String]] = []
  private(set) var resourcePolicy: String?
  /// Whether policies name principals, so that it matters who asks.
  private(set) var isCallerNeeded = false

  /// Nil where a policy holds references of a template.
  init?(_ question: AccessQuestion, _ explanation: Explanation) {
    guard
      let identity = Self.texts(question.identity ?? .none, .identity),
      let boundary = Self.texts(question.boundary ?? .none, .boundary),
      let session = Self.texts(question.session ?? .none, .session),
      let serviceControl = Self.levels(question.serviceControl, .serviceControl),
      let resourceControl = Self.levels(question.resourceControl, .resourceControl),
      let resource = Self.texts(question.resource, question.resourceKind)
    else { return nil }
    self.identity = identity
    self.boundary = boundary
    self.session = session
    if question.principalIsManagement != .yes { self.serviceControl = serviceControl }
    if question.resourceIsManagement != .yes { self.resourceControl = resourceControl }
    if !Self.isDeniedWithoutResource(explanation) {
      guard resource.count <= 1 else { return nil }
      resourcePolicy = resource.first
      // A key and a role always have a policy: without one, nobody is allowed anything.
      if resourcePolicy == nil, question.resourceRule == .resourceFirst {
        resourcePolicy = #"{"Version":"2012-10-17","Statement":[]}"#
      }
      isCallerNeeded = resourcePolicy != nil || question.isSameAccount == .no
    }
    isCallerNeeded = isCallerNeeded || !self.resourceControl.isEmpty
  }

  /// Whether the caller's side alone denies the request explicitly: who else has a say does not matter.
  private static func isDeniedWithoutResource(_ explanation: Explanation) -> Bool {
    explanation.decidingDenies.contains { denial in
      switch denial.layer {
      case .identity, .boundary, .session, .serviceControl: true
      case .resource, .resourceControl: false
      }
    }
  }

  /// The policies of a layer; where it may hold more than is known, with one that allows everything:
  /// the request is denied whatever there is.
  private static func texts(_ group: PolicyGroup, _ kind: PolicyKind) -> [String]? {
    var texts: [String] = []
    for policy in group.policies {
      guard let text = text(policy.policy) else { return nil }
      texts.append(text)
    }
    if !group.isComplete { texts.append(everything(for: kind)) }
    return texts
  }

  /// The levels of a control policy layer.
  ///
  /// Files of no known level stand on one of their own; if none
  /// of them allows anything, something else on their levels does.
  private static func levels(_ groups: [PolicyGroup], _ kind: PolicyKind) -> [[String]]? {
    var levels: [[String]] = []
    var unleveled: [String] = []
    var allows = false
    for group in groups {
      guard let texts = texts(group, kind) else { return nil }
      if group.isUnleveled {
        unleveled += texts
        allows =
          allows
          || group.policies.contains { $0.policy.statements.contains { $0.effect == .allow } }
      } else {
        levels.append(texts)
      }
    }
    if !unleveled.isEmpty {
      levels.append(allows ? unleveled : [everything(for: kind)] + unleveled)
    }
    return levels
  }

  private static func text(_ policy: Policy) -> String? {
    var writer = JSONWriter()
    guard writer.value(policy.node) else { return nil }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func everything(for kind: PolicyKind) -> String {
    let principal = kind.namesPrincipals ? #""Principal":"*","# : ""
    let resource = kind == .trust ? "" : #","Resource":"*""#
    return
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow",\#(principal)"Action":"*"\#(resource)}]}"#
  }
}

extension WitnessLayers {
  /// Whether AWS's simulator has all of the members.
  var hasOnlyAWSMembers: Bool { session.isEmpty && resourceControl.isEmpty }

  /// Writes the members that hold policies.
  func write(to writer: inout JSONWriter) {
    writer.key("PolicyInputList")
    writer.strings(identity)
    if !boundary.isEmpty {
      writer.key("PermissionsBoundaryPolicyInputList")
      writer.strings(boundary)
    }
    if !session.isEmpty {
      writer.key("SessionPolicyInputList")
      writer.strings(session)
    }
    write(
      serviceControl, "OrderedOrganizationPolicyInputList", "ServiceControlPolicyInputList", &writer
    )
    write(
      resourceControl, "OrderedResourceControlPolicyInputList", "ResourceControlPolicyInputList",
      &writer)
    if let resourcePolicy {
      writer.key("ResourcePolicy")
      writer.string(resourcePolicy)
    }
  }

  private func write(
    _ levels: [[String]], _ member: StaticString, _ list: StaticString, _ writer: inout JSONWriter
  ) {
    guard !levels.isEmpty else { return }
    writer.key(member)
    writer.beginArray()
    for level in levels {
      writer.beginObject()
      writer.key(list)
      writer.strings(level)
      writer.endObject()
    }
    writer.endArray()
  }
}

extension JSONWriter {
  mutating func strings(_ texts: [String]) {
    beginArray()
    for text in texts { string(text) }
    endArray()
  }
}

extension AccessQuestion {
  /// What the resource's policy is attached to.
  fileprivate var resourceKind: PolicyKind { resource.policies.first?.policy.kind ?? .resource }
}
