extension Source {
  /// Makes a source of a file's bytes: UTF-8 with or without a byte order mark, or UTF-16 with one
  /// (what PowerShell's `>` writes).
  package static func decoding(
    _ bytes: [UInt8], path: String
  ) throws(SyntaxFailure) -> Source {
    guard !bytes.isEmpty else { throw unreadable("the file is empty", path: path) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return try utf8(Array(bytes.dropFirst(3)), path: path, encoding: .utf8WithByteOrderMark)
    }
    if bytes.starts(with: [0xFF, 0xFE]) {
      return try utf16(bytes, path: path, encoding: .utf16LittleEndian)
    }
    if bytes.starts(with: [0xFE, 0xFF]) {
      return try utf16(bytes, path: path, encoding: .utf16BigEndian)
    }
    return try utf8(bytes, path: path, encoding: .utf8)
  }

  private static func utf8(
    _ bytes: [UInt8], path: String, encoding: Encoding
  ) throws(SyntaxFailure) -> Source {
    guard !bytes.isEmpty else { throw unreadable("the file is empty", path: path) }
    // Counting zeros and joining bits instead of leaving early lets the loop run on vectors.
    var zeros = 0
    var bits: UInt8 = 0
    for byte in bytes {
      zeros &+= byte == 0 ? 1 : 0
      bits |= byte
    }
    guard bits < 0x80 || isUTF8(bytes) else { throw notUTF8(bytes, path: path) }
    guard zeros == 0 else { throw binary(bytes, zeros: zeros, path: path) }
    return Source(path: path, text: bytes, encoding: encoding)
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  private static func utf16(
    _ bytes: [UInt8], path: String, encoding: Encoding
  ) throws(SyntaxFailure) -> Source {
    guard bytes.count > 2 else { throw unreadable("the file is empty", path: path) }
    guard bytes.count.isMultiple(of: 2) else {
      throw unreadable(
        "not text: UTF-16 with an odd number of bytes", path: path,
        help: "the file may be cut off; write it again")
    }
    let low = encoding == .utf16LittleEndian ? 0 : 1
    let units = stride(from: 2, to: bytes.count, by: 2).lazy.map { at in
      UInt16(bytes[at + low]) | UInt16(bytes[at + 1 - low]) << 8
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    let isBroken = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
    ) { text.append($0) }
    guard !isBroken else {
      throw unreadable("not text: UTF-16 with half of a surrogate pair", path: path)
    }
    guard !text.contains(0) else {
      throw unreadable("not text: the file holds NUL characters", path: path)
    }
    return Source(path: path, text: text, encoding: encoding)
  }
}

// MARK: - What a file is instead

extension Source {
  private static func unreadable(
    _ message: String, path: String, help: String? = nil
  ) -> SyntaxFailure {
    let source = Source(path: path, text: [])
    return SyntaxFailure(message, at: Place(source: source, range: 0..<0), help: help)
  }

  private static func binary(_ bytes: [UInt8], zeros: Int, path: String) -> SyntaxFailure {
    // Every second byte of UTF-16 text in a Latin script is zero.
    if zeros * 5 > bytes.count * 2, zeros * 5 < bytes.count * 3 {
      return unreadable(
        "not text: UTF-16 without a byte order mark", path: path, help: "save the file as UTF-8")
    }
    return unreadable("not text: the file holds NUL bytes", path: path)
  }

  /// The failure of a text in another encoding: at the first byte that is no UTF-8, where the file
  /// looks like text at all.
  private static func notUTF8(_ bytes: [UInt8], path: String) -> SyntaxFailure {
    if bytes.starts(with: [0x1F, 0x8B]) {
      return unreadable(
        SyntaxFailure.compression, path: path,
        help: "unpack it, or give what `gunzip -c FILE` prints as `-`")
    }
    guard !bytes.contains(0) else {
      return unreadable("not text: the file holds NUL bytes", path: path)
    }
    let start = validPrefix(of: bytes)
    let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
    let byte = start < bytes.count ? String(bytes[start], radix: 16, uppercase: true) : ""
    return SyntaxFailure(
      "not text: byte 0x\(byte) is not UTF-8",
      at: Place(
        source: Source(path: path, text: repaired),
        range: start..<min(start + 3, repaired.count)),
      help: "save the file as UTF-8")
  }

  /// How many bytes there are before the first that is no UTF-8.
  private static func validPrefix(of bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var length = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      length += UTF8.width(scalar)
    }
    return length
  }
}
