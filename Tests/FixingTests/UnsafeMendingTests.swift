import Checks
import PolicyModel
import Testing

@testable import Fixing

/// Something that is mended only when somebody asks for it, as others may have meant it.
struct UnsafeMistake: Sendable, CustomTestStringConvertible {
  var name: String
  /// The policy it is in, by its option.
  var policy: String
  var rule: RuleID
  var make: @Sendable (inout Remedy.Value) -> Void
  /// What the policy becomes; nil where it becomes what it was.
  var mended: (@Sendable (inout Remedy.Value) -> Void)?

  var testDescription: String { "\(policy): \(name)" }

  private static let conditions: Remedy.Value = [
    "StringEquals": ["aws:SourceAccount": "111122223333", "aws:SourceArn": .text(Bundle.store)]
  ]

  static let all: [UnsafeMistake] = [
    UnsafeMistake(name: "no condition", policy: "trust", rule: "confused-deputy") {
      $0["Statement", 0, "Condition"] = nil
    },
    UnsafeMistake(name: "the account alone", policy: "trust", rule: "confused-deputy") {
      $0["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] = nil
    },
    UnsafeMistake(name: "any store of the account", policy: "trust", rule: "confused-deputy") {
      $0["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] = nil
      $0["Statement", 0, "Condition", "ArnLike"] = [
        "aws:SourceArn": "arn:aws:cloudtrail:*:111122223333:eventdatastore/*"
      ]
    } mended: {
      $0["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] = nil
      $0["Statement", 0, "Condition", "ArnLike"] = ["aws:SourceArn": .text(Bundle.store)]
    },
    UnsafeMistake(name: "another account too", policy: "trust", rule: "confused-deputy") {
      $0["Statement", 0, "Condition", "StringEquals", "aws:SourceAccount"] = [
        "111122223333", "777788889999",
      ]
      $0["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] = nil
    } mended: {
      $0["Statement", 0, "Condition", "StringEquals", "aws:SourceAccount"] = ["111122223333"]
    },
    UnsafeMistake(
      name: "a condition about something else", policy: "trust", rule: "confused-deputy"
    ) {
      $0["Statement", 0, "Condition"] = ["Bool": ["aws:SecureTransport": "true"]]
    } mended: {
      $0["Statement", 0, "Condition"] = ["Bool": ["aws:SecureTransport": "true"]]
      $0["Statement", 0, "Condition", "StringEquals"] = conditions["StringEquals"]
    },
    UnsafeMistake(
      name: "a statement shared with another service", policy: "trust", rule: "confused-deputy"
    ) {
      $0["Statement", 0, "Principal", "Service"] = [
        "ec2.amazonaws.com", "cloudtrail.amazonaws.com",
      ]
      $0["Statement", 0, "Condition"] = nil
    } mended: {
      guard let own = $0["Statement", 0] else { return }
      $0["Statement", 0, "Principal", "Service"] = ["ec2.amazonaws.com"]
      $0["Statement", 0, "Condition"] = nil
      $0["Statement"] = .list([$0["Statement", 0] ?? own, own])
    },
    UnsafeMistake(name: "a Deny outside of a network", policy: "key", rule: "kms-decrypt") {
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    } mended: {
      var deny = deny
      deny["Condition", "ArnNotEquals"] = ["aws:PrincipalArn": .text(Bundle.role)]
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    },
    UnsafeMistake(
      name: "a Deny outside of an address that nobody knows", policy: "key", rule: "kms-decrypt"
    ) {
      var deny = deny
      deny["Condition"] = ["NotIpAddress": ["aws:SourceIp": ["192.0.2.0/24"]]]
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    } mended: {
      var deny = deny
      deny["Condition"] = [
        "NotIpAddress": ["aws:SourceIp": ["192.0.2.0/24"]],
        "ArnNotEquals": ["aws:PrincipalArn": .text(Bundle.role)],
      ]
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    },
    UnsafeMistake(name: "a Deny with NotPrincipal", policy: "key", rule: "kms-decrypt") {
      var deny = deny
      deny["Condition"] = nil
      deny["Principal"] = ["AWS": "arn:aws:iam::111122223333:root"]
      deny.rename("Principal", to: "NotPrincipal")
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    } mended: {
      var deny = deny
      deny["Condition"] = nil
      deny["Principal"] = ["AWS": "arn:aws:iam::111122223333:root"]
      deny.rename("Principal", to: "NotPrincipal")
      deny["Condition"] = ["ArnNotEquals": ["aws:PrincipalArn": .text(Bundle.role)]]
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    },
    UnsafeMistake(name: "a Deny for all but another role", policy: "key", rule: "kms-decrypt") {
      var deny = deny
      deny["Condition"] = [
        "ArnNotEquals": ["aws:PrincipalArn": "arn:aws:iam::111122223333:role/Admin"]
      ]
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    } mended: {
      var deny = deny
      deny["Condition"] = [
        "ArnNotEquals": [
          "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/Admin", .text(Bundle.role)]
        ]
      ]
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    },
    UnsafeMistake(
      name: "a wildcard under StringNotEquals in a Deny", policy: "key",
      rule: "wildcard-in-string-equals"
    ) {
      var deny = deny
      deny["Condition"] = ["StringNotEquals": ["aws:PrincipalArn": .text("\(Bundle.role)*")]]
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    } mended: {
      var deny = deny
      deny["Condition"] = ["ArnNotLike": ["aws:PrincipalArn": .text("\(Bundle.role)*")]]
      $0["Statement"] = .list([$0["Statement", 0] ?? [:], deny])
    },
  ]

  private static let deny: Remedy.Value = [
    "Sid": "Network", "Effect": "Deny", "Principal": ["AWS": "*"], "Action": "kms:Decrypt",
    "Resource": "*", "Condition": ["StringNotEquals": ["aws:SourceVpce": "vpce-0abc1234def567890"]],
  ]
}

@Suite struct `Mending what others may have meant` {
  @Test(arguments: UnsafeMistake.all, Accounts.allCases)
  func `It is left alone until somebody asks, and then mended in every form alike`(
    _ mistake: UnsafeMistake, _ accounts: Accounts
  ) throws {
    let ready = try #require(Bundle(accounts).policies[mistake.policy])
    var (broken, wanted) = (ready, ready)
    mistake.make(&broken)
    mistake.mended?(&wanted)
    let forms: [DocumentForm] =
      accounts == .one ? DocumentForm.allCases : [.minifiedJSON, .commentedYAML]
    for form in forms {
      var bundle = Bundle(accounts, form: form)
      bundle.policies[mistake.policy] = broken
      var session = try bundle.session()
      if form == forms.first {
        let fixes = session.report().findings.filter { $0.rule == mistake.rule }.flatMap(\.fixes)
        #expect(!fixes.isEmpty && fixes.allSatisfy { $0.safety == .unsafe })
        session.mend(withUnsafe: false)
        #expect(session.changes.isEmpty)
      }
      session.mend(withUnsafe: true)
      let report = session.report()
      #expect(report.verdict == .ready, "\(form): \(report.complaints)")
      #expect(report.complaints.isEmpty, "\(form): \(report.complaints)")
      let change = try #require(session.changes.first, "\(form)")
      let value = Remedy.Value(try Tree.parse(change.mended).root)
      #expect(value == wanted, "\(form): \(String(decoding: change.mended.text, as: UTF8.self))")
      let comments = { (text: [UInt8]) in text.count { $0 == UInt8(ascii: "#") } }
      // What goes takes its own comment with it.
      #expect(comments(change.mended.text) >= comments(change.original.text) - 1, "\(form)")
      session.mend(withUnsafe: true)
      #expect(session.changes.map(\.mended) == [change.mended], "\(form): mended twice")
    }
  }

  @Test
  func `A trail in the place of the store gets the store beside it, and then goes when asked`()
    throws
  {
    let trail: Remedy.Value = "arn:aws:cloudtrail:us-east-1:111122223333:trail/acme"
    var bundle = Bundle(.one)
    bundle.policies["trust"]?["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] = trail
    var session = try bundle.session()
    #expect(session.report().verdict == .blocked)
    session.mend(withUnsafe: false)
    #expect(session.report().verdict == .ready)
    #expect(
      session.report().findings.filter { $0.severity > .note }.map(\.rule) == ["confused-deputy"])
    let text = try #require(session.changes.first?.mended.text)
    #expect(String(decoding: text, as: UTF8.self).contains("trail/acme"))
    session.mend(withUnsafe: true)
    #expect(session.report().complaints.isEmpty)
    #expect(session.report().verdict == .ready)
  }
}
