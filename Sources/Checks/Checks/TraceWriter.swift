import Authorization
import PolicyModel

/// Writes a decision down step by step: layer by layer, which statements matched and which did not.
enum TraceWriter {
  static func lines(
    _ result: AccessResult, _ request: Request, _ resource: AccessCase.Resource
  ) -> [String] {
    var lines: [String] = []
    for level in result.levels {
      let name = LayerName.of(level.kind, resource)
      if level.statements.isEmpty {
        lines.append("\(name): \(level.isComplete ? "no statements" : "not known")")
      }
      for statement in level.statements {
        lines.append("\(name): \(describe(statement, request))")
      }
      if !level.isComplete, !level.statements.isEmpty { lines.append("\(name): more may apply") }
    }
    return lines
  }

  private static func describe(_ result: StatementResult, _ request: Request) -> String {
    let statement = result.statement.statement
    let effect =
      switch statement.effect {
      case .allow: "allows"
      case .deny: "denies"
      case nil: "has an unknown effect"
      }
    let name = statement.name
    switch result.applies.certainty {
    case .yes: return "\(name) matches and \(effect)"
    case .no:
      let parts = result.failures.map { part(of: statement, $0) }
      return "\(name) does not match: \(parts.isEmpty ? "a part" : parts.joined(separator: ", "))"
    case .perhaps:
      let keys = result.undecided(statement)
      return "\(name) matches perhaps\(keys.isEmpty ? "" : ": \(keys.joined(separator: ", "))")"
    case nil: return "\(name) matches for some of the requests"
    }
  }

  private static func part(of statement: Statement, _ part: FailingPart) -> String {
    switch part {
    case .principal: "principal"
    case .action: "action"
    case .resource: "resource"
    case .condition(let position):
      statement.conditions.indices.contains(position)
        ? "condition on `\(statement.conditions[position].key)`" : "condition"
    }
  }
}

extension StatementResult {
  fileprivate func undecided(_ statement: Statement) -> [String] {
    conditions.indices.compactMap { position in
      conditions[position].certainty == .perhaps && statement.conditions.indices.contains(position)
        ? "`\(statement.conditions[position].key)`" : nil
    }
  }
}

extension Statement {
  /// The statement as people refer to it.
  var name: String { sid.map { "statement `\($0)`" } ?? "statement \(index + 1)" }
}

/// What people call a layer.
enum LayerName {
  static func of(_ layer: LayerKind, _ resource: AccessCase.Resource) -> String {
    switch layer {
    case .identity: resource.isForCaller ? "the caller's policies" : "the role's permissions"
    case .boundary: "the permissions boundary"
    case .session: "the session policy"
    case .serviceControl: "the service control policies"
    case .resourceControl: "the resource control policies"
    case .resource:
      switch resource {
      case .role: "the trust policy"
      case .bucket, .objects: "the bucket policy"
      case .key: "the key policy"
      case .storeKey: "the policy of the event data store's key"
      case .account, .passedRole, .elsewhere: "a resource policy"
      }
    }
  }
}
