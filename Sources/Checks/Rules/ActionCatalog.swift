import PolicyModel
import Rules

/// The actions that AWS's services have, and what somebody meant by one that does not exist.
package enum ActionCatalog {
  /// What can be said of an action in a policy.
  package enum Judgement: Sendable, Hashable {
    /// It exists, or its wildcards match an action that does.
    case known
    /// The service has no such action; with the action that was probably meant.
    case unknownAction(suggestion: String?)
    /// There is no such service; with the action that was probably meant.
    case unknownService(suggestion: String)
    /// It is not in the list, but nothing speaks for a slip: services come and go, and policies
    /// keep the actions of those that went.
    case unlisted
  }

  private static let table = SortedLines(text: ActionTables.actions)

  /// Services whose list is taken as complete, since a copy is about them.
  private static let complete: Set<String> = ["cloudtrail", "iam", "kms", "s3", "sts"]

  /// Operations of the API that another action allows (Service Authorization Reference, "Actions,
  /// resources, and condition keys for Amazon S3"; Amazon S3 API Reference).
  private static let operations = [
    "s3:copyobject": "s3:GetObject", "s3:deletebucketencryption": "s3:PutEncryptionConfiguration",
    "s3:deleteobjects": "s3:DeleteObject",
    "s3:getbucketencryption": "s3:GetEncryptionConfiguration",
    "s3:getbucketlifecycle": "s3:GetLifecycleConfiguration",
    "s3:getbucketlifecycleconfiguration": "s3:GetLifecycleConfiguration",
    "s3:getpublicaccessblock": "s3:GetBucketPublicAccessBlock",
    "s3:headbucket": "s3:ListBucket", "s3:headobject": "s3:GetObject",
    "s3:listbuckets": "s3:ListAllMyBuckets", "s3:listobjects": "s3:ListBucket",
    "s3:listobjectsv2": "s3:ListBucket", "s3:listobjectversions": "s3:ListBucketVersions",
    "s3:putbucketencryption": "s3:PutEncryptionConfiguration",
    "s3:selectobjectcontent": "s3:GetObject",
  ]

  /// Whether a service has an action of this very name, capitals aside.
  package static func contains(service: String, action: String) -> Bool {
    table.contains(Array("\(service):\(action)".utf8))
  }

  /// Whether a service is in the list.
  package static func contains(service: String) -> Bool {
    table.hasLine(startingWith: Array("\(service):".utf8))
  }

  /// Judges the text of an `Action` element, such as `s3:Get*`.
  package static func judgement(of text: String) -> Judgement {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    // `*` is every action; what is not service:name is a matter of grammar.
    guard parts.count == 2, let service = parts.first.map({ String(Substring($0)) }),
      !service.isEmpty
    else { return .known }
    let name = String(Substring(parts[1]))
    if Wildcard.isIn(text.utf8) { return judgement(ofPattern: text, service: service) }
    if contains(service: service, action: name) { return .known }
    guard contains(service: service) else { return unknownService(service, action: name) }
    let isComplete = complete.contains(service.lowercased())
    let suggestion = suggestion(service: service, action: name, slips: isComplete ? 2 : 1)
    return suggestion != nil || isComplete ? .unknownAction(suggestion: suggestion) : .unlisted
  }

  /// The action of a service that a misspelt one is closest to; nil where none is close.
  package static func suggestion(service: String, action: String, slips: Int = 2) -> String? {
    let text = "\(service):\(action)"
    if let allowing = operations[text.lowercased()] { return allowing }
    let actions = table.lines(startingWith: Array("\(service):".utf8))
    return PolicyModel.suggestion(for: text, among: actions, slips: slips)
  }

  /// The first action that a pattern of an `Action` element matches and `isWanted` does not, in the
  /// order of the table; a literal action is its own.
  package static func first(matching text: String, unless isWanted: (String) -> Bool) -> String? {
    guard Wildcard.isIn(text.utf8) else { return isWanted(text) ? nil : text }
    let pattern = Array((text == "*" ? "s3:*" : text).utf8)
    let service = text.prefix { $0 != ":" }
    let prefix =
      text == "*" ? Array("s3:".utf8) : Wildcard.isIn(service.utf8) ? [] : Array("\(service):".utf8)
    return table.first(startingWith: prefix) { line in
      guard Wildcard.matches(line, pattern) else { return nil }
      let name = String(decoding: line, as: UTF8.self)
      return isWanted(name) ? nil : name
    }
  }

  /// The actions that a pattern stands for, in the order of the table; a literal action is its own.
  package static func actions(matching text: String) -> [String] {
    guard Wildcard.isIn(text.utf8) else { return [text] }
    let service = text.prefix { $0 != ":" }
    guard !Wildcard.isIn(service.utf8) else { return [] }
    let pattern = Array(text.utf8)
    return table.lines(startingWith: Array("\(service):".utf8)).filter {
      Wildcard.matches(Array($0.utf8), pattern)
    }
  }

  private static func judgement(ofPattern text: String, service: String) -> Judgement {
    let pattern = Array(text.utf8)
    let isServicePattern = Wildcard.isIn(service.utf8)
    let prefix = isServicePattern ? [] : Array("\(service):".utf8)
    let match: Bool? = table.first(startingWith: prefix) { line in
      Wildcard.matches(line, pattern) ? true : nil
    }
    if match == true { return .known }
    guard !isServicePattern, complete.contains(service.lowercased()) else { return .unlisted }
    return .unknownAction(suggestion: nil)
  }

  /// A misspelt service is believed only where the service that was meant has the action.
  private static func unknownService(_ service: String, action: String) -> Judgement {
    var services: [String] = []
    let _: Never? = table.first(startingWith: []) { line in
      let name = line.prefix { $0 != UInt8(ascii: ":") }
      if services.last.map({ Array($0.utf8) != Array(name) }) ?? true {
        services.append(String(decoding: name, as: UTF8.self))
      }
      return nil
    }
    let meant = services.filter { contains(service: $0, action: action) }
    guard let suggestion = PolicyModel.suggestion(for: service, among: meant, slips: 2) else {
      return .unlisted
    }
    return .unknownService(suggestion: "\(suggestion):\(action)")
  }
}

/// The condition keys that AWS's services have, and what somebody meant by one that does not exist.
package enum ConditionKeyCatalog {
  /// What can be said of a condition key in a policy.
  package enum Judgement: Sendable, Hashable {
    /// It exists.
    case known
    /// There is no such key; with the one that was probably meant.
    case unknown(suggestion: String?)
    /// It is not in the list, but nothing speaks for a slip: identity providers, for one, have keys
    /// of their own.
    case unlisted
  }

  private static let table = SortedLines(text: ActionTables.conditionKeys)

  /// Services whose list is taken as complete, since a copy is about them.
  private static let complete: Set<String> = ["cloudtrail", "iam", "kms", "s3"]

  /// Judges a condition key as written, such as `aws:SourceArn`.
  package static func judgement(of key: String) -> Judgement {
    let bytes = Array(key.utf8)
    let service = key.prefix { $0 != ":" }
    guard service.utf8.count < bytes.count else { return .unlisted }
    if table.contains(bytes) { return .known }
    let prefix = Array("\(service):".utf8)
    let match: Bool? = table.first(startingWith: prefix) { line in
      guard let pattern = pattern(of: line) else { return nil }
      return Wildcard.matches(bytes, pattern) ? true : nil
    }
    if match == true { return .known }
    let suggestion = PolicyModel.suggestion(
      for: key, among: table.lines(startingWith: prefix), slips: 2)
    let isComplete = complete.contains(service.lowercased())
    return suggestion != nil || isComplete ? .unknown(suggestion: suggestion) : .unlisted
  }

  /// A key with `${…}` in it as a pattern; nil for other keys.
  private static func pattern(of line: [UInt8]) -> [UInt8]? {
    var pattern: [UInt8] = []
    var position = 0
    var isPattern = false
    while position < line.count {
      if line[position] == UInt8(ascii: "$"), position + 1 < line.count,
        line[position + 1] == UInt8(ascii: "{"),
        let close = line[position...].firstIndex(of: UInt8(ascii: "}"))
      {
        // At least one character stands for the name.
        pattern += [UInt8(ascii: "?"), UInt8(ascii: "*")]
        position = close + 1
        isPattern = true
      } else {
        pattern.append(line[position])
        position += 1
      }
    }
    return isPattern ? pattern : nil
  }
}
