import Authorization
import PolicyModel

/// The answer to one action on one resource.
struct Decision {
  /// AWS's three words.
  enum Verdict {
    case allowed
    case explicitDeny
    case implicitDeny

    /// The word in answers.
    var word: StaticString {
      switch self {
      case .allowed: "allowed"
      case .explicitDeny: "explicitDeny"
      case .implicitDeny: "implicitDeny"
      }
    }
  }

  /// A statement in its policy.
  struct Matched {
    var policy: SourcePolicyID
    var notes: CachedPolicy.StatementNotes
  }

  /// Why a request that may be allowed is not surely so.
  struct OpenReason {
    var statement: Matched?
    var policy: SourcePolicyID
    var reason: String
  }

  let verdict: Verdict
  /// The statements that decide: the Denies, or the Allows; none of what nothing allows.
  let matched: [Matched]
  /// The condition keys that statements about the request ask for and nobody gave.
  let missingKeys: [String]
  /// Whether service control policies let the request pass; nil where there are none.
  let allowedByOrganizations: Bool?
  /// Whether the boundary lets the request pass; nil where there is none.
  let allowedByBoundary: Bool?
  /// Why the answer is open; empty where it is certain.
  let openReasons: [OpenReason]

  init(_ request: Request, _ layers: Layers) {
    let result = layers.question.evaluate(request)
    let allowed = result.allowed.certainty ?? .perhaps
    let isDenied = result.denied.certainty == .yes
    verdict = isDenied ? .explicitDeny : allowed == .yes ? .allowed : .implicitDeny
    matched =
      verdict == .implicitDeny
      ? [] : Self.matched(result, layers, verdict == .allowed ? .allow : .deny)
    missingKeys = Self.missingKeys(result, layers, request.context)
    allowedByOrganizations =
      layers.question.serviceControl.isEmpty
      ? nil : result.levels.allSatisfy { $0.kind != .serviceControl || $0.letsPass }
    allowedByBoundary =
      layers.question.boundary == nil
      ? nil : result.levels.allSatisfy { $0.kind != .boundary || $0.letsPass }
    openReasons = allowed == .perhaps ? OpenReason.all(of: request, layers) : []
  }

  private static func matched(
    _ result: AccessResult, _ layers: Layers, _ effect: Effect
  ) -> [Matched] {
    var matched: [Matched] = []
    layers.forEachStatement(of: result) { statement, policy, notes in
      guard statement.statement.statement.effect == effect, statement.applies.certainty == .yes
      else { return }
      matched.append(Matched(policy: policy, notes: notes))
    }
    return matched
  }

  /// The keys of statements that are about the principal, action and resource of the request.
  private static func missingKeys(
    _ result: AccessResult, _ layers: Layers, _ context: RequestContext
  ) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    layers.forEachStatement(of: result) { statement, _, notes in
      guard !notes.keys.isEmpty, statement.action.certainty != .no,
        statement.principal.anyWay != .no
      else { return }
      // Where the resource does not match, a variable in it may be why.
      let keys = statement.resource.certainty == .no ? notes.resourceKeys : notes.keys
      for key in keys where !context.contains(folded: key.folded) {
        if seen.insert(key.folded).inserted { names.append(key.name) }
      }
    }
    return names
  }
}

extension LevelResult {
  /// Whether the level surely allows the request and surely does not deny it.
  fileprivate var letsPass: Bool {
    allow { $0.applies }.certainty == .yes && deny.certainty == .no
  }
}
