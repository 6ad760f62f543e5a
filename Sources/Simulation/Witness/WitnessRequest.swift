import Authorization
import PolicyModel

/// The request of a witness, by the members of the document.
struct WitnessRequest {
  private let action: String
  private let resource: String
  /// Nil where it does not matter who asks.
  private let caller: String?
  let callerIsUser: Bool
  /// The resource's owner, where it is another than the caller's account and the ARN does not say so.
  private let owner: String?
  private let context: [(name: String, type: String, values: [String])]

  /// Nil where names are references of a template.
  init?(
    _ request: Request, _ question: AccessQuestion, isCallerNeeded: Bool, resourceAccount: String?
  ) {
    guard let resource = request.resource.literal else { return nil }
    action = request.action
    self.resource = resource
    caller = isCallerNeeded ? request.principal.callerARN : nil
    if isCallerNeeded, caller == nil { return nil }
    callerIsUser = if case .user = request.principal.kind { true } else { false }
    let isAnotherAccount = question.isSameAccount == .no && request.principal.account != nil
    if isCallerNeeded, isAnotherAccount, ARNParts(resource)?.account.isEmpty != false {
      let account =
        resourceAccount ?? request.context["aws:ResourceAccount"].knownText ?? "000000000000"
      owner = "arn:\(request.principal.partition ?? "aws"):iam::\(account):root"
    } else {
      owner = nil
    }
    context = request.context.entries.values
      .compactMap { entry in
        let type = ContextKeyType(of: entry.name, entry.value)
        guard let values = entry.value.someValues(of: type) else { return nil }
        return (entry.name, type.rawValue + (entry.value.isMultivalued ? "List" : ""), values)
      }
      .sorted { $0.name < $1.name }
  }

  /// Writes the members that are about the request.
  func write(to writer: inout JSONWriter) {
    if let owner {
      writer.key("ResourceOwner")
      writer.string(owner)
    }
    if let caller {
      writer.key("CallerArn")
      writer.string(caller)
    }
    writer.key("ActionNames")
    writer.strings([action])
    writer.key("ResourceArns")
    writer.strings([resource])
    writer.key("ContextEntries")
    writer.beginArray()
    for entry in context {
      writer.beginObject()
      writer.key("ContextKeyName")
      writer.string(entry.name)
      writer.key("ContextKeyValues")
      writer.strings(entry.values)
      writer.key("ContextKeyType")
      writer.string(entry.type)
      writer.endObject()
    }
    writer.endArray()
  }
}

extension RequestPrincipal {
  /// The principal as `CallerArn`; nil where its name holds references.
  fileprivate var callerARN: String? {
    switch kind {
    case .service(let name), .federated(let name): name
    case .user(let name): name.literal
    case .root: account.map { "arn:\(partition ?? "aws"):iam::\($0):root" }
    case .anonymous: "*"
    case .roleSession(let role, let session):
      // A role stands for a session of it whose name nobody knows.
      role.literal.flatMap { role in
        guard let session else { return role }
        guard let parts = ARNParts(role), let name = role.split(separator: "/").last else {
          return nil
        }
        return "arn:\(parts.partition):sts::\(parts.account):assumed-role/\(name)/\(session)"
      }
    }
  }
}

/// The type of a context key, which AWS's simulator wants to know.
private enum ContextKeyType: String {
  case string
  case boolean
  case date
  case numeric
  case ip

  init(of key: String, _ value: ContextValue) {
    switch RequestContext.folded(key) {
    case "aws:currenttime", "aws:tokenissuetime": self = .date
    case "aws:epochtime", "aws:multifactorauthage", "s3:max-keys": self = .numeric
    case "aws:sourceip", "aws:vpcsourceip": self = .ip
    default: self = value.knownText.flatMap { PolicyBoolean($0) } == nil ? .string : .boolean
    }
  }

  /// A value of the type that stands for all of them.
  var example: String {
    switch self {
    case .string: "any"
    case .boolean: "true"
    case .date: "2026-01-01T00:00:00Z"
    case .numeric: "1"
    // 192.0.2.0/24 is nobody's (RFC 5737).
    case .ip: "192.0.2.1"
    }
  }
}

extension ContextValue {
  /// Values that the key may have; nil where it may be absent. (The request is denied for every value,
  /// so that any will do.)
  fileprivate func someValues(of type: ContextKeyType) -> [String]? {
    guard presence == .present else { return nil }
    switch values {
    case .exactly(let texts): return texts.map(\.completed)
    case .oneOf(let texts): return [texts.first?.completed ?? type.example]
    case .moment(let from, _): return [type == .date ? from.iso8601 : "\(from.seconds)"]
    case .anything: return [type.example]
    }
  }

  /// The only value, where it is known.
  fileprivate var knownText: String? {
    guard presence == .present, case .exactly(let texts) = values, texts.count == 1 else {
      return nil
    }
    return texts[0].literal
  }
}

extension RequestText {
  /// The text with something in place of what nobody knows.
  fileprivate var completed: String {
    literal ?? head.map { $0.isReference ? "any" : RequestText.string([$0]) }.joined()
  }
}
