extension Span<UInt8> {
  /// Where the bytes end, from an offset on, that stand for themselves in a JSON string: at a quote,
  /// a backslash, a control character or the end.
  ///
  /// Eight bytes are looked at at once: most of a document is inside strings.
  @inline(__always)
  func plainRunEnd(from start: Int) -> Int {
    var at = start
    while at + 8 <= count {
      let word = unsafe UInt64(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
      let stops = word.zeroBytes(after: 0x22) | word.zeroBytes(after: 0x5C) | word.controlBytes
      // A borrow may mark bytes behind the first that is found, never one before it.
      if stops != 0 { return at + stops.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < count, self[at] != UInt8(ascii: "\""), self[at] != UInt8(ascii: "\\"),
      self[at] >= 0x20
    {
      at += 1
    }
    return at
  }
}

extension UInt64 {
  private static var lowBits: UInt64 { 0x0101_0101_0101_0101 }
  private static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// The high bit of each byte that is the given one.
  @inline(__always)
  fileprivate func zeroBytes(after byte: UInt8) -> UInt64 {
    let difference = self ^ (Self.lowBits &* UInt64(byte))
    return (difference &- Self.lowBits) & ~difference & Self.highBits
  }

  /// The high bit of each byte below 0x20.
  @inline(__always)
  fileprivate var controlBytes: UInt64 {
    (self &- Self.lowBits &* 0x20) & ~self & Self.highBits
  }
}
