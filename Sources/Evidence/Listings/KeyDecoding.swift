import PolicyModel

/// The decoded form of keys, in memory that is used again for each.
struct KeyDecoder {
  /// The last key that had to be decoded.
  private(set) var key: [UInt8] = []

  /// Decodes a JSON string's content; false where it stands as it is.
  mutating func decodeEscapes(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard text.holds(UInt8(ascii: "\\"), in: range) else { return false }
    key.removeAll(keepingCapacity: true)
    var at = range.lowerBound
    while at < range.upperBound {
      if text[at] == UInt8(ascii: "\\"),
        let escape = try? JSONEscape(in: text, at: at, until: range.upperBound, from: at)
      {
        key.append(contentsOf: escape.scalar.utf8Bytes)
        at += escape.length
      } else {
        key.append(text[at])
        at += 1
      }
    }
    return true
  }

  /// Decodes what S3 encoded for a URL, once; false where it stands as it is.
  ///
  /// S3 Inventory and `EncodingType` write a space as `+` and everything beyond letters, digits,
  /// `-_.*` and `/` as `%XX`.
  mutating func decodeURL(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard text.isEncodable(in: range) else { return false }
    decode(text, range)
    return true
  }

  /// Decodes what S3 encoded for a URL, once, even where it stays as it is.
  mutating func decode(_ text: Span<UInt8>, _ range: Range<Int>) {
    key.removeAll(keepingCapacity: true)
    appendDecoded(text, range)
  }

  /// A text that S3 encoded for a URL, decoded once.
  static func decodingURL(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var decoder = KeyDecoder()
    decoder.decode(bytes.span, bytes.indices)
    return String(decoding: decoder.key, as: UTF8.self)
  }

  /// Decodes once more what an escape had to be removed from.
  mutating func decodeURL() {
    let escaped = key
    key.removeAll(keepingCapacity: true)
    appendDecoded(escaped.span, 0..<escaped.count)
  }

  private mutating func appendDecoded(_ text: Span<UInt8>, _ range: Range<Int>) {
    var at = range.lowerBound
    while at < range.upperBound {
      switch text[at] {
      case UInt8(ascii: "+"):
        key.append(0x20)
        at += 1
      case UInt8(ascii: "%"):
        if at + 2 < range.upperBound, let high = hexadecimalDigit(text[at + 1]),
          let low = hexadecimalDigit(text[at + 2])
        {
          key.append(high << 4 | low)
          at += 3
        } else {
          key.append(UInt8(ascii: "%"))
          at += 1
        }
      default:
        key.append(text[at])
        at += 1
      }
    }
  }
}

extension Span<UInt8> {
  /// Whether a range would be another text if it were decoded.
  func isEncodable(in range: Range<Int>) -> Bool {
    for at in range where self[at] == UInt8(ascii: "%") || self[at] == UInt8(ascii: "+") {
      return true
    }
    return false
  }

  /// Whether a byte occurs in a range.
  func holds(_ byte: UInt8, in range: Range<Int>) -> Bool {
    for at in range where self[at] == byte { return true }
    return false
  }
}
