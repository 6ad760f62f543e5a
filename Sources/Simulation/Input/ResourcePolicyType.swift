import Authorization
import PolicyModel

/// What a resource policy is attached to, which decides how it grants.
enum ResourcePolicyType: String, Hashable, Sendable, CaseIterable {
  case s3
  case kms
  case trust

  /// Tells the type from the resource, and from the action where the resource is `*`; nil for every
  /// other service.
  init?(resource: ResourceName, action: ActionName) {
    switch resource.service ?? action.service {
    case "s3": self = .s3
    case "kms": self = .kms
    case "sts": self = .trust
    case "iam" where resource.isRole: self = .trust
    default: return nil
    }
  }
}

extension ResourcePolicyType? {
  /// How a policy of the type is read.
  var kind: PolicyKind {
    switch self {
    case .s3: .bucket
    case .kms: .key
    case .trust: .trust
    case nil: .resource
    }
  }

  /// How a policy of the type grants.
  var rule: ResourceRule {
    switch self {
    case .s3, nil: .either
    case .kms, .trust: .resourceFirst
    }
  }
}
