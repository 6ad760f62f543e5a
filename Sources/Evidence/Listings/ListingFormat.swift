import PolicyModel

/// The forms in which the objects of a bucket are listed.
package enum ListingFormat: Hashable, Sendable {
  /// The answer of `aws s3api list-objects-v2`, as JSON.
  case objects
  /// The rows of an S3 Inventory, as CSV.
  case inventory

  /// What a file of the form is, in words that can follow "this is".
  package var name: String {
    switch self {
    case .objects: "the answer of `aws s3api list-objects-v2`"
    case .inventory: "the data of an S3 Inventory"
    }
  }

  /// What says what is read of it, in words that can follow "by".
  var origin: String {
    switch self {
    case .objects: name
    case .inventory: "the S3 Inventory"
    }
  }

  /// Tells a listing by its first bytes; nil for everything else.
  ///
  /// A listing may be larger than what is read whole: it must be known for one before its end is.
  package init?(beginning bytes: ArraySlice<UInt8>) {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = Array(hasMark ? bytes.dropFirst(3) : bytes)
    if Self.beginsInventory(text.span) {
      self = .inventory
    } else if Self.beginsListing(text.span) {
      self = .objects
    } else {
      return nil
    }
  }

  /// Whether a source holds the rows of an inventory.
  static func isInventory(_ source: Source) -> Bool {
    let text = source.text
    return beginsInventory(text.span)
  }

  /// Two quoted fields with a comma between: no JSON and no YAML begins so.
  private static func beginsInventory(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty, text[0] == UInt8(ascii: "\""),
      let end = try? JSONScan.string(text, from: 0)
    else { return false }
    return end + 1 < text.count && text[end] == UInt8(ascii: ",")
      && text[end + 1] == UInt8(ascii: "\"")
  }

  /// An object with `Contents` at its top level, which is a list, or a list of objects with keys.
  private static func beginsListing(_ text: Span<UInt8>) -> Bool {
    do throws(ListingStop) {
      let (byte, at) = try JSONScan.byte(text, from: 0)
      if byte == UInt8(ascii: "[") {
        let first = try JSONScan.byte(text, from: at + 1)
        guard first.byte == UInt8(ascii: "{") else { return false }
        return try isObject(text, at: first.at)
      }
      guard byte == UInt8(ascii: "{") else { return false }
      var position = try JSONScan.byte(text, from: at + 1)
      while position.byte == UInt8(ascii: "\"") {
        let nameEnd = try JSONScan.string(text, from: position.at)
        let colon = try JSONScan.byte(text, from: nameEnd)
        let value = try JSONScan.byte(text, from: colon.at + 1)
        if text.has("Contents", in: (position.at + 1)..<(nameEnd - 1)) {
          return value.byte == UInt8(ascii: "[")
        }
        let comma = try JSONScan.byte(text, from: try JSONScan.value(text, from: value.at))
        position = try JSONScan.byte(text, from: comma.at + 1)
      }
      return false
    } catch {
      return false
    }
  }

  /// Whether an object is one of a bucket: it has a key, and what else only S3 says.
  private static func isObject(_ text: Span<UInt8>, at start: Int) throws(ListingStop) -> Bool {
    var members = JSONMembers(objectAt: start)
    var hasKey = false
    var hasTrait = false
    while let member = try members.next(text) {
      if text.has("Key", in: member.name) { hasKey = true }
      if text.has("StorageClass", in: member.name) || text.has("LastModified", in: member.name) {
        hasTrait = true
      }
    }
    return hasKey && hasTrait
  }
}
