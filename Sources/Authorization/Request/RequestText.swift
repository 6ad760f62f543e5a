/// Text of a request: literal, or with a free string, or with parts nobody knows.
package struct RequestText: Hashable, Sendable {
  /// A part of a text.
  package enum Part: Hashable, Sendable {
    case literal([Symbol])
    /// The free string of the family; at most one in a text.
    case free
  }

  /// Before the free string; all of it where there is none.
  package let head: [Symbol]
  /// After the free string.
  package let tail: [Symbol]
  /// Whether the free string stands between head and tail.
  package let isFree: Bool
  /// Whether a part of it is a reference or unknown.
  package let holdsUnknown: Bool
  /// Whether every literal character is ASCII. (A free string may hold any; classes of characters
  /// are closed under ASCII folding.)
  let isASCII: Bool

  package init(head: [Symbol], isFree: Bool = false, tail: [Symbol] = []) {
    self.head = head
    self.isFree = isFree
    self.tail = tail
    holdsUnknown = head.contains(where: \.isReference) || tail.contains(where: \.isReference)
    isASCII = !(head.contains(where: \.isBeyondASCII) || tail.contains(where: \.isBeyondASCII))
  }

  private init(literal symbols: [Symbol], isASCII: Bool) {
    head = symbols
    tail = []
    isFree = false
    holdsUnknown = false
    self.isASCII = isASCII
  }

  package init(_ text: String) {
    let ascii = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe Self.ascii($0) } ?? nil
    if let ascii {
      self.init(literal: ascii, isASCII: true)
    } else {
      self.init(head: text.unicodeScalars.map(\.value))
    }
  }

  /// Text of UTF-8 bytes.
  package init(utf8 bytes: ArraySlice<UInt8>) {
    if let ascii = unsafe bytes.withUnsafeBufferPointer({ unsafe Self.ascii($0) }) {
      self.init(literal: ascii, isASCII: true)
    } else {
      self.init(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The symbols of ASCII bytes; nil where some are not.
  private static func ascii(_ bytes: UnsafeBufferPointer<UInt8>) -> [Symbol]? {
    guard unsafe bytes.reduce(0, |) < 0x80 else { return nil }
    return unsafe [Symbol](unsafeUninitializedCapacity: bytes.count) { symbols, count in
      for position in 0..<bytes.count {
        unsafe symbols.initializeElement(at: position, to: Symbol(bytes[position]))
      }
      count = bytes.count
    }
  }

  /// Whether it is one text that is known.
  var isPlain: Bool { !isFree && !holdsUnknown }

  /// Text nobody knows.
  package static let unknown = RequestText(head: [.unknownText])

  /// The same text with a value for the free string.
  package func fixing(_ free: [Symbol]) -> RequestText {
    isFree ? RequestText(head: head + free + tail) : self
  }

  /// The text where it is all literal; nil with a free string or unknown parts.
  package var literal: String? {
    guard !isFree, !holdsUnknown else { return nil }
    return RequestText.string(head)
  }

  /// The text as people read it; references show as `…`.
  package var description: String {
    RequestText.string(head) + (isFree ? "…" + RequestText.string(tail) : "")
  }

  package static func string(_ symbols: some Sequence<Symbol>) -> String {
    var text = ""
    for symbol in symbols {
      text.unicodeScalars.append(Unicode.Scalar(symbol) ?? "…")
    }
    return text
  }

  package static func + (left: RequestText, right: RequestText) -> RequestText {
    guard left.isFree else {
      return RequestText(head: left.head + right.head, isFree: right.isFree, tail: right.tail)
    }
    return RequestText(head: left.head, isFree: true, tail: left.tail + right.head + right.tail)
  }
}
