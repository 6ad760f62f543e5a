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
    (matched, missingKeys) = Self.statements(of: result, layers, request.context, verdict)
    allowedByOrganizations =
      layers.question.serviceControl.isEmpty
      ? nil : result.levels.allSatisfy { $0.kind != .serviceControl || $0.letsPass }
    allowedByBoundary =
      layers.question.boundary == nil
      ? nil : result.levels.allSatisfy { $0.kind != .boundary || $0.letsPass }
    openReasons = allowed == .perhaps ? OpenReason.all(of: request, layers) : []
  }

  /// The statements that decide, and the keys that are missing.
  private static func statements(
    of result: AccessResult, _ layers: Layers, _ context: RequestContext, _ verdict: Verdict
  ) -> (matched: [Matched], missing: [String]) {
    var matched: [Matched] = []
    var missing = MissingKeys()
    let decidingEffect: Effect? =
      switch verdict {
      case .allowed: .allow
      case .explicitDeny: .deny
      case .implicitDeny: nil
      }
    layers.forEachStatement(of: result) { statement, policy, notes in
      if let decidingEffect, statement.statement.statement.effect == decidingEffect,
        statement.applies.certainty == .yes
      {
        matched.append(Matched(policy: policy, notes: notes))
      }
      if !notes.keys.isEmpty { missing.add(notes, statement, context) }
    }
    return (matched, missing.names)
  }
}

/// The keys that statements about a request ask for and nobody gave.
private struct MissingKeys {
  private(set) var names: [String] = []
  private var seen: Set<String> = []

  /// Adds those of a statement that is about the principal, action and resource of the request.
  mutating func add(
    _ notes: CachedPolicy.StatementNotes, _ result: StatementResult, _ context: RequestContext
  ) {
    guard result.action.certainty != .no, result.principal.anyWay != .no else { return }
    // Where the resource does not match, a variable in it may be why.
    let keys = result.resource.certainty == .no ? notes.resourceKeys : notes.keys
    for key in keys where !context.contains(folded: key.folded) {
      if seen.insert(key.folded).inserted { names.append(key.name) }
    }
  }
}

extension LevelResult {
  /// Whether the level surely allows the request and surely does not deny it.
  fileprivate var letsPass: Bool {
    allow { $0.applies }.certainty == .yes && deny.certainty == .no
  }
}
