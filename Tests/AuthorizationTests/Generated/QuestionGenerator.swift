/// Makes questions of a tiny world, in which most things match now and then.
struct QuestionGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let role = "arn:aws:iam::111122223333:role/p/R"
  private static let user = "arn:aws:iam::111122223333:user/U"
  private static let federated = "arn:aws:sts::111122223333:federated-user/F"
  private static let service = "cloudtrail.amazonaws.com"

  mutating func question() -> PlainQuestion {
    let who = self.who()
    let rule: PlainQuestion.Rule = random.pick([.either, .either, .resourceFirst, .identityOnly])
    var hasIdentity = true
    var account: String? = "111122223333"
    switch who {
    case .service, .anonymous:
      hasIdentity = false
      account = nil
    case .root: hasIdentity = false
    case .session, .user, .federated:
      if random.once(in: 12) { account = nil }
    }
    let mayHavePrincipal = rule != .identityOnly
    return PlainQuestion(
      who: who, account: account,
      action: random.pick(["s3:GetObject", "s3:GetObject", "s3:ListBucket", "kms:Decrypt"]),
      resource: resource(), context: context(), rule: rule,
      isSameAccount: random.pick([.yes, .yes, .no, .no, .open]),
      identity: hasIdentity ? policies(0...2, completesARNs: true) : nil,
      resourcePolicies: mayHavePrincipal ? policies(0...2, forResource: true) : [],
      boundary: hasIdentity && random.once(in: 4) ? policies(0...1, completesARNs: true) : nil,
      session: hasIdentity && random.once(in: 6) ? policies(0...1) : nil,
      serviceControl: random.once(in: 4) ? levels() : [],
      resourceControl: random.once(in: 6)
        ? [policies(0...1, forResource: true, isControl: true)] : [],
      principalIsManagement: random.pick([.no, .no, .no, .yes, .open]),
      resourceIsManagement: random.pick([.no, .no, .no, .yes, .open]))
  }

  private mutating func who() -> PlainQuestion.Who {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: .service(Self.service)
    case 1: .user(Self.user)
    case 2: .root
    case 3: .federated(Self.federated)
    case 4: .anonymous
    case 5, 6: .session(role: Self.role, name: "S")
    default: .session(role: Self.role, name: nil)
    }
  }

  private mutating func resource() -> String {
    if random.once(in: 4) {
      return "arn:aws:s3:::b/" + random.text(of: ["a", "b", ":", "/", "*"], 0...4)
    }
    return random.pick(["arn:aws:s3:::b", "arn:aws:s3:::b/a", "arn:aws:s3:::b/ab", "*"])
  }
}

// MARK: - Policies

extension QuestionGenerator {
  private mutating func levels() -> [[PlainPolicy]] {
    (0..<Int.random(in: 1...2, using: &random)).map { _ in
      random.once(in: 2)
        ? [PlainPolicy(statements: [Self.everything])] + policies(0...1) : policies(1...1)
    }
  }

  private static let everything = PlainStatement(isAllow: true, actions: ["*"], resources: ["*"])

  private mutating func policies(
    _ count: ClosedRange<Int>, forResource: Bool = false, isControl: Bool = false,
    completesARNs: Bool = false
  ) -> [PlainPolicy] {
    (0..<Int.random(in: count, using: &random)).map { _ in
      PlainPolicy(
        isNew: isControl || !random.once(in: 8), completesARNs: completesARNs,
        statements: (0..<Int.random(in: 1...3, using: &random)).map { _ in
          statement(forResource: forResource, isControl: isControl)
        })
    }
  }

  private mutating func statement(forResource: Bool, isControl: Bool) -> PlainStatement {
    var statement = PlainStatement(
      isAllow: !isControl && !random.once(in: 4), actions: random.some(Self.actions, upTo: 2),
      excludesActions: !isControl && random.once(in: 8), resources: [],
      excludesResources: random.once(in: 8))
    statement.resources = (0..<Int.random(in: 1...2, using: &random)).map { _ in resourcePattern() }
    if forResource {
      statement.principals =
        isControl ? [.init(kind: "*", name: "*")] : random.some(Self.principals, upTo: 3)
      statement.excludesPrincipals = !isControl && !statement.isAllow && random.once(in: 2)
    }
    if random.once(in: 2) {
      var seen: Set<String> = []
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let condition = self.condition()
        // A key stands once under an operator.
        if seen.insert(condition.name + condition.key).inserted {
          statement.conditions.append(condition)
        }
      }
    }
    return statement
  }

  private static let actions = [
    "*", "*", "s3:*", "s3:Get*", "S3:getobject", "s3:?etObject", "kms:*", "*:Get*", "s3:List*",
    "s3:*t", "kms:Decrypt", "s?:GetObject",
  ]

  private static let principals: [PlainStatement.Who] = [
    .init(kind: "*", name: "*"), .init(kind: "AWS", name: role), .init(kind: "AWS", name: role),
    .init(kind: "AWS", name: "arn:aws:iam::111122223333:role/R"),
    .init(kind: "AWS", name: "arn:aws:sts::111122223333:assumed-role/R/S"),
    .init(kind: "AWS", name: "arn:aws:sts::111122223333:assumed-role/R/T"),
    .init(kind: "AWS", name: user), .init(kind: "AWS", name: federated),
    .init(kind: "AWS", name: "111122223333"), .init(kind: "AWS", name: "444455556666"),
    .init(kind: "AWS", name: "arn:aws:iam::111122223333:root"),
    .init(kind: "AWS", name: "arn:aws:iam::444455556666:root"),
    .init(kind: "Service", name: service), .init(kind: "Service", name: "s3.amazonaws.com"),
    .init(kind: "Federated", name: "accounts.google.com"), .init(kind: "CanonicalUser", name: "79"),
  ]

  private mutating func resourcePattern() -> String {
    if random.once(in: 3) {
      return "arn:aws:s3:::b" + random.text(of: ["a", "b", ":", "/", "*", "?"], 0...4)
    }
    return random.pick([
      "*", "*", "arn:aws:s3:::b/*", "arn:aws:s3:::b", "arn:aws:s3:*", "arn:aws:s*3:::b/a",
      "arn:aws:s3*:::b/*", "arn:*:b/*", "arn:aws:?3:::b/?", "arn:aws:s3:::b/${aws:username}",
      "arn:aws:s3:::b/${k:a, 'a'}*", "arn:aws:s3:::b/${k:m}", "arn:aws:s3:::b/${*}",
      "arn:aws:${k:a}:::b/*", "arn:aws:s*:r::*", "arn:aws:s?", "arn:aws:s3:*:*",
    ])
  }
}

// MARK: - Conditions

extension QuestionGenerator {
  private struct Family {
    var operators: [String]
    var keys: [String]
    /// Values of policies.
    var wanted: [String]
    /// Values of requests.
    var given: [String]
  }

  private static let families: [Family] = [
    Family(
      operators: [
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
        "StringLike", "StringNotLike",
      ], keys: ["k:a", "k:b", "K:A", "aws:username", "k:m"],
      wanted: [
        "a", "b", "A", "a*", "*", "?", "*b", "", "a:b", "é", "**", "?*", "${aws:username}",
        "${k:b}*", "${k:b, 'a'}", "${k:m}", "a${*}", "${?}",
      ], given: ["a", "b", "A", "ab", "", "a:b", "*", "é", "?"]),
    Family(
      operators: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"], keys: ["k:r"],
      wanted: [
        "arn:aws:s3:::b", "arn:aws:s3:::*", "arn:*:s3:::b", "arn:aws:s3:?::b", "*", "arn:aws:*",
        "arn:aws:s3:::${aws:username}", "arn:aws:*:::b", "*:*:*:*:*:*", "arn:aws:s3:::b?c",
      ], given: ["arn:aws:s3:::b", "arn:aws:s3:::b:c", "arn:aws:s3:r::b", "b", "arn:aws:s3:::a"]),
    Family(
      operators: [
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
        "NumericGreaterThan", "NumericGreaterThanEquals",
      ], keys: ["k:n"], wanted: ["1", "1.0", "-2", "0.5", "10", "-0.25"],
      given: ["1", "1.00", "-2", "0.5", "9.99", "one", "10"]),
    Family(
      operators: [
        "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
        "DateGreaterThanEquals",
      ], keys: ["k:t"],
      wanted: [
        "2026-05-31", "2026-05-31T00:00:00Z", "1780185600", "2026-05-31T02:00:00+02:00",
        "2026-05-30T23:59:59.5Z", "2026-05-30T23:59Z",
      ],
      given: [
        "2026-05-31", "2026-05-31T00:00:00Z", "1780185600", "2026-05-30T23:59:59.250Z",
        "2026-05-30T22:30:00-01:30", "soon",
      ]),
    Family(
      operators: ["Bool", "Null"], keys: ["k:f", "k:a", "k:m"], wanted: ["true", "false", "True"],
      given: ["true", "false", "FALSE"]),
    Family(
      operators: ["BinaryEquals"], keys: ["k:y"], wanted: ["QQ==", "QUI="],
      given: ["QQ==", "QUI=", "QUJD", "!"]),
    Family(
      operators: ["IpAddress", "NotIpAddress"], keys: ["k:i"],
      wanted: [
        "10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "2001:db8::1", "10.1.2.3/31",
      ], given: ["10.1.2.3", "10.1.2.2", "11.0.0.1", "2001:db8::1", "2001:DB8:0:1::2", "here"]),
  ]

  private mutating func condition() -> PlainCondition {
    let family = random.once(in: 2) ? Self.families[0] : random.pick(Self.families)
    let base = random.pick(family.operators)
    let key =
      random.once(in: 12) ? random.pick(["k:a", "k:m", "k:none"]) : random.pick(family.keys)
    var quantifier = PlainCondition.Quantifier.none
    if key == "k:m" ? !random.once(in: 6) : random.once(in: 8) {
      quantifier = random.pick([.all, .any])
    }
    return PlainCondition(
      quantifier: quantifier, base: base, ifExists: base != "Null" && random.once(in: 6), key: key,
      values: random.once(in: 30) ? [] : random.some(family.wanted, upTo: 3))
  }

  private mutating func context() -> PlainContext {
    var context = PlainContext()
    for family in Self.families {
      for key in family.keys where key != "K:A" && key != "k:m" && context.keys[key] == nil {
        context.keys[key] = self.key(family.given, isMultivalued: false)
      }
    }
    context.keys["k:m"] = key(Self.families[0].given, isMultivalued: true)
    if random.once(in: 8) { context.unlisted = PlainKey(presence: .unknown, values: .any) }
    return context
  }

  private mutating func key(_ given: [String], isMultivalued: Bool) -> PlainKey {
    let values: PlainKey.Values
    if isMultivalued {
      values =
        random.once(in: 6)
        ? .any : .all(random.once(in: 6) ? [] : random.some(given, upTo: 3))
    } else {
      switch Int.random(in: 0..<10, using: &random) {
      case 0: values = .any
      case 1: values = .one(random.some(given, upTo: 2))
      default: values = .all([random.pick(given)])
      }
    }
    let presence: PlainKey.Presence = random.pick([
      .present, .present, .present, .present, .absent, .unknown,
    ])
    return PlainKey(presence: presence, values: values, isMultivalued: isMultivalued)
  }

  /// The same question in one of the worlds that its unknown keys leave open.
  mutating func world(of question: PlainQuestion) -> PlainQuestion {
    var world = question
    for (name, key) in question.context.keys {
      var fixed = key
      if key.presence == .unknown { fixed.presence = random.pick([.present, .absent]) }
      let given = ["a", "b", "", "ab", "A", "1", "true", "arn:aws:s3:::b", "10.1.2.3", "~"]
      switch key.values {
      case .all: break
      case .one(let values): fixed.values = .all([random.pick(values)])
      case .any:
        fixed.values = .all(key.isMultivalued ? random.some(given, upTo: 2) : [random.pick(given)])
      }
      world.context.keys[name] = fixed
    }
    if world.isSameAccount == .open { world.isSameAccount = random.pick([.yes, .no]) }
    if world.principalIsManagement == .open {
      world.principalIsManagement = random.pick([.yes, .no])
    }
    if world.resourceIsManagement == .open {
      world.resourceIsManagement = random.pick([.yes, .no])
    }
    if world.context.unlisted.presence == .unknown {
      world.context.unlisted = PlainKey(
        presence: random.pick([.present, .absent]), values: .all([random.pick(["a", "1", ""])]))
    }
    return world
  }
}
