import PolicyModel

/// A function of a template in place of a value: `!Sub …` or `{"Fn::Sub": …}`.
struct Intrinsic: Sendable {
  /// The functions, by their names without `Fn::`.
  enum Name: String, Sendable {
    case ref = "Ref"
    case getAtt = "GetAtt"
    case sub = "Sub"
    case join = "Join"
    case select = "Select"
    case split = "Split"
    case findInMap = "FindInMap"
    case ifElse = "If"
    case importValue = "ImportValue"
    case equals = "Equals"
    case and = "And"
    case or = "Or"
    case not = "Not"
    case condition = "Condition"
    case base64 = "Base64"
    case cidr = "Cidr"
    case getAZs = "GetAZs"
    case length = "Length"
    case toJSONString = "ToJsonString"
    case transform = "Transform"
    case other = ""
  }

  /// Which function.
  let name: Name
  /// What it is given: of a tag the tagged value itself, whose tag must not be read again.
  let argument: Node
  /// Whether it was written as a tag.
  let isTag: Bool
  /// The name as written, for reasons.
  let spelling: String

  /// The function that stands in place of a value; nil where the value is what it seems.
  init?(_ node: Node, ignoringTag: Bool = false) {
    if !ignoringTag, let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!") {
      name = Name(rawValue: String(tag.dropFirst())) ?? .other
      argument = node
      isTag = true
      spelling = tag
      return
    }
    guard node.kind == .object, node.count == 1,
      let member = node.members.first(where: { _ in true })
    else { return nil }
    let key = member.name
    if key == "Ref" {
      name = .ref
    } else if key.hasPrefix("Fn::") {
      name = Name(rawValue: String(key.dropFirst(4))) ?? .other
    } else {
      return nil
    }
    argument = member.value
    isTag = false
    spelling = key
  }
}

/// What a value of a template is, as far as it can be told.
enum TemplateValue: Sendable {
  /// Text, with or without references.
  case text(PolicyText)
  /// A list that a function made.
  case list([TemplateValue])
  /// A value as it is written, which may hold further functions.
  case node(Node)
  /// A value that holds no functions, whatever it looks like: a mapping's.
  case constant(Node)
  /// `AWS::NoValue`: as if it were not there.
  case nothing
  /// Nobody can tell, and why.
  case unknown(String)
}
