import Checks
import Evidence
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

/// A way to break one statement of a policy, or all of it.
struct WayToBreak: Sendable, CustomTestStringConvertible {
  typealias Change = @Sendable (inout Remedy.Value, Int, inout Seeded) -> Void

  var title: String
  /// The policies it is for, by their options.
  var policies = ["role", "trust", "key", "caller-policy", "bucket"]
  /// Whether it is mended only when somebody asks for it.
  var isUnsafe = false
  var change: Change

  var testDescription: String { title }

  static let all: [WayToBreak] = [
    WayToBreak(title: "without an action", change: dropAction),
    WayToBreak(title: "a mistyped action", change: mistypeAction),
    WayToBreak(title: "without a statement", change: dropStatement),
    WayToBreak(title: "without statements") { policy, _, _ in policy["Statement"] = nil },
    WayToBreak(title: "the old spelling", change: respell),
    WayToBreak(title: "another resource", change: misplaceResource),
    WayToBreak(title: "another principal") { policy, index, _ in
      replacePrincipal(&policy, index, with: "arn:aws:iam::111122223333:role/Other")
    },
    WayToBreak(title: "a deleted principal") { policy, index, _ in
      replacePrincipal(&policy, index, with: "AROAEXAMPLEID12345678")
    },
    WayToBreak(title: "a placeholder for the role") { policy, index, _ in
      replacePrincipal(&policy, index, with: "roleArn")
    },
    WayToBreak(title: "another service", policies: ["trust"]) { policy, index, _ in
      policy["Statement", .position(index), "Principal", "Service"] = "ec2.amazonaws.com"
    },
    WayToBreak(title: "equals for like", change: compareLiterally),
    WayToBreak(title: "one context", change: dropContext),
    WayToBreak(title: "a placeholder", change: forgetPlaceholder),
    WayToBreak(title: "the whole ARN for an id") { policy, index, _ in
      replace(
        &policy, index, "aws:SourceArn",
        with: "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/\(Bundle.store)")
    },
    // Both values let others in where the trust policy has them.
    WayToBreak(title: "another account", policies: ["role", "key"]) { policy, index, _ in
      replace(&policy, index, "aws:SourceAccount", with: "777788889999")
    },
    WayToBreak(title: "another store", policies: ["role", "key"]) { policy, index, _ in
      replace(&policy, index, "aws:SourceArn", with: trail)
    },
    WayToBreak(title: "a trail in place of the store", policies: ["trust"], isUnsafe: true) {
      policy, index, _ in replace(&policy, index, "aws:SourceArn", with: trail)
    },
    WayToBreak(title: "a condition key that is none") { policy, index, _ in
      policy.rename(
        "Statement", .position(index), "Condition", "StringEquals", "aws:SourceArn",
        to: "aws:SourceARNs")
    },
    WayToBreak(title: "without resource", policies: ["key"]) { policy, index, _ in
      policy["Statement", .position(index), "Resource"] = nil
    },
    WayToBreak(title: "all but the actions", policies: ["key", "caller-policy"]) {
      policy, index, _ in
      policy.rename("Statement", .position(index), "Action", to: "NotAction")
    },
    WayToBreak(title: "more actions", policies: ["role"], isUnsafe: true) { policy, index, random in
      guard case .list(let actions)? = policy["Statement", .position(index), "Action"] else {
        return
      }
      let other = ["s3:PutObject", "kms:Describe*", "s3:Get*"].randomElement(using: &random)
      policy["Statement", .position(index), "Action"] = .list(
        actions + [.text(other ?? "s3:PutObject")])
    },
    WayToBreak(title: "every resource", policies: ["role"], isUnsafe: true) { policy, index, _ in
      policy["Statement", .position(index), "Resource"] = "*"
    },
    WayToBreak(title: "any source", policies: ["trust"], isUnsafe: true) { policy, index, _ in
      policy["Statement", .position(index), "Condition"] = nil
    },
    WayToBreak(title: "a Deny", policies: ["key"], isUnsafe: true) { policy, _, _ in
      guard case .list(let statements)? = policy["Statement"] else { return }
      policy["Statement"] = .list(
        statements + [
          [
            "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*",
            "Condition": ["StringNotEquals": ["aws:SourceVpce": "vpce-0abc1234def567890"]],
          ]
        ])
    },
  ]
}

extension WayToBreak {
  private static let trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/acme"

  /// Replaces the value of a condition key.
  fileprivate static func replace(
    _ policy: inout Remedy.Value, _ index: Int, _ key: String, with text: String
  ) {
    let path: [Step] = ["Statement", .position(index), "Condition", "StringEquals", .name(key)]
    guard let old = policy[path[...]], [.text(Bundle.store), "111122223333"].contains(old) else {
      return
    }
    policy[path[...]] = .text(text)
  }

  fileprivate static func forgetPlaceholder(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    if Bool.random(using: &random),
      policy["Statement", .position(index), "Resource"] == [.text(Bundle.bucketARN)]
    {
      policy["Statement", .position(index), "Resource"] = ["arn:aws:s3:::amzn-s3-demo-bucket"]
    } else {
      replace(
        &policy, index, "aws:SourceArn",
        with: "arn:aws:cloudtrail:us-east-1:myAccountID:eventdatastore/eventDataStoreId")
    }
  }

  fileprivate static func dropAction(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    guard case .list(var actions)? = policy["Statement", .position(index), "Action"],
      actions.count > 1
    else { return }
    actions.remove(at: Int.random(in: actions.indices, using: &random))
    policy["Statement", .position(index), "Action"] = .list(actions)
  }

  fileprivate static func mistypeAction(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    guard case .text(let action)? = policy["Statement", .position(index), "Action"] else { return }
    var letters = Array(action)
    guard let colon = letters.firstIndex(of: ":"), colon + 3 < letters.count else { return }
    letters.remove(at: Int.random(in: colon + 2..<letters.count, using: &random))
    policy["Statement", .position(index), "Action"] = .text(String(letters))
  }

  fileprivate static func dropStatement(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    guard (policy["Statement"]?.count ?? 0) > 1 else { return }
    policy["Statement", .position(index)] = nil
  }

  fileprivate static func respell(
    _ policy: inout Remedy.Value, _ index: Int, _ random: inout Seeded
  ) {
    let path: [Step] = [
      "Statement", .position(index), "Condition", "StringEquals", "aws:SourceArn",
    ]
    guard case .text(let arn)? = policy[path[...]], arn.contains("eventdatastore/") else { return }
    policy[path[...]] = .text(arn.replacing("eventdatastore/", with: "eventdataStore/"))
  }

  fileprivate static func misplaceResource(
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

  fileprivate static func replacePrincipal(
    _ policy: inout Remedy.Value, _ index: Int, with name: String
  ) {
    guard policy["Statement", .position(index), "Principal", "AWS"] != nil else { return }
    policy["Statement", .position(index), "Principal", "AWS"] = .text(name)
  }

  fileprivate static func compareLiterally(
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

  fileprivate static func dropContext(
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

/// Breaks a ready copy in ways that can be mended.
struct RandomMistakes {
  private var random: Seeded
  private(set) var bundle: Bundle
  /// Whether something was done that is mended only when somebody asks for it.
  private(set) var isUnsafe = false
  /// Whether a statement has two mistakes, so that another may take its place.
  private(set) var breaksTwice = false
  private var broken: Set<String> = []
  private var brokenConditions: Set<String> = []
  /// What was done, for the failure's message.
  private(set) var log: [String] = []

  init(seed: Int) {
    random = Seeded(seed)
    let accounts = Accounts.allCases.randomElement(using: &random) ?? .one
    var form = DocumentForm.allCases.randomElement(using: &random) ?? .json
    let isTemplate = Int.random(in: 0..<3, using: &random) == 0
    // A form of policies alone.
    if isTemplate, form == .yamlInBrackets { form = .yaml }
    bundle = Bundle(accounts, form: form)
    bundle.isTemplate = isTemplate
    log.append("\(accounts), \(form)\(isTemplate ? ", a template" : "")")
    bundle.bucketKeys = ["on", "off", "mixed"].randomElement(using: &random) ?? "mixed"
    let allowsUnsafe = Int.random(in: 0..<3, using: &random) == 0
    let ways = WayToBreak.all.filter { !$0.isUnsafe || allowsUnsafe }
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      if let way = ways.randomElement(using: &random) { apply(way) }
    }
  }

  /// Breaks one statement of a copy in one way.
  init(_ way: WayToBreak, _ name: String, statement index: Int) {
    random = Seeded(1)
    bundle = Bundle(.two)
    apply(way, to: name, at: index)
  }

  private mutating func apply(_ way: WayToBreak) {
    // Across accounts the bucket's policy decides too.
    let names = way.policies.filter { $0 != "bucket" || bundle.accounts == .two }
    let name = names.randomElement(using: &random) ?? "role"
    let first = name == "bucket" ? 1 : 0
    guard let count = bundle.policies[name]?["Statement"]?.count, first < count,
      // A key with nothing under it is none at all there.
      way.title != "without statements" || bundle.form != .yamlInBrackets
    else { return }
    apply(way, to: name, at: Int.random(in: first..<count, using: &random))
  }

  private mutating func apply(_ way: WayToBreak, to name: String, at index: Int) {
    guard var policy = bundle.policies[name], let count = policy["Statement"]?.count, index < count
    else { return }
    let old = policy
    way.change(&policy, index, &random)
    guard policy != old else { return }
    // Of two wrong conditions in one statement each hides the other.
    let path: [Step] = ["Statement", .position(index), "Condition"]
    if policy["Statement"]?.count == count, policy[path[...]] != old[path[...]],
      !brokenConditions.insert("\(name) \(index)").inserted
    {
      return
    }
    log.append("\(name) statement \(index + 1): \(way.title)")
    isUnsafe = isUnsafe || way.isUnsafe
    breaksTwice = !broken.insert("\(name) \(index)").inserted || breaksTwice
    bundle.policies[name] = policy
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
    session.mend(withUnsafe: mistakes.isUnsafe)
    let report = session.report()
    let refused = session.refused(withUnsafe: mistakes.isUnsafe).map { $0.objection ?? "" }
    // A statement with two mistakes may be left as it is, beside one that is right.
    #expect(
      report.verdict == .ready || mistakes.breaksTwice && report.verdict == .unproven,
      "\(mistakes.log): \(report.complaints) \(refused)")
    // Among them what `excess-access` can give an example of.
    #expect(
      report.complaints.isEmpty || mistakes.breaksTwice,
      "\(mistakes.log): \(report.complaints)")
    for rule: RuleID in ["excess-access", "confused-deputy"] {
      let rows = report.copies.flatMap(\.requirements).filter { $0.rule == rule }
      #expect(!rows.isEmpty && rows.allSatisfy { $0.status == .proven }, "\(mistakes.log)")
    }
    var again = session
    again.mend(withUnsafe: mistakes.isUnsafe)
    #expect(again.made.count == session.made.count, "\(mistakes.log): fixed twice")
  }

  @Test func `The ways to break a copy lead to every rule that claims a fix`() throws {
    let claimed = Set(RuleCatalog.builtIn.rules.filter { $0.page?.fix != nil }.map(\.id))
    var found: Set<RuleID> = []
    for way in WayToBreak.all {
      for (name, index) in way.policies.flatMap({ name in (0..<3).map { (name, $0) } })
      where !claimed.isSubset(of: found) {
        let mistakes = RandomMistakes(way, name, statement: index)
        guard !mistakes.log.isEmpty else { continue }
        let report = Bundle.judge([CopyPlan(assembling: try mistakes.bundle.input)])
        found.formUnion(report.findings.filter { !$0.remedies.isEmpty }.map(\.rule))
      }
    }
    #expect(claimed.subtracting(found) == [])
  }
}
