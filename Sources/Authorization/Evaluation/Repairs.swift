/// Parts of statements that are taken to match, to ask what a decision would be without a mistake.
package struct Repairs: Hashable, Sendable {
  /// One part of a statement.
  package enum Part: Hashable, Sendable {
    /// A value of a condition, by the positions of both.
    case conditionValue(condition: Int, value: Int)
    /// An item of Action.
    case action(Int)
    /// An item of Resource.
    case resource(Int)
    /// An item of Principal, which is taken to be the one who asks.
    case principal(Int)
    /// The Resource that a statement of a key policy lacks.
    case missingResource
    /// A whole condition, which is taken to hold, or not to.
    case condition(Int, holds: Bool)
  }

  /// A part with its statement.
  package struct Target: Hashable, Sendable {
    package var statement: CompiledStatement.ID
    package var part: Part

    package init(_ statement: CompiledStatement.ID, _ part: Part) {
      self.statement = statement
      self.part = part
    }
  }

  package var targets: Set<Target>

  package init(_ targets: Set<Target> = []) { self.targets = targets }

  func contains(_ statement: CompiledStatement.ID, _ part: @autoclosure () -> Part) -> Bool {
    !targets.isEmpty && targets.contains(Target(statement, part()))
  }
}
