import Authorization
import PolicyModel

extension SimulationInput {
  /// The request's condition keys: those that are given, and no other.
  ///
  /// AWS's simulator fills in some keys of the caller by itself (IAM User Guide, "How condition key
  /// evaluation works in the IAM policy simulator"). Here an answer depends on what the document
  /// says alone.
  func requestContext() throws(InputProblem) -> RequestContext {
    var result = RequestContext(unlisted: .absent)
    guard let context else { return result }
    result.reserveCapacity(context.count)
    for entry in context.elements {
      let (name, value) = try Self.contextEntry(entry)
      guard result.insert(value, named: name) else {
        throw InputProblem("context key \(quoted(name)) is given twice", at: entry)
      }
    }
    return result
  }

  private static func contextEntry(_ entry: Node) throws(InputProblem) -> (String, ContextValue) {
    guard entry.kind == .object else { throw wrongType(entry, "an object") }
    var name: Node?
    var type: Node?
    var values: [RequestText]?
    for member in entry.members {
      if member.key.hasContent("ContextKeyName") {
        name = member.value
      } else if member.key.hasContent("ContextKeyType") {
        type = member.value
      } else if member.key.hasContent("ContextKeyValues") {
        values = try contextValues(member.value)
      } else {
        throw InputProblem(
          "unknown member \(quoted(member.name)) of a context entry", at: member.key,
          help: "an entry has `ContextKeyName`, `ContextKeyValues` and `ContextKeyType`")
      }
    }
    guard let key = name?.string, !key.isEmpty else {
      throw InputProblem("the context entry has no `ContextKeyName`", at: name ?? entry)
    }
    guard let values else {
      throw InputProblem("the context entry has no `ContextKeyValues`", at: entry)
    }
    let isList = try type.map(isList) ?? false
    return (
      key, ContextValue(.present, .exactly(values), isMultivalued: isList || values.count > 1)
    )
  }

  private static func contextValues(_ node: Node) throws(InputProblem) -> [RequestText] {
    guard node.kind == .array else { throw wrongType(node, "a list of strings") }
    var values: [RequestText] = []
    for value in node.elements {
      guard value.kind == .string else { throw wrongType(value, "a value as a string") }
      values.append(value.withContent { RequestText(utf8: $0) })
    }
    return values
  }

  /// Whether a type is that of a key with several values; every other type says only how to compare,
  /// which the operators know.
  private static func isList(_ node: Node) throws(InputProblem) -> Bool {
    for type in contextKeyTypes where node.hasContent(type.single) { return false }
    for type in contextKeyTypes where node.hasContent(type.list) { return true }
    throw InputProblem(
      "unknown type \(quoted(node.scalarText ?? "")) of a context key", at: node,
      help: "types are `string`, `numeric`, `boolean`, `ip`, `binary` and `date`, each also with "
        + "`List`")
  }

  private static let contextKeyTypes: [(single: StaticString, list: StaticString)] = [
    ("string", "stringList"), ("numeric", "numericList"), ("boolean", "booleanList"),
    ("ip", "ipList"), ("binary", "binaryList"), ("date", "dateList"),
  ]
}
