import PolicyModel

/// Reads a `list-objects-v2` answer of any size from pieces, in constant memory.
///
/// The objects are cut out of the array `Contents` one by one and parsed by themselves; what stands
/// around them is parsed at the end.
package struct ListingReader: Sendable {
  private let scope: SurveyScope
  private var tally: ObjectTally
  /// All but the objects.
  private var frame: [UInt8] = []
  /// The object at hand.
  private var object: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isAfterBackslash = false
  /// The last name at the outermost level, and whether one is being read.
  private var name: [UInt8] = []
  private var isName = false
  /// Whether the next byte belongs to the array `Contents`.
  private var isInContents = false
  private var isTooLong = false
  /// How many objects were read.
  package private(set) var rowCount = 0

  /// Stops an object, or what stands around the objects, without an end.
  private static let longestPart = 1 << 20

  package init(scope: SurveyScope) {
    self.scope = scope
    tally = ObjectTally(origin: "the listing", scope: scope, source: nil)
  }

  /// Reads the next piece of the text.
  package mutating func consume(_ piece: ArraySlice<UInt8>) {
    for byte in piece { read(byte) }
  }

  /// Ends reading; a text that is no listing gives a survey that is not complete.
  package consuming func finish() -> ObjectSurvey {
    let text = Source(path: "", text: frame)
    guard !isTooLong, depth == 0, let root = try? Tree.parse(text, format: .json).root,
      root.hasArray("Contents")
    else { return tally.finished(isComplete: false, tellsEncryption: false) }
    return tally.finished(isComplete: !root.isCutShort, tellsEncryption: false)
  }

  private mutating func read(_ byte: UInt8) {
    if isInContents, depth >= 2 {
      readContents(byte)
      return
    }
    append(byte, to: \.frame)
    if isInString {
      readString(byte)
      return
    }
    switch byte {
    case UInt8(ascii: "\""):
      isInString = true
      if depth == 1 {
        isName = true
        name.removeAll(keepingCapacity: true)
      }
    case UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "["):
      depth += 1
      isInContents = depth == 2 && name.elementsEqual(Self.contents)
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
  }

  private static let contents = Array("Contents".utf8)

  private mutating func readString(_ byte: UInt8) {
    if isAfterBackslash {
      isAfterBackslash = false
    } else if byte == UInt8(ascii: "\\") {
      isAfterBackslash = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      isName = false
      return
    }
    if isName, name.count < Self.contents.count + 1 { name.append(byte) }
  }

  /// A byte of the array `Contents`, whose own bracket is at depth 2.
  private mutating func readContents(_ byte: UInt8) {
    if depth == 2, !isInString {
      switch byte {
      case UInt8(ascii: "{"):
        object.removeAll(keepingCapacity: true)
        object.append(byte)
        depth = 3
      case UInt8(ascii: "]"):
        append(byte, to: \.frame)
        depth = 1
        isInContents = false
        name.removeAll(keepingCapacity: true)
      case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
        UInt8(ascii: "\t"):
        break
      default:
        // No listing has anything else there.
        isTooLong = true
      }
      return
    }
    append(byte, to: \.object)
    if isInString {
      readString(byte)
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 2 { readObject() }
    default: break
    }
  }

  private mutating func append(_ byte: UInt8, to part: WritableKeyPath<Self, [UInt8]>) {
    guard self[keyPath: part].count < Self.longestPart else {
      isTooLong = true
      return
    }
    self[keyPath: part].append(byte)
  }

  private mutating func readObject() {
    rowCount += 1
    let text = Source(path: "", text: object)
    guard let node = try? Tree.parse(text, format: .json).root else {
      tally.addUnreadable(rowCount, 0..<0)
      return
    }
    tally.add(listed: node, number: rowCount, isEncoded: false)
  }
}

extension ObjectTally {
  /// Counts an object of a listing.
  mutating func add(listed node: Node, number: Int, isEncoded: Bool) {
    guard let key = node["Key"], key.kind == .string else {
      return addUnreadable(number, node.range)
    }
    let bytes = key.withContent { Array($0) }[...]
    var row = ObjectRow(
      key: isEncoded ? URLDecoding.decoded(bytes) : bytes, number: number, range: key.range)
    row.storageClass = node["StorageClass"]?.string.map { Array($0.utf8)[...] }
    if let restore = node["RestoreStatus"] {
      row.isRestoring = restore["IsRestoreInProgress"]?.boolean
      row.restoredUntil = restore["RestoreExpiryDate"]?.scalarText.flatMap(
        Timestamp.init(awsTimestamp:))
    }
    add(row)
  }

  /// Counts the objects of a listing that was read as a whole.
  static func survey(ofListing root: Node, scope: SurveyScope) -> ObjectSurvey {
    var tally = ObjectTally(origin: "the listing", scope: scope, source: root.tree.source)
    let isEncoded = root["EncodingType"]?.hasContent("url") ?? false
    for (index, object) in root.list("Contents").enumerated() {
      tally.add(listed: object, number: index + 1, isEncoded: isEncoded)
    }
    return tally.finished(isComplete: !root.isCutShort, tellsEncryption: false)
  }
}

extension Node {
  /// Whether an answer says that there is more of it.
  var isCutShort: Bool {
    self["IsTruncated"]?.boolean == true || self["Truncated"]?.boolean == true
      || [self["NextToken"], self["Marker"], self["NextMarker"], self["NextContinuationToken"]]
        .contains { $0?.kind == .string }
  }
}
