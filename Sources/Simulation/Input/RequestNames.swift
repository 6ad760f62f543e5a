import Authorization
import PolicyModel

/// An action that is asked for: one, and no pattern.
struct ActionName {
  /// The action as it is written.
  let text: String

  init(_ node: Node) throws(InputProblem) {
    text = node.string ?? ""
    var colons = 0
    var wildcards = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: ":") { colons += 1 }
      if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") { wildcards += 1 }
    }
    guard colons == 1, wildcards == 0, text.utf8.first != UInt8(ascii: ":"),
      text.utf8.last != UInt8(ascii: ":")
    else {
      throw InputProblem(
        "\(quoted(text)) is no action", at: node,
        help: "write service and action, such as `s3:GetObject`, without wildcards")
    }
  }

  /// The service in lower case: actions are written in any case (IAM User Guide, "IAM JSON policy
  /// elements: Action").
  var service: String { text.prefix { $0 != ":" }.lowercased() }
}

/// A resource that is asked for, with the parts of its ARN that decide who judges it.
struct ResourceName {
  let text: RequestText
  /// Nil for what is no ARN.
  let service: String?
  /// Nil where the ARN names none.
  let account: String?
  let isRole: Bool

  /// `*`: what AWS's simulator takes where nothing is asked for.
  static let everything = ResourceName(bytes: [UInt8(ascii: "*")])

  init(_ node: Node) { self = node.withContent { ResourceName(bytes: $0) } }

  private init(bytes: ArraySlice<UInt8>) {
    text = RequestText(utf8: bytes)
    var parts: [Range<Int>] = []
    parts.reserveCapacity(5)
    var start = bytes.startIndex
    for position in bytes.indices where bytes[position] == UInt8(ascii: ":") {
      parts.append(start..<position)
      start = position + 1
      if parts.count == 5 { break }
    }
    guard parts.count == 5 else {
      service = nil
      account = nil
      isRole = false
      return
    }
    service = String(decoding: bytes[parts[2]], as: UTF8.self)
    account = parts[4].isEmpty ? nil : String(decoding: bytes[parts[4]], as: UTF8.self)
    isRole = service == "iam" && bytes[start...].starts(with: Array("role/".utf8))
  }
}
