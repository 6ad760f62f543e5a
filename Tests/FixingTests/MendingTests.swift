import Checks
import Foundation
import PolicyModel
import Testing

@testable import Fixing

/// A mistake in a ready copy, and the rule that finds it.
struct Mistake: Sendable, CustomTestStringConvertible {
  var name: String
  /// The policy it is in, by its option.
  var policy: String
  var rule: RuleID
  /// Where it matters: across accounts a mistake in the bucket's policy decides.
  var accounts = Accounts.allCases
  /// Whether everything that is there stays: nothing is rewritten.
  var onlyAdds = false
  /// What is said of the copy that has it.
  var verdict = Verdict.blocked
  /// Forms in which it is another mistake.
  var exceptIn: [DocumentForm] = []
  var make: @Sendable (inout Remedy.Value) -> Void

  var testDescription: String { "\(policy): \(name)" }
}

extension Mistake {
  static let all: [Mistake] =
    [
      Mistake(name: "old spelling", policy: "trust", rule: "event-data-store-arn-case") {
        $0["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] = .text(
          Bundle.store.replacing("eventdatastore/", with: "eventdataStore/"))
      },
      Mistake(name: "old spelling", policy: "role", rule: "event-data-store-arn-case") {
        $0["Statement", 1, "Condition", "StringEquals", "aws:SourceArn"] = .text(
          Bundle.store.replacing("eventdatastore/", with: "eventdataStore/"))
      },
      Mistake(name: "wildcard under StringEquals", policy: "key", rule: "wildcard-in-string-equals")
      {
        $0["Statement", 0, "Condition", "StringLike"] = nil
        $0["Statement", 0, "Condition", "StringEquals", "kms:EncryptionContext:aws:s3:arn"] = [
          .text("\(Bundle.bucketARN)*")
        ]
      },
      Mistake(
        name: "objects alone in the encryption context", policy: "key", rule: "bucket-key-context",
        onlyAdds: true
      ) {
        $0["Statement", 0, "Condition", "StringLike", "kms:EncryptionContext:aws:s3:arn"] =
          .text("\(Bundle.bucketARN)/*")
      },
      Mistake(
        name: "orphaned principal", policy: "bucket", rule: "orphaned-principal", accounts: [.two]
      ) {
        $0["Statement", 1, "Principal", "AWS"] = "AROAEXAMPLEID12345678"
      },
      Mistake(name: "placeholder for the store", policy: "trust", rule: "placeholder") {
        $0["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] =
          "arn:aws:cloudtrail:us-east-1:myAccountID:eventdatastore/eventDataStoreId"
      },
      Mistake(name: "placeholder for the bucket", policy: "role", rule: "placeholder") {
        $0["Statement", 0, "Resource"] = ["arn:aws:s3:::amzn-s3-demo-bucket"]
      },
      Mistake(
        name: "placeholder for the role", policy: "bucket", rule: "placeholder", accounts: [.two]
      ) {
        $0["Statement", 1, "Principal", "AWS"] = "roleArn"
      },
      Mistake(name: "mistyped action", policy: "role", rule: "unknown-action") {
        $0["Statement", 1, "Action"] = "s3:GetObjet"
      },
      Mistake(name: "missing action", policy: "role", rule: "s3-get-bucket-acl", onlyAdds: true) {
        $0["Statement", 0, "Action"] = "s3:ListBucket"
      },
      Mistake(
        name: "missing action in a list", policy: "key", rule: "kms-decrypt", onlyAdds: true
      ) {
        $0["Statement", 0, "Action"] = ["kms:GenerateDataKey"]
      },
      Mistake(name: "missing action", policy: "key", rule: "kms-generate-data-key", onlyAdds: true)
      {
        $0["Statement", 0, "Action"] = "kms:Decrypt"
      },
      Mistake(
        name: "objects in place of the bucket", policy: "role", rule: "s3-list-bucket",
        onlyAdds: true
      ) {
        $0["Statement", 0, "Resource"] = [.text("\(Bundle.bucketARN)/\(Bundle.prefix)*")]
      },
      Mistake(name: "missing statement", policy: "role", rule: "s3-get-object", onlyAdds: true) {
        $0["Statement", 1] = nil
      },
      Mistake(
        name: "missing statement", policy: "bucket", rule: "s3-list-bucket", accounts: [.two],
        onlyAdds: true
      ) {
        $0["Statement", 1] = nil
      },
      Mistake(
        name: "another role", policy: "bucket", rule: "s3-list-bucket", accounts: [.two],
        onlyAdds: true
      ) {
        $0["Statement", 1, "Principal", "AWS"] = "arn:aws:iam::111122223333:role/Other"
      },
      Mistake(name: "one statement for others", policy: "key", rule: "kms-decrypt", onlyAdds: true)
      {
        $0["Statement", 0] = [
          "Sid": "Other", "Effect": "Allow", "Principal": ["AWS": "444455556666"],
          "Action": "kms:DescribeKey", "Resource": "*",
        ]
      },
      Mistake(
        name: "a statement that is no list", policy: "trust", rule: "sts-assume-role",
        onlyAdds: true
      ) {
        $0["Statement"] = [
          "Effect": "Allow", "Principal": ["Service": "ec2.amazonaws.com"],
          "Action": "sts:AssumeRole",
        ]
      },
      Mistake(
        name: "another account", policy: "role", rule: "source-account-condition", onlyAdds: true
      ) {
        $0["Statement", 0, "Condition", "StringEquals", "aws:SourceAccount"] = "777788889999"
      },
      Mistake(name: "the whole ARN for an id", policy: "trust", rule: "source-arn-condition") {
        $0["Statement", 0, "Condition", "StringEquals", "aws:SourceArn"] = .text(
          "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/\(Bundle.store)")
      },
      Mistake(
        name: "no StartImport", policy: "caller-policy", rule: "caller-start-import", onlyAdds: true
      ) {
        $0["Statement", 0, "Action"] = "cloudtrail:GetImport"
      },
      Mistake(
        name: "no PassRole", policy: "caller-policy", rule: "caller-pass-role", onlyAdds: true
      ) {
        $0["Statement", 1] = nil
      },
      Mistake(name: "a condition key that is none", policy: "trust", rule: "unknown-condition-key")
      {
        $0.rename(
          "Statement", 0, "Condition", "StringEquals", "aws:SourceArn", to: "aws:SourceARNs")
      },
      Mistake(
        name: "a statement without resource", policy: "key", rule: "key-statement-resource",
        onlyAdds: true
      ) {
        $0["Statement", 0, "Resource"] = nil
      },
      Mistake(
        name: "NotAction without the action", policy: "key", rule: "kms-decrypt", onlyAdds: true
      ) {
        $0["Statement", 0, "Action"] = ["kms:Decrypt", "kms:GenerateDataKey"]
        $0.rename("Statement", 0, "Action", to: "NotAction")
      },
      Mistake(
        name: "NotResource without the role", policy: "caller-policy", rule: "caller-pass-role",
        onlyAdds: true
      ) {
        $0.rename("Statement", 1, "Resource", to: "NotResource")
      },
      Mistake(
        name: "NotResource without the log files", policy: "bucket", rule: "s3-get-object",
        accounts: [.two], onlyAdds: true
      ) {
        $0["Statement", 1, "Resource"] = [.text("\(Bundle.bucketARN)/*")]
        $0.rename("Statement", 1, "Resource", to: "NotResource")
      },
    ]
    + ["role", "trust", "key", "caller-policy", "bucket"].flatMap { policy in
      [
        Mistake(
          name: "no Statement", policy: policy, rule: "policy-grammar",
          accounts: policy == "bucket" ? [.two] : Accounts.allCases, onlyAdds: true,
          verdict: .unproven, exceptIn: [.yamlInBrackets]
        ) {
          $0["Statement"] = nil
        }
      ]
    }
}

/// A mistake in every form and place.
struct MistakeCase: Sendable, CustomTestStringConvertible {
  var mistake: Mistake
  var accounts: Accounts

  var testDescription: String { "\(mistake.testDescription), \(accounts.testDescription)" }

  /// Those that differ most, and one of the others in turn: judging takes its time in a development
  /// build.
  ///
  /// All of them with the full counts of `make test-all`.
  var forms: [DocumentForm] {
    let most: [DocumentForm] = [.jsonWithTabs, .minifiedJSON, .jsonWithCRLF, .commentedYAML]
    let others = DocumentForm.allCases.filter { !most.contains($0) }
    let number = Mistake.all.firstIndex { $0.name == mistake.name } ?? 0
    let forms: [DocumentForm] =
      if Self.isFull {
        DocumentForm.allCases
      } else if accounts == .one || mistake.accounts == [.two] {
        most + [others[number % others.count]]
      } else {
        [number.isMultiple(of: 2) ? .minifiedJSON : .commentedYAML]
      }
    return forms.filter { !mistake.exceptIn.contains($0) }
  }

  private static let isFull =
    ProcessInfo.processInfo.environment["LINT_COPY_FULL_TESTS"] != nil

  static let all = Mistake.all.flatMap { mistake in
    mistake.accounts.map { MistakeCase(mistake: mistake, accounts: $0) }
  }

  func bundle(in form: DocumentForm) -> Bundle {
    var bundle = Bundle(accounts, form: form)
    if var policy = bundle.policies[mistake.policy] {
      mistake.make(&policy)
      bundle.policies[mistake.policy] = policy
    }
    return bundle
  }
}

@Suite struct `Mending copies` {
  @Test(arguments: Accounts.allCases, DocumentForm.allCases)
  func `A copy without mistakes is ready and stays as it is`(
    accounts: Accounts, form: DocumentForm
  ) throws {
    var session = try Bundle(accounts, form: form).session()
    #expect(session.report().verdict == .ready, "\(session.report().complaints)")
    session.mend(withUnsafe: true)
    #expect(session.changes.isEmpty)
    #expect(session.report().complaints.isEmpty)
  }

  @Test(arguments: MistakeCase.all)
  func `A mistake is found, mended in every form alike, and the copy is ready`(
    _ mistake: MistakeCase
  ) throws {
    var wanted: Remedy.Value?
    for form in mistake.forms {
      let bundle = mistake.bundle(in: form)
      var session = try bundle.session()
      if form == mistake.forms.first {
        let before = session.report()
        #expect(before.verdict == mistake.mistake.verdict)
        #expect(
          before.findings.contains {
            $0.rule == mistake.mistake.rule && $0.fixes.contains { $0.safety == .safe }
          }, "\(before.complaints)")
      }
      session.mend(withUnsafe: false)
      let after = session.report()
      #expect(after.verdict == .ready, "\(form): \(after.complaints)")
      #expect(after.complaints.isEmpty, "\(form): \(after.complaints)")
      let change = try #require(session.changes.first, "\(form)")
      #expect(session.changes.count == 1, "\(form)")
      #expect(change.original.path.hasPrefix(mistake.mistake.policy), "\(form)")
      let text = String(decoding: change.mended.text, as: UTF8.self)
      let value = Remedy.Value(try Tree.parse(change.mended).root)
      if let wanted { #expect(value == wanted, "\(form): \(text)") } else { wanted = value }
      try check(change, of: mistake.mistake, in: form)
      checkEdits(of: session, change, in: form)
    }
  }

  /// Byte by byte: what the one fix does not replace is what was there.
  private func checkEdits(
    of session: FixSession, _ change: FixSession.Change, in form: DocumentForm
  ) {
    guard session.made.count == 1, let made = session.made.first else { return }
    var (old, new) = (change.original.text[...], change.mended.text[...])
    var at = 0
    for edit in made.fix.edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let kept = edit.range.lowerBound - at
      #expect(old.prefix(kept).elementsEqual(new.prefix(kept)), "\(form)")
      old = old.dropFirst(kept + edit.range.count)
      new = new.dropFirst(kept)
      #expect(new.starts(with: edit.replacement.utf8), "\(form)")
      new = new.dropFirst(edit.replacement.utf8.count)
      at = edit.range.upperBound
    }
    #expect(old.elementsEqual(new), "\(form)")
  }

  @Test(
    arguments: MistakeCase.all.filter {
      $0.accounts == .one && ["role", "trust"].contains($0.mistake.policy)
    }, [DocumentForm.json, .commentedYAML])
  func `A mistake in a template is mended where it stands`(
    _ mistake: MistakeCase, _ form: DocumentForm
  ) throws {
    var bundle = mistake.bundle(in: form)
    bundle.isTemplate = true
    var session = try bundle.session()
    #expect(session.report().verdict != .ready)
    session.mend(withUnsafe: false)
    let after = session.report()
    #expect(after.verdict == .ready, "\(after.complaints)")
    #expect(after.complaints.isEmpty, "\(after.complaints)")
    #expect(session.changes.map(\.original.path) == ["template.\(form.pathExtension)"])
    let change = try #require(session.changes.first)
    try check(change, of: mistake.mistake, in: form)
    checkEdits(of: session, change, in: form)
  }

  /// Everything but the edit is as it was: each line, or in a single line each piece.
  private func check(_ change: FixSession.Change, of mistake: Mistake, in form: DocumentForm) throws
  {
    let old = pieces(change.original.text)
    let new = pieces(change.mended.text)
    let comparison = LineComparison(old: old, new: new)
    let removed = comparison.changes.flatMap { old[$0.old] }
    // What a list was made of moves behind a dash or a bracket.
    #expect(removed.count <= (mistake.onlyAdds ? 6 : 2), "\(form): \(removed)")
    let comments = { (pieces: [ArraySlice<UInt8>]) in
      pieces.filter { $0.contains(UInt8(ascii: "#")) }.count
    }
    #expect(comments(new) >= comments(old), "\(form)")
    let endings = { (text: [UInt8]) in
      (text.count { $0 == 13 } > 0, text.last == 10, text.contains(9))
    }
    #expect(endings(change.original.text) == endings(change.mended.text), "\(form)")
    if endings(change.mended.text).0 {
      #expect(change.mended.text.count { $0 == 13 } == change.mended.text.count { $0 == 10 })
    }
    #expect(change.original.encoding == change.mended.encoding)
  }

  private func pieces(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    let separator = text.contains(10) ? UInt8(ascii: "\n") : UInt8(ascii: ",")
    return text.split(separator: separator, omittingEmptySubsequences: false)
  }

  @Test func `Every rule whose page says what --fix does has a mistake here`() {
    let claimed = RuleCatalog.builtIn.rules.filter { $0.page?.fix != nil }.map(\.id)
    let shown = Set(Mistake.all.map(\.rule)).union(UnsafeMistake.all.map(\.rule))
      .union(["excess-access"])
    #expect(claimed.count > 10)
    #expect(Set(claimed).subtracting(shown) == [])
  }

  @Test(arguments: MistakeCase.all)
  func `Fixing twice changes nothing more`(_ mistake: MistakeCase) throws {
    var first = try mistake.bundle(in: .commentedYAML).session()
    first.mend(withUnsafe: false)
    var again = mistake.bundle(in: .commentedYAML)
    again.sources[mistake.mistake.policy] = first.changes.first?.mended
    var second = try again.session()
    second.mend(withUnsafe: true)
    #expect(second.changes.isEmpty)
    #expect(second.made.isEmpty)
  }
}

extension String {
  /// The text with every occurrence of another replaced.
  func replacing(_ text: String, with other: String) -> String {
    split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
  }
}
