import PolicyModel

extension JSONWriter {
  /// Writes an element of AWS's `EvaluationResults`.
  mutating func evaluationResult(_ decision: Decision, action: Node, resource: Node?) {
    beginObject()
    key("EvalActionName")
    text(of: action)
    key("EvalResourceName")
    if let resource { text(of: resource) } else { string("*") }
    key("EvalDecision")
    word(decision.verdict.word)
    key("MatchedStatements")
    beginArray()
    for matched in decision.matched {
      beginObject()
      source(of: matched.policy)
      positions(matched.notes)
      endObject()
    }
    endArray()
    key("MissingContextValues")
    beginArray()
    for name in decision.missingKeys { string(name) }
    endArray()
    if let isAllowed = decision.allowedByOrganizations {
      key("OrganizationsDecisionDetail")
      beginObject()
      key("AllowedByOrganizations")
      boolean(isAllowed)
      endObject()
    }
    if let isAllowed = decision.allowedByBoundary {
      key("PermissionsBoundaryDecisionDetail")
      beginObject()
      key("AllowedByPermissionsBoundary")
      boolean(isAllowed)
      endObject()
    }
    openReasons(decision.openReasons)
    endObject()
  }

  private mutating func openReasons(_ reasons: [Decision.OpenReason]) {
    guard !reasons.isEmpty else { return }
    key("OpenReasons")
    beginArray()
    for reason in reasons {
      beginObject()
      source(of: reason.policy)
      if let statement = reason.statement { positions(statement.notes) }
      key("Reason")
      string(reason.reason)
      endObject()
    }
    endArray()
  }

  private mutating func source(of policy: SourcePolicyID) {
    key("SourcePolicyId")
    string(policy.text)
    key("SourcePolicyType")
    word(policy.type)
  }

  private mutating func positions(_ notes: CachedPolicy.StatementNotes) {
    key("StartPosition")
    position(notes.start)
    key("EndPosition")
    position(notes.end)
  }

  private mutating func position(_ position: LineIndex.Position) {
    beginObject()
    key("Line")
    integer(position.line)
    key("Column")
    integer(position.column)
    endObject()
  }

  private mutating func text(of node: Node) {
    node.withContent { string(bytes: $0) }
  }

  /// Writes the answer to a document that cannot be simulated.
  mutating func problem(_ problem: InputProblem, line: Int?) {
    let position = problem.position
    beginObject()
    key("error")
    beginObject()
    key("message")
    string(problem.message)
    if let help = problem.help {
      key("help")
      string(help)
    }
    key("line")
    integer(line ?? position.line)
    key("column")
    integer(position.column)
    endObject()
    endObject()
  }
}
