import Checks
import Foundation
import PolicyModel
import Testing

@testable import Fixing

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Breaks a ready copy in ways that can be mended.
struct RandomMistakes {
  private var random: Seeded
  private(set) var bundle: Bundle
  /// What was done, for the failure's message.
  private(set) var log: [String] = []

  init(seed: Int) {
    random = Seeded(seed)
    let accounts = Accounts.allCases.randomElement(using: &random) ?? .one
    let form = DocumentForm.allCases.randomElement(using: &random) ?? .json
    bundle = Bundle(accounts, form: form)
    log.append("\(accounts), \(form)")
    bundle.bucketKeys = ["on", "off", "mixed"].randomElement(using: &random) ?? "mixed"
    for _ in 0..<Int.random(in: 1...4, using: &random) { breakSomething() }
  }

  private mutating func breakSomething() {
    // Across accounts the bucket's policy decides too.
    let names =
      ["role", "trust", "key", "caller-policy"] + (bundle.accounts == .two ? ["bucket"] : [])
    let name = names.randomElement(using: &random) ?? "role"
    guard var policy = bundle.policies[name], let count = policy["Statement"]?.count, count > 0
    else {
      return
    }
    let first = name == "bucket" ? 1 : 0
    guard first < count else { return }
    let index = Int.random(in: first..<count, using: &random)
    let ways: [(String, (inout Remedy.Value, Int, inout Seeded) -> Void)] = [
      ("without an action", Self.dropAction), ("a mistyped action", Self.mistypeAction),
      ("without a statement", Self.dropStatement), ("the old spelling", Self.respell),
      ("another resource", Self.misplaceResource), ("another principal", Self.replacePrincipal),
      ("equals for like", Self.compareLiterally), ("one context", Self.dropContext),
    ]
    guard let (title, way) = ways.randomElement(using: &random) else { return }
    let old = policy
    way(&policy, index, &random)
    guard policy != old else { return }
    log.append("\(name) statement \(index + 1): \(title)")
    bundle.policies[name] = policy
  }

  private static func dropAction(_ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded)
  {
    guard case .list(var actions)? = policy["Statement", .position(index), "Action"],
      actions.count > 1
    else { return }
    actions.remove(at: Int.random(in: actions.indices, using: &random))
    policy["Statement", .position(index), "Action"] = .list(actions)
  }

  private static func mistypeAction(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    guard case .text(let action)? = policy["Statement", .position(index), "Action"] else { return }
    var letters = Array(action)
    guard let colon = letters.firstIndex(of: ":"), colon + 3 < letters.count else { return }
    letters.remove(at: Int.random(in: colon + 2..<letters.count, using: &random))
    policy["Statement", .position(index), "Action"] = .text(String(letters))
  }

  private static func dropStatement(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    guard (policy["Statement"]?.count ?? 0) > 1 else { return }
    policy["Statement", .position(index)] = nil
  }

  private static func respell(_ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded) {
    let path: [Step] = [
      "Statement", .position(index), "Condition", "StringEquals", "aws:SourceArn",
    ]
    guard case .text(let arn)? = policy[path[...]], arn.contains("eventdatastore/") else { return }
    policy[path[...]] = .text(arn.replacing("eventdatastore/", with: "eventdataStore/"))
  }

  private static func misplaceResource(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    guard case .list(let resources)? = policy["Statement", .position(index), "Resource"],
      let first = resources.first
    else { return }
    let isBucket = first == .text(Bundle.bucketARN)
    policy["Statement", .position(index), "Resource"] = [
      .text(isBucket ? "\(Bundle.bucketARN)/\(Bundle.prefix)*" : Bundle.bucketARN)
    ]
  }

  private static func replacePrincipal(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    guard policy["Statement", .position(index), "Principal", "AWS"] != nil else { return }
    policy["Statement", .position(index), "Principal", "AWS"] =
      ["arn:aws:iam::111122223333:role/Other", "AROAEXAMPLEID12345678", "roleArn"]
      .randomElement(using: &random)
  }

  private static func compareLiterally(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    let path: [Step] = ["Statement", .position(index), "Condition", "StringLike"]
    guard policy[path[...]] != nil else { return }
    policy["Statement", .position(index), "Condition", "StringLike"] = nil
    policy[
      "Statement", .position(index), "Condition", "StringEquals", "kms:EncryptionContext:aws:s3:arn"
    ] =
      [.text("\(Bundle.bucketARN)*")]
  }

  private static func dropContext(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    let path: [Step] = [
      "Statement", .position(index), "Condition", "StringLike", "kms:EncryptionContext:aws:s3:arn",
    ]
    guard policy[path[...]] != nil else { return }
    policy[path[...]] =
      Bool.random(using: &random)
      ? .text(Bundle.bucketARN) : .text("\(Bundle.bucketARN)/*")
  }
}

@Suite struct `Copies broken at random` {
  /// Each seed breaks a copy in one to four ways.
  private static let seeds =
    1...(ProcessInfo.processInfo.environment["LINT_COPY_FULL_TESTS"] == nil ? 6 : 400)

  @Test(arguments: seeds)
  func `A copy that is broken in mendable ways is ready when it is mended, and grants no more`(
    _ seed: Int
  ) throws {
    let mistakes = RandomMistakes(seed: seed)
    var session = try mistakes.bundle.session()
    session.mend(withUnsafe: false)
    let report = session.report()
    #expect(
      report.verdict == .ready,
      "\(mistakes.log): \(report.complaints) \(session.refused(withUnsafe: false).map { $0.objection ?? "" })"
    )
    // Among them what `excess-access` can give an example of.
    #expect(report.complaints.isEmpty, "\(mistakes.log): \(report.complaints)")
    var again = session
    again.mend(withUnsafe: false)
    #expect(again.made.count == session.made.count, "\(mistakes.log): fixed twice")
  }
}
