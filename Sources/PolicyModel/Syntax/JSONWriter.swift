/// Writes JSON as bytes, one value after the other, without a tree in between.
///
/// The caller opens and closes containers and writes a key before each member; commas and, where
/// asked for, indentation come by themselves.
package struct JSONWriter {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  /// Whether containers are spread over lines, as people like to read them.
  private let isIndented: Bool
  private var depth = 0
  /// Whether another value in the same container needs a comma before it.
  private var needsComma = false
  private var followsKey = false

  /// Makes a writer.
  package init(isIndented: Bool = false) { self.isIndented = isIndented }

  /// Forgets everything but the memory.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    depth = 0
    needsComma = false
    followsKey = false
  }

  /// A state of the writer to go back to.
  package struct Mark {
    fileprivate var count: Int
    fileprivate var depth: Int
    fileprivate var needsComma: Bool
    fileprivate var followsKey: Bool
  }

  /// The present state.
  package var mark: Mark {
    Mark(count: bytes.count, depth: depth, needsComma: needsComma, followsKey: followsKey)
  }

  /// Takes back what was written since.
  package mutating func rewind(to mark: Mark) {
    bytes.removeLast(bytes.count - mark.count)
    depth = mark.depth
    needsComma = mark.needsComma
    followsKey = mark.followsKey
  }

  package mutating func beginObject() { begin(UInt8(ascii: "{")) }
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  /// Writes a member's key; its value must follow.
  ///
  /// The name must need no escapes.
  package mutating func key(_ name: StaticString) {
    beginValue()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    endKey()
  }

  /// Writes a member's key; its value must follow.
  package mutating func key(named name: String) {
    string(name)
    endKey()
  }

  package mutating func string(_ text: String) {
    let isWritten: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe string(utf8: $0)
    }
    if isWritten == nil { string(bytes: Array(text.utf8)[...]) }
  }

  /// Writes a string of UTF-8 bytes.
  package mutating func string(bytes content: ArraySlice<UInt8>) {
    unsafe content.withUnsafeBufferPointer { unsafe string(utf8: $0) }
  }

  /// Writes a string that needs no escapes.
  package mutating func word(_ text: StaticString) {
    beginValue()
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  package mutating func integer(_ value: Int) {
    beginValue()
    if value >= 0, value < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
    } else {
      bytes.append(contentsOf: String(value).utf8)
    }
    needsComma = true
  }

  package mutating func boolean(_ value: Bool) {
    beginValue()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
    needsComma = true
  }

  package mutating func null() {
    beginValue()
    bytes.append(contentsOf: "null".utf8)
    needsComma = true
  }

  /// Ends a document's text, or a line of many.
  package mutating func lineBreak() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }
}

extension JSONWriter {
  /// Writes a parsed value; false where it holds references, which JSON cannot say.
  ///
  /// What was
  /// written is then of no use.
  package mutating func value(_ node: Node) -> Bool {
    switch node.kind {
    case .null: null()
    case .boolean: boolean(node.boolean == true)
    case .number: number(node.scalarText ?? "0")
    case .string: string(node.string ?? "")
    case .reference: return false
    case .array:
      beginArray()
      for element in node.elements { guard value(element) else { return false } }
      endArray()
    case .object:
      beginObject()
      for member in node.members {
        key(named: member.name)
        guard value(member.value) else { return false }
      }
      endObject()
    }
    return true
  }

  /// Writes a number as some document wrote it.
  private mutating func number(_ text: String) {
    beginValue()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }
}

// MARK: - Punctuation

extension JSONWriter {
  private mutating func begin(_ bracket: UInt8) {
    beginValue()
    bytes.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if needsComma { breakLine() }
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func beginValue() {
    if followsKey {
      followsKey = false
      return
    }
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { breakLine() }
  }

  private mutating func endKey() {
    bytes.append(UInt8(ascii: ":"))
    if isIndented { bytes.append(UInt8(ascii: " ")) }
    followsKey = true
    needsComma = false
  }

  private mutating func breakLine() {
    guard isIndented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func string(utf8 content: UnsafeBufferPointer<UInt8>) {
    beginValue()
    bytes.append(UInt8(ascii: "\""))
    // Most texts are ASCII that needs no escape: looked at first, then copied as a whole.
    // Counting instead of leaving early lets the loop run on vectors.
    var specials: UInt8 = 0
    for position in 0..<content.count {
      let byte = unsafe content[position]
      specials |= byte &- 0x20 < 0x5F ? 0 : 1
      specials |= byte == 0x22 ? 1 : 0
      specials |= byte == 0x5C ? 1 : 0
    }
    if specials == 0 {
      unsafe bytes.append(contentsOf: content)
    } else {
      writeEscaping(unsafe String(decoding: content, as: UTF8.self))
    }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Writes a text with everything escaped that JSON wants, and also what a terminal would act on
  /// or hide: results are looked at with `cat`, too.
  private mutating func writeEscaping(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes.append(contentsOf: #"\""#.utf8)
      case "\\": bytes.append(contentsOf: #"\\"#.utf8)
      case "\n": bytes.append(contentsOf: #"\n"#.utf8)
      case "\r": bytes.append(contentsOf: #"\r"#.utf8)
      case "\t": bytes.append(contentsOf: #"\t"#.utf8)
      default:
        if Self.isHidden(scalar.value) {
          writeEscape(scalar.value)
        } else {
          bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        }
      }
    }
  }

  /// Whether a character is a control, or turns the direction of the text around it.
  private static func isHidden(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }

  private mutating func writeEscape(_ unit: UInt32) {
    let digits = String(unit, radix: 16)
    bytes.append(contentsOf: #"\u"#.utf8)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, 4 - digits.utf8.count)))
    bytes.append(contentsOf: digits.utf8)
  }
}
