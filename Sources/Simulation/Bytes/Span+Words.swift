extension Span<UInt8> {
  /// Eight bytes at an offset.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Where the first line feed is.
  var firstLineFeed: Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let feeds = ones &* UInt64(UInt8(ascii: "\n"))
    var at = 0
    while at + 8 <= count {
      let difference = word(at: at) ^ feeds
      // The high bit of each byte that is a line feed; of bytes behind the first, maybe of others.
      let found = (difference &- ones) & ~difference & (ones << 7)
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < count {
      if self[at] == UInt8(ascii: "\n") { return at }
      at += 1
    }
    return nil
  }

  /// Whether all bytes are ASCII.
  var isASCII: Bool {
    var bits: UInt64 = 0
    var at = 0
    while at + 8 <= count {
      bits |= word(at: at)
      at += 8
    }
    while at < count {
      bits |= UInt64(self[at])
      at += 1
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }

  /// A number that tells nearly all texts apart.
  func hashed(with salt: UInt64) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) ^ salt
    func mix(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      hash = product.high ^ product.low
    }
    var at = 0
    while at + 8 <= count {
      mix(word(at: at))
      at += 8
    }
    while at < count {
      mix(UInt64(self[at]))
      at += 1
    }
    return hash
  }

  /// Whether two texts are the same.
  func isSame(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    var at = 0
    while at + 8 <= count {
      if word(at: at) != other.word(at: at) { return false }
      at += 8
    }
    while at < count {
      if self[at] != other[at] { return false }
      at += 1
    }
    return true
  }
}
