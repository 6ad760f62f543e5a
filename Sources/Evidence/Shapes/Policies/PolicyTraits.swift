import PolicyModel

/// What a policy shows of its purpose before its grammar is read.
struct PolicyTraits: Sendable {
  /// What a policy is for.
  enum Nature: Hashable, Sendable, CaseIterable {
    case trust
    case bucket
    case key
    /// Names principals, but is of neither a role, nor a bucket, nor a key.
    case otherResource
    /// Permissions to start an import, and nothing that the import's role needs.
    case caller
    /// Permissions of anybody.
    case identity

    /// What such a policy is, in words that can follow "this is".
    var name: String {
      switch self {
      case .trust: "a trust policy"
      case .bucket: "a bucket policy"
      case .key: "a key policy"
      case .otherResource: "a resource policy"
      case .caller: "a policy of whoever starts the import"
      case .identity: "a policy without principals"
      }
    }

    /// The layer of a policy that nothing but its content places.
    var layer: GivenPolicy.Layer {
      switch self {
      case .trust: .trust
      case .bucket: .bucket
      case .key: .key
      case .otherResource: .foreign
      case .caller: .caller
      case .identity: .unplaced
      }
    }
  }

  /// What the policy is for.
  let nature: Nature

  /// Looks at a document's statements.
  init(_ document: Node) {
    var namesPrincipals = false
    var namesBuckets = false
    var hasResources = false
    var services = Set<String>()
    var allows = false
    var startsImports = false
    var readsCopies = false
    for statement in (document["Statement"] ?? document).oneOrMany {
      namesPrincipals =
        namesPrincipals || statement.has("Principal")
        || statement.has("NotPrincipal")
      let isAllow = statement["Effect"]?.hasContent("Allow") ?? false
      allows = allows || isAllow
      for resource in (statement["Resource"] ?? statement["NotResource"])?.oneOrMany ?? [] {
        hasResources = true
        namesBuckets = namesBuckets || resource.namesBucket
      }
      for action in (statement["Action"] ?? statement["NotAction"])?.oneOrMany ?? [] {
        guard let text = action.string?.lowercased() else { continue }
        services.insert(String(text.prefix { $0 != ":" }))
        guard isAllow, statement.has("Action") else { continue }
        startsImports = startsImports || Self.callerActions.contains(text)
        readsCopies = readsCopies || Self.copyActions.contains { $0.isMatched(by: text) }
      }
    }
    if !namesPrincipals {
      nature = startsImports && !readsCopies ? .caller : .identity
    } else if services == ["sts"] && !hasResources {
      nature = .trust
    } else if namesBuckets {
      nature = .bucket
    } else if services.contains("kms") && allows {
      // A policy of denials alone about all principals may be one of an organization.
      nature = .key
    } else {
      nature = .otherResource
    }
  }

  private static let callerActions: Set<String> = [
    "cloudtrail:startimport", "iam:passrole", "cloudtrail:*",
  ]

  private static let copyActions = [
    "s3:getobject", "s3:listbucket", "s3:getbucketacl", "kms:decrypt", "kms:generatedatakey",
  ]
}

extension Node {
  /// Whether a resource is a bucket or objects: `arn:PARTITION:s3:::…`.
  fileprivate var namesBucket: Bool {
    guard let start = policyText?.segments.first else { return false }
    switch start {
    case .literal(let text):
      return ARNParts(text).map { $0.service == "s3" } ?? false
    case .symbol, .unknown: return false
    }
  }
}

extension String {
  /// Whether a pattern with `*` and `?` matches this text; both in lower case.
  func isMatched(by pattern: String) -> Bool {
    let text = Array(utf8)
    let pattern = Array(pattern.utf8)
    var position = 0
    var matched = 0
    var star: Int?
    var retry = 0
    while position < text.count {
      if matched < pattern.count, pattern[matched] == UInt8(ascii: "*") {
        star = matched
        retry = position
        matched += 1
      } else if matched < pattern.count,
        pattern[matched] == UInt8(ascii: "?") || pattern[matched] == text[position]
      {
        matched += 1
        position += 1
      } else if let last = star {
        matched = last + 1
        retry += 1
        position = retry
      } else {
        return false
      }
    }
    return pattern[matched...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
