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
    if let variable = templateVariable(in: text) { return variable }
    let words = text.split { $0 == ":" || $0 == "/" }
    for word in words where names.contains(String(word)) { return String(word) }
    if let open = text.firstIndex(of: "<"), let close = text[open...].firstIndex(of: ">"),
      text.index(after: open) < close
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

  /// The finding; `wanted` is what belongs there where that is known.
  static func draft(_ placeholder: String, _ node: Node, wanted: String?) -> Outcome.Draft {
    Outcome.Draft(
      "`\(placeholder)` is a placeholder that was never replaced",
      at: node.place, label: wanted.map { "the request has `\($0)`" },
      help: wanted.map { "write `\($0)`" } ?? "write the value it stands for")
  }
}
