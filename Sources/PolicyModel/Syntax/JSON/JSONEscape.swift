/// One escape of a JSON string.
package struct JSONEscape {
  /// What it stands for.
  package var scalar: Unicode.Scalar
  /// How many bytes it takes; 12 for a surrogate pair.
  package var length: Int

  /// Reads the escape that begins at a backslash.
  package init(
    in text: Span<UInt8>, at: Int, until end: Int, from quote: Int
  ) throws(JSONProblem) {
    guard at + 1 < end else { throw JSONProblem(.unclosedString, at: end, other: quote) }
    length = 2
    switch text[at + 1] {
    case UInt8(ascii: "\""): scalar = "\""
    case UInt8(ascii: "\\"): scalar = "\\"
    case UInt8(ascii: "/"): scalar = "/"
    case UInt8(ascii: "b"): scalar = "\u{08}"
    case UInt8(ascii: "f"): scalar = "\u{0C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "u"):
      let unit = try Self.unit(in: text, at: at, until: end)
      length = 6
      if let single = Unicode.Scalar(unit) {
        scalar = single
        return
      }
      let next = at + 6
      guard
        UTF16.isLeadSurrogate(UInt16(unit)), next + 1 < end,
        text[next] == UInt8(ascii: "\\"), text[next + 1] == UInt8(ascii: "u")
      else { throw JSONProblem(.halfSurrogatePair, at: at) }
      let trail = try Self.unit(in: text, at: next, until: end)
      guard
        UTF16.isTrailSurrogate(UInt16(trail)),
        let pair = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + trail - 0xDC00)
      else { throw JSONProblem(.halfSurrogatePair, at: at) }
      scalar = pair
      length = 12
    default:
      throw JSONProblem(.unknownEscape, at: at)
    }
  }

  /// The value of the four digits of the `\u` that begins at an offset.
  private static func unit(
    in text: Span<UInt8>, at: Int, until end: Int
  ) throws(JSONProblem) -> UInt32 {
    guard at + 6 <= end else { throw JSONProblem(.incompleteEscape, at: at) }
    var unit: UInt32 = 0
    for offset in at + 2..<at + 6 {
      guard let digit = hexadecimalDigit(text[offset]) else {
        throw JSONProblem(.incompleteEscape, at: at)
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}

/// The value of a hexadecimal digit; nil for every other byte.
package func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

extension Unicode.Scalar {
  /// The scalar's UTF-8 bytes.
  package var utf8Bytes: UTF8.EncodedScalar {
    // A scalar always has an encoding; the replacement character stands for the impossible.
    UTF8.encode(self) ?? UTF8.encodedReplacementCharacter
  }
}
