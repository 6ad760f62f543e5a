import Foundation
import PolicyModel
import Testing

@testable import Authorization

/// AWS's own managed policies, where the corpus is there.
private enum ManagedPolicies {
  static let folder = URL(filePath: #filePath).appending(
    path: "../../../../../shared/corpora/aws-managed-policies"
  ).standardizedFileURL

  static let files: [URL] =
    ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
    ?? []).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
}

@Suite(.enabled(if: !ManagedPolicies.files.isEmpty, "the managed policies are not here"))
struct `Managed policies and random requests` {
  /// Every file in a slice of its own would start too many tests.
  static let slices = Slice.all(ManagedPolicies.files.count)

  @Test(arguments: slices)
  func `Every policy answers every request`(_ slice: Slice) throws {
    for index in slice.seeds {
      let file = ManagedPolicies.files[Int(index)]
      let source = Source(path: file.lastPathComponent, text: [UInt8](try Data(contentsOf: file)))
      let tree = try Tree.parse(source, format: .json)
      let document = try #require(tree.root["PolicyVersion"]?["Document"])
      let policy = Policy(reading: document, as: .identity)
      #expect(!policy.findings.contains { $0.severity == .error }, "\(source.path)")
      let question = AccessQuestion(
        identity: PolicyGroup([CompiledPolicy(policy)]), resource: .none,
        resourceRule: .identityOnly, isSameAccount: .yes)
      var generator = PolicyRequests(policy, seed: index)
      var answers: [Expected: Int] = [:]
      for _ in 0..<Effort.count(50, full: 1_000) {
        let request = generator.next()
        let result = question.evaluate(request).allowed
        guard let decision = result.decision else {
          Issue.record("\(source.path): no decision")
          return
        }
        answers[decision, default: 0] += 1
      }
      let allows = policy.statements.contains { statement in
        statement.effect == .allow && statement.conditions.isEmpty
          && statement.actions?.isNegated == false && statement.resources?.isNegated == false
          && statement.resources?.items.contains { $0.text.description.contains("$") } == false
      }
      let denies = policy.statements.contains { $0.effect == .deny }
      #expect(!allows || denies || answers[.allowed, default: 0] > 0, "\(source.path)")
    }
  }
}

/// Makes requests that a policy says something about now and then.
private struct PolicyRequests {
  private var random: SeededGenerator
  private let statements: [Statement]
  private var count = 0

  init(_ policy: Policy, seed: UInt64) {
    random = SeededGenerator(seed: seed)
    statements = policy.statements
  }

  mutating func next() -> Request {
    // Each statement has its turn.
    let statement = statements[count % statements.count]
    count += 1
    var context = RequestContext(unlisted: .absent)
    for condition in statement.conditions { context[condition.key] = value(for: condition) }
    return Request(
      principal: session(), action: action(of: statement), resource: resource(of: statement),
      context: context)
  }

  private mutating func action(of statement: Statement) -> String {
    if random.once(in: 6) { return "s3:GetObject" }
    return filled(random.pick(statement.actions?.items.map(\.text.description) ?? ["s3:GetObject"]))
  }

  private mutating func resource(of statement: Statement) -> String {
    if random.once(in: 6) { return "arn:aws:s3:::logs/a" }
    return filled(random.pick(statement.resources?.items.map(\.text.description) ?? ["*"]))
  }

  /// A text with something in place of wildcards.
  private mutating func filled(_ pattern: String) -> String {
    var text = ""
    for character in pattern {
      switch character {
      case "*": text += random.text(of: ["a", "B", ":", "/", "1", "-"], 0...5)
      case "?": text += "x"
      default: text.append(character)
      }
    }
    return text
  }

  private mutating func value(for condition: Condition) -> ContextValue {
    let wanted = condition.values.map(\.text.description)
    guard !wanted.isEmpty else { return .absent }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .absent
    case 1: return .unknown
    case 2: return .presentWithAnyValue
    case 3: return .value(random.text(of: ["a", "1", "true", ":", "/", "é"], 0...6))
    case 4:
      return ContextValue(
        .present, .exactly(random.some(wanted, upTo: 2).map { RequestText($0) }),
        isMultivalued: true)
    default:
      return wanted.isEmpty ? .absent : .value(filled(random.pick(wanted)))
    }
  }
}
