import Authorization
import PolicyModel

/// The input: a byte that chooses the question, then policies (`records`), the tag of each its layer.
func fuzzPolicy(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let policies = records(Array(bytes.dropFirst()))
  guard let question = DecisionQuestion(choice, policies) else { return }
  question.checkLaws()
  question.checkProofs(trying: texts(in: bytes))
}

/// One question of an input, in a form that can be asked in several ways.
private struct DecisionQuestion {
  private static let role = "arn:aws:iam::111122223333:role/Copy"
  private static let bucket = "arn:aws:s3:::logs/"
  private static let key = "arn:aws:kms:us-east-1:111122223333:key/0d0d"
  private static let store =
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/11111111-2222-3333"

  private let choice: UInt8
  private let policies: [(tag: UInt8, policy: Policy)]

  init?(_ choice: UInt8, _ records: [(tag: UInt8, body: [UInt8])]) {
    guard records.count <= 8 else { return nil }
    self.choice = choice
    policies = records.compactMap { tag, body in
      guard let source = try? Source.decoding(body, path: "policy.json"),
        let tree = try? Tree.json(source.text, from: Tree.Origin(source: source))
      else { return nil }
      let policy = Policy(reading: tree.root, as: Self.kind(tag, choice))
      for finding in policy.findings { if let place = finding.place { checkPlace(place) } }
      return (tag, policy)
    }
    guard !policies.isEmpty else { return nil }
  }

  private static func kind(_ tag: UInt8, _ choice: UInt8) -> PolicyKind {
    switch tag {
    case UInt8(ascii: "r"): choice & 2 == 0 ? .bucket : .key
    case UInt8(ascii: "t"): .trust
    case UInt8(ascii: "b"): .boundary
    case UInt8(ascii: "s"): .session
    case UInt8(ascii: "c"): .serviceControl
    case UInt8(ascii: "R"): .resourceControl
    default: .identity
    }
  }

  /// The question, with the policies as they are, reversed, or each twice.
  private func question(_ order: Order = .given, extra: CompiledPolicy? = nil) -> AccessQuestion {
    var references = ReferenceTable()
    var groups: [PolicyKind: [CompiledPolicy]] = [:]
    for (number, entry) in order.arranged(policies.map(\.policy)).enumerated() {
      groups[entry.kind, default: []].append(
        CompiledPolicy(entry, number: number, references: &references))
    }
    if let extra { groups[.identity, default: []].append(extra) }
    var question = AccessQuestion(
      identity: isTrust ? nil : PolicyGroup(groups[.identity] ?? []),
      resource: PolicyGroup(
        (groups[.bucket] ?? []) + (groups[.key] ?? []) + (groups[.trust] ?? [])),
      resourceRule: choice & 2 == 0 && !isTrust ? .either : .resourceFirst,
      isSameAccount: [.yes, .no, .perhaps, .yes][Int(choice >> 2 & 3)])
    question.boundary = groups[.boundary].map { PolicyGroup($0) }
    question.session = groups[.session].map { PolicyGroup($0) }
    question.serviceControl = groups[.serviceControl].map { [PolicyGroup($0)] } ?? []
    question.resourceControl = groups[.resourceControl].map { [PolicyGroup($0)] } ?? []
    question.principalIsManagement = choice & 16 == 0 ? .no : .perhaps
    return question
  }

  private enum Order {
    case given
    case reversed
    case twice

    func arranged(_ policies: [Policy]) -> [Policy] {
      switch self {
      case .given: policies
      case .reversed: policies.reversed()
      case .twice: policies + policies
      }
    }
  }

  private var isTrust: Bool { choice & 1 == 1 }

  private var context: RequestContext {
    var context = RequestContext(unlisted: choice & 32 == 0 ? .absent : .unknown)
    context["aws:SourceArn"] = .value(Self.store)
    context["aws:SourceAccount"] = .value("111122223333")
    context["aws:PrincipalArn"] = .value(Self.role)
    context["aws:SecureTransport"] = .value("true")
    context["aws:SourceIp"] = .presentWithAnyValue
    context["k:unknown"] = .unknown
    return context
  }

  private func request(_ text: String, unknown: ContextValue? = nil) -> Request {
    var context = context
    if let unknown { context["k:unknown"] = unknown }
    if isTrust {
      context["aws:SourceArn"] = .value(Self.store + text)
      return Request(
        principal: .service("cloudtrail.amazonaws.com"), action: "sts:AssumeRole",
        resource: Self.role, context: context)
    }
    if choice & 2 == 2 {
      context["kms:EncryptionContext:aws:s3:arn"] = .value(Self.bucket + text)
      return Request(
        principal: .session(ofRole: .literal(Self.role)), action: "kms:Decrypt",
        resource: Self.key, context: context)
    }
    return Request(
      principal: .session(ofRole: .literal(Self.role)), action: "s3:GetObject",
      resource: Self.bucket + text, context: context)
  }

  private var family: RequestFamily {
    var request = request("")
    let free = RequestText(head: [], isFree: true)
    if isTrust {
      request.context["aws:SourceArn"] = .value(RequestText(Self.store) + free)
    } else if choice & 2 == 2 {
      request.context["kms:EncryptionContext:aws:s3:arn"] = .value(RequestText(Self.bucket) + free)
    } else {
      request.resource = RequestText(Self.bucket) + free
    }
    return RequestFamily(
      request, freeString: .language(.anything, realistic: nil, excluding: nil))
  }

  private func decision(_ question: AccessQuestion, _ request: Request) -> Certainty {
    guard let certainty = question.evaluate(request).allowed.certainty else {
      check(false, "a single request without an answer")
      return .perhaps
    }
    return certainty
  }

  /// Laws of decisions: order and repetition do not matter, a Deny takes away and an Allow adds,
  /// and what is certain stays so when an unknown becomes known.
  func checkLaws() {
    let question = question()
    let request = request("AWSLogs/a")
    let answer = decision(question, request)
    check(
      decision(self.question(.reversed), request) == answer, "the order of policies matters")
    check(decision(self.question(.twice), request) == answer, "a policy given twice matters")
    if !isTrust {
      let denied = decision(self.question(extra: Self.everything("Deny")), request)
      check(denied == .no, "a request allowed in spite of a Deny on everything")
      let allowed = decision(self.question(extra: Self.everything("Allow")), request)
      check(
        answer != .yes || allowed == .yes, "one more Allow takes an access away")
    }
    for known in [ContextValue.absent, .value("a"), .value(""), .value("111122223333")] {
      let answerIfKnown = decision(question, self.request("AWSLogs/a", unknown: known))
      check(
        answer == .perhaps || answerIfKnown == answer, "knowing a key changes a certain answer")
    }
  }

  /// A proof speaks of every text, and a counterexample is one.
  func checkProofs(trying texts: [String]) {
    let question = question()
    let family = family
    let holdsFreeVariable = policies.contains { $0.policy.holdsVariables }
    switch question.prove(family, budget: SearchBudget(steps: 200_000)) {
    case .proven:
      for text in texts {
        check(decision(question, request(text)) == .yes, "proven, but not allowed for `\(text)`")
      }
    case .refuted(let explanation):
      let found = RequestText.string(explanation.free)
      check(
        holdsFreeVariable || decision(question, request(found)) == .no,
        "refuted by `\(found)`, which is not denied")
    case .open(let explanation):
      let found = RequestText.string(explanation.free)
      check(
        holdsFreeVariable || decision(question, request(found)) == .perhaps,
        "open because of `\(found)`, which is decided")
      for text in texts where !holdsFreeVariable {
        check(decision(question, request(text)) != .no, "open, but denied for `\(text)`")
      }
    case .tooComplex: break
    }
    if question.isProven(family) {
      for text in texts {
        check(decision(question, request(text)) == .yes, "proven, but not allowed for `\(text)`")
      }
    }
    switch question.proveDenied(family, budget: SearchBudget(steps: 200_000)) {
    case .proven:
      for text in texts {
        check(decision(question, request(text)) == .no, "none allowed, but `\(text)` may be")
      }
    case .refuted(let explanation):
      let found = RequestText.string(explanation.free)
      check(
        holdsFreeVariable || decision(question, request(found)) == .yes,
        "not everything denied, but `\(found)` is not allowed")
    case .open, .tooComplex: break
    }
  }

  private static func everything(_ effect: String) -> CompiledPolicy {
    let text = """
      {"Version": "2012-10-17", "Statement": {"Effect": "\(effect)", "Action": "*", "Resource": "*"}}
      """
    let source = Source(path: "extra.json", text)
    guard let tree = try? Tree.json(source.text, from: Tree.Origin(source: source)) else {
      preconditionFailure("the text above is JSON")
    }
    return CompiledPolicy(Policy(reading: tree.root, as: .identity))
  }
}

extension Policy {
  /// Whether a variable may stand for text with the free string in it.
  fileprivate var holdsVariables: Bool {
    node.withSourceText { text in zip(text, text.dropFirst()).contains { $0 == 0x24 && $1 == 0x7B }
    }
      // An escape may write either character.
      || node.withSourceText { $0.contains(0x5C) }
  }
}

extension Node {
  fileprivate func withSourceText<Result>(_ body: (ArraySlice<UInt8>) -> Result) -> Result {
    body(tree.text[...])
  }
}

/// Texts that an input's own patterns may tell apart: what stands behind the bucket's or the store's
/// ARN, with wildcards filled in several ways.
private func texts(in bytes: [UInt8]) -> [String] {
  var found: [String] = [
    "", "a", "AWSLogs/a", "AWSLogs/111122223333/CloudTrail/x", "é", "*", "${a}",
  ]
  let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
  for part in text.split(separator: "\"").prefix(64) {
    for prefix in ["arn:aws:s3:::logs/", "eventdatastore/11111111-2222-3333"] {
      guard let range = part.firstRange(ofText: prefix) else { continue }
      let rest = String(part[range...])
      for filling in ["", "x", "a/b", ":"] {
        found.append(
          String(rest.map { $0 == "*" ? filling : $0 == "?" ? "y" : String($0) }.joined()))
      }
      found.append(String(rest.dropLast()))
      found.append(rest + "z")
    }
  }
  return Array(found.prefix(200))
}

extension Substring {
  /// Where the text behind the first occurrence of another begins.
  fileprivate func firstRange(ofText other: String) -> Index? {
    let wanted = Array(other.utf8)
    let bytes = utf8
    var at = bytes.startIndex
    while at < bytes.endIndex {
      if bytes[at...].starts(with: wanted) { return bytes.index(at, offsetBy: wanted.count) }
      at = bytes.index(after: at)
    }
    return nil
  }
}
