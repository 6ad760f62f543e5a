/// A policy as the plain evaluator sees it; written out as JSON for the real one.
struct PlainPolicy: Sendable {
  var isNew = true
  /// Whether an ARN that lacks parts is completed with `*`: in policies of users and roles, and
  /// their boundaries.
  var completesARNs = false
  var statements: [PlainStatement]

  var json: String {
    let version = isNew ? "2012-10-17" : "2008-10-17"
    return #"{"Version": "\#(version)", "Statement": ["#
      + statements.map(\.json).joined(separator: ", ") + "]}"
  }
}

/// One statement.
struct PlainStatement: Sendable {
  /// A kind, such as `AWS`, with a name; the kind `*` is everyone.
  struct Who: Sendable, Hashable {
    var kind: String
    var name: String
  }

  var isAllow: Bool
  var principals: [Who]?
  var excludesPrincipals = false
  var actions: [String]
  var excludesActions = false
  var resources: [String]
  var excludesResources = false
  var conditions: [PlainCondition] = []

  var json: String {
    var members = [#""Effect": "\#(isAllow ? "Allow" : "Deny")""#]
    if let principals {
      let name = excludesPrincipals ? "NotPrincipal" : "Principal"
      var kinds: [(String, [String])] = []
      for principal in principals {
        let kind = principal.kind == "*" ? "AWS" : principal.kind
        if let index = kinds.firstIndex(where: { $0.0 == kind }) {
          kinds[index].1.append(principal.name)
        } else {
          kinds.append((kind, [principal.name]))
        }
      }
      let map = kinds.map { "\(jsonString($0.0)): \(jsonList($0.1))" }
      members.append(#""\#(name)": {\#(map.joined(separator: ", "))}"#)
    }
    members.append(#""\#(excludesActions ? "NotAction" : "Action")": \#(jsonList(actions))"#)
    members.append(
      #""\#(excludesResources ? "NotResource" : "Resource")": \#(jsonList(resources))"#)
    if !conditions.isEmpty {
      var operators: [(String, [PlainCondition])] = []
      for condition in conditions {
        if let index = operators.firstIndex(where: { $0.0 == condition.name }) {
          operators[index].1.append(condition)
        } else {
          operators.append((condition.name, [condition]))
        }
      }
      let map = operators.map { name, keys in
        "\(jsonString(name)): {"
          + keys.map { "\(jsonString($0.key)): \(jsonList($0.values))" }.joined(separator: ", ")
          + "}"
      }
      members.append(#""Condition": {\#(map.joined(separator: ", "))}"#)
    }
    return "{" + members.joined(separator: ", ") + "}"
  }
}

/// One condition operator with a key and its values.
struct PlainCondition: Sendable {
  enum Quantifier: String, Sendable {
    case none = ""
    case all = "ForAllValues:"
    case any = "ForAnyValue:"
  }

  var quantifier = Quantifier.none
  /// The operator without prefix and suffix.
  var base: String
  var ifExists = false
  var key: String
  var values: [String]

  var name: String { quantifier.rawValue + base + (ifExists ? "IfExists" : "") }
}

/// What is known of a context key.
struct PlainKey: Sendable {
  enum Presence: Sendable {
    case present
    case absent
    case unknown
  }

  enum Values: Sendable {
    case all([String])
    case one([String])
    case any
  }

  var presence: Presence
  var values: Values
  var isMultivalued = false
}

func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

private func jsonList(_ texts: [String]) -> String {
  "[" + texts.map(jsonString).joined(separator: ", ") + "]"
}
