import PolicyModel
import Testing

@testable import Authorization

private let free = RequestText(head: [], isFree: true)
private let keys = Language.sequence([
  .oneOrMore(.one(.lowercase)), .text("/"), .many(.one(.lowercase)),
])

/// Asks about every object `logs/KEY` of a bucket, with the keys' ARNs in the encryption context.
private func objects(_ language: Language = keys, realistic: Language? = nil) -> RequestFamily {
  let object = RequestText("arn:aws:s3:::logs/") + free
  var context = RequestContext(unlisted: .absent)
  context["kms:EncryptionContext:aws:s3:arn"] = .value(object)
  context["aws:SourceIp"] = .presentWithAnyValue
  context["s3:prefix"] = .unknown
  return RequestFamily(
    Request(
      principal: .session(ofRole: .literal(roleARN)), action: "s3:GetObject", resource: object,
      context: context),
    freeString: .language(language, realistic: realistic, excluding: nil))
}

private enum Found: Equatable, Sendable {
  case proven
  case refuted(String)
  case open(String)
  case tooComplex
}

private func found(_ proof: Proof) -> Found {
  switch proof {
  case .proven: .proven
  case .refuted(let explanation): .refuted(RequestText.string(explanation.free))
  case .open(let explanation): .open(RequestText.string(explanation.free))
  case .tooComplex: .tooComplex
  }
}

/// One line of a table: an identity policy's statements, and what is found about all objects.
private struct FamilyCase: Sendable, CustomTestStringConvertible {
  var row: String
  var note: String
  var statements: [String]
  var expected: Found

  init(_ row: String, _ note: String, _ statements: [String], _ expected: Found) {
    self.row = row
    self.note = note
    self.statements = statements
    self.expected = expected
  }

  var testDescription: String { "\(row): \(note)" }

  var source: PolicySource {
    PolicySource(
      stringLiteral: #"{"Version": "2012-10-17", "Statement": ["#
        + statements.joined(separator: ", ") + "]}")
  }
}

private func onObjects(_ effect: String, _ patterns: String..., if condition: String? = nil)
  -> String
{
  let resources = patterns.map { jsonString("arn:aws:s3:::logs/" + $0) }.joined(separator: ", ")
  return statement(effect, on: "[\(resources)]", if: condition)
}

private let encrypted = "kms:EncryptionContext:aws:s3:arn"
private let fromHere = #"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#

@Suite struct `Questions about every object` {
  private static let cases: [FamilyCase] = [
    FamilyCase("family-proven", "one statement", [onObjects("Allow", "*")], .proven),
    FamilyCase(
      "family-proven", "several together", [onObjects("Allow", "*/", "*/?*")], .proven),
    FamilyCase(
      "family-proven", "by several statements",
      [onObjects("Allow", "*/"), onObjects("Allow", "*/?*")],
      .proven),
    FamilyCase("family-refuted", "the shortest", [onObjects("Allow", "*/?*")], .refuted("a/")),
    FamilyCase(
      "family-refuted", "the shortest of a Deny", [allow(), onObjects("Deny", "*/b*", "cc/*")],
      .refuted("a/b")),
    FamilyCase("family-refuted", "nothing allows", [onObjects("Allow", "x")], .refuted("a/")),
    FamilyCase(
      "family-deny-outside", "a Deny that hits none of them", [allow(), onObjects("Deny", "A/*")],
      .proven),
    FamilyCase(
      "must-and-may", "an Allow counts where it must", [onObjects("Allow", "*", if: fromHere)],
      .open("a/")),
    FamilyCase(
      "must-and-may", "a Deny counts where it may",
      [allow(), onObjects("Deny", "b/*", if: fromHere)],
      .open("b/")),
    FamilyCase(
      "must-and-may", "what is denied anyway is refuted first",
      [onObjects("Allow", "b*", if: fromHere), onObjects("Allow", "c*")], .refuted("a/")),
    FamilyCase(
      "unknown-keys-uncorrelated", "two statements that cannot both fail",
      [
        onObjects("Allow", "*", if: fromHere),
        onObjects("Allow", "*", if: fromHere.replacing("IpAddress", with: "NotIpAddress")),
      ], .open("a/")),
    FamilyCase(
      "family-tied-context", "the context holds the object",
      [onObjects("Allow", "*", if: #"{"StringLike": {"\#(encrypted)": "arn:aws:s3:::logs/*"}}"#)],
      .proven),
    FamilyCase(
      "family-tied-context", "the bucket alone is not enough",
      [onObjects("Allow", "*", if: #"{"StringLike": {"\#(encrypted)": "arn:aws:s3:::logs"}}"#)],
      .refuted("a/")),
    FamilyCase(
      "family-tied-context", "object and context agree",
      [
        onObjects("Allow", "a*"),
        statement(
          "Allow",
          if: #"{"StringNotLike": {"\#(encrypted)": ["arn:aws:s3:::logs/a*", "arn:aws:s3:::x"]}}"#),
      ], .proven),
    FamilyCase(
      "family-ignore-case", "letters of ASCII in either case",
      [
        statement(
          "Allow",
          if:
            #"{"StringEqualsIgnoreCase": {"\#(encrypted)": ["ARN:AWS:S3:::LOGS/A/", "arn:aws:s3:::logs/b/"]}}"#
        ),
        onObjects("Allow", "??*/*", "c/*", "?/?*"),
      ], .refuted("d/")),
    FamilyCase(
      "family-free-variable", "a variable that holds the free string",
      [statement("Allow", on: #""arn:aws:s3:::logs/${\#(encrypted)}""#)], .open("a/")),
    FamilyCase(
      "second-free-string", "is unknown",
      [onObjects("Allow", "*", if: #"{"StringLike": {"s3:prefix": "a*"}}"#)], .open("a/")),
    FamilyCase(
      "flawed-statement-in-family", "a flawed Deny leaves its objects open",
      [
        allow(),
        #"{"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::logs/b*", "Sidd": "x"}"#,
      ], .open("b/")),
  ]

  @Test(arguments: cases)
  private func `Proven, refuted or open`(_ example: FamilyCase) throws {
    let question = try Layers(identity: [example.source]).question()
    #expect(found(question.prove(objects())) == example.expected)
  }

  // `open-names-all`
  @Test func `An open answer names every key and statement it hangs on`() throws {
    let question = try Layers(identity: [
      [
        #"{"Sid": "Here", "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": \#(fromHere)}"#,
        #"{"Sid": "Elsewhere", "Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#,
        #"{"Sid": "Prefix", "Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::logs/${s3:PREFIX}", "Condition": {"StringLike": {"aws:sourceip": "${s3:prefix}*"}}}"#,
      ]
    ]).question()
    guard case .open(let explanation) = question.prove(objects()) else {
      Issue.record("it depends on who asks from where")
      return
    }
    #expect(explanation.undecidedKeys == ["aws:SourceIp", "s3:prefix"])
    #expect(explanation.undecided.map(\.statement.sid) == ["Here", "Prefix"])
  }

  // `nearest-statement`
  @Test func `A refutation knows the statements that nearly allow, and what they fail at`() throws {
    let statements = [
      statement("Allow", #""ec2:*""#, on: #""arn:aws:ec2:*""#),
      onObjects("Allow", "x/*", if: #"{"StringLike": {"\#(encrypted)": "*y"}}"#),
      onObjects("Allow", "*", if: #"{"Null": {"\#(encrypted)": "true"}}"#),
      statement("Allow", #""s3:PutObject""#),
      onObjects("Allow", "x/*"),
      statement("Deny", #""ec2:*""#),
    ]
    let policy = PolicySource(
      stringLiteral: #"{"Version": "2012-10-17", "Statement": ["#
        + statements.joined(separator: ", ") + "]}")
    let question = try Layers(identity: [policy]).question()
    guard case .refuted(let explanation) = question.prove(objects()) else {
      Issue.record("nothing allows it")
      return
    }
    #expect(explanation.nearMisses.map(\.statement.index) == [2, 4, 3, 1, 0])
    #expect(
      explanation.nearMisses.map(\.result.failures) == [
        [.condition(0)], [.resource], [.action], [.resource, .condition(0)],
        [.action, .resource],
      ])
  }

  // `family-account-relation`
  @Test func `In an unknown account relation both worlds must agree`() throws {
    let identity: [PolicySource] = [[onObjects("Allow", "*")]]
    let same = try Layers(identity: identity, isSameAccount: .perhaps).question()
    #expect(found(same.prove(objects())) == .open("a/"))
    let both = try Layers(
      identity: identity, resource: [[statement("Allow", to: aws(roleARN))]],
      isSameAccount: .perhaps
    ).question()
    #expect(found(both.prove(objects())) == .proven)
    let neither = try Layers(isSameAccount: .perhaps).question()
    #expect(found(neither.prove(objects())) == .refuted("a/"))
  }

  // `hedged-keys`
  @Test func `A guess may prove and never refute`() throws {
    let condition = #"{"StringEquals": {"aws:SourceArn": "\#(storeARN)"}}"#
    let question = try Layers(identity: [[onObjects("Allow", "*", if: condition)]]).question()
    var family = objects()
    family.request.context["aws:SourceArn"] = .value(storeARN)
    family.hedgedKeys = ["aws:SourceArn"]
    #expect(found(question.prove(family)) == .proven)
    family.request.context["aws:SourceArn"] = .value("arn:aws:cloudtrail:us-east-1:1:trail/t")
    #expect(found(question.prove(family)) == .open("a/"))
    family.hedgedKeys = []
    #expect(found(question.prove(family)) == .refuted("a/"))
  }

  // `counterexample-realistic`
  @Test func `A counterexample that looks real is preferred to a shorter one`() throws {
    let question = try Layers(identity: [[onObjects("Allow", "b*")]]).question()
    let real = Language.sequence([.either([.text("cargo"), .text("boats")]), .text("/x")])
    #expect(found(question.prove(objects(realistic: real))) == .refuted("cargo/x"))
    let allReal = try Layers(identity: [[onObjects("Allow", "?????/*")]]).question()
    #expect(found(allReal.prove(objects(realistic: real))) == .refuted("a/"))
  }

  // `confused-deputy-inclusion`
  @Test func `Nobody but the expected stores may assume the role`() throws {
    let account = "arn:aws:cloudtrail:us-east-1:111122223333:"
    func asking(excluding: String?) -> RequestFamily {
      var context = RequestContext(unlisted: .absent)
      context["aws:SourceArn"] = .value(RequestText("arn:aws:cloudtrail:") + free)
      return RequestFamily(
        Request(
          principal: cloudTrail, action: "sts:AssumeRole", resource: RequestText(roleARN),
          context: context),
        freeString: CloudTrailARNs.following(account: lakeAccount, excluding: excluding))
    }
    func trusting(_ condition: String) throws -> AccessQuestion {
      try Layers(
        identity: nil,
        resource: [
          [
            statement(
              "Allow", #""sts:AssumeRole""#, on: nil,
              to: #"{"Service": "cloudtrail.amazonaws.com"}"#, if: condition)
          ]
        ], kind: .trust
      ).question()
    }
    let store = String(storeARN.dropFirst("arn:aws:cloudtrail:".count))
    let exact = try trusting(#"{"StringEquals": {"aws:SourceArn": "\#(storeARN)"}}"#)
    #expect(found(exact.proveDenied(asking(excluding: store))) == .proven)
    let wide = try trusting(#"{"StringLike": {"aws:SourceArn": "\#(account)*"}}"#)
    guard case .refuted(let explanation) = wide.proveDenied(asking(excluding: store)) else {
      Issue.record("too wide a condition lets others in")
      return
    }
    let other = RequestText.string(explanation.free)
    #expect(other.hasPrefix("us-east-1:111122223333:eventdatastore/") && other != store)
  }

  // `too-complex`
  @Test func `Patterns that interleave in too many ways end open, not wrong`() throws {
    // What escapes holds every letter; each set of letters seen so far is a state of its own.
    let statements = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { letter in
      #"{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::logs/*\#(UnicodeScalar(letter))*"}"#
    }
    let policy = PolicySource(
      stringLiteral: #"{"Version": "2012-10-17", "Statement": ["#
        + statements.joined(separator: ", ") + "]}")
    let question = try Layers(identity: [policy]).question()
    let budget = Effort.isFull ? SearchBudget() : SearchBudget(steps: 500_000)
    let clock = ContinuousClock()
    var result = Found.proven
    let time = clock.measure { result = found(question.prove(objects(), budget: budget)) }
    #expect(result == .tooComplex)
    #expect(time < .seconds(Effort.isFull ? 2 : 30))
  }

  // `too-complex`
  @Test func `A search that would take too long ends open`() throws {
    let patterns = (0..<200).map { index in
      let letters = Array("abcdefghij")
      return
        "*\(letters[index % 10])*\(letters[index / 10 % 10])*\(letters[index / 7 % 10])*\(letters[index / 3 % 10])"
    }
    let resources = patterns.map { jsonString("arn:aws:s3:::logs/" + $0) }
    let policy: PolicySource = [
      statement("Allow", on: "[\(resources.joined(separator: ", "))]"),
      onObjects("Allow", "*/", "?/?", "?/??", "??/?"),
    ]
    let question = try Layers(identity: [policy]).question()
    var family = objects()
    let letters = ScalarSet([0x61...0x6A])
    family.freeString = .language(
      .sequence([.repeated(.one(letters), 12), .many(.one(letters)), .text("z")]), realistic: nil,
      excluding: nil)
    let clock = ContinuousClock()
    var result = Found.proven
    let time = clock.measure { result = found(question.prove(family)) }
    #expect(result != .proven)
    // Well under a second in release; a busy machine and a debug build take longer.
    #expect(time < .seconds(Effort.isFull ? 2 : 30))
  }

  // `too-complex`
  @Test func `Without budget nothing is said`() throws {
    let question = try Layers(identity: [[onObjects("Allow", "*a*b*c*d*")]]).question()
    #expect(found(question.prove(objects(), budget: SearchBudget(steps: 10))) == .tooComplex)
    #expect(found(question.proveDenied(objects(), budget: SearchBudget(steps: 10))) == .tooComplex)
  }
}
