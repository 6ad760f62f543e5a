import PolicyModel

/// Resolves the functions of a CloudFormation template as far as the template, its parameters and
/// its deployment allow.
///
/// A value of a resource that is made with the template is a symbol; what cannot be told is unknown
/// and says why. Both stay parts of the text they stand in.
struct TemplateResolver: Sendable {
  /// The template.
  let template: Node
  /// Where it is deployed.
  let deployment: Deployment
  /// The partition its ARNs are in.
  let partition: String
  /// The resources by name; a template may have thousands, and names each many times.
  let resources: [String: Node]
  /// The parameters by name.
  let parameters: [String: Node]
  /// The conditions by name.
  private let namedConditions: [String: Node]
  /// What was resolved before, and what is being resolved: a template may go round in circles.
  private var attributes: [String: TemplateValue] = [:]
  private var conditions: [String: Bool?] = [:]
  private var inProgress: Set<String> = []
  /// How many functions may still be resolved.
  private var budget = Limits.templateFunctions
  /// How many functions are being resolved, one inside the other.
  private var depth = 0

  init(_ template: Node, _ deployment: Deployment) {
    self.template = template
    self.deployment = deployment
    resources = Self.members(of: template["Resources"])
    parameters = Self.members(of: template["Parameters"])
    namedConditions = Self.members(of: template["Conditions"])
    partition =
      deployment.region.map { Deployment.partition(ofRegion: $0.value) }
      ?? Self.partition(in: template.tree.text)
  }

  private static func members(of node: Node?) -> [String: Node] {
    guard let node else { return [:] }
    return Dictionary(node.members.map { ($0.name, $0.value) }) { $1 }
  }

  /// The partition that a template's own ARNs are in; of none or several the common one.
  private static func partition(in text: [UInt8]) -> String {
    let special = ["aws-cn", "aws-us-gov"].filter { name in
      text.firstRange(ofBytes: Array("arn:\(name):".utf8)) != nil
    }
    guard special.count == 1, let only = special.first,
      text.firstRange(ofBytes: Array("arn:aws:".utf8)) == nil
    else { return "aws" }
    return only
  }

  // MARK: Values

  /// What a value is.
  mutating func resolve(_ node: Node, ignoringTag: Bool = false) -> TemplateValue {
    guard let intrinsic = Intrinsic(node, ignoringTag: ignoringTag) else { return .node(node) }
    guard budget > 0 else {
      return .unknown(
        "the template takes more than \(Limits.templateFunctions) functions to resolve")
    }
    guard depth < Limits.templateDepth else {
      return .unknown("more than \(Limits.templateDepth) functions stand one inside the other")
    }
    budget -= 1
    depth += 1
    defer { depth -= 1 }
    switch intrinsic.name {
    case .ref: return reference(to: intrinsic.argument)
    case .getAtt: return attribute(intrinsic.argument)
    case .sub: return substituted(intrinsic.argument)
    case .join: return joined(intrinsic.argument)
    case .select: return selected(intrinsic.argument)
    case .split: return split(intrinsic.argument)
    case .findInMap: return found(intrinsic.argument)
    case .ifElse: return chosen(intrinsic.argument)
    case .importValue: return imported(intrinsic)
    case .equals, .and, .or, .not, .condition:
      guard let truth = truth(of: node) else {
        return .unknown("`\(intrinsic.spelling)` cannot be decided")
      }
      return .text(.literal(truth ? "true" : "false"))
    case .base64, .cidr, .getAZs, .length, .toJSONString, .transform, .other:
      return .unknown("`\(intrinsic.spelling)` is not resolved")
    }
  }

  /// The text of a value; nil of a list, an object or nothing.
  mutating func text(of node: Node) -> PolicyText? { text(of: resolve(node)) }

  mutating func text(of value: TemplateValue) -> PolicyText? {
    switch value {
    case .text(let text): return text
    case .node(let node), .constant(let node):
      return node.kind == .null ? nil : node.scalarText.map(Self.literal)
    case .unknown(let reason): return .segments([.unknown(reason: reason)])
    case .list, .nothing: return nil
    }
  }

  /// The elements of a value that is a list; nil where it is none or nobody can tell.
  mutating func elements(of value: TemplateValue) -> [TemplateValue]? {
    switch value {
    case .list(let values): return values
    case .node(let node):
      guard node.kind == .array else { return nil }
      return node.elements.map { resolve($0) }
    case .constant(let node):
      guard node.kind == .array else { return nil }
      return node.elements.map { .constant($0) }
    case .text, .nothing, .unknown: return nil
    }
  }

  /// A text of the template, in which CloudFormation itself fills in `{{resolve:…}}`.
  static func literal(_ text: String) -> PolicyText {
    guard text.contains("{{resolve:") else { return .literal(text) }
    return .segments([.unknown(reason: "a dynamic reference is resolved at deployment")])
  }

  private static let tooLong = PolicyText.Segment.unknown(
    reason: "the text has more than \(Limits.templateTextBytes) bytes")

  /// Texts one after the other.
  static func concatenated(_ texts: [PolicyText]) -> PolicyText {
    var segments: [PolicyText.Segment] = []
    var length = 0
    for segment in texts.flatMap(\.segments) {
      if case .literal(let text) = segment {
        length += text.utf8.count
        if text.isEmpty { continue }
        if case .literal(let before)? = segments.last {
          segments[segments.count - 1] = .literal(before + text)
          continue
        }
      }
      length += 1
      guard length <= Limits.templateTextBytes else {
        return .segments([tooLong])
      }
      segments.append(segment)
    }
    guard length <= Limits.templateTextBytes else {
      return .segments([tooLong])
    }
    if segments.isEmpty { return .literal("") }
    if segments.count == 1, case .literal(let text) = segments[0] { return .literal(text) }
    return .segments(segments)
  }

  // MARK: Once each

  /// Resolves something once; on the way round a circle it is unknown.
  mutating func once(
    _ key: String, _ resolve: (inout Self) -> TemplateValue
  ) -> TemplateValue {
    if let known = attributes[key] { return known }
    guard inProgress.insert(key).inserted else { return .unknown("`\(key)` depends on itself") }
    let value = resolve(&self)
    inProgress.remove(key)
    attributes[key] = value
    return value
  }

  /// Whether a named condition holds; nil where nobody can tell.
  mutating func holds(_ name: String) -> Bool? {
    if let known = conditions[name] { return known }
    guard let node = namedConditions[name],
      inProgress.insert("condition \(name)").inserted
    else { return nil }
    let truth = truth(of: node)
    inProgress.remove("condition \(name)")
    conditions[name] = truth
    return truth
  }

  /// Whether a condition holds; nil where nobody can tell.
  mutating func truth(of node: Node) -> Bool? {
    guard budget > 0, depth < Limits.templateDepth else { return nil }
    budget -= 1
    depth += 1
    defer { depth -= 1 }
    if let member = node.members.first(where: { _ in true }), node.count == 1, node.tag == nil,
      member.key.hasContent("Condition")
    {
      return member.value.scalarText.flatMap { holds($0) }
    }
    guard let intrinsic = Intrinsic(node) else { return nil }
    let arguments = Array(intrinsic.argument.elements)
    switch intrinsic.name {
    case .condition: return intrinsic.argument.scalarText.flatMap { holds($0) }
    case .equals:
      guard arguments.count == 2, let left = text(of: arguments[0]),
        let right = text(of: arguments[1])
      else { return nil }
      return Self.areEqual(left, right)
    case .not: return arguments.first.flatMap { truth(of: $0) }.map { !$0 }
    case .and:
      let truths = arguments.map { truth(of: $0) }
      if truths.contains(false) { return false }
      return truths.allSatisfy { $0 == true } ? true : nil
    case .or:
      let truths = arguments.map { truth(of: $0) }
      if truths.contains(true) { return true }
      return truths.allSatisfy { $0 == false } ? false : nil
    default: return nil
    }
  }

  /// Whether two texts are equal; nil where references leave it open.
  private static func areEqual(_ left: PolicyText, _ right: PolicyText) -> Bool? {
    if let left = left.literal, let right = right.literal { return left == right }
    guard let left = left.factName, let right = right.factName else { return nil }
    return left == right ? true : nil
  }
}
