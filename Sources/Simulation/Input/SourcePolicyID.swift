import Authorization

/// Names a policy of an input document, as `SourcePolicyId` of AWS's answers does.
enum SourcePolicyID: Hashable, Sendable {
  /// The numbers are positions in the lists, from 1.
  case identity(Int)
  case boundary(Int)
  case session(Int)
  case serviceControl(level: Int, position: Int)
  case resourceControl(level: Int, position: Int)
  case resource

  /// The name in answers.
  var text: String {
    switch self {
    case .identity(let position): "PolicyInputList.\(position)"
    case .boundary(let position): "PermissionsBoundaryPolicyInputList.\(position)"
    case .session(let position): "SessionPolicyInputList.\(position)"
    case .serviceControl(let level, let position):
      "OrderedOrganizationPolicyInputList.\(level).ServiceControlPolicyInputList.\(position)"
    case .resourceControl(let level, let position):
      "OrderedResourceControlPolicyInputList.\(level).ResourceControlPolicyInputList.\(position)"
    case .resource: "ResourcePolicy"
    }
  }

  /// The type in answers: of AWS's `PolicySourceType`, those that say where a policy given as text
  /// stands.
  var type: StaticString {
    switch self {
    case .resource: "resource"
    case .identity, .boundary, .session, .serviceControl, .resourceControl: "none"
    }
  }
}
