import Evidence
import PolicyModel

/// Text that a guide or a template means to be replaced.
enum Placeholder {
  /// The names AWS's own samples use (AWS CloudTrail User Guide, "Required permissions for copying
  /// trail events").
  private static let names = [
    "myAccountID", "eventDataStoreId", "eventDataStoreArn", "amzn-s3-demo-bucket", "myBucketName",
    "roleArn", "key-region", "keyAccountID", "keyID", "source-bucket-name",
  ]

  /// The placeholder a text holds, as written; nil without one.
  static func found(in text: String) -> String? {
    if text.hasByte(UInt8(ascii: "$")), let variable = templateVariable(in: text) {
      return variable
    }
    for word in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: ":") || $0 == 0x2F }) {
      let count = word.count
      if names.contains(where: { $0.utf8.count == count && $0.utf8.elementsEqual(word) }) {
        return String(Substring(word))
      }
    }
    if text.hasByte(UInt8(ascii: "<")), let open = text.firstIndex(of: "<"),
      let close = text[open...].firstIndex(of: ">"), text.index(after: open) < close
    {
      return String(text[open...close])
    }
    return nil
  }

  /// `${NAME}` of a template language: IAM's own variables have a colon in their name.
  private static func templateVariable(in text: String) -> String? {
    var rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      rest = rest[dollar...]
      if rest.hasPrefix("${"), let close = rest.firstIndex(of: "}") {
        let name = rest[rest.index(rest.startIndex, offsetBy: 2)..<close]
        if !name.contains(":"), name != "*", name != "?", name != "$" {
          return String(rest[...close])
        }
        rest = rest[close...]
      } else {
        rest = rest.dropFirst()
      }
    }
    return nil
  }

  /// The finding; `wanted` is what belongs there where that is known, and `replaced` the text with
  /// all of its placeholders filled in.
  static func draft(
    _ placeholder: String, _ node: Node, wanted: String?, replaced: String? = nil
  ) -> Outcome.Draft {
    let text = wanted ?? replaced
    return Outcome.Draft(
      "`\(placeholder)` is a placeholder that was never replaced",
      at: node.place, label: wanted.map { "the request has `\($0)`" },
      help: text.map { "write `\($0)`" } ?? "write the value it stands for",
      remedies: remedies(node, wanted: text))
  }

  /// Writes what belongs in the place of a text that matches nothing.
  static func remedies(_ node: Node, wanted: String?) -> [Remedy] {
    guard let wanted, wanted.utf8.contains(UInt8(ascii: ":")) || wanted.utf8.allSatisfy(isDigit)
    else { return [] }
    return [Remedy("write `\(wanted)`", .safe, [.rewrite(node.place, to: wanted)])]
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

/// What the placeholders of the guide stand for in one copy.
struct PlaceholderNames {
  private var values: [String: String] = [:]

  init(_ access: AccessCase) {
    let plan = access.copy.plan
    if case .key(let position) = access.resource {
      self.init(plan, key: plan.keys[position])
    } else {
      self.init(plan, key: nil)
    }
  }

  /// The names of a copy; those of a key are known where it is clear which is meant.
  init(_ plan: CopyPlan, key: KeyPlan?) {
    let facts = plan.facts
    let bucket = facts.bucket.value
    for name in ["amzn-s3-demo-bucket", "myBucketName", "source-bucket-name"] {
      values[name] = bucket
    }
    values["roleArn"] = facts.roleARN.value
    values["eventDataStoreArn"] = facts.destination.value
    values["myAccountID"] = facts.destination.value.flatMap(ImportRequests.account(of:))
    values["eventDataStoreId"] = facts.destination.value.flatMap { ARNParts($0) }.map {
      String($0.resource.dropFirst("eventdatastore/".count))
    }
    values["prefix"] = facts.prefix.value.map { prefix in
      prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    }
    if let key = key?.arn.value, let arn = ARNParts(key) {
      values["key-region"] = String(arn.region)
      values["keyAccountID"] = String(arn.account)
      values["keyID"] = String(arn.resource.dropFirst("key/".count))
    }
    values = values.filter { !$0.value.isEmpty && !$0.value.holdsReference }
  }

  /// A text with every placeholder filled in; nil where one stands for something nobody knows.
  func filled(in text: String) -> String? {
    var filled = ""
    var word = ""
    func value(of word: String) -> String { values[word] ?? word }
    for character in text {
      if character == ":" || character == "/" {
        filled += value(of: word) + String(character)
        word = ""
      } else {
        word.append(character)
      }
    }
    filled += value(of: word)
    return filled != text && Placeholder.found(in: filled) == nil ? filled : nil
  }
}
