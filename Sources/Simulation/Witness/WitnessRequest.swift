import Authorization
import PolicyModel

/// The request of a witness, by the members of the document.
struct WitnessRequest {
  private let action: String
  private let resource: String
  private let caller: String
  let callerIsUser: Bool
  private let owner: String?
  private let context: [(name: String, type: String, values: [String])]

  /// Nil where names are references of a template.
  init?(
    _ request: Request, _ question: AccessQuestion, isOwnerNeeded: Bool, resourceAccount: String?
  ) {
    guard let resource = request.resource.literal, let caller = request.principal.callerARN else {
      return nil
    }
    action = request.action
    self.resource = resource
    self.caller = caller
    callerIsUser = if case .user = request.principal.kind { true } else { false }
    let isAnotherAccount = question.isSameAccount == .no && request.principal.account != nil
    owner =
      isAnotherAccount && ARNParts(resource)?.account.isEmpty != false
      ? resourceAccount ?? request.context["aws:ResourceAccount"].someValue(
        of: "aws:ResourceAccount")
        ?? "000000000000" : nil
    context = request.context.entries.values
      .compactMap { entry in
        guard let values = entry.value.someValues(of: entry.name) else { return nil }
        let type = Self.type(of: entry.name, values)
        return (entry.name, entry.value.isMultivalued ? type + "List" : type, values)
      }
      .sorted { $0.name < $1.name }
  }

  /// The type of a context key, which AWS's simulator wants to know.
  private static func type(of key: String, _ values: [String]) -> String {
    switch RequestContext.folded(key) {
    case "aws:currenttime", "aws:tokenissuetime": return "date"
    case "aws:epochtime", "aws:multifactorauthage", "s3:max-keys": return "numeric"
    case "aws:sourceip", "aws:vpcsourceip": return "ip"
    default: return values.allSatisfy { PolicyBoolean($0) != nil } ? "boolean" : "string"
    }
  }

  /// Writes the members that are about the request.
  func write(to writer: inout JSONWriter, isCallerNeeded: Bool) {
    if isCallerNeeded {
      if let owner {
        writer.key("ResourceOwner")
        writer.string("arn:aws:iam::\(owner):root")
      }
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

extension ContextValue {
  /// Values that the key may have; nil where it may be absent. (The request is denied for every value,
  /// so that any will do.)
  fileprivate func someValues(of key: String) -> [String]? {
    guard presence == .present else { return nil }
    switch values {
    case .exactly(let texts): return texts.map(\.completed)
    case .oneOf(let texts): return texts.first.map { [$0.completed] }
    case .moment(let from, _):
      return [
        RequestContext.folded(key) == "aws:epochtime" ? "\(from.seconds)" : from.iso8601
      ]
    case .anything:
      // 192.0.2.0/24 is nobody's (RFC 5737).
      return [RequestContext.folded(key) == "aws:sourceip" ? "192.0.2.1" : "any"]
    }
  }

  fileprivate func someValue(of key: String) -> String? { someValues(of: key)?.first }
}

extension RequestText {
  /// The text with something in place of what nobody knows.
  fileprivate var completed: String {
    literal ?? head.map { $0.isReference ? "any" : RequestText.string([$0]) }.joined()
  }
}
