import PolicyModel

@testable import Authorization

/// Makes request families over a tiny alphabet, with policies that tell its texts apart.
struct FamilyGenerator {
  static let alphabet = ["a", "b", ":", "/"]

  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A family with the policies of one account, or of two.
  struct Case: CustomStringConvertible {
    var layers: Layers
    var family: RequestFamily
    var language: Language

    /// Whether a variable of a policy stands for text with the free string in it.
    var hasFreeVariable: Bool {
      let isFree: Bool =
        if case .exactly(let texts) = family.request.context["k:a"].values {
          texts.contains(where: \.isFree)
        } else {
          false
        }
      let policies = (layers.identity ?? []) + layers.resource + (layers.boundary ?? [])
      return isFree && policies.contains { $0.text.lowercased().contains("${k:a}") }
    }

    var description: String {
      """
      \(language)
      resource \(family.request.resource.description)
      \(family.request.context.entries.map { "\($0.key): \($0.value.value)" }.sorted())
      identity: \((layers.identity ?? []).map(\.text)), resource: \(layers.resource.map(\.text)), \
      boundary: \((layers.boundary ?? []).map(\.text))
      """
    }
  }

  mutating func next() -> Case {
    let language = self.language(depth: 3)
    let tail = random.pick(["", "", "/a", ":b"])
    let inResource = !random.once(in: 4)
    let free = RequestText(head: [], isFree: true)
    var resource = RequestText("arn:aws:s3:::b/")
    if inResource { resource = resource + free + RequestText(tail) }
    var context = RequestContext(unlisted: .absent)
    if !inResource || random.once(in: 3) {
      context["k:a"] = .value(RequestText(random.pick(["", "a", "b:"])) + free)
    }
    if random.once(in: 3) {
      context["k:r"] = .value(RequestText("arn:aws:s3:r:1:") + free)
    }
    if !random.once(in: 3) {
      context["k:u"] = random.pick([
        .unknown, .presentWithAnyValue, ContextValue(.unknown, .exactly([RequestText("a")])),
      ])
    }
    let request = Request(
      principal: .session(ofRole: .literal(roleARN)), action: "s3:GetObject", resource: resource,
      context: context)
    var layers = Layers(isSameAccount: random.pick([.yes, .yes, .no]))
    layers.identity = [policy(principal: nil)]
    layers.resource = random.once(in: 2) ? [policy(principal: random.pick([roleARN, "*"]))] : []
    if layers.isSameAccount == .no { layers.resource = [[allow(aws(roleARN))]] + layers.resource }
    if random.once(in: 4) { layers.boundary = [policy(principal: nil)] }
    return Case(
      layers: layers,
      family: RequestFamily(
        request, freeString: .language(language, realistic: nil, excluding: nil)),
      language: language)
  }

  // MARK: - Languages

  private mutating func language(depth: Int) -> Language {
    switch Int.random(in: 0..<(depth == 0 ? 3 : 7), using: &random) {
    case 0: return .text(random.text(of: Self.alphabet, 0...2))
    case 1, 2: return .one(set())
    case 3, 4:
      return .sequence(
        (0..<Int.random(in: 1...3, using: &random)).map { _ in language(depth: depth - 1) })
    case 5:
      return .either(
        (0..<Int.random(in: 1...3, using: &random)).map { _ in language(depth: depth - 1) })
    default: return .many(language(depth: depth - 1))
    }
  }

  private mutating func set() -> ScalarSet {
    let scalars = random.some(Self.alphabet, upTo: 4).compactMap(\.unicodeScalars.first)
    return scalars.reduce(ScalarSet([])) { $0.union(ScalarSet($1)) }
  }

  // MARK: - Policies

  private mutating func policy(principal: String?) -> PolicySource {
    var source: PolicySource = []
    var statements = random.once(in: 3) ? [allow(principal.map { aws($0) })] : []
    for _ in 0..<Int.random(in: 1...3, using: &random) { statements.append(statement(principal)) }
    source.text =
      #"{"Version": "2012-10-17", "Statement": ["# + statements.joined(separator: ", ") + "]}"
    return source
  }

  private mutating func statement(_ principal: String?) -> String {
    var members = [#""Effect": "\#(random.once(in: 3) ? "Deny" : "Allow")", "Action": "s3:Get*""#]
    if let principal { members.append(#""Principal": {"AWS": "\#(principal)"}"#) }
    let resources = (0..<Int.random(in: 1...2, using: &random)).map { _ in
      random.once(in: 3) ? #""*""# : jsonString("arn:aws:s3:::b/" + pattern())
    }
    let name = random.once(in: 6) ? "NotResource" : "Resource"
    members.append(#""\#(name)": [\#(resources.joined(separator: ", "))]"#)
    if random.once(in: 2) {
      members.append(#""Condition": {\#(condition())}"#)
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  private mutating func condition() -> String {
    let values = (0..<Int.random(in: 1...2, using: &random)).map { _ in pattern() }
    func written(_ name: String, _ key: String, _ values: [String]) -> String {
      #""\#(name)": {"\#(key)": [\#(values.map(jsonString).joined(separator: ", "))]}"#
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      return written(
        random.pick(["StringEquals", "StringNotEquals", "StringEqualsIgnoreCaseIfExists"]), "k:a",
        values.map { $0.uppercasedNowAndThen(&random) })
    case 1, 2, 3:
      return written(
        random.pick(["StringLike", "StringNotLike", "StringNotLikeIfExists"]), "k:a", values)
    case 4, 5:
      return written(
        random.pick(["ArnLike", "ArnNotEquals", "ForAllValues:ArnLike"]), "k:r",
        values.map { "arn:aws:s3:r:1:" + $0 })
    case 6, 7, 8: return written("StringLike", "k:u", values)
    default: return written("Null", random.pick(["k:a", "k:u"]), [random.pick(["true", "false"])])
    }
  }

  private mutating func pattern() -> String {
    random.text(
      of: Self.alphabet + ["*", "*", "?", "${k:a}"].dropLast(random.once(in: 6) ? 0 : 1), 0...4)
  }
}

extension String {
  fileprivate func uppercasedNowAndThen(_ random: inout SeededGenerator) -> String {
    random.once(in: 2) ? uppercased() : self
  }
}

/// Every text over the alphabet up to a length, the shortest first.
func texts(upTo length: Int) -> [[Symbol]] {
  let symbols = FamilyGenerator.alphabet.flatMap { $0.unicodeScalars.map(\.value) }
  var all: [[Symbol]] = [[]]
  var longest: [[Symbol]] = [[]]
  for _ in 0..<length {
    longest = longest.flatMap { text in symbols.map { text + [$0] } }
    all += longest
  }
  return all
}
